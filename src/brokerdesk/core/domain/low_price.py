"""Prices that look too low to last: the dated floor, what is asked of the provider, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from fractions import Fraction

from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.framework import Lot, Unit
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Need
from brokerdesk.core.domain.rulebook import Row, Rulebook
from brokerdesk.core.domain.sourcing import Offer

LOCAL_FLOOR, SECTOR_PRICE = "local_price_floor_home_care", "minimum_price_home_care"
"""Names in the rulebook: the council's own floor, and the sector's minimum price."""


class PriceOutcome(Enum):
    """What became of a price that was asked about."""

    ASKED = "asked"
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    DISREGARDED = "disregarded"


@dataclass(frozen=True, slots=True)
class PriceQuery:
    """A provider told that its price looks abnormally low, and heard. Source: docs/rules.md R023."""

    id: str
    package_id: str
    round_id: str
    offer_id: str
    location_id: str
    provider: str
    hourly: Money
    """What was offered for an hour."""
    floor: Money
    """Below which it lies."""
    floor_name: str
    """Who states the floor."""
    question: str
    notified_on: date
    answer_by: date
    answered_on: date | None
    answer: str
    outcome: PriceOutcome
    reason: str
    """Of accepting or setting aside."""
    asked_at: datetime
    asked_by: str
    decided_at: datetime | None = None
    decided_by: str = ""
    version: int = 1

    @property
    def is_open(self) -> bool:
        """Whether nothing is decided yet."""
        return self.outcome in (PriceOutcome.ASKED, PriceOutcome.ANSWERED)


@dataclass(frozen=True, slots=True)
class PriceCheck:
    """How an offer's hourly price stands to the dated floors."""

    hourly: Money
    floor: Row | None
    """The council's own floor of the day; none where none is known."""
    sector: Row | None
    """The sector's minimum price of the day, which only advises (R165)."""

    @property
    def is_low(self) -> bool:
        """Whether it lies below the council's own floor, so that R023 is to be thought of."""
        return self._is_below(self.floor)

    @property
    def is_below_sector(self) -> bool:
        """Whether it lies below the sector's minimum price."""
        return self._is_below(self.sector)

    @property
    def lowest_passed(self) -> Row | None:
        """The floor to name to the provider: the council's own where it is passed, else the sector's."""
        return self.floor if self.is_low else self.sector if self.is_below_sector else None

    @property
    def sentence(self) -> str:
        """What to know of the price; empty where it lies above both floors."""
        held = self.lowest_passed
        if held is None or not isinstance(held.figure, Money):
            return ""
        less = (held.figure - self.hourly).shown
        told = f"{self.hourly.shown} an hour is {less} below {held.figure.shown} ({held.source})"
        if self.is_low:
            return f"{told}. It may be set aside only after the provider was told and heard (R023)."
        return f"{told}. That advises and stops nothing (R165)."

    def _is_below(self, row: Row | None) -> bool:
        return row is not None and isinstance(row.figure, Money) and self.hourly < row.figure


def check_price(offer: Offer, need: Need, lot: Lot, rulebook: Rulebook, on: date) -> PriceCheck | None:
    """An offer's hourly price beside the dated floors; none where care is not paid by the hour of visits.

    Banded prices are turned into what they come to for one carer's hour. Source: docs/rules.md R023, R165.

    Args:
        offer: what was offered.
        need: whose visits it prices.
        lot: tells what a rate is per.
        rulebook: holds the floors.
        on: the day that counts.
    """
    hourly = hourly_price(offer, need, lot)
    if hourly is None:
        return None
    return PriceCheck(hourly, _row(rulebook, LOCAL_FLOOR, on), _row(rulebook, SECTOR_PRICE, on))


def hourly_price(offer: Offer, need: Need, lot: Lot) -> Money | None:
    """Pounds for one carer's hour; none where care is not paid by visits."""
    minutes = sum(visit.minutes * visit.carers for visit in need.visits)
    if lot.unit not in (Unit.HOUR, Unit.VISIT) or not minutes:
        return None
    if offer.rate is not None and lot.unit is Unit.HOUR:
        return offer.rate
    if need.nights:
        return None
    return Money.from_exact(Fraction(offer.weekly_cost.pence, 100) * 60 / minutes)


def _row(rulebook: Rulebook, name: str, on: date) -> Row | None:
    try:
        return rulebook.on(name, on)
    except (KeyError, RuleError):
        return None


def check_notified(notified_on: date, answer_by: date, today: date) -> None:
    """Refuse days that do not give the provider a chance to answer. Source: docs/rules.md R023.

    Raises:
        RuleError: it is told in the future, or its last day lies before that.
    """
    if notified_on > today:
        raise RuleError(
            f"The provider cannot have been told on {in_words(notified_on)}, after today. Correct the day.",
            rule="R023",
        )
    if answer_by < notified_on:
        raise RuleError(
            f"The provider would have to answer by {in_words(answer_by)}, before it is told. Give it a day "
            "after that.",
            rule="R023",
        )


def is_silence(answer: str, rulebook: Rulebook, on: date) -> bool:
    """Whether an answer says that none came. Source: docs/rules.md R023."""
    words = [word.strip() for word in rulebook.policy("silence_words", on).split(";")]
    return answer.strip().casefold().startswith(tuple(words))


def check_silence(query: PriceQuery, today: date) -> None:
    """Refuse to take silence for an answer while the provider may still answer. Source: docs/rules.md R023.

    Raises:
        RuleError: its last day is not over.
    """
    if today <= query.answer_by:
        raise RuleError(
            f"{query.provider} has until {in_words(query.answer_by)} to answer, so silence counts "
            "only after that "
            "day. Record what it says, or wait.",
            rule="R023",
        )


def check_answered(query: PriceQuery, answered_on: date, answer: str, today: date) -> None:
    """Refuse an answer without words or on an impossible day. Source: docs/rules.md R023.

    Raises:
        RuleError: with what to correct.
    """
    if not query.is_open:
        raise RuleError("That price is decided already, so nothing is added to it.", rule="R023")
    if not answer.strip():
        raise RuleError(
            "Write what the provider said, or that nothing came by the day it was given.", rule="R023"
        )
    if not query.notified_on <= answered_on <= today:
        raise RuleError(
            f"An answer comes between {in_words(query.notified_on)}, when it was told, and today. "
            "Correct the day.",
            rule="R023",
        )


def check_disregard(query: PriceQuery, reason: str) -> None:
    """Refuse to set an offer aside before the provider was told and heard. Source: docs/rules.md R023.

    Raises:
        RuleError: no answer is on file, no reason is given, or it is decided already.
    """
    if not query.is_open:
        raise RuleError(f"The price of {query.provider} is {query.outcome.value} already.", rule="R023")
    if query.answered_on is None or not query.answer.strip():
        raise RuleError(
            f"{query.provider} was told on {in_words(query.notified_on)} and has until "
            f"{in_words(query.answer_by)}. Record what it answers, and on which day, before its offer "
            "is set aside.",
            rule="R023",
        )
    if not reason.strip():
        raise RuleError("Write why the answer does not show that it can perform.", rule="R023")
