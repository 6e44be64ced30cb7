"""What was put to the person, what was chosen, by whom with what authority and why; the top-up, if any."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

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
    version: int = 1
