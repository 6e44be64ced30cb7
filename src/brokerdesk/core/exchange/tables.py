"""Any file from outside as sheets of cells; runs in the child process only."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from brokerdesk.core.exchange.caps import Caps
from brokerdesk.core.exchange.formulas import Cell, formula_cells
from brokerdesk.core.exchange.packed import look_inside
from brokerdesk.core.exchange.refusal import UnreadableError
from brokerdesk.core.exchange.sniff import kind_of
from brokerdesk.core.exchange.texts import decode, json_of, rows_of, too_many_columns, too_many_rows


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; row 1 is the first of the file, blank rows included."""

    name: str
    rows: list[list[Any]]
    """Cells as the reader gives them; `cell_text` makes text of one."""
    formulas: frozenset[Cell] = frozenset()


@dataclass(frozen=True, slots=True)
class Outside:
    """A file from outside, taken apart."""

    sheets: tuple[Sheet, ...]
    json: Any = None
    """The value of a JSON file, which has no sheets."""
    is_json: bool = False
    notes: tuple[str, ...] = ()


def take_apart(path: Path, caps: Caps) -> Outside:
    """Read every sheet of a workbook, the rows of a delimited text, or a JSON value.

    Raises:
        UnreadableError: it is none of these, or breaks a cap.
    """
    kind = kind_of(path, caps)
    if kind == "workbook":
        return Outside(workbook_sheets(path, caps))
    text, notes = decode(path)
    if kind == "json":
        return Outside((), json_of(text, path.name, caps), is_json=True, notes=notes)
    return Outside((Sheet(path.stem, list(rows_of(text, path.name, caps))),), notes=notes)


def workbook_sheets(path: Path, caps: Caps, content: bytes | None = None) -> tuple[Sheet, ...]:
    """Every sheet of a workbook that lies at a path, or whose content is given.

    Raises:
        UnreadableError: it is none, may do harm, or breaks a cap.
    """
    packed = look_inside(path, caps, content)
    formulas = formula_cells(path, packed.kind, packed.formula_parts, content)
    return tuple(
        Sheet(name, rows, formulas.get(name, frozenset()))
        for name, rows in _rows_by_sheet(path, caps, content).items()
    )


def _rows_by_sheet(path: Path, caps: Caps, content: bytes | None) -> dict[str, list[list[Any]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        source: Any = str(path) if content is None else io.BytesIO(content)
        with CalamineWorkbook.from_object(source) as book:
            found = {}
            for name in book.sheet_names:
                sheet = book.get_sheet_by_name(name)
                _check_shape(path.name, sheet.end, caps)
                # Blank rows above the first cell count too, so that a row has the number that people see.
                found[name] = sheet.to_python(skip_empty_area=False)
            return found
    except CalamineError as why:
        raise UnreadableError(
            f"“{path.name}” is damaged inside. Open it in your spreadsheet program, save it again as .xlsx "
            "and try "
            "once more."
        ) from why


def _check_shape(name: str, end: tuple[int, int] | None, caps: Caps) -> None:
    rows, columns = (end[0] + 1, end[1] + 1) if end else (0, 0)
    if rows > caps.rows:
        raise UnreadableError(too_many_rows(name, caps))
    if columns > caps.columns:
        raise UnreadableError(too_many_columns(name, columns, caps))


def cell_text(cell: object) -> str:
    """A cell as people would write it: ISO dates, whole numbers without a point, no spaces around."""
    match cell:
        case str():
            return cell.strip()
        case bool():
            return "TRUE" if cell else "FALSE"
        case float():
            return _number_text(cell)
        case datetime():
            return (
                cell.date().isoformat()
                if cell.time() == time()
                else cell.isoformat(sep=" ", timespec="minutes")
            )
        case date():
            return cell.isoformat()
        case time():
            return cell.isoformat(timespec="minutes")
        case timedelta():
            return str(cell)
    return "" if cell is None else str(cell)


def _number_text(number: float) -> str:
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    # Sums in a spreadsheet leave 24.100000000000001; fifteen digits are all that it holds.
    return f"{number:.15g}"
