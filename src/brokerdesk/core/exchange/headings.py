"""Headings as people and programs spell them: compared by letters and digits alone, nearest names offered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

_OTHER = re.compile(r"[^a-z0-9]+")


def plain_heading(text: str) -> str:
    """Letters and digits only, small: `Location.Post.Code` and `Location Post Code` are one heading."""
    return _OTHER.sub("", text.casefold())


def nearest(text: str, known: Iterable[str]) -> str | None:
    """The known name that the text most likely means; None where none is near."""
    by_plain = {plain_heading(name): name for name in known}
    found = get_close_matches(plain_heading(text), by_plain, n=1, cutoff=0.75)
    return by_plain[found[0]] if found else None
