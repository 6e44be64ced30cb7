"""Who stands on which rung of the ladder, in what order, and who is passed over and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.framework import Member
from brokerdesk.core.domain.framework_rules import Order, RateKind, Rung, SkipReason
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.sourcing import ShortlistedIn

_LAST = 1_000_000
"""Where a tier or rank that is not stated stands."""


@dataclass(frozen=True, slots=True)
class Place:
    """One provider's place on the ladder."""

    location_id: str
    rung: int


def plan(
    ladder: tuple[Rung, ...], included: Iterable[ShortlistedIn], members: Mapping[str, Member],
    last_asked: Mapping[str, datetime],
) -> tuple[Place, ...]:  # fmt: skip
    """Everyone's place, in the order of asking; who stands on no rung is left out.

    By rank: tier, then the framework's own rank, then the shortlist's. Rotation: among equals of tier and
    rank, the one asked longest ago first. All at once: the shortlist's order. Source: docs/rules.md R050.

    Args:
        ladder: the rungs in order.
        included: those who may be asked.
        members: by member id.
        last_asked: when each location was last asked on this framework; absent: never.
    """
    left = sorted(included, key=lambda row: row.rank)
    places: list[Place] = []
    for number, rung in enumerate(ladder):
        here = [row for row in left if stands_on(rung, row.tier)]
        left = [row for row in left if row not in here]
        here.sort(key=lambda row: _order(rung.order, row, members, last_asked))
        places += [Place(row.location_id, number) for row in here]
    return tuple(places)


def stands_on(rung: Rung, tier: int | None) -> bool:
    """Whether members of a tier stand on a rung; a rung without tiers takes everyone not placed before."""
    return not rung.is_spot and (not rung.tiers or tier in rung.tiers)


def _order(
    order: Order, row: ShortlistedIn, members: Mapping[str, Member], last_asked: Mapping[str, datetime]
) -> tuple[int, int, float, int]:
    if order is Order.ALL_AT_ONCE:
        return 0, 0, 0.0, row.rank
    rank = members[row.member_id].rank
    asked = last_asked.get(row.location_id) if order is Order.ROTATION else None
    since = asked.timestamp() if asked else 0.0
    return _LAST if row.tier is None else row.tier, _LAST if rank is None else rank, since, row.rank


@dataclass(frozen=True, slots=True)
class SkipFacts:
    """What is known on the day of one who waits its turn."""

    barred: str = ""
    """Why it may not be asked any more; empty where it may."""
    free: Decimal | None = None
    """Carer hours a week or beds that it has free; none where not stated."""
    needed: Decimal | None = None
    unit: str = ""
    declined_on: date | None = None
    """When it declined this package in an earlier round."""
    rate: Money | None = None
    """Its own rate of the kind that is asked."""
    ceiling: Money | None = None


@dataclass(frozen=True, slots=True)
class Skip:
    """That somebody is passed over, and why."""

    reason: SkipReason
    why: str


def skip_of(rung: Rung, facts: SkipFacts) -> Skip | None:
    """The first reason for which somebody on a rung is passed over; none where it is asked.

    One that may not be asked any more is always passed over; the rest only where the rung says so.
    Source: docs/rules.md R034, R050, R105.
    """
    if facts.barred:
        return Skip(SkipReason.MAY_NOT_BE_ASKED, facts.barred)
    for reason in rung.skips:
        if why := _why(reason, facts):
            return Skip(reason, why)
    return None


def _why(reason: SkipReason, facts: SkipFacts) -> str:
    if reason is SkipReason.NO_CAPACITY and facts.free is not None and facts.needed is not None:
        short = facts.free < facts.needed
        return f"It has {facts.free:f} {facts.unit} free, and {facts.needed:f} are needed" if short else ""
    if reason is SkipReason.DECLINED_ALREADY and facts.declined_on is not None:
        return f"It declined this package on {in_words(facts.declined_on)}"
    if reason is SkipReason.ABOVE_CEILING and facts.rate and facts.ceiling and facts.rate > facts.ceiling:
        return f"Its rate of {facts.rate.shown} is above the ceiling of {facts.ceiling.shown}"
    return ""


RATE_WORDS = {
    RateKind.STANDARD: "standard rate",
    RateKind.ENHANCED_1: "first enhanced rate",
    RateKind.ENHANCED_2: "second enhanced rate",
}
"""A kind of rate as people say it."""
