"""Who works on the desk and what each may approve; what letters print of the authority."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.domain.officer import ApprovalLimit, Officer, Role
from brokerdesk.core.services import council
from brokerdesk.core.wording import say
from brokerdesk.ui.pages.desk_page import DeskActs
from brokerdesk.ui.pages.package_page import short_day
from brokerdesk.ui.pages.page import Deed
from brokerdesk.ui.pages.settings_section import Section
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.columns import Columns, Part
from brokerdesk.ui.widgets.edits import DateEdit, LongTextEdit, MoneyEdit, TextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form, TickBox, TickList
from brokerdesk.ui.widgets.scroll import Scrolled
from brokerdesk.ui.widgets.table_values import Column, NumberCell, TableRow
from brokerdesk.ui.widgets.table_view import TableView

_ROLES = tuple((role.value, say(role.words.capitalize())) for role in Role)


class OfficersSection(Section):
    """The officers with their limits; a new limit; a new officer."""

    key, title, icon = "officers", say("Officers and limits"), "users"
    sentence = say("A limit holds from its day on; earlier decisions keep theirs.")

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.table = TableView(
            say("Officers"),
            (
                Column("name", say("Name"), "strong", 190),
                Column("roles", say("May"), is_stretched=True),
                Column("limit", say("May approve a year"), "number", 170),
                Column("since", say("Since"), width=130),
            ),
            row_height=34,
        )
        self.who, self.from_on = TextEdit(), DateEdit(acts.today, acts.today())
        self.limit, self.no_limit = MoneyEdit(), TickBox(say("Without limit"))
        self.name, self.post, self.email = TextEdit(), TextEdit(), TextEdit()
        self.roles, self.passphrase = TickList(_ROLES), TextEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.limit_form, self.officer_form = Form(), Form()
        self._fill_limit_form()
        self._fill_officer_form()
        self._lay_out()
        self.table.chosen.connect(self.who.set_value)

    def _fill_limit_form(self) -> None:
        form = self.limit_form
        form.add(
            FieldBox(
                say("Approver or panel"),
                self.who,
                check=lambda: "" if self.who.value() else say("Write whose limit it is."),
            )
        )
        form.add(FieldBox(say("From"), self.from_on, check=self._no_day))
        form.add(FieldBox(say("Limit a year"), self.limit, check=self._no_limit))
        form.add_widget(self.no_limit)
        form.add_stretch()

    def _fill_officer_form(self) -> None:
        form = self.officer_form
        form.add(
            FieldBox(
                say("Name"), self.name, check=lambda: "" if self.name.value() else say("Write the name.")
            )
        )
        form.add(FieldBox(say("Post"), self.post, is_optional=True))
        form.add(FieldBox(say("E-mail"), self.email, is_optional=True))
        form.add(
            FieldBox(
                say("May work as"),
                self.roles,
                check=lambda: "" if self.roles.value() else say("Tick at least one."),
            )
        )
        form.add(
            FieldBox(
                say("First passphrase"),
                self.passphrase,
                hint=say("At least twelve letters; the officer changes it after signing in."),
                check=lambda: "" if self.passphrase.text() else say("Write a first passphrase."),
            )
        )
        form.add_stretch()

    def _no_day(self) -> str:
        return "" if self.from_on.parsed() else say("Write the first day.")

    def _no_limit(self) -> str:
        is_given = self.no_limit.isChecked() or self.limit.parsed() is not None
        return "" if is_given else say("Write the sum, or tick “Without limit”.")

    def _lay_out(self) -> None:
        people = Card(self.title, flush=True)
        people.add(self.table, 1)
        self.column.addWidget(people, 1)
        self.table.setMinimumHeight(current().px(120))
        forms = ((say("Set a limit"), self.limit_form), (say("Add an officer"), self.officer_form))
        parts = [Part(_form_card(title, form), 0, 380) for title, form in forms]
        self.column.addWidget(Columns(parts, narrow=640), 2)

    @override
    def refresh(self) -> None:
        desk, today = self.acts.desk, self.acts.today()
        officers, limits = council.officers(desk), council.limits_on(desk, today)
        by_name = {limit.officer_name.casefold(): limit for limit in limits}
        rows = [_row(officer, by_name.pop(officer.name.casefold(), None)) for officer in officers]
        rows += [_row(None, limit) for limit in by_name.values()]
        self.table.set_rows(rows)

    def set_limit(self) -> None:
        """Set what somebody may approve from a day on."""
        day = self.from_on.parsed()
        if not self.is_well(self.limit_form) or day is None:
            return
        who, limit = self.who.value(), None if self.no_limit.isChecked() else self.limit.parsed()
        self.acts.run(
            lambda desk: council.set_approval_limit(desk, officer_name=who, from_on=day, limit=limit),
            on_done=self.say_done(say("The limit of {who} is set.", who=who)),
            on_refused=self.told.emit,
        )

    def add_officer(self) -> None:
        """Add an officer and let her sign in."""
        if not self.is_well(self.officer_form):
            return
        name, post, email = self.name.value(), self.post.value(), self.email.value()
        roles = tuple(Role(value) for value in self.roles.value())
        self.acts.run(
            lambda desk: council.add_officer(desk, name=name, roles=roles, post=post, email=email),
            on_done=self._let_in,
            on_refused=self.told.emit,
        )

    def _let_in(self, officer: Officer) -> None:
        passphrase = self.passphrase.text()
        self.acts.run(
            lambda desk: council.give_passphrase(desk, officer_id=officer.id, passphrase=passphrase),
            on_done=lambda _officer: self._added(officer),
            on_refused=self.told.emit,
        )

    def _added(self, officer: Officer) -> None:
        for edit in (self.name, self.post, self.email, self.passphrase):
            edit.clear()
        self.roles.set_value(())
        self.say_done(say("{name} may sign in now.", name=officer.name))(officer)

    @override
    def deed(self) -> Deed:
        return Deed(say("Set the limit"), self.set_limit, waits_for=self.why_not_manager)

    @override
    def second_deed(self) -> Deed:
        return Deed(say("Add the officer"), self.add_officer, waits_for=self.why_not_manager)

    @override
    def first_focus(self) -> QWidget:
        return self.table


def _form_card(title: str, form: Form) -> Card:
    card, holder, inside = Card(title), QWidget(), QVBoxLayout()
    inside.setContentsMargins(current().px(3), current().px(3), current().px(6), current().px(3))
    inside.addWidget(form)
    holder.setLayout(inside)
    card.add(Scrolled(holder), 1)
    return card


def _row(officer: Officer | None, limit: ApprovalLimit | None) -> TableRow:
    name = officer.name if officer else limit.officer_name if limit else ""
    roles = ", ".join(role.words for role in officer.roles) if officer else say("outside the desk")
    words, value, since = "", -1, ""
    if limit is not None:
        words = say("Without limit") if limit.limit is None else limit.limit.shown
        value = 10**12 if limit.limit is None else limit.limit.pence
        since = f"{short_day(limit.from_on)} {limit.from_on.year}"
    return TableRow(name, (name, roles, NumberCell(words, value), since))


class AuthoritySection(Section):
    """What letters print of the authority."""

    key, title, icon = "authority", say("The authority"), "landmark"
    sentence = say("Printed on every letter written from now on.")

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.name, self.contact = TextEdit(), TextEdit()
        self.address = LongTextEdit(lines=4)
        self.form = Form()
        self.form.add(
            FieldBox(
                say("Name"), self.name, check=lambda: "" if self.name.value() else say("Write the name.")
            )
        )
        self.form.add(FieldBox(say("Address"), self.address, hint=say("One line each.")))
        self.form.add(FieldBox(say("Team, telephone, e-mail"), self.contact))
        self.form.add_stretch()
        card = Card(self.title)
        card.add(self.form, 1)
        self.column.addWidget(card)

    @override
    def refresh(self) -> None:
        held = self.acts.desk.authority()
        self.name.set_value(held.name)
        self.address.set_value("\n".join(held.address))
        self.contact.set_value(held.contact)

    def describe(self) -> None:
        """Change what letters print."""
        if not self.is_well(self.form):
            return
        name, contact = self.name.value(), self.contact.value()
        address = tuple(line.strip() for line in self.address.value().splitlines() if line.strip())
        self.acts.run(
            lambda desk: council.describe_authority(desk, name=name, address=address, contact=contact),
            on_done=self.say_done(say("The authority is described anew.")),
            on_refused=self.told.emit,
        )

    @override
    def deed(self) -> Deed:
        return Deed(say("Keep these details"), self.describe, waits_for=self.why_not_manager)

    @override
    def first_focus(self) -> QWidget:
        return self.name
