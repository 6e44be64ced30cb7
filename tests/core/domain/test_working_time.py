"""Working hours: counted as a slow clock would count them, minute by minute."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brokerdesk.core.domain.calendar import ENGLAND, Calendar
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.framework_rules import WorkingHours
from brokerdesk.core.domain.london import LONDON
from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.domain.visits import Weekday
from brokerdesk.core.domain.working_time import between, end_after, is_working

OFFICE = WorkingHours(tuple(Weekday)[:5], time(9), time(17))
MINUTE = timedelta(minutes=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-12-03 10:00", "4", "2026-12-03 14:00"),
        ("2026-12-03 13:00", "4", "2026-12-03 17:00"),
        ("2026-12-03 15:00", "4", "2026-12-04 11:00"),
        ("2026-12-04 15:00", "4", "2026-12-07 11:00"),  # over a weekend
        ("2026-12-24 15:00", "4", "2026-12-29 11:00"),  # over Christmas Day and the substitute of Boxing Day
        ("2027-03-25 16:30", "1", "2027-03-30 09:30"),  # over Good Friday and Easter Monday
        ("2026-12-05 03:00", "0.5", "2026-12-07 09:30"),  # begins on a Saturday night
        ("2027-03-26 09:00", "24", "2027-04-01 17:00"),  # summer time begins on the Sunday between
    ],
)
def test_hours_to_answer_run_in_working_hours_only(
    start: str, hours: str, end: str, rulebook: Rulebook
) -> None:
    assert end_after(at(start), Decimal(hours), OFFICE, rulebook.calendar) == at(end)


def test_without_working_hours_the_clock_runs_day_and_night(rulebook: Rulebook) -> None:
    assert end_after(at("2026-12-24 15:00"), Decimal(24), None, rulebook.calendar) == at("2026-12-25 15:00")
    assert between(at("2026-12-25 15:00"), at("2026-12-24 15:00"), None, rulebook.calendar) == timedelta()


def test_the_clock_stands_still_on_a_bank_holiday_and_outside_hours(rulebook: Rulebook) -> None:
    assert not is_working(at("2026-12-25 10:00"), OFFICE, rulebook.calendar)
    assert not is_working(at("2026-12-23 17:00"), OFFICE, rulebook.calendar)
    assert is_working(at("2026-12-23 16:59"), OFFICE, rulebook.calendar)


def test_hours_beyond_the_holiday_data_are_refused_and_not_guessed(rulebook: Rulebook) -> None:
    with pytest.raises(RuleError, match="bank holiday data") as refused:
        end_after(at("2028-12-29 12:00"), Decimal(200), OFFICE, rulebook.calendar)
    assert refused.value.rule == "R070"


def runs(minute: datetime, working: WorkingHours, calendar: Calendar) -> bool:
    """The oracle: whether the clock runs in the minute that begins then."""
    local = minute.astimezone(LONDON)
    is_day = list(Weekday)[local.weekday()] in working.days
    is_holiday = calendar.holiday_name(local.date(), ENGLAND) is not None
    return is_day and not is_holiday and working.opens <= local.time() < working.closes


def slow_end(start: datetime, minutes: int, working: WorkingHours, calendar: Calendar) -> datetime:
    moment = start
    while minutes:
        minutes -= runs(moment, working, calendar)
        moment += MINUTE
    return moment


HOURS = st.builds(
    WorkingHours,
    st.sets(st.sampled_from(list(Weekday)), min_size=3).map(tuple),
    st.integers(4 * 60, 10 * 60).map(lambda m: time(m // 60, m % 60)),
    st.integers(14 * 60 + 1, 23 * 60 + 59).map(lambda m: time(m // 60, m % 60)),
)  # fmt: skip
STARTS = st.integers(0, 130 * 24 * 60).map(lambda m: datetime(2026, 11, 20, tzinfo=UTC) + m * MINUTE)


@settings(max_examples=40, deadline=None)
@given(start=STARTS, minutes=st.integers(1, 900), working=HOURS)
def test_the_end_is_that_of_a_clock_watched_minute_by_minute(
    start: datetime, minutes: int, working: WorkingHours, rulebook: Rulebook
) -> None:
    hours = Decimal(minutes) / 60
    end = end_after(start, hours, working, rulebook.calendar)
    assert abs(end - slow_end(start, minutes, working, rulebook.calendar)) <= timedelta(seconds=1)


@settings(max_examples=60, deadline=None)
@given(start=STARTS, length=st.integers(0, 6000), working=HOURS)
def test_time_between_is_the_count_of_the_minutes_that_run(
    start: datetime, length: int, working: WorkingHours, rulebook: Rulebook
) -> None:
    counted = sum(runs(start + n * MINUTE, working, rulebook.calendar) for n in range(length))
    found = between(start, start + length * MINUTE, working, rulebook.calendar)
    assert found == counted * MINUTE


@settings(max_examples=80, deadline=None)
@given(start=STARTS, minutes=st.integers(1, 3000), working=HOURS)
def test_what_was_given_is_what_is_left_at_the_start(
    start: datetime, minutes: int, working: WorkingHours, rulebook: Rulebook
) -> None:
    end = end_after(start, Decimal(minutes) / 60, working, rulebook.calendar)
    left = between(start, end, working, rulebook.calendar)
    assert abs(left - minutes * MINUTE) <= timedelta(seconds=1)
