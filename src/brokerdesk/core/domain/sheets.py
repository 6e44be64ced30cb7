"""Sheets as data: which columns a sheet has, how each cell is read, and the reading of rows by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from brokerdesk.core.domain.cells import CellReader
from brokerdesk.core.domain.errors import InputProblem

LONGEST_FOUND = 80


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet."""

    name: str
    read: CellReader
    says: str
    """What it holds, for the guidance."""
    must: bool = False
    """A row without it cannot be used."""
    choices: tuple[str, ...] = ()
    """Words of the drop-down."""
    width: int = 18


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """The columns of a sheet."""

    name: str
    columns: tuple[Column, ...]
    must: bool = False
    """A file without this sheet cannot be used."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row of text cells with the number that people see."""

    number: int
    cells: Sequence[str]
    formulas: frozenset[int] = frozenset()
    """Places (from 0) of cells that hold a formula."""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row read by its plan."""

    number: int
    values: Mapping[str, Any]
    """By column; None where blank or not read."""
    texts: Mapping[str, str]
    """As they stand."""
    is_good: bool


@dataclass(frozen=True, slots=True)
class SheetRead:
    """The rows of one sheet."""

    rows: tuple[ReadRow, ...]
    problems: tuple[InputProblem, ...]
    notes: tuple[str, ...]


def read_rows(plan: SheetPlan, raw: Sequence[RawRow], *, label: str = "") -> SheetRead:
    """Read the rows of a sheet; the first is the heading, blank rows are passed over.

    Args:
        plan: its columns.
        raw: its rows in order.
        label: put before column names in problems, such as `Members.`.
    """
    if not raw:
        return SheetRead((), (), ())
    places, problems, notes = _places(plan, raw[0], label)
    rows = []
    for row in raw[1:]:
        if any(row.cells) or row.formulas:
            read, found = _read_row(plan, places, row, label)
            rows.append(read)
            problems += found
    return SheetRead(tuple(rows), tuple(problems), tuple(notes))


def nearest_name(text: str, names: Sequence[str]) -> str | None:
    """The name that a text most likely means; None where none is near."""
    found = get_close_matches(text.casefold().replace(" ", "_"), names, n=1, cutoff=0.7)
    return found[0] if found else None


def _places(
    plan: SheetPlan, heading: RawRow, label: str
) -> tuple[dict[str, int], list[InputProblem], list[str]]:
    known = {column.name.casefold(): column.name for column in plan.columns}
    places: dict[str, int] = {}
    problems: list[InputProblem] = []
    strange: list[str] = []
    for place, cell in enumerate(heading.cells):
        name = known.get(cell.strip().casefold())
        if name in places:
            problems.append(
                InputProblem(heading.number, f"{label}{name}", "the same column twice", "it once")
            )
        elif name:
            places[name] = place
        elif cell.strip():
            strange.append(cell.strip())
    missing = [column.name for column in plan.columns if column.name not in places]
    notes = []
    for cell in strange:
        near = nearest_name(cell, missing)
        if near:
            problems.append(_problem(heading.number, f"{label}{cell}", cell, f"{near}, which is not there"))
            missing.remove(near)
        else:
            notes.append(f"Column “{cell}” is not one that BrokerDesk knows here, so it was passed over.")
    must = {column.name for column in plan.columns if column.must}
    problems += [
        InputProblem(heading.number, f"{label}{name}", "no such column", f"a column headed {name}")
        for name in missing
        if name in must
    ]
    return places, problems, notes


def _read_row(
    plan: SheetPlan, places: Mapping[str, int], row: RawRow, label: str
) -> tuple[ReadRow, list[InputProblem]]:
    values: dict[str, Any] = {}
    texts: dict[str, str] = {}
    problems: list[InputProblem] = []
    for column in plan.columns:
        place = places.get(column.name)
        text = row.cells[place].strip() if place is not None and place < len(row.cells) else ""
        texts[column.name], values[column.name] = text, None
        try:
            values[column.name] = _value(column, text, is_formula=place in row.formulas)
        except ValueError as why:
            found = "a formula" if place in row.formulas else text or "nothing"
            problems.append(_problem(row.number, f"{label}{column.name}", found, str(why)))
    return ReadRow(row.number, values, texts, not problems), problems


def _value(column: Column, text: str, *, is_formula: bool) -> Any:
    if is_formula:
        raise ValueError("a value: copy the cell and paste it as a value")
    if text:
        return column.read(text)
    if column.must:
        raise ValueError(column.says)
    return None


def _problem(row: int, column: str, found: str, wanted: str) -> InputProblem:
    return InputProblem(row, column, found[:LONGEST_FOUND], wanted)
