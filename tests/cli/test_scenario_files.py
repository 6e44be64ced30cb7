"""Scenario files that cannot be read: a sentence, exit 2, and the nearest name where one is near."""

from __future__ import annotations

from pathlib import Path

import pytest

from brokerdesk import cli
from journeys.walks import SCENARIOS

GOOD = (SCENARIOS / "home_care.toml").read_text(encoding="utf-8")

BAD = [
    pytest.param(GOOD.replace("[approval]", "[aproval]"), "approval", id="a misspelt table"),
    pytest.param(GOOD.replace("family_name", "familyname"), "family_name", id="a misspelt key"),
    pytest.param(GOOD.replace('"person"', '"persn"'), "person", id="a value outside its list"),
    pytest.param(GOOD.replace('"FRAMEWORK_S45"', '"FRAMEWORK"'), "FRAMEWORK_S45", id="a route that is none"),
    pytest.param(GOOD.replace('"24.10"', '"£24.10"'), "pounds", id="money with a sign"),
    pytest.param(GOOD.replace('"24.10"', '"1e3"'), "pounds", id="money as a power"),
    pytest.param(GOOD.replace("2026-12-03T10:00:00Z", "2026-12-03T10:00:00"), "time", id="a time of no zone"),
    pytest.param(
        GOOD.replace("2026-12-03T10:00:00Z", "0001-01-01T00:00:00+14:00"), "a time such as", id="year 1"
    ),
    pytest.param(GOOD.replace("quality = 82", "quality = 182"), "0 to 100", id="too many points"),
    pytest.param(
        GOOD.replace("after_hours = 3\n", "after_hours = nan\n"), "hours", id="not a number of hours"
    ),
    pytest.param(GOOD.replace("minutes = 30", "minutes = 0", 1), "1 to 1,440", id="a visit of no length"),
    pytest.param(GOOD.replace("carers = 2", "carers = 9", 1), "1 to 4 carers", id="nine carers"),
    pytest.param(GOOD.replace("expected_weeks = 52", "expected_weeks = 0"), "1 or more", id="no weeks"),
    pytest.param(
        GOOD.replace('team = "', 'funding = "lottery"\nteam = "'), "council", id="an unknown funder"
    ),
    pytest.param(
        GOOD.replace('broker = "A. Demo-Broker"', 'broker = " "'), "name", id="an officer without a name"
    ),
    pytest.param(GOOD.replace("[need]", "[need"), "not TOML", id="not TOML"),
    pytest.param("x = " + "[" * 20000, "scenario", id="nested without end"),
    pytest.param("", "desk", id="empty"),
    pytest.param("a = 1\n" * 60000, "bytes", id="far too large"),
    pytest.param("need = 3\n", "desk", id="a number where a table belongs"),
]


@pytest.mark.parametrize(("text", "words"), BAD)
def test_a_scenario_that_cannot_be_read_ends_2_with_a_sentence(
    text: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert text != GOOD
    (tmp_path / "bad.toml").write_text(text, encoding="utf-8")
    assert cli.main(["walk", str(tmp_path / "bad.toml"), "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert "Traceback" not in said
    assert not (tmp_path / "out").exists()


def test_bytes_that_are_no_text_and_a_file_that_is_not_there_end_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    for name in ("bytes.toml", "nowhere.toml", "."):
        assert cli.main(["walk", str(tmp_path / name), "--out", str(tmp_path / "out")]) == 2
        assert capsys.readouterr().err
