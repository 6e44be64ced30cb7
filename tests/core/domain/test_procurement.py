"""A contract's value decides its route, by the exact sum and the day the procurement commenced."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from brokerdesk.core.domain.errors import InputError, RuleError
from brokerdesk.core.domain.framework import Regime
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.procurement import (
    VatTreatment,
    contract_value,
    gross_of,
    is_above_threshold,
    regime_by_trigger,
    value_of,
)
from brokerdesk.core.domain.rulebook import Rulebook

FROM = date(2027, 1, 1)
COMMENCED = date(2026, 12, 1)


def test_e15_a_year_is_notifiable_and_four_years_stay_below(rulebook: Rulebook) -> None:
    year = contract_value(Money.parse("985.00"), FROM, date(2027, 12, 31), COMMENCED, rulebook)
    four = contract_value(Money.parse("985.00"), FROM, date(2030, 12, 31), COMMENCED, rulebook)
    assert (str(year.shown), year.is_notifiable, year.is_above_threshold) == ("51360.71", True, False)
    assert (str(four.shown), four.is_notifiable, four.is_above_threshold) == ("205583.57", True, False)
    assert four.days == 1461


def test_e15_thirty_thousand_pounds_are_reached_on_day_214(rulebook: Rulebook) -> None:
    def on_day(number: int) -> bool:
        ends_on = FROM + timedelta(days=number - 1)
        return contract_value(Money.parse("985.00"), FROM, ends_on, COMMENCED, rulebook).is_notifiable

    assert not on_day(213)
    assert on_day(214)


@pytest.mark.parametrize(
    ("weekly", "starts_on", "is_notifiable"),
    [
        ("575.34", date(2027, 1, 1), False),
        ("575.35", date(2027, 1, 1), True),
        ("573.77", date(2028, 1, 1), False),
        ("573.78", date(2028, 1, 1), True),
    ],
)
def test_e15_a_twelve_month_package_is_notifiable_from_its_exact_week(
    rulebook: Rulebook, weekly: str, starts_on: date, is_notifiable: bool
) -> None:
    ends_on = date(starts_on.year, 12, 31)
    found = contract_value(Money.parse(weekly), starts_on, ends_on, COMMENCED, rulebook)
    assert found.is_notifiable is is_notifiable


def test_e15_a_four_year_placement_becomes_a_public_contract(rulebook: Rulebook) -> None:
    def is_public(weekly: str) -> bool:
        found = contract_value(Money.parse(weekly), FROM, date(2030, 12, 31), COMMENCED, rulebook)
        assert found.is_notifiable is not found.is_above_threshold
        return found.is_above_threshold

    assert not is_public("3179.17")
    assert is_public("3179.18")


def test_an_unknown_end_counts_as_above_the_threshold(rulebook: Rulebook) -> None:
    found = contract_value(Money.parse("985.00"), FROM, None, COMMENCED, rulebook)
    assert found.shown is None
    assert found.is_above_threshold
    assert not found.is_notifiable


def test_the_threshold_is_that_of_the_day_the_procurement_commenced(rulebook: Rulebook) -> None:
    value = value_of(Money.parse("210000.00"), FROM, FROM + timedelta(days=6))
    assert not is_above_threshold(value, date(2025, 12, 31), rulebook, kind="goods_services")
    assert is_above_threshold(value, date(2026, 1, 1), rulebook, kind="goods_services")


def test_a_procurement_before_the_first_known_threshold_is_refused(rulebook: Rulebook) -> None:
    with pytest.raises(RuleError, match="before 1 January 2018"):
        contract_value(Money.parse("985.00"), FROM, None, date(2017, 12, 31), rulebook)


def test_a_contract_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(InputError, match="before the first"):
        value_of(Money.parse("985.00"), FROM, date(2026, 12, 31))


def test_thresholds_count_vat_where_it_is_charged() -> None:
    assert gross_of(Money.parse("100.00"), VatTreatment.EXEMPT, 20) == Money.parse("100.00")
    assert gross_of(Money.parse("100.01"), VatTreatment.STANDARD, 20) == Money.parse("120.01")


def test_the_law_follows_the_first_trigger(rulebook: Rulebook) -> None:
    assert regime_by_trigger(date(2025, 2, 23), rulebook) is Regime.PCR2015
    assert regime_by_trigger(date(2025, 2, 24), rulebook) is Regime.PA23
