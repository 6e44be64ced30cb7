"""Writes framework workbooks: the empty template with its guidance and drop-downs, and filled ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from io import BytesIO
from pathlib import Path
from typing import Any

from brokerdesk.core.domain.framework import Criterion, Lot
from brokerdesk.core.domain.framework_rules import FrameworkRules, Rung
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.sheets import Column, SheetPlan
from brokerdesk.core.domain.table_text import without_control
from brokerdesk.core.domain.workbook import FrameworkRead, FrameworkRow, MemberRow, RateRow, SuspensionRow
from brokerdesk.core.domain.workbook_plan import GUIDANCE, SHEETS
from brokerdesk.core.files import write_safely

Rows = Sequence[Mapping[str, Any]]

_ROWS_TO_FILL = 1_000
_SAME_EVERY_TIME = datetime(2026, 11, 1)
_ABOUT = (
    "Fill one row for each thing on the sheets that follow. The first row holds the headings: their order "
    "is free, "
    "their names are not.",
    "Money is pounds with two decimals, such as 24.10, without £ and without a separator.",
    "Dates are written 2026-12-14. A blank cell means not stated.",
    "No formulas: paste them as values. Do not add a password or macros.",
    "Several needs, days or tests in one cell are joined by a semicolon.",
    "Rules, Ladder and Ceilings say how the framework is used. They may stay empty: the broker then says at "
    "each round whether all are asked at once or by rank. One row of Ladder is one rung, in order.",
)
# Sheet and column whose names a column picks from.
_PICKS = {"lot": "=Lots!$A$2:$A$200", "zone": "=Zones!$A$2:$A$1000"}


def write_framework_template(path: Path) -> None:
    """Write an empty framework workbook with guidance and drop-downs.

    Raises:
        PlaceError: it cannot be written there.
    """
    write_safely(path, _workbook({}))


def write_framework_workbook(path: Path, read: FrameworkRead) -> None:
    """Write a framework as a workbook that `read_framework_workbook` reads to the same values.

    Raises:
        PlaceError: it cannot be written there.
    """
    write_safely(path, _workbook(_rows_of(read)))


def _rows_of(read: FrameworkRead) -> dict[str, Rows]:
    return {
        "Framework": [_framework(read.framework)] if read.framework else [],
        "Lots": [_lot(lot) for lot in read.lots],
        "Zones": [{"zone": zone.name, "outcode": code} for zone in read.zones for code in zone.outcodes],
        "Members": [_member(member) for member in read.members],
        "Rates": [_rate(rate) for rate in read.rates],
        "Suspensions": [_suspension(row) for row in read.suspensions],
        "Terms": [{"name": term.name, "value": term.value} for term in read.terms],
        "Rules": _rules(read.rules),
        "Ladder": [_rung(rung) for rung in read.rules.ladder],
        "Ceilings": [
            {
                "lot": row.lot, "zone": row.zone, "kind": row.kind, "ceiling": row.ceiling,
                "starts_on": row.starts_on, "ends_on": row.ends_on, "source": row.source or None,
            }
            for row in read.rules.ceilings
        ],
    }


def _rules(rules: FrameworkRules) -> Rows:
    """One row, or none where nothing but the ladder and ceilings is said."""
    if replace(rules, ladder=(), ceilings=()) == FrameworkRules():
        return []
    working, direct = rules.working_hours, rules.direct_call_off
    return [
        {
            "working_days": working.days if working else None,
            "opens": working.opens if working else None,
            "closes": working.closes if working else None,
            "least_hours_standard": rules.least_hours_standard,
            "least_hours_urgent": rules.least_hours_urgent,
            "price_formula": rules.price_formula,
            "tests": rules.tests,
            "near_miles": rules.near_miles,
            "direct_call_off": direct.is_allowed,
            "mechanism": direct.mechanism,
            "sealed": rules.is_sealed,
            "scorers": rules.scorers,
            "ground_needed": rules.ground_needed,
            "grounds": rules.grounds,
        }
    ]


def _rung(rung: Rung) -> dict[str, Any]:
    names = ("tiers", "order", "hours_standard", "hours_urgent", "opens_next", "pick", "skips")
    return {"rung": rung.name, "outside": rung.is_spot} | {name: getattr(rung, name) for name in names}


def _framework(row: FrameworkRow) -> dict[str, Any]:
    weights = {f"weight_{c.value}": row.weights.get(c.value) for c in Criterion}
    names = (
        "name",
        "reference",
        "kind",
        "regime",
        "first_trigger_on",
        "starts_on",
        "ends_on",
        "extension_ends_on",
        "extension_taken",
        "rounding",
        "response_hours_standard",
        "response_hours_urgent",
    )
    return {name: getattr(row, name) for name in names} | weights


def _lot(lot: Lot) -> dict[str, Any]:
    names = ("service", "unit", "personal_care", "rating_floor", "ceiling")
    return {"lot": lot.name} | {name: getattr(lot, name) for name in names}


def _member(row: MemberRow) -> dict[str, Any]:
    names = (
        "provider",
        "lot",
        "zone",
        "tier",
        "rank",
        "quality",
        "capacity",
        "capacity_unit",
        "contact_name",
        "contact_email",
        "needs",
    )
    ids = {"cqc_provider_id": row.provider_id, "cqc_location_id": row.location_id}
    return ids | {name: getattr(row, name) for name in names}


def _rate(row: RateRow) -> dict[str, Any]:
    names = ("lot", "zone", "band_minutes", "rate", "from_on", "kind")
    return {"cqc_location_id": row.location_id} | {name: getattr(row, name) for name in names}


def _suspension(row: SuspensionRow) -> dict[str, Any]:
    names = ("scope", "from_on", "to_on", "reason")
    return {"cqc_location_id": row.location_id} | {name: getattr(row, name) for name in names}


def _text(value: object) -> str:
    """A value as the workbook's words."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Enum():
            return str(value.value)
        case Money():
            return str(value)
        case Decimal():
            return format(value, "f")
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case tuple():
            return "; ".join(_text(piece) for piece in value)
    return str(value)


def _workbook(rows: Mapping[str, Rows]) -> bytes:
    import xlsxwriter

    made = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        book.set_properties({"created": _SAME_EVERY_TIME, "title": "Framework"})
        looks = {
            "text": book.add_format({"num_format": "@", "valign": "top"}),
            "head": book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1, "num_format": "@"}),
            "must": book.add_format({"bold": True, "bg_color": "#CFE0EF", "border": 1, "num_format": "@"}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
            "bold": book.add_format({"bold": True, "font_size": 14}),
        }
        _write_guidance(book.add_worksheet(GUIDANCE), looks)
        for plan in SHEETS:
            _write_sheet(book.add_worksheet(plan.name), plan, rows.get(plan.name, ()), looks)
    return made.getvalue()


def _write_guidance(sheet: Any, looks: Mapping[str, Any]) -> None:
    sheet.set_column(0, 1, 26)
    sheet.set_column(2, 2, 70)
    sheet.write_string(0, 0, "How to fill this workbook", looks["bold"])
    for line, text in enumerate(_ABOUT, 1):
        sheet.merge_range(line, 0, line, 2, "")
        sheet.write_string(line, 0, text, looks["wrap"])
        sheet.set_row(line, 32)
    top = len(_ABOUT) + 2
    for place, heading in enumerate(("Sheet", "Column", "What it holds")):
        sheet.write_string(top, place, heading, looks["head"])
    for line, (plan, column) in enumerate(_columns(), top + 1):
        must = " (must be filled)" if column.must else ""
        words = f": {', '.join(column.choices)}" if column.choices else ""
        for place, text in enumerate((plan.name, column.name, f"{column.says}{words}{must}")):
            sheet.write_string(line, place, text, looks["wrap"])


def _columns() -> Iterable[tuple[SheetPlan, Column]]:
    return ((plan, column) for plan in SHEETS for column in plan.columns)


def _write_sheet(sheet: Any, plan: SheetPlan, rows: Rows, looks: Mapping[str, Any]) -> None:
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(plan.columns):
        # Text cells keep leading zeros and stop the spreadsheet program from turning dates and money about.
        sheet.set_column(place, place, column.width, looks["text"])
        sheet.write_string(0, place, column.name, looks["must" if column.must else "head"])
        source = list(column.choices) or _PICKS.get(column.name if plan.name not in {"Lots", "Zones"} else "")
        if source:
            sheet.data_validation(
                1, place, _ROWS_TO_FILL, place, {"validate": "list", "source": source, "ignore_blank": True}
            )
        for line, row in enumerate(rows, 1):
            if text := without_control(_text(row[column.name])):
                sheet.write_string(line, place, text, looks["text"])
