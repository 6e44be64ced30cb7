"""The table: sorts, filters, copies to Excel, opens by Enter, remembers its widths, order and sort."""

from __future__ import annotations

import json
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget
from typing_extensions import override

from brokerdesk.core.domain.table_text import marked
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.table_delegate import CellDelegate
from brokerdesk.ui.widgets.table_model import CELL_ROLE, Index, RowsModel, SortedRows
from brokerdesk.ui.widgets.table_values import (
    Cell,
    Column,
    LinkCell,
    NumberCell,
    TableRow,
    TickCell,
    words_of,
)

ROW, DENSE, TWO_LINES = 41, 24, 38


class TableView(QTableView):
    """Rows of frozen cells.

    Args:
        name: what it lists, for screen readers.
        columns: declared once; at most one stretches.
        row_height: 41 comfortable, 38 two lines, 24 dense.
        can_sort: whether pressing a head sorts.

    Signals:
        opened: key of the row on which Enter or a double press came.
        chosen: key of the row that the keyboard moved to.
        link_pressed: key of the row whose link was pressed.
        ticks_changed: the keys now ticked.
    """

    opened = Signal(str)
    chosen = Signal(str)
    link_pressed = Signal(str)
    ticks_changed = Signal(object)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        *,
        row_height: int = ROW,
        can_sort: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.rows_model = RowsModel(columns, self)
        self.sorted_rows = SortedRows(self)
        self.sorted_rows.setSourceModel(self.rows_model)
        self.setModel(self.sorted_rows)
        self.setItemDelegate(CellDelegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self._set_heads(row_height, can_sort=can_sort)
        self.rows_model.ticked.connect(lambda *_: self.ticks_changed.emit(self.ticked_keys()))
        self.clicked.connect(self._press)
        self.doubleClicked.connect(self._open)

    def _set_heads(self, row_height: int, *, can_sort: bool) -> None:
        px = current().px
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setDefaultSectionSize(px(row_height))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setFixedHeight(px(30))
        head.setSectionsMovable(True)
        for at, column in enumerate(self.rows_model.columns):
            self.setColumnWidth(at, px(column.width))
            if column.is_stretched:
                head.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        if can_sort:
            head.setSectionsClickable(True)
            head.setSortIndicatorShown(True)
            head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.setSortingEnabled(True)
            self.sorted_rows.sort(-1)

    def set_rows(self, rows: Sequence[TableRow]) -> None:
        """Show rows, keeping the keyboard on the row of the same key."""
        kept = self.current_key()
        self.rows_model.set_rows(rows)
        if kept:
            self.choose(kept)

    def add_rows(self, rows: Sequence[TableRow]) -> None:
        """Show more rows under those that are there; the keyboard stays where it is."""
        self.rows_model.add_rows(rows)

    def set_filter(self, text: str) -> None:
        """Show only rows that hold every one of these words."""
        self.sorted_rows.set_filter(text)

    def current_key(self) -> str:
        """Key of the row that the keyboard is on; empty when on none."""
        return self._key_at(self.currentIndex())

    def ticked_keys(self) -> tuple[str, ...]:
        """Keys of the rows ticked, in the order given."""
        return self.rows_model.ticked_keys()

    def choose(self, key: str) -> None:
        """Move to the row of that key."""
        for at, row in enumerate(self.rows_model.rows):
            if row.key == key:
                self.setCurrentIndex(self.sorted_rows.mapFromSource(self.rows_model.index(at, 0)))

    def _key_at(self, index: Index) -> str:
        source = self.sorted_rows.mapToSource(index)
        return self.rows_model.rows[source.row()].key if source.isValid() else ""

    def _press(self, index: Index) -> None:
        cell = index.data(CELL_ROLE)
        if isinstance(cell, LinkCell):
            self.link_pressed.emit(self._key_at(index))
        elif isinstance(cell, TickCell):
            self._turn_tick(index)

    def _turn_tick(self, index: Index) -> None:
        source = self.sorted_rows.mapToSource(index)
        row = self.rows_model.rows[source.row()]
        ticks = [cell for cell in row.cells if isinstance(cell, TickCell)]
        if ticks:
            self.rows_model.set_ticked(source.row(), is_ticked=not ticks[0].is_ticked)

    def _open(self, index: Index) -> None:
        if index.isValid() and not isinstance(index.data(CELL_ROLE), LinkCell | TickCell):
            self.opened.emit(self._key_at(index))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            is_link = isinstance(index.data(CELL_ROLE), LinkCell)
            (self.link_pressed if is_link else self.opened).emit(self._key_at(index))
        elif event.key() == Qt.Key.Key_Space and index.isValid():
            self._turn_tick(index)
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_tab_separated())
        else:
            super().keyPressEvent(event)

    def as_tab_separated(self) -> str:
        """The rows selected (all, when none is) with their heads, as Excel pastes them; no text runs."""
        chosen = sorted({index.row() for index in self.selectedIndexes()}) or range(
            self.sorted_rows.rowCount()
        )
        shown = [at for at in range(len(self.rows_model.columns)) if not self.isColumnHidden(at)]
        lines = ["\t".join(self.rows_model.columns[at].head for at in shown)]
        for row in chosen:
            cells = (self.sorted_rows.index(row, at).data(CELL_ROLE) for at in shown)
            lines.append("\t".join(_pasted(cell) for cell in cells))
        return "\r\n".join(lines)

    @override
    def currentChanged(self, now: Index, before: Index) -> None:
        super().currentChanged(now, before)
        if now.row() != before.row() and now.isValid():
            self.chosen.emit(self._key_at(now))

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard always stands on a row."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.sorted_rows.rowCount():
            self.setCurrentIndex(self.sorted_rows.index(0, 0))

    def remembered(self) -> str:
        """Widths, order and sort as text, to be given back to `remember` at the next start."""
        head = self.horizontalHeader()
        columns = self.rows_model.columns
        state = {
            "widths": {column.key: self.columnWidth(at) for at, column in enumerate(columns)},
            "order": [columns[head.logicalIndex(at)].key for at in range(len(columns))],
            "sort": [head.sortIndicatorSection(), head.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder],
        }
        return json.dumps(state)

    def remember(self, state: str) -> None:
        """Put back what `remembered` gave; columns that are no longer there are passed over."""
        told = json.loads(state)
        head = self.horizontalHeader()
        places = {column.key: at for at, column in enumerate(self.rows_model.columns)}
        for key, width in told["widths"].items():
            if key in places and not self.rows_model.columns[places[key]].is_stretched:
                self.setColumnWidth(places[key], int(width))
        for wanted, key in enumerate(key for key in told["order"] if key in places):
            head.moveSection(head.visualIndex(places[key]), wanted)
        section, is_rising = told["sort"]
        if -1 < section < len(places):
            self.sortByColumn(
                section, Qt.SortOrder.AscendingOrder if is_rising else Qt.SortOrder.DescendingOrder
            )

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FontChange:
            self.viewport().update()
        return super().viewportEvent(event)


def _pasted(cell: Cell) -> str:
    words = " ".join(words_of(cell).split())
    return words if isinstance(cell, NumberCell) else marked(words)
