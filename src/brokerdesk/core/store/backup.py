"""Encrypted copies of the desk, each opened and checked before an older one may go."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from brokerdesk.core.domain.errors import PlaceError
from brokerdesk.core.domain.thinning import to_keep
from brokerdesk.core.ports import Cancelled, Progress, SigningKey
from brokerdesk.core.store import checkpoint, key_file
from brokerdesk.core.store.engine import connect, refuse_plain_file
from brokerdesk.core.store.health import check_database, mark_of
from brokerdesk.core.store.trouble import told_plainly

DATABASE = "desk.db"
FOLDER = "backups"
_OWNER_ALONE, _OWNERS_FOLDER = 0o600, 0o700
"""Rights of a file, and of a folder, with a council's data in it."""
_HALF = re.compile(r"\.\d{8}T\d{6}Z(?:-\d+)?\.part")
_STAMP = "%Y%m%dT%H%M%SZ"
_LOST = "no backup was made"
_PAGES_AT_ONCE = 1_000  # about 4 MB between two looks at whether the work should stop


@dataclass(frozen=True, slots=True)
class Source:
    """The open desk that is copied."""

    folder: Path
    engine: Engine
    data_key: bytes
    signing_key: Callable[[], SigningKey]
    now: Callable[[], datetime]


def make_backup(source: Source, into: Path, progress: Progress) -> Path:
    """Copy the desk into a folder of its own, named by the time, and check the copy.

    Raises:
        PlaceError: disk full, no right to write, or the copy does not hold.
        Cancelled: nothing is left behind.
    """
    at = source.now()
    place = _free_name(into, at.strftime(_STAMP))
    beside = place.with_name(f".{place.name}.part")
    try:
        with _told_of(into):
            _drop_halves(into)
            beside.mkdir(parents=True, mode=0o700)
            _copy_database(source, beside / DATABASE, progress)
            _copy(source.folder / key_file.NAME, beside / key_file.NAME)
            _check_copy(beside / DATABASE, source.data_key)
            mark = mark_of(beside / DATABASE, source.data_key, at)
            checkpoint.write(beside, checkpoint.sign(mark, source.signing_key()))
            beside.rename(place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return place


@contextmanager
def _told_of(into: Path) -> Iterator[None]:
    """What the disk says of a folder of backups, as a sentence."""
    try:
        yield
    except OSError as why:
        raise PlaceError(
            f"The backup could not be written to {into}: {(why.strerror or 'no answer').lower()}. "
            "The desk itself is safe. Free some space or choose another folder."
        ) from why


def _drop_halves(into: Path) -> None:
    """Clear what a kill in the middle of a backup left behind; who backs up holds the desk alone."""
    for half in into.glob(".*.part"):
        if _HALF.fullmatch(half.name):
            shutil.rmtree(half, ignore_errors=True)


def _copy(file: Path, to: Path) -> None:
    """A copy that nobody but its owner may read."""
    shutil.copyfile(file, to)
    to.chmod(_OWNER_ALONE)


def _free_name(into: Path, stamp: str) -> Path:
    names = (f"{stamp}" if number == 0 else f"{stamp}-{number}" for number in range(1_000))
    return next(into / name for name in names if not (into / name).exists())


def _copy_database(source: Source, target: Path, progress: Progress) -> None:
    with told_plainly(_LOST), source.engine.connect() as connection:
        driver = connection.connection.driver_connection
        copy = connect(target, source.data_key)
        try:
            driver.backup(copy, pages=_PAGES_AT_ONCE, progress=_watch(progress))  # type: ignore[union-attr]  # the driver's own
            # One plain file: a copy that still had a log beside it would be half a backup.
            copy.execute("PRAGMA journal_mode = DELETE")
            target.chmod(_OWNER_ALONE)
        finally:
            copy.close()


def _watch(progress: Progress) -> Callable[[int, int, int], None]:
    def watch(_status: int, remaining: int, total: int) -> None:
        progress.report(total - remaining, total, "Backing up the desk")
        if progress.is_cancelled():
            raise Cancelled

    return watch


def _check_copy(path: Path, data_key: bytes) -> None:
    refuse_plain_file(path)
    broken = [row for row in check_database(path, data_key) if not row.holds]
    if broken:
        raise PlaceError(f"The backup does not hold and was dropped: {broken[0].sentence} Run the check.")


def backups_in(folder: Path) -> tuple[Path, ...]:
    """Folders of backups, oldest first."""
    if not folder.is_dir():
        return ()
    return tuple(sorted(
        place for place in folder.iterdir()
        if (place / DATABASE).is_file() and not place.name.startswith(".")
    ))


def is_changed_since(source: Source, last: Path) -> bool:
    """Whether the desk changed since a backup."""
    found = checkpoint.read(last / checkpoint.NAME)
    if found is None:
        return True
    now = mark_of(source.folder / DATABASE, source.data_key, source.now())
    same_keys = (source.folder / key_file.NAME).read_bytes() == (last / key_file.NAME).read_bytes()
    was = (found.mark.length, found.mark.head, found.mark.drafts)
    return not same_keys or was != (now.length, now.head, now.drafts)


def back_up_if_changed(source: Source, into: Path, progress: Progress) -> Path | None:
    """Back up where anything changed since the last one, then thin out the older ones."""
    with told_plainly(_LOST), _told_of(into):
        earlier = backups_in(into)
        if earlier and not is_changed_since(source, earlier[-1]):
            return None
    made = make_backup(source, into, progress)
    thin(into)
    return made


def thin(folder: Path) -> None:
    """Drop backups beyond 12 daily, 10 weekly and 9 monthly ones."""
    made_at = {place: _time_of(place) for place in backups_in(folder)}
    kept = to_keep(tuple(moment for moment in made_at.values() if moment is not None))
    for place, moment in made_at.items():
        if moment is not None and moment not in kept:
            shutil.rmtree(place, ignore_errors=True)


def _time_of(place: Path) -> datetime | None:
    try:
        return datetime.strptime(f"{place.name[:16]}+0000", f"{_STAMP}%z")
    except ValueError:
        return None


def restore(backup: Path, folder: Path) -> None:
    """Put a backup into a new folder, where it is a desk like any other.

    Args:
        backup: the backup's folder, or the database in it.
        folder: where the desk shall be; it must not be there yet, or be empty.

    Raises:
        PlaceError: no such backup, or something is there already.
    """
    source = backup.parent if backup.is_file() else backup
    if not (source / DATABASE).is_file() or not (source / key_file.NAME).is_file():
        raise PlaceError(f"There is no backup in {source}. Name the folder that holds “{DATABASE}”.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PlaceError(f"{folder} is not empty; a restore never writes over anything. Name a new folder.")
    refuse_plain_file(source / DATABASE)
    key_file.read_key_file(source)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(_OWNERS_FOLDER)
        for name in (DATABASE, key_file.NAME):
            _copy(source / name, folder / name)
    except OSError as why:
        raise PlaceError(
            f"The backup could not be restored to {folder}: {(why.strerror or 'no answer').lower()}. "
            "Free some space or choose another folder."
        ) from why
