"""The three shipped scenarios through the command line, from an empty folder to letters that verify."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from brokerdesk import cli
from brokerdesk.core.domain.framework import Regime
from brokerdesk.core.domain.scenario import Station
from brokerdesk.core.domain.scenario_check import scenario_of
from brokerdesk.core.services.walk import Walked, go_on, walk
from brokerdesk.core.services.walk_papers import register_lines
from journeys.walks import PASSPHRASE, SCENARIOS, changed, open_stage, tables

LETTERS = {
    "home_care": (
        "01-award-1-100000001.pdf", "02-unsuccessful-1-100000002.pdf", "03-unsuccessful-1-100000003.pdf",
        "04-person-1-100000001.pdf", "05-agreement-1-100000001.pdf",
    ),
    "supported_living": (
        "01-award-1-100000021.pdf", "02-unsuccessful-1-100000022.pdf", "03-person-1-100000021.pdf",
        "04-agreement-1-100000021.pdf",
    ),
    "competition": (
        "01-award-1-100000002.pdf", "02-unsuccessful-1-100000001.pdf", "03-unsuccessful-1-100000003.pdf",
        "04-person-1-100000002.pdf", "05-agreement-1-100000002.pdf",
    ),
    "urgent": (
        "01-award-1-100000001.pdf", "02-person-1-100000001.pdf", "03-agreement-1-100000001.pdf",
    ),
    "nursing_bed": (
        "01-award-1-100000031.pdf", "02-unsuccessful-1-100000033.pdf", "03-person-1-100000031.pdf",
        "04-agreement-1-100000031.pdf",
    ),
}  # fmt: skip
WEEKS = {
    "competition": "£320.60", "urgent": "£711.20",
    "home_care": "£843.50", "supported_living": "£1,235.50", "nursing_bed": "£1,185.00",
}  # fmt: skip
PRIVATE = {
    "home_care": ("Winifred", "Larkspur", "9990000018", "WN5 9AA", "1942"),
    "supported_living": ("Ambrose", "Tolley", "9990000026", "WN5 9AA", "1991"),
    "competition": ("Theodora", "Kestrel", "9990000042", "WN5 9AA", "1944"),
    "urgent": ("Barnaby", "Wickham", "9990000050", "WN5 9AA", "1939"),
    "nursing_bed": ("Leonard", "Brightmoor", "9990000034", "WN5 9AA", "1938"),
}


@pytest.fixture(scope="module", params=LETTERS)
def walked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path, int]:
    out = tmp_path_factory.mktemp(request.param)
    code = cli.main(["walk", str(SCENARIOS / f"{request.param}.toml"), "--out", str(out)])
    return request.param, out, code


def words_of(path: Path) -> str:
    from brokerdesk import wiring

    text: str = wiring.letter_checker().read_text(path.read_bytes())
    return text


def test_the_scenario_ends_with_its_letters_and_nothing_else(walked: tuple[str, Path, int]) -> None:
    name, out, code = walked
    assert code == 0
    assert tuple(sorted(path.name for path in (out / "letters").iterdir())) == LETTERS[name]
    assert (out / "summary.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert set(json.loads((out / "passphrases.json").read_text())) == {
        "A. Demo-Broker", "B. Demo-Approver", "C. Demo-Manager",
    }  # fmt: skip


def test_every_letter_of_the_walk_verifies_and_one_changed_byte_shows(
    walked: tuple[str, Path, int], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    _, out, _ = walked
    for path in sorted((out / "letters").iterdir()):
        assert cli.main(["letter", "verify", str(path)]) == 0
        assert "fingerprint" in capsys.readouterr().out
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "changed.pdf").write_bytes(data)
    assert cli.main(["letter", "verify", str(tmp_path / "changed.pdf")]) == 1


def test_the_award_letter_states_the_weeks_price_to_the_penny(walked: tuple[str, Path, int]) -> None:
    name, out, _ = walked
    assert WEEKS[name] in words_of(out / "letters" / LETTERS[name][0])


def test_nothing_that_goes_to_a_provider_tells_who_the_person_is(walked: tuple[str, Path, int]) -> None:
    name, out, _ = walked
    papers = [*sorted((out / "asking").glob("*.pdf")), *sorted((out / "letters").glob("*unsuccessful*.pdf"))]
    assert papers
    for paper in papers:
        words = words_of(paper)
        assert not [private for private in PRIVATE[name] if private in words], paper.name
    mails = sorted((out / "asking").glob("*.eml"))
    assert len(mails) == len(list((out / "asking").glob("*.pdf")))
    assert all(b"X-Unsent: 1" in mail.read_bytes() for mail in mails)


def test_the_register_lists_the_acts_in_order_without_ids_and_times(walked: tuple[str, Path, int]) -> None:
    name, out, _ = walked
    lines = json.loads((out / "register.json").read_text(encoding="utf-8"))
    acts = [line["act"] for line in lines]
    assert acts[:3] == ["desk_set_up", "directory_imported", "framework_imported"]
    assert acts[-2:] == ["letter_issued", "letter_forms_kept"]
    assert acts.count("letter_issued") == len(LETTERS[name])
    assert [a for a in acts if a in ("round_opened", "choice_recorded", "spend_approved", "award_made")] == [
        "round_opened", "choice_recorded", "spend_approved", "award_made",
    ]  # fmt: skip
    assert all(set(line) == {"act", "officer", "rules", "changed"} for line in lines)


def test_the_same_scenario_leaves_the_same_register_again(tmp_path: Path) -> None:
    scenario = scenario_of(tables("home_care"))
    registers = []
    for name in ("one", "two"):
        with open_stage(tmp_path / name, scenario) as stage:
            assert walk(scenario, SCENARIOS, stage).refusal is None
            registers.append(register_lines(stage.as_officer(scenario.officers.broker)))
    assert registers[0] == registers[1]


def test_the_walk_in_rank_order_asks_the_first_alone_until_it_has_answered(tmp_path: Path) -> None:
    told = tables("supported_living")
    told["answers"] = [
        {"location": "1-100000021", "after_hours": 4, "decline": "no_capacity"},
        {"location": "1-100000022", "after_hours": 8, "offer": told["answers"][1]["offer"]},
    ]
    told["choice"]["location"] = "1-100000022"
    scenario = scenario_of(told)
    with open_stage(tmp_path / "desk", scenario) as stage:
        walked = walk(scenario, SCENARIOS, stage)
    assert walked.refusal is None, walked.refusal
    assert walked.round is not None
    assert (walked.round.closes_at - walked.round.opened_at).total_seconds() == (4 + 24) * 3600
    assert [letter.kind for letter in walked.letters] == ["award", "person", "agreement"]


def test_a_provider_that_never_answers_in_rank_order_gives_way_at_its_deadline(tmp_path: Path) -> None:
    told = tables("supported_living")
    told["answers"] = [told["answers"][1] | {"location": "1-100000022"}]
    told["choice"]["location"] = "1-100000022"
    scenario = scenario_of(told)
    with open_stage(tmp_path / "desk", scenario) as stage:
        walked = walk(scenario, SCENARIOS, stage)
    assert walked.refusal is None, walked.refusal
    assert walked.award is not None
    assert walked.award.provider == "Harrowmoor Living"


def test_a_framework_that_ended_awards_only_on_a_coded_ground(tmp_path: Path) -> None:
    """The framework ends on the day of asking; the award comes the day after."""
    told = tables("home_care")
    for ground, rule in (("", "R005"), ("because we like it", "R005"), ("continuity", None)):
        scenario = scenario_of(changed(told, award__ground=ground, award__route="FRAMEWORK_S45"))
        with open_stage(tmp_path / (ground or "none"), scenario) as stage:
            walked = Walked(scenario)
            go_on(walked, SCENARIOS, stage, until=Station.DESK)
            end_framework(walked, stage)
            walked.station = Station.NEED
            refusal = attempt(walked, stage)
        assert walked.station is (Station.AWARD if rule else Station.LETTERS), refusal
        assert getattr(refusal, "rule", None) == rule


def end_framework(walked: Walked, stage: Any) -> None:
    from dataclasses import replace

    from brokerdesk.core.domain.framework import Framework

    desk = stage.as_officer(walked.scenario.officers.manager)
    with desk.units.writing() as unit:
        (held,) = unit.of(Framework).find()
        assert held.regime is Regime.PA23
        walked.framework = unit.of(Framework).replace(
            replace(held, ends_on=walked.scenario.desk.clock.date())
        )
        unit.commit()


def attempt(walked: Walked, stage: Any) -> Exception | None:
    from brokerdesk.core.domain.errors import RuleError

    try:
        go_on(walked, SCENARIOS, stage)
    except RuleError as refusal:
        return refusal
    return None


def test_a_walk_that_is_refused_unexpectedly_ends_1_and_says_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (SCENARIOS / "home_care.toml").read_text(encoding="utf-8")
    text = text.replace('"providers.csv"', f'"{SCENARIOS / "providers.csv"}"')
    text = text.replace('"framework.xlsx"', f'"{SCENARIOS / "framework.xlsx"}"')
    text = text.replace("starts_on = 2026-12-14\nexpected", "starts_on = 2026-12-01\nexpected")
    (tmp_path / "late.toml").write_text(text, encoding="utf-8")
    line = ["walk", str(tmp_path / "late.toml"), "--out", str(tmp_path / "out")]
    assert cli.main(["--json", *line]) == 1
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["family"] == "RuleError"
    assert error["message"].startswith("Refused at need")
    (tmp_path / "late.toml").write_text(f'{text}\n[expect]\nrefused_at = "need"\n', encoding="utf-8")
    assert cli.main(line) == 0
    assert (
        not list((tmp_path / "out" / "letters").glob("*"))
        if (tmp_path / "out" / "letters").exists()
        else True
    )


def test_a_stated_passphrase_serves_every_officer_and_is_not_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROKERDESK_PASSPHRASE", PASSPHRASE)
    assert cli.main(["walk", str(SCENARIOS / "nursing_bed.toml"), "--out", str(tmp_path)]) == 0
    assert not (tmp_path / "passphrases.json").exists()
    line = ["--desk", str(tmp_path / "desk"), "--as", "B. Demo-Approver", "check"]
    assert cli.main(line) == 0


def test_a_folder_with_a_desk_that_no_walk_made_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "desk.db").write_bytes(b"precious")
    assert cli.main(["walk", str(SCENARIOS / "nursing_bed.toml"), "--out", str(tmp_path)]) == 3
    assert "no walk made" in capsys.readouterr().err
    assert (tmp_path / "desk" / "desk.db").read_bytes() == b"precious"


def test_a_regime_that_contradicts_its_first_trigger_stops_the_walk_at_the_desk(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from dataclasses import replace
    from shutil import copy

    from brokerdesk.core.domain.workbook import RegimeDates
    from brokerdesk.core.exchange.framework_writer import write_framework_workbook
    from brokerdesk.core.exchange.frameworks import read_framework_workbook

    dates = RegimeDates(date(2025, 2, 24), date(2029, 2, 23))
    read = read_framework_workbook(SCENARIOS / "framework.xlsx", dates)
    assert read.framework is not None
    write_framework_workbook(
        tmp_path / "framework.xlsx", replace(read, framework=replace(read.framework, regime=Regime.PCR2015))
    )
    for name in ("providers.csv", "nursing_bed.toml"):
        copy(SCENARIOS / name, tmp_path / name)
    line = ["walk", str(tmp_path / "nursing_bed.toml"), "--out", str(tmp_path / "out"), "--json"]
    assert cli.main(line) == 1
    error = json.loads(capsys.readouterr().out)["error"]
    assert (error["family"], error["rule"]) == ("InputProblem", "R002")
    assert [problem["column"] for problem in error["problems"]] == ["Framework.regime"]


def test_a_walk_that_was_to_be_refused_and_was_not_ends_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (SCENARIOS / "nursing_bed.toml").read_text(encoding="utf-8")
    for name in ("providers.csv", "framework.xlsx"):
        text = text.replace(f'"{name}"', f'"{SCENARIOS / name}"')
    (tmp_path / "s.toml").write_text(
        f'{text}\n[expect]\nrefused_at = "award"\nrule = "R116"\n', encoding="utf-8"
    )
    assert cli.main(["walk", str(tmp_path / "s.toml"), "--out", str(tmp_path / "out"), "--json"]) == 1
    assert "was not refused" in json.loads(capsys.readouterr().out)["error"]["message"]


def test_a_second_walk_on_a_desk_that_is_named_goes_on_where_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROKERDESK_PASSPHRASE", PASSPHRASE)
    for name in ("nursing_bed", "supported_living"):
        line = [
            "--desk",
            str(tmp_path / "desk"),
            "walk",
            str(SCENARIOS / f"{name}.toml"),
            "--out",
            str(tmp_path / name),
        ]
        assert cli.main(line) == 0
    acts = [line["act"] for line in json.loads((tmp_path / "supported_living" / "register.json").read_text())]
    assert acts.count("award_made") == 2
    assert acts.count("desk_set_up") == 1
    assert not (tmp_path / "nursing_bed" / "desk").exists()
