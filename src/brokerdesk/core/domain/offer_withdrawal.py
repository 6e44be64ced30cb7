"""An offer that its provider takes back: what has to be known before it is kept."""

from __future__ import annotations

from datetime import date

from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.london import london_day
from brokerdesk.core.domain.sourcing import Offer


def check_withdrawal(offer: Offer, said_by: str, said_on: date, reason: str, today: date) -> None:
    """Refuse to keep a withdrawal that says too little, or cannot have been. Source: docs/rules.md R087.

    Raises:
        RuleError: it is withdrawn already, nobody or no reason is named, or the day cannot be right.
    """
    if offer.withdrawn_at is not None:
        raise RuleError(f"That {offer.provider} took its offer back is on file: {offer.withdrawn_because}.")
    if not said_by.strip() or not reason.strip():
        raise RuleError(f"Write who at {offer.provider} took the offer back, and why.", rule="R087")
    came_on = london_day(offer.received_at)
    if not came_on <= said_on <= today:
        raise RuleError(
            f"The offer came on {in_words(came_on)} and today is {in_words(today)}; {in_words(said_on)} lies "
            "outside. Write the day on which it was taken back.",
            rule="R087",
        )


def withdrawal_words(said_by: str, said_on: date, reason: str) -> str:
    """Who said so, on what day and why, as it is kept."""
    return f"{said_by.strip()} on {in_words(said_on)}: {reason.strip().rstrip('.')}"
