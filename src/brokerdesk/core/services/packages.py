"""Packages as lists and one by one: where each stands and what is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from brokerdesk.core.domain.award import ExclusionCheck, FiledLetter
from brokerdesk.core.domain.cascade import Cascade
from brokerdesk.core.domain.framework import Framework
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.officer import Officer, Role
from brokerdesk.core.domain.package import Package, PackageStatus, Step, StepTime
from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.domain.sourcing import Round, RoundStatus
from brokerdesk.core.domain.status import NextAction, Standing, StepRow, next_action, step_rows
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import cascading, conflicts, journey
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.offers import comparison_of

_AWAITING = (Step.OFFERS.value, Step.INVITATIONS.value)
"""Steps at which answers are awaited: a round on a ladder is followed where it was opened."""


@dataclass(frozen=True, slots=True)
class PackageRow:
    """One package in a list."""

    id: str
    reference: str
    status: str
    person: str
    lot: str
    cohort: str
    team: str
    postcode: str
    starts_on: date
    weekly_cost: Money | None
    is_urgent: bool
    step: str
    """The step that is next; empty where everything is done."""
    next: str
    is_waiting: bool
    """Someone else is awaited."""
    provider: str
    """Chosen or awarded; empty before."""


class Bucket(Enum):
    """Where a row stands on the Today list."""

    DO_NOW = "Do now"
    CLOSING = "Closing today"
    WITH_OTHERS = "With other people"


@dataclass(frozen=True, slots=True)
class TodayRow:
    """One package on the Today list."""

    bucket: Bucket
    package: PackageRow
    due_at: datetime | None
    """When its round closes; none where it has none open."""
    days_left: int
    """To the start of care; below nought where it is past."""


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that the page of one package shows at first."""

    package: Package
    framework: Framework | None
    rows: tuple[StepRow, ...]
    next: NextAction
    standing: Standing


def list_packages(desk: Desk) -> tuple[PackageRow, ...]:
    """Every package, in the order in which they were recorded."""
    with desk.reading() as unit:
        names = _names(unit)
        return tuple(
            _row(standing_of(unit, package, desk.now(), names, desk.rulebook), desk.operator)
            for package in unit.of(Package).find()
        )


def today(desk: Desk) -> tuple[TodayRow, ...]:
    """What is due, as the signed-in officer sees it; the nearest start first in each bucket.

    What waits for an approver is hers to do now, and what a broker does next is with other people for her.
    """
    with desk.reading() as unit:
        names, day = _names(unit), desk.today()
        standings = [
            standing_of(unit, package, desk.now(), names, desk.rulebook)
            for package in unit.of(Package).find()
        ]
    rows = [_today_row(standing, day, desk.operator) for standing in standings if _is_due(standing)]
    order = list(Bucket)
    return tuple(
        sorted(rows, key=lambda row: (order.index(row.bucket), row.days_left, row.package.reference))
    )


def overview(desk: Desk, reference: str) -> Overview:
    """The eight steps of one package and the one thing to do next.

    Raises:
        RuleError: there is no such package.
    """
    with desk.reading() as unit:
        package = journey.package_by_reference(unit, reference)
        standing = standing_of(unit, package, desk.now(), _names(unit), desk.rulebook)
        framework = unit.of(Framework).get(package.framework_id) if package.framework_id else None
    due = next_action(standing, is_decider=_may_decide(standing, desk.operator))
    return Overview(package, framework, step_rows(standing), due, standing)


def standing_of(
    unit: UnitOfWork, package: Package, now: datetime, names: dict[str, str], rulebook: Rulebook
) -> Standing:
    """Everything that stands of one package."""
    asked, choice = journey.current_round(unit, package.id), journey.current_choice(unit, package.id)
    award = journey.live_award(unit, package.id)
    comparison = comparison_of(unit, asked) if asked else None
    checks: Iterable[ExclusionCheck] = unit.of(ExclusionCheck).find(package_id=package.id) if choice else ()
    return Standing(
        package=package, now=now, times=unit.of(StepTime).find(package_id=package.id), officer_names=names,
        shortlist=journey.last_shortlist(unit, package.id), asked=asked,
        invitations=journey.invitations_of(unit, asked.id) if asked else (),
        offers=journey.offers_of(unit, asked.id) if asked else (),
        declines=journey.declines_of(unit, asked.id) if asked else (),
        scored=tuple(side.scored for side in comparison.offers if side.scored) if comparison else (),
        choice=choice, approval=journey.current_approval(unit, package.id), award=award,
        letters=unit.of(FiledLetter).find(award_id=award.id) if award else (),
        declarations=conflicts.declarations_of(unit, asked.id) if asked else (),
        unscored=comparison.unscored if comparison else "",
        cascade=_cascade(unit, rulebook, package, asked, now),
        has_exclusion_check=any(choice and check.location_id == choice.location_id for check in checks),
    )  # fmt: skip


def _cascade(
    unit: UnitOfWork, rulebook: Rulebook, package: Package, asked: Round | None, now: datetime
) -> Cascade | None:
    if asked is None or not asked.has_ladder or asked.status is not RoundStatus.OPEN:
        return None
    return cascading.look_in(unit, rulebook, package, asked, now).cascade


def _names(unit: UnitOfWork) -> dict[str, str]:
    return {officer.id: officer.name for officer in unit.of(Officer).find()}


def _may_decide(standing: Standing, officer: Officer) -> bool:
    """Whether an officer may approve what she did not broker herself."""
    chose = standing.choice.officer_id if standing.choice else ""
    return Role.APPROVER in officer.roles and officer.id not in (standing.package.created_by, chose)


def _row(standing: Standing, officer: Officer) -> PackageRow:
    package = standing.package
    due = next_action(standing, is_decider=_may_decide(standing, officer))
    need = package.need
    return PackageRow(
        id=package.id, reference=package.reference, status=package.status.value, person=need.person_name,
        lot=need.lot, cohort=need.cohort.value, team=need.team, postcode=need.postcode,
        starts_on=need.starts_on, weekly_cost=package.weekly_cost, is_urgent=need.urgent_since is not None,
        step=due.step.value if due.step else "", next=due.sentence, is_waiting=due.is_waiting,
        provider=standing.choice.provider if standing.choice else "",
    )  # fmt: skip


def _is_due(standing: Standing) -> bool:
    return standing.package.status is not PackageStatus.CLOSED and next_action(standing).step is not None


def _today_row(standing: Standing, day: date, officer: Officer) -> TodayRow:
    row, asked = _row(standing, officer), standing.asked
    is_open = asked is not None and row.step in _AWAITING and row.is_waiting
    due_at = asked.closes_at if is_open and asked else None
    if _is_hers(standing, row, officer):
        bucket = Bucket.DO_NOW
    else:
        bucket = Bucket.CLOSING if is_open else Bucket.WITH_OTHERS
    return TodayRow(bucket, row, due_at, (row.starts_on - day).days)


def _is_hers(standing: Standing, row: PackageRow, officer: Officer) -> bool:
    if row.step == Step.APPROVAL.value and _may_decide(standing, officer):
        return True
    return Role.BROKER in officer.roles and not row.is_waiting
