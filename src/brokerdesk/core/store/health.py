"""Whether a desk's file is whole: pages, tables and references, and where its register stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from brokerdesk.core.domain.register import START
from brokerdesk.core.store.checkpoint import Mark
from brokerdesk.core.store.engine import connect
from brokerdesk.core.store.trouble import sentence_of, told_plainly


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    name: str
    holds: bool
    sentence: str


@contextmanager
def _opened(path: Path, data_key: bytes) -> Iterator[Any]:
    connection = connect(path, data_key)
    try:
        yield connection
    finally:
        connection.close()


_CHECKS: tuple[tuple[str, str, Callable[[list[Any]], bool], str, str], ...] = (
    (
        "pages", "PRAGMA cipher_integrity_check", lambda rows: not rows,
        "Every page of the database opens with its seal unbroken.",
        "{count} pages of the database have a broken seal. Keep the file and restore the last backup.",
    ),
    (
        "tables", "PRAGMA integrity_check", lambda rows: rows == [("ok",)],
        "Tables and indexes agree.",
        "Tables and indexes disagree in {count} places. Keep the file and restore the last backup.",
    ),
    (
        "references", "PRAGMA foreign_key_check", lambda rows: not rows,
        "Nothing refers to what is not there.",
        "{count} rows refer to what is not there. Keep the file and restore the last backup.",
    ),
)


def check_database(path: Path, data_key: bytes) -> tuple[Finding, ...]:
    """Check pages, tables and references of one file."""
    from sqlcipher3 import dbapi2

    found = []
    for name, pragma, holds, well, badly in _CHECKS:
        try:
            with _opened(path, data_key) as connection:
                rows = [tuple(row) for row in connection.execute(pragma).fetchall()]
        except dbapi2.Error as trouble:
            found.append(Finding(name, False, sentence_of(trouble) or "The database does not answer."))
            continue
        sound = holds(rows)
        found.append(Finding(name, sound, well if sound else badly.format(count=len(rows))))
    return tuple(found)


def mark_of(path: Path, data_key: bytes, at: datetime) -> Mark:
    """Where the register of a file stands."""
    with told_plainly(), _opened(path, data_key) as connection:
        last = connection.execute(
            "SELECT number, hash FROM register_entry ORDER BY number DESC LIMIT 1"
        ).fetchone()
        device = connection.execute("SELECT code FROM device").fetchone()[0]
        drafts = connection.execute("SELECT count(*), max(saved_at), sum(version) FROM draft").fetchone()
    length, head = last or (0, START)
    return Mark(device, length, head, "/".join(str(part) for part in drafts), at)
