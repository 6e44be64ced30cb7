"""The route decision and the notice matrix."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from brokerdesk.core.domain.award import Route
from brokerdesk.core.domain.framework import Framework, Regime
from brokerdesk.core.domain.notices import CODES, NoticeDuty, notices_for
from brokerdesk.core.domain.package import Cohort, Need
from brokerdesk.core.domain.routes import (
    ROUTE_WORDS,
    RouteFacts,
    award_value,
    check_route,
    route_facts,
    suggest_route,
)
from brokerdesk.core.domain.rulebook import Rulebook
from sourcing_samples import TODAY, a_framework, a_need, pounds, stated


def facts_of(
    rulebook: Rulebook, need: Need, framework: Framework | None, weekly: str = "843.50"
) -> RouteFacts:
    value = award_value(need, pounds(weekly), need.starts_on, commenced_on=TODAY, rulebook=rulebook)
    return route_facts(need, framework, value, on=TODAY)


@pytest.mark.parametrize(
    ("need", "framework", "route", "rule"),
    [
        (a_need(), a_framework(), Route.FRAMEWORK_S45, "R005"),
        (a_need(), a_framework(regime=Regime.PCR2015), Route.PCR2015_CALLOFF, "R002"),
        (a_need(), a_framework(regime=Regime.PSR), Route.PSR, "R014"),
        (a_need(funding="chc"), a_framework(), Route.PSR, "R014"),
        (a_need(), a_framework(ends_on=date(2026, 9, 3)), Route.BELOW_THRESHOLD, "R045"),
        (a_need(), None, Route.BELOW_THRESHOLD, "R045"),
        (a_need(expected_weeks=None, preferred_location_id="1-1"), None, Route.USER_CHOICE, "R042"),
        (a_need(expected_weeks=None), None, Route.COMPETITIVE, "R005"),
        (
            a_need(expected_weeks=None, preferred_location_id="1-1", cohort=Cohort.CHILD),
            None,
            Route.COMPETITIVE,
            "R005",
        ),
    ],
)
def test_the_first_open_route_of_the_decision_is_suggested(
    rulebook: Rulebook, need: Need, framework: Any, route: Route, rule: str
) -> None:
    advice = suggest_route(facts_of(rulebook, need, framework))
    assert (advice.route, advice.rule) == (route, rule)
    assert {choice.route for choice in advice.choices} == set(Route)
    assert all(choice.why and choice.rule for choice in advice.choices)


def test_a_suggested_route_always_passes_its_own_check(rulebook: Rulebook) -> None:
    for framework in (
        a_framework(),
        a_framework(regime=Regime.PCR2015),
        a_framework(regime=Regime.PSR),
        None,
    ):
        for weeks in (None, 1, 52, 2000):
            facts = facts_of(rulebook, a_need(expected_weeks=weeks), framework)
            assert check_route(facts, stated(route=suggest_route(facts).route)) is None


def test_a_value_over_the_threshold_is_not_below_it(rulebook: Rulebook) -> None:
    facts = facts_of(rulebook, a_need(expected_weeks=800), a_framework())
    found = check_route(facts, stated(route=Route.BELOW_THRESHOLD))
    assert found is not None
    assert found[0] == "R007"


def test_every_route_has_its_words_and_provision() -> None:
    assert set(ROUTE_WORDS) == set(Route)


def duties(rulebook: Rulebook, route: Route, weekly: str, weeks: int | None) -> dict[str, NoticeDuty]:
    need = a_need(expected_weeks=weeks)
    entered = date(2026, 12, 14)
    value = award_value(need, pounds(weekly), entered, commenced_on=TODAY, rulebook=rulebook)
    found = notices_for(route, value, rulebook, entered_on=entered, ends_on=date(2027, 3, 31))
    assert tuple(duty.code for duty in found) == CODES
    return {duty.code: duty for duty in found}


def test_example_e7_a_call_off_above_the_threshold(rulebook: Rulebook) -> None:
    found = duties(rulebook, Route.FRAMEWORK_S45, "6000000.00", 52)
    assert not found["UK5"].is_required
    assert found["UK6"].is_before_signing
    assert (found["UK7"].due_on, found["copy"].due_on) == (date(2027, 4, 12), date(2027, 6, 11))
    assert found["UK11"].due_on == date(2027, 4, 29)


def test_an_urgent_direct_award_is_announced_first(rulebook: Rulebook) -> None:
    found = duties(rulebook, Route.URGENT, "843.50", None)
    assert found["UK5"].is_before_signing
    assert found["UK6"].is_before_signing
    assert not found["copy"].is_required
    assert "its value, which is not known" in found["copy"].condition


def test_below_the_threshold_only_the_details_notice_from_30_000_pounds(rulebook: Rulebook) -> None:
    found = duties(rulebook, Route.FRAMEWORK_S45, "843.50", 52)
    assert [code for code, duty in found.items() if duty.is_required] == ["UK7"]
    assert (found["UK7"].rule, found["UK7"].due_on) == ("R060", date(2027, 1, 12))
    small = duties(rulebook, Route.FRAMEWORK_S45, "100.00", 52)
    assert not any(duty.is_required for duty in small.values())
