"""A top-up comes back: for its review, for the end of the disregard, for evidence that grew old."""

from __future__ import annotations

from datetime import date
from typing import Any

from brokerdesk.core.domain.choice import Payer
from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.domain.topup_diary import review_day, top_up_dues
from sourcing_samples import a_top_up

OWN: dict[str, Any] = {
    "payer": Payer.FIRST_PARTY, "disregard_or_deferred": "12_week_disregard",
    "disregard_from": date(2026, 12, 14),
}  # fmt: skip


def test_example_e4_the_end_of_the_disregard_is_said_two_weeks_before(rulebook: Rulebook) -> None:
    top_up = a_top_up(**OWN)
    assert top_up_dues(top_up, date(2027, 2, 20), rulebook) == ()
    due = top_up_dues(top_up, date(2027, 2, 21), rulebook)[0]
    assert (due.day, due.words) == (date(2027, 3, 7), "The 12-week disregard ends on 7 March 2027")
    assert top_up_dues(top_up, date(2027, 3, 8), rulebook)[0].words.startswith("The 12-week disregard ended")


def test_the_review_is_due_in_twelve_months_or_as_agreed(rulebook: Rulebook) -> None:
    assert review_day(a_top_up(agreed_on=date(2026, 12, 1)), rulebook) == date(2027, 11, 30)
    agreed = a_top_up(review_on=date(2027, 6, 1))
    assert review_day(agreed, rulebook) == date(2027, 6, 1)
    assert top_up_dues(agreed, date(2027, 5, 3), rulebook) == ()
    due = top_up_dues(agreed, date(2027, 5, 4), rulebook)[0]
    assert due.detail == "Rosalind Larkspur pays £165.00 a week"


def test_evidence_that_is_older_than_a_year_is_said_at_the_review(rulebook: Rulebook) -> None:
    due = top_up_dues(a_top_up(), date(2027, 11, 25), rulebook)[0]
    assert "over 12 months old" in due.detail
