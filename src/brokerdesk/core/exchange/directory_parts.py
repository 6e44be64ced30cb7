"""Reads a directory file in the child process: recognises its layout and turns rows into facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from brokerdesk.core.domain.directory import FACTS
from brokerdesk.core.exchange.caps import Caps
from brokerdesk.core.exchange.child import Parts, Say
from brokerdesk.core.exchange.directory_row import RowReader
from brokerdesk.core.exchange.file_date import day_of_file
from brokerdesk.core.exchange.found import Found, find_rows
from brokerdesk.core.exchange.tables import take_apart

_TELL_EVERY = 2_000
_JOINED = frozenset({"service_types", "regulated_activities", "specialisms"})


@dataclass
class _Seen:
    """What has been read so far."""

    by_location: dict[str, dict[str, Any]] = field(default_factory=dict)
    problems: list[list[Any]] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    rows: int = 0
    newest: str = ""


def read_parts(path: Path, caps: Caps, say: Say) -> Parts:
    """Read a directory file.

    Returns:
        A head (layout, dates, counts, problems), filled when the rows are exhausted, and a row per location:
        its id
        and its facts in the order of `domain.directory.FACTS`.
    """
    outside = take_apart(path, caps)
    found = find_rows(outside, path.name)
    head: dict[str, Any] = {"layout": found.layout.name, "notes": list(outside.notes)}
    return head, _rows(path, found, head, say)


def _rows(path: Path, found: Found, head: dict[str, Any], say: Say) -> Iterator[list[Any]]:
    seen = _Seen()
    reader = RowReader(found)
    for number, cells in found.rows:
        seen.rows += 1
        _take(seen, reader, number, cells)
        if seen.rows % _TELL_EVERY == 0:
            say(seen.rows, found.total)
    dated_on, dated_by = day_of_file(path.name, found.beside, seen.newest)
    head.update(
        dated_on=dated_on,
        dated_by=dated_by,
        rows=seen.rows,
        problems=seen.problems,
        skipped=list(seen.skipped.items()),
    )
    for location_id, facts in seen.by_location.items():
        yield [location_id, *(facts.get(name) for name in FACTS)]


def _take(seen: _Seen, reader: RowReader, number: int, cells: list[Any]) -> None:
    reason = reader.reason_to_skip(cells)
    if reason:
        seen.skipped[reason] += 1
        return
    facts, problems, newest = reader.facts(number, cells)
    seen.newest = max(seen.newest, newest)
    if problems:
        seen.problems += problems
        return
    location_id = facts.pop("location_id")
    known = seen.by_location.get(location_id)
    if known is None:
        seen.by_location[location_id] = facts
        return
    seen.skipped["another row of a location already read, joined to it"] += 1
    _join(known, facts)


def _join(known: dict[str, Any], facts: dict[str, Any]) -> None:
    """Add another row of the same location: lists grow, blanks are filled, nothing is overwritten."""
    for name, value in facts.items():
        if known.get(name) is None:
            known[name] = value
        elif name in _JOINED and value:
            known[name] = sorted({*known[name], *value})
