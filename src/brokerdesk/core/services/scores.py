"""Points and places of a round's offers, by the weights, the price formula or the tests of its opening."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from brokerdesk.core.domain import picking, pricing, scoring
from brokerdesk.core.domain.framework import Criterion, Lot
from brokerdesk.core.domain.framework_rules import Pick
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.ranking import choice_points, distance_points
from brokerdesk.core.domain.sourcing import Offer, Round, ScoredOffer


@dataclass(frozen=True, slots=True)
class Scoring:
    """An offer's points or place, with their working in sentences."""

    scored: ScoredOffer
    working: tuple[str, ...]
    score: scoring.Score | None = None
    """The exact points; none where tests decide."""


def pick_of(opened: Round) -> Pick:
    """How the rung that is asked prefers one offer to another; without a ladder the best score."""
    ladder = opened.rules.ladder
    return ladder[min(opened.rung, len(ladder) - 1)].pick if ladder else Pick.BEST_SCORE


def scored_offers(
    opened: Round, package: Package, offers: tuple[Offer, ...], lot: Lot | None = None
) -> dict[str, Scoring]:
    """The points, or places by the tests, of every offer that can be chosen, by offer id.

    Source: docs/rules.md R021, R022, E17.

    Args:
        opened: holds the weights and rules of its opening.
        package: whose need.
        offers: with the points that count.
        lot: of the need; only needed for price points under a ceiling.
    """
    standing = [offer for offer in offers if offer.counts and not offer.is_outside]
    if not standing:
        return {}
    if pick_of(opened) is Pick.ORDERED_TESTS and opened.rules.tests:
        return _by_tests(opened, package, standing)
    return _by_points(opened, package, standing, lot)


def _by_points(
    opened: Round, package: Package, standing: list[Offer], lot: Lot | None
) -> dict[str, Scoring]:
    weights = {c.value: opened.weights[c.value] for c in Criterion if opened.weights.get(c.value)}
    priced = [_to_score(offer, package, lot) for offer in standing]
    scores = scoring.score_offers(weights, priced, opened.rules.price_formula)
    by_id = {offer.id: offer for offer in standing}
    return {
        score.name: Scoring(
            _ranked(by_id[score.name], score, rank),
            tuple(sentence for points in score.points for sentence in points.sentences),
            score,
        )
        for rank, score in enumerate(scores, 1)
    }


def _to_score(offer: Offer, package: Package, lot: Lot | None) -> scoring.PricedOffer:
    values: Mapping[str, Decimal | None] = {
        Criterion.QUALITY.value: offer.quality,
        Criterion.CONTINUITY.value: offer.continuity,
        Criterion.DISTANCE.value: distance_points(offer.distance_miles),
        Criterion.CHOICE.value: choice_points(offer.location_id, package.need.preferred_location_id),
    }
    ceiling = pricing.scored_ceiling(lot, package.need, is_banded=offer.rate is None) if lot else None
    return scoring.PricedOffer(offer.id, offer.scored_price, values, ceiling)


def _ranked(offer: Offer, score: scoring.Score, rank: int) -> ScoredOffer:
    return ScoredOffer(offer.id, offer.location_id, offer.provider, rank, score.shown, score.criterion_points)


def _by_tests(opened: Round, package: Package, standing: list[Offer]) -> dict[str, Scoring]:
    """Places by picking the best, then the best of the rest, and so on. Source: docs/rules.md R021, R022."""
    rung = opened.rules.ladder[min(opened.rung, len(opened.rules.ladder) - 1)]
    left = [_to_pick(offer, order, package) for order, offer in enumerate(standing)]
    found: dict[str, Scoring] = {}
    while picked := picking.pick(opened.rules, rung, left, wanted_on=package.need.starts_on):
        place = ScoredOffer(
            picked.offer_id, picked.location_id, picked.provider, len(found) + 1, Decimal(0), (),
            tests=picked.steps,
        )  # fmt: skip
        found[picked.offer_id] = Scoring(place, picked.steps)
        left = [offer for offer in left if offer.offer_id != picked.offer_id]
    return found


def parted_by_tests(
    opened: Round, package: Package, offers: tuple[Offer, ...], *, own_id: str, won_id: str
) -> picking.Parted:
    """Which test told an offer from the accepted one. Source: docs/rules.md R021, R022.

    Args:
        opened: whose tests decided.
        package: whose need.
        offers: of the round; those that do not count are left out.
        own_id: of the offer that was not accepted.
        won_id: of the accepted one; both came in time.
    """
    standing = [offer for offer in offers if offer.counts and not offer.is_outside]
    picks = [_to_pick(offer, order, package) for order, offer in enumerate(standing)]
    return picking.parted(
        opened.rules, picks, own_id=own_id, won_id=won_id, wanted_on=package.need.starts_on
    )


def _to_pick(offer: Offer, order: int, package: Package) -> picking.PickOffer:
    preferred = package.need.preferred_location_id
    return picking.PickOffer(
        offer_id=offer.id, location_id=offer.location_id, provider=offer.provider, order=order, total=None,
        weekly=offer.weekly_cost, distance_miles=offer.distance_miles, starts_on=offer.starts_on,
        is_preferred=preferred is not None and preferred == offer.location_id,
    )  # fmt: skip
