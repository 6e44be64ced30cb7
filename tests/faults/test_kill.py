from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from brokerdesk.core.domain.errors import PlaceError
from brokerdesk.core.domain.imported_file import ImportedFile
from brokerdesk.core.domain.officer import Authority
from brokerdesk.core.services.checks import check_desk
from builders import Made, make_desk

KILLS = 24


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return make_desk(tmp_path / "desk")


def start(made: Made, project: Path, what: str) -> subprocess.Popen[str]:
    path = os.pathsep.join(str(project / part) for part in ("src", "tests"))
    return subprocess.Popen(
        [sys.executable, str(project / "tests" / "faults" / "writer.py"), str(made.folder), what],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path},
    )


def kill_after(process: subprocess.Popen[str], word: str, seconds: float) -> list[str]:
    """Kill without warning some time after it has said a word; what it had said by then."""
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line.strip())
        if line.strip() == word:
            break
    assert said, "the writer did not start"
    time.sleep(seconds)
    process.kill()
    said += [line.strip() for line in process.stdout]
    process.stdout.close()
    process.wait()
    return said


def test_no_acknowledged_act_is_lost_and_none_is_half_done_when_the_program_is_killed(
    made: Made, project: Path
) -> None:
    chance = random.Random(20261122)  # noqa: S311 - when to kill, not a secret
    for _ in range(KILLS):
        said = kill_after(start(made, project, "acts"), "open", chance.uniform(0.0, 0.15))
        acknowledged = max((int(word) for word in said if word.isdigit()), default=0)
        with made.open() as desk:
            assert all(line.holds for line in check_desk(desk.desk)), check_desk(desk.desk)
            with desk.desk.reading() as unit:
                name = unit.of(Authority).find()[0].name
                last = [entry for entry in unit.register() if entry[0].act == "authority_described"][-1:]
            if acknowledged:
                kept = int(name.rsplit(" ", 1)[1])
                # One more may have been committed than the killed program could still say.
                assert kept in (acknowledged, acknowledged + 1)
            if last:
                details = last[0][1]
                assert details is not None
                assert details["arguments"]["name"] == name


def test_a_kill_in_the_middle_of_an_import_leaves_the_desk_as_it_was(made: Made, project: Path) -> None:
    with made.open() as desk, desk.desk.reading() as unit:
        before = len(unit.register())
    for seconds in (0.3, 1.5, 3.0):
        said = kill_after(start(made, project, "import"), "importing", seconds)
        assert "done" not in said
        with made.open() as desk, desk.desk.reading() as unit:
            assert unit.directory.count() == 0
            assert unit.of(ImportedFile).find() == ()
            assert len(unit.register()) == before
    with made.open() as desk:
        assert all(line.holds for line in check_desk(desk.desk))


def test_the_lock_of_a_killed_program_does_not_keep_anyone_out(made: Made, project: Path) -> None:
    kill_after(start(made, project, "acts"), "open", 0.05)
    assert (made.folder / "desk.lock").exists()
    with made.open() as desk:
        assert desk.desk.device == made.device
    assert not (made.folder / "desk.lock").exists()


def test_a_second_program_is_told_who_has_the_desk_open(made: Made, project: Path) -> None:
    process = start(made, project, "acts")
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "open"
    with pytest.raises(PlaceError, match=rf"open already: by .+ on .+ since .+ \(process {process.pid}\)"):
        made.open()
    kill_after(process, "1", 0.0)
