"""Frozen values as plain JSON values and back: one mechanism for register, store and command line."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from typing import Any

from brokerdesk.core.domain.money import Money

Plain = None | bool | int | str | list["Plain"] | dict[str, "Plain"]


class PlainMismatchError(ValueError):
    """A plain value is not of the shape wanted; `where` names the key, `wanted` the shape in words."""

    def __init__(self, where: str, found: object, wanted: str) -> None:
        super().__init__(f"{where}: {wanted}")
        self.where = where
        self.found = found
        self.wanted = wanted


def to_plain(value: object) -> Any:
    """Turn a frozen value into what JSON can hold; money and decimals become text, times UTC ISO text."""
    if type(value) is str or value is None:
        return value
    match value:
        case None | bool() | int() | str() if not isinstance(value, Enum):
            return value
        case Enum():
            return value.value
        case Money():
            return str(value)
        case Decimal():
            return format(value, "f")
        case bytes():
            return b64encode(value).decode("ascii")
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case time():
            return value.strftime("%H:%M")
        case Mapping():
            return {str(to_plain(key)): to_plain(held) for key, held in value.items()}
        case tuple() | list():
            return [to_plain(held) for held in value]
        case frozenset() | set():
            return sorted(to_plain(held) for held in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: to_plain(getattr(value, name)) for name in _fields_of(type(value))}
    raise TypeError(f"{type(value).__name__} has no plain form")


def to_json(value: object) -> str:
    """Canonical JSON text of a value: sorted keys, no spaces, so that equal values give equal bytes."""
    return plain_json(to_plain(value))


plain_json = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
"""The same of what is plain already."""


@cache
def hints_of(kind: type) -> dict[str, Any]:
    """Resolved type of every field of a dataclass."""
    return typing.get_type_hints(kind)


def from_plain(kind: Any, value: Any, where: str = "value") -> Any:
    """Read a plain value as `kind` (a scalar, an enum, a dataclass, Optional, tuple, list or dict of those).

    Raises:
        PlainMismatchError: the value is of another shape, or a dataclass lacks or has too many keys.
    """
    if type(value) is kind and kind in _AS_THEY_STAND:
        return value
    return _reader_of(kind)(kind, value, where)


_AS_THEY_STAND = frozenset({bool, int, str})


@cache
def _reader_of(kind: Any) -> Callable[[Any, Any, str], Any]:
    """How values of a kind are read; found once, because desks hold hundreds of thousands."""
    if isinstance(kind, typing.NewType):
        return lambda new, value, where: from_plain(new.__supertype__, value, where)
    origin = typing.get_origin(kind)
    if kind is Any or kind is object:
        return lambda _, value, where: value
    if origin in (typing.Union, types.UnionType):
        return _from_union
    if origin in (tuple, list, frozenset):
        return _from_sequence
    if origin in (dict, Mapping) or origin is typing.get_origin(Mapping[str, str]):
        return _from_mapping
    if dataclasses.is_dataclass(kind) and kind is not Money:
        return _from_fields
    return _from_scalar


def _from_union(kind: Any, value: Any, where: str) -> Any:
    choices, may_be_blank = _choices_of(kind)
    if value is None:
        if may_be_blank:
            return None
        raise PlainMismatchError(where, value, "a value")
    if len(choices) == 1:
        return from_plain(choices[0], value, where)
    refusal: PlainMismatchError | None = None
    for choice in sorted(choices, key=lambda choice: not _has_its_names(choice, value)):
        try:
            return from_plain(choice, value, where)
        except PlainMismatchError as mismatch:
            refusal = refusal or mismatch
    raise refusal or PlainMismatchError(where, value, "a value")


@cache
def _choices_of(kind: Any) -> tuple[tuple[Any, ...], bool]:
    """What a union may be, and whether it may be nothing."""
    every = typing.get_args(kind)
    choices = tuple(choice for choice in every if choice is not type(None))
    return choices, len(choices) < len(every)


def _has_its_names(choice: Any, value: Any) -> bool:
    """Whether a table has the names of a dataclass; if not, reading it as that can only fail."""
    if not isinstance(value, Mapping) or not isinstance(choice, type) or not dataclasses.is_dataclass(choice):
        return True
    every, needed = _names_of(choice)
    return needed <= value.keys() <= every


@cache
def _names_of(kind: type) -> tuple[frozenset[str], frozenset[str]]:
    """Names of all fields, and of those that must be given."""
    fields = _fields_of(kind)
    return frozenset(fields), frozenset(name for name, may_lack in fields.items() if not may_lack)


def _from_sequence(kind: Any, value: Any, where: str) -> Any:
    origin = typing.get_origin(kind)
    if not isinstance(value, list | tuple):
        raise PlainMismatchError(where, value, "a list")
    inner = typing.get_args(kind)
    if origin is tuple and not (len(inner) == 2 and inner[1] is Ellipsis):
        if len(inner) != len(value):
            raise PlainMismatchError(where, value, f"a list of {len(inner)}")
        return tuple(from_plain(k, v, where) for k, v in zip(inner, value, strict=True))
    if inner[0] is str and all(type(held) is str for held in value):
        return origin(value)
    return origin(from_plain(inner[0], held, f"{where}[{i}]") for i, held in enumerate(value))


def _from_mapping(kind: Any, value: Any, where: str) -> Any:
    if not isinstance(value, Mapping):
        raise PlainMismatchError(where, value, "a table of names and values")
    key_kind, held_kind = typing.get_args(kind)
    return {
        from_plain(key_kind, key, where): from_plain(held_kind, held, f"{where}.{key}")
        for key, held in value.items()
    }


def _from_fields(kind: type, value: Any, where: str) -> Any:
    if isinstance(value, kind):
        return value
    if not isinstance(value, Mapping):
        raise PlainMismatchError(where, value, "a table of names and values")
    hints, fields = hints_of(kind), _fields_of(kind)
    for name in value:
        if name not in fields:
            raise PlainMismatchError(f"{where}.{name}", name, "one of " + ", ".join(fields))
    found = {}
    for name, may_lack in fields.items():
        if name in value:
            held, hint = value[name], hints[name]
            is_plain = type(held) is hint and hint in _AS_THEY_STAND
            found[name] = held if is_plain else from_plain(hint, held, f"{where}.{name}")
        elif not may_lack:
            raise PlainMismatchError(f"{where}.{name}", None, "a value")
    return kind(**found)


@cache
def _fields_of(kind: type) -> dict[str, bool]:
    """Names of a dataclass's fields in their order, and whether each may be left out."""
    return {
        f.name: f.default is not dataclasses.MISSING or f.default_factory is not dataclasses.MISSING
        for f in dataclasses.fields(kind)
    }


def _from_scalar(kind: Any, value: Any, where: str) -> Any:
    try:
        if kind is bool or kind is int or kind is str:
            if type(value) is not kind:
                raise ValueError(value)
            return value
        if isinstance(value, kind):
            return value
        if kind is Decimal:
            if isinstance(value, bool | float):
                raise ValueError(value)
            return Decimal(value)
        return _READERS.get(kind, kind)(value)
    except (ValueError, TypeError, InvalidOperation, AttributeError, OverflowError) as why:
        raise PlainMismatchError(where, value, _words_for(kind)) from why


def _with_zone(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("no zone")
    return moment.astimezone(UTC)


_READERS: dict[Any, Any] = {
    Money: Money.parse,
    bytes: lambda text: b64decode(text, validate=True),
    date: date.fromisoformat,
    time: time.fromisoformat,
    datetime: lambda text: _with_zone(datetime.fromisoformat(text)),
}


def _words_for(kind: Any) -> str:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return "one of " + ", ".join(str(choice.value) for choice in kind)
    return {
        bool: "true or false",
        int: "a whole number",
        str: "text",
        Decimal: "a number",
        bytes: "bytes in Base64",
        Money: "pounds such as 843.50",
        date: "a date such as 2026-12-14",
        time: "a time such as 08:30",
        datetime: "a time such as 2026-12-14T09:00:00Z",
    }.get(kind, "a value")
