"""Cards: a surface with a hairline, a head and a body."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.label import Label, set_look


class Card(QFrame):
    """A titled surface; put content in with `add`, quiet words and buttons on the head with `add_to_head`."""

    def __init__(
        self, title: str = "", note: str = "", *, flush: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        px = current().px
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(1, 1, 1, 1)
        self._body.setSpacing(0)
        self._head: QHBoxLayout | None = None
        self.title = Label(title, "card")
        self.note = Label(note, "second")
        if title:
            self._make_head()
            self.setAccessibleName(title)
        self._inside = QVBoxLayout()
        side = 0 if flush else px(14)
        top = 0 if flush else (px(4) if title else px(12))
        self._inside.setContentsMargins(side, top, side, 0 if flush else px(12))
        self._inside.setSpacing(0 if flush else px(8))
        self._body.addLayout(self._inside, 1)

    def _make_head(self) -> None:
        px = current().px
        self._head = QHBoxLayout()
        self._head.setContentsMargins(px(14), px(8), px(14), px(8))
        self._head.setSpacing(px(10))
        self._head.addWidget(self.title)
        self._head.addWidget(self.note, 1, Qt.AlignmentFlag.AlignVCenter)
        self._body.insertLayout(0, self._head)

    def add(self, content: QWidget, stretch: int = 0) -> None:
        """Put a widget under what is there."""
        self._inside.addWidget(content, stretch)

    def add_row(self, *content: QWidget, spacing: int = 12) -> None:
        """Put widgets side by side under what is there."""
        row = QHBoxLayout()
        row.setSpacing(current().px(spacing))
        for widget in content:
            row.addWidget(widget)
        self._inside.addLayout(row)

    def add_stretch(self) -> None:
        """Push what follows to the foot."""
        self._inside.addStretch(1)

    def add_to_head(self, content: QWidget) -> None:
        """Put a chip or a small button at the right of the head."""
        if self._head is None:
            self._make_head()
        if self._head is not None:
            self._head.addWidget(content)

    def set_tone(self, tone: str) -> None:
        """Edge in a tone: bad, ok, or none."""
        set_look(self, tone=tone)


def hairline(*, upright: bool = False) -> QFrame:
    """A line of one pixel between parts."""
    line = QFrame()
    line.setProperty("role", "upright" if upright else "line")
    return line
