"""The cascade on a real desk with a frozen clock: a weekend, a bank holiday, a laptop shut for three days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest

from brokerdesk.core.domain.award import Route
from brokerdesk.core.domain.cascade import Move
from brokerdesk.core.domain.errors import ConflictError, RuleError
from brokerdesk.core.domain.framework import Framework, Member, RateLine, Suspension
from brokerdesk.core.domain.framework_rules import (
    DirectCallOff,
    FrameworkRules,
    Opens,
    Order,
    Pick,
    RateCeiling,
    RateKind,
    Rung,
    SkipReason,
    WorkingHours,
)
from brokerdesk.core.domain.learning import PROVIDERS as PROVIDERS_REPORT
from brokerdesk.core.domain.london import LONDON
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.officer import Officer
from brokerdesk.core.domain.package import Package, Step
from brokerdesk.core.domain.route_decision import Way
from brokerdesk.core.domain.sourcing import (
    Asking,
    DeclineCode,
    Invitation,
    InvitationStatus,
    Round,
    Shortlist,
)
from brokerdesk.core.domain.visits import Weekday
from brokerdesk.core.services import (
    cascading,
    framework_rules,
    frameworks,
    journey,
    offers,
    outlook,
    packages,
    rounds,
    route_decisions,
    shortlists,
)
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.ladder import OutsideProvider
from brokerdesk.core.services.learning import learning_report
from council_sample import (
    BROKER,
    MANAGER,
    PROVIDERS,
    Council,
    a_need,
    keep_list,
    look_at_what_goes_out,
    make_council,
    record_need,
)

OFFICE = WorkingHours(tuple(Weekday)[:5], time(9), time(17))
DIRECT = DirectCallOff(True, "In the order of the ranked list")
LADDER = (
    Rung("Tier 1", (1,), hours_standard=Decimal(4), hours_urgent=Decimal(1)),
    Rung("Tier 2", (2,), order=Order.ALL_AT_ONCE, pick=Pick.BEST_SCORE, hours_standard=Decimal(8)),
    Rung("Spot", is_spot=True, hours_standard=Decimal(8)),
)
RULES = FrameworkRules(ladder=LADDER, working_hours=OFFICE, direct_call_off=DIRECT)
FIRST, SECOND, THIRD, FOURTH = (provider[0] for provider in PROVIDERS[:4])


@pytest.fixture
def council(tmp_path: Path) -> Council:
    return make_council(tmp_path / "desk")


@pytest.fixture
def desk(council: Council) -> Iterator[Desk]:
    with council.open(BROKER) as opened:
        put_rules(opened, RULES)
        yield opened


def as_manager(desk: Desk) -> Desk:
    with desk.reading() as unit:
        return replace(desk, operator=unit.of(Officer).find(name=MANAGER)[0])


def put_rules(desk: Desk, rules: FrameworkRules) -> Framework:
    manager = as_manager(desk)
    (latest,) = frameworks.list_frameworks(manager)
    return framework_rules.set_rules(manager, framework_id=latest.id, rules=rules).value


def at(council: Council, text: str) -> None:
    council.clock.set(datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC))


def opened_on(council: Council, desk: Desk, text: str, **need: object) -> Round:
    at(council, text)
    package = record_need(desk, a_need(starts_on=date(2027, 2, 1), **need))
    keep_list(desk, package)
    look_at_what_goes_out(desk, package.id)
    return rounds.open_round(desk, package_id=package.id).value


def move(desk: Desk, opened: Round) -> Move:
    return cascading.look(desk, opened.id).cascade.move


def held(desk: Desk, opened: Round) -> dict[str, Invitation]:
    with desk.reading() as unit:
        return {i.location_id: i for i in journey.invitations_of(unit, opened.id)}


def until(held: Invitation) -> str:
    assert held.answer_by is not None
    return f"{held.answer_by.astimezone(LONDON):%Y-%m-%d %H:%M}"


def decline(desk: Desk, held: Invitation) -> None:
    offers.record_decline(desk, invitation_id=held.id, code=DeclineCode.NO_CAPACITY)


def offer(desk: Desk, held: Invitation, rate: str = "24.10") -> None:
    offers.record_offer(
        desk, invitation_id=held.id, rate=Money.parse(rate), starts_on=date(2027, 2, 1), quality=Decimal(80)
    )


def test_over_a_weekend_four_hours_end_on_monday_morning(council: Council, desk: Desk) -> None:
    opened = opened_on(council, desk, "2026-12-11 15:00")
    asked = held(desk, opened)
    assert [i.status.name for i in asked.values()] == ["ASKED", "WAITING", "WAITING", "WAITING"]
    assert until(asked[FIRST]) == "2026-12-14 11:00"
    at(council, "2026-12-13 12:00")
    seen = cascading.look(desk, opened.id)
    assert (seen.cascade.move, seen.left_seconds) == (Move.WAIT, 2 * 3600)
    at(council, "2026-12-14 11:01")
    assert move(desk, opened) is Move.ASK


def test_over_bank_holidays_the_clock_stands_still(council: Council, desk: Desk) -> None:
    opened = opened_on(council, desk, "2026-12-24 16:00")
    assert until(held(desk, opened)[FIRST]) == "2026-12-29 12:00"


def test_an_urgent_package_has_the_urgent_hours(council: Council, desk: Desk) -> None:
    opened = opened_on(council, desk, "2026-12-10 10:00", urgent_since=datetime(2026, 12, 10, 9, tzinfo=UTC))
    assert until(held(desk, opened)[FIRST]) == "2026-12-10 11:00"


def test_a_laptop_shut_for_three_days_knows_at_its_next_start_what_lapsed_and_what_is_due(
    council: Council, desk: Desk
) -> None:
    opened = opened_on(council, desk, "2026-12-14 15:00")
    at(council, "2026-12-17 09:05")
    (row,) = packages.today(desk)
    assert row.bucket is packages.Bucket.DO_NOW
    assert row.package.step == Step.INVITATIONS.value
    assert row.package.next == (
        "Wrenhollow Home Care let the time pass, Tue 15 Dec, 11:00. Ask Marrowby Care now, Tier 1."
    )
    assert held(desk, opened)[FIRST].status is InvitationStatus.ASKED  # nothing was done without the broker
    rounds.ask_next(desk, round_id=opened.id)
    asked = held(desk, opened)
    assert asked[FIRST].status is InvitationStatus.LAPSED
    assert until(asked[SECOND]) == "2026-12-17 13:05"
    assert asked[SECOND].identity_checked_at is not None


def test_while_one_may_answer_the_next_is_not_asked(council: Council, desk: Desk) -> None:
    opened = opened_on(council, desk, "2026-12-14 10:00")
    with pytest.raises(RuleError, match="may still answer until 14:00") as refused:
        rounds.ask_next(desk, round_id=opened.id)
    assert refused.value.rule == "R024"


def test_a_decline_moves_on_to_the_next_rung_which_competes_and_today_names_who_follows(
    council: Council, desk: Desk
) -> None:
    opened = opened_on(council, desk, "2026-12-14 10:00")
    for location in (FIRST, SECOND, THIRD):
        (clock,) = outlook.outlook(desk).rounds
        assert clock.is_due_soon
        decline(desk, held(desk, opened)[location])
        rounds.ask_next(desk, round_id=opened.id)
    assert clock.then == "Then Cobblestile Care, Tier 2"
    asked = held(desk, opened)
    assert (asked[FOURTH].status, asked[FOURTH].rung) == (InvitationStatus.ASKED, 1)
    offer(desk, asked[FOURTH])
    assert move(desk, opened) is Move.CLOSE
    rounds.close_round(desk, round_id=opened.id)


def test_after_a_round_by_the_ladder_the_route_knows_how_members_were_asked(
    council: Council, desk: Desk
) -> None:
    opened = opened_on(council, desk, "2026-12-14 10:00")
    first = route_decisions.guide_for(desk, opened.package_id, {}).suggestion
    assert first is not None
    assert (first.route, first.way) == (Route.FRAMEWORK_S45, Way.CALL_OFF)
    for location in (FIRST, SECOND, THIRD):
        decline(desk, held(desk, opened)[location])
        rounds.ask_next(desk, round_id=opened.id)
    second = route_decisions.guide_for(desk, opened.package_id, {}).suggestion
    assert second is not None
    assert second.way is Way.MINI_COMPETITION


def test_a_round_with_members_left_to_ask_and_no_offer_is_not_closed(council: Council, desk: Desk) -> None:
    opened = opened_on(council, desk, "2026-12-14 10:00")
    decline(desk, held(desk, opened)[FIRST])
    with pytest.raises(RuleError, match="Marrowby Care is next by the framework") as refused:
        rounds.close_round(desk, round_id=opened.id)
    assert refused.value.rule == "R050"


def test_one_suspended_since_is_passed_over_with_its_reason(council: Council, desk: Desk) -> None:
    opened = opened_on(council, desk, "2026-12-14 10:00")
    frameworks.suspend_member(
        as_manager(desk), framework_id=opened.framework_id, location_id=SECOND, scope="all",
        from_on=date(2026, 12, 14), to_on=None, reason="Enquiry",
    )  # fmt: skip
    decline(desk, held(desk, opened)[FIRST])
    asked = rounds.ask_next(desk, round_id=opened.id).value
    passed = held(desk, opened)[SECOND]
    assert asked.location_id == THIRD
    assert (passed.status, passed.skip) == (InvitationStatus.SKIPPED, SkipReason.MAY_NOT_BE_ASKED)
    assert passed.skip_why.startswith("Suspended")


def test_asking_before_its_turn_takes_a_coded_reason_which_is_kept(council: Council, desk: Desk) -> None:
    opened = opened_on(council, desk, "2026-12-14 10:00")
    decline(desk, held(desk, opened)[FIRST])
    for reason in ("", "I like them"):
        with pytest.raises(RuleError, match="coded reason|takes a reason"):
            rounds.ask_next(desk, round_id=opened.id, location_id=THIRD, reason=reason)
    asked = rounds.ask_next(desk, round_id=opened.id, location_id=THIRD, reason="continuity").value
    assert (asked.location_id, asked.off_rank) == (THIRD, "continuity")
    assert held(desk, opened)[SECOND].status is InvitationStatus.WAITING


def test_leaving_a_provider_out_of_the_order_takes_a_coded_reason(council: Council, desk: Desk) -> None:
    at(council, "2026-12-14 10:00")
    package = record_need(desk, a_need(starts_on=date(2027, 2, 1)))
    keep_list(desk, package)
    look_at_what_goes_out(desk, package.id)
    with pytest.raises(RuleError, match="takes a reason") as refused:
        rounds.open_round(desk, package_id=package.id, leave_out=(FIRST,))
    assert refused.value.rule == "R050"
    opened = rounds.open_round(desk, package_id=package.id, leave_out=(FIRST,), off_rank="conflict").value
    asked = held(desk, opened)
    assert (asked[FIRST].status, asked[FIRST].off_rank) == (InvitationStatus.SKIPPED, "conflict")
    assert asked[SECOND].status is InvitationStatus.ASKED


def test_outside_the_framework_only_on_a_coded_ground_and_judged_like_a_member(
    council: Council, desk: Desk
) -> None:
    opened = opened_on(council, desk, "2026-12-14 10:00")
    for location in (FIRST, SECOND, THIRD, FOURTH):
        decline(desk, held(desk, opened)[location])
        if location != FOURTH:
            rounds.ask_next(desk, round_id=opened.id)
    assert move(desk, opened) is Move.OPEN_SPOT
    with desk.units.writing() as unit:
        known = unit.directory.known([FIRST])[FIRST]
        stranger = replace(known.facts, location_id="1-9000000009", location_name="Hobnail Care")
        unit.directory.keep([replace(known, facts=stranger)])
        unit.commit()
    fifth = stranger.location_id
    outside = (OutsideProvider(fifth, "Manager", "manager@provider.example"),)
    for ground in ("", "because"):
        with pytest.raises(RuleError) as refused:
            rounds.ask_outside(desk, round_id=opened.id, providers=outside, ground=ground)
        assert refused.value.rule in {"R040", "R050"}
    suspended = (OutsideProvider(PROVIDERS[4][0]),)
    with pytest.raises(RuleError, match="Ostlerby Care may not be asked: Suspended"):
        rounds.ask_outside(desk, round_id=opened.id, providers=suspended, ground="urgency")
    (asked,) = rounds.ask_outside(desk, round_id=opened.id, providers=outside, ground="below_threshold").value
    offer(desk, asked)
    closed = rounds.close_round(desk, round_id=opened.id).value
    assert (closed.ground, closed.rung) == ("below_threshold", 2)
    asked_next = route_decisions.guide_for(desk, opened.package_id, {}).asked
    assert [question.key for question in asked_next] == ["buying"], "who stands outside gives no call-off"
    assert shortlists.replay_shortlist(desk, closed.shortlist_id)
    with desk.reading() as unit:
        assert fifth in {row.location_id for row in unit.of(Shortlist).get(closed.shortlist_id).included}


def test_the_next_rung_is_opened_by_the_broker_where_its_rule_says_so(council: Council, desk: Desk) -> None:
    first = replace(LADDER[0], tiers=(1,), opens_next=Opens.BROKER)
    put_rules(desk, replace(RULES, ladder=(first, LADDER[1])))
    opened = opened_on(council, desk, "2026-12-14 10:00")
    for location in (FIRST, SECOND, THIRD):
        decline(desk, held(desk, opened)[location])
        if location != THIRD:
            rounds.ask_next(desk, round_id=opened.id)
    with pytest.raises(RuleError, match="Say why it is opened now"):
        rounds.ask_next(desk, round_id=opened.id)
    rounds.ask_next(desk, round_id=opened.id, reason="Tier 1 has no carers this month")
    with desk.reading() as unit:
        kept = unit.of(Round).get(opened.id)
    assert (kept.rung, kept.opened_because) == (1, "Tier 1 has no carers this month")


def test_a_round_keeps_the_rules_that_it_opened_with(council: Council, desk: Desk) -> None:
    opened = opened_on(council, desk, "2026-12-14 10:00")
    made = put_rules(desk, replace(RULES, working_hours=None))
    assert made.edition == 5
    with desk.reading() as unit:
        assert unit.of(Round).get(opened.id).rules == RULES
        assert len(unit.of(Member).find(framework_id=made.id)) == 6
        assert len(unit.of(Suspension).find(framework_id=made.id)) == 1


def test_rules_that_do_not_hold_together_or_change_nothing_are_not_saved(desk: Desk) -> None:
    manager = as_manager(desk)
    (latest,) = frameworks.list_frameworks(manager)
    wordless = replace(RULES, direct_call_off=DirectCallOff(True, " "))
    with pytest.raises(RuleError, match="without its mechanism") as refused:
        framework_rules.set_rules(manager, framework_id=latest.id, rules=wordless)
    assert refused.value.rule == "R025"
    with pytest.raises(RuleError, match="Nothing was changed"):
        framework_rules.set_rules(manager, framework_id=latest.id, rules=RULES)
    with pytest.raises(ConflictError, match="has edition 4 by now"):
        framework_rules.set_rules(manager, framework_id="framework-1", rules=FrameworkRules())
    with pytest.raises(RuleError, match="may not set how a framework is used"):
        framework_rules.set_rules(desk, framework_id=latest.id, rules=FrameworkRules())


def test_a_framework_with_a_ladder_is_asked_by_it_and_one_without_cannot_be(
    council: Council, desk: Desk
) -> None:
    at(council, "2026-12-14 10:00")
    package = record_need(desk, a_need(starts_on=date(2027, 2, 1)))
    keep_list(desk, package)
    look_at_what_goes_out(desk, package.id)
    for words, how in (
        ("says itself in what order", {"asking": Asking.ALL_AT_ONCE}),
        ("state how long", {"closes_after_hours": 9}),
    ):
        with pytest.raises(RuleError, match=words):
            rounds.open_round(desk, package_id=package.id, **how)
    put_rules(desk, FrameworkRules())
    plain = record_need(desk, a_need("Edmund", "Tarrowby", starts_on=date(2027, 2, 1)))
    keep_list(desk, plain)
    look_at_what_goes_out(desk, plain.id)
    with pytest.raises(RuleError, match="no rules of asking yet"):
        rounds.open_round(desk, package_id=plain.id, asking=Asking.FRAMEWORK)
    least = FrameworkRules(least_hours_standard=Decimal(12))
    put_rules(desk, least)
    strict = record_need(desk, a_need("Rosalind", "Pembury", starts_on=date(2027, 2, 1)))
    keep_list(desk, strict)
    look_at_what_goes_out(desk, strict.id)
    with pytest.raises(RuleError, match="at least 12 hours") as refused:
        rounds.open_round(desk, package_id=strict.id, closes_after_hours=2)
    assert refused.value.rule == "R024"


def test_an_enhanced_rate_and_its_ceiling_hold_where_the_round_asks_for_it(
    council: Council, desk: Desk
) -> None:
    ceilings = (
        RateCeiling("Home care", Money.parse("24.00"), "West"),
        RateCeiling("Home care", Money.parse("28.00"), "West", RateKind.ENHANCED_1),
    )
    made = put_rules(desk, replace(RULES, ceilings=ceilings))
    with desk.units.writing() as unit:
        unit.of(RateLine).add(
            RateLine(
                "e1",
                made.id,
                FIRST,
                "Home care",
                "West",
                None,
                Money.parse("26.90"),
                None,
                RateKind.ENHANCED_1,
            )
        )
        unit.commit()
    found = {}
    for kind in (RateKind.STANDARD, RateKind.ENHANCED_1):
        at(council, "2026-12-14 10:00")
        package: Package = record_need(desk, a_need(starts_on=date(2027, 2, 1)))
        keep_list(desk, package)
        look_at_what_goes_out(desk, package.id)
        opened = rounds.open_round(desk, package_id=package.id, rate_kind=kind).value
        offer(desk, held(desk, opened)[FIRST], "26.90")
        with desk.reading() as unit:
            (kept,) = journey.offers_of(unit, opened.id)
        found[kind] = (str(kept.ceiling), kept.is_above_ceiling)
    assert found == {RateKind.STANDARD: ("24.00", True), RateKind.ENHANCED_1: ("28.00", False)}


def test_two_rounds_in_a_row_begin_with_different_equals_and_the_report_counts_it(
    council: Council, desk: Desk
) -> None:
    with desk.units.writing() as unit:
        (latest,) = frameworks.list_frameworks(desk)
        for member in unit.of(Member).find(framework_id=latest.id):
            if member.location_id in (FIRST, SECOND):
                unit.of(Member).replace(replace(member, rank=1))
        unit.commit()
    put_rules(desk, replace(RULES, ladder=(replace(LADDER[0], order=Order.ROTATION), *LADDER[1:])))
    began = []
    for day in ("2026-12-09 10:00", "2026-12-10 10:00", "2026-12-11 10:00"):
        opened = opened_on(council, desk, day)
        (asked,) = [i for i in held(desk, opened).values() if i.status is InvitationStatus.ASKED]
        began.append(asked.location_id)
    assert set(began[:2]) == {FIRST, SECOND}
    assert began[2] == began[0]
    report = learning_report(desk, PROVIDERS_REPORT, date(2026, 12, 1), date(2026, 12, 31))
    at_first = [column.name for column in report.columns].index("Asked first")
    assert {row[1]: row[at_first] for row in report.rows} == {began[0]: 2, began[1]: 1}
