"""Hands over every sheet of a small file as rows of text, from the child process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from brokerdesk.core.exchange.caps import Caps
from brokerdesk.core.exchange.child import Parts, Say
from brokerdesk.core.exchange.refusal import UnreadableError
from brokerdesk.core.exchange.tables import Sheet, cell_text, take_apart


def read_parts(path: Path, caps: Caps, say: Say) -> Parts:
    """Read every sheet.

    Returns:
        A head (names of the sheets, notes), and a row per row that is not blank: place of its sheet, its
        number,
        its cells as text, and the places of its formulas.
    """
    outside = take_apart(path, caps)
    if outside.is_json:
        raise UnreadableError(f"“{path.name}” is JSON; a workbook (.xlsx) or a list (.csv) is wanted here.")
    say(0, sum(len(sheet.rows) for sheet in outside.sheets))
    head = {"sheets": [sheet.name for sheet in outside.sheets], "notes": list(outside.notes)}
    return head, _rows(outside.sheets)


def _rows(sheets: tuple[Sheet, ...]) -> Iterator[list[Any]]:
    for place, sheet in enumerate(sheets):
        formulas: dict[int, list[int]] = {}
        for row, column in sheet.formulas:
            formulas.setdefault(row, []).append(column - 1)
        for number, held in enumerate(sheet.rows, 1):
            cells = [cell_text(cell) for cell in held]
            if any(cells) or number in formulas:
                yield [place, number, cells, sorted(formulas.get(number, ()))]
