"""The register as it is written and counted through: each entry chains the one before."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from brokerdesk.core.domain.officer import Officer
from brokerdesk.core.domain.plain import to_json, to_plain
from brokerdesk.core.domain.register import START, RegisterEntry, hash_details, hash_entry
from brokerdesk.core.store.columns import columns_of
from brokerdesk.core.store.tables import DETAILS, DEVICE, REGISTER

_COLUMNS = columns_of(RegisterEntry)


@dataclass(frozen=True, slots=True)
class Written:
    """One entry with what lies beside it."""

    entry: RegisterEntry
    salt: str | None
    content: str | None
    """Canonical JSON of the details; none where they were erased."""


def append(
    connection: Connection, *, act: str, officer: Officer, at: datetime, rules: tuple[str, ...],
    details: Mapping[str, object],
) -> RegisterEntry:
    """Write the next entry and its details in the transaction of the act."""
    number, head = head_of(connection)
    salt, content = secrets.token_hex(16), to_json(details)
    unsealed = RegisterEntry(
        number=number + 1, device=device_code(connection), at=to_plain(at), officer_id=officer.id,
        officer=officer.name, act=act, rules=rules, details_hash=hash_details(salt, content),
        previous=head, hash="",
    )
    entry = replace(unsealed, hash=hash_entry(unsealed))
    row = {column.name: column.to_sql(getattr(entry, column.name)) for column in _COLUMNS}
    connection.execute(insert(REGISTER).values(row))
    connection.execute(insert(DETAILS).values(number=entry.number, salt=salt, content=content))
    return entry


def device_code(connection: Connection) -> str:
    """The three letters of this laptop."""
    return str(connection.execute(select(DEVICE.c.code)).scalar_one())


def head_of(connection: Connection) -> tuple[int, str]:
    """Length of the chain and the hash that the next entry chains to."""
    last = connection.execute(
        select(REGISTER.c.number, REGISTER.c.hash).order_by(REGISTER.c.number.desc()).limit(1)
    ).first()
    return (int(last[0]), str(last[1])) if last else (0, START)


def read_all(connection: Connection) -> tuple[Written, ...]:
    """Every entry in order, with its details where they are still there."""
    query = (
        select(*(REGISTER.c[column.name] for column in _COLUMNS), DETAILS.c.salt, DETAILS.c.content)
        .select_from(REGISTER.outerjoin(DETAILS, DETAILS.c.number == REGISTER.c.number))
        .order_by(REGISTER.c.number)
    )
    return tuple(_written(row) for row in connection.execute(query))


def _written(row: Any) -> Written:
    held = [column.from_sql(value) for column, value in zip(_COLUMNS, row[: len(_COLUMNS)], strict=True)]
    return Written(RegisterEntry(*held), row[-2], row[-1])


def details_of(written: Written) -> dict[str, object] | None:
    """The details as values; none where they were erased."""
    return None if written.content is None else json.loads(written.content)


def breaks_in(chain: tuple[Written, ...]) -> tuple[str, ...]:
    """What is wrong with a chain, one sentence for each; empty where it is whole."""
    found: list[str] = []
    previous = START
    for place, written in enumerate(chain, start=1):
        entry = written.entry
        if entry.number != place:
            found.append(f"Entry {place} of the register is missing: {entry.number} stands in its place.")
            return tuple(found)
        if entry.previous != previous or hash_entry(entry) != entry.hash:
            found.append(f"Entry {place} of the register ({entry.act}) was changed after it was written.")
        if _details_differ(written):
            found.append(f"The details of entry {place} ({entry.act}) were changed after they were written.")
        previous = entry.hash
    return tuple(found)


def _details_differ(written: Written) -> bool:
    if written.content is None:
        return False
    return hash_details(written.salt or "", written.content) != written.entry.details_hash


def erased_in(chain: tuple[Written, ...]) -> int:
    """How many entries have had their details erased."""
    return sum(written.content is None for written in chain)
