"""Asks for the day of something that is noted, such as when a call-in ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs.frame import FramedDialog
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.edits import DateEdit
from brokerdesk.ui.widgets.field_box import FieldBox
from brokerdesk.ui.widgets.label import Label


class DayDialog(FramedDialog):
    """One field for the day, filled with today.

    Args:
        title: heading.
        told: what the day means, in a sentence.
        label: of the field.
        words: of the main button.
        today: of the desk.
        parent: the page that asks.

    Signals:
        given: the day; the dialog stays until it is told that it was kept.
    """

    given = Signal(object)

    def __init__(
        self, title: str, told: str, label: str, words: str, today: Callable[[], date], parent: QWidget
    ) -> None:
        super().__init__(title, words, parent)
        self.setMinimumWidth(current().px(440))
        self.day = DateEdit(today, today())
        self.field = FieldBox(label, self.day, check=self._no_day)
        self.body.addWidget(Label(told, wrap=True))
        self.body.addWidget(self.field)
        self.day.setFocus()

    def _no_day(self) -> str:
        return "" if self.day.parsed() else say("Write the day.")

    @override
    def press_main(self) -> None:
        day = self.day.parsed()
        if self.field.look() and day is not None:
            self.given.emit(day)
        else:
            self.day.setFocus()
