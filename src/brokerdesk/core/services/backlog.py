"""Whom one could ask for every package that waits: urgent ones first, then the oldest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from brokerdesk.core.domain.eligibility import Requirement, requirement_of
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.framework import Framework
from brokerdesk.core.domain.package import Need, Package, PackageStatus
from brokerdesk.core.domain.position import Position
from brokerdesk.core.domain.waiting import Best, WaitingPackage, turn_of
from brokerdesk.core.ports import BacklogRanker, Cancelled, UnitOfWork
from brokerdesk.core.services import journey, shortlists
from brokerdesk.core.services.desk import LONDON, Desk

MOST = 3
"""Providers that a list names for each package."""
HEADS = (
    "Package", "Lot", "Waiting since", "Days", "May be asked", "Left out", "First", "Second", "Third", "Note",
)  # fmt: skip
_EVERY = 25
"""Packages between two words on how far it is."""


def who_can_be_asked(desk: Desk, *, most: int = MOST) -> Iterator[WaitingPackage]:
    """Judge every package that waits for a provider, today, keeping nothing; each row as soon as it is known.

    Rows equal the head of `shortlists.who_may_be_asked`.

    Args:
        desk: the desk.
        most: how many providers for each.

    Raises:
        Cancelled: the user stopped; rows given so far stand.

    Source: docs/rules.md R021, R022, R116, R119.
    """
    with desk.reading() as unit:
        waiting = sorted(unit.of(Package).find(status=PackageStatus.NEEDS_PROVIDER), key=turn_of)
        lookout = _Lookout(desk, unit, _homes(unit, waiting), most)
        for number, package in enumerate(waiting):
            if desk.progress.is_cancelled():
                raise Cancelled
            if number % _EVERY == 0:
                desk.progress.report(number, len(waiting), "packages")
            yield lookout.row(package)
        desk.progress.report(len(waiting), len(waiting), "packages")


def write_backlog(desk: Desk, path: Path) -> Path:
    """Write the list as csv or xlsx by the path's ending.

    Raises:
        Cancelled: the user stopped; nothing is written.
    """
    desk.workbooks.write_table(path, HEADS, tuple(map(_cells, who_can_be_asked(desk))))
    return path


def _cells(row: WaitingPackage) -> tuple[object, ...]:
    best = row.best
    names = [held.provider for held in best.rows] if best else []
    counts = (best.may_be_asked, best.left_out) if best else (None, None)
    first = (*names, *[None] * MOST)[:MOST]
    return (row.reference, row.lot, row.since, row.days, *counts, *first, row.trouble)


def _homes(unit: UnitOfWork, waiting: list[Package]) -> Mapping[str, Position]:
    """Where each person lives, by package: her postcode, else its district."""
    ways = {held.id: (held.need.postcode, held.need.postcode.split()[0]) for held in waiting}
    places = unit.directory.positions({place for way in ways.values() for place in way})
    found = {id: next((places[place] for place in way if place in places), None) for id, way in ways.items()}
    return {id: Position(*place) for id, place in found.items() if place}


@dataclass
class _Lookout:
    """Judges one package after the other; locations are read once for all needs that are priced alike."""

    desk: Desk
    unit: UnitOfWork
    homes: Mapping[str, Position]
    most: int
    rankers: dict[tuple[object, ...], BacklogRanker] = field(default_factory=dict)
    by_need: set[tuple[object, ...]] = field(default_factory=set)
    """Lots where what a provider charges depends on the need itself."""

    def row(self, package: Package) -> WaitingPackage:
        since, today = package.created_at.astimezone(LONDON).date(), self.desk.today()
        best, trouble = None, ""
        try:
            best = self._best(package)
        except RuleError as why:
            trouble = why.message
        return WaitingPackage(
            package.id, package.reference, package.need.lot, since, (today - since).days, best, trouble,
            package.need.person_name, package.need.starts_on, package.need.urgent_since is not None,
        )  # fmt: skip

    def _best(self, package: Package) -> Best:
        framework = journey.framework_of(self.unit, package)
        asked = requirement_of(
            package.need, framework, on=self.desk.today(), rulebook=self.desk.rulebook
        )
        try:
            found: Best = self._ranker(package.need, framework, asked).best(
                asked, self.homes.get(package.id), self.most
            )
        except ValueError:  # figures too fine or too large for columns: one by one, which takes any
            kept = shortlists.judged(self.desk, self.unit, package)
            found = Best(len(kept.included), len(kept.excluded), kept.included[: self.most])
        return found

    def _ranker(self, need: Need, framework: Framework, asked: Requirement) -> BacklogRanker:
        alike: tuple[object, ...] = (framework.id, asked.lot.name, asked.zones)
        priced = (*alike, need.visits, need.nights, need.bed, need.night_price)
        key = priced if alike in self.by_need else alike
        if key not in self.rankers:
            shared = shortlists.shared_candidates(self.unit, need, framework, asked)
            if shared.is_priced_by_need:
                self.by_need.add(alike)
                key = priced
            self.rankers[key] = self.desk.backlog_ranker(shared.candidates, shared.positions)
        return self.rankers[key]
