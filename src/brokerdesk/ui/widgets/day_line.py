"""One line of the day: an axis from early to late with a block for each call."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.domain.visits import Visit
from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.painted import Painted
from brokerdesk.ui.widgets.rows import draw_text
from brokerdesk.ui.widgets.week_model import Call

HEIGHT, EARLY, LATE, STEP = 52, 6, 23, 3
_WORDS_WIDTH = 92


class DayLine(Painted):
    """The calls of a usual day, each at its time, as long as it lasts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(700, HEIGHT, parent)
        self.calls: tuple[tuple[str, Visit], ...] = ()

    def set_calls(self, calls: Sequence[Call]) -> None:
        """Show the first visit of each call."""
        self.calls = tuple((call.name, call.visits[0]) for call in calls if call.visits)
        told = ". ".join(
            say("{name} at {at}, {minutes} minutes", name=name, at=f"{visit.at:%H:%M}", minutes=visit.minutes)
            for name, visit in self.calls
        )
        self.describe(say("The calls of a day"), told)

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        draw_day(painter, rect, self.calls)


def draw_day(painter: QPainter, rect: QRectF, calls: Sequence[tuple[str, Visit]]) -> None:
    """Draw the axis and the blocks; words stand at the right of a block while there is room."""
    px, theme = current().px, current()
    left, width = rect.x() + px(40), rect.width() - px(80)
    early = min([EARLY, *(visit.at.hour for _, visit in calls)])

    def at(hours: float) -> float:
        return left + width * (hours - early) / (LATE + 0.5 - early)

    base = rect.y() + px(30)
    painter.fillRect(QRectF(left, base, width, 1), theme.colour("control"))
    for hour in range(early, LATE + 1):
        is_named = (hour - EARLY) % STEP == 0
        painter.fillRect(QRectF(at(hour), base, 1, px(5 if is_named else 3)), theme.colour("control"))
        if is_named:
            words = QRectF(at(hour) - px(30), base + px(4), px(60), px(16))
            draw_text(
                painter,
                words,
                f"{hour:02d}:00",
                role="axis",
                ink="text3",
                align=Qt.AlignmentFlag.AlignHCenter,
            )
    starts = [at(visit.at.hour + visit.at.minute / 60) for _, visit in calls]
    for number, (name, visit) in enumerate(calls):
        block = QRectF(
            starts[number], rect.y() + px(6), max(px(5), at(visit.minutes / 60 + early) - left), px(20)
        )
        painter.setPen(QPen(theme.colour("control"), 1) if theme.tokens.is_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("primary"))
        painter.drawRoundedRect(block, 3, 3)
        until = starts[number + 1] if number + 1 < len(starts) else rect.right()
        words = QRectF(block.right() + px(6), block.y(), min(px(150), until - block.right() - px(10)), px(20))
        if words.width() >= px(_WORDS_WIDTH) or number + 1 == len(starts):
            told = say("{name} {minutes} min", name=name, minutes=visit.minutes)
            draw_text(painter, words, told, role="second", ink="text2")
