"""What visits, nights and beds cost in a week, in part of one and over longer periods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from brokerdesk.core.domain.calendar import week_of, with_weekday
from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.framework import Rounding
from brokerdesk.core.domain.money import ZERO, Money
from brokerdesk.core.domain.visits import Night, NightKind, Visit, hours_of


@dataclass(frozen=True, slots=True)
class Calls:
    """Visits of one length and number of carers, and how often a week they happen."""

    minutes: int
    carers: int
    per_week: int

    @property
    def visit_minutes(self) -> int:
        """Minutes a week during which someone visits."""
        return self.minutes * self.per_week

    @property
    def carer_minutes(self) -> int:
        """Minutes a week that carers work. Source: docs/rules.md R160."""
        return self.visit_minutes * self.carers

    @property
    def carer_visits(self) -> int:
        """Visits a week, each carer's counted."""
        return self.carers * self.per_week


@dataclass(frozen=True, slots=True)
class HourlyRate:
    """Pounds an hour for one carer, and where the week's price is rounded. Source: docs/rules.md R158."""

    per_hour: Money
    rounding: Rounding


@dataclass(frozen=True, slots=True)
class VisitRate:
    """Pounds for one carer's visit, whatever its length. Source: docs/rules.md R158."""

    per_visit: Money


@dataclass(frozen=True, slots=True)
class BandedRates:
    """Pounds for one carer's visit by its length in minutes. Source: docs/rules.md R159."""

    by_minutes: Mapping[int, Money]


RateCard = HourlyRate | VisitRate | BandedRates


@dataclass(frozen=True, slots=True)
class WeekCost:
    """A price with its working."""

    exact: Fraction
    """Pounds before the last rounding."""
    total: Money
    visit_hours: Decimal
    carer_hours: Decimal
    steps: tuple[str, ...]
    """The arithmetic in sentences, in order."""


def calls_of(visits: Iterable[Visit]) -> tuple[Calls, ...]:
    """Visits counted by length and carers, in the order in which they first appear."""
    counts: dict[tuple[int, int], int] = {}
    for visit in visits:
        key = (visit.minutes, visit.carers)
        counts[key] = counts.get(key, 0) + 1
    return tuple(Calls(minutes, carers, per_week) for (minutes, carers), per_week in counts.items())


def weekly_cost(visits: Iterable[Visit], rates: RateCard, *, period: str = "a week") -> WeekCost:
    """Price of a week's visits; the working names the period. Source: docs/rules.md R157 to R160."""
    return calls_cost(calls_of(visits), rates, period=period)


def first_week_cost(visits: Iterable[Visit], rates: RateCard, starts_on: date) -> WeekCost:
    """Price of the visits from a day to the Sunday of its week. Source: docs/rules.md R158, E3."""
    return weekly_cost(from_day(visits, starts_on), rates)


def from_day(visits: Iterable[Visit], starts_on: date) -> tuple[Visit, ...]:
    """Visits on the days from a date to the Sunday of its charging week."""
    return tuple(visit for visit in visits if visit.day.number >= starts_on.weekday())


def days_left(starts_on: date) -> int:
    """Days from a date to the Sunday of its charging week, both counted."""
    return (week_of(starts_on)[1] - starts_on).days + 1


def calls_cost(calls: Sequence[Calls], rates: RateCard, *, period: str = "a week") -> WeekCost:
    """Price of so many calls, with its working in sentences.

    Raises:
        InputError: a visit's length has no band. Source: docs/rules.md R159.
    """
    match rates:
        case HourlyRate(rounding=Rounding.WEEK):
            exact, steps = _once_a_week(calls, rates.per_hour)
        case _:
            exact, steps = _by_visit(calls, rates)
    total = Money.from_exact(exact)
    visit_minutes = sum(call.visit_minutes for call in calls)
    carer_minutes = sum(call.carer_minutes for call in calls)
    hours = (
        f"{visit_minutes:,} visit minutes {period} are {hours_of(visit_minutes):,} visit hours "
        f"and {hours_of(carer_minutes):,} carer hours."
    )
    steps = (*(_count(call, period) for call in calls), hours, *steps, f"Together {total.shown} {period}.")
    return WeekCost(exact, total, hours_of(visit_minutes), hours_of(carer_minutes), steps)


def _count(call: Calls, period: str) -> str:
    carers = "1 carer" if call.carers == 1 else f"{call.carers} carers"
    return f"{call.per_week:,} x {call.minutes:,} minutes with {carers} {period}."


def _once_a_week(calls: Sequence[Calls], per_hour: Money) -> tuple[Fraction, tuple[str, ...]]:
    minutes = sum(call.carer_minutes for call in calls)
    exact = Fraction(per_hour.pence * minutes, 6000)
    return exact, (f"{minutes:,} carer minutes / 60 x {per_hour.shown} an hour, rounded once.",)


def _by_visit(calls: Sequence[Calls], rates: RateCard) -> tuple[Fraction, tuple[str, ...]]:
    priced = [(call, visit_price(call.minutes, rates)) for call in calls]
    steps = tuple(
        f"{call.carer_visits:,} carer visits of {call.minutes:,} minutes x {price.shown} = "
        f"{Money(price.pence * call.carer_visits).shown}."
        for call, price in priced
    )
    return Fraction(sum(price.pence * call.carer_visits for call, price in priced), 100), steps


def visit_price(minutes: int, rates: RateCard) -> Money:
    """Price of one carer's visit, in whole pence. Source: docs/rules.md R158, R159.

    Raises:
        InputError: the length has no band.
    """
    match rates:
        case HourlyRate():
            return Money.from_exact(Fraction(rates.per_hour.pence * minutes, 6000))
        case VisitRate():
            return rates.per_visit
        case BandedRates():
            if minutes not in rates.by_minutes:
                raise InputError(_no_band(minutes, rates), rule="R159")
            return rates.by_minutes[minutes]


def _no_band(minutes: int, rates: BandedRates) -> str:
    bands = ", ".join(str(band) for band in sorted(rates.by_minutes)) or "none"
    return (
        f"A visit of {minutes:,} minutes has no banded rate: the bands are {bands}. "
        "Change the visit's length or add the band."
    )


@dataclass(frozen=True, slots=True)
class NightPrice:
    """What nights cost: a sleep-in by the night, a waking night by the hour. Source: docs/rules.md R162."""

    sleep_in: Money | None = None
    """Pounds a night."""
    waking_hour: Money | None = None
    """Pounds an hour."""
    per_night: Money | None = None
    """Pounds for any night that has no price of its own above."""


def nights_cost(nights: Iterable[Night], price: NightPrice, *, period: str = "a week") -> WeekCost:
    """Price of a week's nights, rounded once. Source: docs/rules.md R162, E3.

    Raises:
        InputError: a night has no price.
    """
    asked = tuple(nights)
    exact = sum((_night(night, price) for night in asked), Fraction(0))
    total = Money.from_exact(exact)
    worked = round_hours(sum((night.hours or Decimal(0) for night in asked), Decimal(0)))
    steps = (*_night_steps(asked, price), f"Together {total.shown} {period}.")
    return WeekCost(exact, total, worked, worked, steps)


def round_hours(hours: Decimal) -> Decimal:
    """Hours with two decimals."""
    return hours_of(int(hours * 60))


def _night(night: Night, price: NightPrice) -> Fraction:
    if night.kind is NightKind.WAKING and price.waking_hour is not None and night.hours is not None:
        return Fraction(price.waking_hour.pence, 100) * Fraction(night.hours)
    own = price.sleep_in if night.kind is NightKind.SLEEP_IN else None
    flat = own if own is not None else price.per_night
    if flat is None:
        raise InputError(
            f"There is no price for a {night.kind.value.replace('_', '-')} night. "
            "Add the rate to the framework or give a price for the night.",
            rule="R162",
        )
    return Fraction(flat.pence, 100)


def _night_steps(nights: tuple[Night, ...], price: NightPrice) -> tuple[str, ...]:
    by_kind: dict[tuple[NightKind, Decimal | None], list[Night]] = {}
    for night in nights:
        by_kind.setdefault((night.kind, night.hours), []).append(night)
    return tuple(
        f"{len(alike)} x {kind.value.replace('_', '-')} night"
        + (f" of {hours} hours" if hours is not None else "")
        + f" at {Money.from_exact(_night(alike[0], price)).shown} a night."
        for (kind, hours), alike in by_kind.items()
    )


def nights_from_day(nights: Iterable[Night], starts_on: date) -> tuple[Night, ...]:
    """Nights that begin from a date to the Sunday of its charging week."""
    return tuple(night for night in nights if night.day.number >= starts_on.weekday())


def bed_part_week(weekly: Money, nights: int) -> Money:
    """Price of so many nights of a place priced by the week, in sevenths. Source: docs/rules.md R163."""
    return Money.from_exact(Fraction(weekly.pence * nights, 700))


def bed_first_week(weekly: Money, starts_on: date) -> Money:
    """Price of the nights from the day of admission to Sunday. Source: docs/rules.md R163."""
    return bed_part_week(weekly, days_left(starts_on))


def net_of_fnc(gross: Money, fnc: Money) -> Money:
    """What is left for council and person after the NHS pays for nursing. Source: docs/rules.md R115.

    Raises:
        InputError: the nursing contribution is more than the price.
    """
    if fnc > gross:
        raise InputError(
            f"The nursing contribution of {fnc.shown} is more than the price of {gross.shown}. "
            "Give the price before it is taken off.",
            rule="R115",
        )
    return gross - fnc


@dataclass(frozen=True, slots=True)
class PeriodCosts:
    """A week's price over longer periods, each rounded once. Source: docs/rules.md R164."""

    four_weekly: Money
    weeks_52_14: Money
    year_365: Money
    year_366: Money
    calendar_month: Money


def period_costs(weekly: Money, *, policy_weeks: Decimal) -> PeriodCosts:
    """What a week's price comes to over the usual periods. Source: docs/rules.md R164, E2.

    Args:
        weekly: the week's price.
        policy_weeks: weeks in a year by policy, 52.14.
    """
    exact = Fraction(weekly.pence, 100)
    return PeriodCosts(
        four_weekly=Money.from_exact(exact * 4),
        weeks_52_14=Money.from_exact(exact * Fraction(policy_weeks)),
        year_365=annual_cost(weekly),
        year_366=annual_cost(weekly, days=366),
        calendar_month=Money.from_exact(exact * 365 / 7 / 12),
    )


def annual_cost(weekly: Money, *, days: int = 365) -> Money:
    """A week's price over so many days at a seventh a day, rounded once. Source: docs/rules.md R164."""
    return Money.from_exact(Fraction(weekly.pence * days, 700))


def total_of(costs: Iterable[WeekCost]) -> Money:
    """Visits, nights and bed together: the sum of what each is rounded to."""
    return sum((cost.total for cost in costs), ZERO)


def part_week_sentence(starts_on: date) -> str:
    """Which days of the charging week are charged for."""
    sunday = week_of(starts_on)[1]
    return f"From {with_weekday(starts_on)} to {with_weekday(sunday)} is {days_left(starts_on)} of 7 days."


def forecast(annual: Money, *, years: int, percent: Decimal, first_uplift_year: int) -> tuple[Fraction, ...]:
    """Exact pounds of each year when the price rises once a year by a percentage. Source: R166, E14.

    Args:
        annual: the first year's price before any rise.
        years: how many.
        percent: of each rise.
        first_uplift_year: 2 where the first year is flat.
    """
    rise = 1 + Fraction(percent) / 100
    first = Fraction(annual.pence, 100)
    return tuple(first * rise ** max(0, year - first_uplift_year + 1) for year in range(1, years + 1))
