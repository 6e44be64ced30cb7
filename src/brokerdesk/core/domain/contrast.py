"""How well a colour can be read on white paper."""

from __future__ import annotations

import re

from brokerdesk.core.domain.errors import InputError

LEAST = 4.5
"""Of text to its ground: Web Content Accessibility Guidelines 2.2, success criterion 1.4.3 (R147)."""
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")


def on_white(colour: str) -> float:
    """Contrast of a colour such as `#11363C` on white, 1 to 21.

    Raises:
        InputError: it is not written as six hexadecimal digits after `#`.
    """
    if not _HEX.fullmatch(colour):
        raise InputError(f"“{colour}” is not a colour. Write six digits or letters A to F after #.")
    red, green, blue = (_linear(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return 1.05 / (luminance + 0.05)


def _linear(part: int) -> float:
    """One part of a colour as light, by the formula of the guidelines."""
    share = part / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def refuse_faint(colour: str) -> None:
    """Refuse a colour in which text cannot be read well on white. Source: docs/rules.md R147.

    Raises:
        InputError: it is no colour, or too faint.
    """
    found = on_white(colour)
    if found < LEAST:
        raise InputError(
            f"{colour} has a contrast of {found:.2f} to 1 on white, and text needs {LEAST} to 1. "
            "Choose a darker colour.",
            rule="R147",
        )
