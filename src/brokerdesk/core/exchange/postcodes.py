"""Reads postcode tables of several publishers through a child process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from brokerdesk.core.domain.directory import Skipped
from brokerdesk.core.domain.errors import InputProblem
from brokerdesk.core.exchange.outside import read_outside, sha256_of
from brokerdesk.core.exchange.row_problems import problems_of
from brokerdesk.core.ports import Progress, Quiet


@dataclass(frozen=True, slots=True)
class PostcodesRead:
    """What a postcode table states; nothing is kept yet."""

    file_name: str
    file_sha256: str
    rows_read: int
    rows: tuple[tuple[str, float, float], ...]
    """Postcode (`WN5 9AA`) or district (`WN5`), latitude, longitude (degrees, WGS 84)."""
    problems: tuple[InputProblem, ...]
    skipped: tuple[Skipped, ...]


def read_postcodes(path: Path, progress: Progress | None = None) -> PostcodesRead:
    """Read a table of postcodes or districts with degrees or national grid references; nothing is kept.

    Raises:
        InputError: the file as a whole cannot be read.
        Cancelled: the user stopped it.

    Source: docs/rules.md R155.
    """
    answer = read_outside("postcodes", path, progress or Quiet())
    return PostcodesRead(
        file_name=path.name,
        file_sha256=sha256_of(path),
        rows_read=answer.head["rows"],
        rows=tuple((code, latitude, longitude) for code, latitude, longitude in answer.rows),
        problems=problems_of(answer.head["problems"]),
        skipped=tuple(Skipped(reason, rows) for reason, rows in answer.head["skipped"]),
    )
