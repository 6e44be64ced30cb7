"""Every refusal that a scenario can reach, at the step and by the rule that the field expects."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from brokerdesk.core.domain.scenario import Station
from brokerdesk.core.domain.scenario_check import scenario_of
from brokerdesk.core.services.walk import Walked, walk
from journeys.walks import SCENARIOS, Shared, changed, open_stage, tables

HOME, NURSING = "home_care", "nursing_bed"
TOP_UP = {
    "payer": "third_party", "agreed_on": date(2026, 11, 23), "additional_cost": "64.40",
    "budget_amount": "860.00", "payment_frequency": "four-weekly", "payee": "the council",
    "review_provision": "each year", "if_payments_stop": "a move may follow",
    "provider_price_rises": "shared", "payer_finances_change": "tell the council",
    "payer_name": "Una Brightmoor", "evidence": "Bank statements seen", "evidence_on": date(2026, 11, 20),
    "affordable_answer": "He prefers a garden.",
}  # fmt: skip
FIRST, SECOND, THIRD = "1-100000001", "1-100000002", "1-100000003"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    made = Shared(tmp_path_factory.mktemp("desk") / "desk", NURSING)
    with made.stage:
        yield made


def refused(shared: Shared, told: dict[str, Any], at: str, rule: str | None, words: str) -> None:
    told["expect"] = {"refused_at": at, **({"rule": rule} if rule else {})}
    walked = shared.walk(told)
    assert walked.refusal is not None, "the walk was not refused"
    assert (walked.station.value, walked.refusal.rule) == (at, rule)
    assert words in walked.refusal.message
    assert walked.as_expected


NEED = [
    pytest.param(
        {"need__starts_on": date(2026, 12, 2)}, None, "today is 3 December 2026", id="a start in the past"
    ),
    pytest.param({"need__postcode": "NOWHERE"}, "R155", "postcode", id="no postcode"),
    pytest.param(
        {"need__nhs_number": "999 000 0019"}, "R149", "nhs_number", id="a number that does not check"
    ),
    pytest.param({"need__cohort": "child"}, "R122", "does not fit", id="a child of 84"),
    pytest.param({"need__lot": "day care"}, None, "Its lots are", id="a lot that the framework has not"),
    pytest.param({"need__visits": None}, None, "at least one visit", id="nothing asked for"),
]


@pytest.mark.parametrize(("change", "rule", "words"), NEED)
def test_a_need_that_cannot_be_right_is_refused_at_need(
    shared: Shared, change: dict[str, Any], rule: str | None, words: str
) -> None:
    refused(shared, changed(tables(HOME), **change), "need", rule, words)


def test_nobody_may_be_asked_for_a_need_that_no_member_can_meet(shared: Shared) -> None:
    told = changed(tables(HOME), need__needs="hoist; sign language")
    refused(shared, told, "round", None, "sign language")


def test_a_round_that_would_never_close_is_refused(shared: Shared) -> None:
    refused(shared, changed(tables(HOME), round__closes_after_hours=0), "round", "R024", "1 to")


ANSWERS = [
    pytest.param("1-100000008", "R105", "Suspended", id="suspended"),
    pytest.param("1-100000009", "R116", "Personal care", id="without the activity"),
    pytest.param("1-100000007", "R119", "Inadequate", id="rated inadequate"),
    pytest.param("1-100000010", None, "20 hours free", id="without the hours"),
    pytest.param("1-100000011", None, "zone East", id="of another zone"),
    pytest.param("1-100000031", None, "home care", id="of another lot"),
    pytest.param("1-999999999", None, "no member", id="not on the framework"),
]


@pytest.mark.parametrize(("location", "rule", "words"), ANSWERS)
def test_an_answer_of_someone_who_may_not_be_asked_is_refused_by_the_reason(
    shared: Shared, location: str, rule: str | None, words: str
) -> None:
    told = tables(HOME)
    told["answers"][0]["location"] = location
    refused(shared, told, "answers", rule, words)


def test_a_decline_for_another_reason_says_which(shared: Shared) -> None:
    told = tables(HOME)
    told["answers"][3] = {"location": "1-100000006", "after_hours": 2, "decline": "other"}
    refused(shared, told, "answers", None, "Write down which")


def test_an_offer_without_a_price_for_its_visits_is_refused(shared: Shared) -> None:
    told = tables(HOME)
    del told["answers"][0]["offer"]["rate"]
    told["answers"][0]["offer"]["rates"] = {"30": "14.50"}
    refused(shared, told, "answers", "R159", "45 minutes")


def test_a_late_offer_is_kept_and_cannot_be_chosen(shared: Shared) -> None:
    told = tables(HOME)
    told["answers"][0]["after_hours"] = 25
    refused(shared, told, "choice", "R024", "late")


def test_who_declined_cannot_be_chosen(shared: Shared) -> None:
    refused(shared, changed(tables(HOME), choice__location="1-100000006"), "choice", "R024", "made no offer")


CHOICES = [
    pytest.param({"need__personal_budget": "800.00"}, "R087", "within the personal budget", id="no option"),
    pytest.param({"choice__top_up__payee": ""}, "R092", "payee", id="an item missing"),
    pytest.param({"choice__top_up__additional_cost": None}, "R092", "additional cost", id="no amount"),
    pytest.param({"choice__top_up__payer": "first_party"}, "R091", "12-week", id="first party"),
    pytest.param({"choice__location": "1-100000031"}, "R090", "more than", id="too much"),
]


@pytest.mark.parametrize(("change", "rule", "words"), CHOICES)
def test_a_top_up_that_the_rules_do_not_allow_is_refused_at_choice(
    shared: Shared, change: dict[str, Any], rule: str, words: str
) -> None:
    told = changed(tables(NURSING), choice__top_up=TOP_UP, need__personal_budget="860.00")
    refused(shared, changed(told, **change), "choice", rule, words)


def test_a_top_up_with_all_its_items_goes_through_to_the_letters(shared: Shared) -> None:
    told = changed(tables(NURSING), choice__top_up=TOP_UP, need__personal_budget="860.00")
    told["choice"]["top_up"]["additional_cost"] = "57.32"
    walked = shared.walk(told)
    assert walked.refusal is None, walked.refusal
    assert [letter.kind for letter in walked.letters] == [
        "award", "unsuccessful", "person", "agreement", "top-up",
    ]  # fmt: skip


def alone(folder: Path, told: dict[str, Any]) -> Walked:
    """A walk on a desk of its own, from the desk on."""
    scenario = scenario_of(told)
    with open_stage(folder / "desk", scenario) as stage:
        return walk(scenario, SCENARIOS, stage)


def test_the_approver_is_never_the_broker(tmp_path: Path) -> None:
    walked = alone(tmp_path, changed(tables(HOME), officers__approver="A. Demo-Broker"))
    assert walked.station is Station.APPROVAL
    assert walked.refusal is not None
    assert "someone else must approve" in walked.refusal.message


def test_a_spend_above_the_approvers_limit_is_refused_at_approval(tmp_path: Path) -> None:
    walked = alone(tmp_path, changed(tables(HOME), approval__limit="43982.49"))
    assert walked.station is Station.APPROVAL
    assert walked.refusal is not None
    assert "£43,982.50 a year is above the limit" in walked.refusal.message


AWARDS = [
    pytest.param({"award__route": None}, "R005", "No award route", id="no route"),
    pytest.param({"award__reason": ""}, "R005", "reason", id="no reason"),
    pytest.param({"award__route": "PCR2015_CALLOFF"}, "R002", "FRAMEWORK_S45", id="the other regime"),
    pytest.param({"need__expected_weeks": None}, "R057", "UK6", id="above threshold without its notice"),
    pytest.param(
        {"award__exclusion_checked_on": date(2026, 10, 1)}, "R077", "days old", id="an old exclusion check"
    ),
    pytest.param(
        {"award__exclusion_checked_on": date(2027, 1, 1)}, "R077", "after today", id="a check of tomorrow"
    ),
    pytest.param({"award__route": "USER_CHOICE"}, "R042", "preference", id="user choice without preference"),
    pytest.param(
        {"award__route": "BELOW_THRESHOLD", "need__expected_weeks": None}, "R011", "not", id="unknown"
    ),
    pytest.param({"award__route": "DIRECT_S41"}, "R039", "ground", id="a direct award without ground"),
    pytest.param({"approval__decision": "return"}, None, "returned", id="returned by the approver"),
    pytest.param({"approval": None}, None, "approved", id="never approved"),
]


@pytest.mark.parametrize(("change", "rule", "words"), AWARDS)
def test_an_award_that_lacks_what_a_hard_block_wants_is_refused(
    shared: Shared, change: dict[str, Any], rule: str | None, words: str
) -> None:
    refused(shared, changed(tables(HOME), **change), "award", rule, words)


def test_an_award_above_the_threshold_goes_through_with_its_notice(shared: Shared) -> None:
    told = changed(tables(HOME), need__expected_weeks=None, award__notice="2026/S 000-012345")
    assert shared.walk(told).refusal is None


def test_an_offer_above_the_ceiling_needs_its_exception(shared: Shared) -> None:
    told = tables(HOME)
    told["answers"][0]["offer"]["rate"] = "27.01"
    refused(shared, copy_of(told), "award", None, "above the ceiling")
    told["award"]["exception"] = "Nobody else can start on the day."
    assert shared.walk(told).refusal is None


def test_someone_without_capacity_and_without_friends_needs_an_advocate(shared: Shared) -> None:
    alone = {"lacks_capacity": True, "unbefriended": True}
    told = changed(tables(NURSING), need__capacity=alone, choice__by="best_interests",
        choice__authority="Best-interests meeting of 20 November",
    )  # fmt: skip
    refused(shared, copy_of(told), "choice", "R109", "no assessment for this decision")
    told["choice"]["record"] = {
        "capacity": {
            "outcome": "lacks capacity", "assessed_on": date(2026, 11, 20), "assessor": "M. Invented",
            "unable": ["retain"], "impairment": "Dementia", "because": "He forgets them within a minute",
            "help_given": "Pictures", "is_unbefriended": True,
        },
    }  # fmt: skip
    refused(shared, copy_of(told), "award", "R112", "IMCA")
    told["need"]["capacity"]["imca_reference"] = "IMCA-77"
    assert shared.walk(told).refusal is None


def test_user_choice_goes_through_with_preference_and_best_interests(shared: Shared) -> None:
    told = changed(
        tables(HOME), award__route="USER_CHOICE", award__preference_said_by="Winifred",
        award__preference_said_on=date(2026, 12, 1), award__preference_said_how="on the ward",
        award__best_interests="A change of carers would harm her.",
    )  # fmt: skip
    assert shared.walk(told).refusal is None


def test_a_walk_that_was_to_be_refused_and_was_not_does_not_end_as_expected(shared: Shared) -> None:
    told = changed(tables(HOME), expect={"refused_at": "award", "rule": "R116"})
    walked = shared.walk(told)
    assert walked.refusal is None
    assert not walked.as_expected


def copy_of(told: dict[str, Any]) -> dict[str, Any]:
    return changed(told)
