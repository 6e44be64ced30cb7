"""Takes a council's own picture for easy words apart in the child process and writes it anew."""

from __future__ import annotations

import base64
from pathlib import Path

from brokerdesk.core.exchange.caps import Caps
from brokerdesk.core.exchange.child import Parts, Say
from brokerdesk.core.exchange.crest_parts import opened, png_of

ROOM = (480, 480)
"""Dots, wide and high: more than 300 dots an inch need at the size in which it is printed."""


def read_parts(path: Path, caps: Caps, say: Say) -> Parts:
    """The picture as a PNG of its own: `png` in base64; no rows.

    Raises:
        UnreadableError: it is no PNG or JPEG, too large, too small or damaged.
    """
    picture = opened(path)
    picture.thumbnail(ROOM)
    return {"png": base64.b64encode(png_of(picture)).decode("ascii")}, iter(())
