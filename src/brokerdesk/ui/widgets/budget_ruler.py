"""The budget ruler: a tick for the personal budget, a dot for a price, the difference between them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.domain.money import Money
from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.painted import Painted
from brokerdesk.ui.widgets.rows import draw_text


@dataclass(frozen=True, slots=True)
class RulerFacts:
    """A budget, a price and how far the ruler reaches either side of the budget."""

    budget: Money
    price: Money
    reach: Money
    """The largest difference of any option, so that rulers under each other compare."""


def difference_words(budget: Money, price: Money) -> str:
    """`£6.50 under`, `£32.00 over` or `on budget`."""
    if price == budget:
        return say("on budget")
    over = price - budget
    return (
        say("{amount} over", amount=over.shown)
        if over.pence > 0
        else say("{amount} under", amount=(-over).shown)
    )


class BudgetRuler(Painted):
    """One price against the budget; no false nought, since only the difference is drawn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(234, 46, parent)
        self.facts: RulerFacts | None = None

    def set_facts(self, facts: RulerFacts) -> None:
        """Draw another price."""
        self.facts = facts
        told = difference_words(facts.budget, facts.price)
        self.describe(say("Against the personal budget of {budget}", budget=facts.budget.shown), told)

    @override
    def draw(self, painter: QPainter, rect: QRectF) -> None:
        if self.facts is not None:
            draw_ruler(painter, rect, self.facts)


def draw_ruler(painter: QPainter, rect: QRectF, facts: RulerFacts) -> None:
    """Draw the ruler with its words under it."""
    theme, px = current(), current().px
    line = rect.adjusted(px(8), 0, -px(8), 0)
    y, middle = rect.y() + px(14), line.center().x()
    reach = max(1, facts.reach.pence)
    share = max(-1.0, min(1.0, (facts.price - facts.budget).pence / reach))
    at = middle + share * (line.width() / 2 - px(24))
    painter.fillRect(QRectF(line.x(), y - 0.5, line.width(), 1), theme.colour("control"))
    for x in (line.x(), line.right()):
        painter.fillRect(QRectF(x - 0.5, y - px(3), 1, px(6)), theme.colour("control"))
    tone = "bad" if share > 0 else "primary"
    bar = QRectF(min(at, middle), y - px(2.5), abs(at - middle), px(5))
    painter.fillRect(bar, theme.colour(tone))
    painter.fillRect(QRectF(middle - 1, y - px(10), 2, px(20)), theme.colour("text"))
    painter.setPen(QPen(theme.colour("surface"), 1.5))
    painter.setBrush(theme.colour(tone))
    painter.drawEllipse(QPointF(at, y), px(6.5), px(6.5))
    words = QRectF(line.x(), y + px(11), line.width(), px(17))
    draw_text(painter, words, say("less"), role="axis", ink="text3")
    draw_text(painter, words, say("more"), role="axis", ink="text3", align=Qt.AlignmentFlag.AlignRight)
    budget = say("budget {budget}", budget=facts.budget.shown)
    draw_text(painter, words, budget, role="axis", ink="text2", align=Qt.AlignmentFlag.AlignHCenter)
