"""What providers have free: stated by them, held by outstanding offers, used by awards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum

from brokerdesk.core.domain.package import Need
from brokerdesk.core.domain.visits import carer_hours

HOURS, BEDS = "hours", "beds"


class ReservationStatus(Enum):
    """What became of a hold on capacity."""

    HELD = "held"
    LAPSED = "lapsed"
    RELEASED = "released"
    USED = "used"
    """An award took it."""


@dataclass(frozen=True, slots=True)
class Reservation:
    """Hours or a bed that an outstanding offer holds until it lapses."""

    id: str
    package_id: str
    offer_id: str
    location_id: str
    lot: str
    amount: Decimal
    """Carer hours a week, or beds."""
    unit: str
    """`hours` or `beds`."""
    until: datetime | None
    """When the provider's offer lapses; none: until it is released."""
    status: ReservationStatus
    made_at: datetime
    ended_at: datetime | None = None
    version: int = 1

    def status_at(self, moment: datetime) -> ReservationStatus:
        """What has become of it by a moment: a hold lapses by the clock, whoever looks and when."""
        if self.status is ReservationStatus.HELD and self.until is not None and self.until < moment:
            return ReservationStatus.LAPSED
        return self.status

    def is_held(self, moment: datetime) -> bool:
        """Whether it still takes from what is free."""
        return self.status_at(moment) is ReservationStatus.HELD


@dataclass(frozen=True, slots=True)
class Promise:
    """Hours or a bed that one package takes of a provider."""

    location_id: str
    lot: str
    amount: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """What one location has free in one lot, and how it comes about."""

    stated: Decimal | None
    """As the framework's edition states it; none where it states nothing."""
    unit: str
    """`hours` (carer hours a week) or `beds`; empty where nothing is stated, held or awarded."""
    held: Decimal
    """By offers that stand."""
    awarded: Decimal
    """By awards that run, made since the edition stated what is free."""
    holds: int = 0
    """How many offers hold."""
    awards: int = 0

    @property
    def free(self) -> Decimal | None:
        """Stated less held less awarded, below nought where too much is promised; none where not stated."""
        return None if self.stated is None else self.stated - self.held - self.awarded

    @property
    def is_over(self) -> bool:
        """Whether more is promised than is stated as free."""
        return self.free is not None and self.free < 0

    @property
    def sentence(self) -> str:
        """How what is free comes about."""
        if self.stated is None:
            taken = self.held + self.awarded
            return f"{_count(taken, self.unit)} promised; what is free is not stated" if taken else ""
        told = f"{_count(self.stated, self.unit)} stated"
        if self.held:
            told += f", {_count(self.held, self.unit)} held by {_offers(self.holds)}"
        if self.awarded:
            told += f", {_count(self.awarded, self.unit)} awarded"
        if self.free is not None and self.is_over:
            return f"{told}: over-committed by {_count(-self.free, self.unit)}"
        return told

    def has_room(self, amount: Decimal) -> bool:
        """Whether so much more could be promised."""
        return self.free is not None and self.free >= amount


def taken_by(need: Need) -> tuple[Decimal, str] | None:
    """What a need takes of a provider: a bed, or carer hours a week; none for nights alone."""
    if need.bed is not None:
        return Decimal(1), BEDS
    if need.visits:
        return carer_hours(need.visits), HOURS
    return None


def ledger(
    stated: Decimal | None, unit: str, reservations: Iterable[Reservation], awarded: Iterable[Promise], *,
    moment: datetime,
) -> Ledger:  # fmt: skip
    """Count up one location's lot; amounts in another unit than the stated one stand aside.

    Args:
        stated: free as the edition states it.
        unit: of what is stated; empty takes the unit of what is promised.
        reservations: of this location and lot, whatever became of them.
        awarded: what live awards take of it.
        moment: at which holds count or have lapsed.
    """
    held = [r for r in reservations if r.is_held(moment)]
    used = list(awarded)
    promised = [*(r.unit for r in held), *(p.unit for p in used)]
    unit = unit or next(iter(promised), "")
    held, used = [r for r in held if r.unit == unit], [p for p in used if p.unit == unit]
    return Ledger(
        stated, unit, sum((r.amount for r in held), Decimal(0)), sum((p.amount for p in used), Decimal(0)),
        len(held), len(used),
    )  # fmt: skip


def _count(amount: Decimal, unit: str) -> str:
    number = f"{amount.normalize():f}" if amount else "0"
    return f"{number} {unit[:-1] if amount == 1 else unit}".strip()


def _offers(count: int) -> str:
    return f"{count} {'offer' if count == 1 else 'offers'}"
