"""The preferred home is arranged when all conditions are met, and refused only in writing with reasons."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from brokerdesk.core.domain.award import GateState, Route
from brokerdesk.core.domain.choice import ChosenBy
from brokerdesk.core.domain.gate import award_gate
from brokerdesk.core.domain.gate_law import accommodation_row
from brokerdesk.core.domain.outside import outside_row
from brokerdesk.core.domain.package import Need
from brokerdesk.core.domain.preference import (
    CONDITION_WORDS,
    OfferedToo,
    PreferenceConditions,
    RefusedPreference,
    failed_words,
    refusal_problem,
)
from brokerdesk.core.domain.rulebook import Rulebook
from sourcing_samples import (
    FIRST,
    SECOND,
    TODAY,
    a_bed_need,
    a_choice,
    a_need,
    a_refusal,
    an_offer,
    bed_gate_facts,
    gate_facts,
    pounds,
    stated,
)

MET = PreferenceConditions(True, True, True, True, True, True)
NAMES = [held.name for held in fields(PreferenceConditions)]


def test_there_are_five_conditions_and_the_cost() -> None:
    assert len(NAMES) == 6
    assert list(CONDITION_WORDS) == NAMES


def test_a_home_that_meets_all_conditions_cannot_be_refused() -> None:
    problem = refusal_problem(MET, "We would rather not", "Marrowby House")
    assert problem is not None
    assert problem[0] == "R088"
    assert "must arrange it" in problem[1]


@pytest.mark.parametrize("name", NAMES)
def test_any_condition_that_fails_lets_it_be_refused_with_reasons(name: str) -> None:
    failed = replace(MET, **{name: False})
    assert refusal_problem(failed, "A reason.", "Marrowby House") is None
    assert failed_words(failed) == (CONDITION_WORDS[name][1],)


@pytest.mark.parametrize("name", NAMES)
def test_every_condition_is_answered_first(name: str) -> None:
    problem = refusal_problem(replace(MET, **{name: None}), "A reason.", "Marrowby House")
    assert problem is not None
    assert CONDITION_WORDS[name][0] in problem[1]


def test_a_refusal_without_reasons_is_none() -> None:
    problem = refusal_problem(replace(MET, is_suitable=False), "  ", "Marrowby House")
    assert problem is not None
    assert problem[0] == "R089"


def test_nothing_else_is_awarded_until_the_letter_with_the_reasons_is_issued(rulebook: Rulebook) -> None:
    facts = bed_gate_facts(rulebook, refused=a_refusal())
    row = accommodation_row(facts)
    assert (row.state, row.block, row.rule) == (GateState.NOT_MET, 7, "R089")
    assert "Marrowby House was refused" in row.why
    issued = bed_gate_facts(rulebook, refused=a_refusal(), refusal_letter="letter 1, code AAAA")
    assert accommodation_row(issued).state is GateState.MET


def test_a_choice_of_the_council_against_the_preference_needs_the_letter_too(rulebook: Rulebook) -> None:
    by_council = a_choice(by=ChosenBy.BROKER)
    need = a_bed_need(preferred_location_id=SECOND)
    assert (
        accommodation_row(bed_gate_facts(rulebook, need=need, choice=by_council)).state is GateState.NOT_MET
    )


def test_a_preferred_home_outside_the_framework_is_a_warning_never_a_block(rulebook: Rulebook) -> None:
    outside, need = an_offer(FIRST, is_outside=True), a_bed_need(preferred_location_id=FIRST)
    choice = stated(route=Route.USER_CHOICE)
    row = outside_row(bed_gate_facts(rulebook, need=need, offer=outside, stated=choice))
    assert (row.state, row.rule) == (GateState.ADVISORY, "R046")
    assert outside_row(bed_gate_facts(rulebook)).state is GateState.DOES_NOT_APPLY


def test_an_award_outside_the_framework_is_no_call_off_from_it(rulebook: Rulebook) -> None:
    need = a_bed_need(preferred_location_id=FIRST)
    row = outside_row(bed_gate_facts(rulebook, need=need, offer=an_offer(FIRST, is_outside=True)))
    assert row.state is GateState.NOT_MET
    assert "no call-off" in row.why


@pytest.mark.parametrize(
    ("need", "words"),
    [(a_need(preferred_location_id=FIRST), "care home, shared lives or supported living"),
     (a_bed_need(), "Nobody has said"),
     (a_bed_need(preferred_location_id=SECOND), "only the preferred place")],
)  # fmt: skip
def test_only_the_preferred_accommodation_comes_from_outside(
    rulebook: Rulebook, need: Need, words: str
) -> None:
    """Anything else would be an offer made after prices were known, outside the one deadline of all."""
    facts = {"need": need, "offer": an_offer(FIRST, is_outside=True), "stated": stated(route=Route.URGENT)}
    row = outside_row(gate_facts(rulebook, **facts))
    assert (row.state, row.rule) == (GateState.NOT_MET, "R046")
    assert words in row.why


def test_a_best_interests_decision_of_the_council_against_the_preference_needs_the_letter(
    rulebook: Rulebook,
) -> None:
    against = {
        "need": a_bed_need(preferred_location_id=SECOND), "choice": a_choice(by=ChosenBy.BEST_INTERESTS)
    }  # fmt: skip
    assert accommodation_row(bed_gate_facts(rulebook, **against)).rule == "R089"
    told = bed_gate_facts(rulebook, **against, refused=a_refusal(), refusal_letter="letter 1")
    assert accommodation_row(told).state is GateState.MET


def test_a_refusal_of_another_home_does_not_serve(rulebook: Rulebook) -> None:
    facts = bed_gate_facts(
        rulebook, need=a_bed_need(preferred_location_id=SECOND), choice=a_choice(by=ChosenBy.BROKER),
        refused=a_refusal(location_id="1-777", provider="Another House"), refusal_letter="letter 1",
    )  # fmt: skip
    row = accommodation_row(facts)
    assert (row.state, row.rule) == (GateState.NOT_MET, "R089")


@pytest.mark.parametrize(
    "refused", [a_refusal(location_id=FIRST), a_refusal(location_id="", provider="Provider 1")]
)
def test_a_home_that_was_refused_is_awarded_only_once_the_refusal_is_taken_back(
    rulebook: Rulebook, refused: RefusedPreference
) -> None:
    row = accommodation_row(bed_gate_facts(rulebook, refused=refused, refusal_letter="letter 1"))
    assert (row.state, row.rule) == (GateState.NOT_MET, "R088")
    assert "Take the refusal back" in row.why


@pytest.mark.parametrize(
    ("name", "offered", "is_refused"),
    [("is_available", (True, False), True), ("is_available", (False, True), False),
     ("is_cost_met", (False, True), True), ("is_cost_met", (True, False), False),
     ("is_suitable", (True, True), False)],
)  # fmt: skip
def test_a_refusal_may_not_contradict_the_offer_of_the_place(
    name: str, offered: tuple[bool, bool], is_refused: bool
) -> None:
    own = OfferedToo(
        weekly=pounds("882.32"), starts_on=date(2026, 12, 14), is_real=offered[0], is_within_budget=offered[1]
    )
    problem = refusal_problem(replace(MET, **{name: False}), "A reason.", "Marrowby House", own)
    assert (problem is not None) == is_refused
    if problem is not None:
        assert problem[0] == "R088"


def test_user_choice_frees_from_no_check_but_the_notices(rulebook: Rulebook) -> None:
    """Source: docs/rules.md R043, R044."""
    user_choice = stated(
        route=Route.USER_CHOICE, preference_said_by="Mrs Larkspur", preference_said_on=TODAY,
        preference_said_how="at home", best_interests="To be parted from her sister would harm her.",
    )  # fmt: skip
    outside = an_offer(FIRST, is_outside=True)
    need = a_bed_need(preferred_location_id=FIRST)
    facts = bed_gate_facts(
        rulebook, need=need, offer=outside, stated=user_choice, exclusion=None, approval=None
    )
    stops = {row.title for row in award_gate(facts) if row.state is GateState.NOT_MET}
    assert {"Exclusion and debarment check", "Someone else approved"} <= stops
    assert "On the framework" not in stops
