"""A provider takes its offer back: which, who said so, on what day and why."""

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
from brokerdesk.ui.widgets.edits import ChoiceBox, DateEdit, TextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form
from brokerdesk.ui.widgets.label import Label


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What the provider said."""

    offer_id: str
    said_by: str
    said_on: date
    reason: str


class TakenBackDialog(FramedDialog):
    """An offer, a name, a day and a reason.

    Signals:
        given: a `TakenBack`; the dialog stays until it is told that it was kept.
    """

    given = Signal(object)

    def __init__(
        self, offers: tuple[tuple[str, str], ...], today: Callable[[], date], parent: QWidget
    ) -> None:
        super().__init__(say("An offer was taken back"), say("Record it"), parent)
        self.setMinimumWidth(current().px(520))
        told = say(
            "The offer stays on file and its place is free again. It can no longer be chosen, and no top-up "
            "may rest on it. A choice of it falls."
        )
        self.offer, self.said_by = ChoiceBox(), TextEdit()
        self.offer.set_choices(offers)
        self.said_on, self.reason = DateEdit(today, today()), TextEdit()
        self.form = Form()
        self.form.add(
            FieldBox(say("Whose offer"), self.offer),
            FieldBox(
                say("Who said so"), self.said_by,
                check=lambda: "" if self.said_by.value() else say("Write who said so."),
            ),
        )  # fmt: skip
        self.form.add(
            FieldBox(
                say("On what day"), self.said_on,
                check=lambda: "" if self.said_on.parsed() else say("Write the day."),
            )
        )  # fmt: skip
        self.form.add(
            FieldBox(
                say("Why"), self.reason, hint=say("In the provider’s words"),
                check=lambda: "" if self.reason.value() else say("Write why."),
            )
        )  # fmt: skip
        self.body.addWidget(Label(told, "second", wrap=True))
        self.body.addWidget(self.form)
        self.offer.setFocus()

    @override
    def press_main(self) -> None:
        said_on = self.said_on.parsed()
        if not self.form.look() and said_on is not None:
            self.given.emit(
                TakenBack(self.offer.value(), self.said_by.value(), said_on, self.reason.value())
            )
