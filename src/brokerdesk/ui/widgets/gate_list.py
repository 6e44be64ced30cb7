"""The award gate: one row a rule, met, not met or not applying, with its evidence; nothing to override."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current, paint_icon
from brokerdesk.ui.widgets.row_model import ROW_ROLE, Index, RowModel
from brokerdesk.ui.widgets.rows import draw_hairline, draw_row_focus, draw_text, rect_of

LEFT, RIGHT = 288, 74
"""Room before and after the evidence, px."""
ORDER = {"not_met": 0, "advisory": 1, "met": 2, "not_applying": 3}
SPOKEN = {
    "not_met": "Not met",
    "advisory": "Met, with a warning",
    "met": "Met",
    "not_applying": "Does not apply",
}
LOOK = {
    "not_met": ("circle-x", "bad"),
    "advisory": ("triangle-alert", "warn"),
    "met": ("circle-check", "ok"),
    "not_applying": ("minus", "text3"),
}


@dataclass(frozen=True, slots=True)
class GateRow:
    """One rule of the gate."""

    key: str
    name: str
    evidence: str
    """What shows it, with its date; for a rule not met, what is missing and what to do."""
    verdict: str = "met"
    """met, advisory (met, but be wary), not_met or not_applying."""
    link: str = ""
    """Word of the link at the right: Open, Rule."""


class GateModel(RowModel[GateRow]):
    """Rules: those not met first, then met, then those that do not apply."""

    @override
    def set_rows(self, rows: Sequence[GateRow]) -> None:
        super().set_rows(sorted(rows, key=lambda row: ORDER[row.verdict]))

    @override
    def words(self, row: GateRow, role: int) -> str | None:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.name
            case Qt.ItemDataRole.ToolTipRole:
                return row.evidence
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{say(SPOKEN[row.verdict])}. {row.name}. {row.evidence}"
        return None


class GateDelegate(QStyledItemDelegate):
    """Mark, name, evidence over as many lines as it needs, link."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: GateRow = index.data(ROW_ROLE)
        px = current().px
        list_view = option.widget
        wide = list_view.viewport().width() if isinstance(list_view, QListView) else 0
        room = wide - px(LEFT + RIGHT)
        words = QFontMetrics(current().font("body")).boundingRect(
            QRect(0, 0, max(px(120), room), 0), int(Qt.TextFlag.TextWordWrap), row.evidence
        )
        is_stop = row.verdict == "not_met"
        return QSize(0, max(px(61 if is_stop else 38), words.height() + px(24 if is_stop else 12)))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, px = current(), current().px
        row: GateRow = index.data(ROW_ROLE)
        rect = rect_of(option)
        painter.save()
        if row.verdict == "not_met":
            painter.fillRect(rect, theme.colour("badbg"))
            painter.fillRect(QRectF(rect.x(), rect.y(), px(4), rect.height()), theme.colour("bad"))
        draw_hairline(painter, rect)
        icon, tone = LOOK[row.verdict]
        side = px(18)
        paint_icon(painter, icon, QRectF(rect.x() + px(14), rect.center().y() - side / 2, side, side), tone)
        is_quiet = row.verdict == "not_applying"
        name = QRectF(rect.x() + px(46), rect.y(), px(234), rect.height())
        draw_text(painter, name, row.name, bold=not is_quiet, ink="text2" if is_quiet else "text")
        self._draw_evidence(painter, rect, row)
        if row.link:
            where = rect.adjusted(0, 0, -px(14), 0)
            draw_text(painter, where, row.link, bold=True, ink="link", align=Qt.AlignmentFlag.AlignRight)
        draw_row_focus(painter, option)
        painter.restore()

    def _draw_evidence(self, painter: QPainter, rect: QRectF, row: GateRow) -> None:
        theme, px = current(), current().px
        room = rect.adjusted(px(LEFT), 0, -px(RIGHT), 0)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("text" if row.verdict == "not_met" else "text2"))
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft) | int(
            Qt.TextFlag.TextWordWrap
        )
        painter.drawText(room, flags, row.evidence)


class GateList(QListView):
    """Rules one under the other; Enter opens the evidence, or the form that settles a rule not met.

    Signals:
        opened: key of the rule.
    """

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("Rules of the award"))
        self.gate = GateModel(self)
        self.setModel(self.gate)
        self.setItemDelegate(GateDelegate(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.clicked.connect(self._open)

    def set_rows(self, rows: Sequence[GateRow]) -> None:
        """Show rules; those not met come first, and the keyboard stays on its rule."""
        at = self.currentIndex().row()
        kept = self.gate.rows[at].key if 0 <= at < len(self.gate.rows) else ""
        self.gate.set_rows(rows)
        keys = [row.key for row in self.gate.rows]
        if kept in keys or (self.hasFocus() and keys):
            self.setCurrentIndex(self.gate.index(keys.index(kept) if kept in keys else 0))

    def counts(self) -> dict[str, int]:
        """How many rules are met, not met, not applying; an advisory one is met."""
        said = ["met" if row.verdict == "advisory" else row.verdict for row in self.gate.rows]
        return {verdict: said.count(verdict) for verdict in ("not_met", "met", "not_applying")}

    def _open(self, index: Index) -> None:
        row = self.gate.rows[index.row()]
        if row.link or row.verdict == "not_met":
            self.opened.emit(row.key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard starts on the first rule, which is one not met if there is any."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.gate.rows:
            self.setCurrentIndex(self.gate.index(0))
