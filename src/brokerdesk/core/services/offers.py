"""Recording what providers answer, and comparing the offers once the round is closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from brokerdesk.core.domain import pricing
from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.framework import Framework, Lot
from brokerdesk.core.domain.identifiers import outcode
from brokerdesk.core.domain.london import london_day
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.package import Package, PackageStatus, Step
from brokerdesk.core.domain.scoring import Score
from brokerdesk.core.domain.seal import Seal
from brokerdesk.core.domain.sourcing import (
    Decline,
    DeclineCode,
    Invitation,
    InvitationStatus,
    Offer,
    OfferTerms,
    Round,
    RoundStatus,
    ScoredOffer,
    Shortlist,
    ShortlistedIn,
)
from brokerdesk.core.domain.visits import Visit
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import capacity, evaluation, journey, lateness, vouching
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.scores import Scoring, scored_offers

ANSWERABLE = (InvitationStatus.ASKED, InvitationStatus.LAPSED, InvitationStatus.HELD)
"""Those whose answer may still be recorded."""


@act("offer_recorded", words="record an offer", by=(Role.BROKER,))
def record_offer(
    work: Work,
    *,
    invitation_id: str,
    starts_on: date,
    rate: Money | None = None,
    rates: Mapping[str, Money] | None = None,
    quality: Decimal | None = None,
    continuity: Decimal | None = None,
    visits: tuple[Visit, ...] = (),
    note: str = "",
    received_at: datetime | None = None,
    terms: OfferTerms | None = None,
) -> Offer:
    """Keep what a provider offers, not shown until the round is closed. Source: docs/rules.md R024, R157.

    Args:
        work: the act.
        invitation_id: whose answer.
        starts_on: when it can start.
        rate: pounds for the lot's unit.
        rates: price of one carer's visit by minutes, where banded.
        quality: 0 to 100.
        continuity: 0 to 100.
        visits: those offered where they differ from those asked.
        note: in the provider's words.
        received_at: now where none is given; after the deadline it is kept as late and cannot be chosen
            unless it is admitted. In a sealed round whatever comes after the opening is late.
        terms: what else it says: conditions, staff, until when the capacity is held.

    Raises:
        InputError: a visit or night has no price in the offer.
        RuleError: the provider was not asked, has answered, or the offer starts in the past.
    """
    _refuse_before_opening(work, invitation_id)
    return keep_offer(
        work, invitation_id=invitation_id, starts_on=starts_on, rate=rate, rates=rates, quality=quality,
        continuity=continuity, visits=visits, note=note, received_at=received_at, terms=terms,
    )  # fmt: skip


@act("decline_recorded", words="record a decline", by=(Role.BROKER,))
def record_decline(
    work: Work,
    *,
    invitation_id: str,
    code: DeclineCode,
    note: str = "",
    received_at: datetime | None = None,
) -> Decline:
    """Keep a provider's no with its coded reason.

    Raises:
        RuleError: the provider was not asked or has answered, or `other` has no note.
    """
    return keep_decline(work, invitation_id=invitation_id, code=code, note=note, received_at=received_at)


@act("late_offer_admitted", words="admit a late offer", by=(Role.BROKER,))
def admit_late_offer(work: Work, *, offer_id: str, reason: str) -> Offer:
    """Let a late offer count all the same, with the reason on file. Source: docs/rules.md R024.

    Raises:
        RuleError: no reason is given, the offer came in time, or an award rests on the round.
    """
    offer = work.of(Offer).get(offer_id)
    if not reason.strip():
        raise RuleError("Say why the late offer is admitted; the other providers may ask.", rule="R024")
    if not offer.is_late:
        raise RuleError(f"The offer of {offer.provider} came in time, so there is nothing to admit.")
    if journey.live_award(work.unit, offer.package_id):
        raise RuleError("An award rests on this round. Withdraw the award first.")
    current = journey.current_round(work.unit, offer.package_id)
    if current is None or current.id != offer.round_id:
        raise RuleError("The package was asked for again since, so an offer of the earlier round is over.")
    work.cite("R024")
    work.note(location_id=offer.location_id)
    journey.void_decisions(work, offer.package_id)
    journey.stamp(work, offer.package_id, Step.OFFERS, f"Late offer of {offer.provider} admitted: {reason}")
    _back_to_choosing(work, offer)
    admitted = work.of(Offer).replace(replace(offer, admitted_because=reason.strip()))
    capacity.hold(work, admitted, work.of(Package).get(offer.package_id), offer.terms.held_until)
    return admitted


def _back_to_choosing(work: Work, offer: Offer) -> None:
    """A closed round has something to choose from again."""
    package = work.of(Package).get(offer.package_id)
    if work.of(Round).get(offer.round_id).status is RoundStatus.CLOSED:
        if package.status is PackageStatus.NEEDS_PROVIDER:
            package = journey.move(work, package, PackageStatus.ASKING)
        journey.move(work, package, PackageStatus.CHOOSING)


def keep_offer(
    work: Work, *, invitation_id: str, starts_on: date, rate: Money | None = None,
    rates: Mapping[str, Money] | None = None, quality: Decimal | None = None,
    continuity: Decimal | None = None, visits: tuple[Visit, ...] = (), note: str = "",
    received_at: datetime | None = None, terms: OfferTerms | None = None,
) -> Offer:  # fmt: skip
    """Keep an offer within an act that is under way, such as the reading of a returned form."""
    invitation = _awaited(work, invitation_id)
    at = _received(work, invitation, received_at)
    package = work.of(Package).get(invitation.package_id)
    if starts_on < london_day(at):
        raise RuleError(
            f"The offer would have started on {in_words(starts_on)}. Ask for a start from today on."
        )
    offer = _priced(work, package, invitation, rate, dict(rates or {}))
    offer = replace(
        offer, received_at=at, is_late=lateness.is_late(work.unit, invitation, at),
        starts_on=starts_on, note=note,
        quality=_points("quality", quality), continuity=_points("continuity", continuity),
        visits_offered=tuple(visits), terms=terms or OfferTerms(),
    )  # fmt: skip
    work.of(Offer).add(offer)
    capacity.hold(work, offer, package, offer.terms.held_until)
    _answered(work, invitation, InvitationStatus.OFFERED, "Offer", at)
    if offer.is_above_ceiling:
        work.note(above_ceiling=True)
    vouching.note_offer(work, offer)
    return offer


def keep_decline(
    work: Work, *, invitation_id: str, code: DeclineCode, note: str = "", received_at: datetime | None = None
) -> Decline:
    """Keep a no within an act that is under way, such as the reading of a returned form."""
    invitation = _awaited(work, invitation_id)
    if code is DeclineCode.OTHER and not note.strip():
        raise RuleError(f"{invitation.provider} declined for another reason. Write down which.")
    at = _received(work, invitation, received_at)
    decline = Decline(
        id=work.new_id(), round_id=invitation.round_id, invitation_id=invitation.id,
        package_id=invitation.package_id, location_id=invitation.location_id, provider=invitation.provider,
        received_at=at, is_late=lateness.is_late(work.unit, invitation, at),
        code=code, note=note,
    )  # fmt: skip
    work.of(Decline).add(decline)
    _answered(work, invitation, InvitationStatus.DECLINED, f"Decline ({code.value.replace('_', ' ')})", at)
    return decline


def _refuse_before_opening(work: Work, invitation_id: str) -> None:
    """What is typed in was read by somebody, so before the opening it has no place in a sealed round."""
    round_id = work.of(Invitation).get(invitation_id).round_id
    if any(seal.opened_at is None for seal in work.of(Seal).find(round_id=round_id)):
        raise RuleError(
            "The offers of this round are sealed: take in the file that the provider sends. What it tells "
            "you "
            "otherwise is recorded after two officers have opened the round."
        )


def _awaited(work: Work, invitation_id: str) -> Invitation:
    invitation = work.of(Invitation).get(invitation_id)
    if not invitation.was_asked:
        raise RuleError(
            f"{invitation.provider} has not been asked yet: the round goes in rank order.", rule="R024"
        )
    if invitation.status not in ANSWERABLE:
        raise RuleError(f"{invitation.provider} has already answered ({invitation.status.value}).")
    if work.of(Round).get(invitation.round_id).status is RoundStatus.WITHDRAWN:
        raise RuleError("The round was withdrawn, so answers to it are no longer taken.")
    return invitation


def _received(work: Work, invitation: Invitation, at: datetime | None) -> datetime:
    moment = at or work.at
    invitation.check_answered_at(moment, work.at)
    return moment


def _answered(
    work: Work, invitation: Invitation, status: InvitationStatus, words: str, at: datetime
) -> None:
    late = lateness.words_for(work.unit, invitation, at)
    work.of(Invitation).replace(replace(invitation, status=status))
    work.cite("R024")
    work.note(location_id=invitation.location_id, is_late=bool(late))
    told = f"{words} of {invitation.provider} recorded{late}"
    journey.stamp(work, invitation.package_id, Step.OFFERS, told)


def _points(criterion: str, points: Decimal | None) -> Decimal | None:
    if points is not None and not (points.is_finite() and 0 <= points <= 100):
        raise RuleError(f"{criterion.capitalize()} is 0 to 100 points, not {points}.", rule="R021")
    return points


def _priced(
    work: Work, package: Package, invitation: Invitation, rate: Money | None, bands: dict[str, Money]
) -> Offer:
    """The offer with its weekly price and its place against the ceiling."""
    framework = journey.framework_of(work.unit, package)
    lot = _lot_with_ceiling(work, framework, package, invitation)
    prices = offered_rates(work.unit, framework, package, invitation.location_id, rate, bands, work.today)
    if (rate is None) == (not bands):
        raise RuleError("An offer has either one rate or a price for each visit length.", rule="R158")
    if rate is not None and pays_by_length(
        work.unit, framework, package, invitation.location_id, work.today
    ):
        raise RuleError(
            f"The framework pays {invitation.provider} by visit length, so one rate cannot be compared. "
            "Ask it for a price for each length.",
            rule="R159",
        )
    if rate == Money(0) or Money(0) in bands.values():
        raise RuleError("A price of nothing cannot be scored. Ask the provider for its price.", rule="R021")
    return Offer(
        id=work.new_id(), round_id=invitation.round_id, invitation_id=invitation.id, package_id=package.id,
        location_id=invitation.location_id, provider=invitation.provider, received_at=work.at, is_late=False,
        rate=rate, rates=bands, starts_on=work.today, quality=None, continuity=None,
        distance_miles=_row(work.unit, invitation).distance_miles, visits_offered=(), note="",
        weekly_cost=pricing.price_need(package.need, prices).weekly,
        scored_price=pricing.scored_price(package.need, prices).pounds, ceiling=lot.ceiling,
        is_above_ceiling=pricing.is_above_ceiling(lot, prices, package.need), nights=prices.nights,
    )  # fmt: skip


def _lot_with_ceiling(work: Work, framework: Framework, package: Package, invitation: Invitation) -> Lot:
    """The lot with the ceiling that holds for the round's kind of rate in the person's zone."""
    opened, lot = work.of(Round).get(invitation.round_id), journey.lot_of(framework, package)
    zones = framework.zones_of(outcode(package.need.postcode))
    on = london_day(opened.opened_at)
    return replace(lot, ceiling=pricing.ceiling_of(opened.rules, lot, zones, opened.rate_kind, on))


def pays_by_length(
    unit: UnitOfWork, framework: Framework, package: Package, location_id: str, on: date
) -> bool:
    """Whether the framework pays this provider by visit length and has no rate for it. Source: R159."""
    own = pricing.rates_of(
        framework, journey.rates_of(unit, framework), location_id=location_id, need=package.need,
        zones=framework.zones_of(outcode(package.need.postcode)), on=on,
    )  # fmt: skip
    return own is not None and bool(own.bands) and own.rate is None


def offered_rates(
    unit: UnitOfWork, framework: Framework, package: Package, location_id: str, rate: Money | None,
    bands: Mapping[str, Money], on: date,
) -> pricing.Rates:  # fmt: skip
    """The prices of one offer, nights at the framework's rates."""
    lot, need = journey.lot_of(framework, package), package.need
    nights = pricing.night_price(
        framework, journey.rates_of(unit, framework), location_id=location_id, need=need,
        zones=framework.zones_of(outcode(need.postcode)), on=on,
    )  # fmt: skip
    by_minutes = {int(minutes): price for minutes, price in bands.items()}
    return pricing.offered_rates(lot, framework.rounding, rate=rate, bands=by_minutes, nights=nights)


def _row(unit: UnitOfWork, invitation: Invitation) -> ShortlistedIn:
    opened = unit.of(Round).get(invitation.round_id)
    kept = unit.of(Shortlist).get(opened.shortlist_id)
    return next(row for row in kept.included if row.location_id == invitation.location_id)


@dataclass(frozen=True, slots=True)
class OfferSideBySide:
    """One offer as the comparison shows it."""

    offer: Offer
    scored: ScoredOffer | None
    """None where it came late and is not scored."""
    rating: str | None
    rating_on: date | None
    tier: int | None
    working: tuple[str, ...]
    """How the points or the place came about, in sentences."""
    score: Score | None = None
    """The exact points; none where it is not scored, or tests decide."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Offers of a closed round by total, with those that are not in it."""

    round: Round
    package: Package
    offers: tuple[OfferSideBySide, ...]
    declines: tuple[Decline, ...]
    silent: tuple[Invitation, ...]
    is_sealed: bool
    """The round is still open: who answered is known, what is not."""
    unscored: str = ""
    """What is missing before offers have totals, where officers score apart; empty where nothing is."""


def compare_offers(desk: Desk, round_id: str) -> Comparison:
    """Offers side by side, scored by the weights of the round's opening. Source: docs/rules.md R021, E17."""
    with desk.reading() as unit:
        opened = unit.of(Round).get(round_id)
        return comparison_of(unit, opened)


def comparison_of(unit: UnitOfWork, opened: Round) -> Comparison:
    """The comparison of one round; nothing is shown while it is open."""
    package = unit.of(Package).get(opened.package_id)
    sealed = opened.status is RoundStatus.OPEN
    offers = () if sealed else evaluation.judged_offers(unit, opened, journey.offers_of(unit, opened.id))
    unscored = "" if sealed else evaluation.why_unscored(unit, opened)
    lot = unit.of(Framework).get(opened.framework_id).lot(package.need.lot)
    scored = {} if unscored else scored_offers(opened, package, offers, lot)
    rows = {row.location_id: row for row in unit.of(Shortlist).get(opened.shortlist_id).included}
    shown = [_side(offer, scored, rows.get(offer.location_id)) for offer in offers]
    last = len(shown) + 1  # the list is empty to itself while it is sorted
    shown.sort(key=lambda side: side.scored.rank if side.scored else last)
    invitations = journey.invitations_of(unit, opened.id)
    silent = tuple(i for i in invitations if i.status in (InvitationStatus.ASKED, InvitationStatus.LAPSED))
    declines = journey.declines_of(unit, opened.id)
    return Comparison(opened, package, tuple(shown), declines, silent, sealed, unscored)


def kept_scores(unit: UnitOfWork, opened: Round) -> dict[str, object]:
    """Rank, total and working of each offer as the register keeps them with the choice. Source: R021, E17."""
    sides = comparison_of(unit, opened).offers
    return {
        side.offer.id: {
            "rank": side.scored.rank, "total": str(side.scored.total), "working": list(side.working)
        }
        for side in sides
        if side.scored
    }  # fmt: skip


def _side(offer: Offer, scored: Mapping[str, Scoring], row: ShortlistedIn | None) -> OfferSideBySide:
    held = scored.get(offer.id)
    return OfferSideBySide(
        offer,
        held.scored if held else None,
        row.rating if row else None,
        row.rating_on if row else None,
        row.tier if row else None,
        held.working if held else (),
        held.score if held else None,
    )
