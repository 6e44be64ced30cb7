"""Offers scored against the weights that stood when the round opened, with the working."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.framework_rules import PriceFormula
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
    ceiling: Decimal | None = None
    """Pounds, per the same as the price; only for points under a ceiling."""


@dataclass(frozen=True, slots=True)
class Points:
    """The working of one criterion."""

    criterion: str
    raw: Fraction | None
    """0 to 100 before weighting; none where no value is known, which counts as 0."""
    weight: Decimal
    weighted: Fraction
    working: str = ""
    """How the points before weighting came about, where that is a sum."""

    @property
    def sentence(self) -> str:
        """The arithmetic in words."""
        if self.raw is None:
            return f"{self.criterion}: no value is known, so 0 points."
        raw, weighted = round_half_up(self.raw), round_half_up(self.weighted)
        return f"{self.criterion}: {raw} x {self.weight}% = {weighted}."

    @property
    def sentences(self) -> tuple[str, ...]:
        """The arithmetic in words, with the sum behind the points where there is one."""
        return (self.working, self.sentence) if self.working else (self.sentence,)


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


def score_offers(
    weights: Mapping[str, Decimal],
    offers: Sequence[PricedOffer],
    formula: PriceFormula = PriceFormula.LOWEST_OVER_OFFER,
) -> tuple[Score, ...]:
    """Offers by total, highest first; equal totals keep the order in which they came.

    A criterion without a value has 0 points. Source: docs/rules.md R021, R022, E17.

    Args:
        weights: percent by criterion, together 100; price's under `price`.
        offers: at least one.
        formula: how a price becomes points.

    Raises:
        InputError: the weights are not 100, a price is nothing, a score is above 100, or points are counted
            under a ceiling that an offer does not have.
    """
    check_weights(weights)
    for offer in offers:
        _check_offer(offer)
    prices = [offer.price for offer in offers] or [Decimal(0)]
    scale = PriceScale(formula, min(prices), max(prices))
    scores = [_score(weights, offer, scale) for offer in offers]
    return tuple(sorted(scores, key=lambda score: -score.total))


@dataclass(frozen=True, slots=True)
class PriceScale:
    """How prices of one round become points."""

    formula: PriceFormula
    lowest: Decimal
    highest: Decimal

    def points(self, offer: PricedOffer) -> tuple[Fraction, str]:
        """Points before weighting, 0 to 100, and the sum behind them. Source: docs/rules.md R021, E17."""
        match self.formula:
            case PriceFormula.LOWEST_OVER_OFFER:
                return self._proportion(offer.price)
            case PriceFormula.SPREAD:
                return self._spread(offer.price)
            case PriceFormula.UNDER_CEILING:
                return _under_ceiling(offer)
        assert_never(self.formula)

    def _proportion(self, price: Decimal) -> tuple[Fraction, str]:
        points = price_points(self.lowest, price)
        return points, f"Price: lowest {self.lowest:.2f} / {price:.2f} x 100 = {round_half_up(points)}."

    def _spread(self, price: Decimal) -> tuple[Fraction, str]:
        lowest, highest = self.lowest, self.highest
        if lowest == highest:
            return Fraction(FULL), f"Price: every offer is {price:.2f}, so each has 100."
        points = Fraction(highest - price) / Fraction(highest - lowest) * FULL
        told = f"({highest:.2f} - {price:.2f}) / ({highest:.2f} - {lowest:.2f})"
        return points, f"Price: {told} x 100 = {round_half_up(points)}."


def _under_ceiling(offer: PricedOffer) -> tuple[Fraction, str]:
    ceiling, price = offer.ceiling, offer.price
    if ceiling is None or ceiling <= 0:
        raise InputError(
            "Price points are counted under a ceiling, and the lot has none. Add the ceiling, or choose "
            "another price formula in the framework.",
            rule="R021",
        )
    if price >= ceiling:
        return Fraction(0), f"Price: {price:.2f} is not below the ceiling of {ceiling:.2f}, so 0."
    points = Fraction(ceiling - price) / Fraction(ceiling) * FULL
    told = f"({ceiling:.2f} - {price:.2f}) / {ceiling:.2f}"
    return points, f"Price: {told} x 100 = {round_half_up(points)}."


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


def _score(weights: Mapping[str, Decimal], offer: PricedOffer, scale: PriceScale) -> Score:
    points = tuple(_points(criterion, weight, offer, scale) for criterion, weight in weights.items())
    return Score(offer.name, sum((held.weighted for held in points), Fraction(0)), points)


def _points(criterion: str, weight: Decimal, offer: PricedOffer, scale: PriceScale) -> Points:
    raw: Fraction | None
    working = ""
    if criterion == PRICE:
        raw, working = scale.points(offer)
    else:
        score = offer.scores.get(criterion)
        raw = None if score is None else Fraction(score)
    return Points(criterion, raw, weight, (raw or Fraction(0)) * Fraction(weight) / FULL, working)
