"""Row problems as the child process hands them over."""

from __future__ import annotations

from typing import Any

from brokerdesk.core.domain.errors import InputProblem

LONGEST_FOUND = 80


def problems_of(plain: list[list[Any]]) -> tuple[InputProblem, ...]:
    """Problems from lists of row, column, found and wanted."""
    return tuple(
        InputProblem(row, column, found[:LONGEST_FOUND], wanted) for row, column, found, wanted in plain
    )
