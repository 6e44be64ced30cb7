"""P-14: counting through the register again, every hash of every entry and of its details."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine

from bench.contest import Contest, Contestant, Run, Target, timed
from bench.desks import empty_desk
from bench.sizes import Sizes
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.store.register_chain import append, breaks_in, read_all

_AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
_SECONDS_AN_ENTRY = 3 / 1_000_000
_ROWS = (
    "SELECT e.number, e.device, e.at, e.officer_id, e.officer, e.act, e.rules, e.details_hash, e.previous, "
    "e.hash, d.salt, d.content FROM register_entry e JOIN register_details d ON d.number = e.number "
    "ORDER BY e.number"
)


def contests(sizes: Sizes) -> Iterator[Contest]:
    """A register of that many acts on an encrypted desk."""
    with empty_desk() as opened:
        engine = opened.store.engine
        entries = _fill(engine, opened.desk, sizes.entries)
        most = entries * _SECONDS_AN_ENTRY
        yield Contest(
            id="P-14",
            name=f"register of {entries:,} entries counted through",
            ours=lambda: _ours(engine),
            oracle=(entries, True),
            target=Target(f"at most {most:.3f} s (1,000,000 in 3 s)", most),
            limit=Contestant("SELECT and hashlib in one loop", lambda: _bare(engine)),
            libraries=("SQLAlchemy", "sqlcipher3"),
            rounds=sizes.rounds,
        )


def _fill(engine: Engine, desk: Desk, wanted: int) -> int:
    """Write acts until the register has that many; how many it has."""
    with engine.begin() as connection:
        known = len(read_all(connection))
        for number in range(known, wanted):
            append(
                connection, act="offer_recorded", officer=desk.operator, at=_AT, rules=("R087",),
                details={"arguments": {"location_id": f"1-9{number:08d}", "rate": "24.10"}, "changed": []},
            )  # fmt: skip
    return max(known, wanted)


def _ours(engine: Engine) -> Run:
    seconds, (count, breaks) = timed(lambda: _counted(engine))
    return Run(seconds, (count, not breaks))


def _counted(engine: Engine) -> tuple[int, tuple[str, ...]]:
    with engine.connect() as connection:
        chain = read_all(connection)
    return len(chain), breaks_in(chain)


def _bare(engine: Engine) -> Run:
    seconds, answer = timed(lambda: _looped(engine))
    return Run(seconds, answer)


def _looped(engine: Engine) -> tuple[int, bool]:
    count, previous, holds = 0, "0" * 64, True
    with engine.connect() as connection:
        for row in connection.exec_driver_sql(_ROWS):
            holds = holds and row.previous == previous and _hash_of(row) == row.hash
            told = f"{row.salt}\n{row.content}".encode()
            holds = holds and hashlib.sha256(told).hexdigest() == row.details_hash
            count, previous = count + 1, row.hash
    return count, holds


def _hash_of(row: Any) -> str:
    told = {
        "number": row.number, "device": row.device, "at": row.at, "officer_id": row.officer_id,
        "officer": row.officer, "act": row.act, "rules": json.loads(row.rules),
        "details_hash": row.details_hash, "previous": row.previous,
    }  # fmt: skip
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
