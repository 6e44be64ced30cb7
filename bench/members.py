"""An invented framework with a member at each of many locations, and what one person needs of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal

from brokerdesk import wiring
from brokerdesk.core.domain.eligibility import (
    Candidate,
    Exclusion,
    RegisteredLocation,
    Requirement,
    requirement_of,
)
from brokerdesk.core.domain.framework import (
    Framework,
    FrameworkKind,
    Lot,
    Member,
    Regime,
    Rounding,
    Suspension,
    Unit,
    Zone,
)
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Cohort, Need
from brokerdesk.core.domain.visits import Visit, Weekday

TODAY = date(2026, 11, 23)
HOME_CARE = Lot("home care", "home care", Unit.HOUR, True, "Requires improvement", Money.parse("26.00"))
NURSING = Lot("nursing bed", "nursing", Unit.WEEK, True, None, None)
_EXCLUDED = Exclusion(is_excluded=True, found_on=date(2026, 10, 5))
_WEIGHTS = {"price": 40, "quality": 30, "distance": 20, "continuity": 0, "choice": 10}
_ACTIVITIES = (None, ("Personal care",), ("Nursing care", "Personal care"), ("Nursing care",))
_RATINGS = (None, "Outstanding", "Good", "Good", "Good", "Requires improvement", "Inadequate")


def requirement() -> Requirement:
    """Four double-handed calls a day in WN5, for a person who prefers one provider."""
    visits = tuple(Visit(day, time(hour), 30, 2) for day in Weekday for hour in (8, 12, 17, 21))
    need = Need(
        cohort=Cohort.ADULT, lot="home care", first_names="Test", family_name="Person", postcode="WN5 9AA",
        starts_on=date(2026, 12, 14), visits=visits, needs=("dementia",),
        preferred_location_id=location_id(7),
    )  # fmt: skip
    framework = Framework(
        id="f1", reference="DBC-1", edition=1, name="Demo Framework", kind=FrameworkKind.FRAMEWORK,
        regime=Regime.PA23, first_trigger_on=date(2025, 4, 1), starts_on=date(2025, 10, 1),
        ends_on=date(2029, 9, 30), extension_ends_on=None, extension_taken=False, rounding=Rounding.WEEK,
        response_hours_standard=24, response_hours_urgent=2,
        weights={name: Decimal(weight) for name, weight in _WEIGHTS.items()}, lots=(HOME_CARE, NURSING),
        zones=(Zone("West", ("WN5", "WN6")), Zone("East", ("WN2",))), terms=(),
    )  # fmt: skip
    return requirement_of(need, framework, on=TODAY, rulebook=wiring.read_rulebook())


def location_id(number: int) -> str:
    """The regulator's id of an invented location."""
    return f"1-9{number:08d}"


def candidates(count: int) -> tuple[Candidate, ...]:
    """The same invented candidates at every run."""
    return tuple(_some(count))


def _some(count: int) -> Iterator[Candidate]:
    chance = random.Random(20261123)  # noqa: S311 - invented members, not a secret
    for number in range(count):
        price = chance.choice((None, Money(chance.randint(1900, 2600)), Money(2410)))
        yield Candidate(
            member=_member(number, chance),
            location=_place(chance),
            suspensions=_suspended(number, chance),
            distance_miles=Decimal(chance.randint(0, 4000)).scaleb(-2) if chance.random() < 0.97 else None,
            rate=price,
            scored_price=price,
            exclusion=_EXCLUDED if number % 97 == 5 else None,
        )


def _member(number: int, chance: random.Random) -> Member:
    return Member(
        id=f"m{number}", framework_id="f1", location_id=location_id(number),
        provider_id=f"1-8{number // 3:08d}", provider=f"Invented Care {number}",
        lot="home care" if chance.random() < 0.8 else "nursing bed",
        zone=chance.choice((None, "West", "West", "East")), tier=chance.choice((1, 1, 2, None)),
        rank=chance.choice((None, 1, 2, 3)), quality=Decimal(chance.randint(4000, 10000)).scaleb(-2),
        capacity=chance.choice((None, Decimal(20), Decimal(80))), capacity_unit="hours",
        contact_name="", contact_email="care@example.org",
        needs=chance.choice(((), (), ("dementia", "stroke"), ("stroke",))),
    )  # fmt: skip


def _place(chance: random.Random) -> RegisteredLocation:
    return RegisteredLocation(
        is_registered=chance.random() > 0.02, activities=chance.choice(_ACTIVITIES),
        rating=chance.choice(_RATINGS), rating_on=date(2025, 8, 12), dated_on=date(2026, 11, 1),
    )  # fmt: skip


def _suspended(number: int, chance: random.Random) -> tuple[Suspension, ...]:
    if chance.random() > 0.03:
        return ()
    scope = chance.choice(("all", "West", "East", "nursing bed", "home care"))
    ends = chance.choice((None, date(2026, 11, 22), date(2027, 1, 11)))
    return (
        Suspension(f"s{number}", "f1", location_id(number), scope, date(2026, 11, 2), ends, "an enquiry"),
    )
