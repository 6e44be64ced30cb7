"""Ceilings by lot, zone and kind of rate as a form: rows that begin and end, each with its source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from brokerdesk.core.domain.framework import Framework
from brokerdesk.core.domain.framework_rules import RateCeiling, RateKind
from brokerdesk.core.domain.money import Money
from brokerdesk.core.wording import say
from brokerdesk.ui.pages.rules_rungs import choices_of
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import EmptyState
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.edits import ChoiceBox, DateEdit, MoneyEdit, TextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form
from brokerdesk.ui.widgets.parsers import show_date
from brokerdesk.ui.widgets.table_values import Column, NumberCell, TableRow
from brokerdesk.ui.widgets.table_view import DENSE, TableView

TABLE_HEIGHT = 132
KINDS = {
    RateKind.STANDARD: say("Standard rate"),
    RateKind.ENHANCED_1: say("First enhanced rate"),
    RateKind.ENHANCED_2: say("Second enhanced rate"),
}
_COLUMNS = (
    Column("lot", say("Lot"), "strong", 120, is_stretched=True),
    Column("zone", say("Zone"), width=110),
    Column("kind", say("Rate"), width=150),
    Column("ceiling", say("Ceiling"), "number", 86),
    Column("from", say("From"), width=118),
    Column("until", say("Until"), width=118),
)


class CeilingsForm(Card):
    """Rows can be added, ended and taken away by keyboard; the fields show the one chosen.

    Args:
        today: the day in London.

    Signals:
        edited: anything was changed.
    """

    edited = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(say("Ceilings by zone and kind of rate"), parent=parent)
        self._today = today
        self.rows: list[RateCeiling] = []
        self._began: tuple[RateCeiling, ...] = ()
        self._lots: tuple[str, ...] = ()
        self.table = TableView(say("Ceilings"), _COLUMNS, row_height=DENSE, can_sort=False)
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.table.setFixedHeight(current().px(TABLE_HEIGHT))
        self.nothing = EmptyState(
            "scale",
            say("No ceiling by zone yet"),
            say("The lot’s own ceiling holds everywhere, for every kind of rate, until a row is added."),
        )
        self.buttons = tuple(
            Button(words, deed, kind="small", icon_name=icon)
            for words, deed, icon in (
                (say("Add a ceiling"), self.add_ceiling, "plus"),
                (say("End it today"), self.end_it, "calendar"),
                (say("Take the ceiling away"), self.take_away, "trash-2"),
            )
        )
        for button in self.buttons:
            self.add_to_head(button)
        self.add(self.nothing)
        self.add(self.table)
        self._make_fields()
        self.table.chosen.connect(lambda _key: self._show_row())

    def _make_fields(self) -> None:
        self.lot, self.zone, self.kind = ChoiceBox(), ChoiceBox(), ChoiceBox(choices_of(KINDS))
        self.ceiling = MoneyEdit()
        self.starts, self.ends = DateEdit(self._today), DateEdit(self._today)
        self.source = TextEdit()
        self.form = Form()
        self.form.add(FieldBox(say("Lot"), self.lot), FieldBox(say("Zone"), self.zone))
        self.form.add(
            FieldBox(say("Kind of rate"), self.kind),
            FieldBox(say("Ceiling"), self.ceiling, hint=say("For the lot’s unit"), check=self._need_price),
        )
        self.form.add(
            FieldBox(say("First day"), self.starts, hint=say("Blank: from the beginning")),
            FieldBox(say("Last day"), self.ends, hint=say("Blank: until another takes its place")),
        )
        self.form.add(
            FieldBox(
                say("Where it is laid down"), self.source,
                hint=say("Such as a schedule of rates or a decision, with its date"), check=self._need_source,
            )
        )  # fmt: skip
        self.add(self.form)
        for text in (self.ceiling, self.starts, self.ends, self.source):
            text.textEdited.connect(self._take)
        for box in (self.lot, self.zone, self.kind):
            box.activated.connect(self._take)

    def _need_price(self) -> str:
        price = self.ceiling.parsed()
        return "" if not self.rows or (price and price.pence > 0) else say("Give a ceiling, such as 24.60.")

    def _need_source(self) -> str:
        row = self.rows[self.at] if self.rows else None
        is_missing = row is not None and row not in self._began and not row.source
        return say("Say where the ceiling is laid down.") if is_missing else ""

    def offer_places(self, framework: Framework) -> None:
        """Offer the framework's lots and zones."""
        self._lots = tuple(lot.name for lot in framework.lots)
        self.lot.set_choices(tuple((name, name) for name in self._lots))
        zones = tuple((zone.name, zone.name) for zone in framework.zones)
        self.zone.set_choices((("", say("Every zone without its own")), *zones))

    def show_ceilings(self, rows: tuple[RateCeiling, ...]) -> None:
        """Show the ceilings that stand."""
        self._began = rows
        self._show(rows, 0)

    def _show(self, rows: tuple[RateCeiling, ...], at: int) -> None:
        self.rows = list(rows)
        self._show_table(at)
        self._show_row()

    def _show_table(self, at: int) -> None:
        self.table.set_rows([_table_row(place, row) for place, row in enumerate(self.rows)])
        if self.rows:
            self.table.choose(str(min(at, len(self.rows) - 1)))
        few = "" if self.rows else say("Add a ceiling first.")
        for button in self.buttons[1:]:
            button.set_waiting(few)
        self.nothing.setVisible(not self.rows)
        for part in (self.table, self.form):
            part.setVisible(bool(self.rows))

    @property
    def at(self) -> int:
        """Place of the row chosen."""
        key = self.table.current_key()
        return int(key) if key else 0

    def _show_row(self) -> None:
        if not self.rows or self.at >= len(self.rows):
            return
        row = self.rows[self.at]
        self.lot.set_value(row.lot)
        self.zone.set_value(row.zone or "")
        self.kind.set_value(row.kind.value)
        self.ceiling.put(row.ceiling if row.ceiling.pence else None)
        self.starts.put(row.starts_on)
        self.ends.put(row.ends_on)
        self.source.set_value(row.source)

    def _take(self, *_: object) -> None:
        """The fields change the row chosen; a day or a price that cannot be read yet changes nothing."""
        if not self.rows:
            return
        at = self.at
        held = self.rows[at]
        self.rows[at] = replace(
            held, lot=self.lot.value(), zone=self.zone.value() or None, kind=RateKind(self.kind.value()),
            ceiling=self.ceiling.parsed() or held.ceiling, starts_on=_day(self.starts, held.starts_on),
            ends_on=_day(self.ends, held.ends_on), source=self.source.value(),
        )  # fmt: skip
        self.table.blockSignals(True)
        self._show_table(at)
        self.table.blockSignals(False)
        self.edited.emit()

    def _change(self, rows: list[RateCeiling], at: int) -> None:
        self._show(tuple(rows), at)
        self.edited.emit()

    def add_ceiling(self) -> None:
        """A new row at the end, like the one chosen but without price and source."""
        if self.rows:
            made = replace(self.rows[self.at], ceiling=Money(0), starts_on=None, ends_on=None, source="")
        else:
            made = RateCeiling(self._lots[0] if self._lots else "", Money(0))
        self._change([*self.rows, made], len(self.rows))
        self.lot.setFocus()

    def end_it(self) -> None:
        """The row chosen holds for the last time today; the day can be changed."""
        if self.rows:
            rows = list(self.rows)
            rows[self.at] = replace(rows[self.at], ends_on=self._today())
            self._change(rows, self.at)
            self.ends.setFocus()

    def take_away(self) -> None:
        """Take the row chosen away, as if it had never held."""
        at = self.at
        self._change([row for place, row in enumerate(self.rows) if place != at], max(0, at - 1))
        (self.table if self.rows else self.buttons[0]).setFocus()

    def look(self) -> tuple[str, ...]:
        """What cannot be read, a sentence a field; a row that is new or changed wants price and source."""
        if wrong := self.form.look():
            return wrong
        for place, row in enumerate(self.rows):
            if row not in self._began and not (row.ceiling.pence and row.source):
                self.table.choose(str(place))
                return self.form.look()
        return ()


def _day(edit: DateEdit, held: date | None) -> date | None:
    """The day typed; what was held while it cannot be read, none where the field is empty."""
    return edit.parsed() if not edit.trouble() else held


def _table_row(place: int, row: RateCeiling) -> TableRow:
    price = NumberCell(row.ceiling.shown, row.ceiling.pence) if row.ceiling.pence else NumberCell("–", -1)
    starts = show_date(row.starts_on) if row.starts_on else say("the beginning")
    ends = show_date(row.ends_on) if row.ends_on else say("further notice")
    zone = row.zone or say("every other zone")
    return TableRow(str(place), (row.lot, zone, KINDS[row.kind], price, starts, ends))
