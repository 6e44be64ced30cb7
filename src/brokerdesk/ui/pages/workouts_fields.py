"""One control for each kind of field of a work-out, which writes its value as the question wants it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from brokerdesk.core.domain.workouts_fields import Field, Kind
from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.buttons import Button, IconButton
from brokerdesk.ui.widgets.edits import ChoiceBox, DateEdit, MoneyEdit, TextEdit
from brokerdesk.ui.widgets.field_box import RadioChoice
from brokerdesk.ui.widgets.label import Label

Today = Callable[[], date]
PRICE = "price"
_MINUTES = Field("minutes", "Minutes", Kind.COUNT)
_BAND_PRICE = Field("price", "Price", Kind.AMOUNT)
_CRITERION = Field("criterion", "Criterion", Kind.CODE)
_PERCENT = Field("percent", "Percent", Kind.PERCENT)
_DAY = Field("day", "Day", Kind.DAY)
_NAME = Field("name", "Name", Kind.CODE)


def control_of(field: Field, today: Today) -> QWidget:
    """The control that asks for one field."""
    match field.kind:
        case Kind.AMOUNT:
            return MoneyEdit()
        case Kind.DAY:
            return DateEdit(today)
        case Kind.YES_NO:
            return RadioChoice((("yes", say("Yes")), ("no", say("No"))), value="no", across=True)
        case Kind.CHOICE:
            choices = tuple((word, say(word)) for word in field.choices)
            return ChoiceBox((("", say("Not stated")), *choices) if field.is_optional else choices, width=200)
        case Kind.ROWS:
            return RowsEdit(field.columns, today)
        case Kind.DAYS:
            return RowsEdit((_DAY,), today)
        case Kind.BANDS:
            return RowsEdit((_MINUTES, _BAND_PRICE), today)
        case Kind.WEIGHTS:
            return RowsEdit((_CRITERION, _PERCENT), today, lines=3)
        case Kind.OFFERS:
            return RowsEdit((_NAME, Field(PRICE, "Price", Kind.AMOUNT)), today, lines=2)
        case Kind.COUNT | Kind.PERCENT:
            return TextEdit(width=110)
        case Kind.CODE:
            return TextEdit(width=220)


def written(field: Field, control: QWidget) -> object:
    """What a control holds, as the question writes it; none where it is empty."""
    match control:
        case RowsEdit():
            return _rows(field, control)
        case MoneyEdit():
            amount = control.parsed()
            return str(amount) if amount is not None else control.value() or None
        case DateEdit():
            day = control.parsed()
            return day.isoformat() if day is not None else control.value() or None
        case RadioChoice():
            return control.value() == "yes"
        case ChoiceBox() | TextEdit():
            return control.value() or None
    return None


def _rows(field: Field, control: RowsEdit) -> object:
    rows = control.rows()
    match field.kind:
        case Kind.DAYS:
            return [row["day"] for row in rows]
        case Kind.BANDS:
            return {str(row["minutes"]): row["price"] for row in rows} or None
        case Kind.WEIGHTS:
            return {str(row["criterion"]).casefold(): row["percent"] for row in rows}
    return rows


class RowsEdit(QWidget):
    """A few lines of the same fields; lines are added and taken away.

    Signals:
        edited: something was typed, added or taken away.
    """

    edited = Signal()

    def __init__(
        self, columns: tuple[Field, ...], today: Today, *, lines: int = 1, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._columns, self._today, self._name = columns, today, ""
        self.lines: list[tuple[QWidget, ...]] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(current().px(6))
        self.add_button = Button(say("Add a line"), self._add_and_go, kind="small", icon_name="plus")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid)
        column.addWidget(self.add_button)
        self.setFocusProxy(self.add_button)
        for _ in range(lines):
            self.lines.append(self._new_line())
        self._show()

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Name the whole; each cell is named by its line and column."""
        super().setAccessibleName(name)
        self._name = name
        self._name_cells()

    def set_columns(self, columns: tuple[Field, ...]) -> None:
        """Ask for other columns; what stands in those that stay is kept."""
        if columns == self._columns:
            return
        kept = [dict(zip((c.name for c in self._columns), line, strict=True)) for line in self.lines]
        self._columns = columns
        self.lines = [
            tuple(line.get(column.name) or self._cell(column) for column in columns) for line in kept
        ]
        self._show()

    @property
    def columns(self) -> tuple[Field, ...]:
        """What each line asks for."""
        return self._columns

    def rows(self) -> list[dict[str, object]]:
        """Every line that is not wholly empty."""
        found = []
        for line in self.lines:
            pairs = zip(self._columns, line, strict=True)
            row = {column.name: written(column, cell) for column, cell in pairs}
            typed = [row[c.name] for c in self._columns if c.kind is not Kind.CHOICE]
            if any(value is not None for value in typed):
                found.append(row)
        return found

    def put_rows(self, rows: Sequence[tuple[str, ...]]) -> None:
        """Show lines of texts, one text a column."""
        self.lines = []
        for row in rows:
            line = self._new_line()
            for cell, text in zip(line, row, strict=True):
                if isinstance(cell, TextEdit | ChoiceBox):
                    cell.set_value(text)
            self.lines.append(line)
        self._show()

    def _cell(self, column: Field) -> QWidget:
        cell = control_of(column, self._today)
        if isinstance(cell, TextEdit):
            cell.setMaximumWidth(current().px(150))
            cell.textEdited.connect(self.edited)
        return cell

    def _new_line(self) -> tuple[QWidget, ...]:
        return tuple(self._cell(column) for column in self._columns)

    def _add_and_go(self) -> None:
        self.lines.append(self._new_line())
        self._show()
        self.lines[-1][0].setFocus()
        self.edited.emit()

    def _take_away(self, line: tuple[QWidget, ...]) -> None:
        self.lines.remove(line)
        self._show()
        self.edited.emit()
        self.add_button.setFocus()

    def _show(self) -> None:
        kept = {cell for line in self.lines for cell in line}
        while self._grid.count():
            taken = self._grid.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if widget is not None and widget not in kept:
                widget.hide()
                widget.deleteLater()
        for at, column in enumerate(self._columns):
            self._grid.addWidget(Label(say(column.label), "second"), 0, at)
        for number, line in enumerate(self.lines, 1):
            for at, cell in enumerate(line):
                self._grid.addWidget(cell, number, at)
            words = say("Take line {number} away", number=number)
            away = IconButton("x", words, partial(self._take_away, line))
            self._grid.addWidget(away, number, len(self._columns))
        self._grid.setColumnStretch(len(self._columns) + 1, 1)
        self._name_cells()

    def _name_cells(self) -> None:
        for number, line in enumerate(self.lines, 1):
            for column, cell in zip(self._columns, line, strict=True):
                cell.setAccessibleName(
                    say(
                        "{name}, line {number}, {column}", name=self._name, number=number, column=column.label
                    )
                )


def offer_columns(weights: object) -> tuple[Field, ...]:
    """What each offer is asked for: its name, its price and every other criterion."""
    names = list(weights) if isinstance(weights, dict) else []
    others = tuple(Field(n, n.capitalize(), Kind.PERCENT) for n in names if n and n != PRICE)
    return (_NAME, Field(PRICE, "Price", Kind.AMOUNT), *others)
