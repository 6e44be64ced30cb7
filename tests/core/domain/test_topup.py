"""A top-up is the difference, and may be asked only where an option within the budget is on file."""

from __future__ import annotations

import pytest

from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.money import ZERO, Money
from brokerdesk.core.domain.topup import TopUpSum, top_up_sum


def sum_of(budget: str, price: str, fnc: str = "0.00", cheapest: str | None = "985.00") -> TopUpSum:
    option = None if cheapest is None else Money.parse(cheapest)
    return top_up_sum(Money.parse(budget), Money.parse(price), Money.parse(fnc), option)


def test_e4_the_preferred_home_costs_165_pounds_more_than_the_budget() -> None:
    found = sum_of("985.00", "1150.00")
    assert found.is_allowed
    assert found.weekly == Money.parse("165.00")


def test_e4_the_nursing_contribution_does_not_change_the_top_up() -> None:
    found = sum_of("985.00", "1417.68", "267.68")
    assert found.net_price == Money.parse("1150.00")
    assert found.weekly == Money.parse("165.00")


def test_e4_the_budget_rises_to_the_cheapest_suitable_home() -> None:
    found = sum_of("985.00", "1150.00", cheapest="1040.00")
    assert found.budget == Money.parse("1040.00")
    assert found.weekly == Money.parse("110.00")


def test_a_price_within_the_budget_needs_no_recorded_option() -> None:
    found = sum_of("985.00", "985.00", cheapest=None)
    assert found.is_allowed
    assert found.weekly == ZERO
    assert found.budget == Money.parse("985.00")


def test_a_price_within_the_raised_budget_has_no_top_up() -> None:
    found = sum_of("985.00", "1040.00", cheapest="1040.00")
    assert found.is_allowed
    assert found.weekly == ZERO


def test_no_top_up_may_be_asked_without_a_recorded_option() -> None:
    found = sum_of("985.00", "985.01", cheapest=None)
    assert not found.is_allowed
    assert found.weekly is None
    assert "before anyone is asked for a top-up" in found.why


def test_a_cheaper_option_does_not_lower_the_budget() -> None:
    assert sum_of("985.00", "1150.00", cheapest="900.00").weekly == Money.parse("165.00")


def test_a_nursing_contribution_above_the_price_is_refused() -> None:
    with pytest.raises(InputError, match="more than the price"):
        sum_of("985.00", "200.00", "267.68")
