"""Many needs against the same locations: each list begins as the domain's own."""

from __future__ import annotations

import random
from dataclasses import replace
from math import asin, atan2, cos, degrees, pi, radians, sin
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokerdesk.core.domain import ranking
from brokerdesk.core.domain.eligibility import Candidate, Requirement
from brokerdesk.core.domain.position import EARTH_RADIUS_MILES, Position, miles_between
from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.exchange.rulebook_reader import read_rulebook
from brokerdesk.core.store.backlog_ranker import BacklogRanker
from core.store.test_ranker import requirements, some_candidate

HOME = Position(53.54, -2.67)


@pytest.fixture(scope="session")
def rulebook(project: Path) -> Rulebook:
    return read_rulebook(project / "resources" / "rulebook")


def somewhere(chance: random.Random) -> Position | None:
    """One of few places, so that distances tie, or any; at times not known."""
    near = Position(HOME.latitude + chance.randint(-3, 3) / 50, HOME.longitude)
    far = Position(chance.uniform(50, 58), chance.uniform(-6, 2))
    return chance.choice([None, HOME, near, near, far])


def placed(candidate: Candidate, home: Position | None, there: Position | None) -> Candidate:
    """The candidate as the domain is asked, its distance counted by the domain."""
    known = ranking.miles(miles_between(home, there)) if home and there else None
    return replace(candidate, distance_miles=known)


def holds(
    ranker: BacklogRanker, asked: Requirement, held: list[Candidate], places: dict[str, Position],
    home: Position | None, most: int,
) -> bool:  # fmt: skip
    """Whether the head of the list and its counts are the oracle's."""
    there = [placed(one, home, places.get(one.member.location_id)) for one in held]
    oracle, found = ranking.make_shortlist(asked, there), ranker.best(asked, home, most)
    counts = (len(oracle.included), len(oracle.excluded))
    return found.rows == oracle.included[:most] and (found.may_be_asked, found.left_out) == counts


@given(seed=st.integers(0, 2**32), size=st.integers(0, 60), most=st.integers(1, 5))
def test_each_need_gets_the_head_of_its_own_list(
    rulebook: Rulebook, seed: int, size: int, most: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - invented members, not a secret
    held = [
        replace(some_candidate(number, chance), distance_miles=None)
        for number in chance.sample(range(100), size)
    ]
    found = {one.member.location_id: somewhere(chance) for one in held}
    places = {location_id: place for location_id, place in found.items() if place}
    ranker = BacklogRanker(held, places)
    for asked in requirements(rulebook) * 2:
        hours = replace(asked, carer_hours=chance.choice([asked.carer_hours, asked.carer_hours * 2]))
        assert holds(ranker, hours, held, places, chance.choice([None, HOME, somewhere(chance)]), most)


def test_three_thousand_locations_come_out_as_the_domain_says(rulebook: Rulebook) -> None:
    chance = random.Random(11)  # noqa: S311 - invented members, not a secret
    held = [replace(some_candidate(number, chance), distance_miles=None) for number in range(3_000)]
    found = {one.member.location_id: somewhere(chance) for one in held}
    places = {location_id: place for location_id, place in found.items() if place}
    ranker = BacklogRanker(held, places)
    for asked in requirements(rulebook):
        for home in (None, HOME, Position(51.5, -0.1)):
            assert holds(ranker, asked, held, places, home, 50)


def test_a_location_at_the_edge_of_reach_is_not_forgotten_wherever_home_is(rulebook: Rulebook) -> None:
    chance = random.Random(20)  # noqa: S311 - invented members, not a secret
    held = [replace(some_candidate(number, chance), distance_miles=None) for number in range(400)]
    like = next(one for one in held if one.member.quality is not None)
    held = [
        replace(like, member=replace(like.member, id=one.member.id, location_id=one.member.location_id))
        for one in held
    ]
    for latitude in (-89.8, -40.0, 0.0, 50.7, 60.8, 89.8):
        home = Position(latitude, -2.0)
        places = {one.member.location_id: _round_about(home, chance) for one in held}
        ranker = BacklogRanker(held, places)
        for asked in requirements(rulebook):
            far = replace(asked, preferred_location_id=held[-1].member.location_id)
            assert holds(ranker, asked, held, places, home, 40)
            assert holds(ranker, far, held, places, home, 40)


def _round_about(home: Position, chance: random.Random) -> Position:
    """Nineteen to twenty-one miles from home, in any direction."""
    bearing, arc = chance.uniform(0, 2 * pi), chance.uniform(19, 21) / EARTH_RADIUS_MILES
    here = radians(home.latitude)
    there = asin(sin(here) * cos(arc) + cos(here) * sin(arc) * cos(bearing))
    east = atan2(sin(bearing) * sin(arc) * cos(here), cos(arc) - sin(here) * sin(there))
    return Position(degrees(there), (home.longitude + degrees(east) + 180) % 360 - 180)
