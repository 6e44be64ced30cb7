"""Who is on a framework and what is called off it: members, lots, suspensions and rates to look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from brokerdesk.core.domain.award import Award
from brokerdesk.core.domain.capacity_ledger import Ledger
from brokerdesk.core.domain.directory import KnownLocation
from brokerdesk.core.domain.framework import Framework, Lot, Member, RateLine, Suspension
from brokerdesk.core.domain.money import ZERO, Money
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import capacity, frameworks, journey
from brokerdesk.core.services.desk import Desk


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """One location with its places on one framework."""

    framework: Framework
    location_id: str
    provider: str
    places: tuple[Member, ...]
    """One per lot and zone."""
    rates: tuple[RateLine, ...]
    suspensions: tuple[Suspension, ...]
    """Those lifted among them."""
    known: KnownLocation | None
    """What the directory states; none where no file has named the location."""
    live_packages: int
    """Awards to it that were not withdrawn."""
    ledgers: Mapping[str, Ledger] = field(default_factory=dict)
    """What it has free in each of its lots, by the lot's name casefolded."""

    @property
    def lots(self) -> tuple[str, ...]:
        """Names of its lots, each once."""
        return tuple(dict.fromkeys(place.lot for place in self.places))

    @property
    def zones(self) -> tuple[str, ...]:
        """Names of its zones, each once."""
        return tuple(dict.fromkeys(place.zone for place in self.places if place.zone))

    @property
    def tier(self) -> int | None:
        """The highest tier it stands in; none where the framework has no tiers."""
        return min((place.tier for place in self.places if place.tier is not None), default=None)

    @property
    def ledger(self) -> Ledger | None:
        """Of a lot that is over-committed, else of the first that states anything."""
        stated = [held for held in self.ledgers.values() if held.free is not None]
        over = [held for held in stated if held.is_over]
        return next(iter((*over, *stated)), None)

    @property
    def capacity(self) -> tuple[Decimal, str] | None:
        """Carer hours or beds it has free, with the unit; none where not stated."""
        stated = next((place for place in self.places if place.capacity is not None), None)
        return (
            (stated.capacity, stated.capacity_unit or "") if stated and stated.capacity is not None else None
        )


@dataclass(frozen=True, slots=True)
class LotFacts:
    """One lot with what it holds."""

    lot: Lot
    zones: int
    providers: int
    awards: int
    called_off: Money
    """A week, over the awards that were not withdrawn."""


def members(desk: Desk, framework_id: str) -> tuple[MemberFacts, ...]:
    """Every location of one framework edition, by name."""
    with desk.reading() as unit:
        return _members(unit, unit.of(Framework).get(framework_id), desk.now())


def every_member(desk: Desk) -> tuple[MemberFacts, ...]:
    """Every location of the latest edition of each framework, by name."""
    latest = frameworks.list_frameworks(desk)
    with desk.reading() as unit:
        found = [row for framework in latest for row in _members(unit, framework, desk.now())]
    return tuple(sorted(found, key=lambda row: (row.provider.casefold(), row.location_id)))


def editions(desk: Desk, reference: str) -> tuple[Framework, ...]:
    """Every edition of one framework, the latest first."""
    with desk.reading() as unit:
        found = unit.of(Framework).find(reference=reference)
    return tuple(sorted(found, key=lambda held: -held.edition))


def lots(desk: Desk, framework_id: str) -> tuple[LotFacts, ...]:
    """The lots of one framework in the workbook's order; what every edition of it called off counts."""
    with desk.reading() as unit:
        framework = unit.of(Framework).get(framework_id)
        places = journey.members_of(unit, framework)
        awards = unit.of(Award).find(framework_reference=framework.reference)
    live = [award for award in awards if award.withdrawn_at is None]
    return tuple(_lot_facts(lot, places, live) for lot in framework.lots)


def locations_known(desk: Desk) -> int:
    """How many locations the directory names."""
    with desk.reading() as unit:
        return unit.directory.count()


def _lot_facts(lot: Lot, places: Iterable[Member], awards: Iterable[Award]) -> LotFacts:
    name = lot.name.casefold()
    of_lot = [place for place in places if place.lot.casefold() == name]
    called_off = [award.weekly_cost for award in awards if award.lot.casefold() == name]
    return LotFacts(
        lot=lot,
        zones=len({place.zone for place in of_lot if place.zone}),
        providers=len({place.location_id for place in of_lot}),
        awards=len(called_off),
        called_off=sum(called_off, ZERO),
    )


def _members(unit: UnitOfWork, framework: Framework, now: datetime) -> tuple[MemberFacts, ...]:
    places = _by_location(journey.members_of(unit, framework))
    rates = _by_location(journey.rates_of(unit, framework))
    suspensions = _by_location(journey.suspensions_of(unit, framework))
    awards = _by_location(a for a in unit.of(Award).find() if a.withdrawn_at is None)
    known = unit.directory.known(places)
    counted: dict[str, dict[str, Ledger]] = {}
    for (location_id, lot), held in capacity.ledgers(unit, framework, now).items():
        counted.setdefault(location_id, {})[lot] = held
    found = (
        MemberFacts(
            framework=framework, location_id=location_id, provider=held[0].provider, places=tuple(held),
            rates=tuple(rates.get(location_id, ())), suspensions=tuple(suspensions.get(location_id, ())),
            known=known.get(location_id), live_packages=len(awards.get(location_id, ())),
            ledgers=counted.get(location_id, {}),
        )
        for location_id, held in places.items()
    )  # fmt: skip
    return tuple(sorted(found, key=lambda row: (row.provider.casefold(), row.location_id)))


def _by_location(values: Iterable[Any]) -> Mapping[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for value in values:
        found.setdefault(value.location_id, []).append(value)
    return found
