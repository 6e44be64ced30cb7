"""Finding anything by a few letters: people, packages, providers and postcodes."""

from __future__ import annotations

from dataclasses import dataclass

from brokerdesk.core.domain.identifiers import outcode, tidy_postcode
from brokerdesk.core.domain.package import Package
from brokerdesk.core.services import providers
from brokerdesk.core.services.desk import Desk

MOST_OF_A_KIND = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found."""

    kind: str
    """person, package, provider or postcode."""
    key: str
    """Reference of the package, id of the location, or the postcode."""
    words: str
    detail: str


def find_anything(desk: Desk, words: str) -> tuple[Hit, ...]:
    """What holds every word typed; people first, eight of a kind at most."""
    wanted = words.casefold().split()
    if not wanted:
        return ()
    with desk.reading() as unit:
        packages = unit.of(Package).find()
    people = [_person(p) for p in packages if _holds(p.need.person_name, wanted)]
    named = [_package(p) for p in packages if _holds(f"{p.reference} {p.need.reference}", wanted)]
    homes = [
        Hit(
            "provider",
            held.location_id,
            held.facts.location_name or held.location_id,
            held.facts.postcode or "",
        )
        for held in providers.find_locations(desk, words.strip(), MOST_OF_A_KIND)
    ]
    return (
        *people[:MOST_OF_A_KIND],
        *named[:MOST_OF_A_KIND],
        *homes[:MOST_OF_A_KIND],
        *_postcodes(packages, words)[:MOST_OF_A_KIND],
    )


def _holds(text: str, wanted: list[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in wanted)


def _person(package: Package) -> Hit:
    need = package.need
    return Hit(
        "person", package.reference, need.person_name, f"{package.reference}, {need.lot}, {need.postcode}"
    )


def _package(package: Package) -> Hit:
    need = package.need
    return Hit("package", package.reference, package.reference, f"{need.person_name}, {need.lot}")


def _postcodes(packages: tuple[Package, ...], words: str) -> list[Hit]:
    """Postcodes and districts at which somebody of the desk lives."""
    start = "".join(words.split()).upper()
    counts: dict[str, int] = {}
    for package in packages:
        postcode = tidy_postcode(package.need.postcode) or package.need.postcode
        for place in {postcode, outcode(postcode)}:
            if "".join(place.split()).startswith(start):
                counts[place] = counts.get(place, 0) + 1
    return [
        Hit("postcode", place, place, f"{count} {'package' if count == 1 else 'packages'}")
        for place, count in sorted(counts.items())
    ]
