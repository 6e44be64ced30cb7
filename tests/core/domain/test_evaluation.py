"""Officers score apart: nobody sees another's points before all are in."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokerdesk.core.domain import evaluation
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.evaluation import Mark, QualityScore
from brokerdesk.core.domain.framework_rules import FrameworkRules
from sourcing_samples import SECOND, a_round, an_offer

NOW = datetime(2026, 12, 8, 12, 0, tzinfo=UTC)
ROUND = a_round(rules=FrameworkRules(scorers=2))
OFFERS = (an_offer(), an_offer(SECOND))
CELLS = evaluation.cells_of(ROUND, OFFERS)


def a_score(officer: str, cell: tuple[str, str], **facts: Any) -> QualityScore:
    return QualityScore("s", "p", "r", *cell, Decimal(70), "Good rota", officer, officer, NOW, **facts)


def test_quality_and_continuity_are_judged_where_they_carry_weight() -> None:
    assert evaluation.judged_criteria(ROUND) == ("quality", "continuity")
    assert len(CELLS) == 4
    assert evaluation.is_scored_apart(ROUND)
    assert not evaluation.is_scored_apart(a_round())


def test_a_late_offer_is_not_on_the_sheet() -> None:
    assert len(evaluation.cells_of(ROUND, (an_offer(), an_offer(SECOND, is_late=True)))) == 2


@given(st.lists(st.tuples(st.sampled_from(["Asha", "Gideon", "Rowan"]), st.sampled_from(CELLS)), unique=True))
def test_an_officer_sees_only_her_own_points_until_two_sheets_are_full(
    told: list[tuple[str, tuple[str, str]]],
) -> None:
    scores = [a_score(officer, cell) for officer, cell in told]
    full = {who for who in ("Asha", "Gideon", "Rowan") if {c for w, c in told if w == who} == set(CELLS)}
    for officer in ("Asha", "Gideon", "Rowan"):
        seen = evaluation.seen_by(officer, ROUND, CELLS, scores)
        if len(full) >= 2:
            assert list(seen) == scores
        else:
            assert {score.officer_id for score in seen} <= {officer}


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (Mark(OFFERS[0].id, "quality", Decimal(101), "Why"), "0 to 100"),
        (Mark(OFFERS[0].id, "quality", Decimal("NaN"), "Why"), "0 to 100"),
        (Mark(OFFERS[0].id, "quality", Decimal(50), "  "), "Write why"),
        (Mark("another", "quality", Decimal(50), "Why"), "not scored in this round"),
        (Mark(OFFERS[0].id, "price", Decimal(50), "Why"), "not scored in this round"),
    ],
)
def test_points_are_0_to_100_with_a_reason_in_a_cell_of_the_sheet(mark: Mark, words: str) -> None:
    with pytest.raises(RuleError, match=words):
        evaluation.check_marks([mark], CELLS)


def test_agreed_points_take_the_place_of_those_that_came_with_the_offer() -> None:
    agreed = {(OFFERS[0].id, "quality"): Decimal(66)}
    found = evaluation.with_agreed(OFFERS[0], agreed)
    assert (found.quality, found.continuity) == (Decimal(66), None)


def test_the_talk_begins_at_the_mean() -> None:
    scores = [a_score("Asha", CELLS[0]), a_score("Gideon", CELLS[0])]
    assert evaluation.suggested(scores) == Decimal("70.00")
