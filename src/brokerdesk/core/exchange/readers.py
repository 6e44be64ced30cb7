"""What the desk asks of files from outside and of those it writes; each is loaded only when it is asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brokerdesk.core.ports import Progress

if TYPE_CHECKING:
    from brokerdesk.core.domain.rulebook import Rulebook


class DirectoryReader:
    """Reads the regulator's files and postcode tables."""

    def read_directory(self, path: Path, progress: Progress) -> Any:
        """Typed rows and row problems; nothing is kept."""
        from brokerdesk.core.exchange.directory import read_directory

        return read_directory(path, progress)

    def read_postcodes(self, path: Path, progress: Progress) -> Any:
        """Positions by postcode; nothing is kept."""
        from brokerdesk.core.exchange.postcodes import read_postcodes

        return read_postcodes(path, progress)


class ReferralReader:
    """Reads referral lists."""

    def read_referrals(self, path: Path, progress: Progress) -> Any:
        """Typed rows and row problems; nothing is kept."""
        from brokerdesk.core.exchange.referrals import read_referrals

        return read_referrals(path, progress)


class Workbooks:
    """Framework workbooks, templates and report files."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook

    def read_framework(self, path: Path, progress: Progress) -> Any:
        """Typed rows and row problems; nothing is kept."""
        from brokerdesk.core.domain.rulebook import coded
        from brokerdesk.core.domain.workbook import RegimeDates
        from brokerdesk.core.exchange.frameworks import read_framework_workbook

        starts_on = self._rulebook.pa23_starts_on
        grounds = tuple(coded(self._rulebook.policy("award_grounds", date.max)))
        dates = RegimeDates(starts_on, self._rulebook.day("dps_last_end", starts_on), grounds)
        return read_framework_workbook(path, dates, progress)

    def write_framework_template(self, path: Path) -> None:
        """An empty workbook with guidance and drop-downs."""
        from brokerdesk.core.exchange.framework_writer import write_framework_template

        write_framework_template(path)

    def write_referral_template(self, path: Path) -> None:
        """An empty referral list with its headings."""
        from brokerdesk.core.exchange.referrals import write_referral_template

        write_referral_template(path)

    def write_table(self, path: Path, heads: tuple[str, ...], rows: tuple[tuple[object, ...], ...]) -> None:
        """A report as csv or xlsx by the path's ending."""
        from brokerdesk.core.exchange.report_files import write_table

        write_table(path, heads, rows)


class MailDrafts:
    """E-mail drafts that the broker sends from her own program."""

    def draft(
        self, *, to: str, subject: str, body: str, attachments: tuple[tuple[str, bytes], ...], seed: str
    ) -> bytes:
        """An .eml marked unsent; same input, same bytes."""
        from brokerdesk.core.exchange.email_draft import eml_draft

        return eml_draft(to, subject, body, attachments, seed)
