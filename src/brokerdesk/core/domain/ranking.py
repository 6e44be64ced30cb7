"""Scores of those who may be asked, with their working, and the shortlist that replays from its inputs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from brokerdesk.core.domain.eligibility import Candidate, Requirement, judge, rating_of
from brokerdesk.core.domain.framework import Criterion, Member
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.plain import from_plain, to_json
from brokerdesk.core.domain.sourcing import Asking, CriterionPoints, OutReason, ShortlistedIn, ShortlistedOut

FULL = Decimal(100)
POINTS_A_MILE = Decimal(5)
"""Distance points fall by so many a mile."""
_EXACT = Decimal("0.0000000001")
_LAST = 1_000_000
"""Where a tier or rank that is not stated stands in the order."""


@dataclass(frozen=True, slots=True)
class ShortlistLists:
    """Who may be asked, in rank order, and who not, nearest first."""

    included: tuple[ShortlistedIn, ...]
    excluded: tuple[ShortlistedOut, ...]


def settle(points: Decimal) -> Decimal:
    """Points with ten decimals, half up, so that every way of counting gives the same order."""
    return points.quantize(_EXACT, rounding=ROUND_HALF_UP)


def miles(distance: float) -> Decimal:
    """A distance as it is kept and scored: two decimals, so that the working can be counted through."""
    return Decimal(round(distance * 100)).scaleb(-2)


def one_row_per_location(members: Iterable[Member], requirement: Requirement) -> tuple[Member, ...]:
    """Each location's row that fits best (lot and zone, then lot, then any), in order of location id."""
    best: dict[str, Member] = {}
    for member in sorted(members, key=lambda m: _fit(m, requirement)):
        best.setdefault(member.location_id, member)
    return tuple(best[location_id] for location_id in sorted(best))


def _fit(member: Member, requirement: Requirement) -> tuple[int, int, int, str, str, str]:
    in_lot = member.lot.casefold() == requirement.lot.name.casefold()
    in_zone = member.zone is None or member.zone in requirement.zones
    fit = 0 if in_lot and in_zone else 1 if in_lot else 2
    # The lot before the id, which is drawn anew on every desk: the reason for being left out names the lot.
    lot = member.lot.casefold()
    return fit, _or_last(member.tier), _or_last(member.rank), lot, member.zone or "", member.id


def _or_last(place: int | None) -> int:
    return _LAST if place is None else place


def make_shortlist(requirement: Requirement, candidates: Iterable[Candidate]) -> ShortlistLists:
    """Judge every candidate, and rank those who may be asked.

    Those in stand by tier (not stated last), then score from the highest, then the framework's own rank, then
    location id; those out by distance (not known last), then location id. Equal inputs give equal lists.

    Source: docs/rules.md R021, R022.
    """
    judged = [(candidate, judge(requirement, candidate).reasons) for candidate in candidates]
    able = [candidate for candidate, reasons in judged if not reasons]
    lowest = min((c.scored_price for c in able if c.scored_price), default=None)
    scored = {row.location_id: row for row in scored_rows(requirement, able, lowest)}
    able.sort(key=lambda candidate: _place(candidate.member, scored[candidate.member.location_id].score))
    included = tuple(replace(scored[c.member.location_id], rank=rank) for rank, c in enumerate(able, 1))
    return ShortlistLists(included, in_order_out(held for held in judged if held[1]))


def _place(member: Member, score: Decimal) -> tuple[int, Decimal, int, str]:
    return _or_last(member.tier), -score, _or_last(member.rank), member.location_id


def scored_rows(
    requirement: Requirement, candidates: Iterable[Candidate], lowest: Money | None
) -> list[ShortlistedIn]:
    """Rows with their working in the order given, ranked from 1."""
    return [_scored(requirement, candidate, rank, lowest) for rank, candidate in enumerate(candidates, 1)]


def in_order_out(judged: Iterable[tuple[Candidate, tuple[OutReason, ...]]]) -> tuple[ShortlistedOut, ...]:
    """Rows of those who may not be asked, nearest first (not known last), then by location id."""
    rows = [_out(candidate, reasons) for candidate, reasons in judged]
    rows.sort(key=lambda row: (row.distance_miles is None, row.distance_miles or 0, row.location_id))
    return tuple(rows)


def _scored(requirement: Requirement, candidate: Candidate, rank: int, lowest: Money | None) -> ShortlistedIn:
    member, place = candidate.member, candidate.location
    points = points_of(requirement, candidate, lowest)
    return ShortlistedIn(
        provider=member.provider,
        location_id=member.location_id,
        member_id=member.id,
        rank=rank,
        tier=member.tier,
        distance_miles=candidate.distance_miles,
        score=sum((row.weighted for row in points), Decimal(0)),
        points=points,
        rating=rating_of(place) or (None if place is None else place.rating),
        rating_on=None if place is None else place.rating_on,
        rate=candidate.rate,
        capacity=member.capacity,
        advisories=judge(requirement, candidate).advisories,
    )


def _out(candidate: Candidate, reasons: tuple[OutReason, ...]) -> ShortlistedOut:
    member = candidate.member
    return ShortlistedOut(member.provider, member.location_id, member.id, candidate.distance_miles, reasons)


def points_of(
    requirement: Requirement, candidate: Candidate, lowest: Money | None
) -> tuple[CriterionPoints, ...]:
    """The working of every criterion that has a weight, in the criteria's own order.

    Args:
        requirement: carries the weights, percent.
        candidate: whose points.
        lowest: the lowest price among those who may be asked.
    """
    raw = {
        Criterion.PRICE: price_points(candidate.scored_price, lowest),
        Criterion.QUALITY: candidate.member.quality,
        Criterion.DISTANCE: distance_points(candidate.distance_miles),
        Criterion.CONTINUITY: None,
        Criterion.CHOICE: choice_points(candidate.member.location_id, requirement.preferred_location_id),
    }
    return tuple(
        criterion_points(criterion.value, raw[criterion], requirement.weights[criterion.value])
        for criterion in Criterion
        if requirement.weights.get(criterion.value)
    )


def criterion_points(criterion: str, raw: Decimal | None, weight: Decimal) -> CriterionPoints:
    """One criterion's working; without a value it has 0 points and says so by `raw` being none."""
    return CriterionPoints(criterion, raw, weight, settle((raw or Decimal(0)) * weight / FULL))


def price_points(price: Money | None, lowest: Money | None) -> Decimal | None:
    """Lowest price / this price x 100; none where a price is missing or nothing. Source: E17."""
    if not price or not lowest:
        return None
    return settle(Decimal(lowest.pence) * FULL / Decimal(price.pence))


def distance_points(distance_miles: Decimal | None) -> Decimal | None:
    """100 at 0 miles, falling by 5 a mile to 0; none where the distance is not known."""
    if distance_miles is None:
        return None
    return max(Decimal(0), FULL - POINTS_A_MILE * distance_miles)


def choice_points(location_id: str, preferred: str | None) -> Decimal:
    """100 for the provider that the person prefers, else 0. Source: docs/rules.md R022."""
    return FULL if preferred is not None and location_id == preferred else Decimal(0)


def asking_order(
    included: Iterable[ShortlistedIn], members: Mapping[str, Member], asking: Asking
) -> tuple[str, ...]:
    """Location ids in the order in which they are asked.

    All at once: by rank on the shortlist. In rank order: by tier, then the framework's own rank (what is not
    stated stands last), then rank on the shortlist.

    Args:
        included: those who may be asked.
        members: by member id.
        asking: which of the two.
    """
    rows = sorted(included, key=lambda row: row.rank)
    if asking is Asking.RANK_ORDER:
        rows.sort(key=lambda row: (_or_last(row.tier), _or_last(members[row.member_id].rank), row.rank))
    return tuple(row.location_id for row in rows)


def shortlist_inputs(requirement: Requirement, candidates: Iterable[Candidate]) -> dict[str, str]:
    """Everything the judgement reads, as canonical JSON texts by name."""
    ordered = sorted(candidates, key=lambda candidate: candidate.member.location_id)
    return {"requirement": to_json(requirement), "candidates": to_json(tuple(ordered))}


def replay(inputs: Mapping[str, str]) -> ShortlistLists:
    """The same lists again from kept inputs.

    Raises:
        PlainMismatchError: the texts are not what `shortlist_inputs` wrote.
    """
    return make_shortlist(*read_inputs(inputs))


def read_inputs(inputs: Mapping[str, str]) -> tuple[Requirement, tuple[Candidate, ...]]:
    """What the judgement read, from the texts that were kept.

    Raises:
        PlainMismatchError: the texts are not what `shortlist_inputs` wrote.
    """
    requirement: Requirement = from_plain(Requirement, json.loads(inputs["requirement"]), "requirement")
    candidates: tuple[Candidate, ...] = from_plain(
        tuple[Candidate, ...], json.loads(inputs["candidates"]), "candidates"
    )
    return requirement, candidates
