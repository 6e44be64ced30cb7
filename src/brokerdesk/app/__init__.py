"""Opens the window: signing in, the desk, locking and closing."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main(*, is_demo: bool = False) -> int:
    """Show the window and stay until it is closed.

    Args:
        is_demo: practise with the demo council, which is made where it does not stand yet.
    """
    if _has_no_screen():
        sentence = "BrokerDesk found no screen to open its window on. Start it from a desktop."
        sys.stderr.write(sentence + "\n")
        return 3
    from brokerdesk.app.program import run

    return run(is_demo=is_demo)


def _has_no_screen() -> bool:
    # Qt would end the whole process without a word that a person can read.
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform == "linux" and not any(os.environ.get(name) for name in named)


def tour(out: Path) -> int:
    """Walk the shipped scenarios off-screen and leave their papers and a picture of every page.

    Args:
        out: folder for them.
    """
    from brokerdesk.app.tour_lead import lead_tour

    return lead_tour(out)
