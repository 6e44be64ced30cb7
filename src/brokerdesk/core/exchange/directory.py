"""Reads the regulator's directory files, whatever their layout, through a child process."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from brokerdesk.core.domain.directory import FACTS, DirectoryRead, LocationFacts, Rating, Skipped
from brokerdesk.core.exchange.outside import read_outside, sha256_of
from brokerdesk.core.exchange.row_problems import problems_of
from brokerdesk.core.ports import Progress, Quiet

_DAYS = ("deregistered_on", "registered_on", "rating_on")
_TUPLES = ("address_lines", "service_types", "regulated_activities", "specialisms")
_DAY_PLACES = tuple(FACTS.index(name) + 1 for name in _DAYS)
_TUPLE_PLACES = tuple(FACTS.index(name) + 1 for name in _TUPLES)
_RATING_PLACE = FACTS.index("rating") + 1


def read_directory(path: Path, progress: Progress | None = None) -> DirectoryRead:
    """Read a directory file of any layout among the resources; nothing is kept.

    Args:
        path: an .ods, .xlsx, .csv or .json file.
        progress: hears how far it is, and may stop it.

    Raises:
        InputError: the file as a whole cannot be read.
        Cancelled: the user stopped it.

    Source: docs/rules.md R116, R119, R150, R152, R155.
    """
    answer = read_outside("directory", path, progress or Quiet())
    head = answer.head
    return DirectoryRead(
        layout=head["layout"],
        file_name=path.name,
        file_sha256=sha256_of(path),
        file_dated_on=_day(head["dated_on"]),
        dated_by=head["dated_by"],
        rows_read=head["rows"],
        rows=tuple(_facts(row) for row in answer.rows),
        problems=problems_of(head["problems"]),
        skipped=tuple(Skipped(reason, rows) for reason, rows in head["skipped"]),
    )


def _facts(row: list[Any]) -> LocationFacts:
    for place in _DAY_PLACES:
        row[place] = _day(row[place])
    for place in _TUPLE_PLACES:
        row[place] = None if row[place] is None else tuple(row[place])
    row[_RATING_PLACE] = None if row[_RATING_PLACE] is None else Rating(row[_RATING_PLACE])
    return LocationFacts(*row)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
