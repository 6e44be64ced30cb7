"""A week's price as lines with a quantity, a rate and an amount, as an agreement states it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from brokerdesk.core.domain import costs
from brokerdesk.core.domain.costs import HourlyRate, NightPrice
from brokerdesk.core.domain.framework import Rounding, Unit
from brokerdesk.core.domain.money import ZERO, Money
from brokerdesk.core.domain.package import Need
from brokerdesk.core.domain.pricing import Rates
from brokerdesk.core.domain.visits import Night, NightKind

_NIGHTS = {NightKind.SLEEP_IN: "Sleep-in nights", NightKind.WAKING: "Waking nights"}


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One line of a week's price."""

    what: str
    quantity: str
    """With its unit: `35.00 carer hours`."""
    rate: str
    """With its unit: `£24.10 an hour`."""
    amount: Money


def price_lines(need: Need, rates: Rates) -> tuple[PriceLine, ...]:
    """The lines of a week; their amounts add up to the week's price to the penny.

    Source: docs/rules.md R157 to R163.

    Raises:
        InputError: a visit or night has no price.
    """
    return (*_visit_lines(need, rates), *_night_lines(need, rates.nights), *_bed_line(need, rates))


def _visit_lines(need: Need, rates: Rates) -> tuple[PriceLine, ...]:
    if not need.visits or rates.unit is Unit.WEEK or rates.card is None:
        return ()
    card, calls = rates.card, costs.calls_of(need.visits)
    if isinstance(card, HourlyRate) and card.rounding is Rounding.WEEK:
        week = costs.calls_cost(calls, card)
        quantity = f"{week.carer_hours:,.2f} carer hours"
        return (PriceLine("Visits", quantity, f"{card.per_hour.shown} an hour", week.total),)
    priced = [(call, costs.visit_price(call.minutes, card)) for call in calls]
    return tuple(
        PriceLine(
            f"Visits of {call.minutes} minutes", f"{call.carer_visits:,} carer visits",
            f"{price.shown} a visit", Money(price.pence * call.carer_visits),
        )
        for call, price in priced
    )  # fmt: skip


def _night_lines(need: Need, price: NightPrice) -> tuple[PriceLine, ...]:
    if not need.nights:
        return ()
    total = costs.nights_cost(need.nights, price).total
    alike: dict[tuple[NightKind, Decimal | None], list[Night]] = {}
    for night in need.nights:
        alike.setdefault((night.kind, night.hours), []).append(night)
    lines = tuple(_night_line(kind, hours, tuple(held), price) for (kind, hours), held in alike.items())
    if sum((line.amount for line in lines), ZERO) == total:
        return lines
    # Hours of several kinds are rounded once together, so they stand in one line.
    return (PriceLine("Nights", f"{len(need.nights)} nights", "as the nights above", total),)


def _night_line(
    kind: NightKind, hours: Decimal | None, nights: tuple[Night, ...], price: NightPrice
) -> PriceLine:
    amount = costs.nights_cost(nights, price).total
    what = _NIGHTS[kind] + (f" of {hours:f} hours" if hours is not None else "")
    by_hour = kind is NightKind.WAKING and price.waking_hour is not None and hours is not None
    one = price.waking_hour if by_hour else costs.nights_cost(nights[:1], price).total
    rate = f"{one.shown} {'an hour' if by_hour else 'a night'}" if one is not None else ""
    return PriceLine(what, f"{len(nights)} nights", rate, amount)


def _bed_line(need: Need, rates: Rates) -> tuple[PriceLine, ...]:
    if rates.unit is not Unit.WEEK and need.bed is None:
        return ()
    own = rates.rate if rates.unit is Unit.WEEK else None
    weekly = own if own is not None else need.bed.price_per_week if need.bed else ZERO
    return (PriceLine("Place in the home", "1 week", f"{weekly.shown} a week", weekly),)
