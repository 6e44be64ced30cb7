"""Asks what leaving the framework's order takes: whom to ask before its turn, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs.frame import FramedDialog
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.edits import ChoiceBox
from brokerdesk.ui.widgets.field_box import FieldBox, Form
from brokerdesk.ui.widgets.label import Label


@dataclass(frozen=True, slots=True)
class OutOfTurn:
    """Whom to ask before its turn, and why."""

    location_id: str
    reason: str
    """A coded reason."""


def first_large(words: str) -> str:
    """A phrase as a choice begins it."""
    return f"{words[:1].upper()}{words[1:]}"


class LadderDialog(FramedDialog):
    """A form whose fields are all looked at before anything is given."""

    def __init__(self, title: str, told: str, words: str, parent: QWidget) -> None:
        super().__init__(title, words, parent)
        self.setMinimumWidth(current().px(520))
        self.form = Form()
        self.body.addWidget(Label(told, wrap=True))
        self.body.addWidget(self.form)

    def offer(self, label: str, choices: Mapping[str, str], wanted: str) -> ChoiceBox:
        """A choice that must be made."""
        box = ChoiceBox((("", say("Choose")), *((key, first_large(words)) for key, words in choices.items())))
        self.form.add(FieldBox(label, box, check=lambda: "" if box.value() else wanted))
        return box


class OutOfTurnDialog(LadderDialog):
    """One of those who wait, and the coded reason.

    Signals:
        given: an `OutOfTurn`, once the main button was pressed.
    """

    given = Signal(object)

    def __init__(self, waiting: Mapping[str, str], reasons: Mapping[str, str], parent: QWidget) -> None:
        told = say("The framework says who is next. To ask another first takes a reason, and it is counted.")
        super().__init__(say("Ask before its turn"), told, say("Ask this provider"), parent)
        self.provider = self.offer(say("Provider"), waiting, say("Choose whom to ask."))
        self.reason = self.offer(say("Reason"), reasons, say("Choose the reason."))
        self.provider.setFocus()

    @override
    def press_main(self) -> None:
        if not self.form.look():
            self.given.emit(OutOfTurn(self.provider.value(), self.reason.value()))
