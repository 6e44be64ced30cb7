"""Who already gives care around a person: in her home, her street, or nearby, without saying to whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from brokerdesk.core.domain.identifiers import outcode
from brokerdesk.core.domain.package import Need


@dataclass(frozen=True, slots=True)
class LiveCare:
    """A provider that gives care to someone now."""

    location_id: str
    need: Need


@dataclass(frozen=True, slots=True)
class Nearby:
    """What one provider does around the person, other people counted and never named."""

    is_with_person: bool = False
    """It gives her other care already."""
    in_postcode: int = 0
    """Other people at the same postcode."""
    in_sector: int = 0
    """Other people in the same sector, such as WN5 9, those at the postcode among them."""
    in_district: int = 0
    """Other people in the same district, such as WN5, those in the sector among them."""

    @property
    def is_close(self) -> bool:
        """Whether carers of it come to the person, her street or her sector already."""
        return self.is_with_person or bool(self.in_sector)

    @property
    def sentence(self) -> str:
        """What is known, the nearest first; empty where nothing is."""
        told = ["Gives care to this person already"] if self.is_with_person else []
        if self.in_postcode:
            told.append(f"Visits {_people(self.in_postcode)} at this postcode already")
        if self.in_sector > self.in_postcode:
            told.append(f"Visits {_people(self.in_sector - self.in_postcode)} in the streets around")
        if self.in_district > self.in_sector:
            told.append(f"Visits {_people(self.in_district - self.in_sector)} elsewhere in the district")
        return ". ".join(told)


def sector(postcode: str) -> str:
    """The district and the first figure after it: `WN5 9` of WN5 9AA."""
    district, _, inward = postcode.partition(" ")
    return f"{district} {inward[:1]}".strip()


def is_same_person(one: Need, other: Need) -> bool:
    """Whether two needs are of one person: by NHS number, else by both names and the day of birth."""
    if one.nhs_number and other.nhs_number:
        return one.nhs_number.replace(" ", "") == other.nhs_number.replace(" ", "")
    is_alike = one.person_name.casefold() == other.person_name.casefold()
    return is_alike and one.born_on is not None and one.born_on == other.born_on


def look_around(need: Need, care: Iterable[LiveCare]) -> Mapping[str, Nearby]:
    """What each provider does around a person, by location id. Source: docs/rules.md R022."""
    found: dict[str, Nearby] = {}
    for held in care:
        before = found.get(held.location_id, Nearby())
        found[held.location_id] = _with(before, need, held.need)
    return found


def _with(before: Nearby, need: Need, other: Need) -> Nearby:
    if is_same_person(need, other):
        return Nearby(True, before.in_postcode, before.in_sector, before.in_district)
    return Nearby(
        before.is_with_person,
        before.in_postcode + (other.postcode == need.postcode),
        before.in_sector + (sector(other.postcode) == sector(need.postcode)),
        before.in_district + (outcode(other.postcode) == outcode(need.postcode)),
    )


def _people(count: int) -> str:
    return "1 other person" if count == 1 else f"{count} other people"
