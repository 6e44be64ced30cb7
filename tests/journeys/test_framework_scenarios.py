"""Six councils' ways of sourcing, each walked by its framework's own rules to its letters or its refusal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from brokerdesk import cli
from brokerdesk.core.domain.award import Award
from brokerdesk.core.domain.scenario_check import scenario_of
from brokerdesk.core.domain.sourcing import Invitation, InvitationStatus, Round
from brokerdesk.core.services import shortlists
from brokerdesk.core.services.walk import Walked, walk
from journeys.walks import SCENARIOS, changed, open_stage, tables

LETTERS = {
    "essex": (
        "01-award-1-100000005.pdf", "02-person-1-100000005.pdf", "03-agreement-1-100000005.pdf",
    ),
    "hampshire": (
        "01-award-1-100000002.pdf", "02-unsuccessful-1-100000003.pdf", "03-person-1-100000002.pdf",
        "04-agreement-1-100000002.pdf",
    ),
    "staffordshire": (
        "01-award-1-100000032.pdf", "02-unsuccessful-1-100000031.pdf", "03-unsuccessful-1-100000033.pdf",
        "04-person-1-100000032.pdf", "05-agreement-1-100000032.pdf",
    ),
    "wiltshire": (
        "01-award-1-100000003.pdf", "02-unsuccessful-1-100000001.pdf", "03-unsuccessful-1-100000002.pdf",
        "04-unsuccessful-1-100000005.pdf", "05-person-1-100000003.pdf", "06-agreement-1-100000003.pdf",
    ),
    "wokingham": (
        "01-award-1-100000004.pdf", "02-person-1-100000004.pdf", "03-agreement-1-100000004.pdf",
    ),
    "wigan": (
        "01-award-1-100000001.pdf", "02-unsuccessful-1-100000003.pdf", "03-person-1-100000001.pdf",
        "04-agreement-1-100000001.pdf",
    ),
}  # fmt: skip
REFUSED = {
    "wokingham_no_ground": "Outside the list goes outside the framework. Give one of the coded grounds",
    "wigan_no_ground": "wants a ground for every call-off. Give one of the coded grounds",
}


@pytest.mark.parametrize("name", LETTERS)
def test_each_way_of_sourcing_is_walked_to_its_letters(name: str, tmp_path: Path) -> None:
    code = cli.main(["walk", str(SCENARIOS / f"{name}.toml"), "--out", str(tmp_path)])
    assert code == 0
    letters = sorted((tmp_path / "letters").iterdir())
    assert tuple(path.name for path in letters) == LETTERS[name]
    assert {cli.main(["letter", "verify", str(path)]) for path in letters} == {0}
    acts = [line["act"] for line in json.loads((tmp_path / "register.json").read_text(encoding="utf-8"))]
    assert acts.index("round_opened") < acts.index("round_closed") < acts.index("award_made")


@pytest.mark.parametrize("name", REFUSED)
def test_without_a_coded_ground_it_is_refused_where_and_by_the_rule_that_the_scenario_says(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["walk", str(SCENARIOS / f"{name}.toml"), "--out", str(tmp_path)]) == 0
    assert REFUSED[name] in "".join(capsys.readouterr())
    assert not list((tmp_path / "letters").glob("*.pdf"))


def walked(name: str, folder: Path, **changes: object) -> tuple[Walked, tuple[Invitation, ...], Award | None]:
    scenario = scenario_of(changed(tables(name), **changes))
    with open_stage(folder / "desk", scenario) as stage:
        found = walk(scenario, SCENARIOS, stage)
        desk = stage.as_officer(scenario.officers.broker)
        with desk.reading() as unit:
            awards = unit.of(Award).find()
            asked = tuple(sorted(unit.of(Invitation).find(), key=lambda held: held.rank))
            for opened in unit.of(Round).find():
                assert shortlists.replay_shortlist(desk, opened.shortlist_id)
    return found, asked, awards[0] if awards else None


def test_essex_goes_down_the_rank_over_the_weekend_and_stops_at_the_first_acceptance(tmp_path: Path) -> None:
    found, asked, award = walked("essex", tmp_path)
    assert found.refusal is None
    told = {held.provider: (held.rung, held.status) for held in asked}
    assert told == {
        "Wrenhollow Home Care": (0, InvitationStatus.LAPSED),
        "Marrowby Homecare": (0, InvitationStatus.DECLINED),
        "Tindlebeck Care": (0, InvitationStatus.DECLINED),
        "Quillfeather Care": (1, InvitationStatus.OFFERED),
        "Hobnail House Care": (1, InvitationStatus.WAITING),
    }
    first = asked[0]
    assert first.answer_by is not None
    assert f"{first.answer_by:%a %H:%M}" == "Mon 11:00"
    assert award is not None
    assert (award.method, award.off_rank, award.tier) == ("framework", "", 2)


def test_wiltshire_prints_its_ordered_tests_as_the_reason(tmp_path: Path) -> None:
    _, _, award = walked("wiltshire", tmp_path)
    assert award is not None
    (row,) = [row for row in award.gate if row.title == "In the framework’s order"]
    assert row.why.startswith("Choice: the person prefers none of them.")
    assert "Geography: within 3 miles." in row.why
    assert row.why.endswith("Tindlebeck Care is left.")


def test_an_award_to_another_than_the_rule_prefers_takes_a_coded_reason_that_is_kept(tmp_path: Path) -> None:
    other = {"choice__location": "1-100000001"}
    found, _, _ = walked("wiltshire", tmp_path / "without", **other)
    assert found.refusal is not None
    assert "comes before Wrenhollow Home Care. Give a coded reason" in found.refusal.message
    found, _, award = walked("wiltshire", tmp_path / "with", award__off_rank="person_choice", **other)
    assert found.refusal is None
    assert award is not None
    assert award.off_rank == "person_choice"


def test_outside_the_framework_nothing_is_called_off_from_it(tmp_path: Path) -> None:
    found, _, _ = walked("wokingham", tmp_path, award__route="FRAMEWORK_S45")
    assert found.refusal is not None
    assert "is outside the framework, so nothing can be called off from it" in found.refusal.message
