"""Source Sans 3 from our own files, so that every machine draws the same letters."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFontDatabase

from brokerdesk.ui.theme.files import resource

FAMILY = "Source Sans 3"
FILES = ("SourceSans3-Regular.ttf", "SourceSans3-SemiBold.ttf")


@cache
def load_fonts() -> str:
    """Make the two weights known to Qt, once for each program start.

    Returns:
        The family name to ask for.
    """
    for name in FILES:
        QFontDatabase.addApplicationFont(str(resource("fonts", name)))
    return FAMILY
