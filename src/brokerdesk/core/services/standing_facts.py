"""What is true today of those who may be asked: what they have free, and whom they already come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from brokerdesk.core.domain.capacity_ledger import Ledger
from brokerdesk.core.domain.nearby import Nearby
from brokerdesk.core.domain.package import Package
from brokerdesk.core.services import capacity, journey, neighbours
from brokerdesk.core.services.desk import Desk


@dataclass(frozen=True, slots=True)
class StandingFacts:
    """By location id; a location that is absent has nothing to tell."""

    ledgers: Mapping[str, Ledger] = field(default_factory=dict)
    """In the lot of the need."""
    nearby: Mapping[str, Nearby] = field(default_factory=dict)


def standing_facts(desk: Desk, package_id: str) -> StandingFacts:
    """What providers have free and do around a person, today; the kept list is judged without it.

    Source: docs/rules.md R022.
    """
    with desk.reading() as unit:
        package = unit.of(Package).get(package_id)
        framework = journey.framework_of(unit, package)
        counted = capacity.ledgers(unit, framework, desk.now())
        lot = package.need.lot.casefold()
        return StandingFacts(
            ledgers={location: held for (location, name), held in counted.items() if name == lot},
            nearby=neighbours.nearby(unit, package, desk.today()),
        )
