"""A package of care: the person's need, where it stands on the journey, and when each step was taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from brokerdesk.core.domain.identifiers import postal_lines
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.visits import Night, Visit


class Cohort(Enum):
    """Whose law applies: adult rules do not fire for a child. Source: docs/rules.md R122."""

    ADULT = "adult"
    CHILD = "child"


class Step(Enum):
    """The eight steps of the journey, in order."""

    NEED = "need"
    PROVIDERS = "providers"
    INVITATIONS = "invitations"
    OFFERS = "offers"
    CHOICE = "choice"
    APPROVAL = "approval"
    AWARD = "award"
    LETTERS = "letters"


class PackageStatus(Enum):
    """Where a package stands; allowed changes are in `ALLOWED_CHANGES`."""

    NEEDS_PROVIDER = "needs a provider"
    ASKING = "asking providers"
    CHOOSING = "choosing"
    APPROVING = "waiting for approval"
    APPROVED = "approved"
    AWARDED = "awarded"
    CLOSED = "closed"


ALLOWED_CHANGES: dict[PackageStatus, frozenset[PackageStatus]] = {
    PackageStatus.NEEDS_PROVIDER: frozenset({PackageStatus.ASKING, PackageStatus.CLOSED}),
    PackageStatus.ASKING: frozenset(
        {PackageStatus.NEEDS_PROVIDER, PackageStatus.CHOOSING, PackageStatus.CLOSED}
    ),
    PackageStatus.CHOOSING: frozenset(
        {PackageStatus.APPROVING, PackageStatus.NEEDS_PROVIDER, PackageStatus.CLOSED}
    ),
    PackageStatus.APPROVING: frozenset(
        {PackageStatus.APPROVED, PackageStatus.CHOOSING, PackageStatus.NEEDS_PROVIDER, PackageStatus.CLOSED}
    ),
    PackageStatus.APPROVED: frozenset(
        {PackageStatus.AWARDED, PackageStatus.CHOOSING, PackageStatus.NEEDS_PROVIDER, PackageStatus.CLOSED}
    ),
    PackageStatus.AWARDED: frozenset({PackageStatus.NEEDS_PROVIDER, PackageStatus.CLOSED}),
    PackageStatus.CLOSED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Bed:
    """A place in a care home, priced by the week. Source: docs/rules.md R115, R163."""

    price_per_week: Money
    """Gross of the nursing contribution."""
    fnc: Money
    """NHS-funded nursing care inside the price; nought where none."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """What is known of the person's capacity for this decision. Source: docs/rules.md R109, R112."""

    lacks_capacity: bool = False
    unbefriended: bool = False
    imca_reference: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody close to the person, whom the desk knows so that papers for providers can leave her out."""

    name: str
    relation: str = ""
    """Such as daughter or neighbour."""
    telephone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """What a council has assessed that a person needs: the least that brokerage must hold."""

    cohort: Cohort
    lot: str
    """Lot of the framework, by name."""
    first_names: str
    family_name: str
    postcode: str
    starts_on: date
    reference: str = ""
    """The case system's own reference."""
    team: str = ""
    born_on: date | None = None
    nhs_number: str | None = None
    service: str = ""
    needs: tuple[str, ...] = ()
    preferences: str = ""
    preferred_location_id: str | None = None
    tasks: tuple[str, ...] = ()
    """Care tasks; some are personal care (R117)."""
    expected_weeks: int | None = None
    """None: the duration is unknown (R011)."""
    urgent_since: datetime | None = None
    funding: str = "council"
    """council, joint, s117, chc, self."""
    client_contribution: Money | None = None
    personal_budget: Money | None = None
    visits: tuple[Visit, ...] = ()
    nights: tuple[Night, ...] = ()
    night_price: Money | None = None
    """Price of one night where the framework has none (`price_per_night`)."""
    bed: Bed | None = None
    capacity: Capacity | None = None
    address: tuple[str, ...] = ()
    """Where the person lives, a line each, without the postcode."""
    telephone: str = ""
    email: str = ""
    contacts: tuple[Contact, ...] = ()

    @property
    def person_name(self) -> str:
        """Both names, for the screen and the person's own letter only."""
        return f"{self.first_names} {self.family_name}".strip()

    @property
    def home(self) -> tuple[str, ...]:
        """Where the person lives, a line each, for her own letters and her provider's agreement only."""
        return postal_lines(self.address, self.postcode)


@dataclass(frozen=True, slots=True)
class Package:
    """One person's need on its way from referral to award."""

    id: str
    reference: str
    """Short and unique across laptops: three letters of the device and a number."""
    need: Need
    status: PackageStatus
    framework_id: str | None
    created_at: datetime
    created_by: str
    """Officer id of the broker."""
    weekly_cost: Money | None = None
    """At the framework's guide rate until an offer is chosen, then at that offer."""
    carer_hours: Decimal | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class StepTime:
    """When one step of a package was taken, and by whom; stored from the start."""

    id: str
    package_id: str
    step: Step
    at: datetime
    officer_id: str
    words: str
    """What happened, for the timeline: past tense."""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Draft:
    """Unfinished work that saves itself; not an act and not in the register."""

    id: str
    """`kind:key`, such as `need:new` or `choice:<package id>`."""
    officer_id: str
    saved_at: datetime
    content: dict[str, str]
    version: int = 1
