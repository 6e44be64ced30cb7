"""The cascade on the desk: where a round on a ladder stands, whom its rules pass over, what they prefer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from brokerdesk.core.domain import cascade, ladder_plan, picking, pricing
from brokerdesk.core.domain.cascade import Cascade
from brokerdesk.core.domain.eligibility import Requirement, amount_needed, judge, requirement_of
from brokerdesk.core.domain.framework import Framework, Member
from brokerdesk.core.domain.framework_rules import Rung
from brokerdesk.core.domain.gate_house import coded_grounds
from brokerdesk.core.domain.identifiers import outcode
from brokerdesk.core.domain.ladder_plan import Skip, SkipFacts
from brokerdesk.core.domain.london import LONDON, london_day
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.picking import Picked, PickOffer
from brokerdesk.core.domain.rulebook import Rulebook, coded
from brokerdesk.core.domain.sourcing import Decline, Invitation, InvitationStatus, Offer, Round, RoundStatus
from brokerdesk.core.domain.working_time import between, end_after
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import capacity, evaluation, journey, scores, shortlists
from brokerdesk.core.services.desk import Desk


@dataclass(frozen=True, slots=True)
class LadderLook:
    """A round on a ladder as a page shows it."""

    cascade: Cascade
    skips: Mapping[str, Skip]
    """Why those who wait would be passed over, by invitation id."""
    left_seconds: int
    """Working time left to the last of those awaited; 0 where nobody is."""
    would_end_at: datetime | None
    """When those who follow would have to answer if they were asked now; none where nobody follows."""
    grounds: Mapping[str, str]
    """Coded grounds for going outside the framework."""
    off_rank_reasons: Mapping[str, str]


def look(desk: Desk, round_id: str) -> LadderLook:
    """Where a round stands now, however long the desk was shut. Source: docs/rules.md R024, R050."""
    with desk.reading() as unit:
        opened = unit.of(Round).get(round_id)
        package = unit.of(Package).get(opened.package_id)
        return look_in(unit, desk.rulebook, package, opened, desk.now())


def look_in(
    unit: UnitOfWork, rulebook: Rulebook, package: Package, opened: Round, now: datetime
) -> LadderLook:
    """The same within a transaction."""
    day = london_day(now)
    skips = skips_of(unit, rulebook, package, opened, day) if opened.status is RoundStatus.OPEN else {}
    standing = cascade.look(
        opened, journey.invitations_of(unit, opened.id), offered=offered_in_time(unit, opened.id), now=now,
        to_skip=skips,
    )  # fmt: skip
    working, calendar = opened.rules.working_hours, rulebook.calendar
    left = between(now, standing.until, working, calendar) if standing.until else None
    framework = unit.of(Framework).get(opened.framework_id)
    hours = hours_on(opened, framework, package, standing.rung)
    ends = end_after(now, hours, working, calendar) if standing.following and hours else None
    return LadderLook(
        standing, skips, int(left.total_seconds()) if left else 0, ends, grounds_of(opened, rulebook, day),
        off_rank_reasons(rulebook, day),
    )  # fmt: skip


def offered_in_time(unit: UnitOfWork, round_id: str) -> frozenset[str]:
    """Ids of the invitations with an offer that can be chosen, or an answer that is held unopened."""
    held = {i.id for i in journey.invitations_of(unit, round_id) if i.status is InvitationStatus.HELD}
    return frozenset(held | {o.invitation_id for o in journey.offers_of(unit, round_id) if not o.is_late})


def hours_on(opened: Round, framework: Framework, package: Package, rung: int) -> Decimal | None:
    """Time to answer on a rung of the round's ladder. Source: docs/rules.md R024."""
    is_urgent = package.need.urgent_since is not None
    return cascade.hours_of(opened.rules.ladder[rung], framework, is_urgent=is_urgent)


def grounds_of(opened: Round, rulebook: Rulebook, on: date) -> dict[str, str]:
    """The coded grounds that the round's rules admit, with their meaning. Source: R040, R050."""
    known = coded_grounds(rulebook, on)
    allowed = opened.rules.grounds or tuple(known)
    return {code: meaning for code, meaning in known.items() if code in allowed}


def off_rank_reasons(rulebook: Rulebook, on: date) -> dict[str, str]:
    """The coded reasons for asking or awarding out of order. Source: docs/rules.md R050."""
    return coded(rulebook.policy("off_rank_reasons", on))


def skips_of(
    unit: UnitOfWork, rulebook: Rulebook, package: Package, opened: Round, on: date
) -> dict[str, Skip]:
    """Whom the rules pass over on a day among those who wait, by invitation id.

    Each is judged again on the day, because the day of asking counts. Source: docs/rules.md R034, R050, R105.
    """
    waiting = [
        held for held in journey.invitations_of(unit, opened.id) if held.status is InvitationStatus.WAITING
    ]
    if not waiting:
        return {}
    facts = _Skipping.of(unit, rulebook, package, opened, on, {held.location_id for held in waiting})
    found = {held.id: facts.skip(opened.rules.ladder[held.rung], held) for held in waiting}
    return {id: skip for id, skip in found.items() if skip is not None}


@dataclass(frozen=True)
class _Skipping:
    """What is read once for all who wait."""

    facts: Mapping[str, SkipFacts]

    @classmethod
    def of(
        cls, unit: UnitOfWork, rulebook: Rulebook, package: Package, opened: Round, on: date,
        locations: set[str],
    ) -> _Skipping:  # fmt: skip
        framework, need = unit.of(Framework).get(opened.framework_id), package.need
        requirement = requirement_of(need, framework, on=on, rulebook=rulebook, asks_after_term=True)
        candidates = shortlists.candidates_of(unit, need, framework, requirement, only=locations)
        declined = {d.location_id: london_day(d.received_at) for d in _earlier_declines(unit, opened)}
        lines = journey.rates_of(unit, framework)
        zones = framework.zones_of(outcode(need.postcode))
        facts = {}
        for candidate in candidates:
            location_id = candidate.member.location_id
            reasons = judge(requirement, candidate).reasons
            rates = pricing.rates_of(
                framework, lines, location_id=location_id, need=need, zones=zones, on=on,
                kind=opened.rate_kind,
            )  # fmt: skip
            barred = reasons[0].text if reasons else ""
            free, needed = _room(unit, package, requirement, candidate.member, on)
            facts[location_id] = SkipFacts(
                barred=barred, free=free, needed=needed, unit=candidate.member.capacity_unit or "",
                declined_on=declined.get(location_id), rate=pricing.guide_rate(rates),
                ceiling=pricing.ceiling_of(
                    opened.rules, requirement.lot, zones, opened.rate_kind, london_day(opened.opened_at)
                ),
            )  # fmt: skip
        return cls(facts)

    def skip(self, rung: Rung, held: Invitation) -> Skip | None:
        known = self.facts.get(held.location_id)
        return None if known is None else ladder_plan.skip_of(rung, known)


def _room(
    unit: UnitOfWork, package: Package, requirement: Requirement, member: Member, on: date
) -> tuple[Decimal | None, Decimal | None]:
    """What it has free by the ledger, this package's own offers aside, and what is needed, in one unit."""
    needed = amount_needed(requirement, member.capacity_unit)
    if member.capacity is None:
        return None, needed
    moment = datetime.combine(on, time(12), LONDON)  # holds lapse at the end of a day
    return capacity.free(unit, member, moment, but=package.id), needed


def _earlier_declines(unit: UnitOfWork, opened: Round) -> list[Decline]:
    return [d for d in unit.of(Decline).find(package_id=opened.package_id) if d.round_id != opened.id]


def picked_in(unit: UnitOfWork, package: Package, opened: Round) -> Picked | None:
    """The offer that the ladder's own rule prefers; none without a ladder or an offer. Source: R021, R050."""
    if not opened.has_ladder:
        return None
    every = evaluation.judged_offers(unit, opened, journey.offers_of(unit, opened.id))
    made = [offer for offer in every if offer.counts]
    lot = unit.of(Framework).get(opened.framework_id).lot(package.need.lot)
    scored = scores.scored_offers(opened, package, tuple(made), lot)
    order = {held.id: held.rank for held in journey.invitations_of(unit, opened.id)}
    preferred = package.need.preferred_location_id
    read = [_to_pick(offer, order[offer.invitation_id], scored, preferred) for offer in made]
    rung = opened.rules.ladder[opened.rung]
    return picking.pick(opened.rules, rung, read, wanted_on=package.need.starts_on)


def _to_pick(
    offer: Offer, order: int, scored: Mapping[str, scores.Scoring], preferred: str | None
) -> PickOffer:
    held = scored.get(offer.id)
    return PickOffer(
        offer_id=offer.id, location_id=offer.location_id, provider=offer.provider, order=order,
        total=held.scored.total if held else None, weekly=offer.weekly_cost,
        distance_miles=offer.distance_miles, starts_on=offer.starts_on,
        is_preferred=offer.location_id == preferred,
    )  # fmt: skip
