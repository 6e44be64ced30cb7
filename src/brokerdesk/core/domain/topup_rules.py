"""What a top-up must have on file before it may be asked for and agreed: hard block 6."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from brokerdesk.core.domain.availability import EVERYTHING_OPEN, Availability
from brokerdesk.core.domain.calendar import in_words, last_day_of_period
from brokerdesk.core.domain.care_setting import CareSetting
from brokerdesk.core.domain.choice import AffordableOption, TopUp
from brokerdesk.core.domain.choice_rules import cheapest_within, net_weekly, real_options, top_up_of
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.money import ZERO, Money
from brokerdesk.core.domain.package import Need
from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.domain.sourcing import Offer
from brokerdesk.core.domain.topup_payer import S117, Problem, dates_problem, means_problem, payer_problem

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a top-up is judged by beside the offers: the day, where the care is given, the figures."""

    on: date
    """The day of the judgement; nothing is agreed or seen after it."""
    setting: CareSetting
    rulebook: Rulebook


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
    real = real_options(offers, need, availability)
    within = [offer for offer in real if net_weekly(offer, need) <= need.personal_budget]
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
    top_up: TopUp, offer: Offer, offers: Iterable[Offer], need: Need, judged: Judged,
    availability: Availability = EVERYTHING_OPEN,
) -> None:  # fmt: skip
    """Refuse a top-up that the rules do not allow: hard block 6. Source: R087, R090 to R094, R113.

    Args:
        top_up: as agreed.
        offer: the offer that is chosen.
        offers: every offer of the round.
        need: whose personal budget counts.
        judged: the day, where the care is given and the figures in force.
        availability: what the ledger says of the offers now.

    Raises:
        RuleError: this is no accommodation, no option within the budget is on file, an item is missing or
            untrue, the payer may not pay or sign, or the amount is more than the price is above the budget.
    """
    problem = top_up_problem(top_up, offer, offers, need, judged, availability)
    if problem is not None:
        rule, sentence = problem
        raise RuleError(sentence, rule=rule)


def top_up_problem(
    top_up: TopUp, offer: Offer, offers: Iterable[Offer], need: Need, judged: Judged,
    availability: Availability = EVERYTHING_OPEN,
) -> Problem | None:  # fmt: skip
    """The first rule that a top-up offends, and the sentence; none where it offends none."""
    offers = tuple(offers)
    starts_on = max(offer.starts_on, need.starts_on)
    return (
        _setting_problem(judged.setting)
        or _option_problem(top_up, offers, need, availability)
        or _items_problem(top_up, need)
        or payer_problem(top_up, need, starts_on, judged.rulebook)
        or means_problem(top_up)
        or dates_problem(top_up, judged.on)
        or _amount_problem(top_up, offer, need, cheapest_within(offers, need, availability) or ZERO)
    )


def _setting_problem(setting: CareSetting) -> Problem | None:
    """A top-up is for the accommodation that is preferred, never for care at home. Source: R088, R090."""
    if setting.is_accommodation:
        return None
    return "R090", (
        f"This is care in {setting.value}, and a top-up is only for a care home, shared lives or supported "
        "living. Take the top-up out; where the care costs more than the budget, raise the budget."
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
        return _budget_problem(top_up, need)
    count = "all seven items" if need.funding == S117 else "all eight items"
    return "R092", (
        f"The top-up agreement does not state: {', '.join(missing)}. Write {count} down first."
    )


def _budget_problem(top_up: TopUp, need: Need) -> Problem | None:
    """The agreement states the budget that there is; under section 117 it states none. Source: R092, R094."""
    budget = need.personal_budget
    if need.funding == S117 or budget is None or top_up.budget_amount == budget:
        return None
    return "R092", (
        f"The top-up agreement states a personal budget of {top_up.budget_amount.shown} a week, and it is "
        f"{budget.shown}. Write the agreement anew with that sum."
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
    nets = (net_weekly(offer, need) for offer in real_options(offers, need, availability))
    return min(nets, default=None)


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
