"""What other weights would do: which offer is first for every weight of one criterion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

FULL = 100


@dataclass(frozen=True, slots=True)
class RawOffer:
    """An offer's points before weighting."""

    name: str
    raw: Mapping[str, Fraction]
    """0 to 100 by criterion; absent counts as 0."""


@dataclass(frozen=True, slots=True)
class FirstPlace:
    """An offer that is first from one whole percent to another."""

    name: str
    from_weight: int
    to_weight: int


def total_at(
    weights: Mapping[str, Decimal], criterion: str, weight: Decimal | int, offer: RawOffer
) -> Fraction:
    """An offer's exact total where one criterion weighs so much and the others share the rest as now.

    Source: docs/rules.md R021.
    """
    others = {name: Fraction(held) for name, held in weights.items() if name != criterion and held}
    whole = sum(others.values(), Fraction(0))
    mine = offer.raw.get(criterion, Fraction(0)) * Fraction(weight)
    if not whole:
        return mine / FULL
    rest = sum((offer.raw.get(name, Fraction(0)) * held for name, held in others.items()), Fraction(0))
    return (mine + (FULL - Fraction(weight)) * rest / whole) / FULL


def first_places(
    weights: Mapping[str, Decimal], criterion: str, offers: Sequence[RawOffer]
) -> tuple[FirstPlace, ...]:
    """Who is first for each whole percent of a criterion, in runs from 0 to 100.

    On equal totals the offer that comes first in the list is first, as in the round. Source: R021.

    Args:
        weights: in force, percent by criterion.
        criterion: whose weight is tried; it has one.
        offers: in the order that settles equal totals.
    """
    runs: list[FirstPlace] = []
    for weight in range(FULL + 1):
        totals = [total_at(weights, criterion, weight, offer) for offer in offers]
        name = offers[totals.index(max(totals))].name
        if runs and runs[-1].name == name:
            runs[-1] = FirstPlace(name, runs[-1].from_weight, weight)
        else:
            runs.append(FirstPlace(name, weight, weight))
    return tuple(runs)


def run_at(runs: Sequence[FirstPlace], weight: Decimal) -> FirstPlace:
    """The run that holds the weight in force; one with decimals belongs to the run of its whole percent."""
    whole = int(weight)
    return next(run for run in runs if run.from_weight <= whole <= run.to_weight)


def words_of(run: FirstPlace, criterion: str) -> str:
    """When an offer is first: `if quality counts for 55 % or more`."""
    if run.from_weight == 0 and run.to_weight == FULL:
        return f"whatever {criterion} counts for"
    if run.to_weight == FULL:
        return f"if {criterion} counts for {run.from_weight} % or more"
    if run.from_weight == 0:
        return f"if {criterion} counts for {run.to_weight} % or less"
    if run.from_weight == run.to_weight:
        return f"if {criterion} counts for {run.from_weight} %"
    return f"if {criterion} counts for {run.from_weight} to {run.to_weight} %"
