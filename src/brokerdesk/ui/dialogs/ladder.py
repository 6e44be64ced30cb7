"""Asks what leaving the framework's order takes: whom and why, or who outside it and on what ground."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.services.ladder import OutsideProvider
from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs.frame import FramedDialog
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.edits import ChoiceBox, TextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form
from brokerdesk.ui.widgets.label import Label


@dataclass(frozen=True, slots=True)
class OutOfTurn:
    """Whom to ask before its turn, and why."""

    location_id: str
    reason: str
    """A coded reason."""


@dataclass(frozen=True, slots=True)
class Outside:
    """Who outside the framework is asked, and on what ground."""

    provider: OutsideProvider
    ground: str
    """A coded ground."""


def first_large(words: str) -> str:
    """A phrase as a choice begins it."""
    return f"{words[:1].upper()}{words[1:]}"


class _LadderDialog(FramedDialog):
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


class OutOfTurnDialog(_LadderDialog):
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


class OutsideDialog(_LadderDialog):
    """A provider that is no member, whom to ask there, and the coded ground.

    Signals:
        given: an `Outside`, once the main button was pressed.
    """

    given = Signal(object)

    def __init__(self, rung: str, grounds: Mapping[str, str], parent: QWidget) -> None:
        told = say("Everyone on the framework was asked. This provider is judged like a member first.")
        title = say("Ask outside the framework: {rung}", rung=rung)
        super().__init__(title, told, say("Ask this provider"), parent)
        self.location = TextEdit(width=200)
        self.name, self.email = TextEdit(), TextEdit()
        self.form.add(
            FieldBox(
                say("CQC location id"), self.location, hint=say("Such as 1-100000001"),
                check=lambda: "" if self.location.value() else say("Give the location’s CQC id."),
            )
        )  # fmt: skip
        self.form.add(
            FieldBox(say("Whom to ask"), self.name, is_optional=True),
            FieldBox(say("E-mail"), self.email, is_optional=True),
        )
        self.ground = self.offer(say("Ground"), grounds, say("Choose the ground."))
        self.location.setFocus()

    @override
    def press_main(self) -> None:
        if not self.form.look():
            provider = OutsideProvider(self.location.value(), self.name.value(), self.email.value())
            self.given.emit(Outside(provider, self.ground.value()))
