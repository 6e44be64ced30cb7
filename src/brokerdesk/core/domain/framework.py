"""A framework as the authority runs it: regime, term, lots, zones, members, rates and suspensions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

from brokerdesk.core.domain.framework_rules import FrameworkRules, RateKind
from brokerdesk.core.domain.money import Money


class Regime(Enum):
    """Procurement law that governs it. Source: docs/rules.md R001, R002, R014."""

    PA23 = "PA23"
    PCR2015 = "PCR2015"
    PSR = "PSR"


class FrameworkKind(Enum):
    """What it is in law, whatever its marketing name. Source: docs/rules.md R031."""

    FRAMEWORK = "framework"
    OPEN_FRAMEWORK = "open framework"
    DPS = "DPS"
    DYNAMIC_MARKET = "dynamic market"


class Rounding(Enum):
    """Where a week's price is rounded. Source: docs/rules.md R157, R158."""

    WEEK = "week"
    VISIT = "visit"


class Unit(Enum):
    """What a rate buys. Source: docs/rules.md R158 to R163."""

    HOUR = "HOUR"
    VISIT = "VISIT"
    NIGHT_SLEEP = "NIGHT_SLEEP"
    NIGHT_WAKING = "NIGHT_WAKING"
    WEEK = "WEEK"


class Criterion(Enum):
    """What offers and members are scored by. Source: docs/rules.md R021, R022."""

    PRICE = "price"
    QUALITY = "quality"
    DISTANCE = "distance"
    CONTINUITY = "continuity"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Lot:
    """One service of the framework."""

    name: str
    service: str
    unit: Unit
    personal_care: bool
    """Needs the matching CQC activity (R116)."""
    rating_floor: str | None
    """Lowest CQC rating that may be asked; none where the framework sets none."""
    ceiling: Money | None
    """Highest rate per unit that may be awarded without an exception."""


@dataclass(frozen=True, slots=True)
class Zone:
    """Postcode districts that belong together."""

    name: str
    outcodes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A free row of the framework, printed on the agreement."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Framework:
    """One edition of a framework; a later edition is a new row with the same reference."""

    id: str
    reference: str
    edition: int
    name: str
    kind: FrameworkKind
    regime: Regime
    first_trigger_on: date
    starts_on: date
    ends_on: date
    extension_ends_on: date | None
    extension_taken: bool
    rounding: Rounding
    response_hours_standard: int | None
    response_hours_urgent: int | None
    weights: dict[str, Decimal]
    """Percent by criterion name, together 100 (R021)."""
    lots: tuple[Lot, ...]
    zones: tuple[Zone, ...]
    terms: tuple[Term, ...]
    rules: FrameworkRules = field(default_factory=FrameworkRules)
    """How it is to be used; empty rules leave the order of asking to the broker."""
    version: int = 1

    @property
    def last_day(self) -> date:
        """The last day on which it is live: the extension's end where the extension was taken."""
        return self.extension_ends_on if self.extension_taken and self.extension_ends_on else self.ends_on

    def is_live(self, day: date) -> bool:
        """Whether a call-off may be made on that day."""
        return self.starts_on <= day <= self.last_day

    def lot(self, name: str) -> Lot | None:
        """The lot of that name."""
        return next((lot for lot in self.lots if lot.name.casefold() == name.casefold()), None)

    def zones_of(self, outcode: str) -> tuple[str, ...]:
        """Names of the zones that hold a postcode district."""
        return tuple(zone.name for zone in self.zones if outcode in zone.outcodes)


@dataclass(frozen=True, slots=True)
class Member:
    """A provider's place on a framework: one row per location, lot and zone."""

    id: str
    framework_id: str
    location_id: str
    provider_id: str
    provider: str
    lot: str
    zone: str | None
    """None where the framework has no zones for the lot."""
    tier: int | None
    rank: int | None
    quality: Decimal | None
    """0 to 100, the framework's own score."""
    capacity: Decimal | None
    capacity_unit: str | None
    """`hours` (carer hours a week) or `beds`."""
    contact_name: str
    contact_email: str
    needs: tuple[str, ...]
    """Needs it says it can meet; empty means not stated."""
    version: int = 1


@dataclass(frozen=True, slots=True)
class RateLine:
    """A rate of one member from a day on. Source: docs/rules.md R158, R159."""

    id: str
    framework_id: str
    location_id: str
    lot: str
    zone: str | None
    band_minutes: int | None
    """Blank: pounds for the lot's unit; filled: one carer's visit of that length."""
    rate: Money
    from_on: date | None
    kind: RateKind = RateKind.STANDARD
    version: int = 1


@dataclass(frozen=True, slots=True)
class Suspension:
    """A member may not be asked or awarded, within a scope and dates (both days inclusive)."""

    id: str
    framework_id: str
    location_id: str
    scope: str
    """`all`, a lot's name or a zone's name."""
    from_on: date
    to_on: date | None
    """None means until lifted."""
    reason: str
    lifted_at: str | None = None
    ground: str = ""
    """Code of the ground where it is a removal from the framework, which is not lifted (R033)."""
    told_on: date | None = None
    """When the provider was told of its removal, with the reasons."""
    version: int = 1

    @property
    def is_removal(self) -> bool:
        """Whether the member was removed, not only suspended. Source: docs/rules.md R033."""
        return bool(self.ground)

    def covers(self, day: date, *, lot: str, zones: tuple[str, ...]) -> bool:
        """Whether it bites on that day for that lot in one of those zones."""
        in_scope = self.scope.casefold() in {"all", lot.casefold(), *(zone.casefold() for zone in zones)}
        return in_scope and self.from_on <= day and (self.to_on is None or day <= self.to_on)
