"""Opens the window: signing in, the desk, locking and closing."""

from __future__ import annotations

from pathlib import Path


def main(*, is_demo: bool = False) -> int:
    """Show the window and stay until it is closed.

    Args:
        is_demo: practise with the demo council, which is made where it does not stand yet.
    """
    from brokerdesk.app.program import run

    return run(is_demo=is_demo)


def tour(out: Path) -> int:
    """Walk the shipped scenarios off-screen and leave their papers and a picture of every page.

    Args:
        out: folder for them.
    """
    from brokerdesk.app.tour_lead import lead_tour

    return lead_tour(out)
