"""A letter names the framework only where the award is called off it, and a test only where one applied."""

from __future__ import annotations

import pytest

from brokerdesk.core.domain.award import Route
from brokerdesk.core.domain.framework import Regime
from brokerdesk.core.domain.paper_basis import Basis


def basis(route: Route, regime: Regime = Regime.PA23, **facts: bool) -> Basis:
    return Basis(route=route, regime=regime, **({"is_live": True, "is_member": True} | facts))


@pytest.mark.parametrize(
    ("regime", "route", "test"),
    [
        (Regime.PA23, Route.FRAMEWORK_S45, "Most advantageous tender"),
        (Regime.PCR2015, Route.PCR2015_CALLOFF, "Most economically advantageous tender"),
        (Regime.PSR, Route.PSR, ""),
    ],
)
def test_a_call_off_by_a_member_of_a_live_framework_is_under_it(
    regime: Regime, route: Route, test: str
) -> None:
    found = basis(route, regime)
    assert found.is_called_off
    assert found.test == test, "R020: each regime has its own word"


@pytest.mark.parametrize("route", [Route.URGENT, Route.USER_CHOICE, Route.BELOW_THRESHOLD, Route.DIRECT_S41])
def test_a_direct_award_is_a_contract_of_its_own_and_was_no_tender(route: Route) -> None:
    found = basis(route)
    assert not found.is_called_off
    assert found.test == ""


def test_neither_an_ended_framework_nor_a_provider_outside_it_makes_a_call_off() -> None:
    assert not basis(Route.FRAMEWORK_S45, is_live=False).is_called_off
    assert not basis(Route.FRAMEWORK_S45, is_member=False).is_called_off


def test_a_competition_outside_any_framework_has_the_test_of_the_act() -> None:
    assert basis(Route.COMPETITIVE, Regime.PCR2015).test == "Most advantageous tender"
