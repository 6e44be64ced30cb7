"""The left rail: places, with a badge on Today, and you at the foot."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.theme import current, paint_icon
from brokerdesk.ui.widgets.label import Label

WIDTH, NARROW_WIDTH = 88, 56


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the rail."""

    key: str
    words: str
    icon: str
    is_at_foot: bool = False


class RailButton(QAbstractButton):
    """An icon of 20 over a word of 13; the place you are in is lit."""

    def __init__(self, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = place
        self.badge = 0
        self._is_narrow = False
        self.setText(place.words)
        self.setAccessibleName(place.words)
        self.setProperty("on_rail", True)
        self.setCheckable(True)
        self.setFixedSize(current().px(76), current().px(56))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_narrow(self, is_narrow: bool) -> None:
        """Keep the icon only, with the word in a tooltip."""
        self._is_narrow = is_narrow
        self.setFixedSize(current().px(44 if is_narrow else 76), current().px(44 if is_narrow else 56))
        self.setToolTip(self.place.words if is_narrow else "")

    def set_badge(self, count: int) -> None:
        """Show how many things are for you; none for 0."""
        self.badge = count
        told = say_many("{count} thing for you", "{count} things for you", count) if count else ""
        self.setAccessibleDescription(told)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = "onrail" if self.isChecked() else "railtext"
        if self.isChecked() or self.underMouse():
            self._light(painter)
        side = theme.px(20)
        top = theme.px(12 if self._is_narrow else 9)
        paint_icon(painter, self.place.icon, QRect((self.width() - side) // 2, top, side, side), ink)
        if not self._is_narrow:
            painter.setFont(theme.font("second", bold=False))
            painter.setPen(theme.colour(ink))
            words = QRect(0, theme.px(31), self.width(), theme.px(18))
            painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), self.text())
        if self.badge:
            self._draw_badge(painter)
        painter.end()

    def _light(self, painter: QPainter) -> None:
        theme = current()
        painter.setPen(QPen(theme.colour("control"), 1) if theme.tokens.is_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("railon"))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)

    def _draw_badge(self, painter: QPainter) -> None:
        theme = current()
        side = theme.px(16)
        words = str(self.badge) if self.badge < 100 else "99+"
        disc = QRectF(
            self.width() / 2 + theme.px(4 if self._is_narrow else 9),
            theme.px(4),
            max(side, theme.px(7 * len(words) + 4)),
            side,
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("lamp"))
        painter.drawRoundedRect(disc, side / 2, side / 2)
        painter.setPen(theme.colour("onlamp"))
        painter.setFont(theme.font("axis", bold=True))
        painter.drawText(disc, int(Qt.AlignmentFlag.AlignCenter), words)


class _Mark(QWidget):
    """The letter b whose eye is the lamp."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(current().px(28), current().px(28))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        draw_mark_of_house(self, QPainter(self))


def draw_mark_of_house(widget: QWidget, painter: QPainter) -> None:
    """Draw the mark into a square widget."""
    theme = current()
    unit = widget.width() / 28
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("onrail"))
    painter.drawRoundedRect(QRectF(widget.rect()), 6 * unit, 6 * unit)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    ink = "rail" if not theme.tokens.is_contrast else "page"
    painter.setPen(QPen(theme.colour(ink), 3 * unit, c=Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(9.5 * unit, 6 * unit), QPointF(9.5 * unit, 20 * unit))
    painter.drawEllipse(QRectF(9.5 * unit, 11.5 * unit, 9.5 * unit, 9.5 * unit))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("lamp"))
    painter.drawEllipse(QRectF(12 * unit, 14 * unit, 4.5 * unit, 4.5 * unit))
    painter.end()


class _Initials(QWidget):
    """The officer's initials on a disc."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self.setFixedSize(current().px(28), current().px(28))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("railtext"), 1) if theme.tokens.is_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("railon"))
        painter.drawEllipse(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(theme.colour("onrail"))
        painter.setFont(theme.font("axis", bold=True))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.words)
        painter.end()


class Rail(QFrame):
    """Buttons of the places that there are, one lit.

    Signals:
        chosen: key of the place pressed.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self.setAccessibleName(say("Places"))
        self.setFixedWidth(current().px(WIDTH))
        self.buttons: dict[str, RailButton] = {}
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, current().px(16), 0, current().px(8))
        self._column.setSpacing(current().px(2))
        centre = Qt.AlignmentFlag.AlignHCenter
        self._column.addWidget(_Mark(), 0, centre)
        self._column.addSpacing(current().px(12))
        self._column.addStretch(1)
        self._initials = _Initials()
        self._you = Label("", wrap=True)
        self._you.setAlignment(centre)
        self._column.addWidget(self._initials, 0, centre)
        self._column.addWidget(self._you)
        self._initials.hide()
        self._places_above = 0

    def add_place(self, place: Place) -> None:
        """Add a place under those that are there; Settings stands at the foot."""
        button = RailButton(place)
        button.clicked.connect(lambda: self.chosen.emit(place.key))
        self._group.addButton(button)
        self.buttons[place.key] = button
        at = self._column.count() - 2 if place.is_at_foot else 2 + self._places_above
        self._column.insertWidget(at, button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._places_above += int(not place.is_at_foot)

    def set_narrow(self, is_narrow: bool) -> None:
        """Keep the icons only, where the window is narrow."""
        self.setFixedWidth(current().px(NARROW_WIDTH if is_narrow else WIDTH))
        for button in self.buttons.values():
            button.set_narrow(is_narrow)
        self._you.setVisible(not is_narrow)

    def set_place(self, key: str) -> None:
        """Light a place; a key that is no place of the rail leaves none lit."""
        self._group.setExclusive(False)
        for name, button in self.buttons.items():
            button.setChecked(name == key)
        self._group.setExclusive(True)

    def set_badge(self, key: str, count: int) -> None:
        """Put a count on a place."""
        if key in self.buttons:
            self.buttons[key].set_badge(count)

    def set_you(self, name: str, post: str) -> None:
        """Show who is signed in."""
        parts = name.split()
        self._initials.words = "".join(part[0] for part in (parts[0], parts[-1])).upper() if parts else ""
        self._initials.setVisible(bool(parts))
        self._initials.update()
        short = f"{parts[0]} {parts[-1][0]}." if len(parts) > 1 else name
        self._you.setText(f"{short}\n{post}")
        self._you.setAccessibleName(say("Signed in: {name}, {post}", name=name, post=post))
