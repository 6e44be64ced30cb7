"""What is known of a location from several files."""

from __future__ import annotations

from datetime import date

from brokerdesk.core.domain.directory import FactOrigin, LocationFacts, Rating, changed_facts, with_newer

OLD, NEW = FactOrigin("a" * 64, date(2025, 1, 1)), FactOrigin("b" * 64, date(2026, 1, 1))
FIRST = LocationFacts(
    "1-100000001", postcode="WN5 9AA", address_lines=("1 Test Street",), rating=Rating.GOOD,
    rating_on=date(2024, 5, 1), regulated_activities=("Personal care",),
)  # fmt: skip


def test_a_later_file_wins_fact_by_fact_and_a_blank_never_erases() -> None:
    known = with_newer(None, FIRST, OLD)
    known = with_newer(known, LocationFacts("1-100000001", phone="01942000001", postcode="WN5 9AB"), NEW)
    assert known.facts.regulated_activities == ("Personal care",)
    assert (known.facts.phone, known.facts.postcode) == ("01942000001", "WN5 9AB")
    assert known.origins["regulated_activities"] == OLD
    assert known.origins["phone"] == NEW


def test_an_older_file_read_afterwards_only_fills_what_is_not_known() -> None:
    known = with_newer(None, LocationFacts("1-100000001", rating=Rating.INADEQUATE), NEW)
    known = with_newer(known, FIRST, OLD)
    assert known.facts.rating is Rating.INADEQUATE
    assert known.facts.postcode == "WN5 9AA"


def test_the_day_of_a_rating_never_outlives_the_rating() -> None:
    known = with_newer(None, FIRST, OLD)
    known = with_newer(known, LocationFacts("1-100000001", rating=Rating.REQUIRES_IMPROVEMENT), NEW)
    assert (known.facts.rating, known.facts.rating_on) == (Rating.REQUIRES_IMPROVEMENT, None)


def test_an_older_rating_does_not_lend_its_day_to_a_newer_one() -> None:
    known = with_newer(None, LocationFacts("1-100000001", rating=Rating.INADEQUATE), NEW)
    known = with_newer(known, FIRST, OLD)
    assert known.facts.rating_on is None


def test_a_location_that_is_registered_again_loses_its_last_day() -> None:
    gone = LocationFacts("1-100000001", is_registered=False, deregistered_on=date(2024, 7, 1))
    known = with_newer(with_newer(None, gone, OLD), LocationFacts("1-100000001", is_registered=True), NEW)
    assert (known.facts.is_registered, known.facts.deregistered_on) == (True, None)


def test_the_same_file_twice_changes_nothing() -> None:
    once = with_newer(None, FIRST, OLD)
    assert with_newer(once, FIRST, OLD) == once
    assert changed_facts(once, with_newer(once, FIRST, NEW)) == ()
    assert set(changed_facts(None, once)) == {
        "postcode", "address_lines", "rating", "rating_on", "regulated_activities",
    }  # fmt: skip
