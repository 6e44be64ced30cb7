"""The regulator's locations and the positions of postcodes, kept and read in bulk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert

from brokerdesk.core.domain.directory import FactOrigin, KnownLocation, LocationFacts
from brokerdesk.core.store.columns import columns_of
from brokerdesk.core.store.tables import FACT_SOURCE, LOCATION, POSITION

T = TypeVar("T")
_COLUMNS = columns_of(LocationFacts)
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
        numbers = self._source_numbers()
        written: dict[tuple[tuple[str, FactOrigin], ...], str] = {}
        rows = [self._row(location, numbers, written) for location in locations]
        if not rows:
            return
        statement = insert(LOCATION)
        changed = {
            column.name: statement.excluded[column.name]
            for column in LOCATION.columns
            if column.name not in {"location_id", "version"}
        }
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["location_id"], set_={**changed, "version": LOCATION.c.version + 1}
            ),
            rows,
        )
        for row in rows:
            self._touch("location", row["location_id"])

    def search(self, text: str, limit: int) -> tuple[KnownLocation, ...]:
        """Known locations whose name, provider, id or postcode contains the text, by name."""
        wanted = text.strip().casefold()
        query = (
            select(*_FACTS, LOCATION.c.origins)
            .where(LOCATION.c.search_text.contains(wanted, autoescape=True))
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
            facts = LocationFacts(*(
                column.from_sql(held) for column, held in zip(_COLUMNS, row[:-1], strict=True)
            ))
            yield KnownLocation(facts, self._origins(row[-1]))

    def _row(
        self, location: KnownLocation, numbers: dict[FactOrigin, int],
        written: dict[tuple[tuple[str, FactOrigin], ...], str],
    ) -> dict[str, Any]:
        facts = location.facts
        row = {column.name: column.to_sql(getattr(facts, column.name)) for column in _COLUMNS}
        key = tuple(location.origins.items())
        if key not in written:
            written[key] = self._write_origins(location.origins, numbers)
        looked_for = (facts.location_name, facts.provider_name, facts.location_id, facts.postcode)
        return {
            **row, "origins": written[key], "version": 1,
            "search_text": " ".join(part for part in looked_for if part).casefold(),
        }

    def _source_numbers(self) -> dict[FactOrigin, int]:
        return {origin: number for number, origin in self._sources().items()}

    def _sources(self) -> dict[int, FactOrigin]:
        return {
            number: FactOrigin(sha256, date.fromisoformat(dated_on))
            for number, sha256, dated_on in self._connection.execute(select(FACT_SOURCE))
        }

    def _write_origins(self, origins: Mapping[str, FactOrigin], numbers: dict[FactOrigin, int]) -> str:
        """As `1 postcode,rating;2 beds`: few distinct texts for many locations."""
        facts_by_source: dict[int, list[str]] = {}
        for fact, origin in sorted(origins.items()):
            if origin not in numbers:
                numbers[origin] = max(numbers.values(), default=0) + 1
                self._connection.execute(FACT_SOURCE.insert().values(
                    number=numbers[origin], file_sha256=origin.file_sha256,
                    dated_on=origin.dated_on.isoformat(),
                ))
            facts_by_source.setdefault(numbers[origin], []).append(fact)
        return ";".join(f"{number} {','.join(facts)}" for number, facts in sorted(facts_by_source.items()))

    def _origins(self, text: str) -> Mapping[str, FactOrigin]:
        if text not in self._read_origins:
            sources = self._sources()
            parts = (part.split(" ") for part in text.split(";") if part)
            self._read_origins[text] = {
                fact: sources[int(number)] for number, facts in parts for fact in facts.split(",")
            }
        return self._read_origins[text]
