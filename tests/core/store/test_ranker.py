"""The set-based judge against the domain's own, its oracle."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokerdesk.core.domain import ranking
from brokerdesk.core.domain.care_setting import ACCOMMODATION, PERSONAL_CARE
from brokerdesk.core.domain.eligibility import CHECKS, Candidate, Exclusion, Requirement, requirement_of
from brokerdesk.core.domain.framework import Criterion
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.exchange.rulebook_reader import read_rulebook
from brokerdesk.core.store.ranker import NAMES, Columns, rank
from sourcing_samples import (
    HOME_CARE,
    TODAY,
    a_candidate,
    a_framework,
    a_member,
    a_need,
    a_place,
    a_suspension,
)


@pytest.fixture(scope="session")
def rulebook(project: Path) -> Rulebook:
    return read_rulebook(project / "resources" / "rulebook")


def requirements(rulebook: Rulebook) -> tuple[Requirement, ...]:
    even = {criterion.value: Decimal(20) for criterion in Criterion}
    odd = {"price": Decimal("33.33"), "quality": Decimal("33.34"), "distance": Decimal("33.33")}
    floor = replace(HOME_CARE, rating_floor="Good")
    need = a_need(preferred_location_id="1-100000007", needs=("dementia",))
    return (
        requirement_of(need, a_framework(weights=even), on=TODAY, rulebook=rulebook),
        requirement_of(a_need(), a_framework(weights=odd, lots=(floor,)), on=TODAY, rulebook=rulebook),
        requirement_of(a_need(), a_framework(ends_on=date(2026, 9, 3)), on=TODAY, rulebook=rulebook),
    )


def some_candidate(number: int, chance: random.Random) -> Candidate:
    location_id = f"1-1{number:08d}"
    price = chance.choice([None, Money(chance.randint(1500, 4000)), Money(2410)])
    member = a_member(
        location_id,
        lot=chance.choice(["home care", "Home Care", "nursing bed"]),
        zone=chance.choice([None, "West", "West", "East"]),
        tier=chance.choice([None, 1, 1, 2]),
        rank=chance.choice([None, 1, 2]),
        quality=chance.choice([None, Decimal(80), Decimal(chance.randint(0, 10000)).scaleb(-2)]),
        capacity=chance.choice([None, Decimal("34.99"), Decimal(35), Decimal(1)]),
        capacity_unit=chance.choice([None, "hours", "beds"]),
        needs=chance.choice([(), ("Dementia", "stroke"), ("stroke",)]),
    )
    place = a_place(
        is_registered=chance.choice([None, True, True, True, False]),
        activities=chance.choice([None, (), (PERSONAL_CARE,), (ACCOMMODATION, PERSONAL_CARE.upper())]),
        rating=chance.choice(
            [None, "Good", "Outstanding", "Requires improvement", "Inadequate", "Not yet rated"]
        ),
    )
    suspended = tuple(
        a_suspension(
            location_id=location_id,
            scope=chance.choice(["all", "West", "EAST", "nursing bed"]),
            from_on=chance.choice([date(2026, 11, 1), TODAY, date(2026, 11, 24)]),
            to_on=chance.choice([None, TODAY, date(2026, 11, 22)]),
            lifted_at=chance.choice([None, None, "2026-11-20T09:00:00Z"]),
        )
        for _ in range(chance.choice([0, 0, 0, 1, 2]))
    )
    return a_candidate(
        location_id,
        member=member,
        location=chance.choice([None, place, place, place, place]),
        suspensions=suspended,
        distance_miles=chance.choice([None, Decimal(chance.randint(0, 3000)).scaleb(-2), Decimal(2)]),
        rate=price,
        scored_price=price,
        exclusion=chance.choice([None, None, None, Exclusion(True, TODAY), Exclusion(False, TODAY)]),
    )


def test_it_judges_by_the_same_table_of_checks() -> None:
    assert tuple(name for name, _ in CHECKS) == NAMES


@given(seed=st.integers(0, 2**32), size=st.integers(0, 60))
def test_it_gives_the_same_lists_as_the_domain(rulebook: Rulebook, seed: int, size: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - invented members, not a secret
    candidates = [some_candidate(number, chance) for number in chance.sample(range(100), size)]
    columns = Columns(candidates)
    for requirement in requirements(rulebook):
        oracle, ranked = ranking.make_shortlist(requirement, candidates), rank(columns, requirement)
        assert ranked.included() == oracle.included
        assert ranked.excluded() == oracle.excluded


def test_every_kept_list_comes_out_the_same_from_its_texts(rulebook: Rulebook) -> None:
    for seed in range(10_000 if os.environ.get("BROKERDESK_LONG") else 200):
        chance = random.Random(seed)  # noqa: S311 - invented members, not a secret
        candidates = [some_candidate(number, chance) for number in chance.sample(range(100), 12)]
        requirement = chance.choice(requirements(rulebook))
        kept = ranking.make_shortlist(requirement, candidates)
        again = ranking.replay(ranking.shortlist_inputs(requirement, candidates))
        assert again == kept


def test_ten_thousand_locations_come_out_as_the_domain_says(rulebook: Rulebook) -> None:
    chance = random.Random(7)  # noqa: S311 - invented members, not a secret
    candidates = [some_candidate(number, chance) for number in range(10_000)]
    requirement = requirements(rulebook)[0]
    oracle, ranked = ranking.make_shortlist(requirement, candidates), rank(Columns(candidates), requirement)
    assert ranked.included(50) == oracle.included[:50]
    assert len(ranked.order) == len(oracle.included) > 100
    assert ranked.excluded() == oracle.excluded


def test_each_reason_is_counted(rulebook: Rulebook) -> None:
    out = a_candidate(member=a_member(zone="East"), suspensions=(a_suspension(),))
    ranked = rank(Columns((out,)), requirements(rulebook)[0])
    assert ranked.names_of(0) == ("zone", "suspended")
    assert {name: count for name, count in ranked.counts().items() if count} == {"zone": 1, "suspended": 1}


def test_a_figure_with_more_than_two_decimals_is_refused() -> None:
    with pytest.raises(ValueError, match="more than two decimals"):
        Columns((a_candidate(distance_miles=Decimal("1.234")),))
