"""Everything that was done for one package, with who and when, the latest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from brokerdesk.core.domain.officer import Officer
from brokerdesk.core.domain.package import Package, Step, StepTime
from brokerdesk.core.services.desk import Desk


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One thing that happened."""

    at: datetime
    step: Step
    words: str
    who: str
    is_decision: bool
    """A decision of choice, approval or award; the others are events."""


_DECISIONS = frozenset({Step.CHOICE, Step.APPROVAL, Step.AWARD})


def timeline(desk: Desk, package_id: str) -> tuple[TimelineRow, ...]:
    """Every step of a package as it was stored at the time, the latest first."""
    with desk.reading() as unit:
        unit.of(Package).get(package_id)
        times = unit.of(StepTime).find(package_id=package_id)
        names = {officer.id: officer.name for officer in unit.of(Officer).find()}
    rows = (
        TimelineRow(time.at, time.step, time.words, names.get(time.officer_id, ""), time.step in _DECISIONS)
        for time in times
    )
    return tuple(reversed(tuple(rows)))
