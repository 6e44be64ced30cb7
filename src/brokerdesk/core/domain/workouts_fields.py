"""How the question of a work-out is written and read: strictly, with nothing guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum
from typing import Any, NoReturn

from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.money import Money

LONGEST_QUESTION = 1_000_000
_AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")
_COUNT = re.compile(r"[0-9]{1,6}")
_MINUTES = re.compile(r"[1-9][0-9]{0,3}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEARS = range(1900, 2200)


class Refused(InputError):  # noqa: N818 - the word under which the answer gives it
    """A question that cannot be answered, in a sentence."""

    def __init__(self, sentence: str, rule: str | None = None, *, field: str | None = None) -> None:
        super().__init__(sentence, unreadable=True, rule=rule)
        self.field = field
        """Name of the key that the sentence is about; none where it is about the whole."""


class Written(str):
    """A number exactly as the question writes it, so that nothing is lost to binary floats."""

    __slots__ = ()


class Kind(Enum):
    """What a key of a question holds."""

    AMOUNT = "amount"
    PERCENT = "percent"
    COUNT = "count"
    DAY = "day"
    YES_NO = "yes or no"
    CHOICE = "choice"
    CODE = "code"
    ROWS = "rows"
    DAYS = "days"
    BANDS = "bands"
    WEIGHTS = "weights"
    OFFERS = "offers"


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a question, as the command line reads it and the window asks it."""

    name: str
    label: str
    kind: Kind
    hint: str = ""
    is_nullable: bool = False
    """May be null, which means not known."""
    is_optional: bool = False
    """May be absent, because another key may stand in its place."""
    choices: tuple[str, ...] = ()
    columns: tuple[Field, ...] = ()
    """Keys of each row."""
    at_least: int = 0
    """Counts only."""
    at_most: int = 999_999


Question = Mapping[str, Any]


def read_question(text: str) -> dict[str, Any]:
    """Read a question as JSON, numbers kept as they are written.

    Raises:
        Refused: not one JSON object, a key given twice, or a number that is not one.
    """
    if len(text) > LONGEST_QUESTION:
        raise Refused("The question is longer than a million characters. Ask a shorter one.")
    try:
        question = json.loads(
            text.removeprefix("\ufeff"),
            parse_float=Written,
            parse_int=Written,
            parse_constant=_refuse_constant,
            object_pairs_hook=_each_key_once,
        )
        json.dumps(question, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as why:
        where = f"line {why.lineno}, column {why.colno}"
        raise Refused(f"The question is not JSON: reading stops at {where}. Mend it there.") from why
    except (RecursionError, UnicodeEncodeError) as why:
        raise Refused("The question holds text or nesting that cannot be read. Write it plainly.") from why
    if not isinstance(question, dict):
        raise Refused("The question is one JSON object, with its keys and values in braces.")
    return question


def _refuse_constant(name: str) -> NoReturn:
    raise Refused(f"{name} is not an amount. Give digits and at most two decimals.")


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Refused(f"“{shown(key)}” is given twice. Give it once.", field=key)
        found[key] = value
    return found


def shown(value: object) -> str:
    """A value as a sentence quotes it, cut to 80 characters."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Mapping():
            return "a table"
        case list() | tuple():
            return "a list"
    return str(value)[:80]


def check_keys(where: str, given: Iterable[str], known: Iterable[str], needed: Iterable[str]) -> None:
    """Refuse keys that are unknown or missing, offering the nearest name.

    Raises:
        Refused: with the sentence.
    """
    names, present = tuple(known), tuple(given)
    for key in present:
        if key not in names:
            raise Refused(f"{where} has no key “{shown(key)}”. {nearest(key, names)}", field=key)
    for key in needed:
        if key not in present:
            raise Refused(f"{where} wants “{key}”, which is missing. Add it.", field=key)


def nearest(name: str, names: Iterable[str]) -> str:
    """A sentence that offers the nearest of some names, or all of them."""
    known = tuple(names)
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    return f"The nearest is “{near[0]}”." if near else "It may be " + ", ".join(known) + "."


def read_fields(where: str, question: object, fields: tuple[Field, ...]) -> dict[str, Any]:
    """Read every field of a table; absent optional ones are none.

    Raises:
        Refused: the first key that cannot be read.
    """
    if not isinstance(question, Mapping):
        raise Refused(f"{where} is {shown(question)}; it wants a table of keys and values.")
    needed = (field.name for field in fields if not field.is_optional)
    check_keys(where, question, (field.name for field in fields), needed)
    return {field.name: read_field(field, question.get(field.name)) for field in fields}


def read_field(field: Field, value: object) -> Any:
    """Read one value by its kind.

    Raises:
        Refused: it is not of that kind.
    """
    if value is None and (field.is_nullable or field.is_optional):
        return None
    match field.kind:
        case Kind.AMOUNT:
            return amount(field.name, value)
        case Kind.PERCENT:
            return decimal(field.name, value)
        case Kind.COUNT:
            return _count(field, value)
        case Kind.DAY:
            return day(field.name, value)
        case Kind.YES_NO:
            return _yes_no(field, value)
        case Kind.CHOICE:
            return _choice(field, value)
        case Kind.CODE:
            return _code(field, value)
        case Kind.ROWS:
            return _rows(field, value)
        case Kind.DAYS:
            return tuple(day(field.name, held) for held in _list(field, value))
        case Kind.BANDS:
            return _bands(field, value)
        case Kind.WEIGHTS:
            return _weights(field, value)
        case Kind.OFFERS:
            return _list(field, value)


def refuse(name: str, value: object, wanted: str, rule: str | None = None) -> NoReturn:
    """Say what stands under a key and what is wanted.

    Raises:
        Refused: always.
    """
    raise Refused(f"{name} is “{shown(value)}”; it wants {wanted}.", rule, field=name)


def decimal(name: str, value: object) -> Decimal:
    """Digits and at most two decimals, as a number or a string.

    Raises:
        Refused: anything else.
    """
    written = format(value, "f") if isinstance(value, Decimal) else str(value)
    is_number = isinstance(value, str | int | Decimal) and not isinstance(value, bool)
    if not is_number or not _AMOUNT.fullmatch(written):
        refuse(name, value, "digits and at most two decimals, such as 843.50", "R157")
    return Decimal(written)


def amount(name: str, value: object) -> Money:
    """Pounds as digits and at most two decimals, as a number or a string.

    Raises:
        Refused: anything else.
    """
    return Money.from_exact(decimal(name, value))


def day(name: str, value: object) -> date:
    """A date such as 2026-12-14.

    Raises:
        Refused: anything else.
    """
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or isinstance(value, Written) or not _DAY.fullmatch(value):
        refuse(name, value, "a date such as 2026-12-14")
    try:
        found = date.fromisoformat(value)
    except ValueError:
        refuse(name, value, "a date that exists, such as 2026-12-14")
    if found.year not in _YEARS:
        refuse(name, value, f"a date from {_YEARS.start} to {_YEARS.stop - 1}")
    return found


def _count(field: Field, value: object) -> int:
    written = str(value)
    if not isinstance(value, str | int) or isinstance(value, bool) or not _COUNT.fullmatch(written):
        refuse(field.name, value, "a whole number")
    if not field.at_least <= int(written) <= field.at_most:
        refuse(field.name, value, f"a whole number from {field.at_least:,} to {field.at_most:,}")
    return int(written)


def _yes_no(field: Field, value: object) -> bool:
    if not isinstance(value, bool):
        refuse(field.name, value, "true or false")
    return value


def _choice(field: Field, value: object) -> str:
    if not isinstance(value, str) or value not in field.choices:
        refuse(field.name, value, "one of " + ", ".join(field.choices))
    return value


def _code(field: Field, value: object) -> str:
    if not isinstance(value, str | int) or isinstance(value, bool) or not str(value).strip():
        refuse(field.name, value, "a number, spaces allowed")
    return str(value)


def _list(field: Field, value: object) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        refuse(field.name, value, "a list")
    return tuple(value)


def _rows(field: Field, value: object) -> tuple[dict[str, Any], ...]:
    rows = _list(field, value)
    if not rows:
        raise Refused(f"{field.name} is an empty list. Give at least one.", field=field.name)
    one = field.name.removesuffix("s")
    return tuple(
        read_fields(f"{one} {number}", row, field.columns) for number, row in enumerate(rows, start=1)
    )


def _bands(field: Field, value: object) -> dict[int, Money]:
    if not isinstance(value, Mapping) or not value:
        refuse(field.name, value, 'prices by minutes, such as {"30": "14.50"}', "R159")
    for minutes in value:
        if not _MINUTES.fullmatch(str(minutes)):
            refuse(field.name, minutes, "minutes as a whole number, such as 30", "R159")
    return {int(minutes): amount(f"{field.name} {minutes}", price) for minutes, price in value.items()}


def _weights(field: Field, value: object) -> dict[str, Decimal]:
    if not isinstance(value, Mapping) or not value:
        refuse(field.name, value, 'percent by criterion, such as {"price": 40, "quality": 60}', "R021")
    return {str(name): decimal(f"weight of {shown(name)}", percent) for name, percent in value.items()}
