"""From a choice to an award and its letters on the sample council, for tests of what they say and refuse."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from brokerdesk.core.domain.award import Award, AwardFacts, FiledLetter, GateRow, Route
from brokerdesk.core.domain.choice import Choice, ChosenBy, Payer, TopUp
from brokerdesk.core.domain.letter import texts_of
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.officer import ApprovalLimit
from brokerdesk.core.domain.package import Package
from brokerdesk.core.services import approvals, awards, choices, letters
from brokerdesk.core.services.desk import Desk
from council_sample import APPROVER


def raise_limit(desk: Desk) -> None:
    """The approver may approve any spend of these tests."""
    with desk.units.writing() as unit:
        held = unit.of(ApprovalLimit).find()[0]
        unit.of(ApprovalLimit).replace(replace(held, limit=Money.parse("5000000.00")))
        unit.commit()


def a_top_up(desk: Desk, cost: str, **facts: Any) -> TopUp:
    """A third party's whole agreement over the homes' budget of £900.00."""
    standard: dict[str, Any] = {
        "payer": Payer.THIRD_PARTY, "agreed_on": desk.today(), "additional_cost": Money.parse(cost),
        "budget_amount": Money.parse("900.00"), "payment_frequency": "four-weekly", "payee": "the council",
        "review_provision": "each year", "if_payments_stop": "a move may follow",
        "provider_price_rises": "shared", "payer_finances_change": "tell the council",
        "payer_name": "Rosalind Larkspur", "evidence": "Statements seen", "evidence_on": desk.today(),
    }  # fmt: skip
    return TopUp(**standard | facts)


def choose(desk: Desk, package: Package, offer_id: str, **facts: Any) -> Choice:
    """The person chooses an offer."""
    standard: dict[str, Any] = {
        "by": ChosenBy.PERSON,
        "reason": "Near her daughter",
        "single_option_reason": "Only these have a bed",
    }
    return choices.record_choice(desk, package_id=package.id, offer_id=offer_id, **standard | facts).value


def make_ready(desk: Desk, package: Package, location_id: str) -> None:
    """Approval and exclusion check, the last steps before the gate."""
    approvals.record_approval_given_elsewhere(
        desk, package_id=package.id, approver_name=APPROVER, decided_on=desk.today(), evidence="E-mail"
    )
    awards.record_exclusion_check(
        desk, package_id=package.id, location_id=location_id, checked_on=desk.today()
    )


def stated(**facts: Any) -> AwardFacts:
    """A call-off from the sample's framework, unless other facts are given."""
    standard: dict[str, Any] = {"route": Route.FRAMEWORK_S45, "reason": "It covers it."}
    return AwardFacts(**standard | facts)


def award(desk: Desk, package: Package, **facts: Any) -> Award:
    """The award itself, through the gate."""
    return awards.make_award(desk, package_id=package.id, facts=stated(**facts)).value


def row(desk: Desk, package: Package, title: str, **facts: Any) -> GateRow:
    """One row of the gate, by its title."""
    rows = awards.gate(desk, package.id, stated(**facts))
    return next(held for held in rows if held.title == title)


def words_of(desk: Desk, made: Award) -> dict[str, tuple[str, ...]]:
    """Every text of each letter of an award, by the letter's kind."""
    filed: tuple[FiledLetter, ...] = letters.prepare_letters(desk, award_id=made.id).value
    return {held.kind: tuple(texts_of(letters.letter_of(held))) for held in filed}
