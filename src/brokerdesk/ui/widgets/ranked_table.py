"""Those who may be asked, in rank order; the row under the keyboard opens to show its working."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStyleOptionViewItem, QWidget
from typing_extensions import override

from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.rows import draw_row_focus, draw_row_ground, draw_text, rect_of
from brokerdesk.ui.widgets.table_delegate import CellDelegate, draw_cell, part_brush
from brokerdesk.ui.widgets.table_model import CELL_ROLE, COLUMN_ROLE, Index
from brokerdesk.ui.widgets.table_values import Column, TableRow
from brokerdesk.ui.widgets.table_view import TWO_LINES, TableView

LINE, FOOT = 19, 8


@dataclass(frozen=True, slots=True)
class Working:
    """How a row's score came about."""

    terms: tuple[tuple[str, str], ...]
    """Each arithmetic with its result: (`Quality 82 × 50%`, `41.0`)."""
    notes: tuple[tuple[str, bool], ...] = ()
    """Further lines, and whether each is a warning."""

    @property
    def spoken(self) -> str:
        """All of it in words."""
        told = (*(f"{term} = {result}" for term, result in self.terms), *(note for note, _ in self.notes))
        return ". ".join(told)


class _UpperDelegate(CellDelegate):
    """Draws a row's cells in its upper part; what is below belongs to the working."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        draw_row_ground(painter, option, edge=index.column() == 0)
        px = current().px
        upper = QRectF(rect_of(option))
        upper.setHeight(px(TWO_LINES))
        draw_cell(
            painter, upper.adjusted(px(8), 0, -px(8), -1), index.data(CELL_ROLE), index.data(COLUMN_ROLE)
        )
        draw_row_focus(painter, option)
        painter.restore()


class RankedTable(TableView):
    """A table of two-line rows whose chosen row is taller and carries its working.

    Args:
        name: what it lists.
        columns: declared once.
        working_from: key of the column under whose left edge the working begins.
    """

    def __init__(
        self, name: str, columns: Sequence[Column], *, working_from: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, columns, row_height=TWO_LINES, can_sort=False, parent=parent)
        self.setItemDelegate(_UpperDelegate(self))
        self.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.workings: Mapping[str, Working] = {}
        self._left = next(at for at, column in enumerate(columns) if column.key == working_from)
        self._open_row = -1
        self.chosen.connect(lambda _key: self._unfold())

    def set_ranked(self, rows: Sequence[TableRow], workings: Mapping[str, Working]) -> None:
        """Show rows with their workings; the row of the keyboard stays, else the first opens."""
        self.workings = workings
        self._open_row = -1
        self.set_rows(rows)
        if rows and not self.current_key():
            self.choose(rows[0].key)
        self._unfold()
        self.updateGeometry()

    def _unfold(self) -> None:
        px, row = current().px, self.currentIndex().row()
        if 0 <= self._open_row < self.sorted_rows.rowCount():
            self.setRowHeight(self._open_row, px(TWO_LINES))
        self._open_row = row
        working = self.workings.get(self.current_key())
        if row >= 0 and working is not None:
            lines = (1 if working.terms else 0) + len(working.notes)
            self.setRowHeight(row, px(TWO_LINES) + lines * px(LINE) + px(FOOT))
            self.setAccessibleDescription(working.spoken)
        self.updateGeometry()
        self.viewport().update()

    def content_height(self) -> int:
        """Head and every row, px."""
        return self.horizontalHeader().height() + self.verticalHeader().length() + 2

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.content_height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        working = self.workings.get(self.current_key())
        if working is None:
            return
        index = self.sorted_rows.index(self._open_row, self._left)
        painter = QPainter(self.viewport())
        draw_working(painter, QRectF(self.visualRect(index)), self.viewport().width(), working)
        painter.end()


def draw_working(painter: QPainter, cell: QRectF, right: float, working: Working) -> None:
    """The arithmetic in one line with bold results, further lines under it."""
    px = current().px
    x, y = cell.x() + px(8), cell.y() + px(TWO_LINES) - 1
    for words, result in working.terms:
        x += draw_text(painter, QRectF(x, y, right - x, px(LINE)), f"{words} = ", role="second")
        x += draw_text(painter, QRectF(x, y, right - x, px(LINE)), result, role="second", bold=True) + px(18)
    y += px(LINE) if working.terms else 0
    for words, is_warning in working.notes:
        room = QRectF(cell.x() + px(8), y, right - cell.x() - px(20), px(LINE))
        draw_text(painter, room, words, role="second", ink="warn" if is_warning else "text2")
        y += px(LINE)


class _Swatch(QWidget):
    """A small square in the fill of one part of a score."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self.setFixedSize(current().px(11), current().px(11))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), current().colour("mute"))
        painter.fillRect(self.rect(), part_brush(self._number))
        painter.end()


class Legend(QWidget):
    """Parts of a score with their weights: a square and its words each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(current().px(6))

    def set_names(self, names: Sequence[str]) -> None:
        """Show these parts, in order."""
        if tuple(names) == self.names:
            return
        self.names = tuple(names)
        while (taken := self._row.takeAt(0)) is not None:
            if widget := taken.widget():
                widget.deleteLater()
        for number, name in enumerate(names):
            self._row.addWidget(_Swatch(number), 0, Qt.AlignmentFlag.AlignVCenter)
            self._row.addWidget(Label(name, "second"))
            self._row.addSpacing(current().px(4))
