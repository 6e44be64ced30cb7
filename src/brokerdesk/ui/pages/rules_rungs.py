"""The ladder of a framework as a form: rungs in their order, and the fields of the one chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from enum import Enum
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from brokerdesk.core.domain.framework_rules import Opens, Order, Pick, Rung, SkipReason
from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import EmptyState
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.edits import ChoiceBox, TextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form, TickBox, TickList
from brokerdesk.ui.widgets.table_values import Column, TableRow
from brokerdesk.ui.widgets.table_view import TableView

Chosen = TypeVar("Chosen", bound=Enum)
TABLE_HEIGHT = 176
ORDERS = {
    Order.RANK: say("One at a time, by rank"),
    Order.ROTATION: say("One at a time, equals in rotation"),
    Order.ALL_AT_ONCE: say("All at once"),
}
PICKS = {
    Pick.FIRST_ACCEPTANCE: say("First acceptance"),
    Pick.BEST_SCORE: say("Best score"),
    Pick.ORDERED_TESTS: say("Ordered tests"),
}
OPENS = {
    Opens.NO_OFFER: say("When nobody offers"),
    Opens.BROKER: say("When the broker opens it, with a reason"),
}
SKIPS = {
    SkipReason.NO_CAPACITY: say("Pass over who has too little free"),
    SkipReason.DECLINED_ALREADY: say("Pass over who declined this package before"),
    SkipReason.ABOVE_CEILING: say("Pass over whose rate is above the ceiling"),
}
_COLUMNS = (
    Column("place", "", width=34),
    Column("name", say("Rung"), "strong", 140, is_stretched=True),
    Column("who", say("Who"), width=110),
    Column("how", say("How"), width=210),
    Column("hours", say("Hours"), width=90),
)


def number_of(text: str) -> Decimal | None:
    """A plain number as typed, at most two decimals; none where it is blank or cannot be read."""
    whole, _, rest = text.strip().partition(".")
    is_number = whole.isascii() and whole.isdigit() and len(whole) <= 5
    has_decimals = not rest or (rest.isascii() and rest.isdigit() and len(rest) <= 2)
    return Decimal(text.strip()) if is_number and has_decimals else None


def number_trouble(text: str) -> str:
    """What is wrong with a number that may stay blank; empty where nothing is."""
    is_well = not text.strip() or number_of(text) is not None
    return "" if is_well else say("Give a number such as 4 or 1.5, or leave it blank.")


def words_of_number(number: Decimal | None) -> str:
    """A number as it is typed."""
    return "" if number is None else f"{number.normalize():f}"


def choices_of(words: dict[Chosen, str]) -> tuple[tuple[str, str], ...]:
    """An enum's words as choices."""
    return tuple((str(key.value), told) for key, told in words.items())


class RungsForm(Card):
    """Rungs can be added, taken away and moved by keyboard; the fields show the one chosen.

    Signals:
        edited: anything was changed.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(say("Order of asking"), parent=parent)
        self.rungs: list[Rung] = []
        self.table = TableView(say("Rungs in order"), _COLUMNS, can_sort=False)
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.table.setFixedHeight(current().px(TABLE_HEIGHT))
        self.buttons = tuple(
            Button(words, deed, kind="small", icon_name=icon)
            for words, deed, icon in (
                (say("Add a rung"), self.add_rung, "plus"),
                (say("Take away"), self.take_away, "trash-2"),
                (say("Move up"), self.move_up, "arrow-up"),
                (say("Move down"), self.move_down, "arrow-down"),
            )
        )
        for button in self.buttons:
            self.add_to_head(button)
        self.nothing = EmptyState(
            "layers",
            say("No order of asking yet"),
            say(
                "The broker says at each round whether all are asked at once or by rank. "
                "Add a rung, or begin with a ready-made way above."
            ),
        )
        self.add(self.nothing)
        self.add(self.table)
        self._make_fields()
        self.table.chosen.connect(lambda _key: self._show_rung())

    def _make_fields(self) -> None:
        self.name, self.tiers = TextEdit(), TextEdit()
        self.order, self.pick = ChoiceBox(choices_of(ORDERS)), ChoiceBox(choices_of(PICKS))
        self.hours, self.urgent = TextEdit(width=90), TextEdit(width=90)
        self.opens = ChoiceBox(choices_of(OPENS))
        self.skips = TickList(choices_of(SKIPS))
        self.outside = TickBox(say("Outside the framework, only on a coded ground"))
        self.form = Form()
        self.form.add(
            FieldBox(say("Name of the rung"), self.name),
            FieldBox(
                say("Tiers"), self.tiers, hint=say("Such as 1, 2; blank: everyone not asked before"),
                check=lambda: "" if self._tiers() is not None else say("Give tiers such as 1, 2."),
            ),
        )  # fmt: skip
        self.form.add_widget(self.outside)
        self.form.add(
            FieldBox(say("How they are asked"), self.order), FieldBox(say("Who is preferred"), self.pick)
        )
        self.form.add(*(self._hours_field(*pair) for pair in (
            (say("Hours to answer"), self.hours), (say("Hours where urgent"), self.urgent)
        )))  # fmt: skip
        self.form.add(FieldBox(say("What follows opens"), self.opens))
        self.form.add_widget(self.skips)
        self.add(self.form)
        for text in (self.name, self.tiers, self.hours, self.urgent):
            text.textEdited.connect(self._take)
        for box in (self.order, self.pick, self.opens):
            box.activated.connect(self._take)
        self.outside.clicked.connect(self._take)
        self.skips.changed.connect(self._take)

    def _hours_field(self, label: str, edit: TextEdit) -> FieldBox:
        check: Callable[[], str] = lambda: number_trouble(edit.value())  # noqa: E731 - bound to this edit
        return FieldBox(label, edit, hint=say("Blank: the framework’s own"), check=check)

    def show_rungs(self, rungs: tuple[Rung, ...], at: int = 0) -> None:
        """Show a ladder and choose one of its rungs."""
        self.rungs = list(rungs)
        self._show_table(at)
        self._show_rung()

    def _show_table(self, at: int) -> None:
        self.table.set_rows([_row(place, rung) for place, rung in enumerate(self.rungs)])
        if self.rungs:
            self.table.choose(str(min(at, len(self.rungs) - 1)))
        few = say("Add a rung first.") if not self.rungs else ""
        for button in self.buttons[1:]:
            button.set_waiting(few)
        self.nothing.setVisible(not self.rungs)
        for part in (self.table, self.form):
            part.setVisible(bool(self.rungs))

    @property
    def at(self) -> int:
        """Place of the rung chosen."""
        key = self.table.current_key()
        return int(key) if key else 0

    def _show_rung(self) -> None:
        if not self.rungs or self.at >= len(self.rungs):
            return
        rung = self.rungs[self.at]
        self.name.set_value(rung.name)
        self.tiers.set_value(", ".join(str(tier) for tier in rung.tiers))
        self.outside.setChecked(rung.is_spot)
        self.order.set_value(rung.order.value)
        self.pick.set_value(rung.pick.value)
        self.opens.set_value(rung.opens_next.value)
        self.hours.set_value(words_of_number(rung.hours_standard))
        self.urgent.set_value(words_of_number(rung.hours_urgent))
        self.skips.set_value(tuple(skip.value for skip in rung.skips))

    def _tiers(self) -> tuple[int, ...] | None:
        pieces = [piece.strip() for piece in self.tiers.value().split(",") if piece.strip()]
        if any(not (piece.isascii() and piece.isdigit() and len(piece) <= 2) for piece in pieces):
            return None
        return tuple(int(piece) for piece in pieces)

    def _take(self, *_: object) -> None:
        """The fields change the rung chosen."""
        if not self.rungs:
            return
        at = self.at
        self.rungs[at] = replace(
            self.rungs[at], name=self.name.value(), tiers=self._tiers() or (),
            is_spot=self.outside.isChecked(), order=Order(self.order.value()), pick=Pick(self.pick.value()),
            opens_next=Opens(self.opens.value()),
            hours_standard=number_of(self.hours.value()), hours_urgent=number_of(self.urgent.value()),
            skips=tuple(SkipReason(value) for value in self.skips.value()),
        )  # fmt: skip
        # The fields stay as they are being typed: shown again, a space at a word's end would be gone.
        self.table.blockSignals(True)
        self._show_table(at)
        self.table.blockSignals(False)
        self.edited.emit()

    def _change(self, rungs: list[Rung], at: int) -> None:
        self.show_rungs(tuple(rungs), at)
        self.edited.emit()

    def add_rung(self) -> None:
        """A new rung at the end, before one that goes outside the framework."""
        place = len(self.rungs) - (bool(self.rungs) and self.rungs[-1].is_spot)
        made = Rung(say("Rung {number}", number=place + 1))
        self._change([*self.rungs[:place], made, *self.rungs[place:]], place)

    def take_away(self) -> None:
        """Take the rung chosen away."""
        at = self.at
        self._change([rung for place, rung in enumerate(self.rungs) if place != at], max(0, at - 1))

    def move_up(self) -> None:
        """Ask the rung chosen earlier."""
        self._swap(self.at, self.at - 1)

    def move_down(self) -> None:
        """Ask the rung chosen later."""
        self._swap(self.at, self.at + 1)

    def _swap(self, one: int, other: int) -> None:
        if 0 <= other < len(self.rungs):
            rungs = list(self.rungs)
            rungs[one], rungs[other] = rungs[other], rungs[one]
            self._change(rungs, other)


def _row(place: int, rung: Rung) -> TableRow:
    tiers = ", ".join(str(tier) for tier in rung.tiers)
    who = (
        say("outside") if rung.is_spot else say("tier {tiers}", tiers=tiers) if tiers else say("all members")
    )
    hours = words_of_number(rung.hours_standard) or "–"
    urgent = words_of_number(rung.hours_urgent)
    how = say("On a coded ground") if rung.is_spot else ORDERS[rung.order]
    shown = say("{hours} or {urgent}", hours=hours, urgent=urgent) if urgent else hours
    return TableRow(str(place), (str(place + 1), rung.name, who, how, shown))
