"""What does not hold together in the rules of a framework, each with a sentence that says how to mend it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.framework import Framework, FrameworkKind, Regime
from brokerdesk.core.domain.framework_rules import (
    FrameworkRules,
    Order,
    Pick,
    PriceFormula,
    RateCeiling,
    RateKind,
    Rung,
)
from brokerdesk.core.domain.ladder_plan import RATE_WORDS
from brokerdesk.core.domain.picking import TESTS
from brokerdesk.core.domain.sheets import nearest_name

MOST_HOURS = Decimal(24 * 92)
MOST_SCORERS = 5


@dataclass(frozen=True, slots=True)
class RuleTrouble:
    """One thing that does not hold together."""

    where: str
    """The field, such as `ladder.1.hours_standard`; rungs count from 0."""
    found: str
    sentence: str
    rule: str | None = None
    """Number in docs/rules.md, where one stands behind it."""


def rule_troubles(
    framework: Framework, rules: FrameworkRules, grounds: Collection[str]
) -> tuple[RuleTrouble, ...]:
    """Everything that does not hold together, in the order of the fields; nothing where all does.

    Source: docs/rules.md R021, R024, R025, R032, R040, R050.

    Args:
        framework: the edition that the rules are for.
        rules: the rules.
        grounds: codes of the grounds that the rulebook knows.
    """
    return (
        *_ladder(framework, rules),
        *_clock(rules),
        *_comparison(framework, rules),
        *_direct(framework, rules),
        *_ceilings(framework, rules),
        *_grounds(rules, grounds),
    )


def _ladder(framework: Framework, rules: FrameworkRules) -> Iterator[RuleTrouble]:
    seen: dict[str, int] = {}
    tiers: dict[int, str] = {}
    for place, rung in enumerate(rules.ladder):
        where = f"ladder.{place}"
        name = rung.name.strip()
        if not name:
            yield RuleTrouble(
                f"{where}.name", "", f"Rung {place + 1} has no name. Give it one, such as Tier 1."
            )
        elif name.casefold() in seen:
            told = f"Rungs {seen[name.casefold()] + 1} and {place + 1} are both named {name}. Rename one."
            yield RuleTrouble(f"{where}.name", name, told)
        seen.setdefault(name.casefold(), place)
        yield from _spot_place(rules, rung, place)
        yield from _tiers(rung, place, tiers)
        yield from _hours(framework, rules, rung, place)


def _spot_place(rules: FrameworkRules, rung: Rung, place: int) -> Iterator[RuleTrouble]:
    if not rung.is_spot:
        return
    if place != len(rules.ladder) - 1:
        told = f"{rung.name} goes outside the framework, so it is the last rung. Move it down."
        yield RuleTrouble(f"ladder.{place}.is_spot", "yes", told, "R050")
    if place == 0:
        told = "Nobody on the framework would be asked. Put a rung with its members first."
        yield RuleTrouble(f"ladder.{place}.is_spot", "yes", told, "R050")


def _tiers(rung: Rung, place: int, tiers: dict[int, str]) -> Iterator[RuleTrouble]:
    for tier in () if rung.is_spot else rung.tiers:
        if tier in tiers:
            told = f"Tier {tier} stands on {tiers[tier]} and again on {rung.name}. Take it off one of them."
            yield RuleTrouble(f"ladder.{place}.tiers", str(tier), told)
        tiers.setdefault(tier, rung.name)


def _hours(framework: Framework, rules: FrameworkRules, rung: Rung, place: int) -> Iterator[RuleTrouble]:
    pairs = (
        (
            "hours_standard",
            rung.hours_standard,
            framework.response_hours_standard,
            rules.least_hours_standard,
            "",
        ),
        (
            "hours_urgent",
            rung.hours_urgent,
            framework.response_hours_urgent,
            rules.least_hours_urgent,
            " where urgent",
        ),
    )
    for name, own, stated, least, word in pairs:
        where = f"ladder.{place}.{name}"
        hours = own if own is not None else None if stated is None else Decimal(stated)
        if hours is None:
            if name == "hours_standard":
                told = f"{rung.name} states no hours to answer, and neither does the framework. Give them."
                yield RuleTrouble(where, "", told, "R024")
        elif not 0 < hours <= MOST_HOURS:
            told = (
                f"{rung.name} gives {hours:f} hours to answer. Give more than 0 and at most {MOST_HOURS:,}."
            )
            yield RuleTrouble(where, f"{hours:f}", told, "R024")
        elif least is not None and hours < least:
            told = (
                f"{rung.name} gives {hours_words(hours)} to answer{word}, and the least is "
                f"{hours_words(least)}. "
                "Give more, or lower the least."
            )
            yield RuleTrouble(where, f"{hours:f}", told, "R024")


def hours_words(hours: Decimal) -> str:
    """`1 hour`, `1.5 hours`."""
    return "1 hour" if hours == 1 else f"{hours.normalize():f} hours"


def _clock(rules: FrameworkRules) -> Iterator[RuleTrouble]:
    for name in ("least_hours_standard", "least_hours_urgent"):
        least = getattr(rules, name)
        if least is not None and not 0 < least <= MOST_HOURS:
            told = f"The least time to answer is {least:f} hours. Give more than 0, or leave it blank."
            yield RuleTrouble(name, f"{least:f}", told, "R024")
    working = rules.working_hours
    if working is None:
        return
    if not working.days:
        told = "The clock would never run: no working day is ticked. Tick at least one."
        yield RuleTrouble("working_hours.days", "", told, "R024")
    if working.closes <= working.opens:
        told = f"Working hours end at {working.closes:%H:%M}, not after {working.opens:%H:%M}. Correct one."
        yield RuleTrouble("working_hours.closes", f"{working.closes:%H:%M}", told, "R024")


def _comparison(framework: Framework, rules: FrameworkRules) -> Iterator[RuleTrouble]:
    for place, rung in enumerate(rules.ladder):
        if rung.order is Order.ALL_AT_ONCE and rung.pick is Pick.FIRST_ACCEPTANCE and not rung.is_spot:
            told = (
                f"{rung.name} asks everyone together with one deadline, so the first answer cannot win. "
                "Compare by best score or by ordered tests."
            )
            yield RuleTrouble(f"ladder.{place}.pick", rung.pick.value, told, "R024")
        if rung.pick is Pick.ORDERED_TESTS and not rules.tests:
            told = f"{rung.name} goes by ordered tests, and no test is named. Name them in order."
            yield RuleTrouble("tests", "", told, "R021")
    for test in rules.tests:
        if test not in TESTS:
            near = nearest_name(test, TESTS)
            meant = f" Did you mean {near}?" if near else ""
            yield RuleTrouble("tests", test, f"“{test}” is no test. Use: {', '.join(TESTS)}.{meant}", "R021")
    if len(set(rules.tests)) < len(rules.tests):
        told = "A test stands twice in the order of tests. Leave it once."
        yield RuleTrouble("tests", "; ".join(rules.tests), told, "R021")
    if rules.near_miles is not None and rules.near_miles <= 0:
        yield RuleTrouble("near_miles", f"{rules.near_miles:f}", "Near is more than 0 miles. Correct it.")
    if not 1 <= rules.scorers <= MOST_SCORERS:
        told = f"Quality is scored by 1 to {MOST_SCORERS} officers, not {rules.scorers}."
        yield RuleTrouble("scorers", str(rules.scorers), told, "R021")
    if rules.price_formula is PriceFormula.UNDER_CEILING and not _has_ceiling(framework, rules):
        told = "Prices are scored under a ceiling, and neither a lot nor a zone has one. Give a ceiling."
        yield RuleTrouble("price_formula", rules.price_formula.value, told, "R021")


def _has_ceiling(framework: Framework, rules: FrameworkRules) -> bool:
    return bool(rules.ceilings) or any(lot.ceiling for lot in framework.lots)


def _direct(framework: Framework, rules: FrameworkRules) -> Iterator[RuleTrouble]:
    direct = rules.direct_call_off
    if direct.is_allowed and not direct.mechanism.strip():
        told = "Direct call-off is allowed without its mechanism. Write down how a provider is chosen."
        yield RuleTrouble("direct_call_off.mechanism", "", told, "R025")
    without = next((r for r in rules.ladder if r.pick is Pick.FIRST_ACCEPTANCE and not r.is_spot), None)
    if without is None:
        return
    if not direct.is_allowed:
        told = (
            f"{without.name} takes the first acceptance, which is a call-off without competition. "
            "Allow direct call-off and write down its mechanism."
        )
        yield RuleTrouble("direct_call_off.is_allowed", "no", told, "R025")
    if framework.kind is FrameworkKind.DYNAMIC_MARKET and framework.regime is Regime.PA23:
        told = (
            "A dynamic market is no contract: its members compete for each award. "
            "Ask all at once and compare, or change the kind of framework."
        )
        yield RuleTrouble("ladder.0.pick", without.pick.value, told, "R032")


def _ceilings(framework: Framework, rules: FrameworkRules) -> Iterator[RuleTrouble]:
    zones = {zone.name.casefold() for zone in framework.zones}
    for place, row in enumerate(rules.ceilings):
        if framework.lot(row.lot) is None:
            told = f"A ceiling names the lot “{row.lot}”, which the framework does not have."
            yield RuleTrouble(f"ceilings.{place}.lot", row.lot, told)
        if row.zone is not None and row.zone.casefold() not in zones:
            told = f"A ceiling names the zone “{row.zone}”, which the framework does not have."
            yield RuleTrouble(f"ceilings.{place}.zone", row.zone, told)
        if not row.ceiling.pence:
            told = f"The ceiling for {ceiling_words(row)} has no amount. Give one, such as 24.60."
            yield RuleTrouble(f"ceilings.{place}.ceiling", row.ceiling.shown, told)
        if row.starts_on and row.ends_on and row.ends_on < row.starts_on:
            told = (
                f"The ceiling for {ceiling_words(row)} ends on {in_words(row.ends_on)}, before it begins on "
                f"{in_words(row.starts_on)}. Correct one of the days."
            )
            yield RuleTrouble(f"ceilings.{place}.ends_on", row.ends_on.isoformat(), told)
        yield from _beside(row, place, rules.ceilings[:place])


def _beside(row: RateCeiling, place: int, before: tuple[RateCeiling, ...]) -> Iterator[RuleTrouble]:
    """A ceiling held against those above it, where both hold on the same day."""
    for other in before:
        if not _same_place(row, other) or not _overlap(row, other):
            continue
        if row.kind is other.kind:
            told = f"Two ceilings stand for {ceiling_words(row)} at one time. End the earlier, or leave one."
            yield RuleTrouble(f"ceilings.{place}.ceiling", row.ceiling.shown, told)
        low, high = sorted((row, other), key=lambda held: tuple(RateKind).index(held.kind))
        if low.kind is RateKind.STANDARD is not high.kind and high.ceiling < low.ceiling:
            told = (
                f"The ceiling for {ceiling_words(high)} is {high.ceiling.shown}, below the standard one of "
                f"{low.ceiling.shown}. An enhanced rate is at least the standard rate."
            )
            yield RuleTrouble(f"ceilings.{place}.ceiling", row.ceiling.shown, told)


def _same_place(one: RateCeiling, other: RateCeiling) -> bool:
    places = ((held.lot.casefold(), (held.zone or "").casefold()) for held in (one, other))
    return len(set(places)) == 1


def _overlap(one: RateCeiling, other: RateCeiling) -> bool:
    return (one.starts_on or date.min) <= (other.ends_on or date.max) and (other.starts_on or date.min) <= (
        one.ends_on or date.max
    )


def ceiling_words(row: RateCeiling) -> str:
    """What a ceiling is for: `the standard rate of Home care in West`."""
    zone = f" in {row.zone}" if row.zone else ""
    return f"the {RATE_WORDS[row.kind]} of {row.lot}{zone}"


def _grounds(rules: FrameworkRules, known: Collection[str]) -> Iterator[RuleTrouble]:
    for code in rules.grounds:
        if code not in known:
            near = nearest_name(code, tuple(known))
            meant = f" Did you mean {near}?" if near else ""
            told = f"“{code}” is no coded ground of the rulebook.{meant} Use one of: {', '.join(known)}."
            yield RuleTrouble("grounds", code, told, "R040")
