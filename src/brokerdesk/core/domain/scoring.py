"""Offers scored against the weights that stood when the round opened, with the working."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.money import round_half_up
from brokerdesk.core.domain.sourcing import CriterionPoints

PRICE = "price"
FULL = 100


@dataclass(frozen=True, slots=True)
class PricedOffer:
    """What is scored of one offer."""

    name: str
    """Provider, location or offer: whatever tells offers apart."""
    price: Decimal
    """Pounds, more than nothing."""
    scores: Mapping[str, Decimal | None]
    """0 to 100 by criterion; none or absent where no value is known."""


@dataclass(frozen=True, slots=True)
class Points:
    """The working of one criterion."""

    criterion: str
    raw: Fraction | None
    """0 to 100 before weighting; none where no value is known, which counts as 0."""
    weight: Decimal
    weighted: Fraction

    @property
    def sentence(self) -> str:
        """The arithmetic in words."""
        if self.raw is None:
            return f"{self.criterion}: no value is known, so 0 points."
        raw, weighted = round_half_up(self.raw), round_half_up(self.weighted)
        return f"{self.criterion}: {raw} x {self.weight}% = {weighted}."


@dataclass(frozen=True, slots=True)
class Score:
    """One offer's exact total; rounded only for show."""

    name: str
    total: Fraction
    points: tuple[Points, ...]
    """In the order of the weights."""

    @property
    def shown(self) -> Decimal:
        """The total with two decimals."""
        return round_half_up(self.total)

    @property
    def criterion_points(self) -> tuple[CriterionPoints, ...]:
        """The working as the desk keeps it, two decimals."""
        return tuple(
            CriterionPoints(
                criterion=points.criterion,
                raw=None if points.raw is None else round_half_up(points.raw),
                weight=points.weight,
                weighted=round_half_up(points.weighted),
            )
            for points in self.points
        )


def check_weights(weights: Mapping[str, Decimal]) -> None:
    """Refuse weights that are not together exactly 100 percent. Source: docs/rules.md R021.

    Raises:
        InputError: with the sentence.
    """
    together = sum(weights.values(), Decimal(0))
    if together != FULL:
        said = f"The weights add up to {together}, not 100."
        raise InputError(f"{said} Change them until they do.", rule="R021")


def score_offers(weights: Mapping[str, Decimal], offers: Sequence[PricedOffer]) -> tuple[Score, ...]:
    """Offers by total, highest first; equal totals keep the order in which they came.

    Price points are lowest / price x 100; a criterion without a value has 0 points.
    Source: docs/rules.md R021, R022, E17.

    Args:
        weights: percent by criterion, together 100; price's under `price`.
        offers: at least one.

    Raises:
        InputError: the weights are not 100, a price is nothing, or a score is above 100.
    """
    check_weights(weights)
    for offer in offers:
        _check_offer(offer)
    lowest = min((offer.price for offer in offers), default=Decimal(0))
    scores = [_score(weights, offer, lowest) for offer in offers]
    return tuple(sorted(scores, key=lambda score: -score.total))


def price_points(lowest: Decimal, price: Decimal) -> Fraction:
    """Points of a price against the lowest: 100 for the lowest itself. Source: docs/rules.md E17."""
    return Fraction(lowest) / Fraction(price) * FULL


def _check_offer(offer: PricedOffer) -> None:
    if offer.price <= 0:
        raise InputError(
            f"The price of {offer.name} is nothing, and points are counted by dividing by it. "
            "Give the price that was offered."
        )
    for criterion, score in offer.scores.items():
        if score is not None and not 0 <= score <= FULL:
            raise InputError(f"{criterion} of {offer.name} is {score}; a score is 0 to 100.", rule="R021")


def _score(weights: Mapping[str, Decimal], offer: PricedOffer, lowest: Decimal) -> Score:
    points = tuple(_points(criterion, weight, offer, lowest) for criterion, weight in weights.items())
    return Score(offer.name, sum((held.weighted for held in points), Fraction(0)), points)


def _points(criterion: str, weight: Decimal, offer: PricedOffer, lowest: Decimal) -> Points:
    if criterion == PRICE:
        raw: Fraction | None = price_points(lowest, offer.price)
    else:
        score = offer.scores.get(criterion)
        raw = None if score is None else Fraction(score)
    return Points(criterion, raw, weight, (raw or Fraction(0)) * Fraction(weight) / FULL)
