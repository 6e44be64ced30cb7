"""The award gate: who decided, and whether what they decided may be acted on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from brokerdesk.core.domain.approval_records import ApprovalSignature, ExecutiveDecision
from brokerdesk.core.domain.approval_scheme import Signing
from brokerdesk.core.domain.gate import award_gate, can_award, not_met
from brokerdesk.core.domain.rulebook import Rulebook
from sourcing_samples import NOW, TODAY, gate_facts, pounds

SIGNED = ApprovalSignature(
    id="g1", package_id="p1", choice_id="choice", level=2, post="Executive", approver_name="The Executive",
    approver_id="", stands_in_for="", decided_on=TODAY, annual_cost=pounds("43982.50"), consulted="",
    comment="", recorded_by="broker", evidence="Minutes", made_at=NOW,
)  # fmt: skip
DECIDED = ExecutiveDecision(
    id="e1", package_id="p1", choice_id="choice", decision_maker="The Executive", decided_on=TODAY,
    published_on=TODAY, is_key=True, is_subject_to_call_in=True, call_in_deadline_on=TODAY,
    in_force_on=TODAY, is_exempt=False, exempt_reason="", reference="EX 12", made_at=NOW, officer_id="broker",
)  # fmt: skip


def by(rulebook: Rulebook, post: str, **facts: Any) -> Any:
    signed = replace(SIGNED, post=post)
    return gate_facts(rulebook, signings=(Signing(2, post),), signatures=(signed,), **facts)


@pytest.mark.parametrize("post", ["Executive", "cabinet member"])
def test_what_the_executive_signs_waits_for_its_decision_in_force(rulebook: Rulebook, post: str) -> None:
    bare = by(rulebook, post)
    (stop,) = not_met(award_gate(bare))
    assert (stop.rule, stop.title) == ("R141", "Executive decision in force")
    assert "Record the decision" in stop.why
    early = replace(bare, executive=replace(DECIDED, in_force_on=TODAY + timedelta(days=4)))
    assert [row.rule for row in not_met(award_gate(early))] == ["R141"]
    assert can_award(award_gate(replace(bare, executive=DECIDED)))


def test_what_officers_sign_needs_no_executive_decision(rulebook: Rulebook) -> None:
    assert can_award(award_gate(by(rulebook, "Director")))
