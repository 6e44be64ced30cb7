"""The store of one open desk: made, opened under its lock, and closed with a backup."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, insert

from brokerdesk.core.domain.errors import PlaceError
from brokerdesk.core.files import empty_folder
from brokerdesk.core.places import opened_files
from brokerdesk.core.ports import Progress, Quiet
from brokerdesk.core.store import backup, checkpoint, key_file, keybox, register_chain, schema
from brokerdesk.core.store.engine import make_engine, prove_encrypted
from brokerdesk.core.store.folder import refuse_unsafe_folder
from brokerdesk.core.store.health import check_database
from brokerdesk.core.store.lock import Lock, this_process
from brokerdesk.core.store.tables import DEVICE
from brokerdesk.core.store.trouble import told_plainly
from brokerdesk.core.store.unit_of_work import EngineUnits

_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ"  # a reference is read out on the telephone: no I, L, O, U
_LOG_STAYS = "the last changes stay, safe, in the log beside the desk’s file"
_FILES = (backup.DATABASE, key_file.NAME)


@dataclass
class OpenStore:
    """An open desk with one officer's keys; holds the lock until it is closed."""

    folder: Path
    lock: Lock
    engine: Engine
    keys: keybox.OpenKeyBox
    units: EngineUnits
    device: str
    now: Callable[[], datetime]

    def close(self, *, back_up: bool = True) -> None:
        """Back up where anything changed, fold the log into the database, give the lock back.

        Raises:
            PlaceError: no backup, or the log stays beside the database; all that was kept is safe and the
                desk is closed.
        """
        try:
            if back_up:
                backup.back_up_if_changed(self._source(), self.folder / backup.FOLDER, Quiet())
        finally:
            try:
                empty_folder(opened_files(self.folder))
                _shut(self.engine)
            finally:
                self.lock.release()

    def make(self, folder: Path, progress: Progress) -> Path:
        """A checked backup in a folder; its path."""
        return backup.make_backup(self._source(), folder, progress)

    def check(self, progress: Progress) -> tuple[tuple[str, bool, str], ...]:
        """Name, whether it holds, and a sentence, for the database, the register and its checkpoints."""
        progress.report(0, 3, "Checking the database")
        database = check_database(self.folder / backup.DATABASE, self.keys.data_key)
        found = [(finding.name, finding.holds, finding.sentence) for finding in database]
        progress.report(1, 3, "Counting through the register")
        with told_plainly(), self.engine.connect() as connection, connection.begin():
            chain = register_chain.read_all(connection)
        found.append(_register_line(chain))
        progress.report(2, 3, "Comparing the checkpoints")
        found.append(self._checkpoint_line(chain))
        return tuple(found)

    def _checkpoint_line(self, chain: tuple[register_chain.Written, ...]) -> tuple[str, bool, str]:
        places = backup.backups_in(self.folder / backup.FOLDER)
        held = [(f"backup {place.name}", checkpoint.read(place / checkpoint.NAME)) for place in places]
        breaks = checkpoint.breaks_against(chain, held, self.keys.known_certificates())
        if breaks:
            return "checkpoints", False, " ".join(breaks)
        return "checkpoints", True, f"The register agrees with all {len(held)} signed checkpoints."

    def _source(self) -> backup.Source:
        return backup.Source(self.folder, self.engine, self.keys.data_key, self.keys.signing_key, self.now)


def _register_line(chain: tuple[register_chain.Written, ...]) -> tuple[str, bool, str]:
    breaks = register_chain.breaks_in(chain)
    if breaks:
        return "register", False, " ".join(breaks)
    erased = register_chain.erased_in(chain)
    also = f" The details of {erased} were erased." if erased else ""
    return "register", True, f"All {len(chain)} entries of the register follow one another unchanged.{also}"


@contextmanager
def new_store(
    folder: Path, officers: tuple[keybox.NewOfficer, ...], issuing: keybox.Issuing
) -> Iterator[tuple[OpenStore, str]]:
    """Make a desk beside its place; it stands there, whole, only when the body has ended well.

    Yields:
        The open store with the first officer's keys, and the recovery key, to be printed once.

    Raises:
        PlaceError: there is a desk already, or a desk may not lie there.
        RuleError: a passphrase is too short.
    """
    refuse_unsafe_folder(folder)
    for new in officers:
        keybox.check_passphrase(new.passphrase)
    lock = _locked(folder, issuing)
    beside = folder / ".new"
    try:
        if any((folder / name).exists() for name in _FILES):
            raise PlaceError(f"There is a desk in {folder} already. Open it, or name another folder.")
        shutil.rmtree(beside, ignore_errors=True)
        store, recovery_key = _made_in(beside, officers, issuing)
        try:
            yield store, recovery_key
        finally:
            store.close(back_up=False)
        for name in _FILES:
            (beside / name).rename(folder / name)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        lock.release()


def _made_in(
    folder: Path, officers: tuple[keybox.NewOfficer, ...], issuing: keybox.Issuing
) -> tuple[OpenStore, str]:
    lock = _locked(folder, issuing)
    device = "".join(secrets.choice(_LETTERS) for _ in range(3))
    data_key, recovery_key = keybox.make_keys(folder, device, officers, issuing)
    engine = make_engine(folder / backup.DATABASE, data_key)
    schema.upgrade(engine)
    with told_plainly(), engine.begin() as connection:
        connection.execute(insert(DEVICE).values(code=device, next_number=1))
    prove_encrypted(folder / backup.DATABASE, data_key)
    keys = keybox.unlock(folder, officers[0].officer.name, officers[0].passphrase, issuing)
    store = OpenStore(folder, lock, engine, keys, EngineUnits(engine), device, issuing.now)
    return store, recovery_key


def open_store(folder: Path, *, officer_name: str, passphrase: str, issuing: keybox.Issuing) -> OpenStore:
    """Open a desk for an officer.

    Raises:
        PlaceError: wrong passphrase, open elsewhere, not encrypted, damaged, newer, or in an unsafe folder.
    """
    refuse_unsafe_folder(folder)
    read = key_file.read_key_file(folder)
    database = folder / backup.DATABASE
    if not database.is_file():
        raise PlaceError(f"“{backup.DATABASE}” is missing from {folder}. Restore the last backup.")
    lock = _locked(folder, issuing)
    try:
        empty_folder(opened_files(folder))  # what a kill left there
        keys = keybox.unlock(folder, officer_name, passphrase, issuing)
        prove_encrypted(database, keys.data_key)
        engine = make_engine(database, keys.data_key)
        store = OpenStore(folder, lock, engine, keys, EngineUnits(engine), read.device, issuing.now)
        if schema.needs_upgrade(engine):
            store.make(folder / backup.FOLDER, Quiet())
            schema.upgrade(engine)
    except BaseException:
        lock.release()
        raise
    return store


def clear_opened_files(folder: Path, now: Callable[[], datetime]) -> None:
    """Take away copies that a killed program left behind; those of a desk that is open elsewhere stay."""
    if not opened_files(folder).exists():
        return
    lock = Lock(folder, this_process(now()))
    with suppress(PlaceError):
        lock.take()
        empty_folder(opened_files(folder))
        lock.release()


def _locked(folder: Path, issuing: keybox.Issuing) -> Lock:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as why:
        raise PlaceError(f"You may not make the folder {folder}. Choose another place.") from why
    lock = Lock(folder, this_process(issuing.now()))
    lock.take()
    return lock


def _shut(engine: Engine) -> None:
    try:
        with told_plainly(_LOG_STAYS), engine.connect() as connection:
            # With the log folded in, the database is one file again.
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]  # the driver's own
    finally:
        engine.dispose()
