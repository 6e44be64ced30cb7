"""Time as working hours count it: when so many hours are over, and how many are left until a moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from brokerdesk.core.domain.calendar import ENGLAND, Calendar
from brokerdesk.core.domain.framework_rules import WorkingHours
from brokerdesk.core.domain.london import LONDON, london_day
from brokerdesk.core.domain.visits import Weekday

_DAYS = tuple(Weekday)
_ONE_DAY = timedelta(days=1)


def length(hours: Decimal) -> timedelta:
    """So many hours as a length of time, to the second."""
    return timedelta(seconds=int(hours * 3600))


def end_after(start: datetime, hours: Decimal, working: WorkingHours | None, calendar: Calendar) -> datetime:
    """The moment at which so many working hours from a start are over; the last second counts.

    Source: docs/rules.md R024, R050.

    Args:
        start: when the clock begins, UTC; outside working hours it waits for the next.
        hours: how many; more than nothing.
        working: in which hours the clock runs; none: day and night.
        calendar: bank holidays of England and Wales, on which it stands still.

    Raises:
        RuleError: the holiday data does not reach so far.
    """
    if working is None:
        return start + length(hours)
    left = length(hours)
    for opens, closes in _spans(london_day(start), working, calendar):
        begins = max(start, opens)
        if begins >= closes:
            continue
        if begins + left <= closes:
            return begins + left
        left -= closes - begins
    raise AssertionError("working days never end")


def between(start: datetime, end: datetime, working: WorkingHours | None, calendar: Calendar) -> timedelta:
    """How much working time lies between two moments; nothing where the second is not later.

    Source: docs/rules.md R024.

    Raises:
        RuleError: the holiday data does not reach so far.
    """
    if working is None:
        return max(timedelta(), end - start)
    total = timedelta()
    for opens, closes in _spans(london_day(start), working, calendar):
        if opens >= end:
            return total
        total += max(timedelta(), min(end, closes) - max(start, opens))
    raise AssertionError("working days never end")


def is_working(at: datetime, working: WorkingHours | None, calendar: Calendar) -> bool:
    """Whether the clock runs at a moment. Source: docs/rules.md R024."""
    if working is None:
        return True
    day = london_day(at)
    opens, closes = _span(day, working)
    return _is_working_day(day, working, calendar) and opens <= at < closes


def _spans(day: date, working: WorkingHours, calendar: Calendar) -> Iterator[tuple[datetime, datetime]]:
    """Opening and closing of each working day from a day on, UTC."""
    while True:
        if _is_working_day(day, working, calendar):
            yield _span(day, working)
        day += _ONE_DAY


def _span(day: date, working: WorkingHours) -> tuple[datetime, datetime]:
    opens = datetime.combine(day, working.opens, LONDON)
    closes = datetime.combine(day, working.closes, LONDON)
    return _utc(opens), _utc(closes)


def _utc(local: datetime) -> datetime:
    return local.astimezone(UTC)


def _is_working_day(day: date, working: WorkingHours, calendar: Calendar) -> bool:
    calendar.check_covers(day)
    return _DAYS[day.weekday()] in working.days and calendar.holiday_name(day, ENGLAND) is None
