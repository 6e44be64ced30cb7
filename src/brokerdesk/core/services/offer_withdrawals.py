"""Recording that a provider took its offer back, which then can no longer be chosen or rested on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.offer_withdrawal import check_withdrawal, withdrawal_words
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.package import Package, PackageStatus, Step
from brokerdesk.core.domain.sourcing import Offer, Round, RoundStatus
from brokerdesk.core.services import capacity, journey
from brokerdesk.core.services.acts import Work, act

_BEFORE_AWARD = (PackageStatus.CHOOSING, PackageStatus.APPROVING, PackageStatus.APPROVED)


@act("offer_withdrawn", words="record that an offer was taken back", by=(Role.BROKER,))
def withdraw_offer(work: Work, *, offer_id: str, said_by: str, said_on: date, reason: str) -> Offer:
    """Keep that a provider took its offer back: what it held is free again. Source: docs/rules.md R087.

    A choice of it falls; one that was made before from the other offers stands.

    Args:
        work: the act.
        offer_id: the offer.
        said_by: who at the provider said so.
        said_on: the day it was said.
        reason: why, in the provider's words.

    Raises:
        RuleError: too little is said, it was taken back before, its round is not closed, or the package is
            awarded.
    """
    offer = work.of(Offer).get(offer_id)
    check_withdrawal(offer, said_by, said_on, reason, work.today)
    package, opened = work.of(Package).get(offer.package_id), work.of(Round).get(offer.round_id)
    if journey.live_award(work.unit, package.id):
        raise RuleError(
            f"{package.reference} is awarded, so its offers are settled. Where the awarded provider takes "
            "its offer back, withdraw the award."
        )
    if offer.is_superseded or opened.status is not RoundStatus.CLOSED:
        raise RuleError(
            f"The offer of {offer.provider} is none of a closed round, so nothing rests on it. Close the "
            "round first, then record that it was taken back."
        )
    words = withdrawal_words(said_by, said_on, reason)
    gone = work.of(Offer).replace(replace(offer, withdrawn_at=work.at, withdrawn_because=words))
    capacity.release_offer(work, offer.id)
    work.cite("R087")
    work.note(reference=package.reference, location_id=offer.location_id)
    journey.stamp(work, package.id, Step.OFFERS, f"{offer.provider} took its offer back ({words})")
    _settle(work, package, gone)
    return gone


def _settle(work: Work, package: Package, gone: Offer) -> None:
    """The choice of it falls; where nothing is left to choose from, providers are looked for again."""
    choice = journey.current_choice(work.unit, package.id)
    is_chosen = choice is not None and choice.offer_id == gone.id
    if is_chosen:
        journey.void_decisions(work, package.id)
    if package.status not in _BEFORE_AWARD:
        return
    if not any(offer.counts for offer in journey.offers_of(work.unit, gone.round_id)):
        journey.move(work, package, PackageStatus.NEEDS_PROVIDER)
    elif is_chosen:
        journey.move(work, package, PackageStatus.CHOOSING)
