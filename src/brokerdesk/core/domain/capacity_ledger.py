"""What providers have free: stated by them, held by outstanding offers, used by awards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum


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
