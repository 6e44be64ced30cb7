"""Where the window's own files (letters, pictures, style) lie."""

from __future__ import annotations

from pathlib import Path

from brokerdesk.core import places


def resource(*parts: str) -> Path:
    """Path of a file of ours under `resources/`, in a checkout, an installed copy or a frozen program."""
    return places.resource(*parts)
