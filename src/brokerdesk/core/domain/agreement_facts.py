"""The facts of an individual service agreement, and of a top-up agreement, a refusal and a withdrawal."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from brokerdesk.core.domain.letter_facts import (
    Contact,
    FrameworkLot,
    Header,
    Price,
    Provider,
    Route,
    Service,
    Shares,
    Signatory,
    Term,
)
from brokerdesk.core.domain.price_lines import PriceLine
from brokerdesk.core.domain.topup_agreement import TopUpAgreementFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class CaredFor:
    """The person, told to the chosen provider and to nobody else who was asked."""

    name: str
    reference: str = ""
    """The case system's own."""
    born_on: date | None = None
    address: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """What the regulator's directory adds about the provider; blank is not stated."""

    address: tuple[str, ...] = ()
    phone: str = ""
    company_number: str = ""
    charity_number: str = ""
    contact: str = ""
    """Whom the framework names at the provider."""
    out_of_hours: str = ""
    """Whom to call at the provider at night and at weekends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Billing:
    """How the provider bills; blank is not known yet. Source: docs/rules.md R148."""

    purchase_order: str = ""
    cost_centre: str = ""
    subjective_code: str = ""
    invoices_to: str = ""
    """Where invoices go, as one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFacts:
    """All that an individual service agreement states. Source: docs/rules.md R148."""

    header: Header
    """Its reference is the agreement's own, such as `KVB-0007-A1`."""
    award_reference: str
    """Of the award letter that it goes with."""
    provider: Provider
    registered: Registered
    person: CaredFor
    framework: FrameworkLot
    call_off: str
    """How it was called off, in words: `Mini-competition`."""
    route: Route
    awarded_on: date
    service: Service
    term: Term
    place: str
    """Where care is given, in words."""
    price: Price
    lines: tuple[PriceLine, ...]
    shares: Shares
    funding: str
    """What the funding is, in words; blank where the council alone funds it."""
    terms: tuple[tuple[str, str], ...]
    """The framework's own terms, name and value."""
    billing: Billing = field(default_factory=Billing)
    emergency: str = ""
    """Whom the provider calls when nobody is in the office; blank where the council names nobody."""
    reviews: tuple[date, ...]
    contact: Contact
    sign_by: date | None = None
    signatory: Signatory
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopUpFacts:
    """All that a top-up agreement states. Source: docs/rules.md R091 to R094."""

    header: Header
    agreed: TopUpAgreementFacts
    contact: Contact
    complaints: str
    signatory: Signatory
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalFacts:
    """Why the accommodation that the person prefers was refused. Source: docs/rules.md R088, R089."""

    header: Header
    salutation: str
    preferred: str
    chosen: str
    """What is offered in its place; blank where nothing is yet."""
    decided_by: str
    decided_on: date
    reasons: tuple[str, ...]
    conditions: tuple[str, ...] = ()
    """Conditions of the law that are not met, as sentences."""
    contact: Contact
    complaints: str
    signatory: Signatory
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalFacts:
    """An award that was taken back, told to the provider or to the person."""

    header: Header
    salutation: str = ""
    """To the person only."""
    provider: str
    awarded_on: date
    withdrawn_on: date
    withdrawn: tuple[str, ...]
    """References of the letters that no longer hold."""
    reason: str
    contact: Contact
    complaints: str
    signatory: Signatory
    fingerprint: str
