"""What else happens at the choice: options turned down, a home outside, a refusal, a higher budget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.domain.choice_record import RefusalCode
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.preference import CONDITION_WORDS, PreferenceConditions
from brokerdesk.core.domain.refusals import REFUSAL_WORDS
from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs.frame import FramedDialog
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.edits import ChoiceBox, DateEdit, LongTextEdit, MoneyEdit, TextEdit
from brokerdesk.ui.widgets.field_box import Declaration, FieldBox, Form, RadioChoice, TickList
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.scroll import Scrolled

YES, NO = "yes", "no"


def _needed(edit: TextEdit | LongTextEdit, sentence: str) -> Callable[[], str]:
    return lambda: "" if edit.value() else sentence


@dataclass(frozen=True, slots=True)
class TurnedDown:
    """Options that were turned down, as typed."""

    offer_ids: tuple[str, ...]
    code: RefusalCode
    words: str
    refused_on: date


class TurnedDownDialog(FramedDialog):
    """Which options were turned down, why and when.

    Signals:
        given: a `TurnedDown`.
    """

    given = Signal(object)

    def __init__(
        self, options: Sequence[tuple[str, str]], today: Callable[[], date], parent: QWidget
    ) -> None:
        super().__init__(say("What was turned down"), say("Record what was turned down"), parent)
        self.setMinimumWidth(current().px(520))
        self.options = TickList(tuple(options))
        self.code = ChoiceBox(tuple((code.value, _capital(REFUSAL_WORDS[code])) for code in RefusalCode))
        self.words, self.day = LongTextEdit(lines=3), DateEdit(today, today())
        self.form = Form()
        self.form.add(
            FieldBox(say("Options"), self.options,
                     check=lambda: "" if self.options.value() else say("Tick at least one."))
        )  # fmt: skip
        self.form.add(FieldBox(say("Main reason"), self.code), FieldBox(say("Said on"), self.day))
        self.form.add(
            FieldBox(say("In the person’s own words"), self.words,
                     check=_needed(self.words, say("Write down what was said.")))
        )  # fmt: skip
        self.body.addWidget(Label(say("Kept for good and counted by reason (R087, R110)."), wrap=True))
        self.body.addWidget(self.form)
        self.options.setFocus()

    @override
    def press_main(self) -> None:
        day = self.day.parsed()
        if not self.form.look() and day is not None:
            code = RefusalCode(self.code.value())
            self.given.emit(TurnedDown(self.options.value(), code, self.words.value(), day))


@dataclass(frozen=True, slots=True)
class OutsideGiven:
    """An offer from outside the framework, as typed."""

    location_id: str
    provider: str
    rate: Money
    starts_on: date
    note: str
    preferred_by: str = ""
    """Who said that the person prefers it; empty where the need says so already."""


class OutsideDialog(FramedDialog):
    """A preferred provider that is no member of the framework.

    Signals:
        given: an `OutsideGiven`.
    """

    given = Signal(object)

    def __init__(
        self, preferred: str, starts_on: date, today: Callable[[], date], rate_words: str, parent: QWidget
    ) -> None:
        super().__init__(say("A provider outside the framework"), say("Add it to the options"), parent)
        self.setMinimumWidth(current().px(520))
        self.location, self.provider = TextEdit(preferred), TextEdit()
        self.rate, self.starts, self.note = MoneyEdit(), DateEdit(today, starts_on), LongTextEdit(lines=2)
        self.terms = Declaration(say("The provider agrees to the council’s terms."))
        self.form = Form()
        self.form.add(
            FieldBox(say("CQC location number"), self.location,
                     check=_needed(self.location, say("Write the number."))),
            FieldBox(say("Name"), self.provider, is_optional=True,
                     hint=say("Blank: as the CQC file has it.")),
        )  # fmt: skip
        self.form.add(
            FieldBox(rate_words, self.rate, check=lambda: "" if self.rate.parsed() else say("Write it.")),
            FieldBox(say("Can start on"), self.starts),
        )
        self.preferred_by = TextEdit()
        self.said_box = FieldBox(
            say("Who said that they prefer it"), self.preferred_by,
            check=_needed(self.preferred_by, say("Write who said so.")),
        )  # fmt: skip
        if not preferred:
            self.form.add(self.said_box)
        self.form.add(FieldBox(say("What it said"), self.note, is_optional=True))
        told = say(
            "The person may choose a home that is not on the framework (R046). Only the preferred one is "
            "added here, and it is not scored."
        )
        self.body.addWidget(Label(told, wrap=True))
        self.body.addWidget(self.form)
        self.body.addWidget(self.terms)
        self.location.setFocus()

    @property
    def agrees_terms(self) -> bool:
        """Whether the terms are ticked."""
        return self.terms.tick.isChecked()

    @override
    def press_main(self) -> None:
        rate, starts_on = self.rate.parsed(), self.starts.parsed()
        if not self.form.look() and rate is not None and starts_on is not None:
            given = OutsideGiven(
                self.location.value(), self.provider.value(), rate, starts_on, self.note.value(),
                self.preferred_by.value(),
            )  # fmt: skip
            self.given.emit(given)


@dataclass(frozen=True, slots=True)
class RefusalGiven:
    """A refusal of the preferred home, as typed."""

    provider: str
    conditions: PreferenceConditions
    reasons: str
    instead: str
    refused_by: str


class RefusePreferenceDialog(FramedDialog):
    """The five conditions and the cost, each with yes or no; any no is written down. Source: R088, R089.

    Signals:
        given: a `RefusalGiven`.
    """

    given = Signal(object)

    def __init__(self, preferred: str, parent: QWidget) -> None:
        super().__init__(say("The home that the person prefers"), say("Refuse it in writing"), parent)
        self.resize(current().px(640), current().px(640))
        self.provider, self.refused_by = TextEdit(preferred), TextEdit()
        self.reasons, self.instead = LongTextEdit(lines=3), TextEdit()
        self.answers = {
            held.name: RadioChoice(((YES, say("Yes")), (NO, say("No"))), across=True)
            for held in fields(PreferenceConditions)
        }
        self.form = Form()
        self.form.add(
            FieldBox(say("Which home"), self.provider, check=_needed(self.provider, say("Name it.")))
        )
        for name, answer in self.answers.items():
            self.form.add(FieldBox(CONDITION_WORDS[name][0], answer, check=self._answered(name)))
        self.form.add(
            FieldBox(say("Reasons, as the letter will print them"), self.reasons,
                     check=_needed(self.reasons, say("Write the reasons.")))
        )  # fmt: skip
        self.form.add(FieldBox(say("What is offered instead"), self.instead, is_optional=True))
        self.form.add(
            FieldBox(say("Who decided, with post"), self.refused_by,
                     check=_needed(self.refused_by, say("Name who decided.")))
        )  # fmt: skip
        told = say("All met: the council must arrange it. Any not met: refused in writing, with reasons.")
        self.body.addWidget(Label(told, wrap=True))
        margin = current().px(4)
        self.form.setContentsMargins(margin, margin, margin, margin)
        self.body.addWidget(Scrolled(self.form), 1)
        self.provider.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answered(self, name: str) -> Callable[[], str]:
        return lambda: "" if self.answers[name].value() else say("Answer yes or no.")

    def conditions(self) -> PreferenceConditions:
        """The conditions as answered."""
        told = {name: answer.value() for name, answer in self.answers.items()}
        return PreferenceConditions(**{name: None if not v else v == YES for name, v in told.items()})

    @override
    def press_main(self) -> None:
        if not self.form.look():
            given = RefusalGiven(
                self.provider.value(), self.conditions(), self.reasons.value(), self.instead.value(),
                self.refused_by.value(),
            )  # fmt: skip
            self.given.emit(given)


class RaiseBudgetDialog(FramedDialog):
    """The personal budget rises until it buys a real option. Source: docs/rules.md R087.

    Signals:
        given: the amount and the reason.
    """

    given = Signal(object, str)

    def __init__(self, amount: Money, parent: QWidget) -> None:
        super().__init__(say("Raise the personal budget"), say("Raise the budget"), parent)
        self.setMinimumWidth(current().px(480))
        self.amount, self.reason = MoneyEdit(amount), LongTextEdit(lines=2)
        self.form = Form()
        self.form.add(
            FieldBox(say("Personal budget a week"), self.amount,
                     check=lambda: "" if self.amount.parsed() else say("Write the sum."))
        )  # fmt: skip
        self.form.add(
            FieldBox(say("Why"), self.reason, check=_needed(self.reason, say("Write down why.")))
        )
        told = say(
            "The cheapest available option costs {sum} a week. Nobody is asked to pay the rest (R087).",
            sum=amount.shown,
        )
        self.body.addWidget(Label(told, wrap=True))
        self.body.addWidget(self.form)
        self.reason.setFocus()

    @override
    def press_main(self) -> None:
        amount = self.amount.parsed()
        if not self.form.look() and amount is not None:
            self.given.emit(amount, self.reason.value())


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
