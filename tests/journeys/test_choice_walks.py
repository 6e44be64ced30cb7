"""A top-up to its letters, and what the Ombudsman would have upheld."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from brokerdesk.core.domain.choice import Choice
from brokerdesk.core.domain.letter import texts_of
from brokerdesk.core.domain.scenario import Station
from brokerdesk.core.services import journey
from brokerdesk.core.services.letters import letter_of
from brokerdesk.core.services.walk import Walked
from journeys.walks import Shared, changed, tables

TOP_UP = "top_up"


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


def choice_of(shared: Shared, walked: Walked) -> Choice:
    assert walked.package is not None
    with shared.stage.as_officer(walked.scenario.officers.broker).reading() as unit:
        made = journey.current_choice(unit, walked.package.id)
    assert made is not None
    return made


def refused(walked: Walked, at: Station, rule: str, words: str) -> None:
    assert walked.refusal is not None, walked.steps
    assert (walked.station, getattr(walked.refusal, "rule", None)) == (at, rule), walked.refusal
    assert words in str(walked.refusal)


def test_a_third_party_top_up_goes_to_its_whole_letter_set(shared: Shared) -> None:
    walked = shared.walk(tables(TOP_UP))
    assert {"award", "person", "unsuccessful"} <= set(kinds(walked))
    assert walked.package is not None
    kept = choice_of(shared, walked)
    assert kept.top_up is not None
    assert kept.top_up.affordable is not None
    assert kept.top_up.affordable.provider == "Thistlecombe Lodge"
    assert kept.top_up.affordable.answer == "It is two buses away from my niece."
    assert kept.record is not None
    assert kept.record.alternatives[0].what == "Shared Lives"
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
