"""The facts that letters are composed of, as plain values that the award's locked version gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from brokerdesk.core.domain.money import ZERO, Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The authority as it writes."""

    authority: str
    team: str
    address: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """To whom a letter goes."""

    name: str
    attention: str = ""
    """Person at an organisation, without title."""
    address: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """The provider and its location as the regulator's directory states them."""

    name: str
    provider_id: str
    location: str
    location_id: str
    regulated_activity: str
    """As the regulator words it; blank where the service needs none."""
    rating: str
    """As the regulator words it; blank where not rated."""
    directory_date: date
    """Date of the regulator's file that says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkLot:
    """Where in which framework the award stands."""

    name: str
    reference: str
    lot: str
    tier: str = ""
    """As the framework writes it, such as `1`; blank where the lot has none."""
    test: str = ""
    """What the regime calls the best offer, such as `Most advantageous tender`; blank where none."""
    is_live: bool = True
    """Whether it was in force on the day of the award."""
    is_called_off: bool = True
    """Whether the award is called off it; if not, the award is a contract of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The award route and why it is the one."""

    name: str
    """In words, such as `Call-off from a framework`."""
    section: str
    """The provision, such as `Procurement Act 2023, section 45`."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRow:
    """One call of the week."""

    days: tuple[str, ...]
    """Such as `Mon`, in the week's order."""
    at: str
    """Local start, such as `08:00`."""
    minutes: int
    carers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NightRow:
    """One kind of night cover."""

    days: tuple[str, ...]
    kind: str
    """In words: `Sleep-in` or `Waking night`."""
    hours: str = ""
    """Hours of a waking night; blank for a sleep-in."""
    price: Money | None = None
    """For one night."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bed:
    """A place in a care home."""

    price_per_week: Money
    """Gross of funded nursing care."""
    fnc: Money
    """NHS-funded nursing care inside that price."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What is bought, in the pattern of a week."""

    name: str
    visits: tuple[VisitRow, ...] = ()
    nights: tuple[NightRow, ...] = ()
    bed: Bed | None = None
    tasks: tuple[str, ...] = ()
    carer_hours: str = ""
    """Carer hours a week, such as `35.00`; blank where hours are not the measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """When the service runs."""

    starts_on: date
    ends_on: date | None = None
    expected_weeks: int | None = None
    """None with no `ends_on`: the duration is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstWeek:
    """Cost of the days before the first whole charging week."""

    cost: Money
    working: str
    """As a sentence: `4 of 7 days are 20.00 carer hours at £24.10.`"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What it costs, and how that was worked out."""

    rate: str
    """With its unit: `£24.10 for each carer hour`."""
    rounding: str
    """`visit` or `week`: the framework's rounding step."""
    weekly: Money
    working: str
    """The weekly cost as a sentence."""
    annual: Money
    annual_basis: str = "weekly cost × 365 ÷ 7"
    until_it_ends: Money | None = None
    """For a service that ends within a year: what it costs from its first to its last day."""
    term_basis: str = ""
    first_week: FirstWeek | None = None
    charging_week_starts: int = 0
    """Weekday of the charging week, Monday 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Who pays how much of the weekly cost; none means that it is not decided yet."""

    council: Money | None
    person: Money | None
    third_party: Money | None
    nhs: Money | None
    own_top_up: Money = ZERO
    """What the person pays as a top-up of her own, beside the contribution (R091, R094)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion of the assessment."""

    name: str
    weight: Decimal
    """Of 100 in all."""
    points: Decimal
    """0 to 100 before weighting."""
    weighted: Decimal
    working: str = ""
    """How the points came about, or that no value was given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """One offer's assessment."""

    criteria: tuple[Criterion, ...]
    total: Decimal
    rank: int
    offers: int
    """How many offers were ranked."""
    tests: tuple[str, ...] = ()
    """What each test found, where tests decide instead of points; no other provider is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom to ask."""

    name: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """Who signs for the authority."""

    name: str
    post: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What stands at the top of every letter."""

    reference: str
    """The letter's own, such as `KVB-0007-L1`."""
    package_reference: str
    version: int
    issued_on: date
    sender: Sender
    recipient: Addressee
    is_demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardLetterFacts:
    """All that an award letter states. Source: docs/rules.md R148."""

    header: Header
    provider: Provider
    framework: FrameworkLot
    route: Route
    notice_reference: str = ""
    """Reference of the published notice, where one was needed."""
    round_deadline_at: datetime | None
    """Local time; none for a provider that was not asked in the round."""
    requirement: str = ""
    """Reference of the requirement that was answered."""
    conditions: str = ""
    """Stated by the provider with its offer."""
    agreement: str = ""
    """Reference of the individual service agreement that goes with this letter."""
    purchase_order: str = ""
    """Blank while its number is not known."""
    awarded_on: date
    service: Service
    term: Term
    price: Price
    shares: Shares
    scores: Scores | None
    """None: the offer was not scored beside others."""
    not_scored_because: str = ""
    """Where `scores` is none: why, as a sentence."""
    is_before_deadline: bool = False
    """Everyone had answered, so it was awarded before the deadline."""
    reasons: tuple[str, ...]
    reviews: tuple[date, ...]
    notice_period: str
    """Both ways, such as `28 days`."""
    terms: tuple[tuple[str, str], ...] = ()
    """The framework workbook's own terms, name and value."""
    contact: Contact
    sign_by: date | None = None
    signatory: Signatory
    fingerprint: str
    """SHA-256 of the signing certificate, hex; printed in groups."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsuccessfulLetterFacts:
    """All that a letter to an unsuccessful provider states; nothing of the person."""

    header: Header
    framework: FrameworkLot
    service_name: str
    round_deadline_at: datetime
    is_before_deadline: bool = False
    """Everyone had answered, so it was awarded before the deadline."""
    awarded_on: date
    winner: str
    winner_scores: Scores | None
    scores: Scores | None
    not_scored_because: str = ""
    """Where `scores` is none: why this offer was not assessed, as a sentence."""
    reasons: tuple[str, ...]
    """Written for this provider alone."""
    complaints: str
    """Where a complaint goes, as a phrase."""
    contact: Contact
    signatory: Signatory
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLetterFacts:
    """All that the letter to the person states."""

    header: Header
    salutation: str
    """Such as `Dear Mrs Larkspur`."""
    provider: str
    provider_phone: str = ""
    chosen_because: str
    """What was chosen, by whom and why, as a sentence to the person."""
    service: Service
    term: Term
    their_share: Money | None
    """What the person pays each week; none where the financial assessment is still to come."""
    third_party_share: Money | None = None
    own_top_up: Money | None = None
    """What the person pays as a top-up of her own, beside her share (R091, R094)."""
    reviews: tuple[date, ...]
    contact: Contact
    complaints: str
    signatory: Signatory
    fingerprint: str
    is_large_print: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementFacts:
    """What providers are told when they are asked: a pen portrait, not an identity."""

    header: Header
    framework: FrameworkLot
    cohort: str
    """In words: `Adult` or `Child`."""
    age_band: str
    outcode: str
    needs: tuple[str, ...]
    preferences: tuple[str, ...]
    service: Service
    term: Term
    answer_by: datetime
    """Local time; one deadline for all."""
    weights: tuple[tuple[str, Decimal], ...]
    """Criterion and weight, frozen when the round opened."""
    contact: Contact
    differences: tuple[tuple[str, str, str], ...] = ()
    """Of an amended requirement: what, as it was, as it is."""
    amended_because: str = ""
    questions: tuple[tuple[str, str], ...] = ()
    """Questions of providers with the answers that everyone has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundNoticeFacts:
    """What everyone who was asked is told about a round: answers to questions, or that it was withdrawn."""

    header: Header
    framework: FrameworkLot
    questions: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    """Why the round was withdrawn."""
    answer_by: datetime | None = None
    contact: Contact
