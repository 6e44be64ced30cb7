"""What a need would cost before anyone has offered: kinds of care and their guide price."""

from __future__ import annotations

from dataclasses import dataclass

from brokerdesk.core.domain import pricing
from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.framework import Lot
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

    @property
    def key(self) -> str:
        """Framework and lot in one text."""
        return f"{self.reference}|{self.lot.name}"


@dataclass(frozen=True, slots=True)
class Guide:
    """A week's price at one member's framework rates."""

    provider: str
    rate: Money | None
    """For the lot's unit; none where the price is banded."""
    priced: Priced


def kinds_of_care(desk: Desk) -> tuple[KindOfCare, ...]:
    """Every lot of the latest edition of each framework, the live ones first."""
    today, found = desk.today(), []
    latest = frameworks.list_frameworks(desk)
    with desk.reading() as unit:
        for framework in latest:
            members = journey.members_of(unit, framework)
            for lot in framework.lots:
                on_lot = {
                    m.location_id: m.provider for m in members if m.lot.casefold() == lot.name.casefold()
                }
                found.append(
                    KindOfCare(
                        framework.reference, framework.name, lot, framework.is_live(today),
                        tuple(sorted(on_lot.items(), key=lambda held: held[1])),
                    )
                )  # fmt: skip
    return tuple(sorted(found, key=lambda kind: not kind.is_live))


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
        return Guide(member.provider, pricing.guide_rate(rates), priced)
    return None
