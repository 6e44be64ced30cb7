"""The clock, the comparison and the law of a framework's rules as a form beside the ladder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from brokerdesk.core.domain.framework_rules import DirectCallOff, FrameworkRules, PriceFormula, WorkingHours
from brokerdesk.core.domain.picking import TESTS
from brokerdesk.core.domain.visits import Weekday
from brokerdesk.core.wording import say
from brokerdesk.ui.pages.rules_ceilings import CeilingsForm
from brokerdesk.ui.pages.rules_rungs import (
    RungsForm,
    choices_of,
    number_of,
    number_trouble,
    words_of_number,
)
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.edits import ChoiceBox, LongTextEdit, TextEdit, TimeEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form, TickBox

FORMULAS = {
    PriceFormula.LOWEST_OVER_OFFER: say("Lowest price divided by the offer’s"),
    PriceFormula.SPREAD: say("Straight line from lowest to highest"),
    PriceFormula.UNDER_CEILING: say("Straight line under the ceiling"),
}


class RulesForm(QWidget):
    """Everything that rules say; what the form does not show stays as it was.

    Signals:
        edited: anything was changed.
    """

    edited = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._began = FrameworkRules()
        self.ladder, self.ceilings = RungsForm(), CeilingsForm(today)
        self.clock, self.comparing, self.law = Form(), Form(), Form()
        self._make_clock()
        self._make_comparing()
        self._make_law()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().px(12))
        column.addWidget(self.ladder)
        for title, form in (
            (say("The clock"), self.clock),
            (say("How offers are compared"), self.comparing),
            (say("Direct call-off and grounds"), self.law),
        ):
            card = Card(title)
            card.add(form)
            column.addWidget(card)
            if form is self.comparing:
                column.addWidget(self.ceilings)
        for part in (self.ladder, self.ceilings):
            part.edited.connect(self.edited)
        self._listen()

    def _make_clock(self) -> None:
        self.works = TickBox(say("The clock runs in working hours only, not on bank holidays"))
        self.days = {day: TickBox(day.value) for day in Weekday}
        held = QWidget()
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        for tick in self.days.values():
            row.addWidget(tick)
        row.addStretch(1)
        self.opens, self.closes = TimeEdit(), TimeEdit()
        self.least, self.least_urgent = TextEdit(width=90), TextEdit(width=90)
        self.clock.add_widget(self.works)
        self.clock.add_widget(held)
        self.clock.add(FieldBox(say("Opens"), self.opens), FieldBox(say("Closes"), self.closes))
        self.clock.add(
            FieldBox(
                say("Least hours to answer"), self.least, check=lambda: number_trouble(self.least.value())
            ),
            FieldBox(
                say("Least where urgent"), self.least_urgent,
                check=lambda: number_trouble(self.least_urgent.value()),
            ),
        )  # fmt: skip

    def _make_comparing(self) -> None:
        self.formula = ChoiceBox(choices_of(FORMULAS))
        self.tests, self.near = TextEdit(), TextEdit(width=90)
        self.sealed = TickBox(say("Offers stay closed until two officers open them together"))
        self.scorers = ChoiceBox(tuple((str(n), str(n)) for n in range(1, 6)), value="1", width=90)
        self.comparing.add(
            FieldBox(say("Points for price"), self.formula), FieldBox(say("Officers who score"), self.scorers)
        )
        self.comparing.add(
            FieldBox(say("Ordered tests"), self.tests, hint=say("In order: {tests}", tests=", ".join(TESTS))),
            FieldBox(
                say("Near is within miles"), self.near, hint=say("Blank: the nearest"),
                check=lambda: number_trouble(self.near.value()),
            ),
        )  # fmt: skip
        self.comparing.add_widget(self.sealed)

    def _make_law(self) -> None:
        self.direct = TickBox(say("Direct call-off without competition is allowed"))
        self.mechanism = LongTextEdit(lines=3)
        self.needs_ground = TickBox(
            say("Every call-off needs a coded ground, such as after the framework’s end")
        )
        self.grounds = TextEdit()
        self.law.add_widget(self.direct)
        self.law.add(
            FieldBox(say("Mechanism"), self.mechanism, hint=say("How a provider is then chosen (R025)"))
        )
        self.law.add_widget(self.needs_ground)
        self.law.add(
            FieldBox(
                say("Grounds admitted"), self.grounds,
                hint=say("Codes of the rulebook with commas between; blank: all of them"),
            )
        )  # fmt: skip

    def _listen(self) -> None:
        for text in (
            self.opens,
            self.closes,
            self.least,
            self.least_urgent,
            self.tests,
            self.near,
            self.grounds,
        ):
            text.textEdited.connect(self._say_edited)
        for tick in (self.works, *self.days.values(), self.sealed, self.direct, self.needs_ground):
            tick.clicked.connect(self._say_edited)
        for box in (self.formula, self.scorers):
            box.activated.connect(self._say_edited)
        self.mechanism.textChanged.connect(self._say_edited)

    def _say_edited(self, *_: object) -> None:
        self.edited.emit()

    def show_rules(self, rules: FrameworkRules) -> None:
        """Put rules into the fields."""
        self.blockSignals(True)
        self._began = rules
        working = rules.working_hours
        self.ladder.show_rungs(rules.ladder)
        self.ceilings.show_ceilings(rules.ceilings)
        self.works.setChecked(working is not None)
        for day, tick in self.days.items():
            tick.setChecked(day in working.days if working else day.number < 5)
        self.opens.put(working.opens if working else None)
        self.closes.put(working.closes if working else None)
        self.least.set_value(words_of_number(rules.least_hours_standard))
        self.least_urgent.set_value(words_of_number(rules.least_hours_urgent))
        self.formula.set_value(rules.price_formula.value)
        self.scorers.set_value(str(rules.scorers))
        self.tests.set_value(", ".join(rules.tests))
        self.near.set_value(words_of_number(rules.near_miles))
        self.sealed.setChecked(rules.is_sealed)
        self.direct.setChecked(rules.direct_call_off.is_allowed)
        self.mechanism.set_value(rules.direct_call_off.mechanism)
        self.needs_ground.setChecked(rules.ground_needed)
        self.grounds.set_value(", ".join(rules.grounds))
        self.blockSignals(False)

    def rules(self) -> FrameworkRules:
        """The rules as the fields say them."""
        return replace(
            self._began, ladder=tuple(self.ladder.rungs), working_hours=self._working_hours(),
            least_hours_standard=number_of(self.least.value()),
            least_hours_urgent=number_of(self.least_urgent.value()),
            ceilings=tuple(self.ceilings.rows),
            price_formula=PriceFormula(self.formula.value()), tests=_pieces(self.tests.value()),
            near_miles=number_of(self.near.value()),
            direct_call_off=DirectCallOff(self.direct.isChecked(), self.mechanism.value()),
            is_sealed=self.sealed.isChecked(), scorers=int(self.scorers.value()),
            grounds=_pieces(self.grounds.value()), ground_needed=self.needs_ground.isChecked(),
        )  # fmt: skip

    def _working_hours(self) -> WorkingHours | None:
        opens, closes = self.opens.parsed(), self.closes.parsed()
        if not self.works.isChecked() or opens is None or closes is None:
            return None
        return WorkingHours(tuple(day for day, tick in self.days.items() if tick.isChecked()), opens, closes)

    def _hours_missing(self) -> str:
        is_missing = self.opens.parsed() is None or self.closes.parsed() is None
        return say("Working hours want an opening and a closing time.") if is_missing else ""

    def look(self) -> tuple[str, ...]:
        """What cannot be read, a sentence a field."""
        forms = (self.ladder.form, self.clock, self.comparing, self.law)
        found = [wrong for form in forms for wrong in form.look()]
        found += self.ceilings.look()
        if self.works.isChecked() and (missing := self._hours_missing()):
            found.append(missing)
        return tuple(found)


def _pieces(text: str) -> tuple[str, ...]:
    return tuple(piece.strip() for piece in text.replace(";", ",").split(",") if piece.strip())
