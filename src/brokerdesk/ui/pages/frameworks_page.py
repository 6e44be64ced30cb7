"""Frameworks: whether call-offs are allowed, the legal clock, lots, members with their suspensions."""

from __future__ import annotations

from datetime import date

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.domain.framework import Framework
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.removal import removal_grounds
from brokerdesk.core.services import framework_rules, frameworks, membership, terms
from brokerdesk.core.services.membership import MemberFacts
from brokerdesk.core.services.terms import FrameworkTime
from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.dialogs.remove import RemovalGiven, RemoveDialog
from brokerdesk.ui.dialogs.sheet import SheetDialog
from brokerdesk.ui.dialogs.suspend import SuspendDialog, SuspensionGiven
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.desk_page import DeskActs, DeskPage
from brokerdesk.ui.pages.fact_words import day_of
from brokerdesk.ui.pages.frameworks_texts import (
    LOT_COLUMNS,
    MEMBER_COLUMNS,
    RENEW_BEFORE,
    clock_of,
    line_of,
    lot_row,
    member_row,
    rules_text,
    standing_of,
)
from brokerdesk.ui.pages.page import Command, Deed, HeaderFacts, Lamp, LampForm
from brokerdesk.ui.pages.providers_texts import bites
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import Banner, EmptyState
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.clocks import LegalClock
from brokerdesk.ui.widgets.edits import ChoiceBox
from brokerdesk.ui.widgets.label import ElidedLabel
from brokerdesk.ui.widgets.scroll import Scrolled
from brokerdesk.ui.widgets.table_view import TableView

NARROW, LOW = 1000, 190


class FrameworksPage(DeskPage):
    """One framework at a time; the latest edition stands first, earlier ones can be looked at."""

    title = say("Frameworks")
    stale_on = frozenset({"framework", "member", "suspension", "award", "rate_line"})

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(acts, parent)
        self.latest: tuple[Framework, ...] = ()
        self.editions: tuple[Framework, ...] = ()
        self.shown: Framework | None = None
        self.time: FrameworkTime | None = None
        self.members: tuple[MemberFacts, ...] = ()
        self.which, self.edition = ChoiceBox(width=300), ChoiceBox(width=140)
        self.which.setAccessibleName(say("Which framework"))
        self.edition.setAccessibleName(say("Which edition"))
        self.banner, self.clock = Banner("ok", ""), LegalClock()
        self.lots = TableView(say("Lots"), LOT_COLUMNS)
        self.table = TableView(say("Members of the lot"), MEMBER_COLUMNS)
        for table in (self.lots, self.table):
            table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.nothing = EmptyState(
            "layers",
            say("No framework yet"),
            say("A framework comes as a workbook. Save the template, fill it in, and import it."),
            Button(say("Save the template"), self.save_template, icon_name="download"),
        )
        self._faces = QStackedLayout()
        # Into the page first: a stack without a parent would show its first face as a window.
        self.column.addLayout(self._faces, 1)
        self._faces.addWidget(self.nothing)
        self._faces.addWidget(self._lay_out())
        self.which.currentIndexChanged.connect(self._choose_framework)
        self.edition.currentIndexChanged.connect(self._choose_edition)
        self.lots.chosen.connect(lambda _key: self._show_members())
        self.table.chosen.connect(lambda _key: self._free_buttons())
        self.table.opened.connect(lambda _key: self.suspend())

    def _lay_out(self) -> QWidget:
        px = current().px
        face = QWidget()
        column = QVBoxLayout(face)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        legal = Card(say("Legal clock"))
        legal.add_to_head(self.which)
        legal.add_to_head(self.edition)
        legal.add(self.clock)
        self.used = ElidedLabel("", "second", is_sentence=True)
        legal.add(self.used)
        lots, self.listed = Card(say("Lots"), flush=True), Card(say("Members"), flush=True)
        lots.add_to_head(Button(say("How it is used"), self.open_rules, kind="small", icon_name="settings-2"))
        lots.add_to_head(
            Button(say("Read the rules"), self.show_rules, kind="small", icon_name="list-filter")
        )
        lots.add(self.lots, 1)
        self.suspend_button = Button(say("Suspend"), self.suspend, kind="small", icon_name="ban")
        self.lift_button = Button(say("Lift"), self.lift, kind="small")
        self.remove_button = Button(say("Remove"), self.remove, kind="small", icon_name="circle-x")
        for button in (self.suspend_button, self.lift_button, self.remove_button):
            button.refused.connect(self._say_why)
            self.listed.add_to_head(button)
        self.listed.add(self.table, 1)
        for card in (lots, self.listed):
            card.setMinimumHeight(px(LOW))
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(px(16))
        self._across.addWidget(lots, 1)
        self._across.addWidget(self.listed, 1)
        column.addWidget(self.banner)
        column.addWidget(legal)
        column.addLayout(self._across, 1)
        return Scrolled(face)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the members stand under the lots."""
        super().resizeEvent(event)
        is_narrow = self.width() < current().px(NARROW)
        upright, level = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._across.setDirection(upright if is_narrow else level)

    def _say_why(self, why: str) -> None:
        self.tell(Message("warn", say("This cannot be done yet."), why, place="act"))

    # what is shown

    @override
    def open(self, reference: str | None) -> None:
        if reference is not None:
            self.shown = None
        super().open(reference)

    @override
    def refresh(self) -> None:
        self.latest = frameworks.list_frameworks(self.desk)
        self._faces.setCurrentIndex(1 if self.latest else 0)
        if self.latest:
            wanted = self.shown.reference if self.shown else self.reference
            _fill(self.which, tuple((held.reference, held.name) for held in self.latest), wanted or "")
            self.which.setVisible(len(self.latest) > 1)
            self._show_reference(self.which.value(), self._looked_at())
        super().refresh()

    def _looked_at(self) -> str:
        """The edition in front; empty where it was the newest, so that a newer one takes its place."""
        is_newest = self.shown is None or not self.editions or self.shown.id == self.editions[0].id
        return "" if is_newest or self.shown is None else self.shown.id

    def _choose_framework(self) -> None:
        self._show_reference(self.which.value(), "")
        self.lamp_changed.emit()

    def _choose_edition(self) -> None:
        self._show_edition(self.edition.value())
        self.lamp_changed.emit()

    def _show_reference(self, reference: str, edition_id: str) -> None:
        """The latest edition, or the one that was looked at if it is still the framework's."""
        self.editions = membership.editions(self.desk, reference)
        choices = tuple((held.id, say("Edition {number}", number=held.edition)) for held in self.editions)
        _fill(self.edition, choices, edition_id)
        self.edition.setVisible(len(choices) > 1)
        self._show_edition(self.edition.value())

    def _show_edition(self, edition_id: str) -> None:
        found = next((held for held in self.editions if held.id == edition_id), None)
        if found is None:
            return
        self.shown = found
        self.time = terms.time_of(self.desk, found)
        self.members = membership.members(self.desk, found.id)
        self.banner.set_banner(*standing_of(self.time))
        self.clock.set_clock(*clock_of(self.time))
        self.used.setText(" ".join(self._read_back(found)))
        self.lots.set_rows([lot_row(lot) for lot in membership.lots(self.desk, found.id)])
        if not self.lots.current_key() and found.lots:
            self.lots.choose(found.lots[0].name)
        self._show_members()

    def _show_members(self) -> None:
        lot = self.lots.current_key()
        today = self.acts.today()
        of_lot = [m for m in self.members if lot.casefold() in {name.casefold() for name in m.lots}]
        self.table.set_rows([member_row(member, lot, today) for member in of_lot])
        self.listed.title.setText(
            say("{count} on {lot}", count=len(of_lot), lot=lot) if lot else say("Members")
        )
        if of_lot and not self.table.current_key():
            self.table.choose(of_lot[0].location_id)
        self._free_buttons()

    def _free_buttons(self) -> None:
        role = "" if self._manages else say("This is for a framework manager. Ask one to sign in and do it.")
        chosen = "" if self._member() else say("Choose a member first.")
        lifted = "" if self._suspended() else say("This member is not suspended.")
        self.suspend_button.set_waiting(role or chosen)
        self.lift_button.set_waiting(role or chosen or lifted)
        removed = say("This member was removed.") if self._is_removed() else ""
        self.remove_button.set_waiting(role or chosen or removed)

    @property
    def _manages(self) -> bool:
        return self.desk.operator.has_any(frozenset({Role.FRAMEWORK_MANAGER}))

    def _member(self) -> MemberFacts | None:
        key = self.table.current_key()
        return next((member for member in self.members if member.location_id == key), None)

    def _suspended(self) -> str:
        """Id of the suspension that stands or is to come; empty where there is none."""
        member, today = self._member(), self.acts.today()
        standing = (
            held
            for held in (member.suspensions if member else ())
            if not held.is_removal
            and (bites(held, today) or (held.lifted_at is None and held.from_on > today))
        )
        return next((held.id for held in standing), "")

    def _is_removed(self) -> bool:
        member = self._member()
        return member is not None and any(held.is_removal for held in member.suspensions)

    # what is done

    def suspend(self) -> None:
        """Stop the chosen member from being asked or awarded, within a scope and days."""
        member, framework = self._member(), self.shown
        if self.suspend_button.why_waiting:
            self._say_why(self.suspend_button.why_waiting)
            return
        if member is None or framework is None:
            return
        dialog = SuspendDialog(member.provider, framework, self.acts.today, self)

        def keep(given: SuspensionGiven) -> None:
            self.acts.run(
                lambda desk: frameworks.suspend_member(
                    desk, framework_id=framework.id, location_id=member.location_id, scope=given.scope,
                    from_on=given.from_on, to_on=given.to_on, reason=given.reason,
                ),
                on_done=lambda _: kept(),
                on_refused=dialog.say_refused,
            )  # fmt: skip

        def kept() -> None:
            dialog.accept()
            self.toast(say("{provider} is suspended.", provider=member.provider))

        dialog.given.connect(keep)
        dialog.finished.connect(lambda _: self.table.setFocus())
        dialog.open()

    def lift(self) -> None:
        """End the suspension of the chosen member today."""
        member, suspension_id = self._member(), self._suspended()
        if member is not None and suspension_id:
            told = say("The suspension of {provider} is lifted.", provider=member.provider)
            self.acts.run(
                lambda desk: frameworks.lift_suspension(desk, suspension_id=suspension_id),
                on_done=lambda _: self.toast(told),
            )

    def remove(self) -> None:
        """Remove the chosen member on a coded ground, once it was told with the reasons."""
        member, framework = self._member(), self.shown
        if self.remove_button.why_waiting:
            self._say_why(self.remove_button.why_waiting)
            return
        if member is None or framework is None:
            return

        def write(ground: str, reason: str, from_on: date) -> str:
            return frameworks.removal_letter(
                self.desk, framework_id=framework.id, location_id=member.location_id, ground=ground,
                reason=reason, from_on=from_on,
            )  # fmt: skip

        grounds = removal_grounds(self.desk.rulebook, self.acts.today())
        dialog = RemoveDialog(member.provider, grounds, write, self.acts.today, self)

        def keep(given: RemovalGiven) -> None:
            self.acts.run(
                lambda desk: frameworks.remove_member(
                    desk, framework_id=framework.id, location_id=member.location_id, ground=given.ground,
                    reason=given.reason, from_on=given.from_on, told_on=given.told_on,
                ),
                on_done=lambda _: kept(),
                on_refused=dialog.say_refused,
            )  # fmt: skip

        def kept() -> None:
            dialog.accept()
            self.toast(say("{provider} is removed.", provider=member.provider))

        dialog.given.connect(keep)
        dialog.finished.connect(lambda _: self.table.setFocus())
        dialog.open()

    def take_extension(self) -> None:
        """Take the extension that the framework provides for."""
        if (framework := self.shown) is not None:
            self.acts.run(
                lambda desk: frameworks.take_extension(desk, framework_id=framework.id),
                on_done=lambda taken: self.toast(say("Extended to {day}.", day=day_of(taken.last_day))),
            )

    def show_rules(self) -> None:
        """Weights, hours, rounding, zones, terms and rates of the edition shown."""
        if self.shown is not None:
            note = say("As the workbook states them; a package keeps the edition it began with.")
            text = rules_text(self.shown, self.members, self._read_back(self.shown))
            SheetDialog(say("Rules of {name}", name=self.shown.name), note, text, self).open()

    def open_rules(self) -> None:
        """Look at how the framework is used, and change it."""
        if self.shown is not None:
            self.go.emit("frameworks", self.shown.reference, "rules")

    def _read_back(self, framework: Framework) -> tuple[str, ...]:
        """How it is used, in plain English."""
        return framework_rules.look_at(self.desk, framework, framework.rules).sentences

    def import_workbook(self) -> None:
        """Look at a framework workbook."""
        self.go.emit("frameworks", None, "import")

    def save_template(self) -> None:
        """Write an empty workbook with guidance and drop-downs."""
        path = files.ask_new_file(self, say("Save the template"), "framework.xlsx", say("Workbooks (*.xlsx)"))
        if path is not None:
            told = say("The template is saved as {name}.", name=path.name)
            self.acts.read(
                lambda desk: desk.workbooks.write_framework_template(path), lambda _: self.toast(told)
            )

    # the frame

    @override
    def header(self) -> HeaderFacts:
        if self.shown is None:
            return HeaderFacts(self.title)
        return HeaderFacts(self.shown.name, line=line_of(self.shown))

    @override
    def header_deeds(self) -> tuple[Deed, ...]:
        return (
            Deed(say("Save template"), self.save_template, icon="download"),
            Deed(say("Import workbook"), self.import_workbook, icon="import"),
        )

    @override
    def lamp(self) -> Lamp:
        workbook = Deed(say("Import a workbook"), self.import_workbook)
        if self.time is None or self.shown is None:
            return Lamp(say("Import a framework workbook; packages are sourced from its lots."), workbook)
        if self.time.today > self.shown.last_day:
            return Lamp(say("This framework has ended. Import the next one before more is placed."), workbook)
        if self.time.days_left > RENEW_BEFORE.days:
            told = say("No call-off after {day}. Nothing is due now.", day=day_of(self.shown.last_day))
            return Lamp(told, form=LampForm.WAITING)
        told = say(
            "The last call-off is on {day}. Prepare what comes after it.", day=day_of(self.shown.last_day)
        )
        return Lamp(told, self._extend() or workbook)

    def _extend(self) -> Deed | None:
        framework = self.shown
        if framework is None or framework.extension_ends_on is None or framework.extension_taken:
            return None
        waits = "" if self._manages else say("This is for a framework manager. Ask one to sign in and do it.")
        words = say("Take the extension to {day}", day=day_of(framework.extension_ends_on))
        return Deed(words, self.take_extension, waits_for=waits)

    @override
    def commands(self) -> tuple[Command, ...]:
        found = [
            Command(say("Import a framework workbook"), self.import_workbook),
            Command(say("Save the framework template"), self.save_template),
        ]
        if self.shown is not None:
            found.append(Command(say("Suspend the chosen member"), self.suspend))
            found.append(Command(say("Remove the chosen member"), self.remove))
            found.append(Command(say("Change how the framework is used"), self.open_rules))
            found.append(Command(say("Read the rules of the framework"), self.show_rules))
        if (extend := self._extend()) is not None and not extend.waits_for:
            found.append(Command(extend.words, extend.do))
        return tuple(found)

    @override
    def first_focus(self) -> QWidget:
        return self.lots if self.latest else self.nothing


def _fill(box: ChoiceBox, choices: tuple[tuple[str, str], ...], value: str) -> None:
    """Offer choices and take one, without the box saying that the user chose."""
    box.blockSignals(True)
    box.set_choices(choices)
    box.set_value(value)
    box.blockSignals(False)
