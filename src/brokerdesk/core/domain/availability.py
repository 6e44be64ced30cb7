"""Whether an option is really there: what the ledger says of it, and whether it was found suitable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from brokerdesk.core.domain.capacity_ledger import Reservation, ReservationStatus
from brokerdesk.core.domain.choice_record import Unsuitable
from brokerdesk.core.domain.sourcing import Offer


@dataclass(frozen=True, slots=True)
class Availability:
    """What is known of the options at one moment. Source: docs/rules.md R087.

    Where the ledger holds nothing of an offer, an offer in time is the record of an available option.
    """

    at: datetime | None = None
    """None: nothing has lapsed by time."""
    holds: tuple[Reservation, ...] = ()
    unsuitable: frozenset[str] = frozenset()
    """Ids of offers that the assessment found unsuitable."""

    def is_available(self, offer: Offer) -> bool:
        """Whether the place can still be had: the ledger's answer where there is one."""
        if not offer.counts:
            return False
        held = self._last(offer)
        return held is None or self._is_open(held)

    def counts(self, offer: Offer) -> bool:
        """Whether it is an available, suitable option. Source: docs/rules.md R087."""
        return self.is_available(offer) and offer.id not in self.unsuitable

    def until(self, offer: Offer) -> datetime | None:
        """When the provider's offer lapses; none where no end is known."""
        held = self._last(offer)
        return None if held is None else held.until

    def without(self, unsuitable: Iterable[Unsuitable]) -> Availability:
        """The same with some options found unsuitable."""
        return replace(self, unsuitable=frozenset(held.offer_id for held in unsuitable))

    def _last(self, offer: Offer) -> Reservation | None:
        own = [held for held in self.holds if held.offer_id == offer.id]
        return own[-1] if own else None

    def _is_open(self, held: Reservation) -> bool:
        """Open at the moment that is asked about, whatever became of it afterwards."""
        if self.at is None:
            return held.status is ReservationStatus.HELD
        if held.ended_at is None and held.status is not ReservationStatus.HELD:
            return False
        return all(end is None or end > self.at for end in (held.until, held.ended_at))


EVERYTHING_OPEN = Availability()
"""Nothing is known beside the offers themselves."""
