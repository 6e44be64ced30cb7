"""Totals of offers over the weight of one criterion, with the weight in force marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.painted import Painted
from brokerdesk.ui.widgets.rows import draw_text

STYLES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What is drawn: weights from the lowest to the highest, and a line an offer, the first one lit."""

    weights: tuple[float, ...]
    lines: tuple[tuple[float, ...], ...]
    now: float


class WeightLines(Painted):
    """A small chart; the sentence beside it says the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(190, 76, parent)
        self.facts: LineFacts | None = None
        self.setFixedWidth(current().px(190))

    def set_lines(self, facts: LineFacts, told: str) -> None:
        """Draw other totals; `told` says in words what they show."""
        self.facts = facts
        self.describe(say("Totals over the weight"), told)

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        if self.facts is not None and self.facts.lines:
            draw_lines(painter, rect, self.facts)


def draw_lines(painter: QPainter, rect: QRectF, facts: LineFacts) -> None:
    """Draw the lines, the mark of the weight in force, and the ends of the axis."""
    theme, px = current(), current().px
    plot = rect.adjusted(px(14), px(4), -px(20), -px(22))
    every = [total for line in facts.lines for total in line]
    low, high = min(every), max(max(every), min(every) + 1)

    def at(weight: float, total: float) -> QPointF:
        share = weight / 100
        return QPointF(
            plot.x() + plot.width() * share, plot.bottom() - plot.height() * (total - low) / (high - low)
        )

    x = at(facts.now, low).x()
    painter.fillRect(QRectF(x - 1, plot.y(), 2, plot.height()), theme.colour("lampline"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for number, line in reversed(list(enumerate(facts.lines))):
        colour = theme.colour("primary" if number == 0 else "text2")
        painter.setPen(QPen(colour, 2.5 if number == 0 else 1.5, STYLES[number % len(STYLES)]))
        points = [at(weight, total) for weight, total in zip(facts.weights, line, strict=True)]
        painter.drawPolyline(QPolygonF(points))
    _draw_axis(painter, rect, plot, facts.now, x)


def _draw_axis(painter: QPainter, rect: QRectF, plot: QRectF, now: float, x: float) -> None:
    px = current().px
    centre = Qt.AlignmentFlag.AlignHCenter
    marks: Sequence[tuple[float, str]] = (
        (plot.x(), "0"),
        (x, say("now {weight:g}", weight=now)),
        (plot.right(), "100"),
    )
    for left, words in marks:
        width = px(60)
        room = QRectF(
            min(max(rect.x(), left - width / 2), rect.right() - width), plot.bottom() + px(4), width, px(16)
        )
        if words in ("0", "100") and abs(left - x) < px(44):
            continue
        draw_text(painter, room, words, role="axis", ink="text2", align=centre)
