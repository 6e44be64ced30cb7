"""Why another offer was accepted, worked out from the facts of the two offers, never one text for all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from brokerdesk.core.domain.letter_facts import Criterion, Scores
from brokerdesk.core.domain.letter_words import points, written_date

_CHARACTER = {
    "price": "its price was lower",
    "quality": "its quality was scored higher",
    "distance": "it is nearer to where the care is given",
    "continuity": "its continuity of care was scored higher",
    "choice": "it is the provider that the person prefers",
}
"""What more points on a criterion say of an offer."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What one offer says beside its points."""

    starts_on: date
    kept: int
    """Visits of the week that it keeps at the time asked."""
    asked: int
    """Visits of the week that were asked."""


def relative_advantages(mine: Scores, winner: Scores) -> tuple[str, ...]:
    """Where the accepted offer gained more, where this one did, and by how much. Source: docs/rules.md E17.

    Returns:
        One sentence per criterion on which the two differ, largest gain of the accepted offer first;
        then, where this offer's total is not below the accepted one's, that points alone did not decide.
    """
    if mine.tests:
        return ()
    theirs = {row.name: row for row in winner.criteria}
    pairs = [(row, theirs[row.name]) for row in mine.criteria if row.name in theirs]
    pairs.sort(key=lambda pair: pair[0].weighted - pair[1].weighted)
    lines = [_difference(own, other) for own, other in pairs if own.weighted != other.weighted]
    if mine.total >= winner.total:
        lines.append(
            f"Your total of {points(mine.total)} is not below the accepted offer’s {points(winner.total)}: "
            "the points alone did not decide this award."
        )
    return tuple(lines)


def _difference(own: Criterion, other: Criterion) -> str:
    gap = points(abs(own.weighted - other.weighted))
    standing = f"{points(other.weighted)} against your {points(own.weighted)}"
    if other.weighted < own.weighted:
        return f"{own.name}: your offer gained {gap} more ({standing})."
    character = _CHARACTER.get(own.name.casefold())
    because = f"; {character}" if character else ""
    return f"{own.name}: the accepted offer gained {gap} more ({standing}){because}."


def offered_advantages(own: Offered, accepted: Offered) -> tuple[str, ...]:
    """What the accepted offer does better beside the points, with the facts of both. Source: R148."""
    lines = []
    if accepted.starts_on < own.starts_on:
        lines.append(
            f"The accepted offer can start on {written_date(accepted.starts_on)}; "
            f"yours could start on {written_date(own.starts_on)}"
        )
    if accepted.kept > own.kept:
        lines.append(
            f"The accepted offer keeps {accepted.kept} of the {accepted.asked} visits at the time asked; "
            f"yours keeps {own.kept}"
        )
    return tuple(lines)


def total_advantage(mine: Scores, winner: Scores) -> str:
    """The difference of two totals, in a sentence."""
    gap = points(winner.total - mine.total)
    return f"The accepted offer’s total is {points(winner.total)}, {gap} above your {points(mine.total)}"
