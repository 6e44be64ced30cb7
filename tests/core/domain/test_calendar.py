"""Working days and periods are counted as the law counts them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokerdesk.core.domain.calendar import (
    ENGLAND,
    UNITED_KINGDOM,
    Division,
    last_day_of,
    last_day_of_period,
    week_of,
)
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.rulebook import Rulebook

days = st.dates(date(2019, 1, 2), date(2028, 9, 30))


@given(days, st.integers(1, 20), st.sampled_from([ENGLAND, UNITED_KINGDOM, frozenset({Division.SCOTLAND})]))
def test_working_days_are_those_that_counting_one_by_one_finds(
    rulebook: Rulebook, day: date, count: int, divisions: frozenset[Division]
) -> None:
    closed = {on for division in divisions for on in rulebook.calendar.holidays[division]}
    slow: list[date] = []
    looked = day
    while len(slow) < count:
        if looked.isoweekday() not in (6, 7) and looked not in closed:
            slow.append(looked)
        looked += timedelta(days=1)
    assert list(rulebook.calendar.first_working_days(day, count, divisions)) == slow
    assert rulebook.calendar.working_days_after(day - timedelta(days=1), count, divisions) == tuple(slow)


@pytest.mark.parametrize(
    ("day", "division", "is_kept"),
    [
        (date(2020, 5, 8), Division.ENGLAND_WALES, True),
        (date(2020, 5, 4), Division.ENGLAND_WALES, False),
        (date(2022, 6, 2), Division.SCOTLAND, True),
        (date(2022, 6, 3), Division.NORTHERN_IRELAND, True),
        (date(2022, 5, 30), Division.ENGLAND_WALES, False),
        (date(2022, 9, 19), Division.ENGLAND_WALES, True),
        (date(2023, 5, 8), Division.SCOTLAND, True),
        (date(2026, 6, 15), Division.SCOTLAND, True),
        (date(2026, 6, 15), Division.ENGLAND_WALES, False),
        (date(2026, 12, 28), Division.ENGLAND_WALES, True),
        (date(2027, 12, 27), Division.ENGLAND_WALES, True),
        (date(2027, 1, 4), Division.SCOTLAND, True),
        (date(2028, 4, 17), Division.SCOTLAND, False),
        (date(2026, 7, 13), Division.NORTHERN_IRELAND, True),
    ],
)
def test_one_off_moved_and_substitute_holidays_are_kept(
    rulebook: Rulebook, day: date, division: Division, is_kept: bool
) -> None:
    assert (day in rulebook.calendar.holidays[division]) is is_kept


@pytest.mark.parametrize("year", range(2019, 2029))
def test_every_year_has_the_usual_number_of_holidays(rulebook: Rulebook, year: int) -> None:
    extra = {2022: 2, 2023: 1}.get(year, 0)
    kept = {
        division: sum(day.year == year for day in rulebook.calendar.holidays[division])
        for division in Division
    }
    assert kept[Division.ENGLAND_WALES] == 8 + extra
    assert kept[Division.SCOTLAND] == 9 + extra + (year == 2026)
    assert kept[Division.NORTHERN_IRELAND] == 10 + extra


def test_no_holiday_lies_on_a_weekend(rulebook: Rulebook) -> None:
    assert not [day for kept in rulebook.calendar.holidays.values() for day in kept if day.weekday() > 4]


@pytest.mark.parametrize("day", [date(2018, 12, 31), date(2029, 1, 1)])
def test_a_day_outside_the_holiday_data_is_refused_with_its_bounds(rulebook: Rulebook, day: date) -> None:
    with pytest.raises(RuleError, match="1 January 2019 to 31 December 2028"):
        rulebook.calendar.is_working_day(day, ENGLAND)


@pytest.mark.parametrize(
    ("starts_on", "years", "months", "ends_on"),
    [
        (date(2023, 9, 4), 3, 0, date(2026, 9, 3)),
        (date(2026, 12, 14), 0, 12, date(2027, 12, 13)),
        (date(2026, 12, 14), 0, 6, date(2027, 6, 13)),
        (date(2024, 2, 29), 1, 0, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, 0, date(2028, 2, 28)),
        (date(2023, 3, 1), 1, 0, date(2024, 2, 29)),
        (date(2026, 8, 31), 0, 6, date(2027, 2, 28)),
        (date(2026, 8, 31), 0, 1, date(2026, 9, 30)),
        (date(2027, 1, 1), 4, 0, date(2030, 12, 31)),
    ],
)
def test_a_period_ends_the_day_before_the_same_day_or_on_the_months_last(
    starts_on: date, years: int, months: int, ends_on: date
) -> None:
    assert last_day_of_period(starts_on, years=years, months=months) == ends_on


def test_a_period_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(RuleError, match="9999"):
        last_day_of_period(date(9990, 1, 1), years=20)


def test_days_are_counted_with_the_first_as_day_one() -> None:
    assert last_day_of(date(2026, 12, 14), 120) == date(2027, 4, 12)


def test_the_charging_week_runs_monday_to_sunday() -> None:
    assert week_of(date(2026, 12, 17)) == (date(2026, 12, 14), date(2026, 12, 20))
    assert week_of(date(2026, 12, 20)) == (date(2026, 12, 14), date(2026, 12, 20))
