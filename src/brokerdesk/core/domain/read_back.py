"""The rules of a framework read back in plain English: what will happen, before anybody agrees to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.cascade import hours_of
from brokerdesk.core.domain.framework import Framework
from brokerdesk.core.domain.framework_rules import (
    FrameworkRules,
    Opens,
    Order,
    Pick,
    PriceFormula,
    RateCeiling,
    Rung,
    SkipReason,
    WorkingHours,
)
from brokerdesk.core.domain.rules_check import ceiling_words, hours_words

_ORDERS = {
    Order.RANK: "one at a time, the best rank first",
    Order.ROTATION: "one at a time by rank, and among equals the one asked longest ago first",
    Order.ALL_AT_ONCE: "all at once, with one deadline",
}
_SKIPS = {
    SkipReason.NO_CAPACITY: "has too little free capacity",
    SkipReason.DECLINED_ALREADY: "declined this package before",
    SkipReason.ABOVE_CEILING: "has a rate above the ceiling",
    SkipReason.MAY_NOT_BE_ASKED: "may no longer be asked",
}
_FORMULAS = {
    PriceFormula.LOWEST_OVER_OFFER: "the lowest price divided by the offer’s",
    PriceFormula.SPREAD: "a straight line from the lowest price (100) to the highest (0)",
    PriceFormula.UNDER_CEILING: "a straight line from nothing (100) to the ceiling (0)",
}
_TESTS = {
    "choice": "the person’s choice",
    "distance": "how near it is",
    "availability": "whether it can start in time",
    "price": "the lowest price",
}


def read_back(framework: Framework, rules: FrameworkRules, grounds: Mapping[str, str]) -> tuple[str, ...]:
    """What will happen when a package is sourced from this framework, a sentence each.

    Source: docs/rules.md R021, R024, R025, R050.

    Args:
        framework: the edition, whose response hours serve where a rung states none.
        rules: how it is to be used.
        grounds: meaning of each coded ground of the rulebook.
    """
    return (
        *_ladder(framework, rules),
        *_clock(rules),
        *_comparison(framework, rules),
        *_law(rules, grounds),
    )


def _ladder(framework: Framework, rules: FrameworkRules) -> Iterator[str]:
    if not rules.ladder:
        yield "There is no ladder: the broker says at each round whether all are asked at once or by rank."
        return
    for place, rung in enumerate(rules.ladder):
        yield _rung(framework, rung, place, is_last=place == len(rules.ladder) - 1)
    yield "Nothing is sent without the broker: BrokerDesk says who is next, and she asks."
    yield "Anyone who may no longer be asked on the day, suspended or excluded since, is passed over."


def _rung(framework: Framework, rung: Rung, place: int, *, is_last: bool) -> str:
    start = "First" if not place else "Then"
    if rung.is_spot:
        return (
            f"{start}, {rung.name}: a provider outside the framework may be asked, "
            f"but only on a coded ground.{_time(framework, rung)}"
        )
    name = rung.name or "a rung without a name"
    skips = _joined([_SKIPS[skip] for skip in rung.skips], "or")
    onward = "" if is_last else f" {_next(rung)}"
    passed = f" One that {skips} is passed over, and the reason kept." if skips else ""
    return (
        f"{start}, {name}: {_who(rung, place)} are asked {_ORDERS[rung.order]}."
        f"{_time(framework, rung)} {_pick(rung)}{passed}{onward}"
    )


def _who(rung: Rung, place: int) -> str:
    if not rung.tiers:
        return "all members not asked before" if place else "all members"
    return f"the members of tier {_joined([str(tier) for tier in rung.tiers], 'and')}"


def _time(framework: Framework, rung: Rung) -> str:
    standard = hours_of(rung, framework, is_urgent=False)
    urgent = hours_of(rung, framework, is_urgent=True)
    each = "They have" if rung.order is Order.ALL_AT_ONCE else "Each has"
    if standard is None:
        return ""
    differs = urgent is not None and urgent != standard
    less = f", or {hours_words(urgent)} where it is urgent" if urgent is not None and differs else ""
    return f" {each} {hours_words(standard)} to answer{less}."


def _pick(rung: Rung) -> str:
    match rung.pick:
        case Pick.FIRST_ACCEPTANCE:
            return "The first that accepts is taken."
        case Pick.BEST_SCORE:
            return "The offer with the best score is preferred."
        case Pick.ORDERED_TESTS:
            return "The offers pass the tests one after another."


def _next(rung: Rung) -> str:
    if rung.opens_next is Opens.BROKER:
        return "What follows is opened by the broker, with a reason."
    return "If nobody offers, what follows opens."


def _clock(rules: FrameworkRules) -> Iterator[str]:
    working = rules.working_hours
    if working is not None:
        yield (
            f"The clock runs {_days(working)} from {working.opens:%H:%M} to {working.closes:%H:%M}, "
            "and stands still on the bank holidays of England and Wales."
        )
    elif rules.ladder:
        yield "The clock runs day and night."
    least = [
        f"{hours_words(hours)}{word}"
        for hours, word in ((rules.least_hours_standard, ""), (rules.least_hours_urgent, " where urgent"))
        if hours is not None
    ]
    if least:
        yield f"No invitation gives less than {_joined(least, 'or')}."


def _days(working: WorkingHours) -> str:
    numbers = [day.number for day in working.days]
    names = [day.value for day in sorted(working.days, key=lambda day: day.number)]
    if len(numbers) > 2 and sorted(numbers) == list(range(min(numbers), max(numbers) + 1)):
        return f"{names[0]} to {names[-1]}"
    return _joined(names, "and")


def _comparison(framework: Framework, rules: FrameworkRules) -> Iterator[str]:
    picks = {rung.pick for rung in rules.ladder}
    if Pick.BEST_SCORE in picks or not rules.ladder:
        weights = [f"{name} {weight.normalize():f}" for name, weight in framework.weights.items() if weight]
        yield f"Offers are scored by {_joined(weights, 'and')} out of 100."
        yield f"Points for price are {_FORMULAS[rules.price_formula]}."
    if Pick.ORDERED_TESTS in picks:
        tests = [_TESTS.get(test, test) for test in rules.tests]
        near = f" Near is within {rules.near_miles:f} miles." if rules.near_miles is not None else ""
        yield f"The tests in order: {', then '.join(tests)}.{near}"
    yield f"A week’s price is rounded by the {framework.rounding.value}."
    for row in rules.ceilings:
        yield f"The ceiling of {ceiling_words(row)} is {row.ceiling.shown}{_while(row)}."
    if rules.is_sealed:
        yield "Offers stay closed until two officers open them together."
    if rules.scorers > 1:
        yield f"Quality is scored by {rules.scorers} officers, each on her own."


def _while(row: RateCeiling) -> str:
    """When a ceiling holds and where it is laid down."""
    start = f" from {in_words(row.starts_on)}" if row.starts_on else ""
    end = f" until {in_words(row.ends_on)}" if row.ends_on else ""
    return f"{start}{end}{f', by {row.source.rstrip(chr(46))}' if row.source else ''}"


def _law(rules: FrameworkRules, grounds: Mapping[str, str]) -> Iterator[str]:
    direct = rules.direct_call_off
    if direct.is_allowed:
        yield f"Direct call-off is allowed by this mechanism: {direct.mechanism.strip().rstrip('.')}."
    elif rules.ladder:
        yield "Direct call-off without competition is not allowed."
    if rules.ground_needed:
        yield "Every call-off needs a coded ground."
    if rules.ground_needed or any(rung.is_spot for rung in rules.ladder):
        named = [grounds.get(code, code) for code in rules.grounds or tuple(grounds)]
        yield f"The grounds are: {'; '.join(named)}."
    if rules.ladder:
        yield "To ask or award out of this order takes a coded reason, and it is counted."


def _joined(words: list[str], last: str) -> str:
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
