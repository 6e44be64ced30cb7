"""Whether values from outside can be kept and counted at all, whatever a rule makes of them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from brokerdesk.core.domain.errors import InputProblem
from brokerdesk.core.domain.money import Money

_FIRST_YEAR, _LAST_YEAR = 1900, 2199
"""People are born and packages end between; beyond, adding days leaves the calendar."""
_LARGEST = 10**9
"""Of any count, rate, weight or sum of pounds."""
_FINEST = 12
"""Places after the point; finer figures are slips."""
_NO_LETTER = re.compile("[\ud800-\udfff\x00]")
"""Half of a pair, and the nought: no file and no table keeps them."""
_LONGEST = 200_000
"""Letters of one text; a whole requirement has some thousands."""


def problems_in(values: Mapping[str, Any]) -> tuple[InputProblem, ...]:
    """Every value that nobody can keep or count with, by name: a time without its zone, a number without end.

    Args:
        values: plain or frozen values, as an act takes them.
    """
    return tuple(
        InputProblem(None, where, repr(value)[:80], wanted)
        for name, held in values.items()
        for where, value in _leaves(name, held)
        if (wanted := _wanted(value))
    )


def _leaves(where: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Money):
        yield where, value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _leaves(f"{where}.{field.name}", getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key, held in value.items():
            yield from _leaves(where, key)
            yield from _leaves(f"{where}.{key}", held)
    elif isinstance(value, list | tuple | set | frozenset):
        for held in value:
            yield from _leaves(where, held)
    else:
        yield where, value


def _wanted(value: object) -> str:
    """What would be kept in its place; empty where it can be kept."""
    match value:
        case str():
            return _wanted_text(value)
        case datetime():
            is_good = value.tzinfo is not None and is_near(value)
            return "" if is_good else "a time of our days with its zone, such as 2026-12-14T09:00:00Z"
        case date():
            return "" if is_near(value) else "a date of our days, such as 2026-12-14"
        case Decimal():
            return "" if _is_countable(value) else "a number below a thousand million"
        case Money():
            return "" if abs(value.pence) <= _LARGEST * 100 else "pounds such as 843.50"
        case bool():
            return ""
        case int():
            return "" if abs(value) <= _LARGEST else "a whole number below a thousand million"
    return ""


def whole_text(text: str) -> str:
    """Text from outside as it can be kept: what is no letter (half of a pair, a nought) shows as `\ufffd`."""
    return _NO_LETTER.sub("\ufffd", text)


def is_near(day: date) -> bool:
    """Whether a day is one of our calendar, with room to count on from it."""
    return _FIRST_YEAR <= day.year <= _LAST_YEAR


def _is_countable(value: Decimal) -> bool:
    if not value.is_finite() or abs(value) > _LARGEST:
        return False
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -_FINEST


def _wanted_text(text: str) -> str:
    if len(text) > _LONGEST:
        return f"at most {_LONGEST:,} letters"
    return "text without broken letters" if _NO_LETTER.search(text) else ""
