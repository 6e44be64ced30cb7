"""Reads the rulebook's dated tables, shipped and as the council overrides them."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from brokerdesk.core.domain.calendar import Calendar, Division
from brokerdesk.core.domain.errors import InputError, PlaceError
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.rulebook import Figure, Row, Rulebook

HOLIDAYS = "bank_holidays.toml"
ABOUT = "about.toml"
_STATUSES = {"V", "S", "M", "P"}


class _Unreadable(ValueError):  # noqa: N818 - caught here and told as a sentence
    """What is wrong with one entry."""


@dataclass(frozen=True)
class RulebookFiles:
    """The port that reads the rulebook from a folder of tables."""

    folder: Path
    overrides: Path | None = None
    """The council's own table; none where it has none."""

    def read(self) -> Rulebook:
        """The rulebook in force, as `read_rulebook`."""
        return read_rulebook(self.folder, self.overrides)


def read_rulebook(folder: Path, overrides: Path | None = None) -> Rulebook:
    """Read every table of a folder.

    Args:
        folder: the shipped tables.
        overrides: a table of the council's own rows; one of the same name and day replaces the shipped one.

    Raises:
        PlaceError: a shipped table is missing or torn.
        InputError: the council's own table cannot be read.
    """
    paths = sorted(folder.glob("*.toml"))
    try:
        raw = {path.name: path.read_bytes() for path in paths}
        tables = {name: _table(name, content) for name, content in raw.items()}
        calendar, checked_on, valid_to = _calendar(tables.pop(HOLIDAYS, {})), *_about(tables.pop(ABOUT, {}))
        rows = [row for name, table in tables.items() for row in _rows(name, table, is_override=False)]
    except (OSError, _Unreadable) as why:
        raise PlaceError(
            f"The rulebook in {folder} cannot be read: {why}. Install BrokerDesk again to put it back."
        ) from why
    own, own_bytes = _overrides(overrides, {row.name: row.figure for row in rows})
    edition = hashlib.sha256(b"".join((*raw.values(), own_bytes))).hexdigest()
    return Rulebook(calendar, _by_name((*rows, *own)), checked_on, valid_to, edition)


def _overrides(path: Path | None, known: Mapping[str, Figure]) -> tuple[list[Row], bytes]:
    if path is None or not path.exists():
        return [], b""
    try:
        content = path.read_bytes()
        rows = list(_rows(path.name, _table(path.name, content), is_override=True))
        for row in rows:
            _check_known(row, known)
    except (OSError, _Unreadable) as why:
        raise InputError(
            f"The council's own rulebook {path} cannot be read: {why}. Mend the file or move it away.",
            unreadable=True,
        ) from why
    return rows, content


def _check_known(row: Row, known: Mapping[str, Figure]) -> None:
    if row.name not in known:
        raise _Unreadable(f"“{row.name}” is not the name of a figure")
    if type(row.figure) is not type(known[row.name]):
        raise _Unreadable(f"“{row.name}” is of another kind than the shipped figure")


def _table(name: str, content: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as why:
        raise _Unreadable(f"{name}: {why}") from why


def _day(where: str, value: object) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise _Unreadable(f"{where} wants a date such as 2026-12-14")
    return value


def _text(where: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Unreadable(f"{where} wants words")
    return value


def _about(table: dict[str, Any]) -> tuple[date, date]:
    about = table.get("about", {})
    return _day(f"{ABOUT} checked_on", about.get("checked_on")), _day(
        f"{ABOUT} valid_to", about.get("valid_to")
    )


def _calendar(table: dict[str, Any]) -> Calendar:
    about = table.get("about", {})
    holidays: dict[Division, dict[date, str]] = {division: {} for division in Division}
    for entry in table.get("holiday", []):
        day = _day(f"{HOLIDAYS} on", entry.get("on"))
        for division in _divisions(entry):
            holidays[division][day] = _text(f"{HOLIDAYS} {day} name", entry.get("name"))
    return Calendar(
        _day(f"{HOLIDAYS} from_on", about.get("from_on")),
        _day(f"{HOLIDAYS} to_on", about.get("to_on")),
        holidays,
    )


def _divisions(entry: dict[str, Any]) -> tuple[Division, ...]:
    try:
        return tuple(Division(name) for name in entry.get("divisions", []))
    except ValueError as why:
        raise _Unreadable(f"{HOLIDAYS} {entry.get('on')}: {why}") from why


def _rows(table_name: str, table: dict[str, Any], *, is_override: bool) -> Iterable[Row]:
    for entry in table.get("row", []):
        where = f"{table_name} {entry.get('name', 'a row without a name')}"
        status = entry.get("status", "P" if is_override else None)
        if status not in _STATUSES:
            raise _Unreadable(f"{where} wants a status: V, S, M or P")
        yield Row(
            name=_text(f"{where} name", entry.get("name")),
            from_on=_day(f"{where} from_on", entry.get("from_on")),
            figure=_figure(where, entry),
            source=_text(f"{where} source", entry.get("source")),
            rule=_text(f"{where} rule", entry.get("rule")),
            status=status,
            is_override=is_override,
        )


def _figure(where: str, entry: dict[str, Any]) -> Figure:
    match entry:
        case {"number": int(count)} if not isinstance(count, bool) and count >= 0:
            return count
        case {"pounds": str(text)}:
            return _read(where, Money.parse, text)
        case {"decimal": str(text)}:
            return _read(where, lambda written: Money.parse(written).pounds, text)
        case {"day": day}:
            return _day(where, day)
        case {"words": words}:
            return _text(where, words)
    raise _Unreadable(f"{where} wants one of number, pounds, decimal, day, words")


def _read(where: str, reader: Callable[[str], Money | Decimal], text: str) -> Money | Decimal:
    try:
        return reader(text)
    except ValueError as why:
        raise _Unreadable(f"{where} wants digits and at most two decimals, not “{text}”") from why


def _by_name(rows: Iterable[Row]) -> dict[str, tuple[Row, ...]]:
    found: dict[str, dict[date, Row]] = {}
    for row in rows:
        found.setdefault(row.name, {})[row.from_on] = row
    return {name: tuple(by_day[day] for day in sorted(by_day)) for name, by_day in found.items()}
