"""How each type of the domain lies in a column: typed where SQL can use it, canonical JSON where not."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import BigInteger, Boolean, Float, LargeBinary, Text
from sqlalchemy.types import TypeEngine

from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.plain import from_plain, hints_of, to_json, to_plain

Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class FieldColumn:
    """One field of a noun and its column."""

    name: str
    sql_type: type[TypeEngine[Any]]
    is_optional: bool
    to_sql: Convert
    from_sql: Convert

    @property
    def is_as_it_lies(self) -> bool:
        """Whether the row holds the value itself."""
        return self.from_sql is _same


_KNOWN: dict[type, tuple[FieldColumn, ...]] = {}


def _same(value: Any) -> Any:
    return value


def _read_time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


_SCALARS: dict[Any, tuple[type[TypeEngine[Any]], Convert, Convert]] = {
    str: (Text, _same, _same),
    int: (BigInteger, _same, _same),
    bool: (Boolean, _same, _same),
    float: (Float, _same, _same),
    bytes: (LargeBinary, _same, _same),
    Money: (BigInteger, lambda money: money.pence, Money),
    Decimal: (Text, to_plain, Decimal),
    date: (Text, date.isoformat, date.fromisoformat),
    datetime: (Text, to_plain, _read_time),
}


def _blank_stays(convert: Convert) -> Convert:
    if convert is _same:
        return convert
    return lambda value: None if value is None else convert(value)


def _split_optional(hint: Any) -> tuple[Any, bool]:
    if typing.get_origin(hint) not in (typing.Union, types.UnionType):
        return hint, False
    choices = [choice for choice in typing.get_args(hint) if choice is not type(None)]
    return (choices[0] if len(choices) == 1 else hint), len(choices) < len(typing.get_args(hint))


def _converters(kind: Any) -> tuple[type[TypeEngine[Any]], Convert, Convert]:
    if kind in _SCALARS:
        return _SCALARS[kind]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return Text, lambda choice: choice.value, kind
    return Text, to_json, lambda text: from_plain(kind, json.loads(text))


def columns_of(noun: type) -> tuple[FieldColumn, ...]:
    """One column per field of a frozen dataclass, in the order of its fields."""
    if noun not in _KNOWN:
        _KNOWN[noun] = tuple(_columns(noun))
    return _KNOWN[noun]


def _columns(noun: type) -> Iterator[FieldColumn]:
    hints = hints_of(noun)
    for field in dataclasses.fields(noun):
        kind, is_optional = _split_optional(hints[field.name])
        sql_type, to_sql, from_sql = _converters(kind)
        yield FieldColumn(field.name, sql_type, is_optional, _blank_stays(to_sql), _blank_stays(from_sql))
