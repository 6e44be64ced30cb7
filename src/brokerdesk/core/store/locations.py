"""The regulator's locations and the positions of postcodes, kept and read in bulk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import Connection, func, literal_column, or_, select
from sqlalchemy.dialects.sqlite import insert

from brokerdesk.core.domain.directory import FactOrigin, KnownLocation, LocationFacts
from brokerdesk.core.store.columns import FieldColumn, columns_of
from brokerdesk.core.store.tables import FACT_SOURCE, LOCATION, POSITION

T = TypeVar("T")
_COLUMNS = columns_of(LocationFacts)
_CONVERTED = tuple(
    (place, column) for place, column in enumerate(_COLUMNS) if not column.is_as_it_lies
)
_VALUES = attrgetter(*(column.name for column in _COLUMNS))
_FACTS = [LOCATION.c[column.name] for column in _COLUMNS]
_MOST_AT_ONCE = 5_000  # values named in one statement; SQLite takes 32,766


def _in_lots(values: Iterable[T]) -> Iterator[Sequence[T]]:
    held = list(values)
    for start in range(0, len(held), _MOST_AT_ONCE):
        yield held[start : start + _MOST_AT_ONCE]


class TableDirectory:
    """The directory within one transaction."""

    def __init__(self, connection: Connection, touch: Callable[[str, str], None]) -> None:
        self._connection = connection
        self._touch = touch
        self._read_origins: dict[str, Mapping[str, FactOrigin]] = {}
        self._read_values: dict[tuple[str, Any], Any] = {}

    def known(self, location_ids: Iterable[str] | None = None) -> Mapping[str, KnownLocation]:
        """Known locations by id; all of them where no ids are named."""
        query = select(*_FACTS, LOCATION.c.origins)
        if location_ids is None:
            return {found.location_id: found for found in self._fetch(query)}
        return {
            found.location_id: found
            for lot in _in_lots(dict.fromkeys(location_ids))
            for found in self._fetch(query.where(LOCATION.c.location_id.in_(lot)))
        }

    def keep(self, locations: Iterable[KnownLocation]) -> None:
        """Insert or replace known locations in bulk."""
        writer = _RowWriter(self._connection)
        rows = [writer.row(location) for location in locations]
        if not rows:
            return
        self._connection.exec_driver_sql(_keep_statement(self._connection), rows)
        for row in rows:
            self._touch("location", row[0])

    def search(self, text: str, limit: int) -> tuple[KnownLocation, ...]:
        """Known locations whose name, provider, id, postcode or address holds every word, by name."""
        address = func.lower(func.coalesce(LOCATION.c.address_lines, ""))
        held = (
            or_(
                LOCATION.c.search_text.contains(word, autoescape=True),
                address.contains(word, autoescape=True),
            )
            for word in text.casefold().split()
        )
        query = (
            select(*_FACTS, LOCATION.c.origins)
            .where(*held)
            .order_by(LOCATION.c.location_name, LOCATION.c.location_id)
            .limit(limit)
        )
        return tuple(self._fetch(query))

    def count(self) -> int:
        """How many locations are known."""
        return int(self._connection.execute(select(func.count()).select_from(LOCATION)).scalar_one())

    def positions(self, postcodes: Iterable[str]) -> Mapping[str, tuple[float, float]]:
        """Latitude and longitude by postcode or outcode; those not known are left out."""
        query = select(POSITION.c.postcode, POSITION.c.latitude, POSITION.c.longitude)
        return {
            postcode: (latitude, longitude)
            for lot in _in_lots(dict.fromkeys(postcodes))
            for postcode, latitude, longitude in self._connection.execute(
                query.where(POSITION.c.postcode.in_(lot))
            )
        }

    def positions_within(self, outcodes: Iterable[str]) -> tuple[tuple[str, float, float], ...]:
        """Every known postcode position of some outcodes: postcode, latitude, longitude."""
        query = (
            select(POSITION.c.postcode, POSITION.c.latitude, POSITION.c.longitude)
            .where(POSITION.c.outcode.in_(list(outcodes)))
            .order_by(POSITION.c.postcode)
        )
        return tuple((str(row[0]), float(row[1]), float(row[2])) for row in self._connection.execute(query))

    def keep_positions(self, rows: Iterable[tuple[str, float, float]]) -> int:
        """Insert or replace postcode positions in bulk; how many were new or changed."""
        return sum(self._keep_lot(lot) for lot in _in_lots(rows))

    def _keep_lot(self, lot: Sequence[tuple[str, float, float]]) -> int:
        before = self.positions(postcode for postcode, _, _ in lot)
        changed = {row[0]: row for row in lot if before.get(row[0]) != row[1:]}
        if changed:
            statement = insert(POSITION)
            kept = {name: statement.excluded[name] for name in ("outcode", "latitude", "longitude")}
            self._connection.execute(
                statement.on_conflict_do_update(index_elements=["postcode"], set_=kept),
                [
                    {
                        "postcode": postcode, "outcode": postcode.split(" ")[0],
                        "latitude": latitude, "longitude": longitude,
                    }
                    for postcode, latitude, longitude in changed.values()
                ],
            )
        return len(changed)

    def _fetch(self, query: Any) -> Iterator[KnownLocation]:
        for row in self._connection.execute(query):
            values = list(row)
            for place, column in _CONVERTED:
                values[place] = self._value(column, values[place])
            yield KnownLocation(LocationFacts(*values[:-1]), self._origins(values[-1]))

    def _value(self, column: FieldColumn, held: Any) -> Any:
        """A column's value; the few that many locations share are read once."""
        if held is None:
            return None
        key = (column.name, held)
        if key not in self._read_values:
            self._read_values[key] = column.from_sql(held)
        return self._read_values[key]

    def _origins(self, text: str) -> Mapping[str, FactOrigin]:
        if text not in self._read_origins:
            sources = sources_of(self._connection)
            parts = (part.split(" ") for part in text.split(";") if part)
            self._read_origins[text] = {
                fact: sources[int(number)] for number, facts in parts for fact in facts.split(",")
            }
        return self._read_origins[text]


class _RowWriter:
    """Turns locations into rows for one statement; texts that many locations share are made once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._numbers = {origin: number for number, origin in sources_of(connection).items()}
        self._texts: dict[object, str] = {}
        self._origins: dict[object, str] = {}

    def row(self, location: KnownLocation) -> tuple[Any, ...]:
        """Values in the order of the table's columns."""
        facts = location.facts
        held = [
            self._shared(column, value) if type(value) is tuple else column.to_sql(value)
            for column, value in zip(_COLUMNS, _VALUES(facts), strict=True)
        ]
        looked_for = (facts.location_name, facts.provider_name, facts.location_id, facts.postcode)
        search_text = " ".join(part for part in looked_for if part).casefold()
        return (*held, self._origins_text(location.origins), search_text, 1)

    def _shared(self, column: FieldColumn, value: tuple[str, ...]) -> str:
        if value not in self._texts:
            self._texts[value] = column.to_sql(value)
        return self._texts[value]

    def _origins_text(self, origins: Mapping[str, FactOrigin]) -> str:
        """As `1 postcode,rating;2 beds`: few distinct texts for many locations."""
        # Origins are shared between facts and locations, so that telling them apart by identity is enough
        # here and spares hashing millions of them.
        key = (*origins, *map(id, origins.values()))
        if key not in self._origins:
            facts_by_source: dict[int, list[str]] = {}
            for fact, origin in sorted(origins.items()):
                facts_by_source.setdefault(self._number(origin), []).append(fact)
            parts = (f"{number} {','.join(facts)}" for number, facts in sorted(facts_by_source.items()))
            self._origins[key] = ";".join(parts)
        return self._origins[key]

    def _number(self, origin: FactOrigin) -> int:
        if origin not in self._numbers:
            self._numbers[origin] = max(self._numbers.values(), default=0) + 1
            self._connection.execute(FACT_SOURCE.insert().values(
                number=self._numbers[origin], file_sha256=origin.file_sha256,
                dated_on=origin.dated_on.isoformat(),
            ))
        return self._numbers[origin]


def sources_of(connection: Connection) -> dict[int, FactOrigin]:
    """Every file that stated facts, by number."""
    return {
        number: FactOrigin(sha256, date.fromisoformat(dated_on))
        for number, sha256, dated_on in connection.execute(select(FACT_SOURCE))
    }


def _keep_statement(connection: Connection) -> str:
    statement = insert(LOCATION)
    changed = {
        column.name: statement.excluded[column.name]
        for column in LOCATION.columns
        if column.name not in {"location_id", "version"}
    }
    later = statement.on_conflict_do_update(
        index_elements=["location_id"], set_={**changed, "version": LOCATION.c.version + literal_column("1")}
    )
    # As text, because the rows are many and already in the order of the columns.
    return str(later.compile(dialect=connection.dialect))
