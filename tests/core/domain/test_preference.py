"""The preferred home is arranged when all conditions are met, and refused only in writing with reasons."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from brokerdesk.core.domain.award import GateState, Route
from brokerdesk.core.domain.choice import ChosenBy
from brokerdesk.core.domain.gate import award_gate
from brokerdesk.core.domain.gate_law import accommodation_row
from brokerdesk.core.domain.outside import outside_row
from brokerdesk.core.domain.preference import (
    CONDITION_WORDS,
    PreferenceConditions,
    RefusedPreference,
    failed_words,
    refusal_problem,
)
from brokerdesk.core.domain.rulebook import Rulebook
from sourcing_samples import (
    FIRST,
    NOW,
    SECOND,
    TODAY,
    a_bed_need,
    a_choice,
    an_offer,
    bed_gate_facts,
    gate_facts,
    stated,
)

MET = PreferenceConditions(True, True, True, True, True, True)
NAMES = [held.name for held in fields(PreferenceConditions)]


def a_refusal(**facts: object) -> RefusedPreference:
    made = RefusedPreference(
        "rp", "p1", SECOND, "Marrowby House", replace(MET, is_available=False), "It has no bed.",
        "Rose Lodge", TODAY, "D. Invented, manager", NOW, "o1",
    )  # fmt: skip
    return replace(made, **facts)  # type: ignore[arg-type]  # by name


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
    outside = an_offer(FIRST, is_outside=True)
    choice = stated(route=Route.USER_CHOICE)
    row = outside_row(bed_gate_facts(rulebook, offer=outside, stated=choice))
    assert (row.state, row.rule) == (GateState.ADVISORY, "R046")
    assert outside_row(bed_gate_facts(rulebook)).state is GateState.DOES_NOT_APPLY


def test_an_award_outside_the_framework_is_no_call_off_from_it(rulebook: Rulebook) -> None:
    row = outside_row(gate_facts(rulebook, offer=an_offer(FIRST, is_outside=True)))
    assert row.state is GateState.NOT_MET
    assert "no call-off" in row.why


def test_user_choice_frees_from_no_check_but_the_notices(rulebook: Rulebook) -> None:
    """Source: docs/rules.md R043, R044."""
    user_choice = stated(
        route=Route.USER_CHOICE, preference_said_by="Mrs Larkspur", preference_said_on=TODAY,
        preference_said_how="at home", best_interests="To be parted from her sister would harm her.",
    )  # fmt: skip
    outside = an_offer(FIRST, is_outside=True)
    facts = bed_gate_facts(rulebook, offer=outside, stated=user_choice, exclusion=None, approval=None)
    stops = {row.title for row in award_gate(facts) if row.state is GateState.NOT_MET}
    assert {"Exclusion and debarment check", "Someone else approved"} <= stops
    assert "On the framework" not in stops
