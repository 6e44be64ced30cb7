"""The encrypted database: connections, and the proof at every opening that it is encrypted indeed."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from brokerdesk.core.domain.errors import PlaceError
from brokerdesk.core.store.trouble import told_plainly

PLAIN_HEADER = b"SQLite format 3\x00"
WRITING = "brokerdesk_writing"
"""Execution option of connections that will write: they take the write lock when they begin."""
_WAIT_MS = 5_000  # a reader may hold a page while a checkpoint runs; five seconds is long enough for any


def connect(path: Path, key: bytes) -> Any:
    """One connection with the raw data key; nothing is read yet."""
    connection = dbapi2.connect(
        str(path), check_same_thread=False, isolation_level=None, timeout=_WAIT_MS / 1000
    )
    # The cipher would print to the terminal what the sentence below says better.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA temp_store = MEMORY")  # a temporary file would not be encrypted
    return connection


def _connect_for_work(path: Path, key: bytes) -> Any:
    connection = connect(path, key)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def make_engine(path: Path, key: bytes) -> Engine:
    """The engine of one desk; safe for one writing thread and several readers."""
    engine = create_engine(
        "sqlite://", module=dbapi2, creator=lambda: _connect_for_work(path, key), poolclass=QueuePool,
        pool_size=4, max_overflow=8,
        hide_parameters=True,  # a message that ends in the log must not carry what was being saved
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITING, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def refuse_plain_file(path: Path) -> None:
    """Refuse a database that anyone could read.

    Raises:
        PlaceError: it is not encrypted.
    """
    with path.open("rb") as file:
        if file.read(len(PLAIN_HEADER)) == PLAIN_HEADER:
            raise PlaceError(
                f"“{path.name}” in {path.parent} is not encrypted, so BrokerDesk will not open it. "
                "Keep personal data out of it and restore the last backup of the desk."
            )


def prove_encrypted(path: Path, key: bytes) -> None:
    """Prove that the driver encrypts, that the file is encrypted and that another key does not open it.

    Raises:
        PlaceError: any of these does not hold, or the file is damaged.
    """
    refuse_plain_file(path)
    with told_plainly():
        _prove_cipher(path, key)
    other = connect(path, secrets.token_bytes(32))
    try:
        other.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.DatabaseError:
        return
    finally:
        other.close()
    raise PlaceError("The desk opens with any key, so it is not encrypted. Install BrokerDesk again.")


def _prove_cipher(path: Path, key: bytes) -> None:
    connection = connect(path, key)
    try:
        found = connection.execute("PRAGMA cipher_version").fetchone()
        if not found or not found[0]:
            raise PlaceError(
                "The database driver on this computer does not encrypt. Install BrokerDesk again; "
                "nothing was opened."
            )
        if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise PlaceError(f"“{path.name}” is empty. Keep it as it is and restore the last backup.")
    finally:
        connection.close()
