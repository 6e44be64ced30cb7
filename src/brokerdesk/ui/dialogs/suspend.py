"""Suspends one member: what for, from when, until when, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.domain.framework import Framework
from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs.frame import FramedDialog
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.edits import ChoiceBox, DateEdit, LongTextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form
from brokerdesk.ui.widgets.label import Label

EVERYTHING = "all"


@dataclass(frozen=True, slots=True)
class SuspensionGiven:
    """A suspension as it was typed."""

    scope: str
    from_on: date
    to_on: date | None
    reason: str


class SuspendDialog(FramedDialog):
    """Four fields; the member is neither asked nor awarded within them.

    Signals:
        given: a `SuspensionGiven`; the dialog stays until it is told that it was kept.
    """

    given = Signal(object)

    def __init__(
        self, provider: str, framework: Framework, today: Callable[[], date], parent: QWidget
    ) -> None:
        super().__init__(say("Suspend {provider}", provider=provider), say("Suspend the member"), parent)
        self.setMinimumWidth(current().px(520))
        scopes = [(EVERYTHING, say("Everything"))]
        scopes += [(lot.name, say("Lot {name}", name=lot.name)) for lot in framework.lots]
        scopes += [(zone.name, say("Zone {name}", name=zone.name)) for zone in framework.zones]
        self.scope = ChoiceBox(tuple(scopes), value=EVERYTHING)
        self.begins, self.ends = DateEdit(today, today()), DateEdit(today)
        self.reason = LongTextEdit(lines=3)
        self.form = Form()
        self.form.add(FieldBox(say("What for"), self.scope))
        self.form.add(
            FieldBox(say("From"), self.begins, check=self._begins_trouble),
            FieldBox(say("To, that day included"), self.ends, is_optional=True,
                     hint=say("Blank: until lifted")),
        )  # fmt: skip
        hint = say("Shown wherever the member is left out")
        self.form.add(FieldBox(say("Reason"), self.reason, hint=hint, check=self._reason_trouble))
        self.body.addWidget(
            Label(say("It is neither asked nor awarded within these days (R105)."), wrap=True)
        )
        self.body.addWidget(self.form)
        self.scope.setFocus()

    def _begins_trouble(self) -> str:
        return "" if self.begins.text().strip() else say("Give the first day.")

    def _reason_trouble(self) -> str:
        return "" if self.reason.value() else say("Write down why.")

    @override
    def press_main(self) -> None:
        begins = self.begins.parsed()
        if not self.form.look() and begins is not None:
            given = SuspensionGiven(self.scope.value(), begins, self.ends.parsed(), self.reason.value())
            self.given.emit(given)
