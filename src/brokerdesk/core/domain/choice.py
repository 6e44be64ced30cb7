"""What was put to the person, what was chosen, by whom with what authority and why; the top-up, if any."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from brokerdesk.core.domain.choice_record import ChoiceRecord
from brokerdesk.core.domain.money import Money


class ChosenBy(Enum):
    """Who decided, with what authority. Source: docs/rules.md R111, R113."""

    PERSON = "person"
    ATTORNEY = "attorney"
    DEPUTY = "deputy"
    BEST_INTERESTS = "best_interests"
    BROKER = "broker"


class Payer(Enum):
    """Who pays a top-up. Source: docs/rules.md R091."""

    THIRD_PARTY = "third_party"
    FIRST_PARTY = "first_party"


class SignsAs(Enum):
    """With what authority someone signs a top-up agreement. Source: docs/rules.md R113."""

    THIRD_PARTY = "third_party"
    """For her own money."""
    PERSON = "person"
    ATTORNEY = "attorney"
    """For property and affairs."""
    DEPUTY = "deputy"
    """For property and affairs."""
    NEXT_OF_KIN = "next_of_kin"
    """Has no authority as such: named so that it can be refused with its reason."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option as it was put to the person."""

    offer_id: str
    location_id: str
    provider: str
    rating: str | None
    rating_on: date | None
    distance_miles: str
    weekly_cost: Money
    cost_to_council: Money
    """Net of the nursing contribution."""
    top_up: Money
    """Above the personal budget; nought where within it."""
    is_within_budget: bool
    starts_on: date
    shown_at: datetime
    address: str = ""
    contribution: Money | None = None
    """What the person pays each week; none where the financial assessment is still to come."""
    is_available: bool = True
    """By the capacity ledger; where it knows nothing, by an offer in time."""
    available_until: datetime | None = None
    """None: the provider named no end."""
    is_outside: bool = False
    """The provider is no member of the framework."""
    is_real: bool = True
    """Available, suitable, on the register and able to start when the care is needed: what the budget must
    buy before anyone is asked for a top-up (R087)."""


@dataclass(frozen=True, slots=True)
class AffordableOption:
    """The option within the budget that must be on file before a top-up is asked for. Source: R087."""

    offer_id: str
    provider: str
    weekly: Money
    """Net of nursing."""
    offered_at: datetime
    answer: str
    """What the person said to it."""


@dataclass(frozen=True, slots=True)
class TopUp:
    """A top-up with the eight statutory items. Source: docs/rules.md R091, R092."""

    payer: Payer
    agreed_on: date
    additional_cost: Money
    budget_amount: Money
    payment_frequency: str
    payee: str
    review_provision: str
    if_payments_stop: str
    provider_price_rises: str
    payer_finances_change: str
    disregard_or_deferred: str = ""
    """First party only: `12_week_disregard` or `deferred_payment`."""
    payer_name: str = ""
    signs_as: SignsAs = SignsAs.THIRD_PARTY
    signed_by: str = ""
    """Who signs where that is not the payer; empty: the payer."""
    disregard_from: date | None = None
    """First day of the 12-week property disregard."""
    evidence: str = ""
    """What shows that the payer can and will pay for the expected stay (R093)."""
    evidence_on: date | None = None
    review_on: date | None = None
    affordable: AffordableOption | None = None
    """Filled when the choice is recorded."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The recorded choice of one offer."""

    id: str
    package_id: str
    round_id: str
    offer_id: str
    location_id: str
    provider: str
    by: ChosenBy
    authority: str
    """Evidence of the authority where someone else decided."""
    reason: str
    options: tuple[Option, ...]
    single_option_reason: str
    """Why only one was shown, where only one was (R110)."""
    top_up: TopUp | None
    made_at: datetime
    officer_id: str
    is_current: bool = True
    record: ChoiceRecord | None = None
    """None on choices of the first edition."""
    signature: bytes = b""
    """The signature drawn on the screen (PNG); empty where none was drawn."""
    version: int = 1
