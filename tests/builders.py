"""Desks, officers and places for tests: real SQLCipher, a clock that stands, passphrases cheap to try."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from brokerdesk import wiring
from brokerdesk.core.domain.directory import DirectoryRead, LocationFacts, Rating
from brokerdesk.core.domain.officer import Authority, Role
from brokerdesk.core.store.sealing import KeyCost

CHEAP = KeyCost(memory_kib=64, rounds=1, lanes=1)
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
BROKER, APPROVER, MANAGER, AUDITOR = "A. Broker", "B. Approver", "C. Manager", "D. Auditor"
PASSPHRASES = {name: f"{name} keeps four words" for name in (BROKER, APPROVER, MANAGER, AUDITOR)}
ROLES = {
    BROKER: (Role.BROKER,), APPROVER: (Role.APPROVER,), MANAGER: (Role.FRAMEWORK_MANAGER,),
    AUDITOR: (Role.AUDITOR,),
}


@dataclass(frozen=True)
class Made:
    """A desk that was set up for a test."""

    folder: Path
    clock: wiring.SettableClock
    recovery_key: str
    device: str

    def open(self, officer: str = BROKER, passphrase: str | None = None) -> wiring.OpenDesk:
        """The desk as an officer opens it."""
        return wiring.open_desk(
            self.folder, officer_name=officer, passphrase=passphrase or PASSPHRASES[officer],
            clock=self.clock, cost=CHEAP,
        )


def make_desk(folder: Path, *, at: datetime = NOON, **authority: Any) -> Made:
    """Set up a desk with four officers, one of each role."""
    clock = wiring.SettableClock(at)
    officers = [
        wiring.NewOfficer(name, ROLES[name], PASSPHRASES[name], post=ROLES[name][0].words.title())
        for name in PASSPHRASES
    ]
    council = Authority("", "Demo Borough Council", is_demo=True, **authority)
    created = wiring.create_desk(folder, authority=council, officers=officers, clock=clock, cost=CHEAP)
    return Made(folder, clock, created.recovery_key, created.device)


def a_location(number: int, **facts: Any) -> LocationFacts:
    """What a file states of an invented care agency."""
    stated: dict[str, Any] = {
        "provider_id": f"1-2{number:08d}", "location_name": f"Wrenhollow Home Care {number}",
        "postcode": "WN5 9AA", "latitude": 53.5, "longitude": -2.7, "is_registered": True,
        "regulated_activities": ("Personal care",), "rating": Rating.GOOD, "rating_on": date(2026, 3, 2),
    }
    return LocationFacts(f"1-1{number:08d}", **{**stated, **facts})


def a_directory(
    *rows: LocationFacts, sha256: str = "a" * 64, dated_on: date | None = date(2026, 11, 2)
) -> DirectoryRead:
    """A directory file as its reader answers."""
    return DirectoryRead(
        layout="Directory with filters", file_name="directory.csv", file_sha256=sha256,
        file_dated_on=dated_on, dated_by="the file's own heading", rows_read=len(rows), rows=rows,
        problems=(), skipped=(),
    )
