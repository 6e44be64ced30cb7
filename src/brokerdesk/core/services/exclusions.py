"""What was found of a supplier by the looks at the exclusion grounds, wherever made. Source: R034, R076."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from brokerdesk.core.domain.award import CLEAR, EXCLUDED, ExclusionCheck
from brokerdesk.core.domain.eligibility import Exclusion
from brokerdesk.core.domain.framework import Member
from brokerdesk.core.ports import UnitOfWork


def exclusions_of(unit: UnitOfWork) -> Mapping[str, Exclusion]:
    """What the latest look found against somebody, by location. Source: docs/rules.md R034, R076."""
    return {
        location_id: Exclusion(check.outcome == EXCLUDED, check.checked_on)
        for location_id, check in standing_findings(unit).items()
    }


def standing_findings(unit: UnitOfWork) -> Mapping[str, ExclusionCheck]:
    """The finding that stands against a supplier, by each of its locations.

    A finding is of the supplier, not of one package or one place: it stands everywhere until a look of a
    later day, or one recorded later of the same day, finds nothing. Source: docs/rules.md R034, R076.
    """
    checks = unit.of(ExclusionCheck).find()
    if all(check.outcome == CLEAR for check in checks):
        return {}
    suppliers = {place: supplier_of(unit, place) for place in {check.location_id for check in checks}}
    last: dict[str, ExclusionCheck] = {}
    for check in sorted(checks, key=lambda held: held.checked_on):  # stable: the later recorded comes later
        last[suppliers[check.location_id]] = check
    found = {supplier: check for supplier, check in last.items() if check.outcome != CLEAR}
    places = {place: found[supplier] for place, supplier in suppliers.items() if supplier in found}
    for supplier, check in found.items():
        places |= {member.location_id: check for member in unit.of(Member).find(provider_id=supplier)}
    return places


def check_at_award(unit: UnitOfWork, package_id: str, location_id: str) -> ExclusionCheck | None:
    """The look that an award rests on: this package's latest, unless a later one found something elsewhere.

    What was found elsewhere and may exclude carries no decision for this package. Source: R076, R077.
    """
    own = unit.of(ExclusionCheck).find(package_id=package_id, location_id=location_id)
    latest = max(own, key=lambda held: held.checked_on, default=None)
    latest = next((held for held in reversed(own) if latest and held.checked_on == latest.checked_on), None)
    standing = standing_findings(unit).get(location_id)
    if standing is None or (latest is not None and standing.id == latest.id):
        return latest
    if standing.outcome == EXCLUDED:
        return standing
    is_later = latest is None or latest.checked_on < standing.checked_on
    return replace(standing, note="") if is_later else latest


def supplier_of(unit: UnitOfWork, location_id: str) -> str:
    """The provider that runs a place; the place itself where nobody knows."""
    members = unit.of(Member).find(location_id=location_id)
    if members:
        return members[-1].provider_id
    known = unit.directory.known([location_id]).get(location_id)
    return (known.facts.provider_id if known else None) or location_id
