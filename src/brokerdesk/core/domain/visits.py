"""The weekly grid of visits and nights, and how it is written in a referral."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from itertools import pairwise

from brokerdesk.core.domain.errors import InputError, InputProblem
from brokerdesk.core.domain.money import round_half_up

MOST_MINUTES = 24 * 60
MOST_CARERS = 4
_WRITTEN = re.compile(r"(?P<day>[A-Za-z]+) (?P<at>[0-9]{2}:[0-9]{2}) (?P<minutes>[0-9]+) (?P<carers>[0-9]+)")


class Weekday(Enum):
    """Days of the charging week, Monday to Sunday."""

    MON = "Mon"
    TUE = "Tue"
    WED = "Wed"
    THU = "Thu"
    FRI = "Fri"
    SAT = "Sat"
    SUN = "Sun"

    @property
    def number(self) -> int:
        """Place in the week, Monday 0."""
        return list(Weekday).index(self)

    @classmethod
    def of(cls, day: date) -> Weekday:
        """The weekday of a date."""
        return list(cls)[day.weekday()]


class NightKind(Enum):
    """How a night is worked and priced. Source: docs/rules.md R162."""

    SLEEP_IN = "sleep_in"
    WAKING = "waking"


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit of the week.

    Raises:
        InputError: minutes outside 1 to 1,440 or carers outside 1 to 4. Source: docs/rules.md R160.
    """

    day: Weekday
    at: time
    minutes: int
    carers: int = 1
    """Carers at the same time, 1 to 4."""
    time_critical: bool = False
    """Must be near its time, such as medication before breakfast."""

    def __post_init__(self) -> None:
        check_length(self.minutes)
        check_carers(self.carers)


@dataclass(frozen=True, slots=True)
class Night:
    """One night of the week.

    Raises:
        InputError: a waking night without its hours, or hours outside a day.
    """

    day: Weekday
    """The evening on which it begins."""
    kind: NightKind
    hours: Decimal | None = None
    """Hours worked; waking nights only."""

    def __post_init__(self) -> None:
        if self.kind is NightKind.WAKING and (self.hours is None or not 0 < self.hours <= 24):
            raise InputError("A waking night needs its hours, more than 0 and at most 24.", rule="R162")
        if self.kind is NightKind.SLEEP_IN and self.hours is not None:
            raise InputError("A sleep-in has one price for the night, so it takes no hours.", rule="R162")


def check_length(minutes: int) -> None:
    """Refuse a visit shorter than a minute or longer than a day.

    Raises:
        InputError: with the sentence.
    """
    if not 1 <= minutes <= MOST_MINUTES:
        raise InputError(f"A visit is 1 to {MOST_MINUTES:,} minutes long, not {minutes:,}.", rule="R158")


def check_carers(carers: int) -> None:
    """Refuse more or fewer carers than a visit can have. Source: docs/rules.md R160.

    Raises:
        InputError: with the sentence.
    """
    if not 1 <= carers <= MOST_CARERS:
        raise InputError(f"A visit has 1 to {MOST_CARERS} carers, not {carers:,}.", rule="R160")


def visit_hours(visits: Iterable[Visit]) -> Decimal:
    """Hours a week during which someone visits, however many carers; two decimals. Source: R160."""
    return hours_of(sum(visit.minutes for visit in visits))


def carer_hours(visits: Iterable[Visit]) -> Decimal:
    """Hours a week that carers work, two at once counting twice; two decimals. Source: R160."""
    return hours_of(sum(visit.minutes * visit.carers for visit in visits))


def hours_of(minutes: int) -> Decimal:
    """Minutes as hours with two decimals."""
    return round_half_up(Decimal(minutes) / 60)


def in_order(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    """Visits by day, then time."""
    return tuple(sorted(visits, key=lambda visit: (visit.day.number, visit.at, visit.minutes, visit.carers)))


def overlapping(visits: Iterable[Visit]) -> tuple[tuple[Visit, Visit], ...]:
    """Neighbouring visits of which the second begins before the first ends, in order of the week."""
    ordered = in_order(visits)
    return tuple(
        (first, second)
        for first, second in pairwise(ordered)
        if _begins(second) < _begins(first) + first.minutes
    )


def _begins(visit: Visit) -> int:
    return visit.day.number * MOST_MINUTES + visit.at.hour * 60 + visit.at.minute


def parse_visits(text: str) -> tuple[Visit, ...]:
    """Read `Mon 08:00 45 2; Tue 08:00 45 2`: day, time, minutes, carers; empty text is no visits.

    Raises:
        InputError: a part that does not read so; every such part is in `problems`.
    """
    good: list[Visit] = []
    problems: list[InputProblem] = []
    for part in filter(None, (" ".join(piece.split()) for piece in text.split(";"))):
        try:
            good.append(_parse_visit(part))
        except ValueError:
            wanted = "day, time, minutes, carers, such as Mon 08:00 45 2"
            problems.append(InputProblem(None, "visits", part[:80], wanted))
        except InputError as refusal:
            problems.append(InputProblem(None, "visits", part[:80], refusal.message))
    if problems:
        raise InputError(f"This visit cannot be read: {problems[0].found}.", problems=tuple(problems))
    return tuple(good)


def _parse_visit(part: str) -> Visit:
    found = _WRITTEN.fullmatch(part)
    if not found:
        raise ValueError(part)
    at = time.fromisoformat(found["at"])
    return Visit(Weekday(found["day"].capitalize()), at, int(found["minutes"]), int(found["carers"]))


def show_visits(visits: Iterable[Visit]) -> str:
    """The text that `parse_visits` reads, in order of the week (it has no place for `time_critical`)."""
    return "; ".join(f"{v.day.value} {v.at:%H:%M} {v.minutes} {v.carers}" for v in in_order(visits))
