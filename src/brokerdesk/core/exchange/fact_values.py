"""Reads one value of a directory file: dates of three orders, degrees, beds, ratings, lists of terms."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache, partial

from brokerdesk.core.domain.identifiers import tidy_company_number, tidy_postcode
from brokerdesk.core.exchange.layouts import Layout, vocabularies
from brokerdesk.core.exchange.tables import cell_text

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: .*)?")
_YES = {"y": True, "yes": True, "true": True, "n": False, "no": False, "false": False}

# Some programs write whole numbers as 66.0.
_BEDS = re.compile(r"([0-9]{1,5})(?:\.0+)?")

Value = str | float | int | bool | None
Reader = Callable[[object], Value]
"""Reads a cell that is not blank. Raises `ValueError` with what would be read."""


def readers_for(layout: Layout) -> Mapping[str, Reader]:
    """The reader of each fact that is more than text."""
    day = partial(read_day, order=layout.date_order)
    return {
        "postcode": _postcode,
        "latitude": partial(_degrees, low=49.0, high=61.0),
        "longitude": partial(_degrees, low=-9.0, high=2.0),
        "registered_on": day,
        "deregistered_on": day,
        "rating_on": day,
        "is_dormant": _yes_or_no,
        "is_care_home": _yes_or_no,
        "rating": _rating,
        "beds": _beds,
        "company_number": _company_number,
    }


def read_day(cell: object, order: str) -> str:
    """A date as ISO text.

    Args:
        cell: a true date, an ISO date with or without a time, or digits with slashes.
        order: `dmy`, `mdy` or `ymd`: how digits with slashes are meant.
    """
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return _day_of_text(cell_text(cell), order)


@lru_cache(maxsize=20_000)
def _day_of_text(text: str, order: str) -> str:
    wanted = "a date such as " + {"dmy": "14/12/2026", "mdy": "12/14/2026"}.get(order, "2026-12-14")
    iso, slashed = _ISO.fullmatch(text), _SLASHED.fullmatch(text)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3])).isoformat()
        if slashed and order in {"dmy", "mdy"}:
            first, second, year = (int(part) for part in slashed.groups())
            day, month = (first, second) if order == "dmy" else (second, first)
            return date(year, month, day).isoformat()
    except ValueError as why:
        raise ValueError(wanted) from why
    raise ValueError(wanted)


def _postcode(cell: object) -> str:
    found = tidy_postcode(cell_text(cell))
    if found is None:
        raise ValueError("a postcode such as WN5 9AA")
    return found


def _degrees(cell: object, low: float, high: float) -> float:
    try:
        degrees = float(cell_text(cell))
    except ValueError as why:
        raise ValueError("degrees such as 53.54698") from why
    if not low <= degrees <= high:
        raise ValueError(f"degrees within Great Britain ({low:g} to {high:g})")
    return degrees


def _yes_or_no(cell: object) -> bool:
    answer = _YES.get(cell_text(cell).casefold())
    if answer is None:
        raise ValueError("Y or N")
    return answer


def _rating(cell: object) -> str:
    """Source: docs/rules.md R119."""
    term = vocabularies()["ratings"].terms.get(cell_text(cell).casefold())
    if term is None:
        raise ValueError("Outstanding, Good, Requires improvement, Inadequate, or a word for not rated")
    return term


def _beds(cell: object) -> int:
    found = _BEDS.fullmatch(cell_text(cell))
    if not found:
        raise ValueError("a whole number of beds")
    return int(found[1])


def _company_number(cell: object) -> str:
    """Lost zeros put back; a shape that is not known is kept as it stands. Source: docs/rules.md R152."""
    text = cell_text(cell)
    return tidy_company_number(text) or text.upper()


@lru_cache(maxsize=20_000)
def terms_in(text: str, subject: str, separator: str, apart: str | None = None) -> tuple[str, ...]:
    """Terms of a list in the register's words, each once, sorted.

    Terms hold the separator themselves, so known terms are cut off first, the longest that fits.

    Args:
        text: the cell.
        subject: vocabulary that its terms come from.
        separator: between the terms.
        apart: another vocabulary, whose terms are left out.
    """
    known = vocabularies()[subject].terms
    other = vocabularies()[apart].terms if apart else {}
    found, rest = set(), text.strip()
    while rest:
        spelling = _first_term(rest.casefold(), separator, known.keys() | other.keys())
        length = len(spelling) if spelling else len(rest.partition(separator)[0])
        piece = rest[:length].strip()
        if piece and piece.casefold() not in other:
            found.add(known.get(piece.casefold(), piece))
        rest = rest[length:].strip().removeprefix(separator).strip()
    return tuple(sorted(found))


def _first_term(text: str, separator: str, known: frozenset[str] | set[str]) -> str | None:
    fitting = (
        term for term in known if text.startswith(term) and text[len(term) :].lstrip()[:1] in {"", separator}
    )
    return max(fitting, key=len, default=None)
