"""Every work-out answers its worked examples to the penny and the day."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.domain.workouts import ALL, answer
from brokerdesk.core.services.workouts import WORKOUTS, work_out
from workout_questions import (
    EVERY_DAY,
    FORECAST,
    FOUR_CALLS,
    NOTICES,
    OFFER_A,
    OFFER_B,
    OPEN,
    TOP_UP,
    VALUE,
    WEIGHTS,
    hourly,
)

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
