"""Offers are ranked by their exact totals, with the working shown."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.domain.scoring import PricedOffer, score_offers
from brokerdesk.core.domain.workouts import answer
from brokerdesk.core.services.workouts import work_out
from workout_questions import OFFER_A, OFFER_B, WEIGHTS


def test_equal_totals_keep_the_questions_order(rulebook: Rulebook) -> None:
    offers = [OFFER_B | {"name": name} for name in ("Elm", "Ash", "Oak")]
    found = answer("score", {"weights": WEIGHTS, "offers": offers}, rulebook)
    assert [row["name"] for row in found["ranking"]] == ["Elm", "Ash", "Oak"]


def test_totals_that_look_equal_are_ranked_by_the_exact_ones() -> None:
    weights = {"price": Decimal("0.01"), "quality": Decimal("99.99")}
    near = [
        PricedOffer("Elm", Decimal("100.01"), {"quality": Decimal(10)}),
        PricedOffer("Ash", Decimal("100.00"), {"quality": Decimal(10)}),
    ]
    first, second = score_offers(weights, near)
    assert (first.name, second.name) == ("Ash", "Elm")
    assert first.shown == second.shown


def test_a_criterion_without_a_value_has_no_points_and_says_so(rulebook: Rulebook) -> None:
    question = {"weights": WEIGHTS, "offers": [OFFER_A | {"continuity": None}]}
    found = work_out(rulebook, "score", json.dumps(question))
    assert found["ranking"][0]["points"]["continuity"] == "0.00"
    assert any("no value is known, so 0 points" in step for step in found["steps"])
    kept = score_offers({"price": Decimal(40), "quality": Decimal(60)}, [PricedOffer("A", Decimal(1), {})])
    assert kept[0].criterion_points[1].raw is None
    assert kept[0].shown == Decimal("40.00")


def test_weights_may_have_two_decimals_but_are_exactly_100() -> None:
    offers = [PricedOffer("A", Decimal(1), {"quality": Decimal(1)})]
    assert score_offers({"price": Decimal("33.33"), "quality": Decimal("66.67")}, offers)
    with pytest.raises(InputError, match="not 100"):
        score_offers({"price": Decimal("33.33"), "quality": Decimal("66.66")}, offers)


@given(st.lists(st.integers(1, 10_000_000), min_size=1, max_size=12))
def test_the_cheapest_offer_wins_where_only_price_counts(prices: list[int]) -> None:
    offers = [PricedOffer(str(i), Decimal(price).scaleb(-2), {}) for i, price in enumerate(prices)]
    ranking = score_offers({"price": Decimal(100)}, offers)
    assert ranking[0].total == 100
    assert [prices[int(score.name)] for score in ranking] == sorted(prices)
