"""Frozen rows as a Qt model, and the order and filter in front of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from typing_extensions import override

from brokerdesk.ui.widgets.table_values import (
    Cell,
    Column,
    NumberCell,
    TableRow,
    TickCell,
    sort_value,
    words_of,
)

Index = QModelIndex | QPersistentModelIndex
CELL_ROLE = Qt.ItemDataRole.UserRole + 1
COLUMN_ROLE = Qt.ItemDataRole.UserRole + 2


class RowsModel(QAbstractTableModel):
    """One row a `TableRow`, one column a `Column`.

    Signals:
        ticked: key of a row and whether it now is.
    """

    ticked = Signal(str, bool)

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: list[TableRow] = []

    def set_rows(self, rows: Sequence[TableRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def add_rows(self, rows: Sequence[TableRow]) -> None:
        """Show more rows under those that are there."""
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.columns)

    def cell(self, index: Index) -> Cell:
        """The cell at a place."""
        return self.rows[index.row()].cells[index.column()]

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        cell = self.cell(index)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return words_of(cell)
            case Qt.ItemDataRole.CheckStateRole if isinstance(cell, TickCell):
                return Qt.CheckState.Checked if cell.is_ticked else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(cell, self.columns[index.column()])
        if role == CELL_ROLE:
            return cell
        return self.columns[index.column()] if role == COLUMN_ROLE else None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.head
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.kind == "number" else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        base = super().flags(index)
        if index.isValid() and isinstance(self.cell(index), TickCell):
            return base | Qt.ItemFlag.ItemIsUserCheckable
        return base

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not isinstance(self.cell(index), TickCell):
            return False
        self.set_ticked(index.row(), is_ticked=Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def set_ticked(self, row_number: int, *, is_ticked: bool) -> None:
        """Turn the tick of a row."""
        row = self.rows[row_number]
        at = next(i for i, cell in enumerate(row.cells) if isinstance(cell, TickCell))
        cells = (*row.cells[:at], replace(_as_tick(row.cells[at]), is_ticked=is_ticked), *row.cells[at + 1 :])
        self.rows[row_number] = replace(row, cells=cells)
        where = self.index(row_number, at)
        self.dataChanged.emit(where, where)
        self.ticked.emit(row.key, is_ticked)

    def ticked_keys(self) -> tuple[str, ...]:
        """Keys of the rows ticked, in the order given."""
        return tuple(
            row.key
            for row in self.rows
            if any(isinstance(cell, TickCell) and cell.is_ticked for cell in row.cells)
        )


def _as_tick(cell: Cell) -> TickCell:
    if not isinstance(cell, TickCell):
        raise TypeError(type(cell).__name__)
    return cell


def _alignment(cell: Cell, column: Column) -> int:
    is_right = column.kind == "number" or isinstance(cell, NumberCell)
    return int(
        (Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft)
        | Qt.AlignmentFlag.AlignVCenter
    )


class SortedRows(QSortFilterProxyModel):
    """Rows in the order asked, of which only those that hold every word of the filter."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: tuple[str, ...] = ()

    def set_filter(self, text: str) -> None:
        """Keep rows that hold every one of these words somewhere."""
        self.beginFilterChange()
        self._wanted = tuple(text.casefold().split())
        self.endFilterChange()

    @override
    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        source = self.sourceModel()
        if not self._wanted or not isinstance(source, RowsModel):
            return True
        words = " ".join(words_of(cell) for cell in source.rows[source_row].cells).casefold()
        return all(word in words for word in self._wanted)

    @override
    def lessThan(self, source_left: Index, source_right: Index) -> bool:
        left, right = source_left.data(CELL_ROLE), source_right.data(CELL_ROLE)
        return sort_value(left) < sort_value(right)
