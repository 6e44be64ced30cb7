"""Reports on what was awarded, on screen and as files."""

from __future__ import annotations

import difflib
from datetime import date
from pathlib import Path

from brokerdesk.core.domain.award import Award
from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.framework import Framework
from brokerdesk.core.domain.learning import LEARNING
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.report import AWARDS_BY_TIER, Report, awards_by_tier
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.learning import learning_report

REPORTS = (AWARDS_BY_TIER, *LEARNING)
"""Names of the reports there are."""


def awards_report(desk: Desk, from_on: date, to_on: date) -> Report:
    """Packages awarded between two days, adults and children apart, by tier. Source: R135, R136."""
    with desk.reading() as unit:
        awards = unit.of(Award).find()
        people = {package.id: _person(package) for package in unit.of(Package).find()}
        frameworks = unit.of(Framework).find()
    return awards_by_tier(awards, frameworks, from_on=from_on, to_on=to_on, people=people)


def report_named(desk: Desk, name: str, from_on: date, to_on: date) -> Report:
    """A report by its name.

    Raises:
        InputError: there is none of that name.
    """
    if name not in REPORTS:
        near = difflib.get_close_matches(name, REPORTS, 1)
        meant = f" Did you mean “{near[0]}”?" if near else ""
        raise InputError(
            f"There is no report “{name}”.{meant} There is: {', '.join(REPORTS)}.", unreadable=True
        )
    if name in LEARNING:
        return learning_report(desk, name, from_on, to_on)
    return awards_report(desk, from_on, to_on)


def write_report(desk: Desk, report: Report, path: Path) -> Path:
    """Write a report as csv or xlsx by the path's ending, its definition and notes below the rows."""
    below = (report.title, report.definition, *report.notes)
    blank: tuple[object, ...] = (None,) * len(report.columns)
    rows = [tuple(_cell(cell) for cell in row) for row in report.rows]
    rows += [blank, *((line, *blank[1:]) for line in below)]
    desk.workbooks.write_table(path, report.heads, tuple(rows))
    return path


def _cell(cell: object) -> object:
    return cell.pounds if isinstance(cell, Money) else cell


def _person(package: Package) -> str:
    """What tells people apart: the NHS number, else the names with the date of birth."""
    need = package.need
    return need.nhs_number or f"{need.person_name.casefold()} {need.born_on or package.id}"
