"""Draws every kind of table cell; words for screen readers come from the model."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from brokerdesk.ui.theme import current, paint_icon
from brokerdesk.ui.theme.style import draw_tick_box
from brokerdesk.ui.widgets.chip import draw_chip
from brokerdesk.ui.widgets.rows import draw_row_focus, draw_row_ground, draw_text, draw_two_lines, rect_of
from brokerdesk.ui.widgets.table_model import CELL_ROLE, COLUMN_ROLE, Index
from brokerdesk.ui.widgets.table_values import (
    Cell,
    ChipCell,
    Column,
    IconCell,
    LinkCell,
    NumberCell,
    RankCell,
    ScoreCell,
    TickCell,
    TwoLines,
)

PARTS = ("q1", "q2", "q3")
PATTERNS = (Qt.BrushStyle.SolidPattern, Qt.BrushStyle.Dense4Pattern, Qt.BrushStyle.BDiagPattern)


class CellDelegate(QStyledItemDelegate):
    """Paints; edits nothing but ticks, which the model turns."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        draw_row_ground(painter, option, edge=index.column() == 0)
        inside = rect_of(option).adjusted(current().px(8), 0, -current().px(8), -1)
        draw_cell(painter, inside, index.data(CELL_ROLE), index.data(COLUMN_ROLE))
        draw_row_focus(painter, option)
        painter.restore()


def draw_cell(painter: QPainter, rect: QRectF, cell: Cell, column: Column) -> None:
    """Draw one cell in its room."""
    right = Qt.AlignmentFlag.AlignRight
    left = Qt.AlignmentFlag.AlignLeft
    match cell:
        case str():
            ink = "text2" if column.kind == "quiet" else "text"
            is_bold = column.kind == "strong"
            align = right if column.kind == "number" else left
            draw_text(painter, rect, cell, bold=is_bold, ink=ink, align=align)
        case NumberCell():
            draw_text(painter, rect, cell.words, bold=cell.is_bold, align=right)
        case TwoLines():
            draw_two_lines(painter, rect, cell.first, cell.second, bold=cell.is_bold, ink2=cell.tone)
        case ChipCell():
            draw_chip(painter, QPointF(rect.x(), rect.center().y()), cell.words, cell.kind)
        case ScoreCell():
            draw_score(painter, rect, cell.parts)
        case TickCell():
            draw_tick_box(painter, _square(rect, 16), is_ticked=cell.is_ticked)
        case RankCell():
            draw_rank(painter, rect, cell.number)
        case IconCell():
            paint_icon(painter, cell.icon, _square(rect, 16), cell.tone)
        case LinkCell():
            draw_text(painter, rect, cell.words, bold=True, ink="link", align=right)


def _square(rect: QRectF, size: int) -> QRectF:
    side = current().px(size)
    return QRectF(rect.x(), round(rect.center().y() - side / 2), side, side)


def draw_score(painter: QPainter, rect: QRectF, parts: tuple[Decimal, ...]) -> None:
    """Parts of a score on a track of 100, one pixel of surface between them."""
    theme = current()
    height = theme.px(12)
    track = QRectF(rect.x(), round(rect.center().y() - height / 2), rect.width(), height)
    painter.fillRect(track, theme.colour("mute"))
    at = track.x()
    for number, part in enumerate(parts):
        width = track.width() * float(part) / 100
        piece = QRectF(at, track.y(), max(0.0, width - 1), height)
        painter.fillRect(piece, part_brush(number))
        at += width
    if theme.tokens.is_contrast:
        painter.setPen(theme.colour("control"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(track.adjusted(0, 0, -1, -1))


def part_brush(number: int) -> QBrush:
    """Fill of the first, second or third part: a tone, or a pattern in high contrast."""
    theme = current()
    at = number % len(PARTS)
    pattern = PATTERNS[at] if theme.tokens.is_contrast else Qt.BrushStyle.SolidPattern
    return QBrush(theme.colour(PARTS[at]), pattern)


def draw_rank(painter: QPainter, rect: QRectF, number: int) -> None:
    """A rank on a filled disc of 24, as on the map's pin."""
    theme = current()
    side = float(theme.px(24))
    disc = QRectF(rect.x(), rect.center().y() - side / 2, side, side)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("primary"))
    painter.drawEllipse(disc)
    painter.restore()
    centre = Qt.AlignmentFlag.AlignHCenter
    draw_text(painter, disc, str(number), role="second", bold=True, ink="onprimary", align=centre)
