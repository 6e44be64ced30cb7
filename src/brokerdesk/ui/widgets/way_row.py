"""A row that opens another way: icon, two lines, chevron."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from brokerdesk.ui.theme import current, paint_icon
from brokerdesk.ui.widgets.rows import draw_two_lines

HEIGHT = 54


class WayRow(QPushButton):
    """Pressed by mouse, Enter or Space like any button."""

    def __init__(
        self,
        icon: str,
        words: str,
        detail: str,
        on_press: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "way")
        self.setAutoDefault(False)
        self.setAccessibleName(words)
        self.setAccessibleDescription(detail)
        self._icon, self._words, self._detail = icon, words, detail
        self.clicked.connect(lambda: on_press())

    @property
    def words(self) -> str:
        """The first line."""
        return self._words

    @override
    def sizeHint(self) -> QSize:
        return QSize(current().px(300), current().px(HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        px, rect = current().px, QRectF(self.rect())
        painter = QPainter(self)
        side = px(20)
        top = (self.height() - side) / 2
        paint_icon(painter, self._icon, QRectF(px(14), top, side, side), "primary")
        inside = rect.adjusted(px(46), 0, -px(40), 0)
        draw_two_lines(painter, inside, self._words, self._detail, bold=True)
        chevron = px(16)
        where = QRectF(rect.right() - px(14) - chevron, (self.height() - chevron) / 2, chevron, chevron)
        paint_icon(painter, "chevron-right", where, "text2")
        painter.end()
