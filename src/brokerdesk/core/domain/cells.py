"""Reads the text of one cell as what its column holds; the refusal is the phrase for what would be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from brokerdesk.core.domain.identifiers import outcode, tidy_postcode
from brokerdesk.core.domain.money import Money

CellReader = Callable[[str], Any]
"""Reads a cell that is not blank. Raises `ValueError` whose text says what would be read."""

Chosen = TypeVar("Chosen", bound=Enum)

_WHOLE = re.compile(r"[0-9]{1,9}")
_DECIMAL = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?")
_LONDON = ZoneInfo("Europe/London")


def day(text: str) -> date:
    """An ISO date."""
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError as why:
        raise ValueError("a day that exists, such as 2026-12-14") from why
    raise ValueError("a date such as 2026-12-14")


def moment(text: str) -> datetime:
    """A moment as UTC: ISO with its zone, else as London clocks show it; a date alone is its first minute."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError as why:
        raise ValueError("a time such as 2026-12-14T09:00 or a date") from why
    return (read if read.tzinfo else read.replace(tzinfo=_LONDON)).astimezone(UTC)


def money(text: str) -> Money:
    """Pounds, digits and at most two decimals. Source: docs/rules.md R157."""
    try:
        return Money.parse(text)
    except ValueError as why:
        raise ValueError("pounds such as 1843.50, without £ and separators") from why


def price(text: str) -> Money:
    """Pounds above nought."""
    amount = money(text)
    if not amount:
        raise ValueError("a price above 0.00")
    return amount


def whole(low: int, high: int) -> CellReader:
    """A reader of whole numbers from `low` to `high`."""

    def read(text: str) -> int:
        if not _WHOLE.fullmatch(text) or not low <= int(text) <= high:
            raise ValueError(f"a whole number from {low:,} to {high:,}")
        return int(text)

    return read


def number(high: int) -> CellReader:
    """A reader of numbers from 0 to `high` with at most two decimals."""

    def read(text: str) -> Decimal:
        if not _DECIMAL.fullmatch(text) or Decimal(text) > high:
            raise ValueError(f"a number from 0 to {high:,} with at most two decimals")
        return Decimal(text)

    return read


def one_of(kind: type[Chosen]) -> CellReader:
    """A reader of the words of an enum, whatever their case."""
    by_word = {str(choice.value).casefold(): choice for choice in kind}
    wanted = "one of " + ", ".join(str(choice.value) for choice in kind)

    def read(text: str) -> Chosen:
        if text.casefold() not in by_word:
            raise ValueError(wanted)
        return by_word[text.casefold()]

    return read


def word_of(*words: str) -> CellReader:
    """A reader of fixed words, whatever their case; gives the word as listed."""
    by_word = {word.casefold(): word for word in words}

    def read(text: str) -> str:
        if text.casefold() not in by_word:
            raise ValueError("one of " + ", ".join(words))
        return by_word[text.casefold()]

    return read


def yes_or_no(text: str) -> bool:
    """The words yes and no."""
    if text.casefold() not in {"yes", "no"}:
        raise ValueError("yes or no")
    return text.casefold() == "yes"


def postcode(text: str) -> str:
    """A postcode, kept as `WN5 9AA`. Source: docs/rules.md R155."""
    found = tidy_postcode(text)
    if found is None:
        raise ValueError("a postcode such as WN5 9AA")
    return found


def district(text: str) -> str:
    """A postcode district, kept as `WN5`. Source: docs/rules.md R155."""
    whole_code = None if len(text.split()) != 1 else tidy_postcode(f"{text}1AA")
    if whole_code is None:
        raise ValueError("a postcode district such as WN5")
    return outcode(whole_code)


def plain_text(text: str) -> str:
    """Any text."""
    return text


def several(text: str) -> tuple[str, ...]:
    """Texts joined by `; `, each once, in their order."""
    return tuple(dict.fromkeys(piece.strip() for piece in text.split(";") if piece.strip()))


def each_of(kind: type[Chosen]) -> CellReader:
    """A reader of several words of an enum, joined by `; `."""
    read_one = one_of(kind)

    def read(text: str) -> tuple[Chosen, ...]:
        return tuple(read_one(piece) for piece in several(text))

    return read


def wholes(low: int, high: int) -> CellReader:
    """A reader of several whole numbers, joined by `; `."""
    read_one = whole(low, high)

    def read(text: str) -> tuple[int, ...]:
        return tuple(read_one(piece) for piece in several(text))

    return read


def clock(text: str) -> time:
    """A time of day, `09:00`."""
    try:
        if re.fullmatch(r"[0-9]{2}:[0-9]{2}(:00)?", text):
            return time.fromisoformat(text)
    except ValueError as why:
        raise ValueError("a time of day such as 09:00") from why
    raise ValueError("a time of day such as 09:00")
