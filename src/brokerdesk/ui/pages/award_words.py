"""Which form or step settles each rule of the gate, and the award's facts in words."""

from __future__ import annotations

from brokerdesk.core.domain.award import Award, GateRow, GateState
from brokerdesk.core.domain.package import Step
from brokerdesk.core.domain.sourcing import Offer
from brokerdesk.core.wording import say
from brokerdesk.ui.pages.award_forms import (
    EXCEPTION,
    EXCLUSION,
    GIVEN,
    GROUND,
    INTENTION,
    NOTICE,
    ORDER,
    PREFERENCE,
    ROUTE,
    TENDER,
    TRANSPARENCY,
)
from brokerdesk.ui.pages.package_page import short_day
from brokerdesk.ui.widgets.gate_list import GateRow as Rule

VERDICTS = {
    GateState.MET: "met",
    GateState.ADVISORY: "advisory",
    GateState.NOT_MET: "not_met",
    GateState.DOES_NOT_APPLY: "not_applying",
}
FORMS = {
    "Award route": ROUTE,
    "Transparency notice": TRANSPARENCY,
    "Notice before signing": NOTICE,
    "Tender notice": TENDER,
    "Assessment summaries": GIVEN,
    "Notice of intention": INTENTION,
    "Exclusion and debarment check": EXCLUSION,
    "The person’s preference": PREFERENCE,
    "Live framework": GROUND,
    "Within the ceiling": EXCEPTION,
    "Ground for going outside": GROUND,
    "In the framework’s order": ORDER,
}
"""Which form settles a rule, by the rule's title at the gate."""
DECIDED = frozenset({"Process of the NHS regime", "VAT in the value"})
"""Rules that the route decision settles, because it asks for what they need."""
STEPS = {
    "Affordable option": Step.CHOICE,
    "Choice recorded": Step.CHOICE,
    "Preferred accommodation": Step.CHOICE,
    "Someone else approved": Step.APPROVAL,
    "Signed by every level": Step.APPROVAL,
    "Panel": Step.APPROVAL,
    "Executive decision in force": Step.APPROVAL,
    "Advocate (IMCA)": Step.NEED,
    "Section 117 after-care": Step.NEED,
    "Weights unchanged": Step.OFFERS,
    "Offer in time": Step.OFFERS,
    "No identity in invitations": Step.INVITATIONS,
    "Not suspended": Step.PROVIDERS,
    "CQC rating": Step.PROVIDERS,
    "CQC activity matches": Step.PROVIDERS,
}
"""Which step holds the evidence of a rule, or mends it."""


def rule_of(row: GateRow, *, is_open: bool) -> Rule:
    """A row of the gate as the list shows it."""
    has_form = is_open and row.title in FORMS and row.state is not GateState.DOES_NOT_APPLY
    has_step = row.title in STEPS and row.state is not GateState.DOES_NOT_APPLY
    is_decided = is_open and row.title in DECIDED and row.state is not GateState.DOES_NOT_APPLY
    link = say("Open") if has_form or has_step or is_decided else ""
    return Rule(row.title, say(row.title), row.why, VERDICTS[row.state], link)


def offer_facts(offer: Offer) -> list[tuple[str, str]]:
    """What is about to be awarded."""
    return [
        (say("Provider"), offer.provider),
        (say("Price"), say("{price} a week", price=offer.weekly_cost.shown)),
        (say("Starts"), short_day(offer.starts_on)),
    ]


def awarded_facts(award: Award) -> list[tuple[str, str]]:
    """What was awarded, and why."""
    facts = [
        (say("Provider"), award.provider),
        (say("Price"), say("{price} a week", price=award.weekly_cost.shown)),
        (say("A year"), award.annual_cost.shown),
        (say("Starts"), short_day(award.starts_on)),
        (say("Reason"), award.facts.reason),
    ]
    if award.tier is not None:
        facts.insert(3, (say("Tier"), str(award.tier)))
    return facts
