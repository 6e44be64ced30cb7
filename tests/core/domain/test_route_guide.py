"""The guided route decision: what the desk knows is not asked, and one route with its reason is left."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brokerdesk.core.domain.award import Route
from brokerdesk.core.domain.framework import Regime
from brokerdesk.core.domain.framework_rules import DirectCallOff, FrameworkRules, Order, Rung
from brokerdesk.core.domain.package import Cohort
from brokerdesk.core.domain.procurement import ContractValue, VatTreatment
from brokerdesk.core.domain.route_decision import WAY_WORDS, Way
from brokerdesk.core.domain.route_guide import Guide, RouteKnown, guide, suggested_end
from brokerdesk.core.domain.route_questions import QUESTIONS, QuestionKind, RouteQuestion
from brokerdesk.core.domain.routes import award_value
from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.domain.splitting import EarlierAward, is_same_person, splitting_words
from sourcing_samples import FIRST, TODAY, a_need, pounds


def value_of(
    rulebook: Rulebook, weekly: str = "843.50", weeks: int | None = 52,
    vat: VatTreatment = VatTreatment.EXEMPT,
) -> ContractValue:  # fmt: skip
    need = a_need(expected_weeks=weeks)
    return award_value(
        need, pounds(weekly), need.starts_on, commenced_on=TODAY, rulebook=rulebook, vat=vat
    )


def known(rulebook: Rulebook, **facts: Any) -> RouteKnown:
    weeks = facts.pop("weeks", 52)
    weekly = facts.pop("weekly", "843.50")
    standard: dict[str, Any] = {
        "on": TODAY, "rulebook": rulebook, "cohort": Cohort.ADULT, "funding": "council",
        "starts_on": date(2026, 12, 14), "value": value_of(rulebook, weekly, weeks),
        "taxed": value_of(rulebook, weekly, weeks, VatTreatment.STANDARD), "framework": "Care Framework",
        "regime": Regime.PA23, "is_live": True,
    }  # fmt: skip
    return RouteKnown(**standard | facts)


def outside(rulebook: Rulebook, **facts: Any) -> RouteKnown:
    ended = {"is_live": False, "framework_state": "Care Framework ended on 3 September 2026", "weeks": None}
    return known(rulebook, **ended | facts)


def asked(found: Guide) -> list[str]:
    return [question.key for question in found.asked]


def answered(found: Guide) -> dict[str, str]:
    return {step.question: step.answer for step in found.steps}


def test_after_a_round_nothing_is_asked_for_a_call_off(rulebook: Rulebook) -> None:
    found = guide(known(rulebook, selection="mini_competition"), {})
    assert found.asked == ()
    assert found.suggestion is not None
    assert (found.suggestion.route, found.suggestion.way) == (Route.FRAMEWORK_S45, Way.MINI_COMPETITION)
    assert all(step.is_known and step.reasoning and step.source for step in found.steps)


def test_before_a_round_only_the_buying_and_the_selection_are_asked(rulebook: Rulebook) -> None:
    first = guide(known(rulebook), {})
    assert asked(first) == ["buying"]
    assert first.asked[0].suggestion == "framework"
    second = guide(known(rulebook), {"buying": "framework"})
    assert asked(second) == ["selection"]
    found = guide(known(rulebook), {"buying": "framework", "selection": "call_off"})
    assert found.suggestion is not None
    assert found.suggestion.way is Way.CALL_OFF


def test_an_old_framework_keeps_its_call_offs_under_the_2015_regulations(rulebook: Rulebook) -> None:
    found = guide(known(rulebook, regime=Regime.PCR2015, selection="call_off"), {})
    assert found.suggestion is not None
    assert (found.suggestion.route, found.suggestion.rule) == (Route.PCR2015_CALLOFF, "R002")


def test_a_framework_that_allows_no_direct_call_off_is_competed_without_asking(rulebook: Rulebook) -> None:
    rules = FrameworkRules(ladder=(Rung("All", order=Order.ALL_AT_ONCE),))
    found = guide(known(rulebook, rules=rules), {"buying": "framework"})
    assert found.suggestion is not None
    assert found.suggestion.way is Way.MINI_COMPETITION
    allowed = FrameworkRules(ladder=rules.ladder, direct_call_off=DirectCallOff(True, "By rank"))
    assert asked(guide(known(rulebook, rules=allowed), {"buying": "framework"})) == ["selection"]


def test_a_framework_that_needs_a_ground_asks_for_one_of_its_own(rulebook: Rulebook) -> None:
    rules = FrameworkRules(ground_needed=True, grounds=("continuity", "safeguarding"))
    found = guide(known(rulebook, rules=rules, selection="call_off"), {})
    assert asked(found) == ["ground"]
    assert [code for code, _ in found.asked[0].choices] == ["continuity", "safeguarding"]


@pytest.mark.parametrize(("funding", "regime"), [("chc", Regime.PA23), ("council", Regime.PSR)])
def test_health_care_goes_by_the_nhs_regime_at_once(rulebook: Rulebook, funding: str, regime: Regime) -> None:
    health = known(rulebook, funding=funding, regime=regime)
    assert asked(guide(health, {})) == ["psr_process"]
    found = guide(health, {"psr_process": "competitive"})
    assert found.suggestion is not None
    assert found.suggestion.route is Route.PSR


def test_a_direct_award_of_the_nhs_regime_says_what_allows_it(rulebook: Rulebook) -> None:
    health = known(rulebook, funding="chc")
    assert asked(guide(health, {"psr_process": "direct_c"})) == ["psr_why"]
    found = guide(health, {"psr_process": "direct_c", "psr_why": "She has lived there since 2024."})
    assert found.suggestion is not None
    assert answered(found)["psr_why"] == "She has lived there since 2024."


def test_an_urgent_end_beyond_the_council_s_own_cap_needs_its_reason(rulebook: Rulebook) -> None:
    late = URGENT | {"urgent_ends_on": "2036-12-31"}
    found = guide(outside(rulebook), late)
    assert asked(found) == ["urgent_longer"]
    assert "10 January 2027" in found.asked[0].hint
    kept = guide(outside(rulebook), late | {"urgent_longer": "The ward stays closed."})
    assert kept.suggestion is not None
    assert kept.suggestion.route is Route.URGENT


@pytest.mark.parametrize(
    ("health", "social", "separable", "route"),
    [
        ("60000.00", "40000.00", "no", Route.PSR),
        ("60000.00", "40000.00", "yes", Route.FRAMEWORK_S45),
        ("50000.00", "50000.00", "no", Route.FRAMEWORK_S45),
        ("40000.00", "60000.00", "no", Route.FRAMEWORK_S45),
    ],
)
def test_a_mixed_package_goes_by_the_greater_value_where_it_cannot_be_parted(
    rulebook: Rulebook, health: str, social: str, separable: str, route: Route
) -> None:
    joint = known(rulebook, funding="joint", selection="call_off")
    assert asked(guide(joint, {})) == ["health_value", "social_value", "separable"]
    values = {"health_value": health, "social_value": social, "separable": separable}
    found = guide(joint, values | {"psr_process": "competitive"})
    assert found.suggestion is not None
    assert found.suggestion.route is route


def test_a_separable_mixed_package_is_told_to_be_two_awards(rulebook: Rulebook) -> None:
    values = {"health_value": "60000.00", "social_value": "40000.00", "separable": "yes"}
    found = guide(known(rulebook, funding="s117", selection="call_off"), values)
    assert any("two awards" in step.reasoning for step in found.steps)


def test_outside_the_framework_below_the_threshold_needs_a_coded_ground(rulebook: Rulebook) -> None:
    small = outside(rulebook, weeks=52)
    assert asked(guide(small, {"buying": "outside"})) == ["ground"]
    wrong = guide(small, {"buying": "outside", "ground": "because"})
    assert "Choose one of" in wrong.troubles["ground"]
    start = {"buying": "outside", "ground": "no_live_framework"}
    assert asked(guide(small, start)) == ["duration_why"]
    found = guide(small, start | {"duration_why": "Until her operation in December 2027."})
    assert found.suggestion is not None
    assert answered(found)["duration_why"] == "Until her operation in December 2027."
    assert (found.suggestion.route, found.suggestion.way) == (Route.BELOW_THRESHOLD, Way.SPOT)
    assert found.suggestion.ground == "no_live_framework"
    assert answered(found)["split"] == "individual"


def test_an_unknown_duration_is_asked_about_and_counts_as_above(rulebook: Rulebook) -> None:
    open_ended = outside(rulebook)
    found = guide(open_ended, {"buying": "outside", "ground": "urgency"})
    assert asked(found) == ["duration"]
    assert "expected" in found.asked[0].hint
    more = guide(open_ended, {"buying": "outside", "ground": "urgency", "duration": "above"})
    assert asked(more) == ["preference"]


def test_example_e15_the_threshold_decides_by_the_penny(rulebook: Rulebook) -> None:
    """£3,179.18 a week for 1,461 days is a public contract; a penny less is not."""
    from brokerdesk.core.domain.procurement import contract_value

    for weekly, above in (("3179.18", True), ("3179.17", False)):
        value = contract_value(pounds(weekly), date(2027, 1, 1), date(2030, 12, 31), TODAY, rulebook)
        told = {"buying": "outside", "ground": "continuity", "duration_why": "As long as the block runs."}
        found = guide(outside(rulebook, value=value), told)
        assert (found.suggestion is None) is above
        if found.suggestion is not None:
            assert found.suggestion.route is Route.BELOW_THRESHOLD


def test_taxable_support_is_asked_about_and_counts_with_vat(rulebook: Rulebook) -> None:
    near = outside(rulebook, is_regulated=False, weekly="11000.00", weeks=52)
    start = {"buying": "outside", "ground": "continuity"}
    assert asked(guide(near, start)) == ["vat"]
    exempt = guide(near, start | {"vat": "exempt", "duration_why": "Until the summer."})
    assert exempt.suggestion is not None
    assert exempt.suggestion.route is Route.BELOW_THRESHOLD
    assert asked(guide(near, start | {"vat": "standard"})) == ["preference"]


CHOICE = {
    "buying": "outside", "ground": "user_choice", "duration": "above", "preference": "preference",
    "said_by": "Mrs Larkspur", "said_on": "2026-11-20", "said_how": "at a visit", "enactment": "care_act",
    "best_interests": "She would lose carers whom she trusts.",
}  # fmt: skip


def test_user_choice_asks_its_tests_together_and_each_must_be_met(rulebook: Rulebook) -> None:
    adult = outside(rulebook, preferred="Wrenhollow Home Care")
    start = {key: CHOICE[key] for key in ("buying", "ground", "duration", "preference")}
    keys = ["said_by", "said_on", "said_how", "enactment", "best_interests"]
    assert asked(guide(adult, start)) == keys
    found = guide(adult, CHOICE)
    assert found.suggestion is not None
    assert (found.suggestion.route, found.suggestion.rule) == (Route.USER_CHOICE, "R042")
    for key in keys:
        assert guide(adult, CHOICE | {key: ""}).suggestion is None
    assert asked(guide(adult, CHOICE | {"enactment": "no"})) == ["urgent"]


def test_a_single_capable_supplier_stands_for_a_preference(rulebook: Rulebook) -> None:
    single = CHOICE | {"preference": "single", "single_why": "Only one team is trained for this device."}
    found = guide(outside(rulebook), single)
    assert found.suggestion is not None
    assert found.suggestion.ground == "single_supplier"


def test_a_childs_award_is_never_user_choice(rulebook: Rulebook) -> None:
    found = guide(outside(rulebook, cohort=Cohort.CHILD), CHOICE)
    assert asked(found) == ["urgent"]
    assert any(step.rule == "R122" for step in found.steps)


URGENT = {
    "buying": "outside", "ground": "urgency", "duration": "above", "preference": "no", "urgent": "yes",
    "urgent_necessary": "Her carer died last night.", "urgent_unforeseen": "It was sudden.",
    "urgent_not_ours": "The council had no part in it.", "urgent_ends_on": "2027-01-10",
}  # fmt: skip


def test_urgency_needs_three_answers_and_an_end_with_the_councils_cap_suggested(rulebook: Rulebook) -> None:
    start = {key: URGENT[key] for key in ("buying", "ground", "duration", "preference", "urgent")}
    found = guide(outside(rulebook), start)
    assert asked(found) == ["urgent_necessary", "urgent_unforeseen", "urgent_not_ours", "urgent_ends_on"]
    assert found.asked[-1].suggestion == "2027-01-10"
    assert suggested_end(date(2026, 12, 14), TODAY, rulebook) == date(2027, 1, 10)
    done = guide(outside(rulebook), URGENT)
    assert done.suggestion is not None
    assert (done.suggestion.route, done.suggestion.way) == (Route.URGENT, Way.URGENT)
    assert "10 January 2027" in done.suggestion.why


def test_an_emergency_is_asked_only_where_the_referral_is_marked_urgent(rulebook: Rulebook) -> None:
    assert asked(guide(known(rulebook, is_marked_urgent=True), {})) == ["emergency"]
    found = guide(known(rulebook, selection="call_off"), {})
    assert answered(found)["emergency"] == "no"


NO_GROUND = {
    "buying": "outside", "ground": "continuity", "duration": "above", "preference": "no", "urgent": "no",
}  # fmt: skip


def test_a_switch_follows_only_a_failed_competition_of_its_own(rulebook: Rulebook) -> None:
    start = NO_GROUND
    assert asked(guide(outside(rulebook), start)) == ["direct"]
    failed = outside(rulebook, failed_round="Round 1 brought no suitable tender")
    assert asked(guide(failed, start)) == ["switch"]
    found = guide(failed, start | {"switch": "yes", "switch_why": "Both came late."})
    assert found.suggestion is not None
    assert found.suggestion.route is Route.SWITCH_S43


def test_another_ground_is_asked_with_its_own_evidence(rulebook: Rulebook) -> None:
    start = NO_GROUND
    found = guide(outside(rulebook), start | {"direct": "insolvency"})
    assert found.asked[0].words.startswith("Whose insolvency")
    done = guide(outside(rulebook), start | {"direct": "insolvency", "direct_evidence": "Court order 12."})
    assert done.suggestion is not None
    assert (done.suggestion.route, done.suggestion.ground) == (Route.DIRECT_S41, "insolvency")
    competed = guide(outside(rulebook), start | {"direct": "no"})
    assert competed.suggestion is not None
    assert competed.suggestion.route is Route.COMPETITIVE


def test_a_place_in_a_block_names_its_contract(rulebook: Rulebook) -> None:
    assert asked(guide(known(rulebook), {"buying": "block"})) == ["block_contract"]
    found = guide(known(rulebook), {"buying": "block", "block_contract": "BC-14"})
    assert found.suggestion is not None
    assert (found.suggestion.route, found.suggestion.way) == (Route.BLOCK_PLACE, Way.BLOCK_PLACE)


def test_awards_cut_into_short_pieces_are_warned_of(rulebook: Rulebook) -> None:
    held = EarlierAward(
        "KVB-0001", FIRST, "Provider 1", date(2026, 6, 1), date(2026, 12, 1), pounds("20000.00")
    )
    words = splitting_words(
        [held], location_id=FIRST, starts_on=date(2026, 12, 14), value=pounds("15000.00"), rulebook=rulebook,
        on=TODAY,
    )  # fmt: skip
    assert "KVB-0001" in words
    assert "£35,000.00" in words
    assert not splitting_words(
        [held], location_id=FIRST, starts_on=date(2027, 3, 1), value=None, rulebook=rulebook, on=TODAY
    )
    assert asked(
        guide(
            outside(rulebook, weeks=52, earlier=words),
            {"buying": "outside", "ground": "continuity", "duration_why": "Until the new framework begins."},
        )
    ) == ["split"]


def test_another_place_of_the_same_provider_is_the_same_provider(rulebook: Rulebook) -> None:
    held = EarlierAward(
        "KVB-0001", FIRST, "Provider 1", date(2026, 6, 1), date(2026, 12, 1), pounds("20000.00"), "1-801"
    )
    now: dict[str, Any] = {"starts_on": date(2026, 12, 14), "value": None, "rulebook": rulebook, "on": TODAY}
    assert "KVB-0001" in splitting_words([held], location_id="1-9", provider_id="1-801", **now)
    assert not splitting_words([held], location_id="1-9", provider_id="1-802", **now)


def test_one_person_is_told_by_number_or_by_name_and_birth() -> None:
    assert is_same_person(a_need(), a_need(first_names="W."))
    assert not is_same_person(a_need(), a_need(nhs_number="9990000018"))
    assert is_same_person(a_need(nhs_number=None), a_need())
    assert not is_same_person(a_need(nhs_number=None, born_on=None), a_need())


def test_every_way_and_every_question_has_its_words() -> None:
    assert set(WAY_WORDS) == set(Way)
    assert all(q.words and q.rule.startswith("R") and q.source for q in QUESTIONS.values())


def an_answer(draw: st.DrawFn, question: RouteQuestion) -> str:
    match question.kind:
        case QuestionKind.YES_NO:
            return draw(st.sampled_from(["yes", "no"]))
        case QuestionKind.CHOICE:
            return draw(st.sampled_from([code for code, _ in question.choices]))
        case QuestionKind.MONEY:
            return draw(st.sampled_from(["0.01", "40000.00", "900000.00"]))
        case QuestionKind.DAY:
            return draw(st.dates(date(2026, 11, 1), date(2027, 12, 1))).isoformat()
    return "A sentence."


@settings(max_examples=200)
@given(data=st.data())
def test_the_decision_always_ends_in_exactly_one_route_with_a_reason(
    rulebook: Rulebook, data: st.DataObject
) -> None:
    draw = data.draw
    facts = known(
        rulebook,
        cohort=draw(st.sampled_from(Cohort)),
        funding=draw(st.sampled_from(["council", "joint", "s117", "chc"])),
        regime=draw(st.one_of(st.none(), st.sampled_from(Regime))), is_live=draw(st.booleans()),
        weeks=draw(st.one_of(st.none(), st.integers(1, 2000))), is_marked_urgent=draw(st.booleans()),
        is_regulated=draw(st.booleans()), failed_round=draw(st.sampled_from(["", "Round 1 failed"])),
        selection=draw(st.sampled_from(["", "call_off", "mini_competition"])),
    )  # fmt: skip
    answers: dict[str, str] = {}
    for _ in range(len(QUESTIONS)):
        found = guide(facts, answers)
        assert (found.suggestion is None) == bool(found.asked)
        if found.suggestion is not None:
            break
        for question in found.asked:
            assert question.key not in answers, "nothing is asked twice"
            answers[question.key] = draw(st.composite(an_answer)(question))
    assert found.suggestion is not None
    assert found.suggestion.why
    assert found.suggestion.rule.startswith("R")
    assert len({step.question for step in found.steps}) >= len(found.steps) - 1
