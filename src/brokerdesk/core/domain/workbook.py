"""A framework workbook as read: rows of plain values, before a desk gives them ids."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from brokerdesk.core.domain.errors import InputProblem
from brokerdesk.core.domain.framework import FrameworkKind, Lot, Regime, Rounding, Term, Zone
from brokerdesk.core.domain.framework_rules import FrameworkRules, RateKind
from brokerdesk.core.domain.money import Money


@dataclass(frozen=True, slots=True)
class RegimeDates:
    """The two days that decide which law governs a framework; the caller takes them from the rulebook."""

    pa23_start: date
    """Source: docs/rules.md R001."""
    dps_last_end: date
    """Source: docs/rules.md R003."""
    grounds: tuple[str, ...] = ()
    """Codes of the grounds that the rulebook knows (R040); empty: they are not checked."""


@dataclass(frozen=True, slots=True)
class FrameworkRow:
    """The row of the sheet Framework."""

    name: str
    reference: str
    kind: FrameworkKind
    regime: Regime
    first_trigger_on: date
    starts_on: date
    ends_on: date
    rounding: Rounding
    extension_ends_on: date | None = None
    extension_taken: bool = False
    response_hours_standard: int | None = None
    response_hours_urgent: int | None = None
    weights: dict[str, Decimal] = field(default_factory=dict)
    """Percent by criterion, together 100; all five (price to choice) are named."""


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A row of the sheet Members."""

    provider_id: str
    location_id: str
    provider: str
    lot: str
    zone: str | None = None
    tier: int | None = None
    rank: int | None = None
    quality: Decimal | None = None
    """0 to 100."""
    capacity: Decimal | None = None
    capacity_unit: str | None = None
    """`hours` (carer hours a week) or `beds`."""
    contact_name: str = ""
    contact_email: str = ""
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RateRow:
    """A row of the sheet Rates."""

    location_id: str
    lot: str
    rate: Money
    zone: str | None = None
    band_minutes: int | None = None
    """Blank: pounds for the lot's unit (R158); filled: one carer's visit of that length (R159)."""
    from_on: date | None = None
    kind: RateKind = RateKind.STANDARD


@dataclass(frozen=True, slots=True)
class SuspensionRow:
    """A row of the sheet Suspensions; both days are inclusive."""

    location_id: str
    scope: str
    """`all`, a lot's name or a zone's name."""
    from_on: date
    to_on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FrameworkRead:
    """What a framework workbook says; only good rows, with the problems of the others beside them."""

    framework: FrameworkRow | None
    lots: tuple[Lot, ...] = ()
    zones: tuple[Zone, ...] = ()
    members: tuple[MemberRow, ...] = ()
    rates: tuple[RateRow, ...] = ()
    suspensions: tuple[SuspensionRow, ...] = ()
    terms: tuple[Term, ...] = ()
    rules: FrameworkRules = field(default_factory=FrameworkRules)
    """How it is used; empty rules where the workbook has none of their sheets."""
    problems: tuple[InputProblem, ...] = ()
    """Columns are named with their sheet: `Members.lot`."""
    notes: tuple[str, ...] = ()
    """What the reader should know and need not mend: unknown sheets and columns, unusual ids."""
    file_name: str = ""
    file_sha256: str = ""
