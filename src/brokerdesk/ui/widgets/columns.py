"""Parts of a page side by side, or one under the other where the window is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.scroll import Scrolled

NARROW = 980
"""Below this width (px at 100 %) the parts stand one under the other."""

WIDEST = 16_777_215
"""Qt's own greatest width, which means none is set."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a page."""

    content: QWidget
    width: int = 0
    """Px at 100 % when side by side; 0 takes the room that is left."""
    least: int = 0
    """Height that it needs when the parts stand one under the other, px at 100 %."""


class Columns(QWidget):
    """Parts across, turned when the width does not hold them."""

    def __init__(self, parts: Sequence[Part], *, narrow: int = NARROW, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts, self._narrow = tuple(parts), narrow
        self.is_narrow = False
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(current().px(16))
        for part in self._parts:
            self._box.addWidget(part.content, 0 if part.width else 1)
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < current().px(self._narrow)
        if is_narrow != self.is_narrow:
            self.is_narrow = is_narrow
            self._fit()

    def _fit(self) -> None:
        px, turned = current().px, self.is_narrow
        directions = QBoxLayout.Direction
        self._box.setDirection(directions.TopToBottom if turned else directions.LeftToRight)
        for part in self._parts:
            is_fixed = bool(part.width) and not turned
            part.content.setMinimumWidth(px(part.width) if is_fixed else 0)
            part.content.setMaximumWidth(px(part.width) if is_fixed else WIDEST)
            part.content.setMinimumHeight(px(part.least) if turned else 0)


def stacked(parts: Sequence[tuple[QWidget, int]]) -> QWidget:
    """Cards one under the other with their stretch, as one part of a page."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(current().px(12))
    for card, stretch in parts:
        column.addWidget(card, stretch)
    return holder


def scrolled_columns(parts: Sequence[Part], *, narrow: int = NARROW) -> Scrolled:
    """Columns that scroll when the window is too small to hold them."""
    return Scrolled(Columns(parts, narrow=narrow))
