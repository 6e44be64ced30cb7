"""The week of a need: its visits as a grid, or its place in a care home, and the sum at guide rate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from brokerdesk.core.domain.costs import annual_cost
from brokerdesk.core.domain.framework import Unit
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Need
from brokerdesk.core.domain.visits import Visit, Weekday, carer_hours, visit_hours
from brokerdesk.core.services.guides import Guide
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import EmptyState
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.card import Card, hairline
from brokerdesk.ui.widgets.day_line import DayCall, DayLine
from brokerdesk.ui.widgets.edits import MoneyEdit
from brokerdesk.ui.widgets.fact_list import SumLine
from brokerdesk.ui.widgets.field_box import FieldBox
from brokerdesk.ui.widgets.frame_values import Fact
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.visit_week import VisitWeek

USUAL_CALLS = ((time(8), 45), (time(12, 30), 30), (time(16, 30), 30), (time(20, 30), 30))
"""When a new call is put: the first part of the day that has none."""
LINE_HEIGHT = 47
NIGHT_UNITS = (Unit.NIGHT_SLEEP, Unit.NIGHT_WAKING)


class NeedWeek(QWidget):
    """Visit week, day line and sum; a lot priced by the week shows the place instead.

    Signals:
        edited: the week or the place changed.
        refused: why what was typed in the grid cannot be read.
    """

    edited = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.unit: Unit | None = None
        self.week, self.line, self.sum = VisitWeek(), DayLine(), SumLine()
        self.sum_words = Label("", "second", wrap=True)
        self.foot = QWidget()
        self.bed_price, self.fnc = MoneyEdit(), MoneyEdit()
        self.grid_card = self._make_grid_card()
        self.bed_card = self._make_bed_card()
        self.nights_card = Card(say("Nights alone"))
        self.nights_card.add(
            Label(say("This kind of care is bought by the night. Tick the nights in the form."), wrap=True)
        )
        sums = Card()
        sums.add(self.sum)
        sums.add(self.sum_words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().px(12))
        column.addWidget(self.grid_card, 1)
        column.addWidget(self.bed_card)
        column.addWidget(self.nights_card)
        column.addWidget(sums)
        column.addWidget(self.foot, 1)
        self.week.visits_changed.connect(self._hear_week)
        self.week.refused.connect(self.refused)
        self.bed_price.textEdited.connect(self.edited)
        self.fnc.textEdited.connect(self.edited)
        self.show_unit(None)

    def _make_grid_card(self) -> Card:
        card = Card(say("The visit week"), flush=True)
        self.copy_monday = Button(
            say("Copy Monday to every day"), self._copy_monday, kind="small", icon_name="copy"
        )
        self.add_call = Button(say("Add a call"), self.put_usual_call, kind="small", icon_name="plus")
        card.add_to_head(self.copy_monday)
        card.add_to_head(self.add_call)
        self.nothing = EmptyState(
            "calendar",
            say("No visit yet"),
            say("Add a call, then type its start, minutes and carers, such as 07:30 45 2."),
        )
        self.line.setFixedHeight(current().px(LINE_HEIGHT))
        for part in (hairline(), self.line):
            card.add(part)
        card.add(self.week, 1)
        card.add(self.nothing, 1)
        return card

    def _make_bed_card(self) -> Card:
        card = Card(say("A place in a care home"))
        self.bed_field = FieldBox(
            say("Price expected a week"), self.bed_price, hint=say("Gross, with the NHS nursing contribution")
        )
        self.fnc_field = FieldBox(
            say("NHS-funded nursing care a week"), self.fnc, hint=say("Nothing where none is paid")
        )
        card.add_row(self.bed_field, self.fnc_field)
        return card

    def tell_place_price(self, price: Money | None) -> None:
        """Say what a place costs by the framework, so that nobody need know it before a home was asked."""
        gross = say("Gross, with the NHS nursing contribution in it.")
        told = say("Blank: {price}, the framework’s price. The homes give theirs with their offers.",
                   price=price.shown) if price else ""  # fmt: skip
        self.bed_field.set_hint(f"{told} {gross}".strip())

    def _hear_week(self) -> None:
        self._show_grid()
        self.edited.emit()

    def _show_grid(self) -> None:
        calls = self.week.week.calls
        first = [(call.name, call.visits[0]) for call in calls if call.visits]
        self.line.set_calls([DayCall(name, visit.at, visit.minutes) for name, visit in first])
        self.week.setVisible(bool(calls))
        self.line.setVisible(bool(calls))
        self.nothing.setVisible(not calls)

    def show_unit(self, unit: Unit | None) -> None:
        """Show what the lot's unit buys: a place by the week, or visits and nights."""
        self.unit = unit
        self.bed_card.setVisible(unit is Unit.WEEK)
        self.nights_card.setVisible(unit in NIGHT_UNITS)
        self.grid_card.setVisible(unit not in (Unit.WEEK, *NIGHT_UNITS))
        self.foot.setVisible(self.grid_card.isHidden())

    def set_visits(self, visits: Sequence[Visit], starts_on: date | None) -> None:
        """Show a week of visits."""
        self.week.set_visits(visits, starts_on)
        self._show_grid()

    def put_usual_call(self) -> None:
        """Add a call on every day, at the first part of the day that has none."""
        held = self.week.visits()
        taken = {visit.at.hour // 4 for visit in held}
        at, minutes = next(((at, m) for at, m in USUAL_CALLS if at.hour // 4 not in taken), (time(10), 30))
        carers = max((visit.carers for visit in held), default=1)
        self.week.add_call(at, minutes, carers)
        self._show_grid()
        self.week.setFocus()

    def _copy_monday(self) -> None:
        if self.week.week.calls:
            self.week.setCurrentIndex(self.week.week.index(0, 0))
            self.week.copy_day_to_all()

    def show_guide(self, need: Need, guide: Guide | None) -> None:
        """Write the sum at guide rate as a sentence of arithmetic; without a price, say why there is none."""
        terms = sum_terms(need, guide)
        self.sum.set_sum(terms)
        self.sum.setVisible(bool(terms))
        self.sum_words.setText(sum_words(need, guide))


def sum_terms(need: Need, guide: Guide | None) -> list[Fact | str]:
    """The figures of the sum with the signs between; empty while nothing is asked for."""
    if not (need.visits or need.nights or need.bed):
        return []
    if guide is None:
        return _hours_terms(need)
    terms: list[Fact | str] = _hours_terms(need)
    if guide.rate is not None and terms and not need.nights and need.bed is None:
        terms += ["×", Fact(guide.rate.shown, say("guide rate, {provider}", provider=guide.provider))]
    if terms:
        terms.append("=" if guide.rate is not None and not need.nights else "→")
    words = say("a week, rounded once") if not need.nights and need.bed is None else say("a week")
    return [*terms, Fact(guide.priced.weekly.shown, words)]


def _hours_terms(need: Need) -> list[Fact | str]:
    """From minutes a day to carer hours; one figure alone where the days differ."""
    if not need.visits:
        return []
    hours = visit_hours(need.visits)
    worked = carer_hours(need.visits)
    by_day = {day: sum(v.minutes for v in need.visits if v.day is day) for day in Weekday}
    carers = {visit.carers for visit in need.visits}
    terms: list[Fact | str] = []
    if len(set(by_day.values())) == 1:
        calls = len(need.visits) // 7
        minutes = say("{minutes} min", minutes=by_day[Weekday.MON])
        called = say_many("a day, {count} call", "a day, {count} calls", calls)
        terms = [Fact(minutes, called), "×", Fact("7", say("days")), "="]
    terms.append(Fact(f"{hours:.2f}", say("visit hours")))
    if len(carers) == 1:
        count = carers.pop()
        if count > 1:
            terms += ["×", Fact(str(count), say("carers")), "=", Fact(f"{worked:.2f}", say("carer hours"))]
    else:
        terms += ["→", Fact(f"{worked:.2f}", say("carer hours"))]
    return terms


def sum_words(need: Need, guide: Guide | None) -> str:
    """The line under the sum: longer periods, or why there is no price yet. Source: docs/rules.md R164."""
    if not (need.visits or need.nights or need.bed):
        return say("The sum at guide rate stands here as soon as something is asked for.")
    if guide is None:
        if not need.postcode:
            return say("Give the postcode, and the price at guide rate stands here.")
        return say("No member of this lot has a framework price for such a week. The offers will tell.")
    weekly = guide.priced.weekly
    told = say(
        "Every 4 weeks {four}. A year {year} (365 ÷ 7 weeks).",
        four=Money(weekly.pence * 4).shown,
        year=annual_cost(weekly).shown,
    )
    steps = " ".join(guide.priced.working) if need.nights or need.bed or guide.rate is None else ""
    return " ".join(filter(None, (steps, _framework_price_words(guide), told)))


def _framework_price_words(guide: Guide) -> str:
    """Why the sum is not the price that was typed; empty where it is."""
    if guide.stands_for is None or guide.rate is None:
        return ""
    return say(
        "{rate} is the framework’s price at {provider}, and it counts until a home offers, not the {typed} "
        "typed here.",
        rate=guide.rate.shown, provider=guide.provider, typed=guide.stands_for.shown,
    )  # fmt: skip
