"""Asks why a requirement changes, and how long everyone has to answer it again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs.frame import FramedDialog
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.edits import LongTextEdit, TextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form
from brokerdesk.ui.widgets.label import Label

_MOST_DIGITS = 4


class AmendDialog(FramedDialog):
    """The reason and the hours; the differences are worked out by the desk.

    Signals:
        given: the reason and the hours.
    """

    given = Signal(str, int)

    def __init__(self, hours: int, parent: QWidget) -> None:
        title = say("Amend the requirement for everyone asked")
        super().__init__(title, say("Amend the requirement"), parent)
        self.setMinimumWidth(current().px(540))
        self.reason, self.hours = LongTextEdit(lines=3), TextEdit(width=90)
        self.hours.setText(str(hours))
        self.form = Form()
        hint = say("Everyone who was asked will read it")
        self.form.add(FieldBox(say("Why it changes"), self.reason, hint=hint, check=self._reason_trouble))
        self.form.add(FieldBox(say("Hours to answer, from now"), self.hours, check=self._hours_trouble))
        told = say(
            "Everyone asked gets the new sheet with what has changed, and the same new deadline. Offers made "
            "before stay on file and count no more (R024)."
        )
        self.body.addWidget(Label(told, wrap=True))
        self.body.addWidget(self.form)
        self.reason.setFocus()

    def _reason_trouble(self) -> str:
        return "" if self.reason.value() else say("Write down why, as everyone will read it.")

    def _hours_trouble(self) -> str:
        text = self.hours.value()
        is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS and int(text) > 0
        return "" if is_number else say("Give whole hours, 1 or more.")

    @override
    def press_main(self) -> None:
        if not self.form.look():
            self.given.emit(self.reason.value(), int(self.hours.value()))
