"""Chips: a status or a fact in a tinted pill, painted so that tables can draw the same."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from brokerdesk.ui.theme import current, paint_icon

HEIGHT = 20


@dataclass(frozen=True, slots=True)
class ChipLook:
    """How a kind of chip is drawn, in tokens."""

    ink: str
    fill: str
    edge: str = ""
    icon: str = ""
    is_square: bool = False
    is_bold: bool = True


LOOKS = {
    "completed": ChipLook("text2", "", icon="check", is_bold=False),
    "in_progress": ChipLook("info", "infobg"),
    "next": ChipLook("lamptext", "lampbg", "lampline"),
    "cannot_start": ChipLook("text3", "", icon="lock", is_bold=False),
    "needs_attention": ChipLook("bad", "badbg", icon="circle-alert"),
    "met": ChipLook("ok", "okbg", icon="check"),
    "ok": ChipLook("ok", "okbg"),
    "advisory": ChipLook("warn", "warnbg"),
    "bad": ChipLook("bad", "badbg"),
    "waiting": ChipLook("info", "infobg", icon="hourglass"),
    "sealed": ChipLook("ok", "okbg", icon="lock"),
    "declined": ChipLook("text2", "mute", icon="x"),
    "best": ChipLook("ok", "okbg", icon="star"),
    "quiet": ChipLook("text2", "mute"),
    "tier": ChipLook("text2", "", "control", is_square=True, is_bold=False),
    "reference": ChipLook("text2", "mute", is_square=True),
    "key": ChipLook("text3", "", "line", is_square=True, is_bold=False),
}
"""Kinds: the five statuses, then tones. `completed` and `cannot_start` are plain words with their icon."""


def chip_width(text: str, kind: str) -> float:
    """Room a chip takes, px."""
    theme, look = current(), LOOKS[kind]
    words = QFontMetricsF(theme.font("second", bold=look.is_bold)).horizontalAdvance(text)
    pad = theme.px(8) * 2 if look.fill or look.edge else 0
    return words + pad + (theme.px(19) if look.icon else 0)


def draw_chip(painter: QPainter, at: QPointF, text: str, kind: str) -> float:
    """Draw a chip with its left edge and middle at a point; returns its width."""
    theme, look = current(), LOOKS[kind]
    width, height = chip_width(text, kind), float(theme.px(HEIGHT))
    rect = QRectF(at.x(), at.y() - height / 2, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _draw_body(painter, rect, look)
    inside = rect.adjusted(theme.px(8), 0, -theme.px(8), 0) if look.fill or look.edge else rect
    if look.icon:
        side = theme.px(14)
        paint_icon(painter, look.icon, QRectF(inside.x(), rect.center().y() - side / 2, side, side), look.ink)
        inside.setLeft(inside.left() + theme.px(19))
    painter.setPen(theme.colour(look.ink))
    painter.setFont(theme.font("second", bold=look.is_bold))
    painter.drawText(inside.adjusted(0, 0, theme.px(8), 0), int(Qt.AlignmentFlag.AlignVCenter), text)
    painter.restore()
    return width


def _draw_body(painter: QPainter, rect: QRectF, look: ChipLook) -> None:
    if not look.fill and not look.edge:
        return
    theme = current()
    edge = look.edge or ("control" if theme.tokens.is_contrast else "")
    painter.setPen(QPen(theme.colour(edge), 1) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(look.fill) if look.fill else Qt.BrushStyle.NoBrush)
    radius = 4.0 if look.is_square else rect.height() / 2
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


class Chip(QWidget):
    """A chip on a page; says its words to screen readers."""

    def __init__(self, text: str, kind: str = "quiet", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_chip(text, kind)

    def set_chip(self, text: str, kind: str = "quiet") -> None:
        """Show other words or another kind."""
        self.text, self.kind = text, kind
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(round(chip_width(self.text, self.kind)) + 1, current().px(HEIGHT) + 2)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_chip(painter, QPointF(0, self.height() / 2), self.text, self.kind)
        painter.end()
