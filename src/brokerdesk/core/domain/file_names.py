"""Names of files that may be made of what people typed: the same file on every system, never elsewhere."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 100
"""Characters; Windows allows 260 for a whole path."""
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"}
)
"""Windows opens a device for these, whatever their ending."""


def safe_name(wanted: str, *, fallback: str = "letter") -> str:
    """A name for a file in a folder that somebody chose: no path, no device, no hidden or reversed text.

    Args:
        wanted: whatever was typed, with or without an ending.
        fallback: where nothing is left.
    """
    text = unicodedata.normalize("NFC", wanted)
    text = "".join(each for each in text if unicodedata.category(each) not in {"Cf", "Cc", "Cs", "Co", "Cn"})
    text = _NOT_IN_NAMES.sub("-", text)
    text = re.sub(r"\s+", " ", text).strip(" .-")
    stem, dot, ending = text.rpartition(".")
    if not dot or len(ending) > 8:
        stem, dot, ending = text, "", ""
    stem = stem[: _LONGEST - len(ending) - 1].rstrip(" .")
    if not stem:
        stem = fallback
    if stem.partition(".")[0].strip().casefold() in _RESERVED:
        stem = f"{fallback}-{stem}"
    return f"{stem}{dot}{ending}"


def free_name(wanted: str, taken: frozenset[str]) -> str:
    """A name that no other file of a folder has, whatever the case: `letter (2).pdf`."""
    used = {name.casefold() for name in taken}
    if wanted.casefold() not in used:
        return wanted
    stem, dot, ending = wanted.rpartition(".")
    if not dot:
        stem, ending = wanted, ""
    number = 2
    while f"{stem} ({number}){dot}{ending}".casefold() in used:
        number += 1
    return f"{stem} ({number}){dot}{ending}"
