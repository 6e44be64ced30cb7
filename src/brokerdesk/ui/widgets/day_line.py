"""One line of the day: every call as a bar in the window that it is allowed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.painted import Painted
from brokerdesk.ui.widgets.rows import draw_text

FIRST_HOUR, LAST_HOUR, EVERY = 6, 23, 3


@dataclass(frozen=True, slots=True)
class DayCall:
    """A call of the day; without a window only its bar is drawn."""

    name: str
    at: time
    minutes: int
    earliest: time | None = None
    latest: time | None = None
    """Latest start."""


class DayLine(Painted):
    """The calls of one day on a line from early morning to night; a call outside it stretches the line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(860, 52, parent)
        self.calls: tuple[DayCall, ...] = ()

    def set_calls(self, calls: Sequence[DayCall]) -> None:
        """Show another day."""
        self.calls = tuple(calls)
        told = ". ".join(
            say("{name} {at}, {minutes} minutes", name=call.name, at=f"{call.at:%H:%M}", minutes=call.minutes)
            for call in calls
        )
        self.describe(say("Calls of the day"), told)

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        draw_day(painter, rect, self.calls)


def draw_day(painter: QPainter, rect: QRectF, calls: Sequence[DayCall]) -> None:
    """Draw the line, its hours and the calls."""
    px = current().px
    first, last = hours_shown(calls)
    line = rect.adjusted(px(24), 0, -px(24), 0)
    a_minute = line.width() / ((last - first) * 60)

    def at(minutes: float) -> float:
        return line.x() + (minutes - first * 60) * a_minute

    _draw_hours(painter, line, first, last, at(first * 60 + 60) - at(first * 60))
    for call in calls:
        starts = _minutes(call.at)
        bar = QRectF(at(starts), rect.y() + px(6), max(3.0, call.minutes * a_minute), px(20))
        ends = bar.right()
        if call.earliest is not None and call.latest is not None:
            left, right = at(_minutes(call.earliest)), at(_minutes(call.latest) + call.minutes)
            _draw_window(painter, QRectF(left, rect.y() + px(8), right - left, px(16)))
        bar = QRectF(at(starts), rect.y() + px(4), max(3.0, call.minutes * a_minute), px(20))
        painter.fillRect(bar, current().colour("primary"))
        words = say("{name} {minutes} min", name=call.name, minutes=call.minutes)
        room = QRectF(ends + px(6), rect.y() + px(6), px(130), px(20))
        draw_text(painter, room, words, role="second", ink="text2")


def hours_shown(calls: Sequence[DayCall]) -> tuple[int, int]:
    """First and last hour of the line: 6 to 23, further where a call needs it."""
    starts = [call.at.hour for call in calls]
    ends = [-(-(_minutes(call.at) + call.minutes) // 60) for call in calls]
    return min([FIRST_HOUR, *starts]), min(30, max([LAST_HOUR, *ends]))


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _draw_window(painter: QPainter, window: QRectF) -> None:
    painter.setPen(QPen(current().colour("control"), 1, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(window.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


def _draw_hours(painter: QPainter, line: QRectF, first: int, last: int, an_hour: float) -> None:
    theme, px = current(), current().px
    y = line.y() + px(29)
    painter.fillRect(QRectF(line.x(), y, line.width(), 1), theme.colour("control"))
    for hour in range(first, last + 1):
        x = line.x() + (hour - first) * an_hour
        painter.fillRect(QRectF(x, y, 1, px(4)), theme.colour("control"))
        if hour % EVERY == 0:
            room = QRectF(x - px(24), y + px(4), px(48), px(16))
            words = f"{hour % 24:02}:00"
            draw_text(painter, room, words, role="axis", ink="text3", align=Qt.AlignmentFlag.AlignHCenter)
