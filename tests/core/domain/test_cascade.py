"""The cascade: who is asked, who is next, and that it always comes to an end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from brokerdesk.core.domain.cascade import Cascade, Move, look
from brokerdesk.core.domain.framework_rules import FrameworkRules, Opens, Order, Pick, Rung, SkipReason
from brokerdesk.core.domain.ladder_plan import SkipFacts, plan, skip_of
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.sourcing import (
    Asking,
    Invitation,
    InvitationStatus,
    Round,
    RoundStatus,
    ShortlistedIn,
)
from sourcing_samples import a_member

NOW = datetime(2026, 12, 3, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
TIER_1, TIER_2 = Rung("Tier 1", (1,)), Rung("Tier 2", (2,))
SPOT = Rung("Spot", is_spot=True)
TOGETHER = Rung("Tier 2", (2,), order=Order.ALL_AT_ONCE, pick=Pick.BEST_SCORE)


def a_round(*ladder: Rung, rung: int = 0, status: RoundStatus = RoundStatus.OPEN) -> Round:
    return Round(
        "r", "p", "f", "s", 1, Asking.FRAMEWORK, NOW, NOW, 4, {}, status, FrameworkRules(ladder=ladder), rung
    )


def held(name: str, rung: int, rank: int, status: InvitationStatus = InvitationStatus.WAITING) -> Invitation:
    is_out = status not in (InvitationStatus.WAITING, InvitationStatus.SKIPPED)
    return Invitation(
        name, "r", "p", f"m{name}", f"1-{name}", f"Care {name}", "", "", rung + 1, rank, status,
        NOW if is_out else None, NOW + HOUR if is_out else None, rung=rung,
    )  # fmt: skip


def names(invitations: tuple[Invitation, ...]) -> str:
    return "".join(invitation.id for invitation in invitations)


def said(
    asked: Round, *invitations: Invitation, at: datetime = NOW, offered: str = "", skip: str = ""
) -> Cascade:
    return look(asked, invitations, offered=set(offered), now=at, to_skip=set(skip))


def test_at_first_the_best_rank_of_the_first_rung_is_next() -> None:
    found = said(a_round(TIER_1, TIER_2), held("b", 0, 2), held("a", 0, 1), held("c", 1, 3))
    assert (found.move, names(found.following), found.rung) == (Move.ASK, "a", 0)


def test_while_one_may_answer_nobody_else_is_asked_and_the_next_is_named() -> None:
    asked = held("a", 0, 1, InvitationStatus.ASKED)
    found = said(a_round(TIER_1), asked, held("b", 0, 2))
    assert (found.move, names(found.awaited), names(found.following)) == (Move.WAIT, "a", "b")
    assert found.until == NOW + HOUR


def test_a_lapse_moves_the_cascade_on_however_long_the_laptop_was_shut() -> None:
    asked = held("a", 0, 1, InvitationStatus.ASKED)
    found = said(a_round(TIER_1), asked, held("b", 0, 2), at=NOW + timedelta(days=3))
    assert (found.move, names(found.lapsed), names(found.following)) == (Move.ASK, "a", "b")


def test_the_last_second_of_the_time_still_counts() -> None:
    asked = held("a", 0, 1, InvitationStatus.ASKED)
    assert said(a_round(TIER_1), asked, at=NOW + HOUR).move is Move.WAIT
    assert said(a_round(TIER_1), asked, at=NOW + HOUR + timedelta(seconds=1)).move is Move.END


def test_a_decline_moves_on_and_an_acceptance_ends_the_asking() -> None:
    declined, offered = held("a", 0, 1, InvitationStatus.DECLINED), held("b", 0, 2, InvitationStatus.OFFERED)
    assert names(said(a_round(TIER_1), declined, held("b", 0, 2)).following) == "b"
    found = said(a_round(TIER_1, TIER_2), declined, offered, held("c", 0, 3), held("d", 1, 4), offered="b")
    assert (found.move, found.following) == (Move.CLOSE, ())


def test_a_late_offer_does_not_stop_the_cascade() -> None:
    late = held("a", 0, 1, InvitationStatus.OFFERED)
    assert names(said(a_round(TIER_1), late, held("b", 0, 2)).following) == "b"


def test_the_next_rung_opens_all_at_once_when_this_one_is_exhausted() -> None:
    declined = held("a", 0, 1, InvitationStatus.DECLINED)
    found = said(a_round(TIER_1, TOGETHER), declined, held("b", 1, 2), held("c", 1, 3))
    assert (found.move, names(found.following), found.rung) == (Move.ASK, "bc", 1)


def test_a_rung_that_the_broker_opens_waits_for_her_reason() -> None:
    first = replace(TIER_1, opens_next=Opens.BROKER)
    found = said(a_round(first, TIER_2), held("a", 0, 1, InvitationStatus.DECLINED), held("b", 1, 2))
    assert (found.move, names(found.following)) == (Move.OPEN_RUNG, "b")


def test_outside_the_framework_comes_last_and_by_its_own_move() -> None:
    found = said(a_round(TIER_1, SPOT), held("a", 0, 1, InvitationStatus.DECLINED))
    assert (found.move, found.rung) == (Move.OPEN_SPOT, 1)
    assert said(a_round(TIER_1), held("a", 0, 1, InvitationStatus.DECLINED)).move is Move.END


def test_those_whom_a_skip_rule_passes_over_are_named_and_not_asked() -> None:
    found = said(a_round(TIER_1), held("a", 0, 1), held("b", 0, 2), held("c", 0, 3), skip="ac")
    assert (names(found.passed_over), names(found.following)) == ("a", "b")
    nobody = said(a_round(TIER_1), held("a", 0, 1), skip="a")
    assert (nobody.move, names(nobody.passed_over)) == (Move.END, "a")


def test_a_closed_round_asks_nobody() -> None:
    assert said(a_round(TIER_1, status=RoundStatus.CLOSED), held("a", 0, 1)).move is Move.OVER


def a_row(name: str, rank: int, tier: int | None) -> ShortlistedIn:
    return ShortlistedIn(name, name, f"m{name}", rank, tier, None, Decimal(0), (), None, None, None, None, ())


def test_everyone_has_one_place_by_tier_and_rank_and_rotation_is_fair_among_equals() -> None:
    rows = [a_row("a", 1, 1), a_row("b", 2, 1), a_row("c", 3, 1), a_row("d", 4, 2), a_row("e", 5, None)]
    members = {
        f"m{name}": a_member(id=f"m{name}", location_id=name, rank=rank)
        for name, rank in (("a", 2), ("b", 1), ("c", 1), ("d", 1), ("e", 1))
    }
    by_rank = plan((TIER_1, TIER_2), rows, members, {})
    assert [(place.location_id, place.rung) for place in by_rank] == [("b", 0), ("c", 0), ("a", 0), ("d", 1)]
    turning = replace(TIER_1, order=Order.ROTATION)
    rotated = plan((turning, Rung("Rest")), rows, members, {"b": NOW, "c": NOW - HOUR})
    assert [place.location_id for place in rotated] == ["c", "b", "a", "d", "e"]


def test_a_skip_keeps_its_reason_and_one_that_may_not_be_asked_is_always_passed_over() -> None:
    rung = replace(TIER_1, skips=(SkipReason.NO_CAPACITY, SkipReason.ABOVE_CEILING))
    short = SkipFacts(free=Decimal(10), needed=Decimal(28), unit="hours")
    assert skip_of(TIER_1, short) is None
    found = skip_of(rung, short)
    assert found is not None
    assert found.why == "It has 10 hours free, and 28 are needed"
    dear = skip_of(rung, SkipFacts(rate=Money.parse("27.10"), ceiling=Money.parse("26.00")))
    assert dear is not None
    assert dear.why == "Its rate of £27.10 is above the ceiling of £26.00"
    barred = skip_of(TIER_1, SkipFacts(barred="Suspended since 1 December 2026"))
    assert barred is not None
    assert barred.reason is SkipReason.MAY_NOT_BE_ASKED


RUNGS = st.lists(
    st.builds(
        Rung, st.just("Rung"), order=st.sampled_from(list(Order)), opens_next=st.sampled_from(list(Opens)),
        pick=st.sampled_from(list(Pick)),
    ),
    min_size=1, max_size=4,
)  # fmt: skip
FATES = st.lists(st.sampled_from(["offers", "declines", "is silent", "is late", "is skipped"]), max_size=14)


@given(ladder=RUNGS, fates=FATES, places=st.lists(st.integers(0, 3), max_size=14), has_spot=st.booleans())
def test_it_never_asks_two_at_once_by_rank_nor_anyone_twice_and_always_ends(
    ladder: list[Rung], fates: list[str], places: list[int], has_spot: bool
) -> None:
    rungs = (*ladder, *((SPOT,) if has_spot else ()))
    world = {str(n): held(str(n), place % len(ladder), n) for n, place in enumerate(places[: len(fates)])}
    asked, at = a_round(*rungs), NOW
    offered: set[str] = set()
    times = dict.fromkeys(world, 0)
    for _ in range(3 * len(world) + 3):
        skips = {n for n, fate in enumerate(fates) if fate == "is skipped"}
        found = look(asked, world.values(), offered=offered, now=at, to_skip={str(n) for n in skips})
        if found.move in (Move.CLOSE, Move.END, Move.OPEN_SPOT):
            break
        if found.move is Move.WAIT:
            if rungs[found.awaited[0].rung].order is not Order.ALL_AT_ONCE:
                assert len(found.awaited) == 1
            one = found.awaited[0]
            fate = fates[int(one.id)]
            if fate == "offers":
                offered.add(one.id)
                world[one.id] = replace(one, status=InvitationStatus.OFFERED)
            elif fate == "declines":
                world[one.id] = replace(one, status=InvitationStatus.DECLINED)
            else:
                at = (one.answer_by or at) + timedelta(seconds=1)
            continue
        for lapsed in found.lapsed:
            world[lapsed.id] = replace(lapsed, status=InvitationStatus.LAPSED)
        assert found.following
        assert found.rung >= asked.rung
        asked = replace(asked, rung=found.rung)
        for one in found.following:
            times[one.id] += 1
            assert fates[int(one.id)] != "is skipped"
            world[one.id] = replace(one, status=InvitationStatus.ASKED, invited_at=at, answer_by=at + HOUR)
    else:
        raise AssertionError("the cascade came to no end")
    assert all(count <= 1 for count in times.values())
    if found.move is not Move.CLOSE:
        assert not offered
        assert all(times[n] or fates[int(n)] == "is skipped" for n in world)
