"""Why an offer is accepted, drafted from the facts for the broker to edit: no person, no rival is named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.choice import ChosenBy
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.visit_fit import Gaps


@dataclass(frozen=True, slots=True)
class ReasonFacts:
    """What is known of the chosen offer and of the round."""

    provider: str
    rank: int | None
    """None where it is not scored."""
    offers: int
    """How many were compared."""
    total: Decimal
    best_rival_total: Decimal | None
    """Of the other offers; none where it stands alone, or tests decide."""
    decided_by: str
    """The step that decided, where tests decide; only its first sentence is used, which names nobody."""
    weekly: Money
    is_cheapest: bool
    budget: Money | None
    gaps: Gaps
    starts_on: date
    asked_start: date
    distance_miles: Decimal | None
    is_nearest: bool
    nearby: str
    """What is known of its visits around the person; empty where nothing is."""
    rating: str | None
    chosen_by: ChosenBy | None


def draft_reason(facts: ReasonFacts) -> str:
    """Sentences on score, price, fit, place, choice and fairness, in the order of the objectives.

    The draft goes into a letter, so it never quotes the person and never names another provider or its price.
    Source: docs/rules.md R018, R020, R022.
    """
    parts = (
        *_standing(facts), *_price(facts), *_fit(facts), *_place(facts), *_choice(facts),
        "Every provider asked had the same requirement, criteria and deadline, which stood before the first "
        "offer came.",
    )  # fmt: skip
    return " ".join(parts)


def _standing(facts: ReasonFacts) -> Iterable[str]:
    if facts.rank is None:
        return
    if facts.offers == 1:
        yield f"{facts.provider} made the only offer that could be compared."
        return
    among = f"of {facts.offers} offers"
    if facts.decided_by:
        yield f"{facts.provider} stands first {among} by the framework’s tests, one after another."
        yield facts.decided_by.partition(". ")[0].rstrip(".") + "."
        return
    if facts.best_rival_total is None:
        yield f"{facts.provider} ranks {facts.rank} {among}."
        return
    totals = f"{facts.total:.2f} of 100 against {facts.best_rival_total:.2f}"
    if facts.rank == 1:
        yield f"{facts.provider} best satisfies the criteria {among}: {totals} for the next."
    else:
        yield f"{facts.provider} ranks {facts.rank} {among}: {totals} for the highest."


def _price(facts: ReasonFacts) -> Iterable[str]:
    told = f"Value for money: {facts.weekly.shown} a week"
    if facts.is_cheapest and facts.offers > 1:
        told += ", the lowest price offered"
    if facts.budget is not None:
        gap = facts.budget - facts.weekly
        if gap.pence >= 0:
            told += ", within the personal budget"
        else:
            told += f", {(-gap).shown} above the personal budget"
    yield f"{told}."


def _fit(facts: ReasonFacts) -> Iterable[str]:
    gaps = facts.gaps
    if gaps.asked and gaps.as_asked == gaps.asked:
        yield f"All {gaps.asked} visits are given as asked."
    elif gaps.asked:
        told = f"{gaps.as_asked} of {gaps.asked} visits are given as asked"
        told += f", {gaps.moved} at another time" if gaps.moved else ""
        told += f", {gaps.unmet} not or not in full" if gaps.unmet else ""
        yield f"{told}."
    if facts.starts_on <= facts.asked_start:
        yield "Care begins on the day that was asked."
    else:
        yield f"Care begins on {in_words(facts.starts_on)}."


def _place(facts: ReasonFacts) -> Iterable[str]:
    if facts.distance_miles is not None:
        nearest = ", the nearest of those that offered" if facts.is_nearest and facts.offers > 1 else ""
        yield f"It is {facts.distance_miles:.1f} miles away{nearest}."
    if facts.nearby:
        yield f"{facts.nearby.rstrip('.')}."
    if facts.rating:
        yield f"CQC rates it {facts.rating}."


def _choice(facts: ReasonFacts) -> Iterable[str]:
    words = {
        ChosenBy.PERSON: "The person chose it.",
        ChosenBy.ATTORNEY: "The person’s attorney chose it.",
        ChosenBy.DEPUTY: "The person’s deputy chose it.",
        ChosenBy.BEST_INTERESTS: "A best-interests decision chose it.",
        ChosenBy.BROKER: "The council chose it.",
    }
    if facts.chosen_by is not None:
        yield words[facts.chosen_by]
