"""Which offer the framework's own rule prefers, with every test that led there, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from brokerdesk.core.domain.calendar import in_words
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


@dataclass(frozen=True, slots=True)
class Parted:
    """What the tests found of one offer beside the accepted one."""

    together: tuple[str, ...]
    """Tests that both passed alike, in order."""
    apart: str
    """The test that told them apart, with both figures; empty where none did."""


def parted(
    rules: FrameworkRules, offers: Sequence[PickOffer], *, own_id: str, won_id: str, wanted_on: date
) -> Parted:
    """Why the tests preferred the accepted offer to another, without naming anybody else.

    Args:
        rules: of the round.
        offers: those that came in time, with both.
        own_id: of the offer that was not accepted.
        won_id: of the accepted one.
        wanted_on: the day on which care is to start.
    """
    together: list[str] = []
    left = sorted(offers, key=lambda offer: offer.order)
    by_id = {offer.offer_id: offer for offer in left}
    own, won = by_id[own_id], by_id[won_id]
    for name in rules.tests:
        kept, words = _TESTS[name](left, rules, wanted_on)
        left = kept or left
        if won not in left:
            return Parted(tuple(together), "")
        if own not in left:
            return Parted(tuple(together), _APART[name](own, won))
        together.append(words)
    return Parted(tuple(together), "The accepted offer comes first in the order of asking.")


def _miles(offer: PickOffer) -> str:
    miles = offer.distance_miles
    return "at an unknown distance" if miles is None else f"{miles:f} miles away"


_APART: dict[str, Callable[[PickOffer, PickOffer], str]] = {
    "choice": lambda own, won: "Choice: the accepted provider is the one that is preferred.",
    "distance": lambda own, won: f"Geography: the accepted offer is {_miles(won)}; yours is {_miles(own)}.",
    "availability": lambda own, won: (
        f"Availability: the accepted offer can start on {in_words(won.starts_on)}; "
        f"yours on {in_words(own.starts_on)}."
    ),
    "price": lambda own, won: (
        f"Price: the accepted offer costs {won.weekly.shown} a week; yours {own.weekly.shown}."
    ),
}
"""What told two offers apart, to the provider that was not accepted."""


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
