"""Lucide icons, tinted with a token at the moment of drawing, sharp at every scale."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from typing_extensions import override

from brokerdesk.ui.theme.current import current
from brokerdesk.ui.theme.files import resource

_KEPT = 2000


@cache
def _drawing(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


def paint_icon(painter: QPainter, name: str, rect: QRectF | QRect, colour: str | QColor) -> None:
    """Draw an icon into a square, in a token's colour (or a colour of the theme already made)."""
    tint = current().colour(colour) if isinstance(colour, str) else colour
    picture = _picture(name, tint.name(), round(rect.width()), painter.device().devicePixelRatioF())
    painter.drawPixmap(QPointF(rect.topLeft()), picture)


def _picture(name: str, tint: str, size: int, ratio: float) -> QPixmap:
    key = (name, tint, size, ratio)
    found = _PICTURES.get(key)
    if found is None:
        if len(_PICTURES) > _KEPT:
            _PICTURES.clear()
        found = _PICTURES[key] = _draw(name, tint, size, ratio)
    return found


_PICTURES: dict[tuple[str, str, int, float], QPixmap] = {}


def _draw(name: str, tint: str, size: int, ratio: float) -> QPixmap:
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(_drawing(name).replace("#000", tint).encode())).render(painter)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


class _TintedEngine(QIconEngine):
    """Draws a named icon in the theme in force; greyed when its button is."""

    def __init__(self, name: str, colour: str, colour_on: str) -> None:
        super().__init__()
        self._name, self._colour, self._colour_on = name, colour, colour_on

    def _tint(self, mode: QIcon.Mode, state: QIcon.State) -> QColor:
        if mode == QIcon.Mode.Disabled:
            return current().colour("text3")
        return current().colour(self._colour_on if state == QIcon.State.On else self._colour)

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        square = QRect(0, 0, side, side)
        square.moveCenter(rect.center())
        paint_icon(painter, self._name, square, self._tint(mode, state))

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    @override
    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        side = round(min(size.width(), size.height()) / scale)
        return _picture(self._name, self._tint(mode, state).name(), side, scale)

    @override
    def clone(self) -> QIconEngine:
        copy = _TintedEngine(self._name, self._colour, self._colour_on)
        _CLONES.append(copy)
        return copy


_CLONES: list[_TintedEngine] = []


@cache
def icon(name: str, colour: str = "text2", colour_on: str | None = None) -> QIcon:
    """An icon by its Lucide name; `colour_on` is the token used while its button is checked."""
    engine = _TintedEngine(name, colour, colour_on or colour)
    _CLONES.append(engine)
    return QIcon(engine)
