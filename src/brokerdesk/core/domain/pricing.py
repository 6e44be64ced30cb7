"""What a need costs at a framework's rates or at an offer: visits, nights and bed together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from brokerdesk.core.domain.costs import (
    BandedRates,
    HourlyRate,
    NightPrice,
    RateCard,
    VisitRate,
    WeekCost,
    bed_first_week,
    days_left,
    net_of_fnc,
    nights_cost,
    nights_from_day,
    part_week_sentence,
    weekly_cost,
)
from brokerdesk.core.domain.costs import from_day as visits_from_day
from brokerdesk.core.domain.errors import InputError, RuleError
from brokerdesk.core.domain.framework import Framework, Lot, RateLine, Rounding, Unit
from brokerdesk.core.domain.framework_rules import FrameworkRules, RateKind
from brokerdesk.core.domain.money import ZERO, Money
from brokerdesk.core.domain.package import Need


@dataclass(frozen=True, slots=True)
class Rates:
    """One provider's prices for a need: the rate or its bands, the nights, and what the rate buys."""

    unit: Unit
    rounding: Rounding
    rate: Money | None
    """Pounds for the unit; none where banded."""
    bands: Mapping[int, Money]
    """Pounds for one carer's visit by minutes; empty where not banded."""
    nights: NightPrice = NightPrice()  # noqa: RUF009 - frozen and empty, so one value can serve all

    @property
    def card(self) -> RateCard | None:
        """How visits are priced; none where the framework gives no price for them."""
        if self.bands:
            return BandedRates(self.bands)
        if self.rate is None:
            return None
        return VisitRate(self.rate) if self.unit is Unit.VISIT else HourlyRate(self.rate, self.rounding)


@dataclass(frozen=True, slots=True)
class Priced:
    """A week's price with its working. Source: docs/rules.md R157 to R163."""

    exact: Fraction
    """Pounds before the last rounding."""
    weekly: Money
    """Gross of the nursing contribution."""
    net: Money
    """For council and person together, without the nursing contribution (R115)."""
    carer_hours: Decimal
    visit_hours: Decimal
    working: tuple[str, ...]
    """The arithmetic in sentences."""


def rates_in_force(
    lines: Iterable[RateLine], *, location_id: str, lot: str, zones: tuple[str, ...], on: date,
    kind: RateKind = RateKind.STANDARD,
) -> dict[int | None, RateLine]:  # fmt: skip
    """One provider's rate lines on a day by band (none: the lot's unit).

    The zone's own line stands before one for all zones; of those the latest `from_on` up to the day. A
    provider without an enhanced rate of the kind asked for is paid its standard one.
    """
    if kind is not RateKind.STANDARD:
        every = tuple(lines)
        enhanced = [replace(line, kind=RateKind.STANDARD) for line in every if line.kind is kind]
        found = rates_in_force(enhanced, location_id=location_id, lot=lot, zones=zones, on=on)
        return found or rates_in_force(every, location_id=location_id, lot=lot, zones=zones, on=on)
    chosen: dict[int | None, RateLine] = {}
    for line in lines:
        fits = line.location_id == location_id and line.lot.casefold() == lot.casefold()
        if not fits or line.kind is not RateKind.STANDARD:
            continue
        if (line.from_on or date.min) > on or not (line.zone is None or line.zone in zones):
            continue
        held = chosen.get(line.band_minutes)
        if held is None or _weight(line) > _weight(held):
            chosen[line.band_minutes] = line
    return chosen


def _weight(line: RateLine) -> tuple[bool, date, str, str]:
    return line.zone is not None, line.from_on or date.min, line.zone or "", line.id


def rates_of(
    framework: Framework,
    lines: Iterable[RateLine],
    *,
    location_id: str,
    need: Need,
    zones: tuple[str, ...],
    on: date,
    kind: RateKind = RateKind.STANDARD,
) -> Rates | None:
    """One provider's framework prices of a kind for a need on a day; none where the framework has none.

    Source: docs/rules.md R158, R159, R162.
    """
    lot = framework.lot(need.lot)
    if lot is None:
        return None
    held = tuple(lines)
    found = rates_in_force(held, location_id=location_id, lot=lot.name, zones=zones, on=on, kind=kind)
    nights = night_price(framework, held, location_id=location_id, need=need, zones=zones, on=on)
    bands = {band: line.rate for band, line in found.items() if band is not None}
    unit_line = found.get(None)
    if unit_line is None and not bands and nights == NightPrice(per_night=need.night_price):
        return None
    return Rates(lot.unit, framework.rounding, None if unit_line is None else unit_line.rate, bands, nights)


def night_price(
    framework: Framework,
    lines: Iterable[RateLine],
    *,
    location_id: str,
    need: Need,
    zones: tuple[str, ...],
    on: date,
) -> NightPrice:
    """What nights cost at one provider: rates of the lots whose unit is a night, else the need's own price.

    Of several such lots, one for the same service as the need's lot stands first. Source: docs/rules.md R162.
    """
    held = tuple(lines)
    service = next((lot.service for lot in framework.lots if lot.name.casefold() == need.lot.casefold()), "")

    def of(unit: Unit) -> Money | None:
        lots = sorted(
            (lot for lot in framework.lots if lot.unit is unit), key=lambda lot: lot.service != service
        )
        found = (
            rates_in_force(held, location_id=location_id, lot=lot.name, zones=zones, on=on).get(None)
            for lot in lots
        )
        return next((line.rate for line in found if line is not None), None)

    return NightPrice(of(Unit.NIGHT_SLEEP), of(Unit.NIGHT_WAKING), need.night_price)


def as_offered(lot: Lot, rates: Rates, rate: Money | None, kept: NightPrice | None) -> Rates:
    """The prices of an offer with its nights as they were kept with it; those found where none were kept."""
    if kept is None:
        return rates
    return offered_rates(lot, rates.rounding, rate=rate, bands=rates.bands, nights=kept)


def check_awarded(priced: Priced, awarded: Money) -> None:
    """Refuse a letter at another price than the award's. Source: docs/rules.md R148.

    Raises:
        RuleError: what the letter would print is not what was approved and awarded.
    """
    if priced.weekly != awarded:
        raise RuleError(
            f"The prices on file come to {priced.weekly.shown} a week, and {awarded.shown} was approved and "
            "awarded, so no letter can state the price. Withdraw the award, ask for the price again and have "
            "it approved.",
            rule="R148",
        )


def offered_rates(
    lot: Lot, rounding: Rounding, *, rate: Money | None, bands: Mapping[int, Money], nights: NightPrice
) -> Rates:
    """The prices of an offer; nights stay at the framework's rates unless the lot itself buys nights."""
    if rate is not None and lot.unit is Unit.NIGHT_SLEEP:
        nights = NightPrice(rate, nights.waking_hour, nights.per_night)
    if rate is not None and lot.unit is Unit.NIGHT_WAKING:
        nights = NightPrice(nights.sleep_in, rate, nights.per_night)
    return Rates(lot.unit, rounding, rate, dict(bands), nights)


def guide_rate(rates: Rates | None) -> Money | None:
    """Pounds for the lot's unit at the framework's rates; none where banded or not stated."""
    return None if rates is None or rates.bands else rates.rate


def price_need(need: Need, rates: Rates, *, from_day: date | None = None) -> Priced:
    """What a need costs in a week, or from a day to the Sunday of its charging week.

    Args:
        need: what is bought.
        rates: at which prices.
        from_day: none for a whole week.

    Raises:
        InputError: a visit or night has no price, or a visit's length no band. Source: R158 to R163, E1, E3.
    """
    parts = [part for part in (_visits(need, rates, from_day), _nights(need, rates, from_day)) if part]
    bed, fnc = _bed(need, rates, from_day)
    exact = sum((part.exact for part in parts), Fraction(bed.pence, 100))
    weekly = sum((part.total for part in parts), bed)
    working = tuple(step for part in parts for step in part.steps)
    if bed:
        working = (*working, _bed_sentence(bed, fnc, from_day))
    if from_day is not None:
        working = (part_week_sentence(from_day), *working)
    return Priced(
        exact=exact,
        weekly=weekly,
        net=net_of_fnc(weekly, fnc),
        carer_hours=sum((part.carer_hours for part in parts), Decimal(0)),
        visit_hours=parts[0].visit_hours if need.visits and parts else Decimal(0),
        working=working,
    )


def _visits(need: Need, rates: Rates, from_day: date | None) -> WeekCost | None:
    if not need.visits or rates.unit is Unit.WEEK:
        return None
    visits = need.visits if from_day is None else visits_from_day(need.visits, from_day)
    if rates.card is None:
        raise InputError(
            "There is no price for the visits. Add a rate to the framework or the offer.", rule="R158"
        )
    return weekly_cost(visits, rates.card, period=_period(from_day))


def _nights(need: Need, rates: Rates, from_day: date | None) -> WeekCost | None:
    if not need.nights:
        return None
    nights = need.nights if from_day is None else nights_from_day(need.nights, from_day)
    return nights_cost(nights, rates.nights, period=_period(from_day))


def _period(from_day: date | None) -> str:
    return "a week" if from_day is None else "in that part week"


def _bed(need: Need, rates: Rates, from_day: date | None) -> tuple[Money, Money]:
    """Gross price and nursing contribution of a place, for the week or its rest. Source: R115, R163."""
    if rates.unit is not Unit.WEEK and need.bed is None:
        return ZERO, ZERO
    price = rates.rate if rates.unit is Unit.WEEK and rates.rate is not None else None
    if price is None and need.bed is None:
        raise InputError("There is no weekly price. Add a rate to the framework or the offer.", rule="R163")
    weekly = price if price is not None else need.bed.price_per_week if need.bed else ZERO
    fnc = need.bed.fnc if need.bed else ZERO
    if from_day is None:
        return weekly, fnc
    return bed_first_week(weekly, from_day), bed_first_week(fnc, from_day)


def _bed_sentence(price: Money, fnc: Money, from_day: date | None) -> str:
    period = "a week" if from_day is None else f"for {days_left(from_day)} of 7 nights"
    if not fnc:
        return f"The place costs {price.shown} {period}."
    net = net_of_fnc(price, fnc)
    less = f"less {fnc.shown} that the NHS pays for nursing, {net.shown}"
    return f"The place costs {price.shown} {period}; {less}."


def first_week(need: Need, rates: Rates) -> Priced | None:
    """The first week's price where care does not start on the first day of the charging week. Source: E3."""
    return None if need.starts_on.weekday() == 0 else price_need(need, rates, from_day=need.starts_on)


def scored_price(need: Need, rates: Rates) -> Money:
    """The figure that price points are counted from: the rate as offered, or the week's price where banded.

    Raises:
        InputError: there is no price.
    """
    if rates.rate is not None and not rates.bands:
        return rates.rate
    return price_need(need, rates).weekly


def ceiling_of(
    rules: FrameworkRules, lot: Lot, zones: tuple[str, ...], kind: RateKind, on: date
) -> Money | None:
    """The ceiling that holds: the zone's own for the kind of rate, else that of all zones, else the lot's.

    Source: docs/rules.md R025.

    Args:
        rules: as the round keeps them.
        lot: whose own ceiling stands last.
        zones: in which the person lives.
        kind: of the rate that is asked.
        on: the day whose ceiling counts; for a round the day on which it opened.
    """
    rows = [
        row
        for row in rules.ceilings
        if row.lot.casefold() == lot.name.casefold() and row.kind is kind and row.is_in_force(on)
    ]
    own = next((row.ceiling for row in rows if row.zone in zones), None)
    return own or next((row.ceiling for row in rows if row.zone is None), None) or lot.ceiling


def is_above_ceiling(lot: Lot, rates: Rates, need: Need) -> bool:
    """Whether a price is above the lot's ceiling, which is per the lot's unit.

    Banded prices are compared by what they come to for each unit of the week's visits.
    """
    if lot.ceiling is None:
        return False
    if rates.rate is not None and not rates.bands:
        return rates.rate > lot.ceiling
    units = _units_bought(lot, need)
    return bool(units) and price_need(need, rates).exact > Fraction(lot.ceiling.pence, 100) * units


def scored_ceiling(lot: Lot, need: Need, *, is_banded: bool) -> Decimal | None:
    """The lot's ceiling in the terms of `scored_price`, pounds; none where the lot has none. Source: R021."""
    if lot.ceiling is None:
        return None
    if not is_banded:
        return lot.ceiling.pounds
    return Money.from_exact(Fraction(lot.ceiling.pence, 100) * _units_bought(lot, need)).pounds


def _units_bought(lot: Lot, need: Need) -> Fraction:
    if lot.unit is Unit.VISIT:
        return Fraction(sum(visit.carers for visit in need.visits))
    return Fraction(sum(visit.minutes * visit.carers for visit in need.visits), 60)


def ceiling_sentence(provider: str, lot: Lot, rates: Rates) -> str:
    """What to say of an offer above the ceiling."""
    ceiling = lot.ceiling or ZERO
    if rates.rate is None or rates.bands:
        over = "above the ceiling"
    else:
        over = f"{(rates.rate - ceiling).shown} above the ceiling of {ceiling.shown} {UNIT_WORDS[lot.unit]}"
    return (
        f"The offer of {provider} is {over} for {lot.name}. Ask the provider to revise it, "
        "or record an exception with its reason."
    )


UNIT_WORDS = {
    Unit.HOUR: "an hour",
    Unit.VISIT: "a visit",
    Unit.NIGHT_SLEEP: "a night",
    Unit.NIGHT_WAKING: "an hour",
    Unit.WEEK: "a week",
}
"""What a rate is per, in words."""


def rate_sentence(rates: Rates) -> str:
    """A rate as people read it: `£24.10 an hour`, or its bands."""
    if rates.bands:
        by_length = sorted(rates.bands.items())
        return ", ".join(f"{price.shown} for {minutes} minutes" for minutes, price in by_length)
    return "no rate" if rates.rate is None else f"{rates.rate.shown} {UNIT_WORDS[rates.unit]}"
