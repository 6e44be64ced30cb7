"""What a spend may rest on besides signatures: a panel’s finding, an executive decision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs.frame import FramedDialog
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.edits import DateEdit, LongTextEdit, TextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form, TickBox, TickList

FINDINGS = (
    ("safe", say("Safe")),
    ("effective", say("Effective")),
    ("affordable", say("Affordable")),
    ("legal", say("Legal")),
)


@dataclass(frozen=True, slots=True)
class PanelGiven:
    """A panel as it was typed."""

    held_on: date
    members: str
    found: tuple[str, ...]
    conditions: str
    minutes: str


class PanelDialog(FramedDialog):
    """Who sat when, what they found, on which conditions, and where the minutes are.

    Signals:
        given: a `PanelGiven`; the dialog stays until it is told that it was kept.
    """

    given = Signal(object)

    def __init__(self, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(say("Record a panel"), say("Record the panel"), parent)
        self.setMinimumWidth(current().px(520))
        self.held_on, self.members = DateEdit(today, today()), TextEdit()
        self.found, self.conditions = TickList(FINDINGS), LongTextEdit(lines=2)
        self.minutes = TextEdit()
        self.form = Form()
        self.form.add(
            FieldBox(say("Sat on"), self.held_on, check=_day(self.held_on)),
            FieldBox(say("Who sat"), self.members, check=_words(self.members)),
        )
        self.form.add(FieldBox(say("It found the package"), self.found))
        self.form.add(FieldBox(say("Conditions"), self.conditions, is_optional=True))
        self.form.add(FieldBox(say("Where the minutes are"), self.minutes, check=_words(self.minutes)))
        self.body.addWidget(self.form)
        self.held_on.setFocus()

    @override
    def press_main(self) -> None:
        day = self.held_on.parsed()
        if not self.form.look() and day is not None:
            found = self.found.value()
            told = PanelGiven(
                day, self.members.value(), found, self.conditions.value(), self.minutes.value()
            )
            self.given.emit(told)


@dataclass(frozen=True, slots=True)
class ExecutiveGiven:
    """An executive decision as it was typed."""

    decision_maker: str
    decided_on: date
    published_on: date
    reference: str
    is_key: bool
    is_subject_to_call_in: bool
    exempt_reason: str


class ExecutiveDialog(FramedDialog):
    """Who decided when, when it was published, whether it is key, can be called in, or is exempt.

    Signals:
        given: an `ExecutiveGiven`; the dialog stays until it is told that it was kept.
    """

    given = Signal(object)

    def __init__(self, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(say("Record an executive decision"), say("Record the decision"), parent)
        self.setMinimumWidth(current().px(520))
        self.who, self.reference = TextEdit(), TextEdit()
        self.decided_on, self.published_on = DateEdit(today, today()), DateEdit(today, today())
        self.is_key = TickBox(say("It is a key decision"))
        self.call_in = TickBox(say("It can be called in"), is_ticked=True)
        self.exempt = TextEdit()
        self.form = Form()
        self.form.add(
            FieldBox(say("Who decided"), self.who, check=_words(self.who)),
            FieldBox(say("Its reference"), self.reference, check=_words(self.reference)),
        )
        self.form.add(
            FieldBox(say("Decided on"), self.decided_on, check=_day(self.decided_on)),
            FieldBox(say("Published on"), self.published_on, check=_day(self.published_on)),
        )
        self.form.add_widget(self.is_key)
        self.form.add_widget(self.call_in)
        self.form.add(
            FieldBox(
                say("Exempt from publication under"), self.exempt, is_optional=True,
                hint=say("Such as: paragraph 3 of Schedule 12A to the Local Government Act 1972."),
            )
        )  # fmt: skip
        self.body.addWidget(self.form)
        self.who.setFocus()

    @override
    def press_main(self) -> None:
        decided, published = self.decided_on.parsed(), self.published_on.parsed()
        if not self.form.look() and decided is not None and published is not None:
            self.given.emit(
                ExecutiveGiven(
                    self.who.value(), decided, published, self.reference.value(), self.is_key.isChecked(),
                    self.call_in.isChecked(), self.exempt.value(),
                )
            )  # fmt: skip


def _words(edit: TextEdit) -> Callable[[], str]:
    return lambda: "" if edit.value() else say("Write it down.")


def _day(edit: DateEdit) -> Callable[[], str]:
    return lambda: "" if edit.parsed() else say("Write the day.")
