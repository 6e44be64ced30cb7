"""The time of a round as a bar: opened, now, closes, and the answers as they came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.theme import current, paint_icon
from brokerdesk.ui.widgets.painted import Painted
from brokerdesk.ui.widgets.rows import draw_text


@dataclass(frozen=True, slots=True)
class Came:
    """An answer at its time; what an offer says is not shown."""

    at: datetime
    is_offer: bool


@dataclass(frozen=True, slots=True)
class RoundTimes:
    """Everything that the bar shows; all in one time zone."""

    opened_at: datetime
    closes_at: datetime
    now: datetime
    answers: tuple[Came, ...] = ()


class RoundBar(Painted):
    """Teal is spent, the lamp's colour is left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(600, 112, parent)
        self.times: RoundTimes | None = None

    def set_times(self, times: RoundTimes) -> None:
        """Show another moment."""
        self.times = times
        offers = sum(answer.is_offer for answer in times.answers)
        told = say(
            "Opened {opened}, closes {closes}, {offers}, {declines}",
            opened=moment_words(times.opened_at),
            closes=moment_words(times.closes_at),
            offers=say_many("{count} offer came in", "{count} offers came in", offers),
            declines=say_many("{count} declined", "{count} declined", len(times.answers) - offers),
        )
        self.describe(say("Time of the round"), told)

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        if self.times is not None:
            draw_round(painter, rect, self.times)


def moment_words(at: datetime) -> str:
    """A moment as `Fri 11:00`."""
    return f"{at:%a %H:%M}"


def draw_round(painter: QPainter, rect: QRectF, times: RoundTimes) -> None:
    """Draw the track, what is spent and left, the three moments and the marks."""
    theme, px = current(), current().px
    whole = max(timedelta(minutes=1), times.closes_at - times.opened_at)
    left, width = rect.x() + px(48), rect.width() - px(150)

    def at(moment: datetime) -> float:
        share = (moment - times.opened_at) / whole
        return left + width * min(1.12, max(0.0, share))

    top, height = rect.y() + px(40), px(18)
    now, end = at(min(times.now, times.closes_at)), at(times.closes_at)
    painter.fillRect(QRectF(rect.x(), top, rect.width(), height), theme.colour("mute"))
    painter.fillRect(QRectF(left, top, now - left, height), theme.colour("q2"))
    painter.fillRect(QRectF(now, top, end - now, height), theme.colour("lamp"))
    for came in times.answers:
        _draw_mark(painter, at(came.at), top + height / 2, is_offer=came.is_offer)
    _draw_moment(painter, left, rect, say("Opened"), times.opened_at, "text")
    _draw_moment(painter, end, rect, say("Closes"), times.closes_at, "text")
    if times.opened_at < times.now < times.closes_at and min(now - left, end - now) > px(70):
        _draw_moment(painter, now, rect, say("Now"), times.now, "lamptext")
    _draw_key(painter, QRectF(rect.x(), rect.y() + px(76), rect.width(), px(20)))


def _draw_moment(painter: QPainter, x: float, rect: QRectF, words: str, at: datetime, ink: str) -> None:
    px = current().px
    colour = current().colour("lampline" if ink == "lamptext" else ink)
    painter.fillRect(QRectF(x - 1, rect.y() + px(34), 2, px(30)), colour)
    room = QRectF(x - px(50), rect.y(), px(100), px(17))
    centre = Qt.AlignmentFlag.AlignHCenter
    draw_text(painter, room, words, role="second", bold=True, ink=ink, align=centre)
    room.translate(0, px(16))
    draw_text(painter, room, moment_words(at), role="second", ink="text2", align=centre)


def _draw_mark(painter: QPainter, x: float, middle: float, *, is_offer: bool) -> None:
    theme, px = current(), current().px
    if is_offer:
        painter.setPen(QPen(theme.colour("primary"), 2))
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(QPointF(x, middle), px(5), px(5))
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        side = px(14)
        paint_icon(painter, "x", QRectF(x - side / 2, middle - side / 2, side, side), "text")


def _draw_key(painter: QPainter, room: QRectF) -> None:
    px = current().px
    middle = room.center().y()
    x = room.x() + px(54)
    _draw_mark(painter, x, middle, is_offer=True)
    x += px(12)
    rest = QRectF(x, room.y(), room.right() - x, room.height())
    x += draw_text(painter, rest, say("offer came in"), role="second", ink="text2") + px(26)
    _draw_mark(painter, x, middle, is_offer=False)
    rest = QRectF(x + px(12), room.y(), room.right() - x, room.height())
    draw_text(painter, rest, say("declined"), role="second", ink="text2")
