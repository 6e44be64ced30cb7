"""What someone pays above the personal budget for the home that is preferred."""

from __future__ import annotations

from dataclasses import dataclass

from brokerdesk.core.domain.costs import net_of_fnc
from brokerdesk.core.domain.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class TopUpSum:
    """A top-up with its working. Source: docs/rules.md R087, R090."""

    is_allowed: bool
    """Whether the preferred home can be had: a price within the budget, or an option on file."""
    budget: Money
    """The personal budget, raised to the cheapest suitable home where that is dearer."""
    net_price: Money
    """The preferred price without the nursing contribution."""
    weekly: Money | None
    """Nought where the price is within the budget; none where no top-up may be asked."""
    why: str
    """Why none may be asked; empty where it may."""
    steps: tuple[str, ...]


def top_up_sum(
    personal_budget: Money, preferred_price: Money, fnc_in_price: Money, cheapest_suitable: Money | None
) -> TopUpSum:
    """What the preferred home costs above the budget. Source: docs/rules.md R087 to R092, E4.

    Args:
        personal_budget: pounds a week for this type of accommodation.
        preferred_price: pounds a week on the council's terms, gross.
        fnc_in_price: the nursing contribution inside that price.
        cheapest_suitable: price, net of nursing, of the cheapest home recorded as suitable and available.

    Raises:
        InputError: the nursing contribution is more than the price.
    """
    net = net_of_fnc(preferred_price, fnc_in_price)
    nursing = f" - {fnc_in_price.shown} nursing = {net.shown}" if fnc_in_price else ""
    step = f"The preferred home costs {preferred_price.shown}{nursing} a week."
    budget = max(personal_budget, cheapest_suitable or ZERO)
    if net <= budget:
        within = f"{net.shown} is within the budget of {budget.shown}, so there is no top-up."
        return TopUpSum(True, budget, net, ZERO, "", (step, *_raised(personal_budget, budget), within))
    if cheapest_suitable is None:
        why = (
            f"No suitable, available home within the personal budget of {personal_budget.shown} is recorded. "
            "Record one, or raise the budget, before anyone is asked for a top-up."
        )
        return TopUpSum(False, budget, net, None, why, (step, why))
    weekly = net - budget
    last = f"{net.shown} - {budget.shown} = {weekly.shown} a week."
    return TopUpSum(True, budget, net, weekly, "", (step, *_raised(personal_budget, budget), last))


def _raised(personal_budget: Money, budget: Money) -> tuple[str, ...]:
    if budget == personal_budget:
        return ()
    return (
        f"The cheapest suitable home costs {budget.shown}, more than {personal_budget.shown}, "
        f"so the budget becomes {budget.shown}.",
    )
