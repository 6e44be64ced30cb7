"""What a top-up agreement states, as frozen facts for the letter `top_up_agreement`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from brokerdesk.core.domain.choice import Payer, SignsAs
from brokerdesk.core.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class TopUpAgreementFacts:
    """What the agreement prints beside header and signatory. Source: docs/rules.md R091 to R094, R113."""

    person: str
    home: str
    payer: Payer
    payer_name: str
    signs_as: SignsAs
    """With what authority the payer's side signs."""
    signed_by: str
    """Name under the payer's line."""
    starts_on: date
    weekly: Money
    """Item 1: the additional cost."""
    four_weekly: Money
    yearly: Money
    """Weekly times 365 by 7."""
    budget: Money | None
    """Item 2: the part of the personal budget for accommodation; none under section 117 (seven items)."""
    price: Money
    """The home's weekly price."""
    nhs: Money
    """Nursing inside that price, taken off first."""
    payment_frequency: str
    payee: str
    review_provision: str
    review_on: date
    if_payments_stop: str
    provider_price_rises: str
    payer_finances_change: str
    first_party_ground: str
    """In words; empty for a third party."""
    disregard_ends_on: date | None
    """Last day of the 12-week property disregard."""
    evidence: str
    evidence_on: date
    affordable_home: str
    """The available, suitable home within the budget that was offered."""
    affordable_weekly: Money
    affordable_offered_on: date
    affordable_answer: str
