"""The award gate: every hard block, met and not met."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from brokerdesk.core.domain.award import Decision, GateState, Route
from brokerdesk.core.domain.care_setting import ACCOMMODATION, PERSONAL_CARE
from brokerdesk.core.domain.choice import ChosenBy, Payer, SignsAs
from brokerdesk.core.domain.framework import FrameworkKind, Regime
from brokerdesk.core.domain.gate import award_gate, can_award, first_block, not_met
from brokerdesk.core.domain.gate_facts import GateFacts
from brokerdesk.core.domain.package import Capacity, Cohort
from brokerdesk.core.domain.rulebook import Rulebook
from sourcing_samples import (
    FIRST,
    HOME_CARE,
    NOW,
    SECOND,
    TODAY,
    WEIGHTS,
    a_bed_need,
    a_check,
    a_choice,
    a_framework,
    a_need,
    a_notice,
    a_place,
    a_refusal,
    a_round,
    a_suspension,
    a_top_up,
    an_approval,
    an_invitation,
    an_offer,
    bed_gate_facts,
    gate_facts,
    pounds,
    stated,
)


def refusal(facts: GateFacts) -> tuple[str | None, str]:
    """Rule and sentence of the one rule that stops the award."""
    rows = award_gate(facts)
    assert len(not_met(rows)) == 1, not_met(rows)
    found = first_block(rows)
    assert found is not None
    return found.rule, found.message


def state_of(facts: GateFacts, title: str) -> GateState:
    return next(row.state for row in award_gate(facts) if row.title == title)


def test_an_award_with_everything_in_order_may_be_made(rulebook: Rulebook) -> None:
    rows = award_gate(gate_facts(rulebook))
    assert can_award(rows)
    assert first_block(rows) is None
    assert all(row.why for row in rows)


def test_a_bed_with_everything_in_order_may_be_awarded(rulebook: Rulebook) -> None:
    assert can_award(award_gate(bed_gate_facts(rulebook)))


def test_every_hard_block_about_awards_has_a_row(rulebook: Rulebook) -> None:
    assert {row.block for row in award_gate(gate_facts(rulebook))} == {*range(1, 13), None}


# Block 1: the route and the notice that comes first


def test_a_route_without_a_reason_is_refused(rulebook: Rulebook) -> None:
    assert refusal(gate_facts(rulebook, stated=stated(reason=" ")))[0] == "R005"


def test_a_call_off_under_the_act_from_an_old_framework_is_refused(rulebook: Rulebook) -> None:
    old = a_framework(regime=Regime.PCR2015, first_trigger_on=date(2023, 9, 4))
    rule, message = refusal(gate_facts(rulebook, framework=old))
    assert rule == "R002"
    assert "PCR2015_CALLOFF" in message
    assert can_award(
        award_gate(gate_facts(rulebook, framework=old, stated=stated(route=Route.PCR2015_CALLOFF)))
    )


def test_the_2015_route_from_a_new_framework_is_refused(rulebook: Rulebook) -> None:
    assert refusal(gate_facts(rulebook, stated=stated(route=Route.PCR2015_CALLOFF)))[0] == "R002"


def test_health_routes_are_refused_for_social_care(rulebook: Rulebook) -> None:
    assert refusal(gate_facts(rulebook, stated=stated(route=Route.PSR)))[0] == "R014"


def test_an_unknown_duration_needs_the_award_notice_first(rulebook: Rulebook) -> None:
    open_ended = a_need(expected_weeks=None)
    rule, message = refusal(gate_facts(rulebook, need=open_ended))
    assert rule == "R057"
    assert "UK6" in message
    typed = stated(notice="2026/S 000-1")
    assert refusal(gate_facts(rulebook, need=open_ended, stated=typed))[0] == "R057"
    assert can_award(award_gate(gate_facts(rulebook, need=open_ended, notices=(a_notice(),))))


def test_a_value_at_the_threshold_needs_the_award_notice_first(rulebook: Rulebook) -> None:
    at = an_offer(weekly_cost=pounds("663540.00"))
    facts = {"offer": at, "choice": a_choice(at), "need": a_need(expected_weeks=1, personal_budget=None)}
    assert refusal(gate_facts(rulebook, **facts))[0] == "R057"
    under = replace(at, weekly_cost=pounds("663539.99"))
    assert can_award(award_gate(gate_facts(rulebook, **facts | {"offer": under})))


def test_below_threshold_cannot_be_the_route_of_an_unknown_duration(rulebook: Rulebook) -> None:
    facts = gate_facts(
        rulebook,
        need=a_need(expected_weeks=None),
        stated=stated(route=Route.BELOW_THRESHOLD),
        notices=(a_notice(),),
    )
    assert refusal(facts)[0] == "R011"


def test_a_direct_award_needs_its_ground(rulebook: Rulebook) -> None:
    assert refusal(gate_facts(rulebook, stated=stated(route=Route.DIRECT_S41)))[0] == "R039"


# Block 2: standstill


def test_signing_in_an_announced_standstill_is_refused(rulebook: Rulebook) -> None:
    rule, message = refusal(gate_facts(rulebook, standstill_ends_on=TODAY))
    assert rule == "R071"
    assert "24 November 2026" in message
    assert can_award(award_gate(gate_facts(rulebook, standstill_ends_on=TODAY - timedelta(days=1))))


def test_an_open_claim_holds_the_signing(rulebook: Rulebook) -> None:
    assert refusal(gate_facts(rulebook, has_open_claim=True))[0] == "R073"


# Block 3: exclusion and debarment


@pytest.mark.parametrize(
    ("check", "rule"),
    [
        (None, "R077"),
        (a_check(checked_on=TODAY - timedelta(days=31)), "R077"),
        (a_check(checked_on=TODAY + timedelta(days=1)), "R077"),
        (a_check(outcome="excluded"), "R076"),
        (a_check(outcome="excludable"), "R076"),
    ],
)
def test_no_award_without_a_clear_dated_exclusion_check(rulebook: Rulebook, check: Any, rule: str) -> None:
    assert refusal(gate_facts(rulebook, exclusion=check))[0] == rule


def test_a_check_thirty_days_old_is_still_good(rulebook: Rulebook) -> None:
    assert can_award(
        award_gate(gate_facts(rulebook, exclusion=a_check(checked_on=TODAY - timedelta(days=30))))
    )


def test_an_excludable_supplier_needs_a_reasoned_decision(rulebook: Rulebook) -> None:
    decided = gate_facts(
        rulebook, exclusion=a_check(outcome="excludable", note="Mended in March; no recurrence.")
    )
    assert can_award(award_gate(decided))


# Block 4: registration, and under-16s


@pytest.mark.parametrize(
    "place",
    [None, a_place(activities=None), a_place(activities=(ACCOMMODATION,)), a_place(is_registered=False)],
)
def test_no_personal_care_without_the_matching_active_activity(rulebook: Rulebook, place: Any) -> None:
    rows = award_gate(gate_facts(rulebook, location=place))
    found = first_block(rows)
    assert found is not None
    assert found.rule == "R116"


def test_a_care_home_is_not_awarded_on_a_home_care_registration(rulebook: Rulebook) -> None:
    facts = bed_gate_facts(rulebook, location=a_place(activities=(PERSONAL_CARE,)))
    assert refusal(facts)[0] == "R116"


def test_care_that_nobody_regulates_needs_no_activity(rulebook: Rulebook) -> None:
    framework = a_framework(lots=(replace(HOME_CARE, personal_care=False),))
    facts = gate_facts(
        rulebook, framework=framework, need=a_need(tasks=("shopping",)), location=a_place(activities=())
    )
    assert can_award(award_gate(facts))
    assert state_of(facts, "CQC activity matches") is GateState.DOES_NOT_APPLY


@pytest.mark.parametrize(
    ("born_on", "is_stopped"), [(date(2010, 12, 15), True), (date(2010, 12, 14), False), (None, True)]
)
def test_no_child_under_16_in_a_setting_without_registration(
    rulebook: Rulebook, born_on: date | None, is_stopped: bool
) -> None:
    need = a_bed_need(cohort=Cohort.CHILD, born_on=born_on)
    facts = bed_gate_facts(rulebook, need=need, location=a_place(activities=()))
    if is_stopped:
        assert refusal(facts)[0] == "R121"
    else:
        assert can_award(award_gate(facts))


def child_at(service: str) -> dict[str, Any]:
    lot = replace(HOME_CARE, name=service, service=service, personal_care=False)
    need = a_need(cohort=Cohort.CHILD, born_on=date(2012, 1, 1), lot=service, tasks=("shopping",))
    return {"framework": a_framework(lots=(lot,)), "need": need, "location": a_place(activities=())}


@pytest.mark.parametrize("service", ["Supported lodgings", "Semi-independent, 16 plus", "Foyer"])
def test_lodgings_of_a_child_of_14_are_no_home_of_its_own(rulebook: Rulebook, service: str) -> None:
    assert refusal(gate_facts(rulebook, **child_at(service)))[0] == "R121"


def test_where_nothing_says_where_a_child_will_live_the_gate_asks(rulebook: Rulebook) -> None:
    title = "Regulated setting for a child"
    unsaid, home = gate_facts(rulebook, **child_at("Lot 7")), gate_facts(rulebook, **child_at("Home care"))
    assert state_of(unsaid, title) is GateState.ADVISORY
    assert state_of(home, title) is GateState.DOES_NOT_APPLY


# Block 5: user choice


def test_user_choice_needs_preference_and_best_interests(rulebook: Rulebook) -> None:
    bare = stated(route=Route.USER_CHOICE)
    assert refusal(gate_facts(rulebook, stated=bare))[0] == "R042"
    said = replace(
        bare, preference_said_by="her daughter", preference_said_on=TODAY, preference_said_how="by telephone"
    )
    assert refusal(gate_facts(rulebook, stated=said))[0] == "R042"
    whole = replace(said, best_interests="She has known these carers for years.")
    assert can_award(award_gate(gate_facts(rulebook, stated=whole)))


def test_user_choice_of_unknown_duration_needs_no_notice(rulebook: Rulebook) -> None:
    whole = stated(
        route=Route.USER_CHOICE,
        preference_said_by="herself",
        preference_said_on=TODAY,
        preference_said_how="in person",
        best_interests="She would lose carers whom she knows.",
    )
    assert can_award(award_gate(gate_facts(rulebook, need=a_need(expected_weeks=None), stated=whole)))


def test_a_childs_award_cannot_rest_on_user_choice(rulebook: Rulebook) -> None:
    whole = stated(
        route=Route.USER_CHOICE,
        preference_said_by="herself",
        preference_said_on=TODAY,
        preference_said_how="in person",
        best_interests="She would lose carers whom she knows.",
    )
    child = a_need(cohort=Cohort.CHILD, born_on=date(2012, 1, 1))
    assert refusal(gate_facts(rulebook, need=child, stated=whole))[0] == "R122"


# Block 6: top-up (E4)


def topped_up(rulebook: Rulebook, *, with_option: bool = True, **top_up: Any) -> GateFacts:
    dear = an_offer(rate=pounds("1417.68"), weekly_cost=pounds("1417.68"), ceiling=None)
    cheap = an_offer(SECOND, rate=pounds("1252.68"), weekly_cost=pounds("1252.68"), ceiling=None)
    return bed_gate_facts(
        rulebook,
        offer=dear,
        offers=(dear, cheap) if with_option else (dear,),
        choice=a_choice(dear, top_up=a_top_up(**top_up)),
    )


def test_example_e4_a_top_up_with_an_affordable_option_on_file_may_be_awarded(rulebook: Rulebook) -> None:
    assert can_award(award_gate(topped_up(rulebook)))


def test_no_top_up_where_no_option_within_the_budget_is_on_file(rulebook: Rulebook) -> None:
    assert refusal(topped_up(rulebook, with_option=False))[0] == "R087"


@pytest.mark.parametrize("need", [{"cohort": Cohort.CHILD}, {"personal_budget": None}])
def test_a_top_up_without_an_adult_s_personal_budget_stops_the_award(
    rulebook: Rulebook, need: dict[str, Any]
) -> None:
    facts = replace(topped_up(rulebook), need=a_bed_need(**need))
    row = next(row for row in award_gate(facts) if row.title == "Affordable option")
    assert (row.state, row.rule) == (GateState.NOT_MET, "R087")


def test_no_top_up_without_its_eight_items(rulebook: Rulebook) -> None:
    rule, message = refusal(topped_up(rulebook, payee=" "))
    assert rule == "R092"
    assert "payee" in message


def test_the_person_pays_a_top_up_only_in_the_disregard_or_deferred(rulebook: Rulebook) -> None:
    assert refusal(topped_up(rulebook, payer=Payer.FIRST_PARTY))[0] == "R091"
    deferred = topped_up(rulebook, payer=Payer.FIRST_PARTY, signs_as=SignsAs.PERSON,
        disregard_or_deferred="deferred_payment",
    )  # fmt: skip
    assert can_award(award_gate(deferred))


def test_a_top_up_above_the_difference_is_refused(rulebook: Rulebook) -> None:
    assert refusal(topped_up(rulebook, additional_cost=pounds("165.01")))[0] == "R090"


def test_nobody_is_charged_more_than_the_care_costs(rulebook: Rulebook) -> None:
    rule, message = refusal(gate_facts(rulebook, need=a_need(client_contribution=pounds("843.51"))))
    assert rule == "R086"
    assert "£843.51" in message
    assert "£843.50 at most" in message
    whole = gate_facts(rulebook, need=a_need(client_contribution=pounds("843.50")))
    assert can_award(award_gate(whole)), "who pays for the whole of the care may"


def test_what_a_top_up_pays_is_not_charged_to_the_person_again(rulebook: Rulebook) -> None:
    asked = {"need": a_bed_need(client_contribution=pounds("985.01"))}
    assert refusal(replace(topped_up(rulebook), **asked))[0] == "R086"
    asked = {"need": a_bed_need(client_contribution=pounds("985.00"))}
    assert can_award(award_gate(replace(topped_up(rulebook), **asked)))


# Block 7: preferred accommodation


def test_refused_accommodation_needs_a_letter_with_reasons(rulebook: Rulebook) -> None:
    facts = {"need": a_bed_need(preferred_location_id=SECOND)}
    by_broker = {"choice": a_choice(by=ChosenBy.BROKER)}
    assert refusal(bed_gate_facts(rulebook, **facts, **by_broker))[0] == "R089"
    issued = {"refused": a_refusal(), "refusal_letter": "KVB-0007-R"}
    assert can_award(award_gate(bed_gate_facts(rulebook, **facts, **by_broker, **issued)))
    assert can_award(award_gate(bed_gate_facts(rulebook, **facts)))


def test_home_care_is_not_accommodation(rulebook: Rulebook) -> None:
    facts = gate_facts(
        rulebook, need=a_need(preferred_location_id=SECOND), choice=a_choice(by=ChosenBy.BROKER)
    )
    assert can_award(award_gate(facts))


# Block 8: IMCA


@pytest.mark.parametrize(("weeks", "is_stopped"), [(None, True), (8, True), (7, False)])
def test_an_unbefriended_person_has_an_imca_before_a_long_stay(
    rulebook: Rulebook, weeks: int | None, is_stopped: bool
) -> None:
    alone = Capacity(lacks_capacity=True, unbefriended=True)
    need = a_bed_need(capacity=alone, expected_weeks=weeks)
    facts = bed_gate_facts(rulebook, need=need, notices=(a_notice(),))
    if is_stopped:
        assert refusal(facts)[0] == "R112"
    else:
        assert can_award(award_gate(facts))


@pytest.mark.parametrize("known", [{"imca_reference": "IMCA 12"}, {"urgent": True}, {"unbefriended": False}])
def test_a_reference_urgency_or_a_friend_settles_the_imca(rulebook: Rulebook, known: dict[str, Any]) -> None:
    capacity = replace(Capacity(lacks_capacity=True, unbefriended=True), **known)
    assert can_award(award_gate(bed_gate_facts(rulebook, need=a_bed_need(capacity=capacity))))


def test_adult_capacity_rules_do_not_fire_for_a_child(rulebook: Rulebook) -> None:
    child = a_bed_need(
        cohort=Cohort.CHILD,
        born_on=date(2012, 1, 1),
        capacity=Capacity(lacks_capacity=True, unbefriended=True),
    )
    assert can_award(award_gate(bed_gate_facts(rulebook, need=child)))


# Block 9 to 11


def test_after_care_is_free_to_the_person(rulebook: Rulebook) -> None:
    paying = a_need(funding="s117", client_contribution=pounds("0.01"))
    assert refusal(gate_facts(rulebook, need=paying))[0] == "R094"
    free = a_need(funding="s117", client_contribution=pounds("0.00"))
    assert can_award(award_gate(gate_facts(rulebook, need=free)))


def test_scoring_by_other_weights_than_at_opening_is_refused(rulebook: Rulebook) -> None:
    changed = WEIGHTS | {"price": Decimal(60), "quality": Decimal(20)}
    assert refusal(gate_facts(rulebook, scored_weights=changed))[0] == "R021"
    short = WEIGHTS | {"price": Decimal(39)}
    assert refusal(gate_facts(rulebook, asked=a_round(weights=short), scored_weights=short))[0] == "R021"


def test_a_sheet_that_was_not_looked_through_stops_the_award(rulebook: Rulebook) -> None:
    unproved = (an_invitation(), an_invitation(SECOND, identity_checked_at=None))
    assert refusal(gate_facts(rulebook, invitations=unproved))[0] == "R125"


# The rules of the house and of the framework


def test_an_ended_framework_needs_a_coded_ground(rulebook: Rulebook) -> None:
    ended = a_framework(ends_on=date(2026, 9, 3))
    assert refusal(gate_facts(rulebook, framework=ended))[0] == "R005"
    assert refusal(gate_facts(rulebook, framework=ended, stated=stated(ground="because")))[0] == "R005"
    coded = gate_facts(rulebook, framework=ended, stated=stated(ground="Urgency"))
    assert can_award(award_gate(coded))
    assert state_of(coded, "Live framework") is GateState.ADVISORY


def test_an_ended_old_dps_cites_its_hard_stop(rulebook: Rulebook) -> None:
    ended = a_framework(kind=FrameworkKind.DPS, regime=Regime.PCR2015, ends_on=date(2026, 9, 3))
    facts = gate_facts(rulebook, framework=ended, stated=stated(route=Route.PCR2015_CALLOFF))
    assert refusal(facts)[0] == "R003"


def test_a_provider_suspended_on_the_day_of_award_is_refused(rulebook: Rulebook) -> None:
    assert refusal(gate_facts(rulebook, suspensions=(a_suspension(from_on=TODAY),)))[0] == "R105"
    assert can_award(
        award_gate(gate_facts(rulebook, suspensions=(a_suspension(from_on=date(2026, 11, 24)),)))
    )


def test_an_inadequate_rating_stops_the_award(rulebook: Rulebook) -> None:
    assert refusal(gate_facts(rulebook, location=a_place(rating="Inadequate")))[0] == "R119"
    warned = gate_facts(rulebook, location=a_place(rating="Requires improvement"))
    assert state_of(warned, "CQC rating") is GateState.ADVISORY


def test_a_late_offer_is_not_awarded(rulebook: Rulebook) -> None:
    assert refusal(gate_facts(rulebook, offer=an_offer(is_late=True)))[0] == "R024"


def test_an_offer_above_the_lot_ceiling_needs_an_exception(rulebook: Rulebook) -> None:
    dear = an_offer(rate=pounds("38.40"), is_above_ceiling=True)
    rule, message = refusal(gate_facts(rulebook, offer=dear))
    assert rule is None
    assert "£12.40 above the ceiling of £26.00 for home care" in message
    assert can_award(
        award_gate(gate_facts(rulebook, offer=dear, stated=stated(exception="The only one that can.")))
    )


def test_nothing_is_awarded_but_what_was_chosen(rulebook: Rulebook) -> None:
    assert refusal(gate_facts(rulebook, choice=a_choice(an_offer(SECOND))))[0] == "R110"
    assert not can_award(award_gate(gate_facts(rulebook, choice=None)))


@pytest.mark.parametrize(
    ("approval", "said"),
    [
        (None, "Nobody has approved"),
        (an_approval(decision=Decision.RETURN, comment="too dear"), "too dear"),
        (an_approval(choice_id="older"), "made again after the approval"),
        (an_approval(annual_cost=pounds("40000.00")), "it now costs £43,982.50"),
        (an_approval(limit=pounds("43982.49")), "above the limit"),
        (an_approval(approver_id="broker"), "someone else must approve"),
        (an_approval(is_current=False), "Nobody has approved"),
    ],
)
def test_the_spend_is_approved_by_someone_else_within_her_limit(
    rulebook: Rulebook, approval: Any, said: str
) -> None:
    rule, message = refusal(gate_facts(rulebook, approval=approval))
    assert rule is None
    assert said in message


def test_a_broker_under_another_id_is_told_by_her_name(rulebook: Rulebook) -> None:
    recorded = an_approval(
        approver_id=None, approver_name="asha  penhaligon", recorded_by="broker", evidence="panel 4"
    )
    assert (
        "someone else must approve"
        in refusal(gate_facts(rulebook, approval=recorded, broker_names=("Asha Penhaligon",)))[1]
    )


def test_several_stops_are_counted_and_the_first_is_told(rulebook: Rulebook) -> None:
    rows = award_gate(gate_facts(rulebook, exclusion=None, location=None, approval=None))
    found = first_block(rows)
    assert found is not None
    assert found.rule == "R077"
    assert found.message.endswith("2 more rules stand in the way as well.")


def test_the_evidence_names_no_one_by_the_persons_name(rulebook: Rulebook) -> None:
    rows = award_gate(gate_facts(rulebook))
    assert not any("Larkspur" in row.why for row in rows)
    assert FIRST in next(row.why for row in rows if row.rule == "R116")
    assert NOW.date() == TODAY
