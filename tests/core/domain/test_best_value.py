"""The reason is drafted from the facts, in the order of the objectives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from brokerdesk.core.domain.best_value import ReasonFacts, draft_reason
from brokerdesk.core.domain.choice import ChosenBy
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.visit_fit import Gaps

FULL = Gaps(28, 28, 0, 0, 0, 0, Decimal(0))
FACTS = ReasonFacts(
    provider="Wrenhollow", rank=1, offers=3, total=Decimal("88.97"), best_rival_total=Decimal("84.66"),
    decided_by="", weekly=Money.parse("843.50"), is_cheapest=False, budget=Money.parse("850.00"), gaps=FULL,
    starts_on=date(2026, 12, 14), asked_start=date(2026, 12, 14), distance_miles=Decimal("1.80"),
    is_nearest=True, nearby="Visits 1 other person at this postcode already", rating="Good",
    chosen_by=ChosenBy.PERSON,
)  # fmt: skip


def test_the_best_offer_is_said_to_be_the_best() -> None:
    assert draft_reason(FACTS) == (
        "Wrenhollow best satisfies the criteria of 3 offers: 88.97 of 100 against 84.66 for the next. "
        "Value for money: £843.50 a week, within the personal budget. "
        "All 28 visits are given as asked. Care begins on the day that was asked. "
        "It is 1.8 miles away, the nearest of those that offered. "
        "Visits 1 other person at this postcode already. CQC rates it Good. The person chose it. "
        "Every provider asked had the same requirement, criteria and deadline, which stood before the first "
        "offer came."
    )


def test_an_offer_that_is_not_first_says_so() -> None:
    words = draft_reason(replace(FACTS, rank=2, total=Decimal("84.66"), best_rival_total=Decimal("88.97")))
    assert words.startswith("Wrenhollow ranks 2 of 3 offers: 84.66 of 100 against 88.97 for the highest.")


def test_gaps_a_dear_price_and_a_later_start_are_not_hidden() -> None:
    gaps = Gaps(28, 19, 7, 0, 0, 2, Decimal("2.00"))
    words = draft_reason(
        replace(FACTS, gaps=gaps, weekly=Money.parse("882.00"), starts_on=date(2026, 12, 16))
    )
    assert "£882.00 a week, £32.00 above the personal budget." in words
    assert "19 of 28 visits are given as asked, 7 at another time, 2 not or not in full." in words
    assert "Care begins on 16 December 2026." in words


def test_where_tests_decide_the_test_is_named_and_nobody_left_out_by_it() -> None:
    step = "Geography: within 5 miles. Wrenhollow is left."
    words = draft_reason(replace(FACTS, best_rival_total=None, decided_by=step))
    assert "by the framework’s tests, one after another. Geography: within 5 miles. Value" in words


def test_one_offer_alone_is_not_called_the_best() -> None:
    assert draft_reason(replace(FACTS, offers=1)).startswith("Wrenhollow made the only offer")
