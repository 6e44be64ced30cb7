"""The command line: exit codes, the one JSON object, options before and after, passphrases, faults."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from brokerdesk import cli
from brokerdesk.core.domain.errors import PlaceError
from journeys.walks import PASSPHRASE, SCENARIOS

ANN, BOB = "Ann Demo", "Bob Demo"
NEED = {
    "cohort": "adult", "lot": "home care", "first_names": "Winifred", "family_name": "Larkspur",
    "postcode": "wn59aa", "starts_on": "2099-01-05", "nhs_number": "999 000 0018",
    "visits": [{"day": "Mon", "at": "08:00", "minutes": 30, "carers": 2}],
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with directory and framework, made by the commands themselves."""
    folder = tmp_path_factory.mktemp("desks") / "desk"
    secret = folder.parent / "passphrase.txt"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    shared = ["--desk", str(folder), "--passphrase-file", str(secret)]
    officers = ["--officer", f"{ANN}=broker,framework_manager", "--officer", f"{BOB}=approver"]
    assert cli.main([*shared, "init", "--authority", "Demo Council", *officers]) == 0
    for kind, name in (("cqc", "providers.csv"), ("framework", "framework.xlsx")):
        assert cli.main([*shared, "--as", ANN, "import", kind, str(SCENARIOS / name), "--agree"]) == 0
    return folder


@pytest.fixture
def run(desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command as Ann and give its exit code and its JSON object."""

    def perform(*line: str, stdin: str = "", officer: str = ANN) -> tuple[int, dict[str, Any]]:
        monkeypatch.setenv("BROKERDESK_PASSPHRASE", PASSPHRASE)
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        capsys.readouterr()
        code = cli.main([*line, "--desk", str(desk), "--as", officer, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return perform


def test_an_act_answers_with_its_value_and_what_changed(run: Any) -> None:
    code, found = run("act", "record_referral", stdin=json.dumps({"need": NEED}))
    assert code == 0
    assert found["ok"] is True
    assert found["value"]["need"]["postcode"] == "WN5 9AA"
    assert found["value"]["weekly_cost"] == "24.10"
    assert {change["kind"] for change in found["changes"]} >= {"package", "step_time"}
    reference = found["value"]["reference"]
    code, listed = run("packages")
    assert reference in [row["reference"] for row in listed["value"]]
    assert all({"reference", "status"} <= set(row) for row in listed["value"])


def test_a_shortlist_says_who_is_in_and_why_others_are_out(run: Any) -> None:
    _, made = run("act", "record_referral", stdin=json.dumps({"need": NEED}))
    code, found = run("shortlist", made["value"]["reference"])
    assert code == 0
    value = found["value"]
    assert set(value) == {"framework", "version", "in", "out"}
    assert [row["rank"] for row in value["in"]] == list(range(1, len(value["in"]) + 1))
    assert {"provider", "location_id", "rank", "tier", "distance_miles", "score", "points"} <= set(
        value["in"][0]
    )
    out = {row["location_id"]: row["reasons"] for row in value["out"]}
    assert out["1-100000009"][0]["rule"] == "R116"
    assert set(out["1-100000009"][0]) == {"rule", "text", "since"}


def test_whom_one_could_ask_for_every_waiting_package_is_shown_or_written(run: Any, tmp_path: Path) -> None:
    _, made = run("act", "record_referral", stdin=json.dumps({"need": NEED}))
    code, found = run("waiting")
    assert code == 0
    mine = next(row for row in found["value"] if row["reference"] == made["value"]["reference"])
    _, alone = run("shortlist", mine["reference"])
    assert [row["location_id"] for row in mine["best"]["rows"]] == [
        row["location_id"] for row in alone["value"]["in"][:3]
    ]
    code, _ = run("waiting", "--out", str(tmp_path / "waiting.xlsx"))
    assert code == 0
    assert (tmp_path / "waiting.xlsx").stat().st_size > 0


REFUSALS = [
    pytest.param(
        ("act", "record_referral"), {"need": NEED | {"nhs_number": "999 000 0019"}}, 1, "R149", id="number"
    ),
    pytest.param(("act", "record_referral"), {"need": NEED | {"lot": "day care"}}, 1, None, id="no such lot"),
    pytest.param(
        ("act", "record_referral"), {"need": NEED | {"cohort": "pet"}}, 2, None, id="no such cohort"
    ),
    pytest.param(("act", "record_referral"), {"ned": NEED}, 2, None, id="a misspelt argument"),
    pytest.param(("act", "record_referal"), {}, 2, None, id="a misspelt act"),
    pytest.param(("act", "approve"), {"package_id": "x"}, 1, None, id="not her role"),
    pytest.param(("shortlist", "ZZZ-9999"), {}, 1, None, id="no such package"),
    pytest.param(("import", "cqc", "nowhere.csv"), {}, 2, None, id="no such file"),
    pytest.param(("import", "cq", "x"), {}, 2, None, id="a misspelt kind"),
    pytest.param(
        ("report", "awards", "--from", "soon", "--to", "2026-12-31", "--out", "x.csv"), {}, 2, None, id="day"
    ),
    pytest.param(
        ("report", "awards", "--from", "2026-01-01", "--to", "2026-12-31", "--out", "x.pdf"),
        {},
        2,
        None,
        id="ending",
    ),
    pytest.param(("waiting", "--out", "x.pdf"), {}, 2, None, id="ending of the waiting list"),
    pytest.param(("letter", "verify", "nowhere.pdf"), {}, 2, None, id="no such letter"),
    pytest.param(("restore", "nowhere", "there"), {}, 3, None, id="no such backup"),
]


@pytest.mark.parametrize(("line", "arguments", "code", "rule"), REFUSALS)
def test_a_refusal_is_one_json_object_with_family_rule_and_sentence(
    run: Any, line: tuple[str, ...], arguments: dict[str, Any], code: int, rule: str | None
) -> None:
    ended, found = run(*line, stdin=json.dumps(arguments))
    assert ended == code
    assert found["ok"] is False
    error = found["error"]
    assert set(error) == {"family", "rule", "message", "problems"}
    assert error["family"] in ("RuleError", "InputProblem", "ConflictError", "PlaceError")
    assert error["rule"] == rule
    assert error["message"].endswith((".", "?", "”"))


def test_a_misspelt_command_or_option_is_answered_with_the_nearest_name(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["shortlst"]) == 2
    assert "Did you mean “shortlist”?" in capsys.readouterr().err
    assert cli.main(["packages", "--jsn"]) == 2
    assert "Did you mean “--json”?" in capsys.readouterr().err
    assert cli.main(["import", "frmework", "x"]) == 2
    assert "referrals. Did you mean “framework”?\n" in capsys.readouterr().err
    assert cli.main(["import", "bogus", "x"]) == 2
    assert capsys.readouterr().err.endswith("framework, referrals.\n")
    assert cli.main([]) == 2
    assert "shortlist" in capsys.readouterr().out


def test_without_a_passphrase_and_without_a_terminal_the_desk_stays_shut(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert cli.main(["packages", "--desk", str(desk), "--as", ANN]) == 3
    assert "There is no passphrase for Ann Demo" in capsys.readouterr().err
    monkeypatch.setenv("BROKERDESK_PASSPHRASE", "another one altogether")
    assert cli.main(["packages", "--desk", str(desk), "--as", ANN]) == 3
    assert cli.main(["packages", "--desk", str(desk)]) == 3
    assert "Say who signs in with --as" in capsys.readouterr().err
    assert cli.main(["packages", "--desk", str(desk), "--as", "An Demo"]) == 3
    assert "Did you mean Ann Demo?" in capsys.readouterr().err


def test_a_second_set_up_in_the_same_folder_is_refused_and_harms_nothing(run: Any) -> None:
    code, found = run("init", "--authority", "Other", "--officer", "Eve=broker")
    assert code == 3
    assert "a desk" in found["error"]["message"]
    assert run("check")[0] == 0


def test_an_import_that_is_not_agreed_saves_nothing(run: Any) -> None:
    before = run("check")[1]["value"]
    code, found = run("import", "framework", str(SCENARIOS / "framework.xlsx"))
    assert code == 0
    assert found["value"]["saved"] is False
    assert found["value"]["edition"] == 2
    assert found["changes"] == []
    assert run("check")[1]["value"] == before


def test_the_report_is_written_with_its_definition(run: Any, tmp_path: Path) -> None:
    out = tmp_path / "awards.csv"
    code, found = run("report", "awards", "--from", "2026-01-01", "--to", "2099-12-31", "--out", str(out))
    assert code == 0
    assert "One package is one decision to award" in out.read_text(encoding="utf-8-sig")
    assert [row[0] for row in found["value"]["rows"]] == ["Adults", "Children"]


def test_a_backup_is_made_and_restored_into_a_new_folder(run: Any, tmp_path: Path, capsys: Any) -> None:
    code, found = run("backup", str(tmp_path / "backups"))
    assert code == 0
    assert run("restore", found["value"], str(tmp_path / "again"))[0] == 0
    line = ["packages", "--json", "--desk", str(tmp_path / "again"), "--as", ANN]
    assert cli.main(line) == 0
    assert json.loads(capsys.readouterr().out)["ok"] is True


def test_every_act_is_listed_with_its_arguments_and_needs_no_desk(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["acts", "--json"]) == 0
    acts = {act["name"]: act for act in json.loads(capsys.readouterr().out)["value"]}
    assert acts["record_offer"]["entry"] == "offer_recorded"
    assert acts["record_offer"]["arguments"]["invitation_id"]["required"] is True
    assert acts["record_offer"]["arguments"]["rate"]["required"] is False
    assert acts["approve"]["by"] == ["approver"]


def test_templates_need_no_desk_and_read_back_as_empty(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for kind, name in (("framework", "f.xlsx"), ("referrals", "r.csv")):
        assert cli.main(["template", kind, str(tmp_path / name)]) == 0
        assert (tmp_path / name).stat().st_size > 0


def test_a_work_out_answers_bare_json_and_refuses_with_exit_2(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"weekly_cost": "843.50"}'))
    assert cli.main(["workout", "period_cost"]) == 0
    assert json.loads(capsys.readouterr().out)["year_365"] == "43982.50"
    monkeypatch.setattr("sys.stdin", io.StringIO('{"weekly": "843.50"}'))
    assert cli.main(["workout", "period_cost"]) == 2
    assert set(json.loads(capsys.readouterr().out)) == {"refused", "rule"}


def test_a_letter_is_judged_with_and_without_the_desk(run: Any, tmp_path: Path) -> None:
    (tmp_path / "plain.txt").write_text("hello")
    assert run("letter", "verify", str(tmp_path / "plain.txt"))[0] == 2
    (tmp_path / "unsigned.pdf").write_bytes(b"%PDF-1.7\n%nothing\n")
    code, found = run("letter", "verify", str(tmp_path / "unsigned.pdf"))
    assert code == 1
    assert found["value"]["state"] in ("changed", "not_signed")


def test_an_act_that_was_kept_is_answered_as_kept_though_the_backup_at_closing_fails(
    run: Any, desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(source: object, into: Path, progress: object) -> None:
        raise PlaceError("The disk is full, so no backup was made.")

    monkeypatch.setattr("brokerdesk.core.store.backup.make_backup", broken)
    monkeypatch.setenv("BROKERDESK_PASSPHRASE", PASSPHRASE)
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps({"need": NEED})))
    capsys.readouterr()
    code = cli.main(["act", "record_referral", "--desk", str(desk), "--as", ANN, "--json"])
    printed = capsys.readouterr()
    found = json.loads(printed.out)
    assert (code, found["ok"]) == (0, True)
    assert "What was done before is kept" in printed.err
    assert "no backup was made" in printed.err
    assert not (desk / "desk.lock").exists()
    assert found["value"]["reference"] in [row["reference"] for row in run("packages")[1]["value"]]


def test_a_refused_act_says_why_though_the_backup_at_closing_fails_too(
    run: Any, desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(source: object, into: Path, progress: object) -> None:
        raise PlaceError("The disk is full, so no backup was made.")

    monkeypatch.setattr("brokerdesk.core.store.backup.make_backup", broken)
    monkeypatch.setattr("brokerdesk.core.store.backup.backups_in", lambda _: ())
    code, found = run("act", "record_referral", stdin=json.dumps({"need": NEED}), officer=BOB)
    assert code == 1
    assert found["error"]["family"] == "RuleError"


@pytest.mark.expects_log_errors
def test_a_fault_of_ours_ends_4_and_its_note_names_nobody(
    own_folders: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from brokerdesk.core import places

    def broken(*_: object, **__: object) -> None:
        raise KeyError("Winifred Larkspur")

    monkeypatch.setattr("brokerdesk.cli.desks.all_acts", broken)
    assert cli.main(["acts", "--json"]) == 4
    found = json.loads(capsys.readouterr().out)["error"]
    assert found["family"] == "Fault"
    note = (places.log_folder() / "errors.log").read_text(encoding="utf-8")
    assert "KeyError" in note
    assert "Larkspur" not in note + found["message"]
