"""How the person chose: who decided, with what authority, why; and the top-up, where one applies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from brokerdesk.core.domain.choice import ChosenBy, Option, Payer, TopUp
from brokerdesk.core.domain.money import Money
from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.edits import ChoiceBox, DateEdit, LongTextEdit, MoneyEdit, TextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form, RadioChoice
from brokerdesk.ui.widgets.label import Label

COUNCIL = "council"
_ITEMS = (
    ("payment_frequency", say("How often it is paid"), say("Every four weeks, for example.")),
    ("payee", say("To whom it is paid"), say("The council or the home.")),
    ("review_provision", say("When it is reviewed"), ""),
    ("if_payments_stop", say("What happens if payments stop"), ""),
    ("provider_price_rises", say("What happens when the price rises"), ""),
    ("payer_finances_change", say("What happens if the payer’s means change"), ""),
)
"""Six of the eight items that are written in words; the two sums come from the offer. Source: R092."""
_GROUNDS = (
    ("", say("Choose one")),
    ("12_week_disregard", say("The 12-week property disregard")),
    ("deferred_payment", say("A deferred payment agreement")),
)


class ChoiceForm(QWidget):
    """The fields of a choice.

    Signals:
        edited: something was typed or chosen.
    """

    edited = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.by = RadioChoice(
            (
                (ChosenBy.PERSON.value, say("The person")),
                (ChosenBy.ATTORNEY.value, say("An attorney for health and welfare")),
                (ChosenBy.DEPUTY.value, say("A court-appointed deputy")),
                (ChosenBy.BEST_INTERESTS.value, say("A best-interests decision")),
                (ChosenBy.BROKER.value, say("The council")),
            ),
            value=ChosenBy.PERSON.value,
        )
        self.authority, self.single = TextEdit(), LongTextEdit(lines=2)
        self.reason = LongTextEdit(lines=5)
        self.authority_box = FieldBox(
            say("Where that authority can be found"),
            self.authority,
            check=lambda: "" if self.authority.value() else say("Write where the evidence can be found."),
        )
        self.reason_box = FieldBox(
            say("Reason, in the person’s own words"),
            self.reason,
            hint=say("Printed on the choice record."),
            check=lambda: "" if self.reason.value() else say("Write why this one was chosen."),
        )
        self.single_box = FieldBox(
            say("Why only one option was shown"),
            self.single,
            check=lambda: "" if self.single.value() else say("Write why there was no second one."),
        )
        self.top_up = TopUpFields(today)
        self.form = Form()
        self._lay_out()
        self._connect()
        self.show_parts(None, is_single=False, has_top_up=False)

    def _lay_out(self) -> None:
        self.form.add(FieldBox(say("Who decided"), self.by))
        for box in (self.authority_box, self.reason_box, self.single_box):
            self.form.add(box)
        self.form.add_widget(self.top_up)
        self.form.fields.extend(self.top_up.boxes)
        self.form.add_stretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(current().px(3), current().px(3), current().px(6), current().px(3))
        column.addWidget(self.form)

    def _connect(self) -> None:
        self.by.chosen.connect(self._follow_by)
        self.authority.textEdited.connect(self.edited)
        self.reason.textChanged.connect(self.edited)
        self.single.textChanged.connect(self.edited)
        self.top_up.edited.connect(self.edited)

    def _follow_by(self) -> None:
        self.authority_box.setVisible(self.chosen_by not in (ChosenBy.PERSON, ChosenBy.BROKER))
        self.edited.emit()

    @property
    def chosen_by(self) -> ChosenBy:
        """Who decided."""
        return ChosenBy(self.by.value())

    def show_parts(self, option: Option | None, *, is_single: bool, has_top_up: bool) -> None:
        """Show only the fields that apply to the option taken."""
        self.authority_box.setVisible(self.chosen_by not in (ChosenBy.PERSON, ChosenBy.BROKER))
        self.single_box.setVisible(is_single)
        self.top_up.setVisible(has_top_up)
        if has_top_up and option is not None:
            self.top_up.show_amount(option.top_up, option.cost_to_council - option.top_up)

    def texts(self) -> dict[str, str]:
        """What is typed, for the draft."""
        written = {
            "by": self.by.value(),
            "authority": self.authority.value(),
            "reason": self.reason.value(),
            "single": self.single.value(),
        }
        return written | self.top_up.texts()

    def put_texts(self, texts: dict[str, str]) -> None:
        """Put back what was typed; without it the form is empty."""
        self.by.set_value(texts.get("by", ChosenBy.PERSON.value))
        self.authority.set_value(texts.get("authority", ""))
        self.reason.set_value(texts.get("reason", ""))
        self.single.set_value(texts.get("single", ""))
        self.top_up.put_texts(texts)
        for box in self.form.fields:
            box.set_trouble("")


class TopUpFields(QWidget):
    """Who pays the difference, and the eight items of a top-up agreement. Source: docs/rules.md R091, R092.

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
            value=COUNCIL,
        )
        self.ground = ChoiceBox(_GROUNDS)
        self.agreed_on, self.amount = DateEdit(today, today()), MoneyEdit()
        self.items = {name: TextEdit() for name, _label, _hint in _ITEMS}
        self.ground_box = FieldBox(
            say("On what ground the person may pay"),
            self.ground,
            check=lambda: "" if self.ground.value() else say("Choose one of the two."),
        )
        amount = FieldBox(say("Top-up a week"), self.amount, check=self._amount_trouble)
        agreed = FieldBox(say("Agreed on"), self.agreed_on, check=self._day_trouble)
        self._agreement = (
            amount,
            agreed,
            *(FieldBox(label, self.items[n], hint=hint, check=self._needed(n)) for n, label, hint in _ITEMS),
        )
        self.boxes = (self.ground_box, *self._agreement)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().px(10))
        column.addWidget(self.words)
        column.addWidget(FieldBox(say("Who pays the difference"), self.payer))
        for box in self.boxes:
            column.addWidget(box)
        self.payer.chosen.connect(self._follow)
        self.ground.activated.connect(self.edited)
        lines: tuple[QLineEdit, ...] = (self.agreed_on, self.amount, *self.items.values())
        for line in lines:
            line.textEdited.connect(self.edited)
        self._show_agreement()

    def _follow(self) -> None:
        self._show_agreement()
        self.edited.emit()

    def _show_agreement(self) -> None:
        payer = self.payer.value()
        self.ground_box.setVisible(payer == Payer.FIRST_PARTY.value)
        for box in self._agreement:
            box.setVisible(payer != COUNCIL)

    def _needed(self, name: str) -> Callable[[], str]:
        return lambda: "" if self.items[name].value() else say("Write it down; all eight items are needed.")

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
        if self.payer.value() == COUNCIL or not amount or agreed_on is None or self._budget is None:
            return None
        items = {name: edit.value() for name, edit in self.items.items()}
        return TopUp(
            payer=Payer(self.payer.value()),
            agreed_on=agreed_on,
            additional_cost=amount,
            budget_amount=self._budget,
            disregard_or_deferred=self.ground.value(),
            payment_frequency=items["payment_frequency"],
            payee=items["payee"],
            review_provision=items["review_provision"],
            if_payments_stop=items["if_payments_stop"],
            provider_price_rises=items["provider_price_rises"],
            payer_finances_change=items["payer_finances_change"],
        )

    def texts(self) -> dict[str, str]:
        """What is typed, for the draft."""
        written = {"payer": self.payer.value(), "ground": self.ground.value(), "amount": self.amount.value()}
        return written | {name: edit.value() for name, edit in self.items.items()}

    def put_texts(self, texts: dict[str, str]) -> None:
        """Put back what was typed."""
        self.payer.set_value(texts.get("payer", COUNCIL))
        self.ground.set_value(texts.get("ground", ""))
        self.amount.set_value(texts.get("amount", ""))
        self._difference = None
        for name, edit in self.items.items():
            edit.set_value(texts.get(name, ""))
        self._show_agreement()
