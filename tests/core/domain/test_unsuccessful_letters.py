"""Unsuccessful letters are written one by one: their own scores, the winner's advantages, nobody else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import letter_samples as samples
from brokerdesk.core.domain.advantages import (
    Offered,
    offered_advantages,
    relative_advantages,
    total_advantage,
)
from brokerdesk.core.domain.anonymise import identity_left, refuse_identity
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.letter import Letter, LetterKind, texts_of
from brokerdesk.core.domain.letter_facts import Addressee, Criterion, Scores
from brokerdesk.core.domain.letter_unsuccessful import compose_unsuccessful_letter
from brokerdesk.core.domain.letter_words import points
from brokerdesk.core.domain.package import Cohort, Need

WORDINGS = samples.wordings(LetterKind.UNSUCCESSFUL)
NAMES = ("Quality", "Price", "Continuity", "Choice", "Distance")
POINTS = st.tuples(*(st.integers(0, 2000).map(lambda n: Decimal(n) / 100) for _ in NAMES))
FIRST = st.sampled_from(("Winifred", "Aoife", "Nguyễn", "Zoë", "Jean-Luc", "O’Neill", "Mohammed", "Ade"))
LAST = st.sampled_from(("Larkspur", "Ó Dálaigh", "Smith-Jones", "Brightmoor", "van der Berg", "Ferreira"))


def scores(weighted: tuple[Decimal, ...], rank: int, offers: int) -> Scores:
    criteria = tuple(
        Criterion(name=name, weight=Decimal(20), points=held * 5, weighted=held)
        for name, held in zip(NAMES, weighted, strict=True)
    )
    return Scores(criteria=criteria, total=sum(weighted, Decimal(0)), rank=rank, offers=offers)


def letters_of(all_points: list[tuple[Decimal, ...]]) -> list[tuple[Scores, Letter]]:
    """The best wins; everyone else gets a letter."""
    ranked = sorted(all_points, key=lambda held: -sum(held))
    scored = [scores(held, rank, len(ranked)) for rank, held in enumerate(ranked, 1)]
    winner, facts = scored[0], samples.unsuccessful_facts()
    made = []
    for own in scored[1:]:
        header = replace(
            facts.header, reference=f"KVB-0007-L{own.rank}", recipient=Addressee(name=f"Provider {own.rank}")
        )
        reasons = (total_advantage(own, winner),)
        told = replace(facts, header=header, winner_scores=winner, scores=own, reasons=reasons)
        made.append((own, compose_unsuccessful_letter(told, WORDINGS)))
    return made


@settings(max_examples=40)
@given(st.lists(POINTS, min_size=3, max_size=5, unique_by=lambda held: (held, sum(held))))
def test_each_letter_differs_and_states_its_own_scores(all_points: list[tuple[Decimal, ...]]) -> None:
    made = letters_of(all_points)
    bodies = [letter.blocks for _, letter in made]
    assert all(one != other for one, other in combinations(bodies, 2))
    for own, letter in made:
        words = "\n".join(texts_of(letter))
        for row in own.criteria:
            assert points(row.weighted) in words
        assert f"Your offer scored {points(own.total)}." in words
        others = [f"Provider {other.rank}" for other, _ in made if other.rank != own.rank]
        assert not [name for name in others if f"{name}\n" in words]


@settings(max_examples=40)
@given(st.lists(POINTS, min_size=2, max_size=5, unique_by=sum), st.booleans())
def test_no_letter_to_an_unsuccessful_provider_shows_a_rank(
    all_points: list[tuple[Decimal, ...]], by_tests: bool
) -> None:
    """Neither its place nor how many were compared, by points or by the framework’s tests."""
    tests = ("Geography: within 5 miles.", "Price: the least, £320.60 a week.") if by_tests else ()
    ranked = sorted(all_points, key=lambda held: -sum(held))
    scored = [replace(scores(held, at, 9000), tests=tests) for at, held in enumerate(ranked, 31)]
    facts = replace(samples.unsuccessful_facts(), winner_scores=scored[0], scores=scored[-1])
    words = " ".join(texts_of(compose_unsuccessful_letter(facts, WORDINGS)))
    assert re.search(r"\brank|\bplace[ds]?\b", words, re.IGNORECASE) is None
    assert "9000" not in words
    assert ("framework’s tests" in words) is by_tests


@settings(max_examples=40)
@given(POINTS, POINTS)
def test_the_advantages_are_those_of_the_accepted_offer_and_add_up(
    own: tuple[Decimal, ...], accepted: tuple[Decimal, ...]
) -> None:
    mine, winner = scores(own, 2, 2), scores(accepted, 1, 2)
    lines = relative_advantages(mine, winner)
    named = [line for line in lines if "the accepted offer gained" in line]
    assert len(named) == sum(theirs > mine for mine, theirs in zip(own, accepted, strict=True))
    for line in named:
        name = line.partition(":")[0]
        at = NAMES.index(name)
        assert points(accepted[at] - own[at]) in line


def test_the_start_and_the_visits_kept_are_told_with_the_facts_of_both() -> None:
    own = Offered(starts_on=date(2026, 12, 16), kept=20, asked=28)
    accepted = Offered(starts_on=date(2026, 12, 14), kept=28, asked=28)
    assert offered_advantages(own, accepted) == (
        "The accepted offer can start on 14 December 2026; yours could start on 16 December 2026",
        "The accepted offer keeps 28 of the 28 visits at the time asked; yours keeps 20",
    )
    assert offered_advantages(accepted, own) == ()


@settings(max_examples=60)
@given(FIRST, LAST)
def test_no_letter_to_an_unsuccessful_provider_tells_who_the_person_is(first: str, last: str) -> None:
    need = Need(
        cohort=Cohort.ADULT, lot="Lot 2", first_names=first, family_name=last, postcode="WN5 9AA",
        starts_on=date(2026, 12, 14), born_on=date(1942, 5, 3), nhs_number="999 000 0018",
    )  # fmt: skip
    facts = samples.unsuccessful_facts()
    words = " ".join(texts_of(compose_unsuccessful_letter(facts, WORDINGS)))
    assert identity_left(words, need) == ()
    for leak in (f"{first} {last} chose another", "WN5 9AA is far", "born 3 May 1942", "NHS 9990000018"):
        told = compose_unsuccessful_letter(replace(facts, reasons=(leak,)), WORDINGS)
        with pytest.raises(RuleError) as refused:
            refuse_identity(" ".join(texts_of(told)), need)
        assert refused.value.rule == "R125"
