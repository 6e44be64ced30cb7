"""Two clocks: the dial of a round (time left to answer) and the legal clock of a framework."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.painted import Painted
from brokerdesk.ui.widgets.parsers import show_date
from brokerdesk.ui.widgets.rows import draw_text


class ClockDial(Painted):
    """A ring of which the part still to run is lit, with the words in its middle."""

    def __init__(self, side: int = 140, parent: QWidget | None = None) -> None:
        super().__init__(side, side, parent)
        self.share_left = 0.0
        self.words, self.under = "", ""
        self.setFixedSize(current().px(side), current().px(side))

    def set_time(self, share_left: float, words: str, under: str) -> None:
        """Show the share of the time that is left (0 to 1), the time in words and what it is."""
        self.share_left = min(1.0, max(0.0, share_left))
        self.words, self.under = words, under
        self.describe(f"{words} {under}".strip(), "")

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        theme = current()
        is_small = rect.width() < theme.px(60)
        width = max(4.0, rect.width() / (6 if is_small else 11))
        ring = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("mute"), width, c=Qt.PenCapStyle.FlatCap))
        painter.drawEllipse(ring)
        if theme.tokens.is_contrast:
            painter.setPen(QPen(theme.colour("control"), 1))
            painter.drawEllipse(rect.adjusted(1, 1, -1, -1))
        lit = "lamp" if self.share_left < 0.3 else "primary"
        painter.setPen(QPen(theme.colour(lit), width, c=Qt.PenCapStyle.FlatCap))
        painter.drawArc(ring, 90 * 16, -round(self.share_left * 360 * 16))
        if not is_small:
            centre = Qt.AlignmentFlag.AlignHCenter
            upper = QRectF(rect.x(), rect.center().y() - theme.px(24), rect.width(), theme.px(28))
            draw_text(painter, upper, self.words, role="title", align=centre)
            lower = QRectF(rect.x(), rect.center().y() + theme.px(4), rect.width(), theme.px(18))
            draw_text(painter, lower, self.under, role="second", ink="text2", align=centre)


@dataclass(frozen=True, slots=True)
class Span:
    """A bar of the legal clock."""

    starts_on: date
    ends_on: date
    words: str = ""
    kind: str = "past"
    """past (solid), to_come (tint), window (hatched) or unreal (dashed: not yet decided)."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A date marked on the clock, with its words above or below."""

    on: date
    words: str
    is_above: bool = True
    is_now: bool = False


class LegalClock(Painted):
    """Bars on an axis of years, with the dates that bind in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(900, 150, parent)
        self.spans: tuple[Span, ...] = ()
        self.moments: tuple[Moment, ...] = ()

    def set_clock(self, spans: Sequence[Span], moments: Sequence[Moment]) -> None:
        """Draw another framework."""
        self.spans, self.moments = tuple(spans), tuple(moments)
        told = ". ".join(f"{moment.words} {show_date(moment.on)}" for moment in moments)
        self.describe(say("Legal clock"), told)

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        if self.spans:
            draw_legal_clock(painter, rect, self.spans, self.moments)


def draw_legal_clock(
    painter: QPainter, rect: QRectF, spans: Sequence[Span], moments: Sequence[Moment]
) -> None:
    """Draw bars, marks and the axis of whole years."""
    px = current().px
    first = date(min(span.starts_on for span in spans).year, 1, 1)
    last = date(max(span.ends_on for span in spans).year + 1, 1, 1)
    left, width = rect.x() + px(30), rect.width() - px(60)

    def at(day: date) -> float:
        return left + width * (day - first).days / max(1, (last - first).days)

    top = rect.y() + px(42)
    for span in spans:
        _draw_span(
            painter, QRectF(at(span.starts_on), top, at(span.ends_on) - at(span.starts_on), px(26)), span
        )
    for moment in moments:
        _draw_moment(painter, at(moment.on), top, rect, moment)
    _draw_years(painter, QRectF(left, rect.y() + px(120), width, px(24)), first.year, last.year)


def _draw_span(painter: QPainter, bar: QRectF, span: Span) -> None:
    theme, px = current(), current().px
    ink = "text2"
    match span.kind:
        case "past":
            painter.fillRect(bar, theme.colour("primary"))
            ink = "onprimary"
        case "to_come":
            painter.fillRect(bar, theme.colour("tint2"))
            ink = "text"
        case "window":
            painter.fillRect(bar, theme.colour("tint2"))
            painter.fillRect(bar, QBrush(theme.colour("lampline"), Qt.BrushStyle.BDiagPattern))
    if span.kind == "unreal" or theme.tokens.is_contrast:
        style = Qt.PenStyle.DashLine if span.kind == "unreal" else Qt.PenStyle.SolidLine
        painter.setPen(QPen(theme.colour("control"), 1, style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5))
    align = Qt.AlignmentFlag.AlignLeft if span.kind == "past" else Qt.AlignmentFlag.AlignHCenter
    is_bold = span.kind in ("past", "to_come")
    words = bar.adjusted(px(8), 0, -px(4), 0)
    draw_text(painter, words, span.words, role="second", bold=is_bold, ink=ink, align=align)


def _draw_moment(painter: QPainter, x: float, top: float, rect: QRectF, moment: Moment) -> None:
    theme, px = current(), current().px
    colour = theme.colour("lampline" if moment.is_now else "text")
    painter.fillRect(QRectF(x - 1, top - px(5), 2, px(36)), colour)
    width = px(190)
    room_left = min(max(rect.x(), x - width / 2), rect.right() - width)
    y = top - px(42) if moment.is_above else top + px(32)
    centre = Qt.AlignmentFlag.AlignHCenter
    ink = "lamptext" if moment.is_now else "text"
    draw_text(
        painter,
        QRectF(room_left, y, width, px(18)),
        moment.words,
        role="second",
        bold=True,
        ink=ink,
        align=centre,
    )
    below = QRectF(room_left, y + px(17), width, px(18))
    draw_text(painter, below, show_date(moment.on), role="second", ink="text2", align=centre)


def _draw_years(painter: QPainter, axis: QRectF, first: int, last: int) -> None:
    theme, px = current(), current().px
    painter.fillRect(QRectF(axis.x(), axis.y(), axis.width(), 1), theme.colour("control"))
    step = axis.width() / max(1, last - first)
    for year in range(first, last + 1):
        x = axis.x() + (year - first) * step
        painter.fillRect(
            QRectF(QPointF(x, axis.y()), QPointF(x + 1, axis.y() + px(4))), theme.colour("control")
        )
        room = QRectF(x - px(24), axis.y() + px(5), px(48), px(16))
        draw_text(painter, room, str(year), role="axis", ink="text3", align=Qt.AlignmentFlag.AlignHCenter)
