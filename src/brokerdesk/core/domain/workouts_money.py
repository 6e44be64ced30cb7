"""Work-outs that end in pounds or points: costs, top-ups, forecasts, values and scores."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.costs import (
    BandedRates,
    Calls,
    HourlyRate,
    RateCard,
    WeekCost,
    annual_cost,
    calls_cost,
    days_left,
    forecast,
    part_week_sentence,
    period_costs,
)
from brokerdesk.core.domain.framework import Rounding
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.procurement import ContractValue, contract_value
from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.domain.scoring import PRICE, PricedOffer, Score, check_weights, score_offers
from brokerdesk.core.domain.topup import top_up_sum
from brokerdesk.core.domain.visits import Weekday, check_carers, check_length
from brokerdesk.core.domain.workouts_fields import Question, Refused, check_keys, decimal, refuse, shown

Worked = tuple[dict[str, Any], tuple[str, ...]]
"""The answer's own keys, and its steps in words."""

_TOO_MUCH = Money(10**17)


def weekly(question: Question, rulebook: Rulebook) -> Worked:
    """Price of a week's visits. Source: docs/rules.md E1, R157 to R160."""
    rates = _rates(question)
    cost = calls_cost([_calls(row) for row in question["visits"]], rates)
    return {
        "visit_hours": str(cost.visit_hours),
        "carer_hours": str(cost.carer_hours),
        "weekly_cost": str(cost.total),
    }, cost.steps


def _rates(question: Question) -> RateCard:
    per_hour, rounding, banded = (question[key] for key in ("rate_per_hour", "rounding", "banded_rates"))
    if banded is not None and per_hour is None and rounding is None:
        return BandedRates(banded)
    if banded is not None:
        raise Refused("Give either rate_per_hour with rounding, or banded_rates, not both.", "R159")
    if per_hour is None:
        raise Refused("A rate is missing. Give rate_per_hour with rounding, or banded_rates.", "R158")
    if rounding is None:
        raise Refused("rounding is missing. Say whether the price is rounded by week or by visit.", "R158")
    return HourlyRate(per_hour, Rounding(rounding))


def _calls(row: Mapping[str, Any]) -> Calls:
    check_length(row["minutes"])
    check_carers(row["carers"])
    return Calls(row["minutes"], row["carers"], row.get("per_week", 1))


def periods(question: Question, rulebook: Rulebook) -> Worked:
    """A week's price over longer periods. Source: docs/rules.md E2, R164."""
    week: Money = question["weekly_cost"]
    weeks = rulebook.decimal("weeks_in_year_policy", date.max)
    costs = period_costs(week, policy_weeks=weeks)
    basis = {
        "four_weekly": (costs.four_weekly, "x 4"),
        "weeks_52_14": (costs.weeks_52_14, f"x {weeks}"),
        "year_365": (costs.year_365, "x 365 / 7"),
        "year_366": (costs.year_366, "x 366 / 7"),
        "calendar_month": (costs.calendar_month, "x 365 / 7 / 12"),
    }
    steps = tuple(f"{week.shown} {sum_} = {cost.shown}." for cost, sum_ in basis.values())
    return {name: str(cost) for name, (cost, _) in basis.items()}, steps


def part_week(question: Question, rulebook: Rulebook) -> Worked:
    """Price from a day to the Sunday of its charging week. Source: docs/rules.md E3, R158."""
    starts_on: date = question["starts_on"]
    calls = [(Weekday(row["day"]), _calls(row)) for row in question["visits"]]
    left = [call for on, call in calls if on.number >= starts_on.weekday()]
    cost: WeekCost = calls_cost(
        left, HourlyRate(question["rate_per_hour"], Rounding.WEEK), period="in that part week"
    )
    return {
        "days": days_left(starts_on),
        "carer_hours": str(cost.carer_hours),
        "cost": str(cost.total),
    }, (part_week_sentence(starts_on), *cost.steps)


def top_up(question: Question, rulebook: Rulebook) -> Worked:
    """What someone pays above the budget. Source: docs/rules.md E4, R087 to R092."""
    found = top_up_sum(
        question["personal_budget"],
        question["preferred_price"],
        question["fnc_in_price"],
        question["cheapest_suitable_available"],
    )
    answer: dict[str, Any] = {"allowed": found.is_allowed, "budget": str(found.budget)}
    if found.weekly is None:
        none = dict.fromkeys(("weekly_top_up", "four_weekly", "year_365"))
        return answer | none | {"why": found.why}, found.steps
    four, year = Money(found.weekly.pence * 4), annual_cost(found.weekly)
    longer = f"{found.weekly.shown} x 4 = {four.shown}; x 365 / 7 = {year.shown} a year."
    return answer | {
        "weekly_top_up": str(found.weekly),
        "four_weekly": str(four),
        "year_365": str(year),
    }, (*found.steps, longer)


def yearly_forecast(question: Question, rulebook: Rulebook) -> Worked:
    """A price over years with a yearly rise. Source: docs/rules.md E14, R166."""
    percent: Decimal = question["rate_percent"]
    first: int = question["first_uplift_year"]
    exact = forecast(question["annual"], years=question["years"], percent=percent, first_uplift_year=first)
    years = [Money.from_exact(year) for year in exact]
    total = Money.from_exact(sum(exact, start=exact[0] * 0))
    if total > _TOO_MUCH:
        raise Refused("The forecast passes a thousand billion pounds. Check the percentage and the years.")
    steps = tuple(
        f"Year {number}: {year.shown}" + (f", {percent}% more." if number >= first else ".")
        for number, year in enumerate(years, start=1)
    )
    return {"years": [str(year) for year in years], "total": str(total)}, (
        *steps,
        f"Together {total.shown}, rounded once from the exact sum.",
    )


def value_route(question: Question, rulebook: Rulebook) -> Worked:
    """What a contract is worth and which threshold it meets. Source: docs/rules.md E15, R007 to R013."""
    commenced: date = question["procurement_commenced_on"]
    week: Money = question["weekly_cost"]
    value = contract_value(week, question["starts_on"], question["ends_on"], commenced, rulebook)
    return {
        "value": None if value.shown is None else str(value.shown),
        "is_notifiable": value.is_notifiable,
        "is_above_threshold": value.is_above_threshold,
    }, tuple(_value_steps(value, week, commenced, rulebook))


def _value_steps(value: ContractValue, week: Money, commenced: date, rulebook: Rulebook) -> list[str]:
    steps = []
    if value.shown is None:
        steps.append("The end is not known, so the contract counts as above the threshold (R011).")
    else:
        steps.append(f"{week.shown} x {value.days:,} days / 7 = {value.shown.shown}.")
    steps.append(f"The threshold on {in_words(commenced)} is {value.threshold.shown} including VAT.")
    if value.shown is not None:
        steps.append(f"It is {'at or above' if value.is_above_threshold else 'below'} the threshold.")
    if value.is_notifiable:
        steps.append(f"It is worth {value.notifiable_from.shown} or more, so a notice is due (R013).")
    if commenced < rulebook.pa23_starts_on:
        starts = in_words(rulebook.pa23_starts_on)
        steps.append(f"Begun before {starts}, it stays under the law before the Procurement Act (R002).")
    return steps


def score(question: Question, rulebook: Rulebook) -> Worked:
    """Offers scored by weight. Source: docs/rules.md E17, R021."""
    weights: dict[str, Decimal] = question["weights"]
    check_weights(weights)
    if "name" in weights:
        raise Refused("A criterion cannot be called “name”, which is the offer's own. Call it otherwise.")
    if not question["offers"]:
        raise Refused("offers is an empty list. Give at least one offer.", field="offers")
    offers = [_offer(number, row, weights) for number, row in enumerate(question["offers"], start=1)]
    _check_names(offers)
    ranking = score_offers(weights, offers)
    lowest = min(offer.price for offer in offers)
    steps = (f"The lowest price is {lowest}.", *(step for found in ranking for step in _score_steps(found)))
    return {"ranking": [_ranked(found) for found in ranking]}, steps


def _ranked(found: Score) -> dict[str, Any]:
    points = {held.criterion: str(held.weighted) for held in found.criterion_points}
    return {"name": found.name, "total": str(found.shown), "points": points}


def _score_steps(found: Score) -> tuple[str, ...]:
    return (*(f"{found.name}, {points.sentence}" for points in found.points), f"{found.name}: {found.shown}.")


def _offer(number: int, row: object, weights: Mapping[str, Decimal]) -> PricedOffer:
    where = f"offer {number}"
    if not isinstance(row, Mapping):
        raise Refused(f"{where} is {shown(row)}; it wants a table of keys and values.", field="offers")
    criteria = tuple(name for name in weights if name != PRICE)
    keys = ("name", PRICE, *criteria)
    check_keys(where, row, keys, keys)
    name = row["name"]
    if not isinstance(name, str) or not name.strip():
        refuse(f"name of {where}", name, "the provider's name")
    scores = {
        criterion: None if row[criterion] is None else decimal(f"{criterion} of {where}", row[criterion])
        for criterion in criteria
    }
    return PricedOffer(str(name), decimal(f"price of {where}", row[PRICE]), scores)


def _check_names(offers: list[PricedOffer]) -> None:
    seen: set[str] = set()
    for offer in offers:
        if offer.name in seen:
            raise Refused(f"Two offers are named “{shown(offer.name)}”. Tell them apart.", field="offers")
        seen.add(offer.name)
