"""A part of a form that folds: its heading says what is in it, the keyboard opens it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.buttons import Button


class Fold(QWidget):
    """A heading that is a button, and what it opens.

    Signals:
        turned: it was opened or closed; carries whether it is open.
    """

    turned = Signal(bool)

    def __init__(self, title: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.content = title, content
        self.head = Button(title, self._turn, kind="link", icon_name="chevron-right")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().px(6))
        column.addWidget(self.head)
        column.addWidget(content)
        self.set_open(False)

    @property
    def is_open(self) -> bool:
        """Whether its content is in sight."""
        return not self.content.isHidden()

    def set_open(self, is_open: bool) -> None:
        """Open or close it without saying so."""
        self.content.setVisible(is_open)
        self.head.set_words(self.title, "chevron-down" if is_open else "chevron-right")
        self.head.setAccessibleDescription(say("Open") if is_open else say("Closed"))

    def _turn(self) -> None:
        self.set_open(not self.is_open)
        self.turned.emit(self.is_open)
