"""Drawing shared by lists and tables: text that elides, marks, hairlines, selection and the row's focus."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from brokerdesk.ui.theme import current, paint_icon


def has_state(option: QStyleOptionViewItem, flag: QStyle.StateFlag) -> bool:
    """Whether the row is drawn in a state: selected, focused, enabled."""
    return bool(option.state & flag)


def rect_of(option: QStyleOptionViewItem) -> QRectF:
    """Where the row is drawn."""
    return QRectF(option.rect)


def draw_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    *,
    role: str = "body",
    bold: bool | None = None,
    ink: str = "text",
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> float:
    """One line of text, elided in the middle if it does not fit; returns the width drawn."""
    theme = current()
    font = theme.font(role, bold=bold)
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, max(0.0, rect.width()))
    painter.setFont(font)
    painter.setPen(theme.colour(ink))
    painter.drawText(rect, int(align | Qt.AlignmentFlag.AlignVCenter), shown)
    return metrics.horizontalAdvance(shown)


def draw_two_lines(
    painter: QPainter,
    rect: QRectF,
    first: str,
    second: str,
    *,
    bold: bool = False,
    ink: str = "text",
    ink2: str = "text2",
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    role: str = "body",
) -> None:
    """A line and a smaller line under it, together in the middle of a row; one line alone is centred."""
    line = float(current().px(17))
    if not second:
        draw_text(painter, rect, first, bold=bold, ink=ink, align=align, role=role)
        return
    top = rect.center().y() - line
    draw_text(
        painter, QRectF(rect.x(), top, rect.width(), line), first, bold=bold, ink=ink, align=align, role=role
    )
    lower = QRectF(rect.x(), top + line, rect.width(), line)
    draw_text(painter, lower, second, role="second", ink=ink2, align=align)


def draw_row_ground(painter: QPainter, option: QStyleOptionViewItem, *, edge: bool = True) -> None:
    """Selection tint with its edge, then the hairline under the row."""
    theme = current()
    rect = rect_of(option)
    if has_state(option, QStyle.StateFlag.State_Selected):
        painter.fillRect(rect, theme.colour("select"))
        if edge:
            painter.fillRect(QRectF(rect.x(), rect.y(), 3, rect.height()), theme.colour("primary"))
    draw_hairline(painter, rect)


def draw_hairline(painter: QPainter, rect: QRectF) -> None:
    """A line of one pixel at the foot of a row; filled, because a stroke would smear."""
    painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1), current().colour("line"))


def draw_row_focus(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """The focus edge inside a row or cell that has the keyboard."""
    if not has_state(option, QStyle.StateFlag.State_HasFocus):
        return
    theme = current()
    width = theme.tokens.focus_width
    painter.save()
    painter.setPen(QPen(theme.colour("focus"), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = width / 2
    painter.drawRect(rect_of(option).adjusted(half, half, -half, -half - 1))
    painter.restore()


def draw_mark(painter: QPainter, x: float, middle: float, kind: str, number: int = 0) -> None:
    """A round mark of 24: done (tick), next (its number on the lamp), locked (dashed ring with a lock)."""
    theme = current()
    side = float(theme.px(24))
    circle = QRectF(x, middle - side / 2, side, side)
    inside = circle.adjusted(5, 5, -5, -5)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    match kind:
        case "completed":
            _disc(painter, circle, "tint", "tint")
            paint_icon(painter, "check", inside, "primary")
        case "next" | "in_progress":
            fill, edge = ("lamp", "lampline") if kind == "next" else ("infobg", "info")
            _disc(painter, circle, fill, edge if kind != "next" else "lamp")
            ink = "onlamp" if kind == "next" else "info"
            text = str(number) if number else ""
            draw_text(
                painter, circle, text, role="second", bold=True, ink=ink, align=Qt.AlignmentFlag.AlignHCenter
            )
        case "needs_attention":
            _disc(painter, circle, "badbg", "bad")
            paint_icon(painter, "circle-alert", inside, "bad")
        case _:
            painter.setPen(QPen(theme.colour("control"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(circle.adjusted(0.5, 0.5, -0.5, -0.5))
            paint_icon(painter, "lock", inside, "text3")
    painter.restore()


def _disc(painter: QPainter, circle: QRectF, fill: str, edge: str) -> None:
    theme = current()
    outline = "control" if theme.tokens.is_contrast and fill == edge else edge
    painter.setPen(QPen(theme.colour(outline), 1))
    painter.setBrush(theme.colour(fill))
    painter.drawEllipse(circle.adjusted(0.5, 0.5, -0.5, -0.5))
