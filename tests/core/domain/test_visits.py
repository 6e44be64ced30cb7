"""The weekly grid is read as it is written and priced to the penny."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokerdesk.core.domain.costs import (
    BandedRates,
    HourlyRate,
    NightPrice,
    VisitRate,
    annual_cost,
    bed_first_week,
    bed_part_week,
    first_week_cost,
    forecast,
    net_of_fnc,
    nights_cost,
    nights_from_day,
    period_costs,
    total_of,
    weekly_cost,
)
from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.framework import Rounding
from brokerdesk.core.domain.money import Money, round_half_up
from brokerdesk.core.domain.visits import (
    Night,
    NightKind,
    Visit,
    Weekday,
    carer_hours,
    overlapping,
    parse_visits,
    show_visits,
    visit_hours,
)

FOUR_CALLS = tuple(
    Visit(day, time(hour), minutes, 2)
    for day in Weekday
    for hour, minutes in ((8, 45), (12, 30), (16, 30), (20, 45))
)
BY_WEEK = HourlyRate(Money.parse("24.10"), Rounding.WEEK)
BY_VISIT = HourlyRate(Money.parse("24.10"), Rounding.VISIT)
BANDS = BandedRates({30: Money.parse("14.50"), 45: Money.parse("20.25")})

visits = st.builds(
    Visit,
    st.sampled_from(Weekday),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.integers(1, 1440),
    st.integers(1, 4),
)
rates = st.integers(0, 10_000).map(Money)


def test_four_double_handed_calls_a_day_are_35_carer_hours() -> None:
    assert visit_hours(FOUR_CALLS) == Decimal("17.50")
    assert carer_hours(FOUR_CALLS) == Decimal("35.00")


def test_e1_the_rounding_step_makes_14_pence_a_week() -> None:
    assert weekly_cost(FOUR_CALLS, BY_WEEK).total == Money.parse("843.50")
    assert weekly_cost(FOUR_CALLS, BY_VISIT).total == Money.parse("843.64")


def test_e1_at_the_minimum_price_and_by_bands() -> None:
    minimum = HourlyRate(Money.parse("32.14"), Rounding.WEEK)
    assert weekly_cost(FOUR_CALLS, minimum).total == Money.parse("1124.90")
    assert weekly_cost(FOUR_CALLS, BANDS).total == Money.parse("973.00")


def test_a_rate_for_the_visit_is_paid_for_each_carer() -> None:
    assert weekly_cost(FOUR_CALLS, VisitRate(Money.parse("15.00"))).total == Money.parse("840.00")


def test_the_working_is_told_in_sentences() -> None:
    steps = weekly_cost(FOUR_CALLS, BY_WEEK).steps
    assert "2,100 carer minutes / 60 x £24.10 an hour, rounded once." in steps
    assert steps[-1] == "Together £843.50 a week."


def test_a_visit_length_without_a_band_is_refused() -> None:
    odd = (Visit(Weekday.MON, time(8), 50, 1),)
    with pytest.raises(InputError, match="50 minutes has no banded rate: the bands are 30, 45") as refusal:
        weekly_cost(odd, BANDS)
    assert refusal.value.rule == "R159"


def test_e3_a_start_on_thursday_pays_four_of_seven_days() -> None:
    cost = first_week_cost(FOUR_CALLS, BY_WEEK, date(2026, 12, 17))
    assert cost.carer_hours == Decimal("20.00")
    assert cost.total == Money.parse("482.00")


def test_a_start_on_monday_pays_the_whole_week() -> None:
    assert first_week_cost(FOUR_CALLS, BY_VISIT, date(2026, 12, 14)) == weekly_cost(FOUR_CALLS, BY_VISIT)


def test_e3_sleep_in_and_waking_nights() -> None:
    price = NightPrice(sleep_in=Money.parse("65.00"), waking_hour=Money.parse("22.00"))
    asleep = tuple(Night(day, NightKind.SLEEP_IN) for day in Weekday)
    awake = tuple(Night(day, NightKind.WAKING, Decimal(10)) for day in Weekday)
    assert nights_cost(asleep, price).total == Money.parse("455.00")
    assert nights_cost(awake, price).total == Money.parse("1540.00")
    assert total_of((nights_cost(asleep, price), weekly_cost(FOUR_CALLS, BY_WEEK))) == Money.parse("1298.50")


def test_a_price_for_the_night_serves_where_the_framework_has_none() -> None:
    night = Night(Weekday.SUN, NightKind.SLEEP_IN)
    assert nights_cost((night,), NightPrice(per_night=Money.parse("70.00"))).total == Money.parse("70.00")
    with pytest.raises(InputError, match="no price for a sleep-in night"):
        nights_cost((night,), NightPrice())


def test_only_nights_from_the_start_on_are_charged_in_the_first_week() -> None:
    nights = tuple(Night(day, NightKind.SLEEP_IN) for day in Weekday)
    assert len(nights_from_day(nights, date(2026, 12, 17))) == 4


def test_a_waking_night_needs_its_hours_and_a_sleep_in_has_none() -> None:
    with pytest.raises(InputError, match="needs its hours"):
        Night(Weekday.MON, NightKind.WAKING)
    with pytest.raises(InputError, match="takes no hours"):
        Night(Weekday.MON, NightKind.SLEEP_IN, Decimal(8))


def test_a_bed_is_paid_by_sevenths_of_its_week() -> None:
    weekly = Money.parse("985.00")
    assert bed_part_week(weekly, 4) == Money.parse("562.86")
    assert bed_first_week(weekly, date(2026, 12, 17)) == Money.parse("562.86")
    assert bed_first_week(weekly, date(2026, 12, 14)) == weekly


def test_the_nursing_contribution_is_never_more_than_the_price() -> None:
    assert net_of_fnc(Money.parse("1417.68"), Money.parse("267.68")) == Money.parse("1150.00")
    with pytest.raises(InputError, match="more than the price"):
        net_of_fnc(Money.parse("100.00"), Money.parse("267.68"))


@pytest.mark.parametrize(
    ("weekly", "expected"),
    [
        ("843.50", ("3374.00", "43980.09", "43982.50", "44103.00", "3665.21")),
        ("1124.90", ("4499.60", "58652.29", "58655.50", "58816.20", "4887.96")),
    ],
)
def test_e2_a_week_over_longer_periods(weekly: str, expected: tuple[str, ...]) -> None:
    costs = period_costs(Money.parse(weekly), policy_weeks=Decimal("52.14"))
    found = (costs.four_weekly, costs.weeks_52_14, costs.year_365, costs.year_366, costs.calendar_month)
    assert tuple(str(cost) for cost in found) == expected
    assert annual_cost(Money.parse(weekly)) == costs.year_365


def test_e14_a_rise_from_the_second_year_or_from_the_first() -> None:
    annual = Money.parse("14000000.00")
    late = forecast(annual, years=5, percent=Decimal("2.5"), first_uplift_year=2)
    early = forecast(annual, years=5, percent=Decimal("2.5"), first_uplift_year=1)
    assert sum(late) == Fraction("73588599.21875")
    assert Money.from_exact(sum(early, Fraction(0))) == Money.parse("75428314.20")


@given(st.lists(visits, min_size=1, max_size=30), rates)
def test_rounding_once_a_week_is_the_exact_sum_to_the_nearest_penny(grid: list[Visit], rate: Money) -> None:
    exact = sum((Fraction(v.minutes * v.carers * rate.pence, 60) for v in grid), Fraction(0))
    found = weekly_cost(grid, HourlyRate(rate, Rounding.WEEK)).total.pence
    assert Fraction(-1, 2) < found - exact <= Fraction(1, 2)


@given(st.lists(visits, min_size=1, max_size=30), rates)
def test_rounding_by_visit_adds_what_each_carer_is_paid(grid: list[Visit], rate: Money) -> None:
    paid = [round_half_up(rate.pounds * v.minutes / 60) for v in grid for _ in range(v.carers)]
    week = weekly_cost(grid, HourlyRate(rate, Rounding.WEEK)).total
    found = weekly_cost(grid, HourlyRate(rate, Rounding.VISIT)).total
    assert found.pounds == sum(paid, Decimal(0))
    assert abs(found.pence - week.pence) * 2 <= len(paid) + 1


@given(st.lists(visits, max_size=20))
def test_a_grid_reads_back_as_it_was_written(grid: list[Visit]) -> None:
    assert show_visits(parse_visits(show_visits(grid))) == show_visits(grid)
    assert len(parse_visits(show_visits(grid))) == len(grid)


def test_visits_are_read_whatever_their_spacing_and_case() -> None:
    assert parse_visits(" mon  08:00 45 2 ;Tue 20:30 30 1; ") == (
        Visit(Weekday.MON, time(8), 45, 2),
        Visit(Weekday.TUE, time(20, 30), 30, 1),
    )
    assert parse_visits("") == ()


@pytest.mark.parametrize(
    "part",
    [
        "Mon 08:00 45",
        "Monday 08:00 45 2",
        "Mon 8am 45 2",
        "Mon 25:00 45 2",
        "Mon 08:00 0 2",
        "Mon 08:00 45 5",
        "Mon 08:00 1441 1",
        "Mon 08:00 -45 2",
    ],
)
def test_a_visit_that_cannot_be_read_is_named(part: str) -> None:
    with pytest.raises(InputError) as refusal:
        parse_visits(f"Tue 08:00 45 2; {part}")
    assert [problem.found for problem in refusal.value.problems] == [part]


def test_visits_that_run_into_each_other_are_found() -> None:
    grid = parse_visits("Mon 08:00 45 1; Mon 08:30 30 1; Tue 08:00 30 1")
    assert overlapping(grid) == ((grid[0], grid[1]),)
