"""Who pays above the budget for a preferred home, and everything that the agreement states."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from brokerdesk.core.domain.choice import Payer, SignsAs, TopUp
from brokerdesk.core.domain.money import Money
from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.edits import ChoiceBox, DateEdit, LongTextEdit, MoneyEdit, TextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, RadioChoice
from brokerdesk.ui.widgets.label import Label

COUNCIL = "council"
DISREGARD = "12_week_disregard"
_ITEMS = (
    ("payment_frequency", say("How often it is paid"), say("Every four weeks, for example.")),
    ("payee", say("To whom it is paid"), say("The council or the home.")),
    ("review_provision", say("When it is reviewed"), say("Every twelve months, for example.")),
    ("if_payments_stop", say("What happens if payments stop"), ""),
    ("provider_price_rises", say("What happens when the price rises"), ""),
    ("payer_finances_change", say("What happens if the payer’s means change"), ""),
)
"""Six of the eight items that are written in words; the two sums come from the offer. Source: R092."""
_GROUNDS = (
    ("", say("Choose one")),
    (DISREGARD, say("The 12-week property disregard")),
    ("deferred_payment", say("A deferred payment agreement")),
)
_SIGNERS = (
    (SignsAs.PERSON.value, say("The person")),
    (SignsAs.ATTORNEY.value, say("An attorney for property and affairs")),
    (SignsAs.DEPUTY.value, say("A deputy for property and affairs")),
    (SignsAs.NEXT_OF_KIN.value, say("Next of kin")),
)
"""For the person's own money; next of kin stands there to be refused with its reason. Source: R113."""


class TopUpFields(QWidget):
    """Who pays the difference, the eight items, the evidence and who signs. Source: R087, R091 to R093, R113.

    Signals:
        edited: something was typed or chosen.
    """

    edited = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._difference: Money | None = None
        self._budget: Money | None = None
        self.words = Label("", "strong", wrap=True)
        self.payer = RadioChoice(
            (
                (COUNCIL, say("The council")),
                (Payer.THIRD_PARTY.value, say("Someone else, by a top-up")),
                (Payer.FIRST_PARTY.value, say("The person, by a top-up")),
            ),
        )
        self.ground, self.signs_as = ChoiceBox(_GROUNDS), ChoiceBox(_SIGNERS)
        self.payer_name, self.answer, self.evidence = TextEdit(), LongTextEdit(lines=2), LongTextEdit(lines=2)
        self.agreed_on, self.amount = DateEdit(today, today()), MoneyEdit()
        self.disregard_from, self.evidence_on = DateEdit(today), DateEdit(today)
        self.review_on = DateEdit(today)
        self.items = {name: TextEdit() for name, _label, _hint in _ITEMS}
        self._make_boxes()
        self._lay_out()

    def _make_boxes(self) -> None:
        self.payer_box = FieldBox(
            say("Who pays the difference"), self.payer,
            check=lambda: "" if self.payer.value() else say("Say who pays above the budget."),
        )  # fmt: skip
        self.ground_box = FieldBox(
            say("On what ground the person may pay"), self.ground,
            check=lambda: "" if self.ground.value() else say("Choose one of the two."),
        )  # fmt: skip
        self.disregard_box = FieldBox(
            say("First day of the disregard"), self.disregard_from,
            check=lambda: "" if self.disregard_from.parsed() else say("Write the first day."),
        )  # fmt: skip
        self.signs_box = FieldBox(say("Who signs for the person’s money"), self.signs_as)
        self._agreement = (
            FieldBox(
                say("What was said to the option within the budget"), self.answer,
                check=_filled(self.answer, say("Write down the answer; a top-up rests on it.")),
            ),
            FieldBox(
                say("Who pays it, by name"), self.payer_name,
                check=_filled(self.payer_name, say("Write the payer’s name.")),
            ),
            FieldBox(say("Top-up a week"), self.amount, check=self._amount_trouble),
            FieldBox(say("Agreed on"), self.agreed_on, check=self._day_trouble),
            *(FieldBox(label, self.items[n], hint=hint, check=self._needed(n)) for n, label, hint in _ITEMS),
            FieldBox(say("First review"), self.review_on, is_optional=True,
                     hint=say("Blank: in twelve months.")),
            FieldBox(
                say("What shows that it can be paid"), self.evidence,
                check=_filled(self.evidence, say("Write down what was seen.")),
            ),
            FieldBox(
                say("Seen on"), self.evidence_on,
                check=lambda: "" if self.evidence_on.parsed() else say("Write the day on which it was seen."),
            ),
        )  # fmt: skip
        self.boxes = (self.payer_box, self.ground_box, self.disregard_box, self.signs_box, *self._agreement)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().px(10))
        column.addWidget(self.words)
        for box in self.boxes:
            column.addWidget(box)
        self.payer.chosen.connect(self._follow)
        self.ground.activated.connect(self._follow)
        self.signs_as.activated.connect(self.edited)
        for long in (self.answer, self.evidence):
            long.textChanged.connect(self.edited)
        for line in self._lines():
            line.textEdited.connect(self.edited)
        self._show_agreement()

    def _lines(self) -> tuple[QLineEdit, ...]:
        days = (self.agreed_on, self.disregard_from, self.evidence_on, self.review_on)
        return (*days, self.amount, self.payer_name, *self.items.values())

    def _follow(self) -> None:
        self._show_agreement()
        self.edited.emit()

    def _show_agreement(self) -> None:
        payer = self.payer.value()
        is_own = payer == Payer.FIRST_PARTY.value
        self.ground_box.setVisible(is_own)
        self.signs_box.setVisible(is_own)
        self.disregard_box.setVisible(is_own and self.ground.value() == DISREGARD)
        for box in self._agreement:
            box.setVisible(payer not in ("", COUNCIL))

    def _needed(self, name: str) -> Callable[[], str]:
        return lambda: "" if self.items[name].value() else say("Write it down.")

    def _amount_trouble(self) -> str:
        return "" if self.amount.parsed() else say("Write the sum that is paid each week.")

    def _day_trouble(self) -> str:
        return "" if self.agreed_on.parsed() else say("Write the day of the agreement.")

    def show_amount(self, difference: Money, budget: Money) -> None:
        """Say by how much the option taken is above the budget."""
        self._budget = budget
        self.words.setText(
            say(
                "This home is {difference} a week above the budget of {budget}.",
                difference=difference.shown,
                budget=budget.shown,
            )
        )
        if difference != self._difference:
            self._difference = difference
            self.amount.put(difference)

    def top_up(self) -> TopUp | None:
        """The agreement as typed; none where the council pays the difference."""
        amount, agreed_on = self.amount.parsed(), self.agreed_on.parsed()
        if self.payer.value() in ("", COUNCIL) or not amount or agreed_on is None or self._budget is None:
            return None
        items = {name: edit.value() for name, edit in self.items.items()}
        payer = Payer(self.payer.value())
        is_own = payer is Payer.FIRST_PARTY
        ground = self.ground.value() if is_own else ""
        return TopUp(
            payer=payer, agreed_on=agreed_on, additional_cost=amount, budget_amount=self._budget,
            payment_frequency=items["payment_frequency"], payee=items["payee"],
            review_provision=items["review_provision"], if_payments_stop=items["if_payments_stop"],
            provider_price_rises=items["provider_price_rises"],
            payer_finances_change=items["payer_finances_change"], disregard_or_deferred=ground,
            payer_name=self.payer_name.value(),
            signs_as=SignsAs(self.signs_as.value()) if is_own else SignsAs.THIRD_PARTY,
            disregard_from=self.disregard_from.parsed() if ground == DISREGARD else None,
            evidence=self.evidence.value(), evidence_on=self.evidence_on.parsed(),
            review_on=self.review_on.parsed(),
        )  # fmt: skip

    def _edits(self) -> dict[str, TextEdit | LongTextEdit]:
        return {
            "payer_name": self.payer_name, "affordable_answer": self.answer, "evidence": self.evidence,
            "amount": self.amount, "disregard_from": self.disregard_from, "evidence_on": self.evidence_on,
            "review_on": self.review_on, **self.items,
        }  # fmt: skip

    def texts(self) -> dict[str, str]:
        """What is typed, for the draft."""
        picked = {
            "payer": self.payer.value(), "ground": self.ground.value(), "signs_as": self.signs_as.value()
        }  # fmt: skip
        return picked | {name: edit.value() for name, edit in self._edits().items()}

    def put_texts(self, texts: dict[str, str]) -> None:
        """Put back what was typed."""
        self.payer.set_value(texts.get("payer", ""))
        self.ground.set_value(texts.get("ground", ""))
        self.signs_as.set_value(texts.get("signs_as", SignsAs.PERSON.value))
        self._difference = None
        for name, edit in self._edits().items():
            edit.set_value(texts.get(name, ""))
        self._show_agreement()


def _filled(edit: TextEdit | LongTextEdit, sentence: str) -> Callable[[], str]:
    return lambda: "" if edit.value() else sentence
