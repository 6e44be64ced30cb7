"""What happened, newest first: day heads, time, dot, words and a second line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.painted import Painted
from brokerdesk.ui.widgets.rows import draw_text

HEAD, ONE, TWO = 25, 27, 43
INDENT = 77
WRAP = Qt.TextFlag.TextWordWrap


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
        self._take_height()
        told = ". ".join(". ".join(filter(None, (h.day, h.at, h.words, h.second))) for h in happenings)
        self.describe(say("What happened"), told)

    def _take_height(self) -> None:
        height = timeline_height(self.happenings, self.width())
        if height != self._wanted.height():
            self._wanted = QSize(self._wanted.width(), height)
            self.updateGeometry()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._take_height()

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        draw_timeline(painter, rect, self.happenings)


def timeline_height(happenings: Sequence[Happening], width: float) -> int:
    """The height that shows every entry whole, long words over several lines."""
    px = current().px
    days = len(dict.fromkeys(happening.day for happening in happenings))
    rows = sum(_entry_height(happening, width) for happening in happenings)
    return round(px(HEAD) * days + rows + px(8))


def _lead(happening: Happening) -> float:
    """Width of the bold word before the entry's own words."""
    if happening.kind != "now":
        return 0.0
    metrics = QFontMetricsF(current().font("body", bold=True))
    return metrics.horizontalAdvance(say("Now:")) + current().px(4)


def _extra(happening: Happening, width: float) -> float:
    """What an entry's words need beyond their first line."""
    px, metrics = current().px, QFontMetricsF(current().font("body"))
    room = max(px(60), width - px(INDENT) - _lead(happening))
    whole = metrics.boundingRect(QRectF(0, 0, room, 10_000), int(WRAP), happening.words)
    return max(0.0, whole.height() - metrics.height())


def _entry_height(happening: Happening, width: float) -> float:
    return current().px(TWO if happening.second else ONE) + _extra(happening, width)


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
        height = _entry_height(happening, rect.width())
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
    words = QRectF(row.x() + px(INDENT), row.y(), row.width() - px(INDENT), line)
    if happening.kind == "now":
        draw_text(painter, words, say("Now:"), bold=True)
    more = _extra(happening, row.width())
    _draw_words(painter, words.adjusted(_lead(happening), 0, 0, more), happening.words)
    if happening.second:
        under = words.translated(0, px(17) + more)
        draw_text(painter, under, happening.second, role="second", ink="text2")


def _draw_words(painter: QPainter, rect: QRectF, words: str) -> None:
    theme = current()
    painter.setFont(theme.font("body"))
    painter.setPen(theme.colour("text"))
    painter.drawText(rect, int(WRAP | Qt.AlignmentFlag.AlignVCenter), words)
