"""What other weights would do: which offer is first for every weight of one criterion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm

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


@dataclass(frozen=True, slots=True)
class Line:
    """An offer's exact total over the weight of one criterion, which is a straight line."""

    name: str
    start: Fraction
    """Total where the criterion weighs nothing."""
    rise: Fraction
    """More for each percent."""

    def at(self, weight: Decimal | int) -> Fraction:
        """The exact total at a weight, percent."""
        return self.start + self.rise * Fraction(weight)


def line_of(weights: Mapping[str, Decimal], criterion: str, offer: RawOffer) -> Line:
    """An offer's totals where one criterion weighs more or less and the others share the rest as now.

    Source: docs/rules.md R021.
    """
    others = {name: Fraction(held) for name, held in weights.items() if name != criterion and held}
    whole = sum(others.values(), Fraction(0))
    rest = sum((offer.raw.get(name, Fraction(0)) * held for name, held in others.items()), Fraction(0))
    start = rest / whole if whole else Fraction(0)
    return Line(offer.name, start, (offer.raw.get(criterion, Fraction(0)) - start) / FULL)


def first_places(lines: Sequence[Line]) -> tuple[FirstPlace, ...]:
    """Who is first for each whole percent of a criterion, in runs from 0 to 100.

    On equal totals the offer that comes first in the list is first, as in the round. Source: R021.
    """
    # Whole numbers, because fractions would keep the window waiting.
    common = lcm(*(part.denominator for line in lines for part in (line.start, line.rise)))
    whole = [(int(line.start * common), int(line.rise * common)) for line in lines]
    runs: list[FirstPlace] = []
    for weight in range(FULL + 1):
        totals = [start + rise * weight for start, rise in whole]
        name = lines[totals.index(max(totals))].name
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
