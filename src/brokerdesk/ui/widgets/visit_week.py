"""The visit week: a grid of calls by days that is edited by typing, copied, pasted and undone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from brokerdesk.core.domain.visits import Visit
from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current, paint_icon
from brokerdesk.ui.widgets.rows import draw_row_focus, draw_text, rect_of
from brokerdesk.ui.widgets.week_model import (
    DAYS,
    VISIT_ROLE,
    WEEK_COLUMN,
    Call,
    Index,
    WeekModel,
    period_of,
    read_visit,
    show_visit,
)

ROW_HEIGHT, TOTAL_HEIGHT, HEAD_HEIGHT, NAME_WIDTH, WEEK_WIDTH = 62, 33, 28, 140, 82


class _VisitDelegate(QStyledItemDelegate):
    """A block with start, minutes and a figure for each carer; a thick edge where time is critical."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = current(), rect_of(option)
        painter.save()
        painter.fillRect(QRectF(rect.right() - 1, rect.y(), 1, rect.height()), theme.colour("line"))
        painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1), theme.colour("line"))
        visit = index.data(VISIT_ROLE)
        if isinstance(visit, Visit):
            draw_visit(painter, rect.adjusted(4, 4, -5, -5), visit)
        elif index.column() == WEEK_COLUMN or index.row() == index.model().rowCount() - 1:
            self._draw_total(painter, rect, index)
        draw_row_focus(painter, option)
        painter.restore()

    def _draw_total(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        is_week = index.column() == WEEK_COLUMN
        is_last = index.row() == index.model().rowCount() - 1
        align = Qt.AlignmentFlag.AlignRight if is_week else Qt.AlignmentFlag.AlignHCenter
        words = rect.adjusted(current().px(8), 0, -current().px(12), -1)
        if is_week and not is_last:
            words = words.adjusted(0, current().px(10), 0, -current().px(28))
            below = words.translated(0, current().px(19))
            draw_text(painter, below, say("hours"), role="second", ink="text2", align=align)
        draw_text(painter, words, str(index.data()), bold=is_week, align=align)

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setProperty("kind", "cell")
        editor.setProperty("no_ring", True)
        editor.setAccessibleName(say("Start, minutes, carers"))
        return editor


def draw_visit(painter: QPainter, block: QRectF, visit: Visit) -> None:
    """One visit as a block."""
    theme, px = current(), current().px
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("control"), 1) if theme.tokens.is_contrast else Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("tint2"))
    painter.drawRoundedRect(block, 3, 3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    if visit.time_critical:
        painter.fillRect(QRectF(block.x(), block.y(), px(4), block.height()), theme.colour("primary"))
    inside = block.adjusted(px(9), px(6), -px(4), -px(6))
    half = inside.height() / 2
    start = QRectF(inside.x(), inside.y(), inside.width(), half)
    draw_text(painter, start, f"{visit.at:%H:%M}", bold=True)
    if visit.time_critical:
        side = px(13)
        where = QRect(round(inside.x()) + px(40), round(start.center().y() - side / 2), side, side)
        paint_icon(painter, "clock", where, "primary")
    lower = QRectF(inside.x(), inside.y() + half, inside.width(), half)
    draw_text(painter, lower, say("{minutes} min", minutes=visit.minutes), role="second", ink="text2")
    _draw_carers(painter, lower, visit.carers)


def _draw_carers(painter: QPainter, rect: QRectF, carers: int) -> None:
    theme, px = current(), current().px
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("text2"))
    for number in range(carers):
        x = rect.right() - px(8) - (carers - 1 - number) * px(12)
        y = rect.center().y()
        painter.drawEllipse(QRectF(x - px(2), y - px(5), px(4), px(4)))
        painter.drawRoundedRect(QRectF(x - px(4), y, px(8), px(5)), px(2), px(2))
    painter.restore()


class VisitWeek(QTableView):
    """Arrows move, typing edits (`07:30 45 2`), Delete empties, Ctrl+C and Ctrl+V copy a call or a day.

    Signals:
        visits_changed: all visits, in order of the week.
        refused: why what was typed cannot be read.
    """

    visits_changed = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("The visit week"))
        self.setAccessibleDescription(
            say("Type start, minutes and carers, such as 07:30 45 2. ! means time-critical.")
        )
        self.week = WeekModel(self)
        self.setModel(self.week)
        self.setItemDelegate(_VisitDelegate(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._set_heads()
        self._make_actions()
        self.week.visits_changed.connect(self.visits_changed)
        self.week.refused.connect(self.refused)
        self.week.modelReset.connect(self._set_heights)

    def _set_heads(self) -> None:
        px = current().px
        across = self.horizontalHeader()
        across.setFixedHeight(px(HEAD_HEIGHT))
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        across.setSectionResizeMode(WEEK_COLUMN, QHeaderView.ResizeMode.Fixed)
        across.resizeSection(WEEK_COLUMN, px(WEEK_WIDTH))
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        down = self.verticalHeader()
        down.setFixedWidth(px(NAME_WIDTH))
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _set_heights(self) -> None:
        px = current().px
        rows = self.week.rowCount()
        for row in range(rows):
            self.setRowHeight(row, px(TOTAL_HEIGHT if row == rows - 1 else ROW_HEIGHT))
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        px = current().px
        return QSize(px(700), px(HEAD_HEIGHT + TOTAL_HEIGHT + ROW_HEIGHT * len(self.week.calls)) + 2)

    def _make_actions(self) -> None:
        for words, keys, do in (
            (say("Copy"), "Ctrl+C", self.copy),
            (say("Paste"), "Ctrl+V", self.paste),
            (say("Copy this day to every day"), "Ctrl+D", self.copy_day_to_all),
            (say("Time-critical"), "Ctrl+T", self.turn_time_critical),
            (say("Undo"), "Ctrl+Z", self.undo),
            (say("Take this call out"), "Ctrl+Del", self.remove_call),
        ):
            action = QAction(words, self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(do)
            self.addAction(action)

    def set_visits(self, visits: Iterable[Visit], starts_on: date | None = None) -> None:
        """Show a week."""
        self.week.set_visits(visits, starts_on)

    def visits(self) -> tuple[Visit, ...]:
        """All visits, in order of the week."""
        return self.week.visits()

    def add_call(self, at: time = time(8), minutes: int = 30, carers: int = 1) -> None:
        """Add a call on every day and go to its Monday."""
        names = {call.name for call in self.week.calls}
        wanted = say(period_of(at))
        name = next(n for n in (wanted, *(f"{wanted} {i}" for i in range(2, 99))) if n not in names)
        call = Call(name, tuple(Visit(day, at, minutes, carers) for day in DAYS))
        self.week.put((*self.week.calls, call))
        self.setCurrentIndex(self.week.index(len(self.week.calls) - 1, 0))

    def remove_call(self) -> None:
        """Take out the call that the keyboard is on."""
        row = self.currentIndex().row()
        if 0 <= row < len(self.week.calls):
            self.week.put((*self.week.calls[:row], *self.week.calls[row + 1 :]))

    def copy_day_to_all(self) -> None:
        """Make every day like the one that the keyboard is on (Monday when on none)."""
        day = max(0, self.currentIndex().column())
        if day < WEEK_COLUMN:
            self.week.put([_like_day(call, day) for call in self.week.calls])

    def turn_time_critical(self) -> None:
        """Mark the visits selected as time-critical, or unmark them."""
        indexes = [index for index in self.selectedIndexes() if self.week.visit_at(index) is not None]
        calls = list(self.week.calls)
        for index in indexes:
            visit = calls[index.row()].cells[index.column()]
            if visit is not None:
                turned = replace(visit, time_critical=not visit.time_critical)
                calls[index.row()] = calls[index.row()].with_cell(index.column(), turned)
        self.week.put(calls)

    def undo(self) -> None:
        """Take back the last change."""
        self.week.undo()

    def copy(self) -> None:
        """Copy the cells selected as text that Excel and this grid read."""
        cells = {(index.row(), index.column()): index for index in self.selectedIndexes()}
        rows, columns = sorted({row for row, _ in cells}), sorted({column for _, column in cells})
        lines = ("\t".join(_text_of(cells.get((row, column))) for column in columns) for row in rows)
        QGuiApplication.clipboard().setText("\n".join(lines))

    def paste(self) -> None:
        """Paste from the cell that the keyboard is on, downwards and to the right; all of it or nothing."""
        start = self.currentIndex()
        calls = list(self.week.calls)
        try:
            for down, line in enumerate(QGuiApplication.clipboard().text().splitlines()):
                for right, text in enumerate(line.split("\t")):
                    row, day = start.row() + down, start.column() + right
                    if 0 <= row < len(calls) and 0 <= day < WEEK_COLUMN:
                        visit = read_visit(text, DAYS[day], calls[row].cells[day])
                        calls[row] = calls[row].with_cell(day, visit)
        except ValueError as why:
            self.refused.emit(str(why))
            return
        self.week.put(calls)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not event.modifiers():
            calls = list(self.week.calls)
            for index in self.selectedIndexes():
                if self.week.is_cell(index):
                    calls[index.row()] = calls[index.row()].with_cell(index.column(), None)
            self.week.put(calls)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            # The editor's own Enter comes by here too.
            if self.state() != QAbstractItemView.State.EditingState:
                self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard always stands on a cell."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.week.index(0, 0))


def _text_of(index: QModelIndex | None) -> str:
    visit = index.data(VISIT_ROLE) if index is not None else None
    return show_visit(visit) if isinstance(visit, Visit) else ""


def _like_day(call: Call, day: int) -> Call:
    model = call.cells[day]
    return replace(
        call, cells=tuple(replace(model, day=other) if model is not None else None for other in DAYS)
    )
