"""The task list: one row a step or a piece of work, with its result, its status and, if stopped, why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from brokerdesk.ui.theme import current, paint_icon
from brokerdesk.ui.widgets.chip import draw_chip
from brokerdesk.ui.widgets.row_model import ROW_ROLE, Index, RowModel
from brokerdesk.ui.widgets.rows import (
    draw_mark,
    draw_row_focus,
    draw_row_ground,
    draw_text,
    draw_two_lines,
    has_state,
    rect_of,
)

STATUS_WORDS = {
    "completed": "Completed",
    "in_progress": "In progress",
    "next": "Next",
    "cannot_start": "Cannot start yet",
    "needs_attention": "Needs attention",
}


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One row; the lamp stands on at most one of a list."""

    key: str
    """What opening the row goes to."""
    name: str
    result: str = ""
    detail: str = ""
    when: str = ""
    who: str = ""
    status: str = "in_progress"
    """completed, in_progress, next, cannot_start or needs_attention; `head` for a heading of a group."""
    reason: str = ""
    """Why it cannot start yet; shown in place of the detail."""
    reference: str = ""
    chip: str = ""
    """Other words for the status chip (`With approver`), drawn as a quiet fact."""

    @property
    def spoken(self) -> str:
        """The row in one sentence, for screen readers."""
        status = self.chip or STATUS_WORDS.get(self.status, "")
        parts = (
            self.name,
            self.reference,
            status,
            self.result,
            self.reason or self.detail,
            self.when,
            self.who,
        )
        return ". ".join(part for part in parts if part)


class TaskModel(RowModel[TaskRow]):
    """Frozen rows for the list."""

    @override
    def words(self, row: TaskRow, role: int) -> str | None:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken
            case Qt.ItemDataRole.ToolTipRole:
                return row.reason or None
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.rows[index.row()].status == "head":
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)


class TaskDelegate(QStyledItemDelegate):
    """Draws mark, name, result over detail, when over who, status, chevron."""

    def __init__(self, parent: QWidget, *, has_marks: bool) -> None:
        super().__init__(parent)
        self._has_marks = has_marks

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: TaskRow = index.data(ROW_ROLE)
        if row.status == "head":
            height = 30
        elif self._has_marks:
            height = 68 if row.status == "next" else 55
        else:
            height = 50
        return QSize(0, current().px(height))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: TaskRow = index.data(ROW_ROLE)
        rect = rect_of(option)
        painter.save()
        if row.status == "head":
            _draw_head(painter, rect, row)
        else:
            self._draw_ground(painter, option, row)
            self._draw_words(painter, rect, row, index.row() + 1)
            draw_row_focus(painter, option)
        painter.restore()

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, row: TaskRow) -> None:
        rect, theme = rect_of(option), current()
        draw_row_ground(painter, option, edge=row.status != "next")
        if row.status == "next":
            if not has_state(option, QStyle.StateFlag.State_Selected):
                painter.fillRect(rect.adjusted(0, 0, 0, -1), theme.colour("lampbg"))
            painter.fillRect(QRectF(rect.x(), rect.y(), theme.px(4), rect.height() - 1), theme.colour("lamp"))

    def _draw_words(self, painter: QPainter, rect: QRectF, row: TaskRow, number: int) -> None:
        px = current().px
        is_next, is_locked = row.status == "next", row.status == "cannot_start"
        columns = _columns(rect, has_marks=self._has_marks)
        if self._has_marks:
            draw_mark(painter, rect.x() + px(14), rect.center().y(), row.status, number)
        used = draw_text(
            painter,
            columns["name"],
            row.name,
            role="card" if is_next and self._has_marks else "body",
            bold=True,
            ink="text2" if is_locked else "text",
        )
        if row.reference:
            at = QPointF(columns["name"].x() + used + px(8), rect.center().y())
            draw_chip(painter, at, row.reference, "reference")
        ink = "text2" if is_locked else "text"
        detail = row.reason or row.detail
        draw_two_lines(painter, columns["result"], row.result, detail, ink=ink, bold=not self._has_marks)
        self._draw_right(painter, rect, row, columns)

    def _draw_right(self, painter: QPainter, rect: QRectF, row: TaskRow, columns: dict[str, QRectF]) -> None:
        px = current().px
        align = Qt.AlignmentFlag.AlignLeft if self._has_marks else Qt.AlignmentFlag.AlignRight
        if (row.when or row.who) and columns["when"].width() > 0:
            draw_two_lines(
                painter, columns["when"], row.when, row.who, ink="text2", align=align, role="second"
            )
        words, kind = (row.chip, "quiet") if row.chip else (STATUS_WORDS[row.status], row.status)
        draw_chip(painter, QPointF(columns["status"].x(), rect.center().y()), words, kind)
        if row.status != "cannot_start":
            side = px(16)
            where = QRectF(rect.right() - px(14) - side, rect.center().y() - side / 2, side, side)
            paint_icon(painter, "chevron-right", where, "text2")


def _draw_head(painter: QPainter, rect: QRectF, row: TaskRow) -> None:
    theme = current()
    painter.fillRect(rect, theme.colour("sunken"))
    painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1), theme.colour("line"))
    words = rect.adjusted(theme.px(14), 0, -theme.px(14), 0)
    used = draw_text(painter, words, row.name, role="second", bold=True, ink="text2")
    draw_text(painter, words.adjusted(used + theme.px(8), 0, 0, 0), row.result, role="second", ink="text3")


def _columns(rect: QRectF, *, has_marks: bool) -> dict[str, QRectF]:
    """Where the parts of a row stand; the drawings' row is 868 wide and its middle gives."""
    px = current().px
    left, right = rect.x(), rect.right()
    if has_marks:
        starts = {"name": left + px(54), "result": left + px(176), "status": right - px(172)}
        # Where there is no room for both, the result stays and the date goes.
        starts["when"] = starts["status"] - px(160 if rect.width() > px(640) else 0)
        ends = {"name": starts["result"], "result": starts["when"], "when": starts["status"], "status": right}
    else:
        starts = {"name": left + px(14), "result": left + px(240), "when": right - px(200)}
        starts["status"] = starts["when"] - px(88)
        ends = {
            "name": starts["result"],
            "result": starts["status"],
            "status": starts["when"],
            "when": right - px(40),
        }
        starts["when"] += px(40)
    gap = px(8)
    return {
        key: QRectF(
            start,
            rect.y(),
            ends[key] - start - (0 if key == "when" and not has_marks else gap),
            rect.height(),
        )
        for key, start in starts.items()
    }


class TaskList(QListView):
    """Rows opened by Enter, a double press or a single one.

    Args:
        has_marks: a package's steps (tick, number, lock at the left); without, a person's list as on Today.

    Signals:
        opened: key of the row.
        refused: why the row cannot be opened yet.
    """

    opened = Signal(str)
    refused = Signal(str)

    def __init__(self, name: str, *, has_marks: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.model_of_rows = TaskModel(self)
        self.setModel(self.model_of_rows)
        self.setItemDelegate(TaskDelegate(self, has_marks=has_marks))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._open)

    def set_rows(self, rows: Sequence[TaskRow]) -> None:
        """Show rows, keeping the place of the keyboard by key."""
        kept = self.current_key()
        self.model_of_rows.set_rows(rows)
        if kept:
            self.choose(kept)

    def current_key(self) -> str:
        """Key of the row that the keyboard is on; empty when on none."""
        index = self.currentIndex()
        return self.model_of_rows.rows[index.row()].key if index.isValid() else ""

    def choose(self, key: str) -> None:
        """Move to the row of that key."""
        for at, row in enumerate(self.model_of_rows.rows):
            if row.key == key and row.status != "head":
                self.setCurrentIndex(self.model_of_rows.index(at))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: Index) -> None:
        row = self.model_of_rows.rows[index.row()]
        if row.status == "cannot_start":
            self.refused.emit(row.reason or row.result)
        elif row.status != "head":
            self.opened.emit(row.key)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Start on the row that is next, else on the first that can be opened."""
        super().focusInEvent(event)
        rows = self.model_of_rows.rows
        if not self.currentIndex().isValid() and rows:
            order = sorted(
                range(len(rows)), key=lambda at: (rows[at].status != "next", rows[at].status == "head", at)
            )
            self.setCurrentIndex(self.model_of_rows.index(order[0]))
