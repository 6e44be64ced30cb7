"""Reads framework workbooks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from brokerdesk.core.domain.workbook import FrameworkRead, RegimeDates
from brokerdesk.core.domain.workbook_check import framework_of
from brokerdesk.core.domain.workbook_plan import FRAMEWORK
from brokerdesk.core.exchange.outside import sha256_of
from brokerdesk.core.exchange.raw_sheets import read_sheets
from brokerdesk.core.exchange.refusal import unreadable
from brokerdesk.core.ports import Progress


def read_framework_workbook(
    path: Path, dates: RegimeDates, progress: Progress | None = None
) -> FrameworkRead:
    """Read a framework workbook; nothing is kept.

    Args:
        path: an .xlsx or .ods file made from the template, of this or an earlier release.
        dates: the days that decide the regime, from the rulebook.
        progress: hears how far it is, and may stop it.

    Raises:
        InputError: the file as a whole cannot be read, or has no sheet named Framework.
        Cancelled: the user stopped it.

    Source: docs/rules.md R001, R002, R003.
    """
    sheets = read_sheets(path, progress)
    if FRAMEWORK.name.casefold() not in {name.strip().casefold() for name in sheets.rows}:
        raise unreadable(
            f"“{path.name}” is not a framework workbook: it has no sheet named {FRAMEWORK.name}. "
            "Start from the template that BrokerDesk writes."
        )
    read = framework_of(sheets.rows, dates)
    return replace(read, notes=sheets.notes + read.notes, file_name=path.name, file_sha256=sha256_of(path))
