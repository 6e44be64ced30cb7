"""How a framework is to be used, as data: the ladder of asking, its clocks and how offers are compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from enum import Enum

from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.visits import Weekday


class RateKind(Enum):
    """Which of a provider's rates is meant: the standard one, or one of two for what is harder to place."""

    STANDARD = "standard"
    ENHANCED_1 = "enhanced_1"
    ENHANCED_2 = "enhanced_2"


class Order(Enum):
    """In what order the members of one rung are asked. Source: docs/rules.md R024, R050."""

    RANK = "rank"
    """One at a time, best rank first."""
    ROTATION = "rotation"
    """One at a time; among equals the one asked longest ago first."""
    ALL_AT_ONCE = "all_at_once"
    """Everyone of the rung together; their offers are compared."""


class Opens(Enum):
    """What lets the next rung open. Source: docs/rules.md R050."""

    NO_OFFER = "no_offer"
    """Everyone on this rung has declined or let the time pass."""
    BROKER = "broker"
    """The broker opens it, with a reason."""


class Pick(Enum):
    """How one offer is preferred to another."""

    FIRST_ACCEPTANCE = "first_acceptance"
    """The first that accepts in the order of asking."""
    BEST_SCORE = "best_score"
    """Highest total of the weighted criteria (R021)."""
    ORDERED_TESTS = "ordered_tests"
    """The tests of `tests` one after another, such as choice, distance, availability, then price."""


class PriceFormula(Enum):
    """How a price becomes points."""

    LOWEST_OVER_OFFER = "lowest_over_offer"
    """Lowest / offer x 100 (E17)."""
    SPREAD = "spread"
    """100 at the lowest, 0 at the highest offer, in a straight line."""
    UNDER_CEILING = "under_ceiling"
    """100 at nothing, 0 at the ceiling, in a straight line."""


class SkipReason(Enum):
    """Why a member on a rung is passed over without being asked."""

    NO_CAPACITY = "no_capacity"
    """The ledger shows fewer free hours or beds than the need takes."""
    DECLINED_ALREADY = "declined_already"
    """It declined this package in an earlier round."""
    ABOVE_CEILING = "above_ceiling"
    """Its own rate is above the ceiling that holds."""
    MAY_NOT_BE_ASKED = "may_not_be_asked"
    """Judged again on the day of asking it may not be asked: suspended or excluded since. Always applies."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder of asking."""

    name: str
    """As people say it: `Tier 1`."""
    tiers: tuple[int, ...] = ()
    """Tiers whose members stand here; empty: every member. Ignored where `is_spot`."""
    is_spot: bool = False
    """Providers outside the framework, with a coded ground (R050)."""
    order: Order = Order.RANK
    hours_standard: Decimal | None = None
    """Time to answer; none: the framework's own response hours."""
    hours_urgent: Decimal | None = None
    opens_next: Opens = Opens.NO_OFFER
    pick: Pick = Pick.FIRST_ACCEPTANCE
    skips: tuple[SkipReason, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Hours in which the clock of an invitation runs; none on bank holidays of England and Wales."""

    days: tuple[Weekday, ...]
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class DirectCallOff:
    """Whether a call-off may be made without competition, by what mechanism. Source: docs/rules.md R025."""

    is_allowed: bool = False
    mechanism: str = ""


@dataclass(frozen=True, slots=True)
class RateCeiling:
    """Highest rate of one kind for a lot, in one zone or in all."""

    lot: str
    ceiling: Money
    """For the lot's unit."""
    zone: str | None = None
    """None: every zone without a row of its own."""
    kind: RateKind = RateKind.STANDARD
    starts_on: date | None = None
    """None: from the beginning."""
    ends_on: date | None = None
    """Its last day; none: until another row takes its place."""
    source: str = ""
    """Where it is laid down, such as a decision or a schedule of rates."""

    def is_in_force(self, on: date) -> bool:
        """Whether it holds on a day."""
        return (self.starts_on or on) <= on <= (self.ends_on or on)


@dataclass(frozen=True, slots=True)
class FrameworkRules:
    """The rules of one edition of a framework; a round keeps those that it opened with."""

    ladder: tuple[Rung, ...] = ()
    """Empty: the broker says at each round whether all are asked at once or by rank."""
    working_hours: WorkingHours | None = None
    """None: hours run day and night."""
    least_hours_standard: Decimal | None = None
    """Shortest time that any invitation may give (R024)."""
    least_hours_urgent: Decimal | None = None
    price_formula: PriceFormula = PriceFormula.LOWEST_OVER_OFFER
    tests: tuple[str, ...] = ()
    """For `Pick.ORDERED_TESTS`, in order: choice, distance, availability, price."""
    near_miles: Decimal | None = None
    """What counts as near in the test `distance`; none: the nearest of all."""
    ceilings: tuple[RateCeiling, ...] = ()
    """By lot, zone and kind of rate; where none fits, the lot's own ceiling holds."""
    direct_call_off: DirectCallOff = field(default_factory=DirectCallOff)
    is_sealed: bool = False
    """Offers stay closed until two officers open them together."""
    scorers: int = 1
    """How many officers score quality on their own before the result counts."""
    grounds: tuple[str, ...] = ()
    """Codes of the grounds for an award outside the framework; empty: the rulebook's own list."""
    ground_needed: bool = False
    """Every call-off needs a coded ground, such as when the framework has expired."""
    started_from: str = ""
    """Name of the ready-made example that these rules began as; empty where they began with none."""
