"""Whether other weights would put another offer first; it advises, the weights of the round stay."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from brokerdesk.core.domain.framework import Criterion
from brokerdesk.core.domain.money import round_half_up
from brokerdesk.core.domain.sourcing import Round
from brokerdesk.core.domain.weight_lines import FULL, FirstPlace, RawOffer, first_places, line_of, run_at
from brokerdesk.core.services.offers import Comparison, OfferSideBySide

STEP = 5


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
    """Lowest and highest whole weight, around the one in force, that leaves the same offer first."""
    others: tuple[str, ...]
    """Providers that would be first with another weight, each once."""
    wins: tuple[FirstPlace, ...] = ()
    """Who is first from which whole percent to which, over all of them."""


def would_weights_change(comparison: Comparison) -> Sensitivity | None:
    """What other weights of the first criterion that can give way would do; none where there is none.

    Source: docs/rules.md R021, R022, E17.
    """
    tried = every_weight(comparison)
    return tried[0] if tried else None


def every_weight(comparison: Comparison) -> tuple[Sensitivity, ...]:
    """What other weights would do, criterion by criterion, quality first; nothing with one offer alone.

    Source: docs/rules.md R021, R022, E17.
    """
    sides = tuple(side for side in comparison.offers if side.score is not None)
    criteria = _varied(comparison.round)
    if len(sides) < 2 or len(criteria) < 2:
        return ()
    return tuple(_tried(comparison.round, criterion, sides) for criterion in criteria)


def _varied(opened: Round) -> tuple[str, ...]:
    known = [criterion.value for criterion in Criterion if opened.weights.get(criterion.value)]
    return tuple(sorted(known, key=lambda name: name != Criterion.QUALITY.value))


def _tried(opened: Round, criterion: str, sides: tuple[OfferSideBySide, ...]) -> Sensitivity:
    weights, weight = opened.weights, opened.weights[criterion]
    # Equal totals are settled as in the round: by the order in which the offers stand now.
    lines = [line_of(weights, criterion, _raw(side)) for side in sides]
    runs = first_places(lines)
    at_now = run_at(runs, weight)
    names = {side.offer.id: side.offer.provider for side in sides}
    wins = tuple(FirstPlace(names[run.name], run.from_weight, run.to_weight) for run in runs)
    tried = sorted({*map(Decimal, range(0, FULL + 1, STEP)), weight})
    tracks = tuple(
        Track(names[line.name], tuple(round_half_up(line.at(at)) for at in tried)) for line in lines
    )
    others = tuple(dict.fromkeys(names[run.name] for run in runs if run.name != at_now.name))
    return Sensitivity(
        criterion=criterion, weight=weight, weights=tuple(tried), tracks=tracks,
        stays_from=Decimal(at_now.from_weight), stays_to=Decimal(at_now.to_weight), others=others, wins=wins,
    )  # fmt: skip


def _raw(side: OfferSideBySide) -> RawOffer:
    points = side.score.points if side.score is not None else ()
    return RawOffer(side.offer.id, {held.criterion: held.raw or Fraction(0) for held in points})
