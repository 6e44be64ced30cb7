from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection

from brokerdesk import wiring
from brokerdesk.core.services.checks import CheckLine, check_desk
from brokerdesk.core.services.council import describe_authority
from brokerdesk.core.store.engine import WRITING
from builders import MANAGER, Made, make_desk

CUT_SHORT = (
    "DELETE FROM register_entry WHERE number = 5",
    "DELETE FROM register_details WHERE number = 5",
)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    made = make_desk(tmp_path / "desk")
    with made.open(MANAGER) as desk:
        for number in range(4):
            describe_authority(desk.desk, name=f"Demo Borough Council {number}")
    return made


def tamper(desk: wiring.OpenDesk, *statements: str) -> None:
    """Do what someone with the key and a database tool could do."""
    with desk.store.engine.connect() as plain:
        connection: Connection = plain.execution_options(**{WRITING: True})
        with connection.begin():
            for statement in statements:
                connection.exec_driver_sql(statement)


def line(desk: wiring.OpenDesk, name: str) -> CheckLine:
    return next(found for found in check_desk(desk.desk) if found.name == name)


def test_a_register_that_nobody_touched_holds(made: Made) -> None:
    with made.open() as desk:
        assert all(found.holds for found in check_desk(desk.desk))
        assert line(desk, "register").sentence.startswith("All 5 entries of the register follow")


@pytest.mark.parametrize(
    ("statements", "sentence"),
    [
        (["UPDATE register_entry SET officer = 'Someone Else' WHERE number = 3"],
         "Entry 3 of the register (authority_described) was changed"),
        (["UPDATE register_entry SET at = '2020-01-01T00:00:00Z' WHERE number = 2"], "Entry 2"),
        (["UPDATE register_details SET content = '{}' WHERE number = 3"], "The details of entry 3"),
        (["DELETE FROM register_entry WHERE number = 2"], "Entry 2 of the register is missing"),
        (["DELETE FROM register_entry WHERE number = 2",
          "UPDATE register_entry SET number = number - 1 WHERE number > 2"], "Entry 2 of the register"),
        (["UPDATE register_entry SET number = 99 WHERE number = 2",
          "UPDATE register_entry SET number = 2 WHERE number = 3",
          "UPDATE register_entry SET number = 3 WHERE number = 99"], "Entry 2 of the register"),
    ],
    ids=["edited", "redated", "details edited", "deleted", "deleted and closed up", "reordered"],
)
def test_a_register_that_was_tampered_with_says_where(
    made: Made, statements: list[str], sentence: str
) -> None:
    with made.open() as desk:
        tamper(desk, *statements)
        found = line(desk, "register")
        assert not found.holds
        assert sentence in found.sentence


def test_a_register_cut_short_is_found_by_the_checkpoint_of_a_backup(made: Made) -> None:
    with made.open() as desk:
        tamper(desk, *CUT_SHORT)
        assert line(desk, "register").holds
        found = line(desk, "checkpoints")
        assert not found.holds
        assert "The register has 4 entries, but had 5 when backup" in found.sentence


def test_a_register_written_anew_is_found_by_the_checkpoint_of_a_backup(made: Made) -> None:
    with made.open(MANAGER) as desk:
        tamper(desk, *CUT_SHORT)
        describe_authority(desk.desk, name="Another Council")
        assert line(desk, "register").holds
        assert "Entry 5 of the register is not the one" in line(desk, "checkpoints").sentence


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda held: held["mark"].update(length=1), "was changed"),
        (lambda held: held.update(signature="00"), "was changed"),
        (lambda held: held.clear(), "cannot be read"),
    ],
    ids=["shortened", "signature replaced", "emptied"],
)
def test_a_checkpoint_that_was_changed_is_found(
    made: Made, spoil: Callable[[dict[str, object]], None], sentence: str
) -> None:
    path = next((made.folder / "backups").glob("*/checkpoint.json"))
    held = json.loads(path.read_text())
    spoil(held)
    path.write_text(json.dumps(held))
    with made.open() as desk:
        assert sentence in line(desk, "checkpoints").sentence


def test_a_checkpoint_of_another_desk_is_found(made: Made, tmp_path: Path) -> None:
    other = make_desk(tmp_path / "other")
    with other.open():
        pass
    theirs = next((other.folder / "backups").glob("*/checkpoint.json"))
    shutil.copyfile(theirs, next((made.folder / "backups").glob("*/checkpoint.json")))
    with made.open() as desk:
        assert "was not signed by an officer of this desk" in line(desk, "checkpoints").sentence


def test_erased_details_are_shown_as_erased_and_the_chain_stays_whole(made: Made) -> None:
    with made.open() as desk:
        tamper(desk, "DELETE FROM register_details WHERE number = 3")
        found = line(desk, "register")
        assert (found.holds, "The details of 1 were erased." in found.sentence) == (True, True)
        with desk.desk.reading() as unit:
            assert [details is None for _, details in unit.register()] == [False, False, True, False, False]
