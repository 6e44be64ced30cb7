"""A passphrase: hidden as it is typed, shown while the eye is pressed on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.buttons import IconButton
from brokerdesk.ui.widgets.edits import TextEdit

EYE = 28


class PassphraseEdit(TextEdit):
    """One line whose letters are hidden; nothing of it is kept by the field's own undo."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.setTextMargins(0, 0, current().px(EYE), 0)
        self.eye = IconButton("eye", say("Show the passphrase"), parent=self)
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._show_letters)

    def _show_letters(self, is_shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password)

    @override
    def value(self) -> str:
        """The passphrase as typed: its spaces count."""
        return self.text()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = current().px(EYE)
        self.eye.setGeometry(self.width() - side - 2, (self.height() - side) // 2, side, side)
