"""Opens the window: signing in, the desk, locking and closing."""

from __future__ import annotations


def main(*, is_demo: bool = False) -> int:
    """Show the window and stay until it is closed.

    Args:
        is_demo: practise with the demo council, which is made where it does not stand yet.
    """
    from brokerdesk.app.program import run

    return run(is_demo=is_demo)
