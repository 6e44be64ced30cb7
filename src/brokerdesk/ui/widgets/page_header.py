"""The page header: back, forward, name, reference, one line, up to three facts, buttons, search."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current, paint_icon
from brokerdesk.ui.widgets.buttons import Button, IconButton
from brokerdesk.ui.widgets.card import hairline
from brokerdesk.ui.widgets.chip import Chip, chip_width, draw_chip
from brokerdesk.ui.widgets.frame_values import Deed, Fact, HeaderFacts
from brokerdesk.ui.widgets.label import ElidedLabel, Label, set_look
from brokerdesk.ui.widgets.rows import draw_text

MOST_FACTS = 3


class SearchBox(QPushButton):
    """Looks like a field and opens the palette; Ctrl+K does the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(QSize(current().px(232), current().px(32)))
        self.setAccessibleName(say("Find anything"))
        self.setAccessibleDescription(say("Control K"))
        self.setAutoDefault(False)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = current()
        painter = QPainter(self)
        side = theme.px(16)
        paint_icon(painter, "search", QRect(theme.px(9), (self.height() - side) // 2, side, side), "text3")
        words = self.rect().adjusted(theme.px(31), 0, -theme.px(60), 0).toRectF()
        draw_text(painter, words, say("Find anything"), ink="text3")
        keys = "Ctrl+K"
        at = QPointF(self.width() - chip_width(keys, "key") - theme.px(8), self.height() / 2)
        draw_chip(painter, at, keys, "key")
        painter.end()


class PageHeader(QFrame):
    """Says whose page it is.

    Signals:
        back_wanted: the left arrow was pressed.
        forward_wanted: the right arrow was pressed.
        search_wanted: the search box was pressed.
    """

    back_wanted = Signal()
    forward_wanted = Signal()
    search_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = current().px
        self.setProperty("role", "header")
        self.setFixedHeight(px(56))
        self.back = IconButton("arrow-left", say("Back"), self.back_wanted.emit)
        self.forward = IconButton("arrow-right", say("Forward"), self.forward_wanted.emit)
        self.name = Label("", "title")
        self.reference = Chip("", "reference")
        self.line = ElidedLabel("", "second")
        self.search = SearchBox()
        self.search.clicked.connect(self.search_wanted)
        self._facts, self._deeds = QHBoxLayout(), QHBoxLayout()
        row = QHBoxLayout(self)
        row.setContentsMargins(px(11), 0, px(20), 0)
        row.setSpacing(px(2))
        row.addWidget(self.back)
        row.addWidget(self.forward)
        row.addSpacing(px(8))
        row.addLayout(self._naming(), 1)
        for group in (self._facts, self._deeds):
            group.setSpacing(px(16 if group is self._facts else 12))
            row.addLayout(group)
            row.addSpacing(px(12))
        row.addWidget(self.search)

    def _naming(self) -> QVBoxLayout:
        first = QHBoxLayout()
        first.setSpacing(current().px(10))
        first.addWidget(self.name)
        first.addWidget(self.reference, 0, Qt.AlignmentFlag.AlignVCenter)
        first.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(1)
        column.addLayout(first)
        column.addWidget(self.line)
        column.addStretch(1)
        return column

    def set_header(self, header: HeaderFacts, deeds: Sequence[Deed] = ()) -> None:
        """Show a page's name, line, facts (three at most) and the buttons that belong at the top."""
        self.name.setText(header.name)
        self.reference.setVisible(bool(header.reference))
        self.reference.set_chip(header.reference, "reference")
        self.line.setText(header.line)
        self.line.setVisible(bool(header.line))
        _empty(self._facts)
        _empty(self._deeds)
        for number, fact in enumerate(header.facts[:MOST_FACTS]):
            if number:
                self._facts.addWidget(hairline(upright=True))
            self._facts.addWidget(_fact(fact))
        for deed in deeds:
            button = Button(deed.words, deed.do, icon_name=deed.icon)
            button.set_waiting(deed.waits_for)
            self._deeds.addWidget(button)

    def set_narrow(self, is_narrow: bool) -> None:
        """Let the facts go where the window is narrow; they stand on the overview too."""
        for at in range(self._facts.count()):
            placed = self._facts.itemAt(at)
            widget = placed.widget() if placed is not None else None
            if widget is not None:
                widget.setVisible(not is_narrow)

    def set_over_strip(self, is_over: bool) -> None:
        """Lose the lower hairline where the step strip follows."""
        set_look(self, over_strip=is_over)


def _fact(fact: Fact) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addStretch(1)
    column.addWidget(Label(fact.figure, "strong"))
    column.addWidget(Label(fact.meaning, "second"))
    column.addStretch(1)
    holder.setAccessibleName(f"{fact.figure} {fact.meaning}")
    return holder


def _empty(row: QHBoxLayout) -> None:
    while row.count():
        taken = row.takeAt(0)
        widget = taken.widget() if taken is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
