"""Checks the row of the sheet Framework: one row, its dates, its regime, its weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from brokerdesk.core.domain.errors import InputProblem
from brokerdesk.core.domain.framework import Criterion, FrameworkKind, Regime
from brokerdesk.core.domain.sheets import ReadRow
from brokerdesk.core.domain.workbook import RegimeDates

_ALL_PERCENT = Decimal(100)


def framework_problems(rows: Sequence[ReadRow], dates: RegimeDates) -> Iterator[InputProblem]:
    """What does not fit in the framework's own row.

    Source: docs/rules.md R001, R002, R003, R021.
    """
    for row in rows[1:]:
        found = row.texts["name"] or "a second row"
        yield InputProblem(row.number, "Framework.name", found[:80], "one framework in a workbook")
    for row in rows[:1]:
        yield from _order_of_days(row)
        yield from _regime(row, dates)
        yield from _last_end_of_a_dps(row, dates)
        yield from _weights(row)


def _order_of_days(row: ReadRow) -> Iterator[InputProblem]:
    starts, ends = row.values["starts_on"], row.values["ends_on"]
    extended = row.values["extension_ends_on"]
    if starts and ends and ends < starts:
        yield _problem(row, "ends_on", f"a day not before starts_on, {starts}")
    if ends and extended and extended < ends:
        yield _problem(row, "extension_ends_on", f"a day not before ends_on, {ends}")
    if row.values["extension_taken"] and not row.texts["extension_ends_on"]:
        yield _problem(row, "extension_ends_on", "the day on which the extension that was taken ends")


def _regime(row: ReadRow, dates: RegimeDates) -> Iterator[InputProblem]:
    regime, trigger = row.values["regime"], row.values["first_trigger_on"]
    if regime is None or trigger is None or regime is Regime.PSR:
        return
    start = _shown(dates.pa23_start)
    if regime is Regime.PA23 and trigger < dates.pa23_start:
        why = f"first_trigger_on {trigger} is before {start} (R002)"
        yield _problem(row, "regime", f"PCR2015, because {why}; or PSR for health care")
    if regime is Regime.PCR2015 and trigger >= dates.pa23_start:
        why = f"first_trigger_on {trigger} is not before {start} (R001)"
        yield _problem(row, "regime", f"PA23, because {why}; or PSR for health care")


def _last_end_of_a_dps(row: ReadRow, dates: RegimeDates) -> Iterator[InputProblem]:
    if row.values["kind"] is not FrameworkKind.DPS or row.values["regime"] is not Regime.PCR2015:
        return
    for column in ("ends_on", "extension_ends_on"):
        end = row.values[column]
        if end and end > dates.dps_last_end:
            yield _problem(row, column, f"{_shown(dates.dps_last_end)} at the latest, as a DPS (R003)")


def _weights(row: ReadRow) -> Iterator[InputProblem]:
    names = [f"weight_{criterion.value}" for criterion in Criterion]
    if any(row.texts[name] and row.values[name] is None for name in names):
        return
    total = sum((row.values[name] or Decimal(0) for name in names), Decimal(0))
    if total != _ALL_PERCENT:
        found = f"{total:f} together"
        wanted = "weights that are exactly 100 together (R021)"
        yield InputProblem(row.number, f"Framework.{names[0]}", found, wanted)


def _shown(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _problem(row: ReadRow, column: str, wanted: str) -> InputProblem:
    return InputProblem(row.number, f"Framework.{column}", row.texts[column] or "nothing", wanted)
