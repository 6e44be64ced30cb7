"""Takes a council's crest apart in the child process and writes it anew, small, with nothing else in it."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from brokerdesk.core.exchange.caps import Caps
from brokerdesk.core.exchange.child import Parts, Say
from brokerdesk.core.exchange.refusal import UnreadableError

LARGEST_FILE = 2 * 1024 * 1024
LARGEST_PICTURE = 16_000_000
"""Dots; a crest of this many is a poster."""
SMALLEST = 16
"""Dots on a side."""
ROOM = (480, 240)
"""Dots, wide and high: twice what 300 dots an inch need at the size in which it is printed."""
LARGEST_KEPT = 48 * 1024
"""Bytes as kept; every letter carries them."""
_COLOURS = (256, 64, 16)


def read_parts(path: Path, caps: Caps, say: Say) -> Parts:
    """The crest as a PNG of its own: `png` in base64, `wide` and `high` in dots.

    Raises:
        UnreadableError: it is no PNG or JPEG, too large, or too small to be seen.
    """
    picture = opened(path)
    picture.thumbnail(ROOM)
    data = _written(picture)
    head = {"png": base64.b64encode(data).decode("ascii"), "wide": picture.width, "high": picture.height}
    return head, _no_rows()


def _no_rows() -> Iterator[list[Any]]:
    yield from ()


def opened(path: Path) -> Any:
    """A picture of a sensible size, with its transparency.

    Raises:
        UnreadableError: it is no PNG or JPEG, too large, too small or damaged.
    """
    if path.stat().st_size > LARGEST_FILE:
        raise UnreadableError(f"“{path.name}” is larger than 2 MB. Save the picture smaller.")
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = LARGEST_PICTURE
    try:
        with Image.open(path, formats=("PNG", "JPEG")) as image:
            wide, high = image.size
            if wide * high > LARGEST_PICTURE:
                raise UnreadableError(
                    f"“{path.name}” has {wide:,} by {high:,} dots, more than a letter needs. Save it smaller."
                )
            if min(wide, high) < SMALLEST:
                raise UnreadableError(f"“{path.name}” is too small to be seen. Choose a larger picture.")
            return image.convert("RGBA")
    except UnidentifiedImageError as why:
        raise UnreadableError(f"“{path.name}” is not a PNG or JPEG picture. Save it as one of them.") from why
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as why:
        raise UnreadableError(f"“{path.name}” is damaged. Save the picture again.") from why


def _written(picture: Any) -> bytes:
    """As PNG without anything that came with the file; in fewer colours where it would be too many bytes."""
    data = png_of(picture)
    for colours in _COLOURS:
        if len(data) <= LARGEST_KEPT:
            break
        data = png_of(picture.quantize(colours))
    if len(data) > LARGEST_KEPT:
        raise UnreadableError("The picture has too much detail for a letterhead. Choose a plainer crest.")
    return data


def png_of(picture: Any) -> bytes:
    """As PNG with nothing that came with the file."""
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
