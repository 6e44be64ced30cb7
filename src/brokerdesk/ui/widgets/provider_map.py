"""Providers around the person, on a map that needs no network: postcodes are the dots."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, hypot, radians

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.theme import current, paint_icon
from brokerdesk.ui.widgets.rows import draw_text

MILES_A_DEGREE = 69.05
RINGS = (2, 4, 6)
SCALE_MILES = 2
ZOOMS = (1.0, 1.5, 2.25, 3.4, 5.0)


@dataclass(frozen=True, slots=True)
class Dot:
    """A postcode of the area."""

    latitude: float
    longitude: float
    is_in_zone: bool = False


@dataclass(frozen=True, slots=True)
class Pin:
    """A provider: a rank, or left out."""

    key: str
    latitude: float
    longitude: float
    name: str
    rank: int | None = None
    """None where it is left out."""
    is_close: bool = False
    """It comes to the person, her street or her sector already."""


@dataclass(frozen=True, slots=True)
class MapFacts:
    """Everything drawn."""

    latitude: float
    """Of the person's home or outcode."""
    longitude: float
    dots: tuple[Dot, ...] = ()
    pins: tuple[Pin, ...] = ()
    labels: tuple[tuple[float, float, str], ...] = ()
    """Outcodes: latitude, longitude, words."""


def miles_from(facts: MapFacts, latitude: float, longitude: float) -> tuple[float, float]:
    """Miles east and south of the person, flat over so small an area."""
    east = (longitude - facts.longitude) * MILES_A_DEGREE * cos(radians(facts.latitude))
    return east, (facts.latitude - latitude) * MILES_A_DEGREE


class ProviderMap(QWidget):
    """Dots once into a picture, pins on top; the ranked list beside it is its accessible form.

    Signals:
        chosen: key of the pin pressed, or reached with the arrow keys.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facts = MapFacts(0, 0)
        self.chosen_key = ""
        self.zoom = 0
        self._ground: QPixmap | None = None
        self._ground_for: object = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(say("Map of providers around the person"))

    def set_facts(self, facts: MapFacts) -> None:
        """Draw another area."""
        self.facts = facts
        self._ground = None
        count = sum(pin.rank is not None for pin in facts.pins)
        left_out = len(facts.pins) - count
        told = say_many("{count} provider may be asked", "{count} providers may be asked", count)
        told += f", {say('{count} left out', count=left_out)}"
        close = [pin.name for pin in facts.pins if pin.is_close]
        if close:
            told += f". {say('Near here already: {names}', names=', '.join(close))}"
        self.setAccessibleDescription(told)
        self.update()

    def choose(self, key: str) -> None:
        """Show which pin the list is on."""
        self.chosen_key = key
        self.update()

    def zoom_by(self, steps: int) -> None:
        """Closer (1) or further (-1)."""
        self.zoom = min(len(ZOOMS) - 1, max(0, self.zoom + steps))
        self._ground = None
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(current().px(474), current().px(460))

    def _scale(self) -> float:
        """Px a mile: at the widest, six miles and a margin fit."""
        return min(self.width(), self.height()) / 14 * ZOOMS[self.zoom]

    def _at(self, latitude: float, longitude: float) -> QPointF:
        east, south = miles_from(self.facts, latitude, longitude)
        scale = self._scale()
        return QPointF(self.width() / 2 + east * scale, self.height() / 2 + south * scale)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawn_ground())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        home = self._at(self.facts.latitude, self.facts.longitude)
        chosen = next((pin for pin in self.facts.pins if pin.key == self.chosen_key), None)
        if chosen is not None:
            painter.setPen(QPen(current().colour("primary"), 2))
            painter.drawLine(home, self._at(chosen.latitude, chosen.longitude))
        for pin in sorted(self.facts.pins, key=lambda pin: (pin is chosen, pin.rank is not None)):
            draw_pin(painter, self._at(pin.latitude, pin.longitude), pin, is_chosen=pin is chosen)
        draw_home(painter, home)
        self._draw_scale(painter)
        if self.hasFocus():
            width = current().tokens.focus_width
            painter.setPen(QPen(current().colour("focus"), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def _drawn_ground(self) -> QPixmap:
        """Land, dots, rings and labels, drawn once for each size, zoom and theme."""
        theme = current()
        wanted = (self.size().toTuple(), self.zoom, theme, self.devicePixelRatioF())
        if self._ground is None or self._ground_for != wanted:
            ratio = self.devicePixelRatioF()
            ground = QPixmap(self.size() * ratio)
            ground.setDevicePixelRatio(ratio)
            ground.fill(theme.colour("land"))
            painter = QPainter(ground)
            self._draw_ground(painter)
            painter.end()
            self._ground, self._ground_for = ground, wanted
        return self._ground

    def _draw_ground(self, painter: QPainter) -> None:
        theme, px = current(), current().px
        side = max(1.5, px(1.6))
        for is_in_zone, token in ((False, "dots"), (True, "dotsin")):
            colour = theme.colour(token)
            for dot in self.facts.dots:
                if dot.is_in_zone is is_in_zone:
                    at = self._at(dot.latitude, dot.longitude)
                    painter.fillRect(QRectF(at.x() - side / 2, at.y() - side / 2, side, side), colour)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        home = self._at(self.facts.latitude, self.facts.longitude)
        for miles in RINGS:
            self._draw_ring(painter, home, miles)
        for latitude, longitude, words in self.facts.labels:
            at = self._at(latitude, longitude)
            room = QRectF(at.x() - px(30), at.y() - px(8), px(60), px(16))
            draw_text(
                painter, room, words, role="axis", bold=True, ink="text2", align=Qt.AlignmentFlag.AlignHCenter
            )

    def _draw_ring(self, painter: QPainter, home: QPointF, miles: int) -> None:
        theme, px = current(), current().px
        radius = miles * self._scale()
        painter.setPen(QPen(theme.colour("control"), 1, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(home, radius, radius)
        words = QRectF(home.x() - px(22), home.y() - radius - px(8), px(44), px(16))
        painter.fillRect(words.adjusted(px(4), 0, -px(4), 0), theme.colour("land"))
        text = say("{miles} mi", miles=miles)
        draw_text(painter, words, text, role="axis", ink="text2", align=Qt.AlignmentFlag.AlignHCenter)

    def _draw_scale(self, painter: QPainter) -> None:
        """How long two miles are, in the corner."""
        theme, px, length = current(), current().px, SCALE_MILES * self._scale()
        if length + px(80) > self.width():
            return
        box = QRectF(px(8), self.height() - px(32), length + px(62), px(24))
        painter.fillRect(box, theme.colour("surface"))
        painter.setPen(QPen(theme.colour("text2"), 1.5))
        left, y = box.x() + px(8), box.center().y() + px(3)
        painter.drawLine(QPointF(left, y), QPointF(left + length, y))
        for share in (0.0, 0.5, 1.0):
            x = left + length * share
            painter.drawLine(QPointF(x, y - px(4)), QPointF(x, y))
        words = QRectF(left + length + px(6), box.y(), px(44), box.height())
        draw_text(painter, words, say("{miles} mi", miles=SCALE_MILES), role="axis", ink="text2")

    def pin_at(self, point: QPointF) -> Pin | None:
        """The nearest pin within reach of a press."""
        near = [
            (hypot(at.x() - point.x(), at.y() - point.y()), pin)
            for pin in self.facts.pins
            for at in (self._at(pin.latitude, pin.longitude),)
        ]
        close = [(distance, pin.key, pin) for distance, pin in near if distance <= current().px(14)]
        return min(close)[2] if close else None

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        pin = self.pin_at(event.position())
        if pin is not None:
            self._choose_and_tell(pin)

    def _choose_and_tell(self, pin: Pin) -> None:
        self.choose(pin.key)
        self.setToolTip(pin.name)
        self.chosen.emit(pin.key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        order = sorted(self.facts.pins, key=lambda pin: (pin.rank is None, pin.rank or 0, pin.name))
        keys = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
        if event.key() in keys and order:
            now = next((at for at, pin in enumerate(order) if pin.key == self.chosen_key), -1)
            step = keys[Qt.Key(event.key())]
            self._choose_and_tell(order[min(len(order) - 1, max(0, now + step))])
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom_by(-1 if event.key() == Qt.Key.Key_Minus else 1)
        else:
            super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_by(1 if event.angleDelta().y() > 0 else -1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ground = None


def draw_pin(painter: QPainter, at: QPointF, pin: Pin, *, is_chosen: bool) -> None:
    """A filled disc with the rank, or an outlined one with a cross."""
    theme, px = current(), current().px
    radius = px(10 if pin.rank is not None else 8)
    if is_chosen:
        painter.setPen(QPen(theme.colour("focus"), 2))
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(at, radius + px(5), radius + px(5))
    painter.setPen(QPen(theme.colour("surface" if pin.rank is not None else "text2"), 1.5))
    painter.setBrush(theme.colour("primary" if pin.rank is not None else "surface"))
    painter.drawEllipse(at, radius, radius)
    room = QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
    if pin.rank is None:
        paint_icon(painter, "x", room.adjusted(3, 3, -3, -3), "text2")
    else:
        centre = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, room, str(pin.rank), role="axis", bold=True, ink="onprimary", align=centre)
    if pin.is_close:
        _draw_near(painter, at, radius)


def _draw_near(painter: QPainter, at: QPointF, radius: float) -> None:
    """A small lamp on the pin: its carers come here already."""
    theme, px = current(), current().px
    painter.setPen(QPen(theme.colour("onlamp"), 1))
    painter.setBrush(theme.colour("lamp"))
    painter.drawEllipse(QPointF(at.x() + radius * 0.75, at.y() - radius * 0.75), px(4), px(4))


def draw_home(painter: QPainter, at: QPointF) -> None:
    """The person's home, on the lamp."""
    theme, px = current(), current().px
    painter.setPen(QPen(theme.colour("onlamp"), 1.5))
    painter.setBrush(theme.colour("lamp"))
    painter.drawEllipse(at, px(13), px(13))
    side = px(16)
    paint_icon(painter, "house", QRectF(at.x() - side / 2, at.y() - side / 2, side, side), "onlamp")
