"""Scores, order and replay of the shortlist."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokerdesk.core.domain import ranking
from brokerdesk.core.domain.eligibility import Candidate, Requirement, requirement_of
from brokerdesk.core.domain.framework import Criterion
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.domain.sourcing import Asking
from sourcing_samples import (
    FIRST,
    SECOND,
    TODAY,
    a_candidate,
    a_framework,
    a_member,
    a_need,
    a_place,
    a_suspension,
    pounds,
)

THIRD = "1-100000003"
EVEN = {criterion.value: Decimal(20) for criterion in Criterion}


@pytest.fixture(scope="session")
def asked(rulebook: Rulebook) -> Requirement:
    need = a_need(preferred_location_id=SECOND)
    return requirement_of(need, a_framework(weights=EVEN), on=TODAY, rulebook=rulebook)


def test_points_are_counted_as_the_formats_say(asked: Requirement) -> None:
    dear = a_candidate(SECOND, scored_price=pounds("24.10"), distance_miles=Decimal("2.40"))
    points = {p.criterion: (p.raw, p.weighted) for p in ranking.points_of(asked, dear, pounds("22.90"))}
    assert points["quality"] == (Decimal(80), Decimal(16))
    assert points["distance"] == (Decimal("88.00"), Decimal("17.6"))
    assert points["choice"] == (Decimal(100), Decimal(20))
    assert points["continuity"] == (None, Decimal(0))
    assert points["price"][0] == Decimal("95.0207468880")


@pytest.mark.parametrize(("miles", "points"), [("0", 100), ("1.8", 91), ("20", 0), ("25", 0)])
def test_distance_falls_by_five_points_a_mile_to_nothing(miles: str, points: int) -> None:
    assert ranking.distance_points(Decimal(miles)) == points


def test_a_criterion_without_a_value_has_no_points_and_says_so(asked: Requirement) -> None:
    unknown = a_candidate(member=a_member(quality=None), distance_miles=None, scored_price=None)
    points = {p.criterion: p for p in ranking.points_of(asked, unknown, pounds("22.90"))}
    for criterion in ("price", "quality", "distance"):
        assert points[criterion].raw is None
        assert points[criterion].weighted == 0


def test_the_lowest_price_is_sought_among_those_who_may_be_asked(asked: Requirement) -> None:
    cheap_but_out = a_candidate(SECOND, scored_price=pounds("10.00"), suspensions=(a_suspension(),))
    lists = ranking.make_shortlist(asked, (a_candidate(), cheap_but_out))
    assert [p.raw for p in lists.included[0].points if p.criterion == "price"] == [Decimal(100)]


def test_tier_comes_before_score_and_no_tier_comes_last(asked: Requirement) -> None:
    lists = ranking.make_shortlist(
        asked,
        (
            a_candidate(FIRST, member=a_member(FIRST, tier=None, quality=Decimal(100))),
            a_candidate(SECOND, member=a_member(SECOND, tier=2, quality=Decimal(90))),
            a_candidate(THIRD, member=a_member(THIRD, tier=1, quality=Decimal(10))),
        ),
    )
    assert [(row.rank, row.location_id) for row in lists.included] == [(1, THIRD), (2, SECOND), (3, FIRST)]


def test_equal_scores_stand_by_the_frameworks_rank_then_by_location(asked: Requirement) -> None:
    plain = {"distance_miles": Decimal(1)}
    lists = ranking.make_shortlist(
        asked,
        (
            a_candidate(THIRD, member=a_member(THIRD, rank=None), **plain),
            a_candidate("1-100000005", member=a_member("1-100000005", rank=7), **plain),
            a_candidate("1-100000004", member=a_member("1-100000004", rank=7), **plain),
        ),
    )
    assert [row.location_id for row in lists.included] == ["1-100000004", "1-100000005", THIRD]


def test_the_score_is_the_sum_of_its_working(asked: Requirement) -> None:
    row = ranking.make_shortlist(asked, (a_candidate(),)).included[0]
    assert row.score == sum(p.weighted for p in row.points)


def test_a_location_has_one_row_the_one_that_fits_best(asked: Requirement) -> None:
    rows = ranking.one_row_per_location(
        (a_member(zone="East"), a_member(zone="West", tier=2), a_member(lot="nursing bed", zone=None)), asked
    )
    assert [(m.lot, m.zone) for m in rows] == [("home care", "West")]


def test_a_location_of_other_lots_only_is_left_out_by_the_first_by_name_whatever_the_ids(
    asked: Requirement,
) -> None:
    for first, second in (("m1", "m2"), ("m2", "m1")):
        rows = ranking.one_row_per_location(
            (
                replace(a_member(lot="supported living", zone=None), id=first),
                replace(a_member(lot="nursing bed", zone=None), id=second),
            ),
            asked,
        )
        assert [m.lot for m in rows] == ["nursing bed"]


def test_rank_order_asks_by_tier_then_the_frameworks_rank(asked: Requirement) -> None:
    members = {
        FIRST: a_member(FIRST, rank=2, quality=Decimal(99)),
        SECOND: a_member(SECOND, rank=1, quality=Decimal(1)),
        THIRD: a_member(THIRD, tier=2, rank=1),
    }
    lists = ranking.make_shortlist(asked, tuple(a_candidate(i, member=m) for i, m in members.items()))
    by_member = {m.id: m for m in members.values()}
    assert ranking.asking_order(lists.included, by_member, Asking.RANK_ORDER) == (SECOND, FIRST, THIRD)
    by_rank = tuple(row.location_id for row in lists.included)
    assert ranking.asking_order(lists.included, by_member, Asking.ALL_AT_ONCE) == by_rank


def test_those_out_stand_nearest_first(asked: Requirement) -> None:
    lists = ranking.make_shortlist(
        asked,
        tuple(
            a_candidate(i, suspensions=(a_suspension(),), distance_miles=miles)
            for i, miles in ((FIRST, None), (SECOND, Decimal(3)), (THIRD, Decimal(1)))
        ),
    )
    assert [row.location_id for row in lists.excluded] == [THIRD, SECOND, FIRST]


scores = st.none() | st.decimals(0, 100, places=2)
prices = st.none() | st.integers(1, 9_999_999).map(Money)
members = st.builds(
    lambda n, tier, rank, quality, zone, capacity: a_member(
        f"1-1{n:08d}",
        tier=tier,
        rank=rank,
        quality=quality,
        zone=zone,
        capacity=capacity,
        capacity_unit="hours",
    ),
    st.integers(0, 99_999_999),
    st.none() | st.integers(1, 3),
    st.none() | st.integers(1, 9),
    scores,
    st.sampled_from([None, "West", "East"]),
    st.none() | st.decimals(0, 80, places=2),
)
candidates = st.builds(
    lambda member, suspended, rating, activities, miles, price: Candidate(
        member=member,
        suspensions=(a_suspension(location_id=member.location_id),) if suspended else (),
        location=a_place(rating=rating, activities=activities),
        distance_miles=miles,
        rate=price,
        scored_price=price,
    ),
    members,
    st.booleans(),
    st.sampled_from([None, "Good", "Inadequate", "Requires improvement"]),
    st.sampled_from([None, (), ("Personal care",)]),
    st.none() | st.decimals(0, 300, places=2),
    prices,
)
fields = st.lists(candidates, max_size=12, unique_by=lambda c: c.member.location_id)


@given(field=fields)
def test_the_same_inputs_replay_to_the_same_lists(asked: Requirement, field: list[Candidate]) -> None:
    lists = ranking.make_shortlist(asked, field)
    assert ranking.replay(ranking.shortlist_inputs(asked, field)) == lists


@given(field=fields, seed=st.randoms())
def test_the_order_of_the_members_changes_nothing(
    asked: Requirement, field: list[Candidate], seed: object
) -> None:
    shuffled = list(field)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    assert ranking.make_shortlist(asked, shuffled) == ranking.make_shortlist(asked, field)
    assert ranking.shortlist_inputs(asked, shuffled) == ranking.shortlist_inputs(asked, field)


@given(field=fields)
def test_every_member_is_in_or_out_with_a_reason(asked: Requirement, field: list[Candidate]) -> None:
    lists = ranking.make_shortlist(asked, field)
    found = [row.location_id for row in (*lists.included, *lists.excluded)]
    assert sorted(found) == sorted(c.member.location_id for c in field)
    assert all(row.reasons for row in lists.excluded)
    assert [row.rank for row in lists.included] == list(range(1, len(lists.included) + 1))
    assert all(0 <= row.score <= 100 for row in lists.included)


def test_the_inputs_of_a_shortlist_name_nobody(asked: Requirement) -> None:
    texts = "".join(ranking.shortlist_inputs(asked, (a_candidate(),)).values())
    assert "Larkspur" not in texts
    assert str(date(1942, 3, 5)) not in texts
