"""Levels of approval: the table in force, a line to set, and who holds each post or stands in."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.domain.approval_scheme import ApprovalLevel, ApprovalScheme, PostHolder, SpendKind
from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.services import approval_levels
from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs.day import DayDialog
from brokerdesk.ui.pages.desk_page import DeskActs
from brokerdesk.ui.pages.page import Deed
from brokerdesk.ui.pages.settings_section import Section
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.columns import Columns, Part
from brokerdesk.ui.widgets.edits import ChoiceBox, DateEdit, MoneyEdit, TextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.scroll import Scrolled
from brokerdesk.ui.widgets.table_values import Column, NumberCell, TableRow
from brokerdesk.ui.widgets.table_view import TableView

KINDS = {
    SpendKind.LIGHT_TOUCH: say("Light touch services, such as care"),
    SpendKind.GOODS_SERVICES: say("Goods and services"),
    SpendKind.WORKS: say("Works"),
}


_SHORT = {
    SpendKind.LIGHT_TOUCH: say("Light touch"),
    SpendKind.GOODS_SERVICES: say("Goods and services"),
    SpendKind.WORKS: say("Works"),
}


class ApprovalLevelsSection(Section):
    """The levels in force and the holders of the posts that sign them."""

    key, title, icon = "levels", say("Levels of approval"), "layers"
    sentence = say("A level is signed in the order of its posts; a lower level before a higher one.")

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.scheme: ApprovalScheme | None = None
        self.named: tuple[PostHolder, ...] = ()
        self.state = Label("", "second", wrap=True)
        self.levels, self.holders = _levels_table(), _holders_table()
        self.level, self.kind = TextEdit("1"), ChoiceBox(_kinds(), value=SpendKind.LIGHT_TOUCH.value)
        self.over, self.up_to = MoneyEdit(), MoneyEdit()
        self.posts, self.consult, self.source = TextEdit(), TextEdit(), TextEdit()
        self.service = TextEdit()
        self.post, self.name, self.stands_in_for = TextEdit(), TextEdit(), TextEdit()
        self.from_on, self.to_on = DateEdit(acts.today, acts.today()), DateEdit(acts.today)
        self.reason = TextEdit()
        self.level_form, self.holder_form = Form(), Form()
        self._fill_level_form()
        self._fill_holder_form()
        self._lay_out()

    def _fill_level_form(self) -> None:
        form = self.level_form
        form.add(
            FieldBox(say("Level"), self.level, check=self._no_level),
            FieldBox(say("For"), self.kind),
        )
        form.add(
            FieldBox(say("Over"), self.over, check=lambda: _no_money(self.over)),
            FieldBox(say("Up to and with"), self.up_to, is_optional=True),
        )
        form.add(
            FieldBox(
                say("Posts that sign, in order"), self.posts, hint=say("Parted by semicolons."),
                check=lambda: "" if self.posts.value() else say("Name at least one post."),
            )
        )  # fmt: skip
        form.add(
            FieldBox(say("In consultation with"), self.consult, is_optional=True),
            FieldBox(say("For one service alone"), self.service, is_optional=True),
        )
        form.add(
            FieldBox(
                say("Which document states it"), self.source,
                check=lambda: "" if self.source.value() else say("Write the scheme of delegation."),
            )
        )  # fmt: skip
        form.add_stretch()

    def _fill_holder_form(self) -> None:
        form = self.holder_form
        form.add(
            FieldBox(say("Post"), self.post, check=lambda: _no_words(self.post)),
            FieldBox(say("Who holds it"), self.name, check=lambda: _no_words(self.name)),
        )
        form.add(
            FieldBox(say("From"), self.from_on, check=self._no_day),
            FieldBox(say("To, that day included"), self.to_on, is_optional=True),
        )
        form.add(
            FieldBox(say("Stands in for"), self.stands_in_for, is_optional=True),
            FieldBox(say("Because of"), self.reason, is_optional=True),
        )
        form.add_stretch()

    def _no_level(self) -> str:
        return "" if self.level.value().isdecimal() else say("Write the level’s number, from 1.")

    def _no_day(self) -> str:
        return "" if self.from_on.parsed() else say("Write the first day.")

    def _lay_out(self) -> None:
        levels, holders = Card(self.title, flush=True), Card(say("Who holds the posts"), flush=True)
        levels.add_to_head(Button(say("Begin with the ready-made table"), self.adopt, kind="small"))
        levels.add(self.levels, 1)
        self.end = Button(say("End the one in front"), self.end_holder, kind="small")
        holders.add_to_head(self.end)
        holders.add(self.holders, 1)
        self.levels.setMinimumHeight(current().px(110))
        self.holders.setMinimumHeight(current().px(110))
        self.column.addWidget(self.state)
        self.column.addWidget(levels, 1)
        self.column.addWidget(holders, 1)
        forms = ((say("Set a level"), self.level_form), (say("Name a holder"), self.holder_form))
        parts = [Part(_form_card(title, form), 0, 380) for title, form in forms]
        self.column.addWidget(Columns(parts, narrow=640), 2)

    @override
    def refresh(self) -> None:
        self.scheme = approval_levels.scheme_in_force(self.acts.desk)
        lines = self.scheme.levels if self.scheme else ()
        self.levels.set_rows([_level_row(number, line) for number, line in enumerate(lines)])
        self.named = approval_levels.post_holders(self.acts.desk)
        self.holders.set_rows([_holder_row(held) for held in self.named])
        self.end.setVisible(bool(self.named) and not self.why_not_manager)
        self.state.setText(self._state())

    def _state(self) -> str:
        if self.scheme is None:
            return say("No levels are set: one approver decides each spend, within her own limit.")
        return say(
            "Edition {number} since {day}, by {source}. A spend at an upper figure is still in that level.",
            number=self.scheme.edition, day=in_words(self.scheme.from_on), source=self.scheme.source,
        )  # fmt: skip

    # acts

    def adopt(self) -> None:
        """Begin with the ready-made table of two levels."""
        if self.why_not_manager:
            return
        day = self.acts.today()
        self.acts.run(
            lambda desk: approval_levels.set_approval_scheme(
                desk, from_on=day, levels=approval_levels.ready_made(desk), source=say("Ready-made table")
            ),
            on_done=self.say_done(say("The ready-made table is in force from today.")),
            on_refused=self.told.emit,
        )

    def set_level(self) -> None:
        """Set one line of the table; the rest stays as it is, in a new edition."""
        over = self.over.parsed()
        if not self.is_well(self.level_form) or over is None:
            return
        line = ApprovalLevel(
            int(self.level.value()), SpendKind(self.kind.value()), over, self.up_to.parsed(),
            _parts(self.posts.value()), self.service.value(), "", _parts(self.consult.value()),
        )  # fmt: skip
        kept = self.scheme.levels if self.scheme else ()
        levels = (*(held for held in kept if not _same_line(held, line)), line)
        day, source = self.acts.today(), self.source.value()
        self.acts.run(
            lambda desk: approval_levels.set_approval_scheme(
                desk, from_on=day, levels=levels, source=source
            ),
            on_done=self.say_done(say("Level {level} is set.", level=line.level)),
            on_refused=self.told.emit,
        )

    def name_holder(self) -> None:
        """Name who holds a post, or stands in."""
        first = self.from_on.parsed()
        if not self.is_well(self.holder_form) or first is None:
            return
        post, name, last = self.post.value(), self.name.value(), self.to_on.parsed()
        absent, reason = self.stands_in_for.value(), self.reason.value()
        self.acts.run(
            lambda desk: approval_levels.name_post_holder(
                desk, post=post, officer_name=name, from_on=first, to_on=last, stands_in_for=absent,
                reason=reason,
            ),
            on_done=self.say_done(say("{name} is named for “{post}”.", name=name, post=post)),
            on_refused=self.told.emit,
        )  # fmt: skip

    def end_holder(self) -> None:
        """Note the last day of the holder in front."""
        key = self.holders.current_key()
        held = next((held for held in self.named if held.id == key), None)
        if held is None:
            return
        name, post = held.officer_name, held.post
        told = say("{name} signs as {post} until that day, the day included.", name=name, post=post)
        dialog = DayDialog(
            say("End that {name} holds a post", name=held.officer_name), told, say("Last day"),
            say("Note the last day"), self.acts.today, self,
        )  # fmt: skip
        dialog.given.connect(lambda day: self._end(dialog, held, day))
        dialog.open()

    def _end(self, dialog: DayDialog, held: PostHolder, day: date) -> None:
        def kept(ended: PostHolder) -> None:
            dialog.accept()
            self.say_done(say("The last day of {name} is noted.", name=held.officer_name))(ended)

        self.acts.run(
            lambda desk: approval_levels.end_post_holder(desk, holder_id=held.id, to_on=day),
            on_done=kept,
            on_refused=dialog.say_refused,
        )

    @override
    def deed(self) -> Deed:
        return Deed(say("Set the level"), self.set_level, waits_for=self.why_not_manager)

    @override
    def second_deed(self) -> Deed:
        return Deed(say("Name the holder"), self.name_holder, waits_for=self.why_not_manager)

    @override
    def first_focus(self) -> QWidget:
        return self.levels


def _kinds() -> tuple[tuple[str, str], ...]:
    return tuple((kind.value, words) for kind, words in KINDS.items())


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _same_line(one: ApprovalLevel, other: ApprovalLevel) -> bool:
    service, named = one.service.casefold(), other.service.casefold()
    return (one.level, one.kind, service) == (other.level, other.kind, named)


def _no_money(edit: MoneyEdit) -> str:
    return "" if edit.parsed() is not None else say("Write the sum.")


def _no_words(edit: TextEdit) -> str:
    return "" if edit.value() else say("Write it down.")


def _levels_table() -> TableView:
    return TableView(
        say("Levels in force"),
        (
            Column("level", say("Level"), "number", 60),
            Column("kind", say("For"), "strong", 160),
            Column("over", say("Over"), "number", 110),
            Column("up_to", say("Up to and with"), "number", 120),
            Column("posts", say("Signed by, in order"), is_stretched=True),
        ),
        row_height=34,
    )


def _holders_table() -> TableView:
    return TableView(
        say("Holders of posts"),
        (
            Column("post", say("Post"), "strong", 180),
            Column("who", say("Who"), is_stretched=True),
            Column("from", say("From"), width=150),
            Column("to", say("To"), width=150),
        ),
        row_height=34,
    )


def _level_row(number: int, line: ApprovalLevel) -> TableRow:
    end = line.up_to
    shown, value = (say("no upper end"), 10**12) if end is None else (end.shown, end.pence)
    ends = NumberCell(shown, value)
    posts = ", ".join(line.posts)
    if line.consult:
        posts = say("{posts}, in consultation with {who}", posts=posts, who=", ".join(line.consult))
    kind = line.service or _SHORT[line.kind]
    over = NumberCell(line.over.shown, line.over.pence)
    cells = (NumberCell(str(line.level), line.level), kind, over, ends, posts)
    return TableRow(str(number), cells)


def _holder_row(held: PostHolder) -> TableRow:
    who = held.officer_name
    if held.stands_in_for:
        who = say("{who} for {holder} ({why})", who=who, holder=held.stands_in_for, why=held.reason)
    last = in_words(held.to_on) if held.to_on else say("until further notice")
    return TableRow(held.id, (held.post, who, in_words(held.from_on), last))


def _form_card(title: str, form: Form) -> Card:
    card, holder, inside = Card(title), QWidget(), QVBoxLayout()
    # Room for the focus ring, which a scroll area would cut.
    inside.setContentsMargins(current().px(3), current().px(3), current().px(6), current().px(3))
    inside.addWidget(form)
    holder.setLayout(inside)
    card.add(Scrolled(holder), 1)
    return card
