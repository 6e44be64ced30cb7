"""The right to preferred accommodation: five conditions, the cost, and the refusal in writing."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime

from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.money import Money


@dataclass(frozen=True, slots=True)
class PreferenceConditions:
    """The conditions of the preferred accommodation; none: not answered yet. Source: docs/rules.md R088."""

    is_type_of_plan: bool | None = None
    """The care and support plan specifies that type."""
    is_same_type: bool | None = None
    """The preferred place is of the same type."""
    is_suitable: bool | None = None
    is_available: bool | None = None
    agrees_terms: bool | None = None
    """The provider agrees to the council's terms."""
    is_cost_met: bool | None = None
    """Within the budget, or a lawful top-up meets what it costs above."""

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Names of the conditions that nobody has answered."""
        return tuple(held.name for held in fields(self) if getattr(self, held.name) is None)

    @property
    def failed(self) -> tuple[str, ...]:
        """Names of the conditions that are not met."""
        return tuple(held.name for held in fields(self) if getattr(self, held.name) is False)

    @property
    def are_all_met(self) -> bool:
        """Whether the council must arrange the preferred place. Source: docs/rules.md R088."""
        return not self.unanswered and not self.failed


@dataclass(frozen=True, slots=True)
class RefusedPreference:
    """The council's refusal of the place that the person prefers, with its reasons. Source: R088, R089.

    The letter with these reasons is a `FiledLetter` of kind `refusal` for the same package and location, with
    no award; until it is issued nothing else may be awarded.
    """

    id: str
    package_id: str
    location_id: str
    """The preferred place; empty where the regulator has no number for it."""
    provider: str
    """Its name."""
    conditions: PreferenceConditions
    reasons: str
    """In full, as the letter prints them."""
    instead: str
    """What the council offers in its place."""
    refused_on: date
    refused_by: str
    """Name and post of who decided."""
    made_at: datetime
    officer_id: str
    is_current: bool = True
    """False once the refusal was taken back."""
    version: int = 1


CONDITION_WORDS: dict[str, tuple[str, str]] = {
    "is_type_of_plan": (
        "The care and support plan names this type of accommodation",
        "The care and support plan does not name this type of accommodation",
    ),
    "is_same_type": ("The preferred place is of that type", "The preferred place is of another type"),
    "is_suitable": (
        "It is suitable for the assessed needs",
        "It is not suitable for the assessed needs",
    ),
    "is_available": ("It has a place", "It has no place"),
    "agrees_terms": (
        "The provider agrees to the council’s terms",
        "The provider does not agree to the council’s terms",
    ),
    "is_cost_met": (
        "It is within the budget, or a lawful top-up meets the rest",
        "It costs more than the budget, and no lawful top-up meets the rest",
    ),
}
"""Each condition as a statement that is met, and as one that is not. Source: docs/rules.md R088."""


@dataclass(frozen=True, slots=True)
class OfferedToo:
    """What is on file of the preferred place's own offer. Source: docs/rules.md R088."""

    weekly: Money
    """Net of nursing."""
    starts_on: date
    is_real: bool
    """It can be had when the care is needed."""
    is_within_budget: bool


def contradicted(conditions: PreferenceConditions, offered: OfferedToo | None, name: str) -> str:
    """That the place's own offer says otherwise than the refusal; empty where it does not. Source: R088."""
    if offered is None:
        return ""
    start = in_words(offered.starts_on)
    if conditions.is_available is False and offered.is_real:
        return (
            f"{name} offers a place from {start}, so it cannot be refused for having none. Answer that it "
            "has a place; where it took the offer back, record that first."
        )
    if conditions.is_cost_met is False and offered.is_within_budget:
        return (
            f"{name} offers {offered.weekly.shown} a week, which is within the personal budget, so it cannot "
            "be refused for its cost. Answer that the cost is met."
        )
    return ""


def is_refused_place(refused: RefusedPreference, location_id: str, provider: str) -> bool:
    """Whether a place is the one that was refused."""
    if refused.location_id:
        return refused.location_id == location_id
    return refused.provider.casefold().strip() == provider.casefold().strip()


def refusal_problem(
    conditions: PreferenceConditions, reasons: str, name: str, offered: OfferedToo | None = None
) -> tuple[str, str] | None:
    """Why the preferred place may not be refused; none where it may. Source: docs/rules.md R088, R089."""
    said_otherwise = contradicted(conditions, offered, name)
    if said_otherwise:
        return "R088", said_otherwise
    if conditions.unanswered:
        what = "; ".join(CONDITION_WORDS[held][0] for held in conditions.unanswered)
        return "R088", f"Not every condition is answered for {name}: {what}. Answer each with yes or no."
    if conditions.are_all_met:
        return "R088", (
            f"All five conditions and the cost condition are met for {name}, so the council must arrange it. "
            "Award the preferred place."
        )
    if not reasons.strip():
        return "R089", (
            f"{name} is refused only in writing with reasons. Write down why, so that the letter can say it."
        )
    return None


def failed_words(conditions: PreferenceConditions) -> tuple[str, ...]:
    """The conditions that are not met, each as a sentence without its full stop. Source: R088, R089."""
    return tuple(CONDITION_WORDS[name][1] for name in conditions.failed)
