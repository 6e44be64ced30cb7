"""Sheets of a small file from outside as rows of text, in the parent."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from brokerdesk.core.domain.sheets import RawRow
from brokerdesk.core.exchange.outside import read_outside
from brokerdesk.core.ports import Progress, Quiet


@dataclass(frozen=True, slots=True)
class RawSheets:
    """Every sheet of a file."""

    rows: dict[str, list[RawRow]]
    """Rows that are not blank, by name of sheet, in order."""
    notes: tuple[str, ...]


def read_sheets(path: Path, progress: Progress | None = None) -> RawSheets:
    """Read a workbook or a delimited text.

    Raises:
        InputError: the file as a whole cannot be read.
        Cancelled: the user stopped it.
    """
    answer = read_outside("sheets", path, progress or Quiet())
    names = list(answer.head["sheets"])
    rows: dict[str, list[RawRow]] = {name: [] for name in names}
    for place, number, cells, formulas in answer.rows:
        rows[names[place]].append(RawRow(number, tuple(cells), frozenset(formulas)))
    return RawSheets(rows, tuple(answer.head["notes"]))
