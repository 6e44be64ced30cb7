"""The kept values of one noun: frozen values in and out, rows in between."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from functools import lru_cache
from operator import attrgetter
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Row, Select, Table, Update, bindparam, delete, insert, select, update

from brokerdesk.core.domain.errors import ConflictError, RuleError
from brokerdesk.core.store.columns import FieldColumn, columns_of
from brokerdesk.core.store.tables import TABLES, table_name

T = TypeVar("T")
Touch = Callable[[str, str], None]
_id_of = attrgetter("id")
_LATER = "later_"
"""Before the name of a value that is to be kept, where a statement also asks for one of that name."""


class TableShelf(Generic[T]):
    """The shelf of one noun within one transaction."""

    def __init__(self, connection: Connection, noun: type[T], touch: Touch) -> None:
        self._connection = connection
        self._noun = noun
        self._kind = table_name(noun)
        self._table = TABLES[noun]
        self._columns = columns_of(noun)
        self._touch = touch

    def get(self, id: str) -> T:
        """The value of that id.

        Raises:
            RuleError: there is none.
        """
        found = self.find(id=id)
        if not found:
            words = self._kind.replace("_", " ")
            raise RuleError(f"There is no {words} with the id {id}. It may have been removed: look again.")
        return found[0]

    def find(self, **equals: object) -> tuple[T, ...]:
        """All values whose fields equal these, in the order they were added."""
        return tuple(self._value(row) for row in self._rows(self._columns, equals))

    def pick(self, *names: str, **equals: object) -> tuple[tuple[Any, ...], ...]:
        """Some fields of all values whose fields equal these, in the order they were added."""
        columns = tuple(self._column(name) for name in names)
        return tuple(
            tuple(column.from_sql(held) for column, held in zip(columns, row, strict=True))
            for row in self._rows(columns, equals)
        )

    def _rows(self, columns: tuple[FieldColumn, ...], equals: dict[str, object]) -> Iterable[Row[Any]]:
        wanted = {name: self._column(name).to_sql(value) for name, value in equals.items()}
        asked = tuple((name, value is None) for name, value in wanted.items())
        query = _query(self._table, tuple(column.name for column in columns), asked)
        return self._connection.execute(query, {name: v for name, v in wanted.items() if v is not None})

    def _column(self, name: str) -> FieldColumn:
        return next(column for column in self._columns if column.name == name)

    def add(self, value: T) -> None:
        """Keep a new value."""
        self.add_many((value,))

    def add_many(self, values: Iterable[T]) -> None:
        """Keep many new values in one statement."""
        kept = list(values)
        if not kept:
            return
        self._connection.execute(insert(self._table), [self._row(value) for value in kept])
        for value in kept:
            self._touch(self._kind, _id_of(value))

    def replace(self, value: T) -> T:
        """Keep a changed value; its version is the one that was read.

        Raises:
            ConflictError: someone kept a later version since.
            RuleError: there is no value of that id.
        """
        read: int = attrgetter("version")(value)
        later: T = dataclasses.replace(value, version=read + 1)  # type: ignore[type-var]  # nouns are dataclasses
        change = _change(self._table, tuple(column.name for column in self._columns))
        row = {f"{_LATER}{name}": held for name, held in self._row(later).items()}
        done = self._connection.execute(change, {"of": _id_of(value), "read": read, **row})
        if done.rowcount != 1:
            raise self._conflict(value)
        self._touch(self._kind, _id_of(value))
        return later

    def remove(self, id: str) -> None:
        """Drop a value (drafts and superseded rows only)."""
        if self._connection.execute(delete(self._table).where(self._table.c.id == id)).rowcount:
            self._touch(self._kind, id)

    def _conflict(self, value: T) -> ConflictError:
        words = self._kind.replace("_", " ")
        return ConflictError(
            f"This {words} was changed since you opened it. Compare both and keep the one that is right.",
            yours=value, theirs=self.get(_id_of(value)),
        )

    def _row(self, value: T) -> dict[str, Any]:
        return {column.name: column.to_sql(getattr(value, column.name)) for column in self._columns}

    def _value(self, row: Row[Any]) -> T:
        return self._noun(*(
            column.from_sql(held) for column, held in zip(self._columns, row, strict=True)
        ))


@lru_cache(maxsize=1024)
def _query(table: Table, names: tuple[str, ...], asked: tuple[tuple[str, bool], ...]) -> Select[Any]:
    """The question for some columns, built once: building it takes longer than asking it.

    Args:
        table: of the noun.
        names: of the columns.
        asked: what is compared, by column, and whether with nothing.
    """
    query: Select[Any] = select(*(table.c[name] for name in names))
    for name, is_blank in asked:
        query = query.where(table.c[name].is_(None) if is_blank else table.c[name] == bindparam(name))
    return query.order_by(table.c.order)


@lru_cache(maxsize=256)
def _change(table: Table, names: tuple[str, ...]) -> Update:
    """The statement that keeps a later value of one version, built once."""
    later: dict[Any, Any] = {table.c[name]: bindparam(f"{_LATER}{name}") for name in names}
    of_version = update(table).where(table.c.id == bindparam("of"), table.c.version == bindparam("read"))
    return of_version.values(later)
