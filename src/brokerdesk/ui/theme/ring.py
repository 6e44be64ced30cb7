"""The one focus ring: two pixels wide, two outside the control that has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QFocusFrame,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from typing_extensions import override

from brokerdesk.ui.theme.current import current


class _Frame(QFocusFrame):
    """Draws the ring; rows and grids draw their own on the cell's edge."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current()
        owner = self.widget()
        colour = "onrail" if owner.property("on_rail") else "focus"
        width = theme.tokens.focus_width
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(colour), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 6, 6)
        painter.end()


class FocusRing(QObject):
    """Moves one frame to whatever control takes the keyboard."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._frame: _Frame | None = None
        app.focusChanged.connect(self._move)

    def _move(self, _left: QWidget | None, came: QWidget | None) -> None:
        target = came if came is not None and wants_ring(came) else None
        if self._frame is None and target is None:
            return
        frame = self._living_frame()
        if frame.widget() is not target:
            frame.setWidget(target)  # type: ignore[arg-type]  # Qt accepts none: the ring goes away

    def _living_frame(self) -> _Frame:
        """The frame, made anew when Qt took it down with the window that held it."""
        from shiboken6 import isValid

        if self._frame is None or not isValid(self._frame):
            self._frame = _Frame()
        return self._frame


def wants_ring(widget: QWidget) -> bool:
    """Whether the ring goes round this control; lists and tables draw it inside, on the row."""
    is_popup = widget.window().windowType() == Qt.WindowType.Popup
    if isinstance(widget, QAbstractItemView) or widget.property("no_ring") or is_popup:
        return False
    return not isinstance(widget, QAbstractScrollArea) or isinstance(widget, QPlainTextEdit | QTextEdit)
