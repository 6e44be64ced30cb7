from __future__ import annotations

from pathlib import Path

import pytest

from brokerdesk import wiring
from brokerdesk.core.domain.award import FiledLetter, LetterStatus
from brokerdesk.core.domain.package import Draft
from brokerdesk.core.ports import Quiet
from brokerdesk.core.services.council import describe_authority
from builders import MANAGER, NOON, Made, make_desk

CANARIES = tuple(f"Canary{number:03d}Yellowhammer" for number in range(40))


def work(desk: wiring.OpenDesk) -> None:
    """Put canaries wherever a person's words go: acts, details, drafts, letters."""
    for canary in CANARIES:
        describe_authority(desk.desk, name=canary, address=(f"{canary} Street",))
    with desk.store.units.writing() as unit:
        for canary in CANARIES:
            unit.of(Draft).add(Draft(f"need:{canary}", canary, NOON, {"family_name": canary}))
            unit.of(FiledLetter).add(FiledLetter(
                canary, "p", "a", 1, "person", "1-1", canary, LetterStatus.PREPARED, canary, NOON,
                pdf=canary.encode() * 2_000,
            ))
        unit.commit()
    with desk.store.units.writing() as unit:
        unit.of(Draft).remove(f"need:{CANARIES[0]}")


def found_in(folder: Path) -> list[str]:
    needles = [form for canary in CANARIES for form in (canary.encode(), canary.encode("utf-16-le"))]
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    ]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return make_desk(tmp_path / "desk")


def test_no_file_of_the_desk_shows_a_word_of_what_was_written(made: Made, tmp_path: Path) -> None:
    desk = made.open(MANAGER)
    work(desk)
    assert (made.folder / "desk.db-wal").stat().st_size > 0
    assert found_in(tmp_path) == []
    desk.desk.backups.make(tmp_path / "stick", Quiet())
    assert found_in(tmp_path) == []
    desk.close()
    assert (made.folder / "backups").is_dir()
    assert found_in(tmp_path) == []


def test_the_search_for_canaries_finds_one_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "leak.tmp").write_text(f"so {CANARIES[7]} it is", encoding="utf-16-le")
    assert found_in(tmp_path) == ["leak.tmp"]
