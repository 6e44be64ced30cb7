"""What a need would cost before anyone has offered: kinds of care and their guide price."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from brokerdesk.core.domain import pricing
from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.framework import Framework, Lot, Member, RateLine, Unit
from brokerdesk.core.domain.identifiers import outcode, tidy_postcode
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Need
from brokerdesk.core.domain.pricing import Priced
from brokerdesk.core.services import frameworks, journey
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.referrals import framework_order


@dataclass(frozen=True, slots=True)
class KindOfCare:
    """One lot of one framework, as a need may ask for it."""

    reference: str
    """Of the framework."""
    framework: str
    lot: Lot
    is_live: bool
    """The framework may be called off from today."""
    members: tuple[tuple[str, str], ...]
    """Location id and name of those on the lot, by name."""
    stated: tuple[tuple[str, ...], ...] = ()
    """What each of those states that it can meet; nothing of one whose workbook says nothing."""
    place_price: Money | None = None
    """Of a lot bought by the week: the framework's price at its first member; none where it has none."""

    @property
    def key(self) -> str:
        """Framework and lot in one text."""
        return f"{self.reference}|{self.lot.name}"

    @property
    def stated_needs(self) -> tuple[str, ...]:
        """Everything that some member states that it can meet, once each, by name."""
        found = {need.casefold(): need for needs in self.stated for need in needs}
        return tuple(found[key] for key in sorted(found))

    def left_out_by(self, needs: tuple[str, ...]) -> int:
        """How many members state what they can meet and lack one of these: they would not be asked."""
        wanted = {need.casefold() for need in needs}
        return sum(bool(held) and not wanted <= {need.casefold() for need in held} for held in self.stated)


@dataclass(frozen=True, slots=True)
class Guide:
    """A week's price at one member's framework rates."""

    provider: str
    rate: Money | None
    """For the lot's unit; none where the price is banded."""
    priced: Priced
    stands_for: Money | None = None
    """The price of a place that the need states and that the framework's own takes the place of; none where
    they are the same or the need states none."""


def kinds_of_care(desk: Desk) -> tuple[KindOfCare, ...]:
    """Every lot of the latest edition of each framework, the live ones first."""
    today, found = desk.today(), []
    latest = frameworks.list_frameworks(desk)
    with desk.reading() as unit:
        for framework in latest:
            members = journey.members_of(unit, framework)
            lines = journey.rates_of(unit, framework)
            for lot in framework.lots:
                on_lot = [m for m in members if m.lot.casefold() == lot.name.casefold()]
                found.append(_kind(framework, lot, on_lot, lines, today))
    return tuple(sorted(found, key=lambda kind: not kind.is_live))


def _kind(
    framework: Framework, lot: Lot, on_lot: list[Member], lines: tuple[RateLine, ...], today: date
) -> KindOfCare:
    by_place = {m.location_id: m for m in on_lot}
    ordered = sorted(by_place.values(), key=lambda m: m.provider)
    return KindOfCare(
        framework.reference, framework.name, lot, framework.is_live(today),
        tuple((m.location_id, m.provider) for m in ordered), tuple(m.needs for m in ordered),
        _place_price(lot, sorted(on_lot, key=framework_order), lines, today),
    )  # fmt: skip


def _place_price(
    lot: Lot, on_lot: list[Member], lines: tuple[RateLine, ...], today: date
) -> Money | None:
    """What a place costs a week at the first member, by tier and rank, whose rate holds in every zone."""
    if lot.unit is not Unit.WEEK:
        return None
    for member in on_lot:
        held = pricing.rates_in_force(lines, location_id=member.location_id, lot=lot.name, zones=(), on=today)
        if None in held:
            return held[None].rate
    return None


def guide(desk: Desk, need: Need, framework_reference: str) -> Guide | None:
    """The week's price at the first member, by tier and rank, that has rates for it; none where nobody has.

    Source: docs/rules.md R157 to R163.
    """
    latest = frameworks.list_frameworks(desk)
    framework = next((held for held in latest if held.reference == framework_reference), None)
    if framework is None:
        return None
    with desk.reading() as unit:
        lines, members = journey.rates_of(unit, framework), journey.members_of(unit, framework)
    postcode = tidy_postcode(need.postcode)
    zones = framework.zones_of(outcode(postcode)) if postcode else ()
    on_lot = [member for member in members if member.lot.casefold() == need.lot.casefold()]
    for member in sorted(on_lot, key=framework_order):
        rates = pricing.rates_of(
            framework, lines, location_id=member.location_id, need=need, zones=zones, on=desk.today()
        )
        if rates is None:
            continue
        try:
            priced = pricing.price_need(need, rates)
        except InputError:
            continue  # a visit of a length that has no band: no guide from this member
        rate = pricing.guide_rate(rates)
        typed = need.bed.price_per_week if need.bed is not None and rates.unit is Unit.WEEK else None
        return Guide(member.provider, rate, priced, None if rate is None or typed == rate else typed)
    return None
