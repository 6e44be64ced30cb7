"""The bare window that ours is held against: PySide6, SQLAlchemy, one field."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from sqlalchemy import create_engine, text


def main(typed: str) -> None:
    """Show a label from the database and a field, type into it, say what it holds, go."""
    app = QApplication([])
    with create_engine("sqlite://").connect() as connection:
        words = str(connection.execute(text("SELECT 'Passphrase'")).scalar_one())
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(QLabel(words))
    field = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
    column.addWidget(field)
    window.show()
    field.setFocus()
    app.processEvents()
    for letter in typed:
        press = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter
        )
        app.sendEvent(field, press)
    app.processEvents()
    print(field.text(), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
