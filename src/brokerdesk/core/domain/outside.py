"""A preferred provider that is no member of the framework: a warning for accommodation, never a block."""

from __future__ import annotations

from brokerdesk.core.domain.award import GateRow, Route
from brokerdesk.core.domain.care_setting import CareSetting
from brokerdesk.core.domain.framework import Framework, Lot, Member
from brokerdesk.core.domain.gate_facts import GateFacts, advice, passes_by, stop
from brokerdesk.core.domain.package import Cohort, Need
from brokerdesk.core.domain.sourcing import Invitation, InvitationStatus, Offer

CALL_OFFS = (Route.FRAMEWORK_S45, Route.PCR2015_CALLOFF)


def outside_problem(need: Need, setting: CareSetting, location_id: str) -> str:
    """Why an offer from outside the framework may not stand beside the round's; empty where it may.

    Only the place that the person prefers, and only accommodation: everybody else is asked in the round, by
    its one deadline and before prices are known. Source: docs/rules.md R024, R046, R050.
    """
    if need.cohort is not Cohort.ADULT or not setting.is_accommodation:
        return (
            "The right to a place outside the framework is an adult’s, for a care home, shared lives or "
            "supported living. Ask this provider in a round, by the framework’s own way outside it."
        )
    if need.preferred_location_id is None:
        return (
            "Nobody has said that the person prefers this place, and only the preferred place may be offered "
            "from outside the framework. Write who said so."
        )
    if need.preferred_location_id != location_id:
        return (
            f"The person prefers {need.preferred_location_id}, and only the preferred place may be offered "
            f"from outside the framework. Ask {location_id} in a round instead."
        )
    return ""


def outside_row(facts: GateFacts) -> GateRow:
    """A preferred home need not be on the framework, but then it is no call-off. Source: R046."""
    title, provider = "On the framework", facts.offer.provider
    if not facts.offer.is_outside:
        return passes_by(None, "R046", title, f"{provider} is a member of {facts.framework.name}")
    problem = outside_problem(facts.need, facts.setting, facts.offer.location_id)
    if problem:
        return stop(None, "R046", title, problem)
    if facts.stated.route in CALL_OFFS:
        return stop(
            None, "R046", title,
            f"{provider} is no member of {facts.framework.name}, so this is no call-off from it. Choose the "
            "route of the person’s own choice, or another that is open.",
        )  # fmt: skip
    told = f"{provider} is no member of {facts.framework.name}. The person prefers it, and the right to"
    return advice(None, "R046", title, f"{told} choose accommodation reaches it without another ground")


def member_outside(framework: Framework, lot: Lot, offer: Offer, provider_id: str) -> Member:
    """What the gate reads in place of a member's row; it is kept nowhere."""
    return Member(
        id="", framework_id=framework.id, location_id=offer.location_id, provider_id=provider_id,
        provider=offer.provider, lot=lot.name, zone=None, tier=None, rank=None, quality=None, capacity=None,
        capacity_unit=None, contact_name="", contact_email="", needs=(),
    )  # fmt: skip


def invitation_outside(offer: Offer) -> Invitation:
    """What letters read in place of an invitation, for nobody was invited; it is kept nowhere."""
    return Invitation(
        id="", round_id=offer.round_id, package_id=offer.package_id, location_id=offer.location_id,
        member_id="", provider=offer.provider, contact_name="", contact_email="", tier=None, rank=0,
        status=InvitationStatus.OFFERED, invited_at=None, answer_by=None,
    )  # fmt: skip
