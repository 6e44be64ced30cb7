"""What a top-up must have on file before it may be asked for and agreed: hard block 6."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from brokerdesk.core.domain.availability import EVERYTHING_OPEN, Availability
from brokerdesk.core.domain.calendar import in_words, last_day_of_period
from brokerdesk.core.domain.choice import AffordableOption, Payer, SignsAs, TopUp
from brokerdesk.core.domain.choice_rules import cheapest_within, net_weekly, top_up_of
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.money import ZERO, Money
from brokerdesk.core.domain.package import Need
from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.domain.sourcing import Offer

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
S117 = "s117"
Problem = tuple[str, str]


def items_of(need: Need) -> tuple[str, ...]:
    """The items that an agreement states: eight, and seven under section 117. Source: R092, R094."""
    return tuple(item for item in TOP_UP_ITEMS if need.funding != S117 or item != "budget_amount")


def missing_items(top_up: TopUp, items: tuple[str, ...] = TOP_UP_ITEMS) -> tuple[str, ...]:
    """Which of the items are blank, in words. Source: docs/rules.md R092."""
    return tuple(name.replace("_", " ") for name in items if _is_blank(getattr(top_up, name)))


def _is_blank(item: object) -> bool:
    return not item.strip() if isinstance(item, str) else not item


def affordable_option(
    offers: Iterable[Offer], need: Need, answer: str, availability: Availability = EVERYTHING_OPEN
) -> AffordableOption | None:
    """The cheapest open, suitable option within the budget, with its moment and answer. Source: R087."""
    if need.personal_budget is None:
        return None
    within = [
        offer
        for offer in offers
        if availability.counts(offer) and net_weekly(offer, need) <= need.personal_budget
    ]
    if not within:
        return None
    offer = min(within, key=lambda held: (net_weekly(held, need), held.provider, held.id))
    return AffordableOption(
        offer.id, offer.provider, net_weekly(offer, need), offer.received_at, answer.strip()
    )


def with_affordable(
    top_up: TopUp, offers: Iterable[Offer], need: Need, answer: str,
    availability: Availability = EVERYTHING_OPEN,
) -> TopUp:  # fmt: skip
    """The agreement with the option on file that it rests on, and what was answered to it. Source: R087."""
    return replace(top_up, affordable=affordable_option(offers, need, answer, availability))


def check_top_up(
    top_up: TopUp, offer: Offer, offers: Iterable[Offer], need: Need,
    availability: Availability = EVERYTHING_OPEN,
) -> None:  # fmt: skip
    """Refuse a top-up that the rules do not allow: hard block 6. Source: R087, R090 to R094, R113.

    Args:
        top_up: as agreed.
        offer: the offer that is chosen.
        offers: every offer of the round.
        need: whose personal budget counts.
        availability: what the ledger says of the offers now.

    Raises:
        RuleError: no option within the budget is on file, an item is missing, the payer may not pay or
            sign, or the amount is more than the price is above the budget.
    """
    problem = top_up_problem(top_up, offer, offers, need, availability)
    if problem is not None:
        rule, sentence = problem
        raise RuleError(sentence, rule=rule)


def top_up_problem(
    top_up: TopUp, offer: Offer, offers: Iterable[Offer], need: Need,
    availability: Availability = EVERYTHING_OPEN,
) -> Problem | None:  # fmt: skip
    """The first rule that a top-up offends, and the sentence; none where it offends none."""
    offers = tuple(offers)
    return (
        _option_problem(top_up, offers, need, availability)
        or _items_problem(top_up, need)
        or _payer_problem(top_up, need)
        or _signing_problem(top_up)
        or _evidence_problem(top_up)
        or _amount_problem(top_up, offer, need, cheapest_within(offers, need, availability) or ZERO)
    )


def _option_problem(
    top_up: TopUp, offers: tuple[Offer, ...], need: Need, availability: Availability
) -> Problem | None:
    if need.personal_budget is None:
        return "R087", (
            "No personal budget is recorded, so there is nothing to top up. Record the budget first."
        )
    if cheapest_within(offers, need, availability) is None:
        return "R087", (
            "No available, suitable option within the personal budget of "
            f"{need.personal_budget.shown} is on file, so nobody may be asked for a top-up. Record such an "
            "offer, or raise the budget."
        )
    if top_up.affordable is None or not top_up.affordable.answer.strip():
        return "R087", (
            "What was answered to the option within the budget is not on file. Write the answer down before "
            "a top-up is agreed."
        )
    return None


def _items_problem(top_up: TopUp, need: Need) -> Problem | None:
    missing = missing_items(top_up, items_of(need))
    if not missing:
        return None
    count = "all seven items" if need.funding == S117 else "all eight items"
    return "R092", (
        f"The top-up agreement does not state: {', '.join(missing)}. Write {count} down first."
    )


def _payer_problem(top_up: TopUp, need: Need) -> Problem | None:
    """Under section 117 the person may pay without either ground. Source: docs/rules.md R091, R094."""
    if top_up.payer is not Payer.FIRST_PARTY or need.funding == S117:
        return None
    if top_up.disregard_or_deferred not in FIRST_PARTY_GROUNDS:
        return "R091", (
            "The person may pay a top-up only during the 12-week property disregard or under a deferred "
            "payment agreement. Record which of the two it is, or name a third party."
        )
    if top_up.disregard_or_deferred == FIRST_PARTY_GROUNDS[0] and top_up.disregard_from is None:
        return "R091", (
            "The first day of the 12-week property disregard is not recorded, so nobody can tell when the "
            "top-up has to end. Add it."
        )
    return None


def _signing_problem(top_up: TopUp) -> Problem | None:
    """Who may sign for the payer. Source: docs/rules.md R113."""
    if not top_up.payer_name.strip():
        return "R092", "The agreement does not say who pays. Write the payer’s name down."
    if top_up.signs_as is SignsAs.NEXT_OF_KIN:
        return "R113", (
            "Next of kin as such has no authority over the person’s money. Have the person sign, or an "
            "attorney or deputy for property and affairs, or name a third party who pays herself."
        )
    is_own = top_up.signs_as is SignsAs.THIRD_PARTY
    if is_own != (top_up.payer is Payer.THIRD_PARTY):
        return "R113", (
            "Who signs does not fit who pays. A third party signs for herself; for the person’s own money "
            "the person signs, or an attorney or deputy for property and affairs."
        )
    return None


def _evidence_problem(top_up: TopUp) -> Problem | None:
    """The council is satisfied that the payer can and will pay. Source: docs/rules.md R093."""
    if top_up.evidence.strip() and top_up.evidence_on is not None:
        return None
    return "R093", (
        "Nothing on file shows that the payer can and will pay for the expected stay. Write down what was "
        "seen, and on what day."
    )


def _amount_problem(top_up: TopUp, offer: Offer, need: Need, cheapest: Money) -> Problem | None:
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


def raise_problem(
    amount: Money, offers: Iterable[Offer], need: Need, reason: str,
    availability: Availability = EVERYTHING_OPEN,
) -> Problem | None:  # fmt: skip
    """Why the budget may not become an amount; it rises until it buys one real option. Source: R086, R087."""
    offers = tuple(offers)
    if need.personal_budget is not None and amount <= need.personal_budget:
        return "R087", (
            f"The personal budget is {need.personal_budget.shown} a week already. Raise it, or leave it."
        )
    if not reason.strip():
        return "R087", "Say why the personal budget is raised; the register keeps it."
    if cheapest_within(offers, replace(need, personal_budget=amount), availability) is None:
        return "R087", (
            f"Even {amount.shown} a week buys none of the available, suitable options. Raise it to the "
            "cheapest of them."
        )
    return None


def cheapest_open(
    offers: Iterable[Offer], need: Need, availability: Availability = EVERYTHING_OPEN
) -> Money | None:
    """Net price of the cheapest available, suitable option: what the budget must buy. Source: R087, E4."""
    nets = (net_weekly(offer, need) for offer in offers if availability.counts(offer))
    return min(nets, default=None)


def disregard_last_day(from_on: date, rulebook: Rulebook) -> date:
    """Last day of the property disregard that begins on a day. Source: docs/rules.md R091, E4."""
    weeks = rulebook.number("property_disregard_weeks", from_on)
    return from_on + timedelta(days=7 * weeks - 1)


def review_due(agreed_on: date, rulebook: Rulebook) -> date:
    """The day by which a top-up is reviewed where none was agreed. Source: docs/rules.md R092."""
    return last_day_of_period(agreed_on, months=rulebook.number("top_up_review_months", agreed_on))


def evidence_warning(top_up: TopUp, on: date, rulebook: Rulebook) -> str:
    """That what shows the means to pay has grown old; empty while it has not. Source: docs/rules.md R093."""
    if top_up.evidence_on is None:
        return ""
    months = rulebook.number("top_up_evidence_months", on)
    if on <= last_day_of_period(top_up.evidence_on, months=months):
        return ""
    return (
        f"What shows that the top-up can be paid is of {in_words(top_up.evidence_on)}, over {months} months "
        "old. Look at it again with the payer."
    )
