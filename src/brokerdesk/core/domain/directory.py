"""The regulator's directory: what its files state about a location, and what is known from all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import Any

from brokerdesk.core.domain.errors import InputProblem


class Rating(StrEnum):
    """The overall rating of a location. Source: docs/rules.md R119."""

    OUTSTANDING = "Outstanding"
    GOOD = "Good"
    REQUIRES_IMPROVEMENT = "Requires improvement"
    INADEQUATE = "Inadequate"
    NOT_RATED = "Not yet rated"
    """Stated by the file: not yet rated, or inspected with too little evidence to rate."""


@dataclass(frozen=True, slots=True)
class LocationFacts:
    """What one file states about one location; None is *not stated* and never erases."""

    location_id: str
    provider_id: str | None = None
    location_name: str | None = None
    provider_name: str | None = None
    address_lines: tuple[str, ...] | None = None
    """Street to county, without the postcode."""
    postcode: str | None = None
    """As `WN5 9AA`."""
    latitude: float | None = None
    """Degrees, WGS 84."""
    longitude: float | None = None
    local_authority: str | None = None
    region: str | None = None
    phone: str | None = None
    website: str | None = None
    is_registered: bool | None = None
    deregistered_on: date | None = None
    registered_on: date | None = None
    is_dormant: bool | None = None
    is_care_home: bool | None = None
    sector: str | None = None
    """Such as `Social Care Org`."""
    category: str | None = None
    """Primary inspection category."""
    service_types: tuple[str, ...] | None = None
    """In the words of the regulator's register, sorted."""
    regulated_activities: tuple[str, ...] | None = None
    """All that it is registered for, sorted; None: no file has said (R116)."""
    specialisms: tuple[str, ...] | None = None
    """Groups of people it serves, sorted."""
    rating: Rating | None = None
    rating_on: date | None = None
    """Publication of that rating."""
    beds: int | None = None
    company_number: str | None = None
    charity_number: str | None = None
    ods_code: str | None = None
    uprn: str | None = None
    brand: str | None = None


FACTS = tuple(field.name for field in fields(LocationFacts) if field.name != "location_id")
"""Every fact by name, in order."""

# Facts that only make sense together: where the first is stated, the others come from the same file or are
# blank.
_TOGETHER: Mapping[str, tuple[str, ...]] = {
    "rating": ("rating_on",),
    "is_registered": ("deregistered_on",),
    "latitude": ("longitude",),
    "postcode": ("address_lines",),
}
_LED = {led: lead for lead, followers in _TOGETHER.items() for led in followers}
_LEADERS = tuple(_LED.get(name, name) for name in FACTS)
_all_facts = attrgetter(*FACTS)


@dataclass(frozen=True, slots=True)
class FactOrigin:
    """The file that stated a fact, and the day that the file speaks of."""

    file_sha256: str
    dated_on: date


@dataclass(frozen=True, slots=True)
class KnownLocation:
    """All that is known of a location, each fact with its origin."""

    facts: LocationFacts
    origins: Mapping[str, FactOrigin]
    """Origin by the name of each fact that is stated."""

    @property
    def location_id(self) -> str:
        """The regulator's id of the location."""
        return self.facts.location_id


@dataclass(frozen=True, slots=True)
class Skipped:
    """Rows that were left out on purpose."""

    reason: str
    """In words, such as `no location id`."""
    rows: int


@dataclass(frozen=True, slots=True)
class DirectoryRead:
    """What a directory file states; nothing is kept yet."""

    layout: str
    """Name of the layout that it was recognised as, for people."""
    file_name: str
    file_sha256: str
    file_dated_on: date | None
    """The day that the file speaks of; None where neither its content nor its name tells."""
    dated_by: str
    """How that day was found, in words."""
    rows_read: int
    """Data rows of the file, headings and blank rows apart."""
    rows: tuple[LocationFacts, ...]
    """One per location, in the order of the file."""
    problems: tuple[InputProblem, ...]
    skipped: tuple[Skipped, ...]


def with_newer(known: KnownLocation | None, facts: LocationFacts, origin: FactOrigin) -> KnownLocation:
    """What is known after a file is read: the later file wins fact by fact, and a blank never erases.

    Args:
        known: what was known of that location; None where it is new.
        facts: what the file states.
        origin: the file and its day; of two files of one day the one read last wins.
    """
    if known is None:
        stated = zip(FACTS, _all_facts(facts), strict=True)
        return KnownLocation(facts, {name: origin for name, value in stated if value is not None})
    values: dict[str, Any] = {}
    origins = dict(known.origins)
    for name, leader, value in zip(FACTS, _LEADERS, _all_facts(facts), strict=True):
        if value is None and (leader is name or getattr(facts, leader) is None):
            continue
        older = known.origins.get(name) or known.origins.get(leader)
        if older is None or older.dated_on <= origin.dated_on:
            values[name] = value
            if value is None:
                origins.pop(name, None)
            else:
                origins[name] = origin
    return KnownLocation(replace(known.facts, **values), origins)


def changed_facts(known: KnownLocation | None, later: KnownLocation) -> tuple[str, ...]:
    """Names of the facts whose value differs; a mere change of origin is none."""
    if known is None:
        return tuple(name for name in FACTS if getattr(later.facts, name) is not None)
    if known.facts == later.facts:
        return ()
    return tuple(name for name in FACTS if getattr(known.facts, name) != getattr(later.facts, name))
