"""Starts BrokerDesk as its user does, and types the passphrase as soon as a field takes it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from brokerdesk.__main__ import main as start

T = TypeVar("T")
_PATIENCE_SECONDS = 20


def main(typed: str, *, to_today: bool) -> None:
    """Start the program; its event loop is ours, so that the first usable moment is seen."""

    def loop() -> int:
        field = _wait_for(_passphrase_field)
        for letter in typed:
            _press(field, Qt.Key.Key_unknown, letter)
        QApplication.processEvents()
        said = field.text()
        if to_today:
            _press(field, Qt.Key.Key_Return, "\r")
            said = _wait_for(_title_of_page)
        print(said, flush=True)
        os._exit(0)

    QApplication.exec = staticmethod(loop)  # type: ignore[method-assign]  # the loop that we watch from inside
    start([])


def _press(field: QWidget, key: Qt.Key, letter: str) -> None:
    press = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, letter)
    QApplication.sendEvent(field, press)


def _wait_for(look: Callable[[], T | None]) -> T:
    """Turn the event loop until something is there."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end:
        QApplication.processEvents()
        found = look()
        if found is not None:
            return found
    raise TimeoutError


def _passphrase_field() -> QLineEdit | None:
    hidden = QLineEdit.EchoMode.Password
    fields = (held for held in QApplication.allWidgets() if isinstance(held, QLineEdit))
    return next((held for held in fields if held.echoMode() == hidden and held.isVisible()), None)


def _title_of_page() -> str | None:
    """What the page in the main window is called, once it is filled and shown."""
    for window in QApplication.topLevelWidgets():
        page = getattr(window, "page", None)
        if type(window).__name__ == "MainWindow" and page is not None and page.isVisible():
            QApplication.processEvents()
            return str(page.title)
    return None


if __name__ == "__main__":
    main(sys.argv[1], to_today="--to-today" in sys.argv)
