"""A provider keeps a place longer: until when, and who said so."""

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
from brokerdesk.ui.widgets.edits import DateEdit, TextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form
from brokerdesk.ui.widgets.label import Label


@dataclass(frozen=True, slots=True)
class Held:
    """What the provider said."""

    until: date
    said_by: str


class HoldDialog(FramedDialog):
    """A day and a name.

    Signals:
        given: a `Held`; the dialog stays until it is told that it was kept.
    """

    given = Signal(object)

    def __init__(self, provider: str, told: str, today: Callable[[], date], parent: QWidget) -> None:
        title = say("{provider} keeps the place longer", provider=provider)
        super().__init__(title, say("Record it"), parent)
        self.setMinimumWidth(current().px(480))
        self.until, self.said_by = DateEdit(today), TextEdit()
        self.form = Form()
        day = say("Write the day.")
        name = say("Write who said so.")
        self.form.add(
            FieldBox(say("Until"), self.until, check=lambda: "" if self.until.parsed() else day),
            FieldBox(say("Who said so"), self.said_by, check=lambda: "" if self.said_by.value() else name),
        )
        self.body.addWidget(Label(told, "second", wrap=True))
        self.body.addWidget(self.form)
        self.until.setFocus()

    @override
    def press_main(self) -> None:
        until = self.until.parsed()
        if not self.form.look() and until is not None:
            self.given.emit(Held(until, self.said_by.value()))
