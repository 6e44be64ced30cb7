"""What may be put to the person and chosen, and what a top-up must have on file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from brokerdesk.core.domain.care_setting import CareSetting
from brokerdesk.core.domain.choice import ChosenBy, Option, Payer, TopUp
from brokerdesk.core.domain.costs import net_of_fnc
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.money import ZERO, Money
from brokerdesk.core.domain.package import Cohort, Need
from brokerdesk.core.domain.sourcing import Offer
from brokerdesk.core.domain.topup import TopUpSum, top_up_sum

FIRST_PARTY_GROUNDS = ("12_week_disregard", "deferred_payment")
"""Only with one of these may the person pay a top-up herself. Source: docs/rules.md R091."""
TOP_UP_ITEMS = (
    "additional_cost",
    "budget_amount",
    "payment_frequency",
    "payee",
    "review_provision",
    "if_payments_stop",
    "provider_price_rises",
    "payer_finances_change",
)
"""The eight statutory items of a top-up agreement. Source: docs/rules.md R092."""


@dataclass(frozen=True, slots=True)
class OfferedPlace:
    """An offer with what the person is told of the provider."""

    offer: Offer
    rating: str | None
    rating_on: date | None
    distance_miles: str


def fnc_of(need: Need) -> Money:
    """The nursing contribution inside every price of this need; nought where none. Source: R115."""
    return ZERO if need.bed is None else need.bed.fnc


def net_weekly(offer: Offer, need: Need) -> Money:
    """An offer's week without the nursing contribution. Source: docs/rules.md R115."""
    return net_of_fnc(offer.weekly_cost, fnc_of(need))


def can_be_chosen(offer: Offer) -> bool:
    """Whether an offer came in time, or was admitted with a reason. Source: docs/rules.md R024."""
    return offer.counts


def refuse_late(offer: Offer) -> None:
    """Refuse to choose an offer that came after the one deadline of all. Source: docs/rules.md R024.

    Raises:
        RuleError: it came late and was not admitted.
    """
    if not offer.counts:
        raise RuleError(
            f"The offer of {offer.provider} came after the deadline that bound every provider, so it is kept "
            "as late and cannot be chosen. Choose another, admit it with a reason, or ask again in a new "
            "round.",
            rule="R024",
        )


def options_from(places: Iterable[OfferedPlace], need: Need, *, shown_at: datetime) -> tuple[Option, ...]:
    """The offers that can be put to the person, the cheapest first. Source: docs/rules.md R087, R110."""
    in_time = [place for place in places if can_be_chosen(place.offer)]
    cheapest = cheapest_within((place.offer for place in in_time), need)
    options = [_option(place, need, cheapest, shown_at) for place in in_time]
    return tuple(
        sorted(options, key=lambda option: (option.cost_to_council, option.provider, option.location_id))
    )


def _option(place: OfferedPlace, need: Need, cheapest: Money | None, shown_at: datetime) -> Option:
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
    )


def cheapest_within(offers: Iterable[Offer], need: Need) -> Money | None:
    """Net price of the cheapest offer in time that is within the personal budget; none where there is none.

    An offer in time is the record of an available, suitable option and its moment. Source: R087.
    """
    if need.personal_budget is None:
        return None
    nets = (net_weekly(offer, need) for offer in offers if can_be_chosen(offer))
    return min((net for net in nets if net <= need.personal_budget), default=None)


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


def authority_missing(by: ChosenBy, authority: str) -> str:
    """What to add where someone else decided and nothing shows the authority; empty where nothing is missing.

    Source: docs/rules.md R111, R113.
    """
    needs_it = by in (ChosenBy.ATTORNEY, ChosenBy.DEPUTY, ChosenBy.BEST_INTERESTS)
    if not needs_it or authority.strip():
        return ""
    return f"No evidence of the {by.value.replace('_', ' ')} decision is recorded. Add where it can be found."


def missing_items(top_up: TopUp) -> tuple[str, ...]:
    """Which of the eight items are blank, in words. Source: docs/rules.md R092."""
    return tuple(name.replace("_", " ") for name in TOP_UP_ITEMS if _is_blank(getattr(top_up, name)))


def _is_blank(item: object) -> bool:
    return not item.strip() if isinstance(item, str) else not item


def check_top_up(top_up: TopUp, offer: Offer, offers: Iterable[Offer], need: Need) -> None:
    """Refuse a top-up that the rules do not allow: hard block 6. Source: docs/rules.md R087, R090 to R092.

    Args:
        top_up: as agreed.
        offer: the offer that is chosen.
        offers: every offer of the round.
        need: whose personal budget counts.

    Raises:
        RuleError: no option within the budget is on file, an item is missing, the payer may not pay, or the
            amount is more than the price is above the budget.
    """
    problem = top_up_problem(top_up, offer, offers, need)
    if problem is not None:
        rule, sentence = problem
        raise RuleError(sentence, rule=rule)


def top_up_problem(
    top_up: TopUp, offer: Offer, offers: Iterable[Offer], need: Need
) -> tuple[str, str] | None:
    """The first rule that a top-up offends, and the sentence; none where it offends none."""
    cheapest = cheapest_within(offers, need)
    if need.personal_budget is None:
        return (
            "R087",
            "No personal budget is recorded, so there is nothing to top up. Record the budget first.",
        )
    if cheapest is None:
        return "R087", (
            f"No available option within the personal budget of {need.personal_budget.shown} is on file, so "
            "nobody may be asked for a top-up. Record such an offer, or raise the budget."
        )
    missing = missing_items(top_up)
    if missing:
        return "R092", (
            f"The top-up agreement does not state: {', '.join(missing)}. Write all eight items down first."
        )
    if top_up.payer is Payer.FIRST_PARTY and top_up.disregard_or_deferred not in FIRST_PARTY_GROUNDS:
        return "R091", (
            "The person may pay a top-up only during the 12-week property disregard or under a deferred "
            "payment agreement. Record which of the two it is, or name a third party."
        )
    return _amount_problem(top_up, offer, need, cheapest)


def _amount_problem(top_up: TopUp, offer: Offer, need: Need, cheapest: Money) -> tuple[str, str] | None:
    over = top_up_of(offer, need, cheapest)
    most = ZERO if over is None or over.weekly is None else over.weekly
    if not most:
        return "R090", (
            f"{offer.provider} is within the personal budget, so there is no top-up. Take the top-up out."
        )
    if top_up.additional_cost > most:
        return "R090", (
            f"The top-up of {top_up.additional_cost.shown} a week is more than the {most.shown} by which "
            f"{offer.provider} is above the budget. Lower it."
        )
    return None


def council_weekly(offer: Offer, need: Need, top_up: TopUp | None) -> Money:
    """What is left of the week for the council and the person without nursing and top-up."""
    net = net_weekly(offer, need)
    return net if top_up is None else net - top_up.additional_cost


def is_preference_refused(need: Need, setting: CareSetting, location_id: str, by: ChosenBy) -> bool:
    """Whether the council itself turned down the accommodation that the adult prefers. Source: R088, R089."""
    prefers_another = need.preferred_location_id is not None and need.preferred_location_id != location_id
    return (
        prefers_another and need.cohort is Cohort.ADULT and setting.is_accommodation and by is ChosenBy.BROKER
    )
