"""How large a window opens: as designed where the screen has room, else as large as the screen."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from brokerdesk.ui.theme import current

DESIGNED = (1366, 736)
TITLE_BAR = 32


def size_within(wanted: QSize, room: QSize, title_bar: int) -> QSize:
    """The size wanted, less what the screen does not have under a title bar."""
    return wanted.boundedTo(QSize(room.width(), room.height() - title_bar))


def open_at_designed_size(window: QWidget) -> None:
    """Resize a window to the design; at 150 % a laptop's screen is smaller than that."""
    px = current().px
    wanted = QSize(*map(px, DESIGNED))
    # Without a display there is no screen to fit, only a square that Qt makes up.
    if QGuiApplication.platformName() != "offscreen":
        wanted = size_within(wanted, window.screen().availableSize(), px(TITLE_BAR))
    window.resize(wanted)
