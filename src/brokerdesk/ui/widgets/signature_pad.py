"""A pad to sign on with a pen, a finger or the mouse; the picture is drawn into the letter."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QImageWriter, QMouseEvent, QPainter, QPainterPath, QPen
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.theme import LIGHT, current
from brokerdesk.ui.widgets.painted import Painted
from brokerdesk.ui.widgets.rows import draw_text

WIDTH, HEIGHT, SHARPER = 260, 84, 4
MARGIN = 6


class SignaturePad(Painted):
    """Strokes as they were drawn.

    Signals:
        drawn: a stroke was finished, or all were wiped.
    """

    drawn = Signal()

    def __init__(self) -> None:
        super().__init__(WIDTH, HEIGHT)
        self.strokes: list[list[QPointF]] = []
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._tell()

    def _tell(self) -> None:
        told = say("Signed") if self.strokes else say("Nothing drawn yet. A typed name needs no drawing.")
        self.describe(say("Signature pad"), told)

    def clear(self) -> None:
        """Wipe the pad."""
        self.strokes.clear()
        self._tell()
        self.drawn.emit()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is drawn."""
        return not self.strokes

    def picture(self) -> bytes | None:
        """What was drawn, in dark ink on nothing, as PNG cut to the strokes; none where nothing was drawn."""
        path = self._path()
        box = path.boundingRect().adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
        if path.isEmpty():
            return None
        image = QImage((box.size() * SHARPER).toSize(), QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(SHARPER, SHARPER)
        painter.translate(-box.topLeft())
        _draw_strokes(painter, path, QColor(LIGHT.text))
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"PNG")).write(image)
        return bytes(buffer.data().data())

    def _path(self) -> QPainterPath:
        path = QPainterPath()
        for stroke in self.strokes:
            path.moveTo(stroke[0])
            for point in stroke[1:] or [stroke[0] + QPointF(0.5, 0.5)]:
                path.lineTo(point)
        return path

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        theme = current()
        painter.setPen(QPen(theme.colour("control"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(theme.colour("sunken"))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if self.is_empty:
            words = say("Sign here")
            draw_text(painter, rect, words, ink="text3", align=Qt.AlignmentFlag.AlignHCenter)
        _draw_strokes(painter, self._path(), theme.colour("text"))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.strokes.append([event.position()])
        self.update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.strokes and event.buttons() & Qt.MouseButton.LeftButton:
            self.strokes[-1].append(event.position())
            self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._tell()
        self.drawn.emit()


def _draw_strokes(painter: QPainter, path: QPainterPath, ink: QColor) -> None:
    pen = QPen(ink, 2.2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.drawPath(path)
