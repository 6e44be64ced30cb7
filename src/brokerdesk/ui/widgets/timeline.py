"""What happened, newest first: day heads, time, dot, words and a second line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.painted import Painted
from brokerdesk.ui.widgets.rows import draw_text

HEAD, ONE, TWO = 25, 27, 43


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry; `kind` is decision (filled dot), event (ring) or now (lamp)."""

    day: str
    """Words of the day head: `Today, Tuesday 8 December`."""
    at: str
    words: str
    second: str = ""
    kind: str = "event"


class Timeline(Painted):
    """A column of happenings; put it in a `Scrolled`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(300, 40, parent)
        self.happenings: tuple[Happening, ...] = ()

    def set_happenings(self, happenings: Sequence[Happening]) -> None:
        """Show entries in the order given, newest first."""
        self.happenings = tuple(happenings)
        days = len(dict.fromkeys(happening.day for happening in happenings))
        rows = sum(TWO if happening.second else ONE for happening in happenings)
        self.want_height(HEAD * days + rows + 8)
        told = ". ".join(". ".join(filter(None, (h.day, h.at, h.words, h.second))) for h in happenings)
        self.describe(say("What happened"), told)

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        draw_timeline(painter, rect, self.happenings)


def draw_timeline(painter: QPainter, rect: QRectF, happenings: Sequence[Happening]) -> None:
    """Draw entries from the top of the rectangle."""
    px = current().px
    y, day = rect.y(), ""
    for number, happening in enumerate(happenings):
        if happening.day != day:
            day = happening.day
            draw_text(
                painter,
                QRectF(rect.x(), y, rect.width(), px(HEAD)),
                day,
                role="second",
                bold=True,
                ink="text2",
            )
            y += px(HEAD)
        height = px(TWO if happening.second else ONE)
        follows = number + 1 < len(happenings) and happenings[number + 1].day == day
        _draw_entry(painter, QRectF(rect.x(), y, rect.width(), height), happening, follows=follows)
        y += height


def _draw_entry(painter: QPainter, row: QRectF, happening: Happening, *, follows: bool) -> None:
    theme, px = current(), current().px
    line = px(20)
    draw_text(
        painter, QRectF(row.x() + px(15), row.y(), px(44), line), happening.at, role="second", ink="text2"
    )
    dot = QPointF(row.x() + px(63), row.y() + px(12))
    if follows:
        painter.fillRect(
            QRectF(dot.x() - 0.5, dot.y() + px(8), 1, row.height() - px(14)), theme.colour("line")
        )
    edge = "lampline" if happening.kind == "now" else "primary"
    fill = {"now": "lamp", "decision": "primary"}.get(happening.kind, "surface")
    painter.setPen(QPen(theme.colour(edge), 2))
    painter.setBrush(theme.colour(fill))
    painter.drawEllipse(dot, px(5.5), px(5.5))
    words = QRectF(row.x() + px(77), row.y(), row.width() - px(77), line)
    used = 0.0
    if happening.kind == "now":
        used = draw_text(painter, words, say("Now:"), bold=True) + px(4)
    draw_text(painter, words.adjusted(used, 0, 0, 0), happening.words)
    if happening.second:
        draw_text(painter, words.translated(0, px(17)), happening.second, role="second", ink="text2")
