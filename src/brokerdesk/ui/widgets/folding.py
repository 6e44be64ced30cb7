"""A main part with a side part beside it, which folds to a button where there is no room for both."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.buttons import Button

FOLD_BELOW = 1080


class SideBySide(QWidget):
    """Two parts abreast; where it is narrow one stands alone and a button shows the other.

    Args:
        main: takes the room that is left.
        side: of a fixed width.
        side_name: what the button that unfolds it says.
        fold_below: width in px at 100 % under which the side folds.
    """

    def __init__(
        self,
        main: QWidget,
        side: QWidget,
        side_name: str,
        *,
        fold_below: int = FOLD_BELOW,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.main, self.side = main, side
        self._name, self._limit = side_name, fold_below
        self._side_width = (side.minimumWidth(), side.maximumWidth())
        self.is_folded = self.is_unfolded = False
        self.switch = Button(side_name, self._turn, kind="small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().px(8))
        column.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignRight)
        across = QHBoxLayout()
        across.setSpacing(current().px(16))
        across.addWidget(main, 1)
        across.addWidget(side)
        column.addLayout(across, 1)
        self.switch.hide()

    def _turn(self) -> None:
        self.is_unfolded = not self.is_unfolded
        self._show_parts()

    def _show_parts(self) -> None:
        self.switch.setVisible(self.is_folded)
        self.switch.set_words(say("Back") if self.is_unfolded else self._name)
        self.main.setVisible(not (self.is_folded and self.is_unfolded))
        self.side.setVisible(not self.is_folded or self.is_unfolded)
        least, most = (0, 16777215) if self.is_folded else self._side_width
        self.side.setMinimumWidth(least)
        self.side.setMaximumWidth(most)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_folded = self.width() < current().px(self._limit)
        if is_folded != self.is_folded:
            self.is_folded, self.is_unfolded = is_folded, False
            self._show_parts()
