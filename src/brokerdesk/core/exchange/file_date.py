"""Finds the day that a file from outside speaks of: in its text, its name, or its newest date."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_WORDS = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[ _\-]+([A-Za-z]{3,9})[ _\-]+(\d{4})(?!\d)")
_DIGITS = re.compile(r"(?<!\d)(20\d{2})[-_]?(\d{2})[-_]?(\d{2})(?!\d)")


def day_of_file(name: str, texts: Iterable[str], newest: str) -> tuple[str | None, str]:
    """The file's day as ISO text, and how it was found, in words.

    Args:
        name: the file's name.
        texts: what stands beside the rows (a README sheet, lines above the headings).
        newest: the newest date among the rows, ISO text, empty where there is none.
    """
    for text in texts:
        if "as at" in text.casefold() and (found := _day_in(text)):
            return found, "the file's own note"
    if found := _day_in(name):
        return found, "the file's name"
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", newest):
        return newest, "the newest date in its rows"
    return None, "nothing in the file"


def _day_in(text: str) -> str | None:
    for found in _WORDS.finditer(text):
        month = next((n for n, m in enumerate(_MONTHS, 1) if m.startswith(found[2].lower())), None)
        if month and (day := _day(int(found[3]), month, int(found[1]))):
            return day
    for found in _DIGITS.finditer(text):
        if day := _day(int(found[1]), int(found[2]), int(found[3])):
            return day
    return None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
