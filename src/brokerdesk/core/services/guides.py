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
    """The lowest week's price at the members' framework rates."""

    provider: str
    rate: Money | None
    """For the lot's unit; none where the price is banded."""
    priced: Priced
    zones: tuple[str, ...]


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
    """The lowest price of a week among the members; none where nobody has a price for such a week.

    Source: docs/rules.md R157 to R163.
    """
    today, postcode = desk.today(), tidy_postcode(need.postcode)
    latest = frameworks.list_frameworks(desk)
    framework = next((held for held in latest if held.reference == framework_reference), None)
    if framework is None:
        return None
    with desk.reading() as unit:
        zones = framework.zones_of(outcode(postcode)) if postcode else ()
        lines, found = journey.rates_of(unit, framework), []
        for member in journey.members_of(unit, framework):
            if member.lot.casefold() != need.lot.casefold():
                continue
            rates = pricing.rates_of(
                framework, lines, location_id=member.location_id, need=need, zones=zones, on=today
            )
            if rates is None:
                continue
            try:
                priced = pricing.price_need(need, rates)
            except InputError:
                continue  # a visit of a length that has no band: no guide from this member
            found.append(Guide(member.provider, pricing.guide_rate(rates), priced, zones))
    return min(found, key=lambda held: (held.priced.weekly, held.provider), default=None)
