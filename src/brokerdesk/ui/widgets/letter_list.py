"""The letters of an award: a mark, what it is, to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from brokerdesk.ui.theme import current, paint_icon
from brokerdesk.ui.widgets.row_model import ROW_ROLE, Index, RowModel
from brokerdesk.ui.widgets.rows import draw_row_focus, draw_row_ground, draw_two_lines, rect_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: a picture, a line in bold, a line under it."""

    key: str
    icon: str
    tone: str
    first: str
    second: str
    spoken: str = ""
    """What the picture means, for screen readers."""


class EntryModel(RowModel[Entry]):
    """Frozen rows."""

    @override
    def words(self, row: Entry, role: int) -> str | None:
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return row.first
            case Qt.ItemDataRole.AccessibleTextRole:
                return ". ".join(part for part in (row.first, row.second, row.spoken) if part)
        return None


class EntryDelegate(QStyledItemDelegate):
    """Picture and two lines."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Entry = index.data(ROW_ROLE)
        return QSize(0, current().px(53 if row.second else 36))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Entry = index.data(ROW_ROLE)
        px, rect = current().px, rect_of(option)
        painter.save()
        draw_row_ground(painter, option)
        side = px(18)
        top = rect.y() + px(10) if row.second else rect.center().y() - side / 2
        paint_icon(painter, row.icon, QRectF(rect.x() + px(14), top, side, side), row.tone)
        words = rect.adjusted(px(43), 0, -px(8), 0)
        draw_two_lines(painter, words, row.first, row.second, bold=True)
        draw_row_focus(painter, option)
        painter.restore()


class EntryList(QListView):
    """Rows one under the other; moving to one opens it.

    Signals:
        opened: key of the row.
    """

    opened = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.entries = EntryModel(self)
        self.setModel(self.entries)
        self.setItemDelegate(EntryDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    def set_rows(self, rows: Sequence[Entry]) -> None:
        """Show rows, keeping the row that is open if it is still there."""
        kept = self.value()
        self.entries.set_rows(rows)
        if rows:
            self.choose(kept if any(row.key == kept for row in rows) else rows[0].key, says=False)

    def value(self) -> str:
        """Key of the row that is open; empty when none is."""
        at = self.currentIndex().row()
        return self.entries.rows[at].key if 0 <= at < len(self.entries.rows) else ""

    def choose(self, key: str, *, says: bool = True) -> None:
        """Open a row."""
        keys = [row.key for row in self.entries.rows]
        if key in keys:
            self.blockSignals(not says)
            self.setCurrentIndex(self.entries.index(keys.index(key)))
            self.blockSignals(False)

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.opened.emit(self.value())

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard starts on the first row."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.entries.rows:
            self.setCurrentIndex(self.entries.index(0))
