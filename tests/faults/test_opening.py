from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from brokerdesk.core.domain.errors import PlaceError
from brokerdesk.core.store import engine as engines
from brokerdesk.core.store.engine import PLAIN_HEADER, WRITING
from brokerdesk.core.store.folder import refuse_unsafe_folder
from brokerdesk.core.store.lock import NAME, Lock, Owner, this_process
from builders import MANAGER, NOON, PASSPHRASES, Made, make_desk


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return make_desk(tmp_path / "desk")


def test_the_database_of_a_desk_is_encrypted(made: Made) -> None:
    assert (made.folder / "desk.db").read_bytes()[:16] != PLAIN_HEADER


def test_every_commit_is_forced_to_the_disk(made: Made) -> None:
    with made.open() as desk, desk.store.engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "temp_store")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "temp_store": 2}


def test_a_plain_database_in_place_of_the_desk_is_refused(made: Made) -> None:
    path = made.folder / "desk.db"
    path.unlink()
    with sqlite3.connect(path) as plain:
        plain.execute("CREATE TABLE package (id TEXT)")
    plain.close()
    with pytest.raises(PlaceError, match="is not encrypted, so BrokerDesk will not open it"):
        made.open()


def test_a_driver_that_does_not_encrypt_is_refused(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    class PlainDriver:
        def execute(self, _sql: str) -> PlainDriver:
            return self

        def fetchone(self) -> None:
            return None

        def close(self) -> None:
            return None

    monkeypatch.setattr(engines, "connect", lambda *_: PlainDriver())
    with pytest.raises(PlaceError, match="driver on this computer does not encrypt"):
        made.open()


def test_a_desk_that_any_key_opens_is_refused(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    real = engines.connect
    with made.open() as desk:
        key = desk.store.keys.data_key
    monkeypatch.setattr(engines, "connect", lambda path, _key: real(path, key))
    with pytest.raises(PlaceError, match="opens with any key"):
        made.open()


def test_another_desks_database_is_said_to_be_damaged_not_the_passphrase(made: Made, tmp_path: Path) -> None:
    other = make_desk(tmp_path / "other")
    (made.folder / "desk.db").write_bytes((other.folder / "desk.db").read_bytes())
    with pytest.raises(PlaceError, match="desk's file is damaged: it does not open with its own key"):
        made.open()


@pytest.mark.parametrize("keep", [0, 100, 5_000])
def test_a_torn_database_is_said_to_be_damaged(made: Made, keep: int) -> None:
    path = made.folder / "desk.db"
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(PlaceError, match=r"[Rr]estore the last backup"):
        made.open()


def test_a_missing_database_is_said_to_be_missing(made: Made) -> None:
    (made.folder / "desk.db").unlink()
    with pytest.raises(PlaceError, match="“desk.db” is missing"):
        made.open()


def test_an_empty_folder_is_said_to_hold_no_desk(made: Made, tmp_path: Path) -> None:
    empty = Made(tmp_path / "empty", made.clock, "", "")
    with pytest.raises(PlaceError, match="There is no desk in"):
        empty.open()


def test_a_desk_is_never_made_over_another(made: Made) -> None:
    before = (made.folder / "desk.json").read_bytes()
    with pytest.raises(PlaceError, match="There is a desk in .* already"):
        make_desk(made.folder)
    assert (made.folder / "desk.json").read_bytes() == before


def test_a_newer_desk_is_refused_and_left_as_it_is(made: Made) -> None:
    with made.open() as desk, desk.store.engine.connect() as connection:
        writing = connection.execution_options(**{WRITING: True})
        with writing.begin():
            writing.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    before = (made.folder / "desk.db").read_bytes()
    with pytest.raises(PlaceError, match="A newer BrokerDesk has opened this desk"):
        made.open()
    assert (made.folder / "desk.db").read_bytes() == before


def test_a_second_opener_in_the_same_program_is_refused(made: Made) -> None:
    with made.open(), pytest.raises(PlaceError, match=f"This desk is open already: .*process {os.getpid()}"):
        made.open(MANAGER, PASSPHRASES[MANAGER])


def test_of_many_openers_at_once_exactly_one_gets_the_desk(tmp_path: Path, made: Made) -> None:
    folder = tmp_path / "raced"
    folder.mkdir()
    for _ in range(20):
        (folder / NAME).write_text(json.dumps(gone()))
        locks = [Lock(folder, Owner("here", f"user{n}", os.getpid(), "x", "now")) for n in range(6)]
        winners: list[Lock] = []
        ready = threading.Barrier(len(locks))

        def take(
            lock: Lock, ready: threading.Barrier = ready, winners: list[Lock] = winners
        ) -> None:
            ready.wait()
            try:
                lock.take()
            except PlaceError:
                return
            winners.append(lock)

        threads = [threading.Thread(target=take, args=(lock,)) for lock in locks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(winners) == 1
        winners[0].release()
        assert not (folder / NAME).exists()


def gone() -> dict[str, object]:
    """The lock of a process of this computer that has ended."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    ours = this_process(NOON)
    at = "2026-11-23 09:00 UTC"
    return {"host": ours.host, "user": "someone", "pid": ended.pid, "started": "1", "at": at}


def test_the_lock_of_a_later_process_with_the_same_number_is_not_the_owners(made: Made) -> None:
    ours = this_process(NOON)
    left = {**gone(), "pid": os.getpid(), "started": f"{ours.started}0"}
    (made.folder / NAME).write_text(json.dumps(left))
    with made.open() as desk:
        assert desk.desk.device == made.device


def test_the_lock_of_another_computer_is_never_cleared(made: Made) -> None:
    (made.folder / NAME).write_text(json.dumps({**gone(), "host": "LAPTOP-7", "user": "B. Approver"}))
    with pytest.raises(PlaceError, match=r"by B\. Approver on LAPTOP-7 since 2026-11-23 09:00 UTC"):
        made.open()
    assert (made.folder / NAME).exists()


@pytest.mark.parametrize(
    ("parts", "cloud"),
    [
        (("OneDrive - Demo Borough Council", "desk"), "OneDrive"), (("Dropbox", "desk"), "Dropbox"),
        (("Library", "Mobile Documents", "desk"), "iCloud"), (("iCloudDrive", "desk"), "iCloud"),
        (("Google Drive", "My Drive", "desk"), "Google Drive"),
    ],
)
def test_a_folder_that_a_cloud_service_copies_is_refused(
    tmp_path: Path, parts: tuple[str, ...], cloud: str
) -> None:
    with pytest.raises(PlaceError, match=f"is copied by {cloud} while the desk is open"):
        make_desk(tmp_path.joinpath(*parts))
    assert not tmp_path.joinpath(*parts).exists()


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "smb3", "fuse.sshfs"])
def test_a_folder_on_another_computer_is_refused(tmp_path: Path, kind: str) -> None:
    mounts = f"/dev/sda1 / ext4 rw 0 0\n//server/share {tmp_path} {kind} rw 0 0\n"
    with pytest.raises(PlaceError, match="is on another computer"):
        refuse_unsafe_folder(tmp_path / "desk", mounts=mounts)


def test_a_windows_share_is_refused_and_a_local_disk_is_not(tmp_path: Path) -> None:
    with pytest.raises(PlaceError, match="is on another computer"):
        refuse_unsafe_folder(Path(r"\\server\share\desk"), mounts="")
    refuse_unsafe_folder(tmp_path / "desk", mounts="/dev/sda1 / ext4 rw 0 0\n")
