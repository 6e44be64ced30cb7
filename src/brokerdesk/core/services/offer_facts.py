"""What the comparison says of an offer beside its points: its price against the floors, and its hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.capacity_ledger import Ledger, Reservation, ReservationStatus
from brokerdesk.core.domain.framework import Framework
from brokerdesk.core.domain.london import london_day
from brokerdesk.core.domain.low_price import PriceCheck, PriceQuery, check_price
from brokerdesk.core.domain.package import Need
from brokerdesk.core.domain.sourcing import Offer
from brokerdesk.core.domain.visit_fit import VisitFit, fit_of, same_visit_minutes
from brokerdesk.core.services import capacity, low_prices
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.offers import Comparison


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """Of one offer."""

    price: PriceCheck | None
    """None where care is not paid by the hour."""
    query: PriceQuery | None
    """The last time its provider was asked about the price."""
    hold: Reservation | None
    status: ReservationStatus | None
    """Of the hold, at the moment."""
    ledger: Ledger | None
    """Of the location in the lot."""
    fits: tuple[VisitFit, ...] = ()
    """Its visits beside those that were asked."""

    @property
    def hold_words(self) -> str:
        """What becomes of the capacity that the offer holds; empty where it holds none."""
        if self.hold is None or self.status is None:
            return ""
        until = in_words(london_day(self.hold.until)) if self.hold.until else ""
        if self.status is ReservationStatus.HELD:
            return f"Holds {_amount(self.hold)}{f' until {until}' if until else ''}"
        if self.status is ReservationStatus.LAPSED:
            return f"Held {_amount(self.hold)} until {until}: ask again"
        return f"{_amount(self.hold)} {self.status.value}".capitalize()

    @property
    def has_lapsed(self) -> bool:
        """Whether its provider is to be asked again."""
        return self.status is ReservationStatus.LAPSED

    @property
    def over_words(self) -> str:
        """By how much the location is over-committed; empty where it is not."""
        free = self.ledger.free if self.ledger is not None else None
        if self.ledger is None or free is None or free >= 0:
            return ""
        return f"Over-committed by {(-free).normalize():f} {self.ledger.unit}"


def _amount(hold: Reservation) -> str:
    unit = hold.unit[:-1] if hold.amount == 1 else hold.unit
    return f"{hold.amount.normalize():f} {unit}"


def fits_of(desk: Desk, need: Need, offer: Offer) -> tuple[VisitFit, ...]:
    """The visits of an offer beside those that were asked, by the rule of the day on which it came."""
    farthest = same_visit_minutes(desk.rulebook, london_day(offer.received_at))
    return fit_of(need.visits, offer.visits_offered, farthest)


def facts_about(desk: Desk, comparison: Comparison) -> Mapping[str, OfferFacts]:
    """What to know of each offer of a comparison, by offer id. Source: docs/rules.md R023, R165."""
    now, today, package = desk.now(), desk.today(), comparison.package
    with desk.reading() as unit:
        framework = unit.of(Framework).get(comparison.round.framework_id)
        lot = framework.lot(package.need.lot)
        queries = low_prices.queries_of(unit, comparison.round.id)
        holds, counted = capacity.holds_of(unit, package.id), capacity.ledgers(unit, framework, now)
    found = {}
    for side in comparison.offers:
        offer, hold = side.offer, holds.get(side.offer.id)
        price = check_price(offer, package.need, lot, desk.rulebook, today) if lot else None
        found[offer.id] = OfferFacts(
            price, queries.get(offer.id), hold, hold.status_at(now) if hold else None,
            counted.get(capacity.key_of(offer.location_id, package.need.lot)),
            fits_of(desk, package.need, offer),
        )  # fmt: skip
    return found
