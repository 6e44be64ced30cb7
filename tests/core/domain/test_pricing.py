"""What a need costs at a framework's rates or at an offer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokerdesk.core.domain import pricing
from brokerdesk.core.domain.costs import NightPrice
from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.framework import Rounding, Unit
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.pricing import Rates
from brokerdesk.core.domain.visits import Night, NightKind, Weekday
from sourcing_samples import (
    FIRST,
    HOME_CARE,
    NURSING,
    SECOND,
    TODAY,
    a_bed_need,
    a_framework,
    a_need,
    a_rate,
    four_calls,
    pounds,
)


def hourly(rate: str, rounding: Rounding = Rounding.WEEK) -> Rates:
    return Rates(Unit.HOUR, rounding, pounds(rate), {})


@pytest.mark.parametrize(
    ("rates", "weekly"),
    [
        (hourly("24.10"), "843.50"),
        (hourly("24.10", Rounding.VISIT), "843.64"),
        (hourly("32.14"), "1124.90"),
        (Rates(Unit.HOUR, Rounding.WEEK, None, {30: pounds("14.50"), 45: pounds("20.25")}), "973.00"),
    ],
)
def test_example_e1_costs_what_the_rules_say(rates: Rates, weekly: str) -> None:
    priced = pricing.price_need(a_need(), rates)
    assert (str(priced.weekly), priced.carer_hours, priced.visit_hours) == (
        weekly,
        Decimal(35),
        Decimal("17.5"),
    )


def test_example_e3_a_start_on_thursday_costs_four_days() -> None:
    priced = pricing.first_week(a_need(starts_on=date(2026, 12, 17)), hourly("24.10"))
    assert priced is not None
    assert (str(priced.weekly), priced.carer_hours) == ("482.00", Decimal(20))
    assert priced.working[0].endswith("is 4 of 7 days.")


def test_the_working_of_a_first_week_never_calls_its_price_a_weeks_price() -> None:
    priced = pricing.first_week(a_need(starts_on=date(2026, 12, 17)), hourly("24.10"))
    assert priced is not None
    assert not [step for step in priced.working if "a week." in step]
    assert priced.working[-1].endswith("in that part week.")


def test_a_start_on_monday_has_no_first_week_of_its_own() -> None:
    assert pricing.first_week(a_need(starts_on=date(2026, 12, 14)), hourly("24.10")) is None


@pytest.mark.parametrize(
    ("kind", "hours", "lot", "rate", "weekly"),
    [
        (NightKind.SLEEP_IN, None, "sleep-in", "65.00", "455.00"),
        (NightKind.WAKING, Decimal(10), "waking night", "22.00", "1540.00"),
    ],
)
def test_example_e3_nights_are_priced_by_the_lot_that_buys_nights(
    kind: NightKind, hours: Decimal | None, lot: str, rate: str, weekly: str
) -> None:
    need = a_need(visits=(), nights=tuple(Night(day, kind, hours) for day in Weekday))
    lines = (a_rate("24.10"), a_rate(rate, lot=lot))
    rates = pricing.rates_of(a_framework(), lines, location_id=FIRST, need=need, zones=("West",), on=TODAY)
    assert rates is not None
    assert str(pricing.price_need(need, rates).weekly) == weekly


def test_a_price_for_the_night_serves_where_the_framework_has_none() -> None:
    need = a_need(nights=(Night(Weekday.MON, NightKind.SLEEP_IN),), night_price=pounds("70.00"))
    rates = pricing.rates_of(
        a_framework(), (a_rate("24.10"),), location_id=FIRST, need=need, zones=(), on=TODAY
    )
    assert rates is not None
    assert str(pricing.price_need(need, rates).weekly) == "913.50"


def test_a_night_without_any_price_is_refused() -> None:
    need = a_need(nights=(Night(Weekday.MON, NightKind.SLEEP_IN),))
    with pytest.raises(InputError, match="no price for a sleep-in night") as refused:
        pricing.price_need(need, hourly("24.10"))
    assert refused.value.rule == "R162"


def test_a_bed_is_gross_and_the_nhs_pays_its_part() -> None:
    offered = Rates(Unit.WEEK, Rounding.WEEK, pounds("1417.68"), {})
    priced = pricing.price_need(a_bed_need(), offered)
    assert (str(priced.weekly), str(priced.net)) == ("1417.68", "1150.00")


def test_a_bed_without_an_offer_costs_the_needs_own_price() -> None:
    priced = pricing.price_need(a_bed_need(), Rates(Unit.WEEK, Rounding.WEEK, None, {}))
    assert (str(priced.weekly), str(priced.net)) == ("1252.68", "985.00")


def test_a_bed_from_friday_costs_three_sevenths() -> None:
    need = a_bed_need(starts_on=date(2026, 12, 18))
    priced = pricing.first_week(need, Rates(Unit.WEEK, Rounding.WEEK, pounds("700.00"), {}))
    assert priced is not None
    assert str(priced.weekly) == "300.00"


def test_a_visit_rate_is_for_a_visit_whatever_its_length() -> None:
    priced = pricing.price_need(a_need(), Rates(Unit.VISIT, Rounding.WEEK, pounds("15.00"), {}))
    assert str(priced.weekly) == "840.00"


def test_a_visit_without_a_band_is_refused() -> None:
    with pytest.raises(InputError, match="no banded rate") as refused:
        pricing.price_need(a_need(), Rates(Unit.HOUR, Rounding.WEEK, None, {30: pounds("14.50")}))
    assert refused.value.rule == "R159"


def in_force(*lines: object, zones: tuple[str, ...] = ("West",), on: date = TODAY) -> list[str]:
    found = pricing.rates_in_force(lines, location_id=FIRST, lot="Home Care", zones=zones, on=on)  # type: ignore[arg-type]  # samples
    return [str(line.rate) for line in found.values()]


def test_the_latest_rate_up_to_the_day_counts() -> None:
    lines = (
        a_rate("22.00"),
        a_rate("23.00", from_on=date(2026, 4, 1)),
        a_rate("24.10", from_on=TODAY),
        a_rate("25.00", from_on=date(2027, 4, 1)),
    )
    assert in_force(*lines) == ["24.10"]
    assert in_force(*lines, on=date(2026, 3, 31)) == ["22.00"]


def test_the_zones_own_rate_stands_before_one_for_all_zones() -> None:
    lines = (a_rate("24.10", from_on=TODAY), a_rate("23.00", zone="West"), a_rate("21.00", zone="East"))
    assert in_force(*lines) == ["23.00"]
    assert in_force(*lines, zones=()) == ["24.10"]


def test_another_providers_rate_is_not_ours() -> None:
    assert in_force(a_rate("24.10", location_id=SECOND), a_rate("20.00", lot="nursing bed")) == []


def test_a_provider_without_rates_has_none() -> None:
    assert pricing.rates_of(a_framework(), (), location_id=FIRST, need=a_need(), zones=(), on=TODAY) is None


def test_an_offer_above_the_lots_ceiling_is_told_with_the_difference() -> None:
    dear = hourly("38.40")
    assert pricing.is_above_ceiling(HOME_CARE, dear, a_need())
    assert not pricing.is_above_ceiling(HOME_CARE, hourly("26.00"), a_need())
    assert not pricing.is_above_ceiling(NURSING, dear, a_need())
    sentence = pricing.ceiling_sentence("Rose Lodge", HOME_CARE, dear)
    assert "£12.40 above the ceiling of £26.00 an hour" in sentence


def test_banded_offers_are_held_against_the_ceiling_by_the_hour() -> None:
    at_ceiling = {30: pounds("13.00"), 45: pounds("19.50")}
    bands = Rates(Unit.HOUR, Rounding.WEEK, None, at_ceiling)
    assert not pricing.is_above_ceiling(HOME_CARE, bands, a_need())
    over = replace(bands, bands=at_ceiling | {30: pounds("13.01")})
    assert pricing.is_above_ceiling(HOME_CARE, over, a_need())


def test_points_are_counted_from_the_rate_or_the_banded_week() -> None:
    assert str(pricing.scored_price(a_need(), hourly("24.10"))) == "24.10"
    bands = Rates(Unit.HOUR, Rounding.WEEK, None, {30: pounds("14.50"), 45: pounds("20.25")})
    assert str(pricing.scored_price(a_need(), bands)) == "973.00"


def test_an_offer_for_a_night_lot_prices_the_nights() -> None:
    lot = a_framework().lots[2]
    need = a_need(lot="sleep-in", visits=(), nights=(Night(Weekday.MON, NightKind.SLEEP_IN),))
    offered = pricing.offered_rates(lot, Rounding.WEEK, rate=pounds("60.00"), bands={}, nights=NightPrice())
    assert str(pricing.price_need(need, offered).weekly) == "60.00"


def test_rates_read_as_people_say_them() -> None:
    assert pricing.rate_sentence(hourly("24.10")) == "£24.10 an hour"
    bands = Rates(Unit.HOUR, Rounding.WEEK, None, {45: pounds("20.25"), 30: pounds("14.50")})
    assert pricing.rate_sentence(bands) == "£14.50 for 30 minutes, £20.25 for 45 minutes"


@given(rate=st.integers(1, 20_000).map(Money), rounding=st.sampled_from(Rounding), carers=st.integers(1, 4))
def test_the_weeks_price_is_never_a_penny_a_visit_away_from_the_exact_sum(
    rate: Money, rounding: Rounding, carers: int
) -> None:
    need = a_need(visits=four_calls(carers))
    priced = pricing.price_need(need, Rates(Unit.HOUR, rounding, rate, {}))
    exact = Fraction(rate.pence, 100) * 1050 * carers / 60
    assert abs(Fraction(priced.weekly.pence, 100) - exact) <= Fraction(1, 200) * (
        1 if rounding is Rounding.WEEK else 28 * carers
    )


@given(start=st.integers(1, 6))
def test_a_first_week_never_costs_more_than_a_whole_one(start: int) -> None:
    need = a_need(starts_on=date(2026, 12, 14 + start))
    part = pricing.first_week(need, hourly("24.10"))
    assert part is not None
    assert part.weekly < pricing.price_need(need, hourly("24.10")).weekly
