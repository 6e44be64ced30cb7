"""What lies around a person: postcodes of the framework's zones and where each location is, for the map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from statistics import fmean

from brokerdesk.core.domain.framework import Framework
from brokerdesk.core.domain.identifiers import outcode
from brokerdesk.core.domain.package import Package
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import journey
from brokerdesk.core.services.desk import Desk

Place = tuple[float, float]
"""Latitude and longitude."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Everything that the map draws."""

    home: Place | None
    """Of the postcode, else of its district; none where no table has named either."""
    postcodes: tuple[tuple[float, float, bool], ...]
    """Latitude, longitude, and whether it lies in a zone of the person's own."""
    districts: tuple[tuple[float, float, str], ...]
    """Middle of each district with its name."""
    places: Mapping[str, Place]
    """Position by location id; those not known are left out."""
    zones: tuple[str, ...]
    """Zones that hold the person's district."""


def around(desk: Desk, package_id: str, location_ids: Iterable[str]) -> Surroundings:
    """The postcodes around a person's home and the positions of some locations; no network is used."""
    with desk.reading() as unit:
        package = unit.of(Package).get(package_id)
        framework = journey.framework_of(unit, package)
        own = outcode(package.need.postcode)
        zones = framework.zones_of(own)
        rows = unit.directory.positions_within(_districts(framework, own))
        return Surroundings(
            home=_home(unit, package.need.postcode),
            postcodes=_postcodes(rows, framework, zones, own),
            districts=_middles(rows),
            places=_places(unit, tuple(location_ids)),
            zones=zones,
        )


def _districts(framework: Framework, own: str) -> tuple[str, ...]:
    named = (code for zone in framework.zones for code in zone.outcodes)
    return tuple(dict.fromkeys((own, *named)))


def _home(unit: UnitOfWork, postcode: str) -> Place | None:
    known = unit.directory.positions((postcode, outcode(postcode)))
    return known.get(postcode) or known.get(outcode(postcode))


def _postcodes(
    rows: tuple[tuple[str, float, float], ...], framework: Framework, zones: tuple[str, ...], own: str
) -> tuple[tuple[float, float, bool], ...]:
    inside = {code for zone in framework.zones if zone.name in zones for code in zone.outcodes} or {own}
    return tuple(
        (north, east, _district(postcode) in inside) for postcode, north, east in rows if " " in postcode
    )


def _district(postcode: str) -> str:
    """The district of a postcode; a table may also name districts alone."""
    return postcode.partition(" ")[0]


def _middles(rows: tuple[tuple[str, float, float], ...]) -> tuple[tuple[float, float, str], ...]:
    by_district = sorted((_district(postcode), north, east) for postcode, north, east in rows)
    found = []
    for district, group in groupby(by_district, key=lambda row: row[0]):
        places = list(group)
        found.append((fmean(row[1] for row in places), fmean(row[2] for row in places), district))
    return tuple(found)


def _places(unit: UnitOfWork, location_ids: tuple[str, ...]) -> dict[str, Place]:
    known = unit.directory.known(location_ids)
    wanted = {k.facts.postcode for k in known.values() if k.facts.latitude is None and k.facts.postcode}
    by_postcode = unit.directory.positions(wanted)
    found: dict[str, Place] = {}
    for location_id, location in known.items():
        facts = location.facts
        if facts.latitude is not None and facts.longitude is not None:
            found[location_id] = (facts.latitude, facts.longitude)
        elif facts.postcode in by_postcode:
            found[location_id] = by_postcode[facts.postcode]
    return found
