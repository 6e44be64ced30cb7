"""Quality scored by officers on their own, then agreed; nobody sees another's points before all are in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.framework import Criterion
from brokerdesk.core.domain.money import round_half_up
from brokerdesk.core.domain.sourcing import Offer, Round

JUDGED = (Criterion.QUALITY.value, Criterion.CONTINUITY.value)
"""Criteria that people judge; the others are counted."""
FULL = 100


@dataclass(frozen=True, slots=True)
class QualityScore:
    """What one officer gives one offer on one criterion."""

    id: str
    package_id: str
    round_id: str
    offer_id: str
    criterion: str
    points: Decimal
    """0 to 100."""
    reason: str
    officer_id: str
    officer_name: str
    made_at: datetime
    is_current: bool = True
    version: int = 1


@dataclass(frozen=True, slots=True)
class AgreedScore:
    """The points that count, once everyone has scored alone."""

    id: str
    package_id: str
    round_id: str
    offer_id: str
    criterion: str
    points: Decimal
    """0 to 100."""
    reason: str
    officer_id: str
    """Who recorded what was agreed."""
    officer_name: str
    made_at: datetime
    is_current: bool = True
    version: int = 1


@dataclass(frozen=True, slots=True)
class Mark:
    """One cell of a scoring sheet, as an act takes it."""

    offer_id: str
    criterion: str
    points: Decimal
    """0 to 100."""
    reason: str


Cell = tuple[str, str]
"""Offer id and criterion."""


def is_scored_apart(opened: Round) -> bool:
    """Whether the round's rules ask for officers who score on their own."""
    return opened.rules.scorers > 1 and bool(judged_criteria(opened))


def judged_criteria(opened: Round) -> tuple[str, ...]:
    """The criteria that people judge and that carry weight in a round."""
    return tuple(name for name in JUDGED if opened.weights.get(name))


def cells_of(opened: Round, offers: Iterable[Offer]) -> tuple[Cell, ...]:
    """Every cell of the scoring sheet: offers that can be chosen by judged criteria."""
    return tuple(
        (offer.id, name) for offer in offers if offer.counts for name in judged_criteria(opened)
    )


def finished(cells: Iterable[Cell], scores: Iterable[QualityScore]) -> tuple[str, ...]:
    """Ids of the officers whose sheets are full, in the order in which they began."""
    wanted = set(cells)
    by_officer: dict[str, set[Cell]] = {}
    for score in scores:
        by_officer.setdefault(score.officer_id, set()).add((score.offer_id, score.criterion))
    return tuple(who for who, held in by_officer.items() if wanted <= held)


def are_all_in(opened: Round, cells: Iterable[Cell], scores: Iterable[QualityScore]) -> bool:
    """Whether as many officers as the rules ask have scored everything."""
    return len(finished(cells, scores)) >= opened.rules.scorers


def seen_by(
    officer_id: str, opened: Round, cells: Iterable[Cell], scores: Iterable[QualityScore]
) -> tuple[QualityScore, ...]:
    """What an officer may see: her own points, and everyone's once all are in."""
    held = tuple(scores)
    if are_all_in(opened, cells, held):
        return held
    return tuple(score for score in held if score.officer_id == officer_id)


def check_marks(marks: Iterable[Mark], cells: Iterable[Cell]) -> None:
    """Refuse points that are not 0 to 100, have no reason, or stand in no cell of the sheet. Source: R021.

    Raises:
        RuleError: with the first that is wrong.
    """
    known = set(cells)
    for mark in marks:
        if (mark.offer_id, mark.criterion) not in known:
            raise RuleError(
                f"{mark.criterion.capitalize()} of that offer is not scored in this round. "
                "Score the offers that came in time, on the criteria that people judge.",
                rule="R021",
            )
        if not mark.points.is_finite() or not 0 <= mark.points <= FULL:
            told = f"{mark.criterion.capitalize()} is 0 to 100 points, not {mark.points}."
            raise RuleError(told, rule="R021")
        if not mark.reason.strip():
            raise RuleError(
                f"Write why {mark.criterion} has {mark.points} points; providers may ask.", rule="R021"
            )


def missing_cells(cells: Iterable[Cell], held: Iterable[Cell]) -> tuple[Cell, ...]:
    """The cells that are still empty, in order."""
    there = set(held)
    return tuple(cell for cell in cells if cell not in there)


def suggested(scores: Iterable[QualityScore]) -> Decimal:
    """Where a talk about the agreed points may begin: the mean of those given, half up."""
    points = [score.points for score in scores]
    return round_half_up(sum(points, Decimal(0)) / len(points))


def with_agreed(offer: Offer, agreed: Mapping[Cell, Decimal]) -> Offer:
    """The offer with the points that count in place of those that came with it."""
    return replace(
        offer,
        quality=agreed.get((offer.id, Criterion.QUALITY.value)),
        continuity=agreed.get((offer.id, Criterion.CONTINUITY.value)),
    )
