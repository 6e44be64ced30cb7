"""The base of drawn pictures: a pure drawing function, a size, a description for those who do not see it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from brokerdesk.ui.theme import current


class Painted(QWidget):
    """A picture; a subclass draws in `draw` and describes itself with `describe`."""

    def __init__(self, width: int, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted = QSize(current().px(width), current().px(height))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def describe(self, name: str, told: str) -> None:
        """Say in words what is drawn."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(told)
        self.updateGeometry()
        self.update()

    def want_height(self, height: int) -> None:
        """Ask for another height, px at 100 %."""
        self._wanted = QSize(self._wanted.width(), current().px(height))
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        return self._wanted

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(current().px(80), self._wanted.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        self.draw(painter, QRectF(self.rect()))
        painter.end()

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        """Draw into the rectangle, in the theme in force."""
