"""Prices become points by the framework's formula, equal to a slow and obvious count."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.framework_rules import PriceFormula
from brokerdesk.core.domain.scoring import PricedOffer, score_offers
from brokerdesk.core.domain.weight_lines import RawOffer, first_places, line_of, run_at, words_of

PENCE = st.integers(1, 100_000)
CEILING = 3200


def obvious(formula: PriceFormula, pence: int, all_pence: list[int]) -> Fraction:
    """Written down as the rule is said aloud."""
    if formula is PriceFormula.LOWEST_OVER_OFFER:
        return Fraction(min(all_pence) * 100, pence)
    if formula is PriceFormula.SPREAD:
        if max(all_pence) == min(all_pence):
            return Fraction(100)
        return Fraction((max(all_pence) - pence) * 100, max(all_pence) - min(all_pence))
    return Fraction(0) if pence >= CEILING else Fraction((CEILING - pence) * 100, CEILING)


@given(st.sampled_from(PriceFormula), st.lists(st.tuples(PENCE, st.integers(0, 100)), min_size=1, max_size=9))
def test_totals_equal_an_obvious_count_for_every_formula(
    formula: PriceFormula, told: list[tuple[int, int]]
) -> None:
    weights = {"price": Decimal("37.5"), "quality": Decimal("62.5")}
    offers = [
        PricedOffer(str(i), Decimal(pence).scaleb(-2), {"quality": Decimal(quality)}, Decimal(CEILING) / 100)
        for i, (pence, quality) in enumerate(told)
    ]
    every = [pence for pence, _ in told]
    wanted = {
        str(i): obvious(formula, pence, every) * Fraction(375, 1000) + quality * Fraction(625, 1000)
        for i, (pence, quality) in enumerate(told)
    }
    found = score_offers(weights, offers, formula)
    assert {score.name: score.total for score in found} == wanted
    assert [score.total for score in found] == sorted(wanted.values(), reverse=True)
    assert all(0 <= score.points[0].raw <= 100 for score in found if score.points[0].raw is not None)


@pytest.mark.parametrize(
    ("formula", "sentence"),
    [
        (PriceFormula.LOWEST_OVER_OFFER, "Price: lowest 22.90 / 24.10 x 100 = 95.02."),
        (PriceFormula.SPREAD, "Price: (25.20 - 24.10) / (25.20 - 22.90) x 100 = 47.83."),
        (PriceFormula.UNDER_CEILING, "Price: (32.00 - 24.10) / 32.00 x 100 = 24.69."),
    ],
)
def test_the_working_of_a_price_is_said(formula: PriceFormula, sentence: str) -> None:
    offers = [
        PricedOffer(name, Decimal(price), {}, Decimal(32))
        for name, price in (("A", "24.10"), ("B", "22.90"), ("C", "25.20"))
    ]
    scores = {score.name: score for score in score_offers({"price": Decimal(100)}, offers, formula)}
    assert scores["A"].points[0].sentences[0] == sentence


def test_points_under_a_ceiling_need_one() -> None:
    with pytest.raises(InputError, match="the lot has none"):
        score_offers({"price": Decimal(100)}, [PricedOffer("A", Decimal(1), {})], PriceFormula.UNDER_CEILING)


RAW = st.fixed_dictionaries(
    {name: st.integers(0, 100).map(Fraction) for name in ("price", "quality", "choice")}
)


@given(st.lists(RAW, min_size=2, max_size=6), st.sampled_from(("price", "quality", "choice")))
def test_who_is_first_at_each_weight_equals_scoring_again_with_it(
    raws: list[dict[str, Fraction]], criterion: str
) -> None:
    weights = {"price": Decimal(40), "quality": Decimal(40), "choice": Decimal(20)}
    offers = [RawOffer(str(i), raw) for i, raw in enumerate(raws)]
    lines = [line_of(weights, criterion, offer) for offer in offers]
    runs = first_places(lines)
    assert [run.from_weight for run in runs] == [0, *(run.to_weight + 1 for run in runs[:-1])]
    assert runs[-1].to_weight == 100
    for weight in range(101):
        others = sum(held for name, held in weights.items() if name != criterion)
        tried = {
            name: Fraction(weight)
            if name == criterion
            else (100 - weight) * Fraction(held) / Fraction(others)
            for name, held in weights.items()
        }
        totals = [sum(raw[name] * tried[name] for name in weights) / 100 for raw in raws]
        first = totals.index(max(totals))
        assert run_at(runs, Decimal(weight)).name == str(first)
        assert lines[first].at(weight) == totals[first]


def test_a_run_says_from_which_weight_on_it_is_first() -> None:
    offers = [
        RawOffer("A", {"price": Fraction(100), "quality": Fraction(56)}),
        RawOffer("B", {"price": Fraction(45), "quality": Fraction(100)}),
    ]
    weights = {"price": Decimal(50), "quality": Decimal(50)}
    runs = first_places([line_of(weights, "quality", offer) for offer in offers])
    assert [words_of(run, "quality") for run in runs] == [
        "if quality counts for 55 % or less",
        "if quality counts for 56 % or more",
    ]
    assert words_of(runs[0].__class__("A", 0, 100), "price") == "whatever price counts for"
    assert words_of(runs[0].__class__("A", 20, 40), "price") == "if price counts for 20 to 40 %"
    assert words_of(runs[0].__class__("A", 20, 20), "price") == "if price counts for 20 %"
