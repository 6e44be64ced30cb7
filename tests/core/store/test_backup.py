from __future__ import annotations

import errno
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlcipher3 import dbapi2

from brokerdesk import wiring
from brokerdesk.core.domain.errors import PlaceError
from brokerdesk.core.domain.package import Draft
from brokerdesk.core.domain.thinning import to_keep
from brokerdesk.core.ports import Cancelled, Quiet
from brokerdesk.core.services.checks import check_desk
from brokerdesk.core.services.council import describe_authority
from brokerdesk.core.store.engine import PLAIN_HEADER
from builders import MANAGER, PASSPHRASES, Made, make_desk
from fakes import StopAfter


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return make_desk(tmp_path / "desk")


def backups(made: Made) -> list[str]:
    folder = made.folder / "backups"
    return sorted(place.name for place in folder.iterdir()) if folder.is_dir() else []


def test_closing_a_desk_backs_it_up_and_the_backup_is_encrypted(made: Made) -> None:
    made.open().close()
    assert backups(made) == ["20261123T120000Z"]
    place = made.folder / "backups" / "20261123T120000Z"
    assert sorted(file.name for file in place.iterdir()) == ["checkpoint.json", "desk.db", "desk.json"]
    assert (place / "desk.db").read_bytes()[:16] != PLAIN_HEADER


def test_closing_again_with_nothing_changed_makes_no_second_backup(made: Made) -> None:
    made.open().close()
    made.clock.advance(hours=1)
    made.open().close()
    assert len(backups(made)) == 1


def test_an_act_or_a_draft_or_a_new_passphrase_is_worth_a_backup(made: Made) -> None:
    made.open().close()
    made.clock.advance(days=1)
    with made.open(MANAGER) as desk:
        describe_authority(desk.desk, name="Demo Borough Council Two")
    made.clock.advance(days=1)
    with made.open() as desk, desk.store.units.writing() as unit:
        unit.of(Draft).add(Draft("need:new", "o1", made.clock.now(), {"family_name": "Person"}))
        unit.commit()
    made.clock.advance(days=1)
    with made.open() as desk:
        desk.desk.keys.change_passphrase(PASSPHRASES["A. Broker"], "quite another set of words")
    assert len(backups(made)) == 4


def test_a_restored_backup_is_a_desk_like_any_other(made: Made, tmp_path: Path) -> None:
    with made.open(MANAGER) as desk:
        describe_authority(desk.desk, name="Before the Flood Council")
    with made.open(MANAGER) as desk:
        describe_authority(desk.desk, name="After the Flood Council")
        place = next((made.folder / "backups").iterdir())
        wiring.restore_backup(place, tmp_path / "restored")
    restored = Made(tmp_path / "restored", made.clock, "", made.device)
    with restored.open() as desk:
        assert desk.desk.authority().name == "Before the Flood Council"
        assert all(line.holds for line in check_desk(desk.desk))


def test_a_restore_never_writes_over_a_desk(made: Made, tmp_path: Path) -> None:
    made.open().close()
    place = next((made.folder / "backups").iterdir())
    with pytest.raises(PlaceError, match="is not empty; a restore never writes over anything"):
        wiring.restore_backup(place, made.folder)
    with pytest.raises(PlaceError, match="There is no backup in"):
        wiring.restore_backup(tmp_path / "nowhere", tmp_path / "restored")


def test_a_backup_goes_to_any_folder_when_asked(made: Made, tmp_path: Path) -> None:
    with made.open() as desk:
        place = desk.desk.backups.make(tmp_path / "stick", Quiet())
        assert place.parent == tmp_path / "stick"
        again = desk.desk.backups.make(tmp_path / "stick", Quiet())
        assert again != place


def test_a_backup_that_is_stopped_leaves_nothing_behind(made: Made, tmp_path: Path) -> None:
    with made.open() as desk, pytest.raises(Cancelled):
        desk.desk.backups.make(tmp_path / "stick", StopAfter(1))
    assert list((tmp_path / "stick").iterdir()) == []


def test_what_a_kill_left_of_a_backup_goes_with_the_next_one_and_nobody_elses_file_does(made: Made) -> None:
    folder = made.folder / "backups"
    half, other = folder / ".20261120T120000Z-3.part", folder / ".holiday.part"
    half.mkdir(parents=True)
    (half / "desk.db").write_bytes(b"half")
    other.mkdir()
    made.open().close()
    assert not half.exists()
    assert other.exists()


def test_only_the_owner_may_read_a_backup_and_what_is_restored_from_it(made: Made, tmp_path: Path) -> None:
    made.open().close()
    place = next((made.folder / "backups").iterdir())
    (tmp_path / "restored").mkdir(mode=0o755)
    wiring.restore_backup(place, tmp_path / "restored")
    # Windows keeps rights in lists of its own, where a new file has those of its folder.
    others = stat.S_IRWXG | stat.S_IRWXO if os.name == "posix" else 0
    for folder in (place, tmp_path / "restored"):
        for name in (".", "desk.db", "desk.json"):
            assert not (folder / name).stat().st_mode & others


def test_a_backup_that_cannot_be_written_says_that_the_desk_is_safe(made: Made, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with made.open() as desk, pytest.raises(PlaceError, match="The desk itself is safe"):
        desk.desk.backups.make(tmp_path / "file", Quiet())


def test_a_flipped_byte_in_the_database_is_found_by_the_check(made: Made) -> None:
    path = made.folder / "desk.db"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    desk = made.open()
    broken = [line for line in check_desk(desk.desk) if not line.holds]
    assert broken[0].name == "pages"
    assert "restore the last backup" in broken[0].sentence
    with pytest.raises(PlaceError, match="The backup does not hold and was dropped"):
        desk.desk.backups.make(made.folder / "backups", Quiet())
    desk.close(back_up=False)
    assert backups(made) == []


def test_backups_thin_out_to_days_weeks_and_months() -> None:
    start = datetime(2026, 1, 1, 9, tzinfo=UTC)
    every = tuple(start + timedelta(hours=4 * step) for step in range(365 * 6))
    kept = sorted(to_keep(every))
    assert kept[-1] == every[-1]
    assert len({at.date() for at in kept if at > every[-1] - timedelta(days=12)}) >= 12
    assert len({at.isocalendar()[:2] for at in kept}) >= 10
    assert len({(at.year, at.month) for at in kept}) == 9
    assert len(kept) <= 12 + 10 + 9
    assert to_keep(tuple(kept)) == frozenset(kept)


def test_a_disk_that_is_full_at_closing_is_told_in_a_sentence_and_the_lock_is_given_back(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = made.open()
    describe(opened)
    full_from_now_on(opened.store.engine, monkeypatch)
    with pytest.raises(PlaceError, match="The disk is full, so the last changes stay, safe, in the log"):
        opened.close(back_up=False)
    assert not (made.folder / "desk.lock").exists()
    made.open(MANAGER).close()


def test_a_full_disk_says_that_the_desk_is_not_opened_and_is_safe(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(PlaceError, match="The disk is full, so the desk in .* was not opened; everything in"):
        made.open()


def test_a_folder_of_backups_that_may_not_be_read_is_told_in_a_sentence_at_closing(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(_: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    opened = made.open()
    monkeypatch.setattr("brokerdesk.core.store.backup.backups_in", forbidden)
    with pytest.raises(PlaceError, match="The backup could not be written to .*: permission denied"):
        opened.close()
    assert not (made.folder / "desk.lock").exists()


def describe(opened: wiring.OpenDesk) -> None:
    with opened.store.units.writing() as unit:
        unit.of(Draft).add(Draft("kept", "o1", opened.desk.now(), {}))
        unit.commit()


def full_from_now_on(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for a disk that has no room for the log to be folded in."""

    def full(*_: object, **__: object) -> None:
        raise dbapi2.OperationalError("database or disk is full")

    monkeypatch.setattr(engine, "connect", full)
