"""One transaction over everything the desk keeps, for writing or for reading."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, Engine, select, update

from brokerdesk.core.domain.changes import Change
from brokerdesk.core.domain.officer import Officer
from brokerdesk.core.domain.register import RegisterEntry
from brokerdesk.core.ports import Directory, Shelf
from brokerdesk.core.store import register_chain
from brokerdesk.core.store.engine import WRITING
from brokerdesk.core.store.locations import TableDirectory
from brokerdesk.core.store.shelf import TableShelf
from brokerdesk.core.store.tables import DEVICE
from brokerdesk.core.store.trouble import told_plainly

T = TypeVar("T")


class TableUnit:
    """A unit of work on one connection."""

    def __init__(self, connection: Connection, commit: Callable[[], None]) -> None:
        self._connection = connection
        self._commit = commit
        self._touched: dict[Change, None] = {}
        self.directory: Directory = TableDirectory(connection, self._touch)

    def of(self, noun: type[T]) -> Shelf[T]:
        """The shelf of one noun."""
        return TableShelf(self._connection, noun, self._touch)

    def changes(self) -> tuple[Change, ...]:
        """What was touched since it opened, in order, each once."""
        return tuple(self._touched)

    def enter(
        self, *, act: str, officer: Officer, at: datetime, rules: tuple[str, ...],
        details: Mapping[str, object],
    ) -> RegisterEntry:
        """Write the register entry of this act, in the same transaction."""
        return register_chain.append(
            self._connection, act=act, officer=officer, at=at, rules=rules, details=details
        )

    def register(self) -> tuple[tuple[RegisterEntry, dict[str, object] | None], ...]:
        """Every entry in order with its details; none where they were erased."""
        chain = register_chain.read_all(self._connection)
        return tuple((written.entry, register_chain.details_of(written)) for written in chain)

    def next_reference(self) -> str:
        """The next short reference of this device, such as `KVB-0007`."""
        code, number = self._connection.execute(select(DEVICE.c.code, DEVICE.c.next_number)).one()
        self._connection.execute(update(DEVICE).values(next_number=number + 1))
        return f"{code}-{number:04d}"

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Writes that are all dropped where they raise, while those before them stand."""
        touched = dict(self._touched)
        try:
            with told_plainly(), self._connection.begin_nested():
                yield
        except BaseException:
            self._touched = touched
            raise

    def commit(self) -> None:
        """Keep everything."""
        self._commit()

    def _touch(self, kind: str, id: str) -> None:
        self._touched[Change(kind, id)] = None


def _refuse_commit() -> None:
    raise AssertionError("a view for reading keeps nothing")


class EngineUnits:
    """Opens units of work on one engine; writers of this process wait for each other."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._one_writer = threading.RLock()

    @contextmanager
    def writing(self) -> Iterator[TableUnit]:
        """A transaction that may be committed; leaving without that rolls back."""
        with self._one_writer, told_plainly(), self._engine.connect() as connection:
            connection = connection.execution_options(**{WRITING: True})
            transaction = connection.begin()
            try:
                yield TableUnit(connection, transaction.commit)
            finally:
                if transaction.is_active:
                    transaction.rollback()

    @contextmanager
    def reading(self) -> Iterator[TableUnit]:
        """A consistent view for reading; whatever is written in it is dropped."""
        with told_plainly(), self._engine.connect() as connection, connection.begin() as transaction:
            try:
                yield TableUnit(connection, _refuse_commit)
            finally:
                transaction.rollback()
