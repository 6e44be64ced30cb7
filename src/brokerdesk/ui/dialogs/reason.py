"""Asks for the reason of an act that ends something, such as withdrawing a round."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs.frame import FramedDialog
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.edits import LongTextEdit
from brokerdesk.ui.widgets.field_box import FieldBox
from brokerdesk.ui.widgets.label import Label


class ReasonDialog(FramedDialog):
    """One field for the reason; nothing happens without one.

    Signals:
        given: the reason, once the main button was pressed.
    """

    given = Signal(str)

    def __init__(self, title: str, told: str, words: str, parent: QWidget) -> None:
        super().__init__(title, words, parent)
        self.setMinimumWidth(current().px(480))
        self.reason = LongTextEdit(lines=3)
        self.field = FieldBox(say("Reason"), self.reason, check=self._check)
        self.body.addWidget(Label(told, wrap=True))
        self.body.addWidget(self.field)
        self.reason.setFocus()

    def _check(self) -> str:
        return "" if self.reason.value() else say("Write down why; it is kept with the act.")

    @override
    def press_main(self) -> None:
        if self.field.look():
            self.given.emit(self.reason.value())
        else:
            self.reason.setFocus()
