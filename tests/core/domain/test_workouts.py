"""Every work-out answers its worked examples, and refuses what it cannot read."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.domain.scoring import PricedOffer, score_offers
from brokerdesk.core.domain.workouts import ALL, answer
from brokerdesk.core.domain.workouts_fields import Refused, Written, read_question
from brokerdesk.core.services.workouts import WORKOUTS, work_out

FOUR_CALLS = [
    {"minutes": 45, "per_week": 7, "carers": 2},
    {"minutes": 30, "per_week": 7, "carers": 2},
    {"minutes": 30, "per_week": 7, "carers": 2},
    {"minutes": 45, "per_week": 7, "carers": 2},
]
EVERY_DAY = [
    {"day": day, "minutes": minutes, "carers": 2}
    for day in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    for minutes in (45, 30, 30, 45)
]
WEIGHTS = {"quality": 40, "price": 40, "continuity": 20}
OFFER_A = {"name": "A", "quality": 80, "price": 24.10, "continuity": 60}
OFFER_B = {"name": "B", "quality": 70, "price": "22.90", "continuity": 90}
TOP_UP: dict[str, Any] = {
    "personal_budget": 985,
    "preferred_price": "1150.00",
    "fnc_in_price": "0.00",
    "cheapest_suitable_available": "985.00",
}
NOTICES: dict[str, Any] = {
    "entered_into_on": "2026-12-14",
    "is_light_touch": True,
    "value": "5000000.01",
    "is_user_choice": False,
}
OPEN: dict[str, Any] = {"first_awarded_on": "2027-04-01", "later_awards": [], "single_supplier": False}
VALUE: dict[str, Any] = {
    "weekly_cost": "985.00",
    "starts_on": "2027-01-01",
    "ends_on": "2027-12-31",
    "procurement_commenced_on": "2026-12-01",
}
FORECAST: dict[str, Any] = {"annual": 14000000, "years": 5, "rate_percent": 2.5, "first_uplift_year": 2}


def hourly(rate: object, rounding: str = "week") -> dict[str, Any]:
    """The four double-handed calls at a rate an hour."""
    return {"visits": FOUR_CALLS, "rate_per_hour": rate, "rounding": rounding}


EXAMPLES: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    (
        "E1 week",
        "weekly_cost",
        hourly(24.10),
        {"visit_hours": "17.50", "carer_hours": "35.00", "weekly_cost": "843.50"},
    ),
    ("E1 visit", "weekly_cost", hourly("24.10", "visit"), {"weekly_cost": "843.64"}),
    ("E1 minimum", "weekly_cost", hourly("32.14"), {"weekly_cost": "1124.90"}),
    (
        "E1 bands",
        "weekly_cost",
        {"visits": FOUR_CALLS, "banded_rates": {"30": "14.50", "45": 20.25}},
        {"weekly_cost": "973.00", "carer_hours": "35.00"},
    ),
    (
        "E2",
        "period_cost",
        {"weekly_cost": "843.50"},
        {
            "four_weekly": "3374.00",
            "weeks_52_14": "43980.09",
            "year_365": "43982.50",
            "year_366": "44103.00",
            "calendar_month": "3665.21",
        },
    ),
    (
        "E2 minimum",
        "period_cost",
        {"weekly_cost": 1124.9},
        {
            "four_weekly": "4499.60",
            "weeks_52_14": "58652.29",
            "year_365": "58655.50",
            "year_366": "58816.20",
            "calendar_month": "4887.96",
        },
    ),
    (
        "E3",
        "part_week",
        {"visits": EVERY_DAY, "rate_per_hour": "24.10", "starts_on": "2026-12-17"},
        {"days": 4, "carer_hours": "20.00", "cost": "482.00"},
    ),
    (
        "E4",
        "top_up",
        TOP_UP,
        {
            "allowed": True,
            "budget": "985.00",
            "weekly_top_up": "165.00",
            "four_weekly": "660.00",
            "year_365": "8603.57",
        },
    ),
    (
        "E4 nursing",
        "top_up",
        TOP_UP | {"preferred_price": 1417.68, "fnc_in_price": 267.68},
        {"weekly_top_up": "165.00"},
    ),
    (
        "E4 raised",
        "top_up",
        TOP_UP | {"cheapest_suitable_available": 1040},
        {"budget": "1040.00", "weekly_top_up": "110.00"},
    ),
    (
        "E4 within",
        "top_up",
        TOP_UP | {"preferred_price": 985, "cheapest_suitable_available": None},
        {"allowed": True, "budget": "985.00", "weekly_top_up": "0.00", "year_365": "0.00"},
    ),
    *[
        (
            f"E5 {published}",
            "standstill",
            {"regime": "PA23", "published_on": published},
            {"ends_on": ends, "earliest_signing_on": signing},
        )
        for published, ends, signing in (
            ("2026-12-01", "2026-12-10", "2026-12-11"),
            ("2026-12-21", "2027-01-05", "2027-01-06"),
            ("2026-11-25", "2026-12-07", "2026-12-08"),
            ("2026-06-10", "2026-06-22", "2026-06-23"),
            ("2026-12-05", "2026-12-16", "2026-12-17"),
        )
    ],
    (
        "E6",
        "standstill",
        {"regime": "PSR", "published_on": "2026-12-21"},
        {"ends_on": "2027-01-06", "earliest_signing_on": "2027-01-07"},
    ),
    (
        "E6 November",
        "standstill",
        {"regime": "PSR", "published_on": "2026-11-25"},
        {"ends_on": "2026-12-08", "earliest_signing_on": "2026-12-09"},
    ),
    ("E7", "notice_dates", NOTICES, {"uk7_due_on": "2027-04-12", "copy_due_on": "2027-06-11"}),
    (
        "E7 other",
        "notice_dates",
        NOTICES | {"is_light_touch": False},
        {"uk7_due_on": "2027-01-12", "copy_due_on": "2027-03-13"},
    ),
    (
        "E7 five million",
        "notice_dates",
        NOTICES | {"value": 5000000},
        {"uk7_due_on": "2027-04-12", "copy_due_on": None},
    ),
    (
        "E7 user choice",
        "notice_dates",
        NOTICES | {"is_user_choice": True},
        {"uk7_due_on": None, "copy_due_on": None},
    ),
    ("E9", "open_framework", OPEN, {"next_award_due_on": "2030-03-31", "scheme_ends_on": "2035-03-31"}),
    (
        "E9 second",
        "open_framework",
        OPEN | {"later_awards": ["2029-09-01"]},
        {"next_award_due_on": "2034-08-31", "scheme_ends_on": "2035-03-31"},
    ),
    (
        "E9 third",
        "open_framework",
        OPEN | {"later_awards": ["2029-09-01", "2031-01-01"]},
        {"next_award_due_on": None, "scheme_ends_on": "2035-03-31"},
    ),
    (
        "E9 one supplier",
        "open_framework",
        OPEN | {"single_supplier": True},
        {"next_award_due_on": "2030-03-31", "scheme_ends_on": "2031-03-31"},
    ),
    (
        "E9 one supplier, second",
        "open_framework",
        OPEN | {"single_supplier": True, "later_awards": ["2029-09-01"]},
        {"next_award_due_on": None, "scheme_ends_on": "2031-03-31"},
    ),
    (
        "E10",
        "review_dates",
        {"starts_on": "2026-12-14", "has_direct_payment": True},
        {
            "check_from": "2027-01-25",
            "check_to": "2027-02-08",
            "annual_review_by": "2027-12-13",
            "direct_payment_review_by": "2027-06-13",
        },
    ),
    (
        "E10 without direct payment",
        "review_dates",
        {"starts_on": "2024-02-29", "has_direct_payment": False},
        {"annual_review_by": "2025-02-28", "direct_payment_review_by": None},
    ),
    ("E11", "foi_due", {"received_on": "2026-12-14"}, {"due_on": "2027-01-15"}),
    ("E11 November", "foi_due", {"received_on": "2026-11-23"}, {"due_on": "2026-12-22"}),
    ("E11 Sunday", "foi_due", {"received_on": "2026-11-22"}, {"due_on": "2026-12-21"}),
    ("E12", "nhs_number", {"number": "943 476 5919"}, {"is_valid": True}),
    ("E12 as a number", "nhs_number", {"number": 9990123454}, {"is_valid": True}),
    ("E12 nought", "nhs_number", {"number": "9876543210"}, {"is_valid": True}),
    ("E12 wrong", "nhs_number", {"number": "943 476 5918"}, {"is_valid": False}),
    ("E12 none exists", "nhs_number", {"number": "999 000 0000"}, {"is_valid": False}),
    ("E13", "vat_number", {"number": "831 4958 16"}, {"is_valid": True}),
    ("E13 new series", "vat_number", {"number": "831495858"}, {"is_valid": True}),
    ("E13 wrong", "vat_number", {"number": "831 4958 17"}, {"is_valid": False}),
    (
        "E14",
        "forecast",
        FORECAST,
        {
            "years": ["14000000.00", "14350000.00", "14708750.00", "15076468.75", "15453380.47"],
            "total": "73588599.22",
        },
    ),
    ("E14 from year 1", "forecast", FORECAST | {"first_uplift_year": 1}, {"total": "75428314.20"}),
    ("E14 flat", "forecast", FORECAST | {"rate_percent": 0}, {"total": "70000000.00"}),
    (
        "E15",
        "value_route",
        VALUE,
        {"value": "51360.71", "is_notifiable": True, "is_above_threshold": False},
    ),
    (
        "E15 four years",
        "value_route",
        VALUE | {"ends_on": "2030-12-31"},
        {"value": "205583.57", "is_notifiable": True, "is_above_threshold": False},
    ),
    (
        "E15 public",
        "value_route",
        VALUE | {"ends_on": "2030-12-31", "weekly_cost": "3179.18"},
        {"is_notifiable": False, "is_above_threshold": True},
    ),
    (
        "E15 unknown",
        "value_route",
        VALUE | {"ends_on": None},
        {"value": None, "is_notifiable": False, "is_above_threshold": True},
    ),
    (
        "E16",
        "framework_term",
        {"starts_on": "2023-09-04", "years": 3, "extension_years": 2},
        {"initial_ends_on": "2026-09-03", "final_ends_on": "2028-09-03"},
    ),
    (
        "E16 April",
        "framework_term",
        {"starts_on": "2026-04-01", "years": 3, "extension_years": 2},
        {"initial_ends_on": "2029-03-31", "final_ends_on": "2031-03-31"},
    ),
    (
        "E16 no extension",
        "framework_term",
        {"starts_on": "2020-04-01", "years": 4, "extension_years": 0},
        {"initial_ends_on": "2024-03-31", "final_ends_on": "2024-03-31"},
    ),
    (
        "E17",
        "score",
        {"weights": WEIGHTS, "offers": [OFFER_A, OFFER_B]},
        {
            "ranking": [
                {
                    "name": "B",
                    "total": "86.00",
                    "points": {"quality": "28.00", "price": "40.00", "continuity": "18.00"},
                },
                {
                    "name": "A",
                    "total": "82.01",
                    "points": {"quality": "32.00", "price": "38.01", "continuity": "12.00"},
                },
            ]
        },
    ),
    (
        "call-in",
        "call_in",
        {"decided_on": "2025-12-04", "working_days": 3},
        {"deadline_on": "2025-12-09", "in_force_on": "2025-12-10"},
    ),
]

KEYS = {
    "weekly_cost": {"visit_hours", "carer_hours", "weekly_cost"},
    "period_cost": {"four_weekly", "weeks_52_14", "year_365", "year_366", "calendar_month"},
    "part_week": {"days", "carer_hours", "cost"},
    "top_up": {"allowed", "budget", "weekly_top_up", "four_weekly", "year_365"},
    "standstill": {"ends_on", "earliest_signing_on"},
    "notice_dates": {"uk7_due_on", "copy_due_on"},
    "open_framework": {"next_award_due_on", "scheme_ends_on"},
    "review_dates": {"check_from", "check_to", "annual_review_by", "direct_payment_review_by"},
    "foi_due": {"due_on"},
    "nhs_number": {"is_valid"},
    "vat_number": {"is_valid"},
    "forecast": {"years", "total"},
    "value_route": {"value", "is_notifiable", "is_above_threshold"},
    "score": {"ranking"},
    "call_in": {"deadline_on", "in_force_on"},
    "framework_term": {"initial_ends_on", "final_ends_on"},
}


@pytest.mark.parametrize(
    ("name", "question", "expected"), [row[1:] for row in EXAMPLES], ids=[row[0] for row in EXAMPLES]
)
def test_a_worked_example_is_answered_to_the_penny_and_the_day(
    rulebook: Rulebook, name: str, question: dict[str, Any], expected: dict[str, Any]
) -> None:
    found = work_out(rulebook, name, json.dumps(question))
    assert {key: found[key] for key in expected} == expected
    assert set(found) == KEYS[name] | {"steps", "source"}
    assert found["steps"]
    assert all(step.endswith(".") for step in found["steps"])
    assert found["source"].startswith("docs/rules.md R")


def test_there_are_sixteen_work_outs_each_with_an_example() -> None:
    assert len(WORKOUTS) == 16
    assert {workout.name for workout in ALL} == set(KEYS) == {row[1] for row in EXAMPLES}
    assert all(workout.title and workout.hint and workout.fields for workout in ALL)


def test_a_top_up_without_a_recorded_option_says_why_not(rulebook: Rulebook) -> None:
    found = answer("top_up", TOP_UP | {"cheapest_suitable_available": None}, rulebook)
    assert found["allowed"] is False
    assert "No suitable, available home" in found["why"]
    assert found["weekly_top_up"] is None


def test_a_procurement_begun_before_the_act_says_so(rulebook: Rulebook) -> None:
    found = answer("value_route", VALUE | {"procurement_commenced_on": "2024-06-01"}, rulebook)
    assert any("R002" in step for step in found["steps"])


REFUSALS: list[tuple[str, str, dict[str, Any], str, str | None]] = [
    ("unknown name", "nhs_num", {}, "The nearest is “nhs_number”", None),
    ("missing key", "period_cost", {}, "wants “weekly_cost”", None),
    ("unknown key", "period_cost", {"weekly_costs": 1}, "The nearest is “weekly_cost”", None),
    ("far key", "period_cost", {"weekly_cost": 1, "zzz": 1}, "It may be weekly_cost", None),
    ("negative", "period_cost", {"weekly_cost": -1}, "digits and at most two decimals", "R157"),
    ("three decimals", "period_cost", {"weekly_cost": "1.001"}, "at most two decimals", "R157"),
    ("separator", "period_cost", {"weekly_cost": "1,000.00"}, "digits", "R157"),
    ("pound sign", "period_cost", {"weekly_cost": "£10"}, "digits", "R157"),
    ("space", "period_cost", {"weekly_cost": " 10"}, "digits", "R157"),
    ("yes for an amount", "period_cost", {"weekly_cost": True}, "is “true”", "R157"),
    ("null for an amount", "period_cost", {"weekly_cost": None}, "is “null”", "R157"),
    ("list for an amount", "period_cost", {"weekly_cost": [1]}, "is “a list”", "R157"),
    ("no visits", "weekly_cost", hourly(1) | {"visits": []}, "visits is an empty list", None),
    ("visits no list", "weekly_cost", hourly(1) | {"visits": {}}, "wants a list", None),
    ("visit no table", "weekly_cost", hourly(1) | {"visits": [45]}, "visit 1 is “45”|visit 1 is 45", None),
    ("both rates", "weekly_cost", hourly(1) | {"banded_rates": {"30": 1}}, "not both", "R159"),
    ("no rate", "weekly_cost", {"visits": FOUR_CALLS}, "A rate is missing", "R158"),
    ("no rounding", "weekly_cost", {"visits": FOUR_CALLS, "rate_per_hour": 1}, "rounding is missing", "R158"),
    ("bad rounding", "weekly_cost", hourly(1, "day"), "one of week, visit", None),
    ("no band", "weekly_cost", {"visits": FOUR_CALLS, "banded_rates": {"30": 1}}, "no banded rate", "R159"),
    (
        "band not minutes",
        "weekly_cost",
        {"visits": FOUR_CALLS, "banded_rates": {"half": 1}},
        "minutes",
        "R159",
    ),
    ("no bands", "weekly_cost", {"visits": FOUR_CALLS, "banded_rates": {}}, "prices by minutes", "R159"),
    *[
        (said, "weekly_cost", hourly(1) | {"visits": [FOUR_CALLS[0] | changed]}, wanted, rule)
        for said, changed, wanted, rule in (
            ("five carers", {"carers": 5}, "1 to 4 carers", "R160"),
            ("no carers", {"carers": 0}, "1 to 4 carers", "R160"),
            ("no minutes", {"minutes": 0}, "1 to 1,440 minutes", "R158"),
            ("over a day", {"minutes": 1441}, "1 to 1,440 minutes", "R158"),
            ("half a minute", {"minutes": 30.5}, "a whole number", None),
            ("never", {"per_week": 0}, "from 1 to", None),
            ("yes carers", {"carers": True}, "a whole number", None),
        )
    ],
    (
        "bad day",
        "part_week",
        {"visits": [EVERY_DAY[0] | {"day": "Monday"}], "rate_per_hour": 1, "starts_on": "2026-12-17"},
        "one of Mon",
        None,
    ),
    ("fnc above price", "top_up", TOP_UP | {"fnc_in_price": 2000}, "more than the price", "R115"),
    ("bad date", "foi_due", {"received_on": "2026-02-30"}, "a date that exists", None),
    ("short date", "foi_due", {"received_on": "20261214"}, "a date such as", None),
    ("number for a date", "foi_due", {"received_on": 20261214}, "a date such as", None),
    ("far date", "foi_due", {"received_on": "9999-12-31"}, "a date from 1900", None),
    ("early foi", "foi_due", {"received_on": "2018-12-31"}, "outside the bank holiday data", "R070"),
    ("late foi", "foi_due", {"received_on": "2028-12-20"}, "outside the bank holiday data", "R070"),
    ("early PA23", "standstill", {"regime": "PA23", "published_on": "2018-12-31"}, "outside", "R070"),
    ("late PA23", "standstill", {"regime": "PA23", "published_on": "2028-12-27"}, "outside", "R070"),
    ("early PSR", "standstill", {"regime": "PSR", "published_on": "2018-12-31"}, "outside", "R070"),
    ("late PSR", "standstill", {"regime": "PSR", "published_on": "2028-12-20"}, "outside", "R070"),
    ("regime", "standstill", {"regime": "PCR2015", "published_on": "2026-12-01"}, "PA23, PSR", None),
    ("early call-in", "call_in", {"decided_on": "2018-12-31", "working_days": 3}, "outside", "R070"),
    ("late call-in", "call_in", {"decided_on": "2028-12-28", "working_days": 3}, "outside", "R070"),
    ("no days", "call_in", {"decided_on": "2025-12-04", "working_days": 0}, "from 1 to 60", None),
    ("yes as word", "notice_dates", NOTICES | {"is_user_choice": "no"}, "true or false", None),
    ("too late", "open_framework", OPEN | {"later_awards": ["2030-04-01"]}, "made too late", "R028"),
    (
        "third too late",
        "open_framework",
        OPEN | {"later_awards": ["2027-05-01", "2033-01-01"]},
        "too late",
        "R028",
    ),
    (
        "after the end",
        "open_framework",
        OPEN | {"later_awards": ["2029-09-01", "2031-01-01", "2035-04-01"]},
        "the scheme ended",
        "R028",
    ),
    (
        "out of order",
        "open_framework",
        OPEN | {"later_awards": ["2029-09-01", "2029-08-01"]},
        "in order",
        "R028",
    ),
    ("same day", "open_framework", OPEN | {"later_awards": ["2027-04-01"]}, "in order", "R028"),
    ("award no date", "open_framework", OPEN | {"later_awards": [1]}, "a date such as", None),
    (
        "years",
        "framework_term",
        {"starts_on": "2026-04-01", "years": 0, "extension_years": 0},
        "from 1",
        None,
    ),
    ("forecast", "forecast", FORECAST | {"years": 100, "rate_percent": 900}, "a thousand billion", None),
    ("empty number", "vat_number", {"number": ""}, "spaces allowed", None),
    ("null number", "nhs_number", {"number": None}, "spaces allowed", None),
    ("ends first", "value_route", VALUE | {"ends_on": "2026-12-31"}, "before the first", "R010"),
    (
        "long ago",
        "value_route",
        VALUE | {"procurement_commenced_on": "2017-12-31"},
        "before 1 January 2018",
        "R007",
    ),
    (
        "weights",
        "score",
        {"weights": WEIGHTS | {"price": "39.99"}, "offers": [OFFER_A]},
        "add up to 99.99",
        "R021",
    ),
    ("no weights", "score", {"weights": {}, "offers": [OFFER_A]}, "percent by criterion", "R021"),
    ("no offers", "score", {"weights": WEIGHTS, "offers": []}, "offers is an empty list", None),
    (
        "free",
        "score",
        {"weights": WEIGHTS, "offers": [OFFER_A | {"price": 0}]},
        "price of A is nothing",
        None,
    ),
    (
        "score above 100",
        "score",
        {"weights": WEIGHTS, "offers": [OFFER_A | {"quality": 101}]},
        "0 to 100",
        "R021",
    ),
    (
        "criterion unknown",
        "score",
        {"weights": WEIGHTS, "offers": [OFFER_A | {"qualty": 1}]},
        "nearest is “quality”",
        None,
    ),
    (
        "criterion missing",
        "score",
        {"weights": {"price": 50, "speed": 50}, "offers": [{"name": "A", "price": 1}]},
        "wants “speed”",
        None,
    ),
    ("same name", "score", {"weights": WEIGHTS, "offers": [OFFER_A, OFFER_A]}, "Two offers are named", None),
    ("no name", "score", {"weights": WEIGHTS, "offers": [OFFER_A | {"name": " "}]}, "provider's name", None),
    ("offer no table", "score", {"weights": WEIGHTS, "offers": ["A"]}, "wants a table", None),
    (
        "criterion called name",
        "score",
        {"weights": {"name": 100}, "offers": [OFFER_A]},
        "cannot be called",
        None,
    ),
]


@pytest.mark.parametrize(
    ("name", "question", "said", "rule"), [row[1:] for row in REFUSALS], ids=[row[0] for row in REFUSALS]
)
def test_what_cannot_be_read_is_refused_in_a_sentence(
    rulebook: Rulebook, name: str, question: dict[str, Any], said: str, rule: str | None
) -> None:
    with pytest.raises(Refused, match=said) as refusal:
        work_out(rulebook, name, json.dumps(question))
    assert refusal.value.rule == rule
    assert refusal.value.unreadable
    assert refusal.value.message.endswith(".")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not JSON"),
        ('{"weekly_cost": 1', "not JSON"),
        ("[1]", "one JSON object"),
        ('{"weekly_cost": 1, "weekly_cost": 2}', "given twice"),
        ('{"weekly_cost": NaN}', "NaN is not an amount"),
        ('{"weekly_cost": -Infinity}', "not an amount"),
        ('{"weekly_cost": 1e3}', "is “1e3”"),
        ('{"weekly_cost": 1.000}', "at most two decimals"),
        ('{"weekly_cost": "\\ud800"}', "cannot be read"),
        ('{"a":' * 5000 + "1" + "}" * 5000, "cannot be read"),
        ('{"weekly_cost": "' + "1" * 1_000_000 + '"}', "longer than a million"),
    ],
    ids=[
        "empty",
        "torn",
        "list",
        "twice",
        "nan",
        "infinity",
        "power",
        "thousandths",
        "half letter",
        "deep",
        "long",
    ],
)
def test_a_question_that_is_not_plain_json_is_refused(rulebook: Rulebook, text: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        work_out(rulebook, "period_cost", text)


def test_numbers_are_read_as_they_are_written() -> None:
    question = read_question('\ufeff{"a": 0.1, "b": 12345678901234567890, "c": "x"}')
    assert question == {"a": "0.1", "b": "12345678901234567890", "c": "x"}
    assert isinstance(question["a"], Written)
    assert not isinstance(question["c"], Written)


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


@given(
    st.lists(st.tuples(st.integers(1, 1440), st.integers(1, 50), st.integers(1, 4)), min_size=1, max_size=8),
    st.integers(0, 10_000),
)
def test_a_weeks_cost_in_pence_is_the_sum_over_carer_minutes(
    rulebook: Rulebook, rows: list[tuple[int, int, int]], rate: int
) -> None:
    visits = [{"minutes": minutes, "per_week": times, "carers": carers} for minutes, times, carers in rows]
    pounds = f"{rate // 100}.{rate % 100:02d}"
    found = work_out(
        rulebook, "weekly_cost", json.dumps({"visits": visits, "rate_per_hour": pounds, "rounding": "week"})
    )
    minutes = sum(minutes * times * carers for minutes, times, carers in rows)
    pence = (2 * rate * minutes + 60) // 120
    assert found["weekly_cost"] == f"{pence // 100}.{pence % 100:02d}"
