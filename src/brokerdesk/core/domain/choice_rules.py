"""What may be put to the person and chosen, and what it costs whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from brokerdesk.core.domain.availability import EVERYTHING_OPEN, Availability
from brokerdesk.core.domain.care_setting import CareSetting
from brokerdesk.core.domain.choice import ChosenBy, Option, Payer, TopUp
from brokerdesk.core.domain.costs import net_of_fnc
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.money import ZERO, Money
from brokerdesk.core.domain.package import Cohort, Need
from brokerdesk.core.domain.sourcing import Offer
from brokerdesk.core.domain.topup import TopUpSum, top_up_sum


@dataclass(frozen=True, slots=True)
class OfferedPlace:
    """An offer with what the person is told of the provider."""

    offer: Offer
    rating: str | None
    rating_on: date | None
    distance_miles: str
    address: str = ""


def fnc_of(need: Need) -> Money:
    """The nursing contribution inside every price of this need; nought where none. Source: R115."""
    return ZERO if need.bed is None else need.bed.fnc


def net_weekly(offer: Offer, need: Need) -> Money:
    """An offer's week without the nursing contribution. Source: docs/rules.md R115."""
    return net_of_fnc(offer.weekly_cost, fnc_of(need))


def can_be_chosen(offer: Offer) -> bool:
    """Whether an offer came in time, or was admitted, and was not set aside. Source: R023, R024."""
    return offer.counts


def refuse_late(offer: Offer) -> None:
    """Refuse to choose an offer that came after the one deadline of all, or was set aside. Source: R023.

    Raises:
        RuleError: its provider took it back, it came late and was not admitted, or its price was found
            abnormally low.
    """
    if offer.withdrawn_at is not None:
        raise RuleError(
            f"{offer.provider} took its offer back ({offer.withdrawn_because}), so it cannot be chosen. "
            "Choose another, or ask again in a new round.",
            rule="R087",
        )
    if offer.is_disregarded:
        raise RuleError(
            f"The offer of {offer.provider} was set aside as abnormally low, after the provider was told and "
            "heard, so it cannot be chosen. Choose another.",
            rule="R023",
        )
    if not offer.counts:
        raise RuleError(
            f"The offer of {offer.provider} came after the deadline that bound every provider, or was "
            "taken in after the sealed offers were opened, so it is kept as late and cannot be chosen. "
            "Choose another, admit it with a reason, or ask again in a new round.",
            rule="R024",
        )


def options_from(
    places: Iterable[OfferedPlace], need: Need, *, shown_at: datetime,
    availability: Availability = EVERYTHING_OPEN,
) -> tuple[Option, ...]:  # fmt: skip
    """The offers that can be put to the person, the cheapest first. Source: docs/rules.md R087, R110."""
    in_time = [place for place in places if can_be_chosen(place.offer)]
    cheapest = cheapest_within((place.offer for place in in_time), need, availability)
    real = {offer.id for offer in real_options((place.offer for place in in_time), need, availability)}
    options = [
        replace(_option(place, need, cheapest, shown_at, availability), is_real=place.offer.id in real)
        for place in in_time
    ]
    return tuple(
        sorted(options, key=lambda option: (option.cost_to_council, option.provider, option.location_id))
    )


def _option(
    place: OfferedPlace, need: Need, cheapest: Money | None, shown_at: datetime, availability: Availability
) -> Option:
    offer = place.offer
    net = net_weekly(offer, need)
    over = top_up_of(offer, need, cheapest)
    return Option(
        offer_id=offer.id,
        location_id=offer.location_id,
        provider=offer.provider,
        rating=place.rating,
        rating_on=place.rating_on,
        distance_miles=place.distance_miles,
        weekly_cost=offer.weekly_cost,
        cost_to_council=net,
        top_up=ZERO if over is None or over.weekly is None else over.weekly,
        is_within_budget=need.personal_budget is None or net <= need.personal_budget,
        starts_on=offer.starts_on,
        shown_at=shown_at,
        address=place.address,
        contribution=need.client_contribution,
        is_available=availability.is_available(offer),
        available_until=availability.until(offer),
        is_outside=offer.is_outside,
    )


def real_options(
    offers: Iterable[Offer], need: Need, availability: Availability = EVERYTHING_OPEN
) -> tuple[Offer, ...]:
    """Offers that are available and suitable, and can start when the care is needed. Source: R087.

    A few days' wait is the council's to allow. Where none starts as early as that, those that start first
    are what there is.
    """
    standing = tuple(offer for offer in offers if availability.counts(offer))
    first = min((offer.starts_on for offer in standing), default=need.starts_on)
    last = max(first, need.starts_on + timedelta(days=availability.wait_days))
    return tuple(offer for offer in standing if offer.starts_on <= last)


def cheapest_within(
    offers: Iterable[Offer], need: Need, availability: Availability = EVERYTHING_OPEN
) -> Money | None:
    """Net price of the cheapest available, suitable offer within the budget; none where there is none.

    The ledger says what is available; where it holds nothing, an offer in time does. Source: R087.
    """
    if need.personal_budget is None:
        return None
    nets = (net_weekly(offer, need) for offer in real_options(offers, need, availability))
    return min((net for net in nets if net <= need.personal_budget), default=None)


def refuse_gone(offer: Offer, availability: Availability) -> None:
    """Refuse to choose an offer that lapsed or was taken meanwhile. Source: docs/rules.md R087, R088.

    Raises:
        RuleError: the ledger says that it is no longer available.
    """
    if not availability.is_available(offer):
        raise RuleError(
            f"The place at {offer.provider} lapsed or was taken, so it cannot be chosen. Ask the provider "
            "whether it still holds, or choose another.",
            rule="R087",
        )


def top_up_of(offer: Offer, need: Need, cheapest: Money | None) -> TopUpSum | None:
    """What an offer costs above the personal budget; none where no budget is known. Source: R090, E4."""
    if need.personal_budget is None:
        return None
    return top_up_sum(need.personal_budget, offer.weekly_cost, fnc_of(need), cheapest)


def check_options(options: tuple[Option, ...], single_option_reason: str, cohort: Cohort) -> None:
    """Ask for two options or the reason why only one was shown; adults only. Source: R110, R122.

    Raises:
        RuleError: only one was shown and nothing says why.
    """
    if cohort is Cohort.ADULT and len(options) < 2 and not single_option_reason.strip():
        raise RuleError(
            "Only one option was put to the person. Show another, or write why only one exists.", rule="R110"
        )


def council_weekly(offer: Offer, need: Need, top_up: TopUp | None) -> Money:
    """What is left of the week for the council and the person without nursing and top-up."""
    net = net_weekly(offer, need)
    return net if top_up is None else net - top_up.additional_cost


@dataclass(frozen=True, slots=True)
class WhoPays:
    """The weekly price by who pays it; the four add up to it to the penny. Source: R086, R090, R115."""

    council: Money
    """Below nought where the person's contribution is more than is left."""
    person: Money
    """Contribution and own top-up together."""
    third_party: Money
    nhs: Money
    own_top_up: Money = ZERO
    """The part of the person's that is a top-up of her own (R091, R094)."""

    @property
    def total(self) -> Money:
        """The weekly price."""
        return self.council + self.person + self.third_party + self.nhs


def who_pays(offer: Offer, need: Need, top_up: TopUp | None) -> WhoPays:
    """Split a week's price; a first-party top-up is the person's, beside her contribution.

    NHS continuing healthcare is the NHS's to pay, and free. Source: docs/rules.md R086, R114.
    """
    if need.funding == "chc":
        return WhoPays(council=ZERO, person=ZERO, third_party=ZERO, nhs=offer.weekly_cost)
    contribution, extra = need.client_contribution or ZERO, top_up.additional_cost if top_up else ZERO
    is_own = top_up is not None and top_up.payer is Payer.FIRST_PARTY
    return WhoPays(
        council=council_weekly(offer, need, top_up) - contribution,
        person=contribution + (extra if is_own else ZERO),
        third_party=ZERO if is_own else extra,
        nhs=fnc_of(need),
        own_top_up=extra if is_own else ZERO,
    )


_BY_COUNCIL = (ChosenBy.BROKER, ChosenBy.BEST_INTERESTS)
"""Decisions of the council itself, so that one against the preference is its refusal. Source: R089."""


def is_preference_refused(need: Need, setting: CareSetting, location_id: str, by: ChosenBy) -> bool:
    """Whether the council itself turned down the accommodation that the adult prefers. Source: R088, R089."""
    prefers_another = need.preferred_location_id is not None and need.preferred_location_id != location_id
    return prefers_another and need.cohort is Cohort.ADULT and setting.is_accommodation and by in _BY_COUNCIL
