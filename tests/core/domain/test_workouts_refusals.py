"""A question that cannot be read is refused in a sentence, and nothing is guessed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.domain.workouts_fields import Refused, Written, read_question
from brokerdesk.core.services.workouts import work_out
from workout_questions import (
    EVERY_DAY,
    FORECAST,
    FOUR_CALLS,
    NOTICES,
    OFFER_A,
    OPEN,
    TOP_UP,
    VALUE,
    WEIGHTS,
    hourly,
)

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
