"""A price that looks too low: what the provider was told, what it answered, and what is decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.domain.low_price import PriceQuery
from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs.frame import FramedDialog
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.edits import DateEdit, LongTextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form, RadioChoice
from brokerdesk.ui.widgets.label import Label

ACCEPT, SET_ASIDE = "accept", "set_aside"


@dataclass(frozen=True, slots=True)
class Notified:
    """What a provider was told, and until when it may answer."""

    notified_on: date
    answer_by: date
    question: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What a provider said, and when."""

    answered_on: date
    answer: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What the broker decides of a price."""

    is_accepted: bool
    reason: str


class PriceDialog(FramedDialog):
    """What the three dialogs of a low price share: the facts above, the fields below.

    Signals:
        given: what was typed; the dialog stays until it is told that it was kept.
    """

    given = Signal(object)

    def __init__(self, title: str, told: str, words: str, parent: QWidget) -> None:
        super().__init__(title, words, parent)
        self.setMinimumWidth(current().px(560))
        self.form = Form()
        self.body.addWidget(Label(told, "second", wrap=True))
        self.body.addWidget(self.form)

    def read(self) -> object:
        """What was typed; a subclass says."""
        raise LookupError(f"{type(self).__name__} reads nothing")

    @override
    def press_main(self) -> None:
        if not self.form.look():
            self.given.emit(self.read())


class AskPriceDialog(PriceDialog):
    """Records that the provider was told."""

    def __init__(
        self, provider: str, told: str, today: Callable[[], date], answer_by: date, parent: QWidget
    ) -> None:
        title = say("Ask {provider} about its price", provider=provider)
        super().__init__(title, told, say("Record that it was told"), parent)
        self.notified_on, self.answer_by = DateEdit(today, today()), DateEdit(today, answer_by)
        start = say(
            "Your price looks abnormally low for this care. Show how you can deliver it at this price: pay, "
            "travel, cover and overheads."
        )
        self.question = LongTextEdit(start, lines=4)
        self.form.add(
            FieldBox(say("Told on"), self.notified_on, check=_needed_day(self.notified_on)),
            FieldBox(say("It may answer until"), self.answer_by, check=_needed_day(self.answer_by)),
        )
        self.form.add(
            FieldBox(
                say("What it was told and asked"), self.question,
                hint=say("BrokerDesk sends nothing: write what you sent or said."),
                check=_needed_words(self.question),
            )
        )  # fmt: skip

        self.question.setFocus()

    @override
    def read(self) -> Notified:
        notified_on, answer_by = self.notified_on.parsed(), self.answer_by.parsed()
        if notified_on is None or answer_by is None:
            raise LookupError("the form was not looked at")
        return Notified(notified_on, answer_by, self.question.value())


class AnswerPriceDialog(PriceDialog):
    """Records what the provider says."""

    def __init__(self, query: PriceQuery, told: str, today: Callable[[], date], parent: QWidget) -> None:
        title = say("What {provider} says of its price", provider=query.provider)
        super().__init__(title, told, say("Record the answer"), parent)
        self.answered_on, self.answer = DateEdit(today, today()), LongTextEdit(lines=4)
        self.form.add(FieldBox(say("Answered on"), self.answered_on, check=_needed_day(self.answered_on)))
        self.form.add(
            FieldBox(
                say("Its answer"), self.answer, hint=say("Or that nothing came by the day it was given."),
                check=_needed_words(self.answer),
            )
        )  # fmt: skip

        self.answer.setFocus()

    @override
    def read(self) -> Answered:
        answered_on = self.answered_on.parsed()
        if answered_on is None:
            raise LookupError("the form was not looked at")
        return Answered(answered_on, self.answer.value())


class DecidePriceDialog(PriceDialog):
    """Lets the offer stand or sets it aside, with the reason."""

    def __init__(self, query: PriceQuery, told: str, parent: QWidget) -> None:
        title = say("Decide on the price of {provider}", provider=query.provider)
        super().__init__(title, told, say("Record the decision"), parent)
        self.kind = RadioChoice(
            ((ACCEPT, say("The offer stands")), (SET_ASIDE, say("Set the offer aside as abnormally low")))
        )
        self.reason = LongTextEdit(lines=3)
        self.form.add(FieldBox(say("Decision"), self.kind, check=self._check_kind))
        self.form.add(FieldBox(say("Reason"), self.reason, check=_needed_words(self.reason)))

        self.kind.focus_first()

    def _check_kind(self) -> str:
        return "" if self.kind.value() else say("Choose one of the two.")

    @override
    def read(self) -> Decided:
        return Decided(self.kind.value() == ACCEPT, self.reason.value())


def _needed_day(edit: DateEdit) -> Callable[[], str]:
    return lambda: "" if edit.parsed() else say("Write the day.")


def _needed_words(edit: LongTextEdit) -> Callable[[], str]:
    return lambda: "" if edit.value() else say("Write it down; it is kept with the offer.")
