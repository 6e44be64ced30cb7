"""The award gate: what each route must rest on, by its law and by what is on file."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from brokerdesk.core.domain.availability import Availability
from brokerdesk.core.domain.award import GateState, Route
from brokerdesk.core.domain.choice import ChosenBy
from brokerdesk.core.domain.framework import Regime
from brokerdesk.core.domain.gate import award_gate, can_award, not_met
from brokerdesk.core.domain.gate_facts import GateFacts
from brokerdesk.core.domain.notice_matrix import SUMMARIES
from brokerdesk.core.domain.route_decision import RouteDecision, Way
from brokerdesk.core.domain.rulebook import Rulebook
from sourcing_samples import (
    HOME_CARE,
    NOW,
    SECOND,
    TODAY,
    a_choice,
    a_decision,
    a_framework,
    a_need,
    a_notice,
    a_place,
    gate_facts,
    stated,
)

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
ENDED = a_framework(ends_on=YESTERDAY)
URGENT = {"urgent_necessary": "He cannot eat alone.", "urgent_ends_on": "2036-12-31"}
COMPETITION = a_decision(Route.COMPETITIVE, Way.COMPETITION)
ANNOUNCED = (a_notice("UK5"), a_notice())
COMPETED = (
    a_notice("UK4"), a_notice(SUMMARIES), a_notice(),
)  # fmt: skip
SAID = {
    "route": Route.USER_CHOICE, "preference_said_by": "her daughter", "preference_said_on": TODAY,
    "preference_said_how": "by telephone", "best_interests": "She has known these carers for years.",
}  # fmt: skip
SINGLE = stated(
    route=Route.USER_CHOICE, ground="single_supplier", best_interests="Nobody else speaks her language."
)


def public(rulebook: Rulebook, route: Route, **facts: Any) -> GateFacts:
    """An award above the threshold on no live framework, on a coded ground."""
    told = stated(route=route, ground=facts.pop("ground", "insolvency"))
    standard: dict[str, Any] = {"need": a_need(expected_weeks=None), "framework": ENDED, "stated": told}
    return gate_facts(rulebook, **standard | facts)


def stops(facts: GateFacts) -> list[tuple[str | None, str]]:
    return [(row.rule, row.title) for row in not_met(award_gate(facts))]


def why(facts: GateFacts, title: str) -> str:
    return next(row.why for row in award_gate(facts) if row.title == title)


# What is decided first, where it leads to a public contract


@pytest.mark.parametrize(
    ("route", "rule", "notices"),
    [
        (Route.COMPETITIVE, "R005", COMPETED),
        (Route.DIRECT_S41, "R039", ANNOUNCED),
        (Route.URGENT, "R047", ANNOUNCED),
    ],
)
def test_a_public_contract_by_a_route_that_rests_on_answers_is_decided_first(
    rulebook: Rulebook, route: Route, rule: str, notices: Any
) -> None:
    facts = public(rulebook, route, notices=notices)
    assert stops(facts) == [(rule, "Award route")]
    assert "Decide the route" in why(facts, "Award route")
    decided = a_decision(route, Way.SPOT, **URGENT)
    assert can_award(award_gate(replace(facts, decision=decided)))


def test_a_direct_award_on_a_ground_that_is_not_listed_is_refused(rulebook: Rulebook) -> None:
    whim = gate_facts(rulebook, stated=stated(route=Route.DIRECT_S41, ground="we like them"))
    assert stops(whim) == [("R039", "Award route")]
    assert "insolvency" in why(whim, "Award route")
    listed = gate_facts(rulebook, stated=stated(route=Route.DIRECT_S41, ground="Similar services"))
    assert can_award(award_gate(listed))


def test_a_switch_needs_a_competition_that_brought_no_suitable_tender(rulebook: Rulebook) -> None:
    decided = a_decision(Route.SWITCH_S43, Way.SWITCH)
    facts = public(rulebook, Route.SWITCH_S43, notices=ANNOUNCED, decision=decided)
    assert stops(facts) == [("R049", "Award route")]
    failed = replace(facts, failed_round="Round 1 brought no suitable tender")
    assert can_award(award_gate(failed))


def test_no_ground_makes_a_public_contract_a_call_off_from_an_ended_framework(rulebook: Rulebook) -> None:
    facts = public(rulebook, Route.FRAMEWORK_S45, ground="user_choice", notices=(a_notice(),))
    assert stops(facts) == [("R005", "Award route")]


# Which law governs


@pytest.mark.parametrize(
    "route", [Route.FRAMEWORK_S45, Route.BELOW_THRESHOLD, Route.USER_CHOICE, Route.DIRECT_S41]
)
def test_continuing_healthcare_goes_by_the_nhs_regime_alone(rulebook: Rulebook, route: Route) -> None:
    told = stated(**SAID | {"route": route, "ground": "insolvency"})
    assert stops(gate_facts(rulebook, need=a_need(funding="chc"), stated=told)) == [("R014", "Award route")]


def test_what_members_of_a_live_old_framework_offer_is_no_competition_of_the_act(rulebook: Rulebook) -> None:
    old = a_framework(regime=Regime.PCR2015)
    facts = gate_facts(rulebook, framework=old, stated=stated(route=Route.COMPETITIVE))
    assert stops(facts) == [("R002", "Award route")]
    assert "PCR2015_CALLOFF" in why(facts, "Award route")


def test_a_joint_package_that_was_decided_to_be_mainly_health_goes_by_the_nhs_regime(
    rulebook: Rulebook,
) -> None:
    joint = {"need": a_need(funding="joint"), "stated": stated(route=Route.PSR)}
    assert stops(gate_facts(rulebook, **joint))[0] == ("R014", "Award route")
    decided = a_decision(Route.PSR, Way.PSR, psr_process="direct_b", psr_why="She chose it.")
    assert can_award(award_gate(gate_facts(rulebook, **joint, decision=decided)))


# A competition of its own: tender notice, summaries, award notice


def competed(rulebook: Rulebook, **facts: Any) -> GateFacts:
    standard: dict[str, Any] = {"decision": COMPETITION, "notices": COMPETED}
    return public(rulebook, Route.COMPETITIVE, **standard | facts)


def test_a_competition_of_its_own_with_its_notices_in_order_may_be_awarded(rulebook: Rulebook) -> None:
    assert can_award(award_gate(competed(rulebook)))


@pytest.mark.parametrize("tender", [(), (a_notice("UK4", done_on=TODAY + timedelta(days=1)),)])
def test_a_competition_begins_with_its_tender_notice(rulebook: Rulebook, tender: Any) -> None:
    facts = competed(rulebook, notices=(*tender, *COMPETED[1:]))
    assert stops(facts) == [("R055", "Tender notice")]


@pytest.mark.parametrize("given", [(), (a_notice(SUMMARIES, done_on=TODAY),)])
def test_assessment_summaries_are_given_before_the_award_notice(rulebook: Rulebook, given: Any) -> None:
    facts = competed(rulebook, notices=(COMPETED[0], *given, COMPETED[2]))
    assert stops(facts) == [("R057", "Assessment summaries")]


def test_a_call_off_needs_no_summary_and_no_tender_notice(rulebook: Rulebook) -> None:
    facts = gate_facts(rulebook, need=a_need(expected_weeks=None), notices=(a_notice(),))
    assert can_award(award_gate(facts))


# The transparency notice and what names another provider


def test_a_direct_award_comes_the_day_after_its_transparency_notice_at_the_earliest(
    rulebook: Rulebook,
) -> None:
    decided = a_decision(Route.DIRECT_S41, Way.DIRECT)
    today = (a_notice("UK5", done_on=TODAY), a_notice())
    facts = public(rulebook, Route.DIRECT_S41, notices=today, decision=decided)
    assert stops(facts) == [("R056", "Transparency notice")]
    assert "Award from 24 November 2026" in why(facts, "Transparency notice")
    assert can_award(award_gate(replace(facts, notices=ANNOUNCED)))


def test_a_notice_that_names_another_provider_serves_this_award_nothing(rulebook: Rulebook) -> None:
    other = a_notice(location_id=SECOND)
    facts = gate_facts(rulebook, need=a_need(expected_weeks=None), notices=(other,))
    assert stops(facts) == [("R057", "Notice before signing")]
    assert "names another provider" in why(facts, "Notice before signing")
    own = replace(other, location_id=facts.offer.location_id)
    assert can_award(award_gate(replace(facts, notices=(own,))))


# VAT


def shopping(rulebook: Rulebook, weeks: int | None, **facts: Any) -> GateFacts:
    standard: dict[str, Any] = {
        "framework": a_framework(lots=(replace(HOME_CARE, personal_care=False),)),
        "need": a_need(tasks=("shopping",), expected_weeks=weeks), "location": a_place(activities=()),
    }  # fmt: skip
    return gate_facts(rulebook, **standard | facts)


def test_support_that_vat_would_lift_over_the_threshold_needs_the_answer(rulebook: Rulebook) -> None:
    below = stated(route=Route.BELOW_THRESHOLD)
    facts = shopping(rulebook, 760, stated=below)
    assert stops(facts) == [("R009", "VAT in the value")]
    exempt = a_decision(Route.BELOW_THRESHOLD, Way.SPOT, vat="exempt")
    assert can_award(award_gate(replace(facts, decision=exempt)))
    taxed = a_decision(Route.BELOW_THRESHOLD, Way.SPOT, vat="standard")
    assert ("R007", "Award route") in stops(replace(facts, decision=taxed))


def test_vat_that_changes_nothing_is_not_asked(rulebook: Rulebook) -> None:
    assert can_award(award_gate(shopping(rulebook, 52)))
    assert can_award(award_gate(gate_facts(rulebook, need=a_need(expected_weeks=780))))


# The NHS regime


def health(rulebook: Rulebook, process: str | None, **facts: Any) -> GateFacts:
    decided: RouteDecision | None = None
    if process is not None:
        decided = a_decision(Route.PSR, Way.PSR, psr_process=process, psr_why="Only it has the nurse.")
    standard: dict[str, Any] = {
        "need": a_need(funding="chc"), "stated": stated(route=Route.PSR), "decision": decided,
    }  # fmt: skip
    return gate_facts(rulebook, **standard | facts)


def test_an_award_by_the_nhs_regime_says_by_which_process(rulebook: Rulebook) -> None:
    assert stops(health(rulebook, None)) == [("R016", "Process of the NHS regime")]
    assert can_award(award_gate(health(rulebook, "direct_b")))


@pytest.mark.parametrize("process", ["direct_c", "most_suitable", "competitive"])
def test_what_the_nhs_regime_announces_stands_still_before_the_award(
    rulebook: Rulebook, process: str
) -> None:
    bare = health(rulebook, process)
    assert stops(bare) == [("R072", "Notice of intention")]
    told = replace(bare, notices=(a_notice("PSR-intention"),), standstill_ends_on=TODAY)
    assert stops(told) == [("R072", "Standstill")]
    assert can_award(award_gate(replace(told, standstill_ends_on=YESTERDAY)))


def test_one_capable_provider_is_not_claimed_where_others_offered(rulebook: Rulebook) -> None:
    facts = health(rulebook, "direct_a")
    assert stops(facts) == [("R016", "Process of the NHS regime")]
    alone = replace(facts, availability=Availability(unsuitable=frozenset({facts.offers[1].id})))
    assert can_award(award_gate(alone))


# Hard block 5


def test_the_person_s_choice_carries_only_the_provider_that_is_preferred(rulebook: Rulebook) -> None:
    elsewhere = a_need(preferred_location_id=SECOND)
    facts = gate_facts(rulebook, need=elsewhere, stated=stated(**SAID))
    assert stops(facts) == [("R042", "The person’s preference")]
    own = a_need(preferred_location_id=facts.offer.location_id)
    assert can_award(award_gate(replace(facts, need=own)))


def test_a_preference_is_not_said_tomorrow_and_not_the_broker_s(rulebook: Rulebook) -> None:
    ahead = gate_facts(rulebook, stated=stated(**SAID | {"preference_said_on": TOMORROW}))
    assert "after today" in why(ahead, "The person’s preference")
    hers = gate_facts(rulebook, stated=stated(**SAID), choice=a_choice(by=ChosenBy.BROKER))
    assert stops(hers) == [("R042", "The person’s preference")]


def test_a_single_supplier_has_its_reason_and_no_other_that_offered(rulebook: Rulebook) -> None:
    bare = gate_facts(rulebook, stated=SINGLE)
    assert "Decide the route" in why(bare, "The person’s preference")
    decided = a_decision(Route.USER_CHOICE, Way.USER_CHOICE, single_why="The only home that signs.")
    two = replace(bare, decision=decided)
    assert "offered too" in why(two, "The person’s preference")
    one = replace(two, offers=two.offers[:1])
    assert can_award(award_gate(one))
    assert "The only home that signs" in why(one, "The person’s preference")


def test_the_rows_of_other_routes_pass_by(rulebook: Rulebook) -> None:
    assert NOW.date() == TODAY
    states = {row.title: row.state for row in award_gate(gate_facts(rulebook))}
    for title in ("Tender notice", "Assessment summaries", "Notice of intention", "VAT in the value"):
        assert states[title] is GateState.DOES_NOT_APPLY
