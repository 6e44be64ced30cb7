"""A preferred provider that is no member of the framework: a warning for accommodation, never a block."""

from __future__ import annotations

from brokerdesk.core.domain.award import GateRow, Route
from brokerdesk.core.domain.framework import Framework, Lot, Member
from brokerdesk.core.domain.gate_facts import GateFacts, advice, passes_by, stop
from brokerdesk.core.domain.sourcing import Invitation, InvitationStatus, Offer

CALL_OFFS = (Route.FRAMEWORK_S45, Route.PCR2015_CALLOFF)


def outside_row(facts: GateFacts) -> GateRow:
    """A preferred home need not be on the framework, but then it is no call-off. Source: R046."""
    title, provider = "On the framework", facts.offer.provider
    if not facts.offer.is_outside:
        return passes_by(None, "R046", title, f"{provider} is a member of {facts.framework.name}")
    if facts.stated.route in CALL_OFFS:
        return stop(
            None, "R046", title,
            f"{provider} is no member of {facts.framework.name}, so this is no call-off from it. Choose the "
            "route of the person’s own choice, or another that is open.",
        )  # fmt: skip
    where = " The right to choose accommodation reaches it" if facts.setting.is_accommodation else ""
    return advice(None, "R046", title, f"{provider} is no member of {facts.framework.name}.{where}")


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
