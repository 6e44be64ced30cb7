"""Which offer the framework's own rule prefers, with every test that led there, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from brokerdesk.core.domain.framework_rules import FrameworkRules, Pick, Rung
from brokerdesk.core.domain.money import Money

TESTS = ("choice", "distance", "availability", "price")
"""Names of the ordered tests. Source: docs/rules.md R021, R022."""


@dataclass(frozen=True, slots=True)
class PickOffer:
    """What the rule reads of one offer that came in time."""

    offer_id: str
    location_id: str
    provider: str
    order: int
    """Place in the order of asking."""
    total: Decimal | None
    """Points of the weighted criteria."""
    weekly: Money
    distance_miles: Decimal | None
    starts_on: date
    is_preferred: bool
    """The person named this provider."""


@dataclass(frozen=True, slots=True)
class Picked:
    """The offer that the rule prefers, and how it came to it."""

    offer_id: str
    location_id: str
    provider: str
    steps: tuple[str, ...]
    """Each test with who was left, to be printed as the reason."""


def pick(rules: FrameworkRules, rung: Rung, offers: Sequence[PickOffer], *, wanted_on: date) -> Picked | None:
    """The offer that a rung's rule prefers; none where nobody offered. Source: docs/rules.md R021, R050.

    Args:
        rules: of the round.
        rung: under way when the round closed.
        offers: those that came in time.
        wanted_on: the day on which care is to start.
    """
    if not offers:
        return None
    in_order = sorted(offers, key=lambda offer: offer.order)
    if rung.pick is Pick.FIRST_ACCEPTANCE:
        return _picked(in_order[0], (f"{in_order[0].provider} is the first that accepted in order.",))
    if rung.pick is Pick.BEST_SCORE:
        best = max(in_order, key=lambda offer: offer.total or Decimal(0))
        return _picked(best, (f"{best.provider} has the most points, {best.total or 0:.2f}.",))
    return _by_tests(rules, in_order, wanted_on)


def _by_tests(rules: FrameworkRules, offers: list[PickOffer], wanted_on: date) -> Picked:
    left, steps = offers, []
    for name in rules.tests:
        kept, words = _TESTS[name](left, rules, wanted_on)
        left = kept or left
        steps.append(f"{words} {_left(left)}")
    return _picked(left[0], tuple(steps))


def _left(left: Sequence[PickOffer]) -> str:
    if len(left) == 1:
        return f"{left[0].provider} is left."
    return f"{len(left)} are left: {', '.join(offer.provider for offer in left)}."


def _picked(offer: PickOffer, steps: tuple[str, ...]) -> Picked:
    return Picked(offer.offer_id, offer.location_id, offer.provider, steps)


def _choice(left: list[PickOffer], _: FrameworkRules, __: date) -> tuple[list[PickOffer], str]:
    kept = [offer for offer in left if offer.is_preferred]
    if not kept:
        return [], "Choice: the person prefers none of them."
    return kept, "Choice: the person prefers this provider."


def _distance(left: list[PickOffer], rules: FrameworkRules, _: date) -> tuple[list[PickOffer], str]:
    known = [offer for offer in left if offer.distance_miles is not None]
    if not known:
        return [], "Geography: no distance is known."
    nearest = min(offer.distance_miles or Decimal(0) for offer in known)
    reach = nearest if rules.near_miles is None else rules.near_miles
    kept = [offer for offer in known if (offer.distance_miles or Decimal(0)) <= reach]
    if not kept:
        return [], f"Geography: nobody is within {reach:f} miles."
    return kept, f"Geography: within {reach:f} miles."


def _availability(left: list[PickOffer], _: FrameworkRules, wanted_on: date) -> tuple[list[PickOffer], str]:
    kept = [offer for offer in left if offer.starts_on <= wanted_on]
    if kept:
        return kept, "Availability: can start on the day wanted."
    earliest = min(offer.starts_on for offer in left)
    return [o for o in left if o.starts_on == earliest], "Availability: starts the soonest, after the day."


def _price(left: list[PickOffer], _: FrameworkRules, __: date) -> tuple[list[PickOffer], str]:
    lowest = min(offer.weekly for offer in left)
    return [o for o in left if o.weekly == lowest], f"Price: the least, {lowest.shown} a week."


Test = Callable[[list[PickOffer], FrameworkRules, date], tuple[list[PickOffer], str]]
_TESTS: dict[str, Test] = {
    "choice": _choice,
    "distance": _distance,
    "availability": _availability,
    "price": _price,
}
