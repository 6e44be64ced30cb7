"""Due dates for the broker's own calendar: of one award, or of every package."""

from __future__ import annotations

from pathlib import Path

from brokerdesk.core import files
from brokerdesk.core.domain.award import Award
from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.deadlines import ReviewDates, review_dates
from brokerdesk.core.domain.diary import DiaryEntry
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.notice_due import NoticeDue
from brokerdesk.core.domain.package import Package
from brokerdesk.core.services.desk import Desk


def entries(desk: Desk, award_id: str | None = None) -> tuple[DiaryEntry, ...]:
    """The days still to come: open duties and the reviews of standing awards. Source: R056 to R064, R098.

    Args:
        desk: with whose packages.
        award_id: of one award; without it every package's.
    """
    with desk.reading() as unit:
        packages = {package.id: package for package in unit.of(Package).find()}
        awards = [a for a in unit.of(Award).find() if a.withdrawn_at is None and award_id in (None, a.id)]
        wanted = {award.package_id for award in awards}
        duties = [
            notice
            for notice in unit.of(NoticeDue).find()
            if notice.is_open and (award_id is None or notice.package_id in wanted)
        ]
    book, today = desk.rulebook, desk.today()
    soon = book.number("calendar_reminder_days", today)
    early = book.number("review_reminder_days", today)
    found = [_duty(notice, packages[notice.package_id], soon) for notice in duties if notice.due_on]
    for award in awards:
        dates = review_dates(award.starts_on, book, has_direct_payment=False)
        found += _reviews(award, packages[award.package_id], dates, early)
    return tuple(sorted((entry for entry in found if entry.on >= today), key=lambda held: held.on))


def _duty(notice: NoticeDue, package: Package, days_before: int) -> DiaryEntry:
    if notice.due_on is None:
        raise AssertionError("only duties with a day are asked for")
    code = f"{notice.code}: " if notice.code.startswith("UK") else ""
    title = f"{code}{notice.name}, {package.reference}"
    law = ", ".join(part for part in (notice.rule, notice.section) if part)
    detail = f"Last day {in_words(notice.due_on)}. {notice.why} ({law})."
    return DiaryEntry(f"{notice.id}@brokerdesk", notice.due_on, title, detail, days_before)


def _reviews(award: Award, package: Package, dates: ReviewDates, days_before: int) -> tuple[DiaryEntry, ...]:
    check = DiaryEntry(
        f"{award.id}-check@brokerdesk", dates.check_from, f"First check of care, {package.reference}",
        f"Between {in_words(dates.check_from)} and {in_words(dates.check_to)} (R098).", 0,
    )  # fmt: skip
    yearly = DiaryEntry(
        f"{award.id}-review@brokerdesk", dates.annual_review_by, f"Yearly review, {package.reference}",
        f"By {in_words(dates.annual_review_by)} (R098).", days_before,
    )  # fmt: skip
    return check, yearly


def write_diary(desk: Desk, path: Path, award_id: str | None = None) -> Path:
    """Write the days to come as a calendar file.

    Raises:
        RuleError: nothing is due.
        PlaceError: the file cannot be written.
    """
    found = entries(desk, award_id)
    if not found:
        raise RuleError("No day lies ahead, so there is nothing for a calendar yet.")
    wanted = path if path.suffix.casefold() == ".ics" else path.with_name(f"{path.name}.ics")
    files.write_safely(wanted, desk.calendars.write(found, made_at=desk.now()))
    return wanted
