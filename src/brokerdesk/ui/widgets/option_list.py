"""Options put to a person: one is taken, each with its price against the personal budget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from brokerdesk.core.domain.money import Money
from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.budget_ruler import RulerFacts, difference_words, draw_ruler
from brokerdesk.ui.widgets.chip import draw_chip
from brokerdesk.ui.widgets.row_model import ROW_ROLE, Index, RowModel
from brokerdesk.ui.widgets.rows import draw_hairline, draw_row_focus, draw_text, rect_of

ROW_HEIGHT, RULER_WIDTH, NARROW = 98, 250, 620


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One option as it was put to the person."""

    key: str
    provider: str
    first: str
    """What is offered and from when."""
    second: str
    """Rating, distance, what was said."""
    price: Money
    ruler: RulerFacts | None = None
    """None where no personal budget is known."""
    chip: str = ""
    """A warning, as `Late` or `2 visits missing`."""

    @property
    def difference(self) -> str:
        """Against the budget, in words."""
        return "" if self.ruler is None else difference_words(self.ruler.budget, self.ruler.price)


class OptionModel(RowModel[OptionRow]):
    """Options in the order in which they were shown, and the one that is taken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.taken = ""

    @override
    def set_rows(self, rows: Sequence[OptionRow]) -> None:
        """Show other options; the one taken stays if it is among them."""
        if all(row.key != self.taken for row in rows):
            self.taken = ""
        super().set_rows(rows)

    @override
    def words(self, row: OptionRow, role: int) -> str | None:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.provider
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row)
        return None

    def _spoken(self, row: OptionRow) -> str:
        state = say("Chosen") if row.key == self.taken else say("Not chosen")
        price = say("{price} a week", price=row.price.shown)
        parts = (state, row.provider, row.chip, price, row.difference, row.first, row.second)
        return ". ".join(part for part in parts if part)


class OptionDelegate(QStyledItemDelegate):
    """A round mark, provider and two lines at the left; price over its ruler at the right."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, current().px(ROW_HEIGHT))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, px, rect = current(), current().px, rect_of(option)
        row: OptionRow = index.data(ROW_ROLE)
        model = index.model()
        is_taken = isinstance(model, OptionModel) and model.taken == row.key
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_taken:
            painter.fillRect(rect, theme.colour("select"))
            painter.fillRect(QRectF(rect.x(), rect.y(), px(4), rect.height()), theme.colour("primary"))
        draw_hairline(painter, rect)
        _draw_mark(painter, QPointF(rect.x() + px(22), rect.y() + px(26)), is_taken=is_taken)
        self._draw_words(painter, rect, row)
        self._draw_price(painter, rect, row)
        draw_row_focus(painter, option)
        painter.restore()

    def _draw_words(self, painter: QPainter, rect: QRectF, row: OptionRow) -> None:
        px = current().px
        room = rect.width() - px(RULER_WIDTH + 74)
        line = QRectF(rect.x() + px(44), rect.y() + px(14), room, px(24))
        width = draw_text(painter, line, row.provider, role="card")
        if row.chip:
            draw_chip(painter, QPointF(line.x() + width + px(10), line.center().y()), row.chip, "advisory")
        lower = line.translated(0, px(25))
        draw_text(painter, QRectF(lower.x(), lower.y(), room, px(18)), row.first)
        draw_text(painter, QRectF(lower.x(), lower.y() + px(18), room, px(18)), row.second, ink="text2")

    def _draw_price(self, painter: QPainter, rect: QRectF, row: OptionRow) -> None:
        px = current().px
        place = QRectF(rect.right() - px(RULER_WIDTH + 14), rect.y() + px(12), px(RULER_WIDTH), px(28))
        width = draw_text(painter, place, row.price.shown, role="title")
        after = place.adjusted(width + px(8), px(2), 0, 0)
        draw_text(painter, after, say("a week"), ink="text2")
        if row.ruler is None:
            return
        is_over = row.ruler.price > row.ruler.budget
        ink = "bad" if is_over else "text"
        draw_text(painter, after, row.difference, bold=True, ink=ink, align=Qt.AlignmentFlag.AlignRight)
        draw_ruler(
            painter, QRectF(place.x() - px(6), place.bottom(), place.width() + px(12), px(46)), row.ruler
        )


def _draw_mark(painter: QPainter, at: QPointF, *, is_taken: bool) -> None:
    theme, px = current(), current().px
    painter.setPen(QPen(theme.colour("primary" if is_taken else "control"), 2 if is_taken else 1))
    painter.setBrush(theme.colour("surface"))
    painter.drawEllipse(at, px(7.5), px(7.5))
    if is_taken:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("primary"))
        painter.drawEllipse(at, px(4), px(4))


class OptionList(QListView):
    """Options one under the other; Space, Enter or a press takes one.

    Signals:
        taken: key of the option taken.
    """

    taken = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.options = OptionModel(self)
        self.setModel(self.options)
        self.setItemDelegate(OptionDelegate(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.is_fixed = False
        self.clicked.connect(self._press)

    def set_rows(self, rows: Sequence[OptionRow]) -> None:
        """Show options; the keyboard stays on its option, or starts on the first."""
        at = max(0, self.currentIndex().row())
        self.options.set_rows(rows)
        if self.hasFocus() and rows:
            self.setCurrentIndex(self.options.index(min(at, len(rows) - 1)))

    def value(self) -> str:
        """Key of the option taken; empty when none is."""
        return self.options.taken

    def take(self, key: str) -> None:
        """Take an option without saying so."""
        self.options.taken = key if any(row.key == key for row in self.options.rows) else ""
        self.viewport().update()

    def _press(self, index: Index) -> None:
        row = self.options.rows[index.row()]
        if self.is_fixed or row.key == self.options.taken:
            return
        self.take(row.key)
        self.taken.emit(row.key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        is_plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in keys and is_plain and self.currentIndex().isValid():
            self._press(self.currentIndex())
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard starts on the first option."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.options.rows:
            self.setCurrentIndex(self.options.index(0))
