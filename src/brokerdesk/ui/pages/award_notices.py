"""The notices of an award on screen: which is due by when, which is done, why none; and the form for one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.notice_due import NoticeDue
from brokerdesk.core.domain.notices import NoticeDuty
from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.edits import ChoiceBox, DateEdit, TextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form, TickBox
from brokerdesk.ui.widgets.scroll import Scrolled
from brokerdesk.ui.widgets.sourced_facts import SourcedFacts


@dataclass(frozen=True, slots=True)
class Published:
    """A published notice as it was typed."""

    code: str
    published_on: date
    reference: str
    announces_standstill: bool


class NoticeFields(QWidget):
    """Reference, day and standstill of one published notice.

    Signals:
        edited: something was typed.
    """

    edited = Signal()

    def __init__(
        self, code: str, today: Callable[[], date], *, hint: str, may_stand_still: bool,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.code, self._today = code, today
        self.reference, self.published_on = TextEdit(), DateEdit(today, today())
        self.standstill = TickBox(say("It announces a standstill, which then binds"))
        self.form = Form()
        self.form.add(
            FieldBox(
                say("Reference of the notice"), self.reference, hint=hint,
                check=lambda: "" if self.reference.value() else say("Write the notice’s reference."),
            )
        )  # fmt: skip
        self.form.add(FieldBox(say("Published on"), self.published_on, check=self._wrong_day))
        self.form.add_widget(self.standstill)
        self.standstill.setVisible(may_stand_still)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        for line in (self.reference, self.published_on):
            line.textEdited.connect(self.edited)

    def _wrong_day(self) -> str:
        day = self.published_on.parsed()
        if day is None:
            return say("Write the day of publication.")
        return say("That day lies ahead. Check it.") if day > self._today() else ""

    def read(self) -> Published | None:
        """The notice as typed; none while its day cannot be read."""
        day = self.published_on.parsed()
        if day is None:
            return None
        stands = self.standstill.isChecked() and not self.standstill.isHidden()
        return Published(self.code, day, self.reference.value(), stands)

    def clear(self) -> None:
        """Empty the fields once the notice is kept."""
        self.reference.set_value("")
        self.published_on.put(self._today())
        self.standstill.setChecked(False)


class NoticesCard(Card):
    """Every notice of the matrix for one award, with a form that records one as published.

    Signals:
        recorded: a `Published` to keep.
        exported: the days are to be saved for a calendar.
    """

    recorded = Signal(object)
    exported = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(say("Notices and due dates"), parent=parent)
        self.facts, self.others, self.which = SourcedFacts(), SourcedFacts(), ChoiceBox()
        self.fields = NoticeFields("", today, hint="", may_stand_still=False)
        self.which_box = FieldBox(say("Record as done"), self.which)
        self.record = Button(say("Record it as done"), self._record, kind="small")
        self.save = Button(say("Save the dates to a calendar"), self.exported.emit, kind="small")
        inside = QWidget()
        column = QVBoxLayout(inside)
        # Room for the focus ring, which a scroll area would cut.
        column.setContentsMargins(current().px(3), current().px(3), current().px(6), current().px(3))
        column.setSpacing(current().px(10))
        for part in (self.facts, self.save, self.which_box, self.fields, self.record, self.others):
            column.addWidget(part)
        column.addStretch(1)
        self.add(Scrolled(inside), 1)

    def show_notices(self, kept: Sequence[NoticeDue], matrix: Sequence[NoticeDuty]) -> None:
        """Show what is kept first, then why the others are not due."""
        codes = {notice.code for notice in kept if not notice.dropped_why}
        self.facts.set_facts([_kept_fact(notice) for notice in kept if not notice.dropped_why])
        self.others.set_facts([_duty_fact(duty) for duty in matrix if duty.code not in codes])
        waiting = [notice for notice in kept if notice.is_open]
        self.which.set_choices(tuple((notice.code, _label(notice.code, notice.name)) for notice in waiting))
        for part in (self.which_box, self.fields, self.record):
            part.setVisible(bool(waiting))

    def _record(self) -> None:
        self.fields.code = self.which.value()
        found = self.fields.read()
        if not self.fields.form.look() and found is not None:
            self.recorded.emit(found)


def _label(code: str, name: str) -> str:
    return f"{code} {name}" if code.startswith("UK") else name


def _law(rule: str, section: str) -> str:
    return ", ".join(part for part in (section, rule) if part)


def _kept_fact(notice: NoticeDue) -> tuple[str, str, str]:
    if notice.done_on is not None:
        value = say("Done {day}, {ref}", day=in_words(notice.done_on), ref=notice.reference)
    else:
        value = say("by {day}", day=in_words(notice.due_on)) if notice.due_on else say("when care ends")
    stand = notice.standstill_ends_on
    stay = say("Standstill to {day}. ", day=in_words(stand)) if stand else ""
    law = _law(notice.rule, notice.section)
    return _label(notice.code, notice.name), value, f"{stay}{notice.why} ({law})"


def _duty_fact(duty: NoticeDuty) -> tuple[str, str, str]:
    if duty.condition:
        value = say("Only in one case")
    elif duty.is_required and duty.due_on:
        value = say("next by {day}", day=in_words(duty.due_on))
    else:
        value = say("None")
    return _label(duty.code, duty.name), value, f"{duty.why} ({_law(duty.rule, duty.section)})"
