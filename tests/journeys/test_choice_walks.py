"""Three journeys of choice to their whole letter sets, and what the Ombudsman would have upheld."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from brokerdesk.core.domain.award import Route
from brokerdesk.core.domain.letter import texts_of
from brokerdesk.core.domain.scenario import Station
from brokerdesk.core.services.letters import letter_of
from brokerdesk.core.services.walk import Walked
from journeys.walks import Shared, changed, tables

TOP_UP, USER, REFUSED = "top_up", "user_choice", "refused_preference"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    made = Shared(tmp_path_factory.mktemp("desk") / "desk", TOP_UP)
    with made.stage:
        yield made


def kinds(walked: Walked) -> list[str]:
    assert walked.refusal is None, walked.refusal
    return [letter.kind for letter in walked.letters]


def said(walked: Walked, kind: str) -> str:
    letter = next(held for held in walked.letters if held.kind == kind)
    return " ".join(texts_of(letter_of(letter)))


def refused(walked: Walked, at: Station, rule: str, words: str) -> None:
    assert walked.refusal is not None, walked.steps
    assert (walked.station, getattr(walked.refusal, "rule", None)) == (at, rule), walked.refusal
    assert words in str(walked.refusal)


def test_a_third_party_top_up_goes_to_its_whole_letter_set(shared: Shared) -> None:
    walked = shared.walk(tables(TOP_UP))
    assert sorted(set(kinds(walked))) == ["agreement", "award", "person", "top-up", "unsuccessful"]
    agreement = said(walked, "top-up")
    for fact in ("£17.32", "£900.00", "Demelza Fernhallow", "Thistlecombe Lodge", "two buses away"):
        assert fact in agreement
    assert "£17.32" in said(walked, "person")


NO_TOP_UP = [
    pytest.param({"need__personal_budget": "800.00"}, "R087", "nobody may be asked", id="nothing affordable"),
    pytest.param({"choice__top_up__affordable_answer": ""}, "R087", "What was answered", id="no answer"),
    pytest.param({"choice__top_up__if_payments_stop": ""}, "R092", "if payments stop", id="an item missing"),
    pytest.param({"choice__top_up__evidence": ""}, "R093", "can and will pay", id="no evidence"),
    pytest.param({"choice__top_up__signs_as": "next_of_kin"}, "R113", "Next of kin", id="next of kin"),
    pytest.param({"choice__top_up__payer": "first_party"}, "R091", "12-week", id="first party, no ground"),
    pytest.param({"choice__by": "best_interests"}, "R108", "presumed", id="nobody else decides"),
    pytest.param(
        {"choice__record__advocacy": {"difficulties": ["retain"]}}, "R100", "advocate", id="no advocate"
    ),
]


@pytest.mark.parametrize(("change", "rule", "words"), NO_TOP_UP)
def test_a_top_up_that_the_ombudsman_would_uphold_against_is_impossible(
    shared: Shared, change: dict[str, Any], rule: str, words: str
) -> None:
    refused(shared.walk(changed(tables(TOP_UP), **change)), Station.CHOICE, rule, words)


def test_a_home_outside_the_framework_is_awarded_as_the_persons_choice(shared: Shared) -> None:
    walked = shared.walk(tables(USER))
    assert {"agreement", "award", "person", "unsuccessful"} == set(kinds(walked))
    assert walked.award is not None
    assert walked.award.provider == "Heronsgate House"
    assert walked.award.facts.route is Route.USER_CHOICE
    rows = {row.title: row.state.value for row in walked.award.gate}
    assert rows["On the framework"] == "advisory"
    assert rows["The person’s preference"] == "met"
    assert "My sister has lived here" in said(walked, "person")


@pytest.mark.parametrize(
    ("change", "rule", "words"),
    [
        ({"award__route": "FRAMEWORK_S45"}, "R046", "no call-off"),
        ({"award__best_interests": ""}, "R042", "best interests"),
        ({"award__preference_said_by": ""}, "R042", "who said it"),
    ],
)
def test_user_choice_has_its_preference_and_reason_and_is_no_call_off(
    shared: Shared, change: dict[str, Any], rule: str, words: str
) -> None:
    refused(shared.walk(changed(tables(USER), **change)), Station.AWARD, rule, words)


def test_a_refused_preference_has_its_letter_before_another_home_is_awarded(shared: Shared) -> None:
    walked = shared.walk(tables(REFUSED))
    assert kinds(walked)[0] == "refusal"
    assert {"award", "person", "agreement"} <= set(kinds(walked))
    reasons = said(walked, "refusal")
    assert "Merrowdale House has no room" in reasons
    assert "Rowanstead Nursing Home" in reasons


def test_a_refusal_without_reasons_cannot_be_awarded_elsewhere(shared: Shared) -> None:
    by_council = changed(tables(REFUSED), choice__refused=None, choice__by="broker")
    refused(shared.walk(by_council), Station.AWARD, "R089", "Write to them with the reasons first")
    blank = changed(tables(REFUSED), choice__refused__reasons=" ")
    refused(shared.walk(blank), Station.CHOICE, "R089", "Write down why")
    met = changed(tables(REFUSED), choice__refused__conditions__is_available=True)
    refused(shared.walk(met), Station.CHOICE, "R088", "must arrange it")
