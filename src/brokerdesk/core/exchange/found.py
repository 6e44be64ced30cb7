"""Recognises which layout a directory file has, and where in it the rows stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from brokerdesk.core.exchange.formulas import Cell
from brokerdesk.core.exchange.headings import plain_heading
from brokerdesk.core.exchange.layouts import Layout, layouts
from brokerdesk.core.exchange.refusal import UnreadableError
from brokerdesk.core.exchange.tables import Outside, Sheet, cell_text

_HEADINGS_WITHIN = 30


@dataclass(frozen=True, slots=True)
class Found:
    """The rows of a directory file and how to read them."""

    layout: Layout
    headings: tuple[str, ...]
    """As the file spells them, in the order of the cells; for JSON the layout's paths."""
    rows: Iterable[tuple[int, list[Any]]]
    """Number of each row as people count it, and its cells; blank rows are left out."""
    total: int
    beside: tuple[str, ...]
    """Texts of the other sheets and above the headings, where a file says how old it is."""
    formulas: frozenset[Cell] = frozenset()


def find_rows(outside: Outside, name: str) -> Found:
    """Recognise the file.

    Raises:
        UnreadableError: no layout fits; the sentence names the nearest and what it lacks.
    """
    if outside.is_json:
        return _in_json(outside.json, name)
    for layout in _of_format("table"):
        for sheet in outside.sheets:
            for index, row in enumerate(sheet.rows[:_HEADINGS_WITHIN]):
                if _fits(layout, row):
                    return _in_sheet(layout, outside, sheet, index)
    raise UnreadableError(_no_layout(outside, name))


def _of_format(kind: str) -> list[Layout]:
    return [layout for layout in layouts() if layout.format == kind]


def _fits(layout: Layout, row: list[Any]) -> bool:
    return {plain_heading(name) for name in layout.recognise} <= {plain_heading(str(cell)) for cell in row}


def _in_sheet(layout: Layout, outside: Outside, sheet: Sheet, index: int) -> Found:
    headings = tuple(cell_text(cell) for cell in sheet.rows[index])
    beside = [row for other in outside.sheets if other is not sheet for row in other.rows] + sheet.rows[
        :index
    ]
    texts = tuple(cell for row in beside for cell in row if isinstance(cell, str) and cell)
    return Found(
        layout, headings, _numbered(sheet.rows, index + 1), len(sheet.rows) - index - 1, texts, sheet.formulas
    )


def _numbered(rows: list[list[Any]], start: int) -> Iterator[tuple[int, list[Any]]]:
    for number, row in enumerate(rows[start:], start + 1):
        if any(cell not in {"", None} for cell in row):
            yield number, row


def _no_layout(outside: Outside, name: str) -> str:
    known = ", ".join(layout.name for layout in layouts())
    lacking = min((_lacking(layout, outside) for layout in _of_format("table")), key=lambda found: found[0])
    share, layout, missing = lacking
    nearest = f" It is nearest to the {layout}, but has no column {', '.join(missing)}." if share < 1 else ""
    return (
        f"“{name}” is none of the directory files that BrokerDesk knows ({known}).{nearest} "
        "Download the file again, or check that you chose the right one."
    )


def _lacking(layout: Layout, outside: Outside) -> tuple[float, str, list[str]]:
    """Share of the layout's own headings that the best row lacks, the layout's name and those headings."""
    wanted = {plain_heading(name): name for name in layout.recognise}
    rows = [row for sheet in outside.sheets for row in sheet.rows[:_HEADINGS_WITHIN]]
    have = max(({plain_heading(str(c)) for c in row} & wanted.keys() for row in rows), key=len, default=set())
    missing = [f"“{name}”" for plain, name in wanted.items() if plain not in have]
    return len(missing) / len(wanted), layout.name, missing


def _in_json(value: Any, name: str) -> Found:
    for layout in _of_format("json"):
        entries = _entries(value, layout.records)
        if entries and all(key in entries[0] for key in layout.recognise):
            return _in_entries(layout, entries)
    raise UnreadableError(
        f"“{name}” is JSON, but neither the list of locations nor the location details of the regulator's "
        "API. "
        "Check that you chose the right file."
    )


def _entries(value: Any, key: str) -> list[dict[str, Any]]:
    held = value.get(key) if key and isinstance(value, dict) else value
    entries = held if isinstance(held, list) else [held] if held is not None and not key else []
    return entries if entries and all(isinstance(entry, dict) for entry in entries) else []


def _in_entries(layout: Layout, entries: list[dict[str, Any]]) -> Found:
    paths = tuple(dict.fromkeys(layout.headings))
    rows = ((number, [_at(entry, path) for path in paths]) for number, entry in enumerate(entries, 1))
    return Found(layout, paths, rows, len(entries), ())


def _at(entry: Any, path: str) -> Any:
    """The value at a path; for `names[].name` the list of them, None where the key is absent."""
    key, _, rest = path.partition(".")
    held = entry.get(key.removesuffix("[]")) if isinstance(entry, dict) else None
    if key.endswith("[]"):
        if not isinstance(held, list):
            return None
        return [text for text in (_at(member, rest) for member in held) if isinstance(text, str)]
    if rest:
        return _at(held, rest)
    return None if isinstance(held, dict | list) else held
