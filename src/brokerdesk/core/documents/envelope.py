"""Where the address of a posted letter stands, so that a window envelope shows it and nothing else."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit

from brokerdesk.core.documents.styles import MARGIN, TEXT_WIDTH
from brokerdesk.core.domain.errors import PlaceError
from brokerdesk.core.domain.letter import Letter

_NAME_AND_POST = 2
"""Lines of an addressee who is named only; with more there is an address to post to."""
_TIGHT = 1.2
"""Leading of an address that needs its room, to the size of its letters."""


@dataclass(frozen=True, slots=True)
class Window:
    """The area of the sheet that is the address's own, in points from the sheet's left and top."""

    right: float
    top: float
    bottom: float
    clear_right: float
    """Nothing else stands to the left of this, above `clear`."""
    clear: float

    @property
    def width(self) -> float:
        """Of the address, from the margin on."""
        return self.right - float(MARGIN)


@dataclass(frozen=True, slots=True)
class AddressPlace:
    """Where one letter's address stands, in points."""

    start: float
    """From the top of the sheet."""
    width: float
    beside: float
    """How far from the right margin something else may reach beside it."""
    size: float
    leading: float
    height: float
    """Of the block, before anything else may stand below it."""


def read_window(resources: Path) -> Window:
    """The window of the council's envelopes, from its file.

    Raises:
        PlaceError: the file is missing or does not say where the window is.
    """
    path = resources / "layouts" / "envelope.toml"
    try:
        found: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        box, free = found["address"], found["nothing_else"]
        parts = (box["right"], box["top"], box["bottom"], free["right"], free["bottom"])
        return Window(*(part * mm for part in parts))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as why:
        raise PlaceError(
            f"Where the address of a letter stands cannot be read in {path.name}. "
            "Put back the file that came with BrokerDesk."
        ) from why


def address_place(letter: Letter, window: Window, style: Any, below: float) -> AddressPlace:
    """Where the address stands: below the letterhead, but never out of the window.

    A long address begins higher, beside the letterhead; one longer still is set tighter, then smaller.
    Source: docs/rules.md R147.

    Args:
        letter: whose address.
        window: of the envelope.
        style: that the address is set in where it has room.
        below: where the letterhead ends, in points from the top.
    """
    lines = _lines(letter, style, window.width)
    start = min(below, max(window.bottom - lines * style.leading, window.top))
    leading = min(style.leading, (window.bottom - start) / max(lines, 1))
    size = min(style.fontSize, leading / _TIGHT)
    beside = MARGIN + TEXT_WIDTH - window.clear_right
    place = AddressPlace(start, window.width, beside, size, leading, lines * leading)
    return replace(place, height=max(place.height, window.clear - start)) if is_posted(letter) else place


def is_posted(letter: Letter) -> bool:
    """Whether the addressee has an address, so that the letter may go into an envelope."""
    return len(letter.recipient) > _NAME_AND_POST


def _lines(letter: Letter, style: Any, width: float) -> int:
    """Lines that the address takes, those that turn over counted."""
    return sum(len(simpleSplit(line, style.fontName, style.fontSize, width)) for line in letter.recipient)
