"""Levels of approval: the table of 2020 at its edges, the order of signing, posts and who stands in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokerdesk.core.domain.approval_records import ExecutiveDecision, PanelRecord
from brokerdesk.core.domain.approval_scheme import (
    ApprovalLevel,
    ApprovalScheme,
    Basis,
    PostHolder,
    Spend,
    SpendKind,
    level_of,
    problems_of,
    ready_levels,
    scheme_on,
    signers,
    signings_for,
)
from brokerdesk.core.domain.award import GateState
from brokerdesk.core.domain.deadlines import call_in
from brokerdesk.core.domain.gate import award_gate, first_block
from brokerdesk.core.domain.gate_facts import GateFacts
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.rulebook import Rulebook
from sourcing_samples import NOW, TODAY, an_approval, gate_facts, pounds

AD, DIRECTOR, EXECUTIVE = "Assistant Director", "Director", "Executive"


def a_scheme(rulebook: Rulebook, **facts: Any) -> ApprovalScheme:
    made = ApprovalScheme(
        "s1", 1, date(2020, 9, 1), Basis.WHOLE_TERM, ready_levels(rulebook, TODAY), "Business case 2020", NOW,
        "manager",
    )  # fmt: skip
    return replace(made, **facts)


def a_spend(amount: str | None, kind: SpendKind = SpendKind.LIGHT_TOUCH) -> Spend:
    whole = None if amount is None else pounds(amount)
    return Spend(kind, "home care", "PA23", whole or pounds("43982.50"), whole)


@pytest.mark.parametrize(
    ("kind", "amount", "level"),
    [
        (SpendKind.GOODS_SERVICES, "50000.00", 0),
        (SpendKind.GOODS_SERVICES, "50000.01", 1),
        (SpendKind.GOODS_SERVICES, "500000.00", 1),
        (SpendKind.GOODS_SERVICES, "500000.01", 2),
        (SpendKind.LIGHT_TOUCH, "50000.01", 1),
        (SpendKind.LIGHT_TOUCH, "615000.00", 1),
        (SpendKind.LIGHT_TOUCH, "615000.01", 2),
        (SpendKind.LIGHT_TOUCH, "74000000.00", 2),
        (SpendKind.WORKS, "4551000.00", 1),
        (SpendKind.WORKS, "4551000.01", 2),
        (SpendKind.LIGHT_TOUCH, None, 2),
    ],
)
def test_the_table_of_the_business_case_holds_at_its_edges(
    rulebook: Rulebook, kind: SpendKind, amount: str | None, level: int
) -> None:
    found = level_of(a_scheme(rulebook), a_spend(amount, kind))
    assert (found.level if found else 0) == level


def test_level_1_signs_whole_before_the_executive(rulebook: Rulebook) -> None:
    posts = [s.post for s in signings_for(a_scheme(rulebook), a_spend("70000000.00"))]
    assert posts == [AD, DIRECTOR, EXECUTIVE]
    assert [s.post for s in signings_for(a_scheme(rulebook), a_spend("100000.00"))] == [AD, DIRECTOR]
    assert signings_for(a_scheme(rulebook), a_spend("40000.00")) == ()


def test_the_latest_edition_that_has_begun_is_in_force(rulebook: Rulebook) -> None:
    old, new = a_scheme(rulebook), a_scheme(rulebook, id="s2", edition=2, from_on=date(2026, 12, 1))
    assert scheme_on((old, new), TODAY) == old
    assert scheme_on((old, new), date(2026, 12, 1)) == new
    assert scheme_on((new,), TODAY) is None


def test_a_line_for_the_service_alone_goes_before_one_for_all(rulebook: Rulebook) -> None:
    own = ApprovalLevel(
        1, SpendKind.LIGHT_TOUCH, pounds("0.00"), pounds("615000.00"), ("Head of brokerage",), "Home care",
        consult=("Executive Member for Adults",),
    )  # fmt: skip
    scheme = a_scheme(rulebook, levels=(*ready_levels(rulebook, TODAY), own))
    (signing,) = signings_for(scheme, a_spend("100000.00"))
    assert (signing.post, signing.consult) == ("Head of brokerage", ("Executive Member for Adults",))


@given(st.integers(1, 900_000_000))
def test_every_sum_has_one_level_and_a_higher_sum_never_a_lower_one(rulebook: Rulebook, pence: int) -> None:
    scheme = a_scheme(rulebook)
    both = [level_of(scheme, a_spend(str(Money(amount)))) for amount in (pence, pence + 1)]
    levels = [found.level if found else 0 for found in both]
    assert levels == sorted(levels)
    slow = [
        line for line in scheme.levels
        if line.kind is SpendKind.LIGHT_TOUCH and line.over.pence < pence
        and (line.up_to is None or pence <= line.up_to.pence)
    ]  # fmt: skip
    assert levels[0] == (slow[0].level if slow else 0)
    assert len(slow) <= 1


HOLDERS = (
    PostHolder("h1", AD, "Ines Quarrington", "o1", date(2026, 1, 1), None),
    PostHolder(
        "h2", AD, "Bram Holloway", "o2", date(2026, 11, 20), date(2026, 11, 30), "Ines Quarrington", "leave"
    ),
    PostHolder("h3", DIRECTOR, "Petra Lindqvist", "o3", date(2026, 1, 1), None),
)


def able(rulebook: Rulebook, day: date, signed: int = 0, **barred: str) -> dict[str, str]:
    needed = signings_for(a_scheme(rulebook), a_spend("100000.00"))
    return {s.name: s.why_not for s in signers(needed, signed, HOLDERS, day, barred)}


def test_who_can_sign_today_is_named_with_why_the_others_cannot(rulebook: Rulebook) -> None:
    assert able(rulebook, TODAY) == {
        "Ines Quarrington": "", "Bram Holloway": "",
        "Petra Lindqvist": "Assistant Director signs first (level 1)",
    }  # fmt: skip
    assert able(rulebook, date(2026, 12, 1))["Bram Holloway"] == "Only until 30 November 2026"
    assert able(rulebook, date(2026, 11, 19))["Bram Holloway"] == "From 20 November 2026 only"
    assert able(rulebook, TODAY, signed=1)["Petra Lindqvist"] == ""
    assert able(rulebook, TODAY, signed=1)["Ines Quarrington"] == "Signed already for this post"
    barred = {"ines quarrington": "Brokered this package"}
    assert able(rulebook, TODAY, **barred)["Ines Quarrington"] == "Brokered this package"


def test_a_post_that_nobody_holds_is_said(rulebook: Rulebook) -> None:
    needed = signings_for(a_scheme(rulebook), a_spend("70000000.00"))
    rows = signers(needed, 0, HOLDERS, TODAY, {})
    assert (rows[-1].post, rows[-1].why_not) == ("Executive", "Nobody holds this post yet")


def test_a_table_that_cannot_be_used_says_what_is_wrong(rulebook: Rulebook) -> None:
    assert problems_of(ready_levels(rulebook, TODAY)) == ()
    assert problems_of(()) == ("The table has no level. Add one.",)
    line = ApprovalLevel(1, SpendKind.LIGHT_TOUCH, pounds("10.00"), pounds("10.00"), ("",))
    assert len(problems_of((line,))) == 2
    open_ended = ApprovalLevel(1, SpendKind.LIGHT_TOUCH, pounds("0.00"), None, (AD,))
    assert "hold the same sums" in problems_of((open_ended, replace(open_ended, over=pounds("5.00"))))[0]


# Executive decisions: the seed's own dates


def a_decision(rulebook: Rulebook, **facts: Any) -> ExecutiveDecision:
    counted = call_in(date(2025, 12, 4), 3, rulebook)
    made = ExecutiveDecision(
        "e1", "p1", "c1", "Deputy Leader", date(2025, 12, 4), date(2025, 12, 4), True, True,
        counted.deadline_on, counted.in_force_on, True, "paragraph 3 of Schedule 12A", "CH-1",
        datetime(2025, 12, 4, tzinfo=UTC), "broker",
    )  # fmt: skip
    return replace(made, **facts)


def test_a_decision_of_4_december_can_be_called_in_to_the_9th_and_is_in_force_on_the_10th(
    rulebook: Rulebook,
) -> None:
    made = a_decision(rulebook)
    assert (made.call_in_deadline_on, made.in_force_on) == (date(2025, 12, 9), date(2025, 12, 10))
    assert "10 December 2025" in made.why_not_yet(date(2025, 12, 9))
    assert made.why_not_yet(date(2025, 12, 10)) == ""
    called = replace(made, called_in_on=date(2025, 12, 8))
    assert "called in" in called.why_not_yet(date(2026, 1, 1))
    assert replace(called, upheld_on=date(2026, 1, 5)).why_not_yet(date(2026, 1, 5)) == ""


# The gate


def refusal_of(facts: GateFacts) -> str:
    found = first_block(award_gate(facts))
    return found.message if found else ""


def row_of(facts: GateFacts, title: str) -> tuple[GateState, str]:
    return next((row.state, row.why) for row in award_gate(facts) if row.title == title)


def test_the_gate_stops_while_a_level_has_not_signed(rulebook: Rulebook) -> None:
    needed = signings_for(a_scheme(rulebook), a_spend("100000.00"))
    facts = gate_facts(rulebook, signings=needed)
    assert "Assistant Director signs next (level 1)" in refusal_of(facts)


def test_the_gate_waits_for_call_in_and_names_the_exemption(rulebook: Rulebook) -> None:
    soon = a_decision(rulebook, in_force_on=date(2026, 11, 26), call_in_deadline_on=date(2026, 11, 25))
    assert "26 November 2026" in refusal_of(gate_facts(rulebook, executive=soon))
    state, why = row_of(gate_facts(rulebook, executive=a_decision(rulebook)), "Executive decision in force")
    assert state is GateState.MET
    assert "Schedule 12A" in why


def test_a_panels_doubt_stops_and_its_conditions_are_shown(rulebook: Rulebook) -> None:
    sat = PanelRecord(
        "p1", "p1", "c1", TODAY, "Two managers", True, True, True, True, "Review after six weeks.",
        "Minutes 14", NOW, "broker",
    )  # fmt: skip
    assert row_of(gate_facts(rulebook, panel=sat), "Panel")[0] is GateState.ADVISORY
    doubted = replace(sat, is_affordable=False)
    assert "did not find it affordable" in refusal_of(gate_facts(rulebook, panel=doubted))


def test_an_approval_after_care_began_is_flagged(rulebook: Rulebook) -> None:
    late = gate_facts(rulebook, approval=an_approval(is_retrospective=True))
    state, why = row_of(late, "Approved before care began")
    assert state is GateState.ADVISORY
    assert why.startswith("Retrospective")
