"""Facts of a location in words: what each is called, and its value as people read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from brokerdesk.core.domain.directory import FACTS, FactOrigin, KnownLocation
from brokerdesk.core.wording import say

FACT_WORDS = {
    "rating": say("CQC rating"),
    "rating_on": say("Rating published"),
    "is_registered": say("Registered with CQC"),
    "deregistered_on": say("Registration ended"),
    "registered_on": say("Registered since"),
    "regulated_activities": say("CQC activities"),
    "service_types": say("Services"),
    "specialisms": say("Serves"),
    "is_dormant": say("Dormant"),
    "is_care_home": say("Care home"),
    "beds": say("Beds"),
    "location_name": say("Location"),
    "provider_name": say("Provider"),
    "provider_id": say("Provider id"),
    "address_lines": say("Address"),
    "postcode": say("Postcode"),
    "local_authority": say("Local authority"),
    "region": say("Region"),
    "phone": say("Telephone"),
    "website": say("Website"),
    "brand": say("Brand"),
    "company_number": say("Company number"),
    "charity_number": say("Charity number"),
    "ods_code": say("ODS code"),
    "uprn": say("UPRN"),
    "sector": say("Sector"),
    "category": say("Inspection category"),
    "latitude": say("Latitude"),
    "longitude": say("Longitude"),
}
"""Every fact by its name; the order is the one in which people ask."""


def day_of(day: date) -> str:
    """A day as `12 Aug 2025`."""
    return f"{day.day} {day:%b %Y}"


def value_words(value: object) -> str:
    """A fact's value as people read it."""
    match value:
        case bool():
            return say("Yes") if value else say("No")
        case date():
            return day_of(value)
        case tuple():
            return ", ".join(str(part) for part in value)
    return str(value)


def stated_facts(known: KnownLocation, file_names: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    """Every fact that a file has stated: what it is, its value, and the file with its day.

    Args:
        known: the location.
        file_names: name by SHA-256 of the files taken in.
    """
    found = []
    for name in (*FACT_WORDS, *(name for name in FACTS if name not in FACT_WORDS)):
        value, origin = getattr(known.facts, name), known.origins.get(name)
        if value is not None:
            source = _source(origin, file_names) if origin else ""
            found.append((FACT_WORDS.get(name, name), value_words(value), source))
    return tuple(found)


def _source(origin: FactOrigin, file_names: Mapping[str, str]) -> str:
    name, day = file_names.get(origin.file_sha256), day_of(origin.dated_on)
    return say("{name}, {day}", name=name, day=day) if name else say("CQC file of {day}", day=day)
