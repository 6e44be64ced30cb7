"""What every dialog has: a heading, what went wrong above the fields, and buttons named by their act."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.messages import Message
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import Banner, announce
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.label import Label


class FramedDialog(QDialog):
    """A dialog over one window; Esc closes it, Ctrl+Enter presses its main button.

    Args:
        title: heading and window title.
        words: of the main button.
        parent: the page that asks.
    """

    def __init__(self, title: str, words: str, parent: QWidget) -> None:
        super().__init__(parent.window())
        px = current().px
        self.setWindowTitle(title)
        self.setModal(True)
        self.main = Button(words, self.press_main, kind="primary")
        self.close_button = Button(say("Close without saving"), self.reject)
        self.banner = Banner("bad", "")
        self.banner.hide()
        self.body = QVBoxLayout()
        self.body.setSpacing(px(10))
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.main)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(12))
        column.addWidget(Label(title, "card", wrap=True))
        column.addWidget(self.banner)
        column.addLayout(self.body, 1)
        column.addLayout(foot)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self.press_main)

    @override
    def done(self, result: int) -> None:
        """Give the keyboard back to the window that asked."""
        super().done(result)
        asked_by = self.parentWidget()
        if asked_by is not None:
            asked_by.activateWindow()

    def press_main(self) -> None:
        """Do what the dialog is for; a subclass overrides it."""
        self.accept()

    def say_refused(self, message: Message) -> None:
        """Say above the fields what stands in the way; what was typed stays."""
        self.banner.set_banner(message.tone, message.lead, message.rest)
        self.banner.show()
        announce(self, f"{message.lead} {message.rest}")
