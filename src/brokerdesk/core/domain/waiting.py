"""Packages that wait for a provider, and whom one could ask for each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.sourcing import ShortlistedIn


@dataclass(frozen=True, slots=True)
class Best:
    """Who may be asked for one need: how many, and the best of them."""

    may_be_asked: int
    left_out: int
    rows: tuple[ShortlistedIn, ...]
    """With their working, best first."""


@dataclass(frozen=True, slots=True)
class WaitingPackage:
    """One package that waits, and whom one could ask today."""

    package_id: str
    reference: str
    lot: str
    since: date
    days: int
    best: Best | None
    """None where it cannot be judged yet."""
    trouble: str = ""
    """Why it cannot be judged."""
    person: str = ""
    """For the screen only."""
    starts_on: date | None = None
    is_urgent: bool = False


def turn_of(package: Package) -> tuple[bool, datetime]:
    """What those who wait are ordered by: urgent needs first, then whoever has waited longest."""
    return package.need.urgent_since is None, package.created_at
