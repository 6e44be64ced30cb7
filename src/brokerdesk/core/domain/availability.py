"""Whether an option is really there: what the ledger says of it, and whether it was found suitable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from brokerdesk.core.domain.capacity_ledger import Reservation, ReservationStatus
from brokerdesk.core.domain.choice_record import Unsuitable
from brokerdesk.core.domain.directory import LocationFacts
from brokerdesk.core.domain.london import london_day
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
    unregistered: frozenset[str] = frozenset()
    """Ids of locations that the regulator had taken off its register by then."""
    wait_days: int = 0
    """How many days after the care is needed a place may start and still be one to be had."""

    def is_available(self, offer: Offer) -> bool:
        """Whether the place can still be had: the ledger's answer where there is one."""
        if not offer.came_to_count or self._was_taken_back(offer):
            return False
        held = self._last(offer)
        return held is None or self._is_open(held)

    def counts(self, offer: Offer) -> bool:
        """Whether it is an available, suitable option. Source: docs/rules.md R087."""
        is_real = offer.id not in self.unsuitable and offer.location_id not in self.unregistered
        return is_real and self.is_available(offer)

    def until(self, offer: Offer) -> datetime | None:
        """When the provider's offer lapses; none where no end is known."""
        held = self._last(offer)
        return None if held is None else held.until

    def without(self, unsuitable: Iterable[Unsuitable]) -> Availability:
        """The same with some options found unsuitable."""
        return replace(self, unsuitable=frozenset(held.offer_id for held in unsuitable))

    def knowing(self, locations: Iterable[LocationFacts]) -> Availability:
        """The same with the regulator's files: a place off the register is no option. Source: R087, R116."""
        gone = frozenset(held.location_id for held in locations if self._is_off_the_register(held))
        return replace(self, unregistered=gone)

    def _is_off_the_register(self, held: LocationFacts) -> bool:
        since, at = held.deregistered_on, self.at
        return held.is_registered is False and (since is None or at is None or since <= london_day(at))

    def _was_taken_back(self, offer: Offer) -> bool:
        """By the moment that is asked about, whatever became of it afterwards."""
        at = offer.withdrawn_at
        return at is not None and (self.at is None or at <= self.at)

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
