"""Writes report files: csv and xlsx in which no cell can be taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.table_text import marked, without_control
from brokerdesk.core.exchange.refusal import unreadable
from brokerdesk.core.files import write_safely

ReportCell = object
"""Text, whole number, decimal, money, date, time, yes or no, None for blank; all else becomes text."""

_LONGEST_CELL = 32_767
_NARROWEST, _WIDEST = 10, 60


def write_table(path: Path, columns: Sequence[str], rows: Sequence[Sequence[ReportCell]]) -> None:
    """Write a report as csv or xlsx by the path's ending.

    Args:
        path: ends in .csv or .xlsx.
        columns: headings.
        rows: cells in the order of the headings; texts stay texts, numbers and dates keep their kind.

    Raises:
        InputError: another ending.
        PlaceError: it cannot be written there.
    """
    writers = {".csv": csv_bytes, ".xlsx": _xlsx_bytes}
    write = writers.get(path.suffix.lower())
    if write is None:
        ending = path.suffix or path.name
        raise unreadable(f"A report is written as .csv or .xlsx, not “{ending}”. Change the ending.")
    write_safely(path, write(columns, rows))


def csv_bytes(columns: Sequence[str], rows: Sequence[Sequence[ReportCell]]) -> bytes:
    """A table as CSV in UTF-8, every cell in quotes, so that no text can be taken for a separator."""
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow([marked(column) for column in columns])
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    # The mark at the start tells spreadsheet programs that it is UTF-8.
    return ("\ufeff" + made.getvalue()).encode()


def _csv_cell(cell: ReportCell) -> str:
    match cell:
        case str():
            return marked(cell)
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case Money():
            return f"{cell.pounds:.2f}"
        case Decimal():
            return format(cell, "f")
        case datetime():
            return cell.isoformat(sep=" ", timespec="minutes")
        case date():
            return cell.isoformat()
    return str(cell)


def _xlsx_bytes(columns: Sequence[str], rows: Sequence[Sequence[ReportCell]]) -> bytes:
    import pandas as pd

    made = io.BytesIO()
    table = [[_xlsx_cell(cell) for cell in row] for row in rows]
    heads = [without_control(column) for column in columns]
    frame = pd.DataFrame(table, columns=heads, dtype=object)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with pd.ExcelWriter(
        made,
        engine="xlsxwriter",
        date_format="yyyy-mm-dd",
        datetime_format="yyyy-mm-dd hh:mm",
        engine_kwargs={"options": {**options, "in_memory": True}},
    ) as writer:
        # Fixed, so that equal reports are equal files.
        writer.book.set_properties({"created": datetime(2026, 11, 1)})
        frame.to_excel(writer, sheet_name="Report", index=False, freeze_panes=(1, 0))
        for place, width in enumerate(_widths(heads, table)):
            writer.sheets["Report"].set_column(place, place, width)
    return made.getvalue()


def _xlsx_cell(cell: ReportCell) -> str | int | float | date | datetime | None:
    match cell:
        case None:
            return None
        case bool():
            return "yes" if cell else "no"
        case Money():
            return float(cell.pounds)
        case Decimal():
            return float(cell)
        case datetime():
            # A workbook knows no time zones.
            return cell.replace(tzinfo=None)
        case date() | int():
            return cell
    return without_control(str(cell))[:_LONGEST_CELL]


def _widths(heads: Sequence[str], table: Sequence[Sequence[object]]) -> list[int]:
    longest = [
        max([len(head), *(len(str(row[place])) for row in table[:500])]) for place, head in enumerate(heads)
    ]
    return [min(max(width + 2, _NARROWEST), _WIDEST) for width in longest]
