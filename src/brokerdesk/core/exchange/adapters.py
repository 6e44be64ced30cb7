"""The ports that this package serves, each a few calls to its modules."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from brokerdesk.core.domain.directory import DirectoryRead
from brokerdesk.core.domain.referral_rows import ReferralRead
from brokerdesk.core.domain.workbook import FrameworkRead, RegimeDates
from brokerdesk.core.exchange.directory import read_directory
from brokerdesk.core.exchange.email_draft import eml_draft
from brokerdesk.core.exchange.framework_writer import write_framework_template
from brokerdesk.core.exchange.frameworks import read_framework_workbook
from brokerdesk.core.exchange.postcodes import PostcodesRead, read_postcodes
from brokerdesk.core.exchange.referrals import read_referrals, write_referral_template
from brokerdesk.core.exchange.report_files import ReportCell, write_table
from brokerdesk.core.ports import Progress


class DirectoryFiles:
    """Serves `ports.DirectoryReader`."""

    def read_directory(self, path: Path, progress: Progress) -> DirectoryRead:
        """Typed rows and row problems of a directory file; nothing is kept."""
        return read_directory(path, progress)

    def read_postcodes(self, path: Path, progress: Progress) -> PostcodesRead:
        """Positions by postcode of a postcode table; nothing is kept."""
        return read_postcodes(path, progress)


@dataclass(frozen=True, slots=True)
class WorkbookFiles:
    """Serves `ports.Workbooks`."""

    dates: RegimeDates
    """From the rulebook in force."""

    def read_framework(self, path: Path, progress: Progress) -> FrameworkRead:
        """Typed rows and row problems of a framework workbook; nothing is kept."""
        return read_framework_workbook(path, self.dates, progress)

    def write_framework_template(self, path: Path) -> None:
        """An empty workbook with guidance and drop-downs."""
        write_framework_template(path)

    def write_referral_template(self, path: Path) -> None:
        """An empty referral list with its headings."""
        write_referral_template(path)

    def write_table(
        self, path: Path, heads: tuple[str, ...], rows: tuple[tuple[ReportCell, ...], ...]
    ) -> None:
        """A report as csv or xlsx by the path's ending, every cell typed, no formula."""
        write_table(path, heads, rows)


class ReferralFiles:
    """Serves `ports.ReferralReader`."""

    def read_referrals(self, path: Path, progress: Progress) -> ReferralRead:
        """Typed rows and row problems; nothing is kept."""
        return read_referrals(path, progress)


class EmailDrafts:
    """Serves `ports.MailDrafts`."""

    def draft(
        self, *, to: str, subject: str, body: str, attachments: tuple[tuple[str, bytes], ...], seed: str
    ) -> bytes:
        """An .eml with X-Unsent; same input, same bytes."""
        return eml_draft(to, subject, body, attachments, seed)
