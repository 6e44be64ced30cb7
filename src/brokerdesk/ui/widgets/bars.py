"""Bars with their words and figures beside them: one message, from nought, longest first as given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.painted import Painted
from brokerdesk.ui.widgets.rows import draw_text

ROW, MOST = 26, 8
"""Height of one bar with its words, and how many are drawn; the table beside the picture has them all."""
_WORDS_SHARE = 0.46


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it stands for, how long it is, and its figure in words."""

    words: str
    value: float
    shown: str


class Bars(Painted):
    """Up to eight bars; its description says what they show for those who do not see them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(360, ROW, parent)
        self.bars: tuple[Bar, ...] = ()

    def set_bars(self, name: str, bars: Sequence[Bar]) -> None:
        """Draw other bars under a name that says what is drawn."""
        self.bars = tuple(bars[:MOST])
        self.want_height(ROW * max(1, len(self.bars)))
        told = "; ".join(f"{bar.words}: {bar.shown}" for bar in self.bars)
        self.describe(name, told or say("Nothing to draw"))

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        draw_bars(painter, rect, self.bars)


def draw_bars(painter: QPainter, rect: QRectF, bars: Sequence[Bar]) -> None:
    """Draw the bars under each other, their words at the left and the figure at the end of each."""
    theme, px = current(), current().px
    most = max((bar.value for bar in bars), default=0.0)
    left = rect.width() * _WORDS_SHARE
    room = rect.width() - left - px(52)
    for at, bar in enumerate(bars):
        top = rect.y() + at * px(ROW)
        words = QRectF(rect.x(), top, left - px(10), px(ROW))
        draw_text(painter, words, bar.words, role="second", ink="text2", align=Qt.AlignmentFlag.AlignRight)
        long = room * bar.value / most if most else 0.0
        bar_at = QRectF(rect.x() + left, top + px(6), max(1.0, long), px(14))
        painter.fillRect(bar_at, theme.colour("primary"))
        figure = QRectF(rect.x() + left + long + px(8), top, px(48), px(ROW))
        draw_text(painter, figure, bar.shown, role="second", ink="text")
