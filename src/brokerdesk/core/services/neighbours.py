"""Providers that already come to a person or her street, from the awards that run on this desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from brokerdesk.core.domain.award import Award
from brokerdesk.core.domain.nearby import LiveCare, Nearby, look_around
from brokerdesk.core.domain.package import Package, PackageStatus
from brokerdesk.core.ports import UnitOfWork


def nearby(unit: UnitOfWork, package: Package, today: date) -> Mapping[str, Nearby]:
    """What each provider does around the person of a package, by location id; nobody else is named.

    Source: docs/rules.md R022.
    """
    return look_around(package.need, _live_care(unit, package.id, today))


def _live_care(unit: UnitOfWork, but: str, today: date) -> Iterable[LiveCare]:
    for award in unit.of(Award).find():
        has_ended = award.ends_on is not None and award.ends_on < today
        if award.package_id == but or award.withdrawn_at is not None or has_ended:
            continue
        other = unit.of(Package).get(award.package_id)
        if other.status is not PackageStatus.CLOSED:
            yield LiveCare(award.location_id, other.need)
