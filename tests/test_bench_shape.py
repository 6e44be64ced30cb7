"""The bench: the shape of its result, and that a different answer is never called fast."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

ROW_KEYS = {
    "id", "name", "ours_s", "peer", "peer_s", "ratio", "limit", "limit_s", "target", "met", "equal",
    "versions",
}  # fmt: skip
IDS = [
    "P-01", "P-01", "P-04", "P-05", "P-05", "P-07", "P-07", *["P-09"] * 3, *["P-10"] * 3, "P-09", "P-10",
    "P-14",
]  # fmt: skip
"""Letters stand beside bare reportlab, typst and LibreOffice with the desk's key, and once more with RSA."""

OFFICE = "LibreOffice, one process, merged letters to PDF, not signed"
Bench = Callable[..., int]


@pytest.fixture
def bench(project: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """The bench at sizes that only show that it works."""
    monkeypatch.syspath_prepend(str(project))
    from bench import __main__ as program
    from bench.sizes import TINY

    def run(*arguments: str) -> int:
        return program.main(arguments, sizes=TINY)

    yield run
    for name in [name for name in sys.modules if name == "bench" or name.startswith("bench.")]:
        del sys.modules[name]


def result_of(bench: Bench, file: Path, *more: str) -> tuple[int, dict[str, Any]]:
    ended = bench("--json", str(file), *more)
    return ended, json.loads(file.read_text(encoding="utf-8"))


def test_every_row_is_there_in_its_shape_and_every_answer_is_the_oracles(
    bench: Bench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ended, result = result_of(bench, tmp_path / "bench.json")
    assert ended == 0, capsys.readouterr().err
    assert set(result) == {"machine", "rows"}
    assert {"system", "processor", "cores", "python", "brokerdesk"} <= set(result["machine"])
    assert [row["id"] for row in result["rows"]] == IDS
    for row in result["rows"]:
        assert set(row) == ROW_KEYS
        assert row["equal"] is True
        assert row["ours_s"] > 0
        assert type(row["met"]) is bool
        assert all(row["versions"].values()), row["versions"]
        assert (row["peer"] is None) == (row["peer_s"] is None) == (row["ratio"] is None)
        if row["peer"] is not None:
            assert row["peer_s"] > 0
            assert row["ratio"] > 0
    missing = {row["name"].partition("; ")[2] for row in result["rows"] if "not run" in row["name"]}
    assert missing <= {f"{OFFICE}: not run, LibreOffice is not installed"}
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == len(IDS) + 2


def test_a_different_answer_ends_one_and_says_whose_it_was(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from brokerdesk.core.store import ranker

    monkeypatch.setitem(ranker._MASKS, "zone", lambda columns, _: ranker._all(columns, False))
    ended, result = result_of(bench, tmp_path / "bench.json", "--only", "P-04")
    assert ended == 1
    assert [row["equal"] for row in result["rows"]] == [False]
    assert "P-04: the answer of ours is not the oracle's" in capsys.readouterr().err


def test_a_peer_that_answers_something_else_is_no_peer(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from bench import importing

    whole = importing._bare
    monkeypatch.setattr(importing, "_bare", lambda path: replace(whole(path), answer=(0, "")))
    assert bench("--json", str(tmp_path / "bench.json"), "--only", "P-07") == 1
    assert "csv module + one executemany is not the oracle's" in capsys.readouterr().err


def test_a_row_is_a_median_of_alternating_rounds_and_a_slow_peer_runs_once(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    from bench.contest import Contest, Contestant, Run, Target, rows_of

    order: list[str] = []

    def ours() -> Run:
        order.append("ours")
        return Run(float(len(order)), "same")

    def peer() -> Run:
        order.append("peer")
        return Run(31.0, "same")

    made = Contest(
        id="P-00", name="n", ours=ours, oracle="same", peers=(Contestant("slow", peer),),
        target=Target("four times as fast as the peer", 60.0, 4.0),
    )  # fmt: skip
    (row,) = rows_of(made)
    assert order == ["ours", "peer", "ours", "ours", "ours", "ours"]
    assert (row["ours_s"], row["peer_s"], row["ratio"], row["met"]) == (4.0, 31.0, 7.75, True)
    assert rows_of(replace(made, peers=(), rounds=1))[0]["met"] is False
    capsys.readouterr()


def test_a_peer_that_is_not_installed_says_so_in_its_row_and_the_rest_goes_on(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    from bench.contest import Contest, Contestant, Run, Target, rows_of

    absent = Contestant("their office", lambda: pytest.fail("it is not here"), "it is not installed")
    here = Contestant("their script", lambda: Run(6.0, "same"), target=Target("in a second", 1.0))
    made = Contest(
        id="P-00", name="n", ours=lambda: Run(2.0, "same"), oracle="same", peers=(absent, here),
        target=Target("in three seconds", 3.0),
    )  # fmt: skip
    first, second = rows_of(made)
    assert first["name"] == "n; their office: not run, it is not installed"
    assert (first["peer"], first["peer_s"], first["ratio"], first["met"]) == (None, None, None, True)
    assert (second["name"], second["peer"], second["ratio"]) == ("n", "their script", 3.0)
    assert (second["target"], second["met"]) == ("in a second", False)
    capsys.readouterr()


def test_the_invented_files_have_the_columns_of_the_real_one(bench: Bench, shared_data: Path) -> None:
    from bench.directory_columns import HEADINGS
    from python_calamine import CalamineWorkbook

    real = shared_data / "cqc" / "hsca_active_locations_2021_49rows.ods"
    rows = CalamineWorkbook.from_path(str(real)).get_sheet_by_name("HSCA_Active_Locations").to_python()
    assert tuple(str(cell).partition(" (note;")[0] for cell in rows[0]) == HEADINGS
