"""Whether other weights would put another offer first; it advises, the weights of the round stay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from brokerdesk.core.domain.framework import Criterion
from brokerdesk.core.domain.money import round_half_up
from brokerdesk.core.domain.sourcing import Round
from brokerdesk.core.services.offers import Comparison, scored_offers

STEP = 5
_FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Track:
    """Totals of one offer over the weights tried."""

    provider: str
    totals: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Totals for every weight of one criterion, the others sharing the rest as they do now."""

    criterion: str
    weight: Decimal
    """In force."""
    weights: tuple[Decimal, ...]
    """Tried, from 0 to 100."""
    tracks: tuple[Track, ...]
    """In order of rank."""
    stays_from: Decimal
    stays_to: Decimal
    """Lowest and highest weight, around the one in force, that leaves the same offer first."""
    others: tuple[str, ...]
    """Providers that would be first with another weight."""


def would_weights_change(comparison: Comparison) -> Sensitivity | None:
    """Score again with every weight of the first criterion that can give way; none where there is none.

    Source: docs/rules.md R021, R022, E17.
    """
    offers = tuple(side.offer for side in comparison.offers if side.scored)
    criterion = _varied(comparison.round)
    if criterion is None or len(offers) < 2:
        return None
    weight = comparison.round.weights[criterion]
    tried = tuple(sorted({*(Decimal(number) for number in range(0, 101, STEP)), weight}))
    totals: dict[str, list[Decimal]] = {offer.id: [] for offer in offers}
    firsts = []
    for other in tried:
        changed = replace(comparison.round, weights=_with(comparison.round, criterion, other))
        scored = scored_offers(changed, comparison.package, offers)
        for offer in offers:
            totals[offer.id].append(scored[offer.id].scored.total)
        firsts.append(max(offers, key=lambda offer: totals[offer.id][-1]).provider)
    low, high = _around(tried, firsts, tried.index(weight))
    first = firsts[tried.index(weight)]
    return Sensitivity(
        criterion, weight, tried, tuple(Track(offer.provider, tuple(totals[offer.id])) for offer in offers),
        low, high, _others(firsts, first),
    )  # fmt: skip


def _varied(opened: Round) -> str | None:
    """Quality where it counts, else the first that does; none where all weight lies on one criterion."""
    known = [criterion.value for criterion in Criterion if opened.weights.get(criterion.value)]
    if len(known) < 2:
        return None
    return Criterion.QUALITY.value if Criterion.QUALITY.value in known else known[0]


def _with(opened: Round, criterion: str, weight: Decimal) -> dict[str, Decimal]:
    """The weights with one changed; the others keep their shares of the rest, the last takes what is over."""
    others = {name: held for name, held in opened.weights.items() if name != criterion and held}
    whole = sum(others.values(), Decimal(0))
    changed = {name: round_half_up((_FULL - weight) * held / whole) for name, held in others.items()}
    last = next(reversed(changed))
    changed[last] += _FULL - weight - sum(changed.values(), Decimal(0))
    return {**changed, criterion: weight}


def _around(tried: tuple[Decimal, ...], firsts: list[str], at: int) -> tuple[Decimal, Decimal]:
    low = high = at
    while low > 0 and firsts[low - 1] == firsts[at]:
        low -= 1
    while high < len(tried) - 1 and firsts[high + 1] == firsts[at]:
        high += 1
    return tried[low], tried[high]


def _others(firsts: Iterable[str], first: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in firsts if name != first))
