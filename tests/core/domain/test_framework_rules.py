"""Rules of a framework: what does not hold together, what is read back, and which offer they prefer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokerdesk.core.domain.framework import Framework, FrameworkKind
from brokerdesk.core.domain.framework_rules import (
    DirectCallOff,
    FrameworkRules,
    Order,
    Pick,
    PriceFormula,
    RateCeiling,
    RateKind,
    Rung,
    SkipReason,
    WorkingHours,
)
from brokerdesk.core.domain.gate_house import coded_grounds
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.picking import Parted, PickOffer, parted, pick
from brokerdesk.core.domain.pricing import ceiling_of
from brokerdesk.core.domain.read_back import read_back
from brokerdesk.core.domain.rule_examples import RuleExample
from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.domain.rules_check import rule_troubles
from brokerdesk.core.domain.visits import Weekday
from brokerdesk.core.exchange.rule_examples import read_examples
from council_sample import sample_framework

DIRECT = DirectCallOff(True, "In the order of the ranked list")
TIER_1 = Rung("Tier 1", (1,), hours_standard=Decimal(4))
TOGETHER = Rung("Tier 2", (2,), order=Order.ALL_AT_ONCE, pick=Pick.BEST_SCORE)
SPOT = Rung("Spot", is_spot=True)
GOOD = FrameworkRules(ladder=(TIER_1, TOGETHER, SPOT), direct_call_off=DIRECT)
ONE_LOT = "Home care"
TODAY = date(2026, 12, 8)


def troubles(rules: FrameworkRules, framework: Framework | None = None) -> list[tuple[str, str | None]]:
    found = rule_troubles(framework or sample_framework(), rules, ("urgency", "continuity"))
    assert all(trouble.sentence.endswith((".", "?")) for trouble in found)
    return [(trouble.where, trouble.rule) for trouble in found]


def ladder(*rungs: Rung, **more: object) -> FrameworkRules:
    return replace(GOOD, ladder=rungs, **more)


def test_rules_that_hold_together_have_no_trouble() -> None:
    assert troubles(GOOD) == []
    assert troubles(FrameworkRules()) == []


TROUBLES = [
    (ladder(replace(TIER_1, name=" ")), "ladder.0.name", None),
    (ladder(TIER_1, replace(TOGETHER, name="tier 1")), "ladder.1.name", None),
    (ladder(TIER_1, replace(TOGETHER, tiers=(1,))), "ladder.1.tiers", None),
    (ladder(SPOT, TIER_1), "ladder.0.is_spot", "R050"),
    (ladder(replace(TIER_1, hours_standard=Decimal(0))), "ladder.0.hours_standard", "R024"),
    (replace(GOOD, least_hours_standard=Decimal(5)), "ladder.0.hours_standard", "R024"),
    (replace(GOOD, least_hours_urgent=Decimal(0)), "least_hours_urgent", "R024"),
    (replace(GOOD, working_hours=WorkingHours((), time(9), time(17))), "working_hours.days", "R024"),
    (
        replace(GOOD, working_hours=WorkingHours((Weekday.MON,), time(9), time(9))),
        "working_hours.closes",
        "R024",
    ),
    (ladder(TIER_1, replace(TOGETHER, pick=Pick.FIRST_ACCEPTANCE)), "ladder.1.pick", "R024"),
    (ladder(replace(TOGETHER, pick=Pick.ORDERED_TESTS)), "tests", "R021"),
    (replace(GOOD, tests=("price", "price")), "tests", "R021"),
    (replace(GOOD, tests=("prise",)), "tests", "R021"),
    (replace(GOOD, near_miles=Decimal(0)), "near_miles", None),
    (replace(GOOD, scorers=0), "scorers", "R021"),
    (replace(GOOD, direct_call_off=DirectCallOff(True, " ")), "direct_call_off.mechanism", "R025"),
    (replace(GOOD, direct_call_off=DirectCallOff()), "direct_call_off.is_allowed", "R025"),
    (replace(GOOD, grounds=("urgncy",)), "grounds", "R040"),
    (replace(GOOD, ceilings=(RateCeiling("Home", Money(1)),)), "ceilings.0.lot", None),
    (replace(GOOD, ceilings=(RateCeiling(ONE_LOT, Money(1), "North"),)), "ceilings.0.zone", None),
    (replace(GOOD, ceilings=(RateCeiling(ONE_LOT, Money(1)),) * 2), "ceilings.1.ceiling", None),
]


@pytest.mark.parametrize(("rules", "where", "rule"), TROUBLES)
def test_each_trouble_is_named_with_its_field_and_its_rule(
    rules: FrameworkRules, where: str, rule: str | None
) -> None:
    assert (where, rule) in troubles(rules)


def test_a_rung_without_hours_leans_on_the_framework_or_is_refused() -> None:
    silent = replace(sample_framework(), response_hours_standard=None, response_hours_urgent=None)
    assert troubles(ladder(TIER_1, TOGETHER), silent) == [("ladder.1.hours_standard", "R024")]


def test_members_of_a_dynamic_market_compete_for_each_award() -> None:
    market = replace(sample_framework(), kind=FrameworkKind.DYNAMIC_MARKET)
    assert ("ladder.0.pick", "R032") in troubles(GOOD, market)
    assert troubles(FrameworkRules(ladder=(TOGETHER,)), market) == []


def test_scoring_under_a_ceiling_wants_a_ceiling() -> None:
    bare = replace(
        sample_framework(), lots=tuple(replace(lot, ceiling=None) for lot in sample_framework().lots)
    )
    under = replace(GOOD, price_formula=PriceFormula.UNDER_CEILING)
    assert ("price_formula", "R021") in troubles(under, bare)
    assert troubles(under) == []


def test_the_read_back_says_in_order_what_will_happen() -> None:
    rules = replace(
        GOOD, ladder=(replace(TIER_1, skips=(SkipReason.NO_CAPACITY,)), TOGETHER, SPOT),
        working_hours=WorkingHours(tuple(Weekday)[:5], time(9), time(17)), least_hours_standard=Decimal(1),
        ground_needed=True, grounds=("urgency",), is_sealed=True, scorers=2,
    )  # fmt: skip
    told = read_back(sample_framework(), rules, {"urgency": "it cannot wait"})
    assert told[0] == (
        "First, Tier 1: the members of tier 1 are asked one at a time, the best rank first. Each has 4 hours "
        "to answer. The first that accepts is taken. One that has too little free capacity is passed over, "
        "and the reason kept. If nobody offers, what follows opens."
    )
    assert told[2].startswith(
        "Then, Spot: a provider outside the framework may be asked, but only on a coded"
    )
    whole = " ".join(told)
    for words in (
        "The clock runs Mon to Fri from 09:00 to 17:00, and stands still on the bank holidays",
        "No invitation gives less than 1 hour.",
        "Offers stay closed until two officers open them together.",
        "Quality is scored by 2 officers, each on her own.",
        "Direct call-off is allowed by this mechanism: In the order of the ranked list.",
        "Every call-off needs a coded ground.",
        "The grounds are: it cannot wait.",
        "Nothing is sent without the broker",
    ):
        assert words in whole


@pytest.fixture(scope="module")
def examples(project: Path) -> dict[str, RuleExample]:
    read = read_examples(project / "resources" / "framework_rules")
    return {example.rules.started_from: example for example in read}


def test_the_six_ready_made_examples_hold_together_and_say_where_they_come_from(
    examples: dict[str, RuleExample], rulebook: Rulebook
) -> None:
    assert tuple(examples) == ("Essex", "Hampshire", "Staffordshire", "Wiltshire", "Wokingham", "Wigan")
    grounds = coded_grounds(rulebook, date(2026, 12, 1))
    for example in examples.values():
        assert rule_troubles(sample_framework(), example.rules, grounds) == ()
        assert example.source
        assert sum(example.weights.values()) in (0, 100)
    assert examples["Staffordshire"].weights == {"price": Decimal(40), "quality": Decimal(60)}
    assert examples["Wigan"].rules.ground_needed
    assert examples["Wiltshire"].rules.tests == ("choice", "distance", "availability", "price")


def an_offer(name: str, weekly: str, **facts: object) -> PickOffer:
    known = {
        "offer_id": name, "location_id": name, "provider": f"Care {name}", "order": 1, "total": None,
        "weekly": Money.parse(weekly), "distance_miles": Decimal(2), "starts_on": date(2026, 12, 14),
        "is_preferred": False,
    }  # fmt: skip
    return PickOffer(**(known | facts))  # type: ignore[arg-type]  # the sample's fields are those of an offer


WANTED = date(2026, 12, 14)
TESTING = FrameworkRules(tests=("choice", "distance", "availability", "price"), near_miles=Decimal(3))
BY_TESTS = replace(TOGETHER, pick=Pick.ORDERED_TESTS)


def test_ordered_tests_narrow_one_after_another_and_say_so() -> None:
    far, late = (
        an_offer("a", "600.00", distance_miles=Decimal(9)),
        an_offer("b", "610.00", starts_on=date(2026, 12, 20)),
    )
    dear, fit = an_offer("c", "700.00"), an_offer("d", "680.00")
    found = pick(TESTING, BY_TESTS, [far, late, dear, fit], wanted_on=WANTED)
    assert found is not None
    assert found.location_id == "d"
    assert found.steps == (
        "Choice: the person prefers none of them. 4 are left: Care a, Care b, Care c, Care d.",
        "Geography: within 3 miles. 3 are left: Care b, Care c, Care d.",
        "Availability: can start on the day wanted. 2 are left: Care c, Care d.",
        "Price: the least, £680.00 a week. Care d is left.",
    )


def test_the_persons_choice_comes_before_price() -> None:
    chosen = an_offer("a", "900.00", is_preferred=True)
    found = pick(TESTING, BY_TESTS, [chosen, an_offer("b", "600.00")], wanted_on=WANTED)
    assert found is not None
    assert found.location_id == "a"


def test_first_acceptance_goes_by_the_order_of_asking_and_best_score_by_points() -> None:
    first, best = (
        an_offer("a", "700.00", order=1, total=Decimal(60)),
        an_offer("b", "600.00", order=2, total=Decimal(90)),
    )
    by_order = pick(GOOD, TIER_1, [best, first], wanted_on=WANTED)
    by_score = pick(GOOD, TOGETHER, [first, best], wanted_on=WANTED)
    assert by_order is not None
    assert by_score is not None
    assert (by_order.location_id, by_score.location_id) == ("a", "b")
    assert pick(GOOD, TIER_1, [], wanted_on=WANTED) is None


def test_the_zones_own_ceiling_for_the_kind_of_rate_stands_before_that_of_all_zones_and_the_lots() -> None:
    lot = sample_framework().lots[0]
    rules = FrameworkRules(
        ceilings=(
            RateCeiling(lot.name, Money.parse("25.00"), "West"), RateCeiling(lot.name, Money.parse("26.00")),
            RateCeiling(lot.name, Money.parse("29.00"), None, RateKind.ENHANCED_2),
        )
    )  # fmt: skip
    asked = (
        (("West",), RateKind.STANDARD), (("East",), RateKind.STANDARD), (("West",), RateKind.ENHANCED_2),
        ((), RateKind.ENHANCED_1),
    )  # fmt: skip
    known = [ceiling_of(rules, lot, zones, kind, TODAY) for zones, kind in asked]
    assert [str(ceiling) for ceiling in known] == ["25.00", "26.00", "29.00", "27.00"]


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 120)), max_size=6), st.integers(0, 500)
)
def test_a_ceiling_holds_from_its_first_to_its_last_day_and_no_other(
    spans: list[tuple[int, int]], at: int
) -> None:
    lot, day = sample_framework().lots[0], TODAY + timedelta(days=at)
    rows = tuple(
        RateCeiling(
            lot.name, Money(2000 + number), None, RateKind.STANDARD, TODAY + timedelta(days=first),
            TODAY + timedelta(days=first + length), "Schedule 4",
        )
        for number, (first, length) in enumerate(spans)
    )  # fmt: skip
    holding = [n for n, (first, length) in enumerate(spans) if first <= at <= first + length]
    wanted = Money(2000 + holding[0]) if holding else lot.ceiling
    rules = FrameworkRules(ceilings=rows)
    assert ceiling_of(rules, lot, (), RateKind.STANDARD, day) == wanted
    overlaps = any(
        a != b and spans[a][0] <= spans[b][0] + spans[b][1] and spans[b][0] <= spans[a][0] + spans[a][1]
        for a in range(len(spans)) for b in range(len(spans))
    )  # fmt: skip
    assert bool(rule_troubles(sample_framework(), rules, ())) is overlaps


CEILING = RateCeiling(ONE_LOT, Money.parse("25.00"), "West")
FAULTY = [
    (replace(CEILING, starts_on=date(2027, 4, 1), ends_on=date(2027, 3, 31)), "before it begins on 1 April"),
    (replace(CEILING, ceiling=Money(0)), "has no amount"),
    (replace(CEILING, kind=RateKind.ENHANCED_1, ceiling=Money.parse("24.00")), "at least the standard rate"),
]


@pytest.mark.parametrize(("row", "sentence"), FAULTY)
def test_a_ceiling_that_does_not_hold_together_is_said(row: RateCeiling, sentence: str) -> None:
    beside = (CEILING,) if row.kind is not RateKind.STANDARD else ()
    (trouble,) = rule_troubles(sample_framework(), FrameworkRules(ceilings=(*beside, row)), ())
    assert sentence in trouble.sentence


def test_the_read_back_says_when_a_ceiling_holds_and_by_what() -> None:
    row = replace(CEILING, starts_on=date(2027, 4, 1), ends_on=date(2028, 3, 31), source="Schedule 4.")
    told = read_back(sample_framework(), FrameworkRules(ceilings=(row,)), {})
    assert (
        f"The ceiling of the standard rate of {ONE_LOT} in West is £25.00 from 1 April 2027 until "
        "31 March 2028, by Schedule 4."
    ) in told


def test_a_provider_that_the_tests_did_not_prefer_reads_the_test_that_parted_it_with_both_figures() -> None:
    """R021: what told two offers apart, never the finding about somebody else."""
    late = an_offer("b", "610.00", starts_on=date(2026, 12, 20))
    dear, fit = an_offer("c", "700.00"), an_offer("d", "680.00")
    far = an_offer("e", "600.00", distance_miles=Decimal("4.30"))
    offers = [late, dear, fit, far]

    def told(own: PickOffer, won: PickOffer = fit) -> Parted:
        return parted(TESTING, offers, own_id=own.offer_id, won_id=won.offer_id, wanted_on=WANTED)

    assert told(dear).together == (
        "Choice: the person prefers none of them.",
        "Geography: within 3 miles.",
        "Availability: can start on the day wanted.",
    )
    assert told(dear).apart == "Price: the accepted offer costs £680.00 a week; yours £700.00."
    assert told(late).apart.startswith("Availability: the accepted offer can start on")
    assert told(late).apart.endswith("yours on 20 December 2026.")
    assert "yours is 4.30 miles away" in told(far).apart
    assert told(fit, won=dear).apart == "", "the tests preferred the offer that was not accepted"
