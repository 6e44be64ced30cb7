"""Shows words to read and copy: a file as it was read back, or how a score came about."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs.frame import FramedDialog
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.label import Label


class SheetDialog(FramedDialog):
    """Words that can be read and copied, not changed; `note` says where they come from."""

    def __init__(self, title: str, note: str, text: str, parent: QWidget) -> None:
        super().__init__(title, say("Close"), parent)
        px = current().px
        self.resize(px(720), px(560))
        self.close_button.hide()
        self.words = QPlainTextEdit(text)
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName(title)
        self.body.addWidget(Label(note, "second", wrap=True))
        self.body.addWidget(self.words, 1)
        self.words.setFocus()
