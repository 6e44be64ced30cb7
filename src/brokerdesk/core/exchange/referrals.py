"""Reads referral lists and writes their empty template."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from brokerdesk.core.domain.referral_rows import HEADINGS, PLAN, ReferralRead, referrals_of
from brokerdesk.core.exchange.outside import sha256_of
from brokerdesk.core.exchange.raw_sheets import read_sheets
from brokerdesk.core.exchange.refusal import unreadable
from brokerdesk.core.files import write_safely
from brokerdesk.core.ports import Progress

_FEWEST_KNOWN_HEADINGS = 2


def read_referrals(path: Path, progress: Progress | None = None) -> ReferralRead:
    """Read a referral list (csv; a workbook's first sheet too); nothing is kept.

    Raises:
        InputError: the file as a whole cannot be read, or has none of the headings.
        Cancelled: the user stopped it.

    Source: docs/rules.md R149, R155.
    """
    sheets = read_sheets(path, progress)
    raw = next((rows for rows in sheets.rows.values() if rows), [])
    heads = {cell.strip().casefold() for cell in raw[0].cells} if raw else set()
    if len(heads & set(HEADINGS)) < _FEWEST_KNOWN_HEADINGS:
        must = ", ".join(column.name for column in PLAN.columns if column.must)
        raise unreadable(
            f"“{path.name}” is not a referral list: its first row has to hold headings such as {must}. "
            "Start from the template that BrokerDesk writes."
        )
    read = referrals_of(raw)
    return replace(read, notes=sheets.notes + read.notes, file_name=path.name, file_sha256=sha256_of(path))


def write_referral_template(path: Path) -> None:
    """Write an empty referral list with its headings, as CSV that spreadsheet programs open as UTF-8.

    Raises:
        PlaceError: it cannot be written there.
    """
    write_safely(path, ("\ufeff" + ",".join(HEADINGS) + "\r\n").encode())
