"""Real desks for the bench: SQLCipher, a register, officers whose passphrases are cheap to try."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from brokerdesk import wiring
from brokerdesk.core import places
from brokerdesk.core.domain.officer import Authority, Role
from brokerdesk.core.services.stage import OpenStage
from brokerdesk.core.services.walk import Walked, walk
from brokerdesk.core.store.sealing import KeyCost

PASSPHRASE = "four words that are kept"  # noqa: S105 - of invented officers
OFFICER = "M. Manager"
CHEAP = KeyCost(memory_kib=64, rounds=1, lanes=1)
_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def make_desk(folder: Path, *, cost: KeyCost | None = CHEAP) -> None:
    """Set up a desk of one officer who may do everything here.

    Args:
        folder: where.
        cost: of trying a passphrase; the standard, which a thief pays too, where none.
    """
    roles = (Role.BROKER, Role.FRAMEWORK_MANAGER)
    officer = wiring.NewOfficer(OFFICER, roles, PASSPHRASE, post="Framework manager")
    clock = wiring.SettableClock(_NOON)
    council = Authority("", "Demo Borough Council", is_demo=True)
    wiring.create_desk(folder, authority=council, officers=[officer], clock=clock, cost=cost)


@contextmanager
def empty_desk() -> Iterator[wiring.OpenDesk]:
    """A new desk that knows no provider; gone afterwards."""
    with TemporaryDirectory() as place:
        folder = Path(place) / "desk"
        make_desk(folder)
        clock = wiring.SettableClock(_NOON)
        opened = wiring.open_desk(
            folder, officer_name=OFFICER, passphrase=PASSPHRASE, clock=clock, cost=CHEAP
        )
        try:
            yield opened
        finally:
            opened.close(back_up=False)


@contextmanager
def walked_desk(scenario_name: str) -> Iterator[tuple[OpenStage, Walked]]:
    """A desk on which a shipped scenario was walked to its letters; gone afterwards."""
    stories = places.resource("scenarios")
    scenario = wiring.read_scenario(stories / f"{scenario_name}.toml")
    roles = {name: tuple(Role(role) for role in held) for name, held in scenario.officers.roles().items()}
    with TemporaryDirectory() as place:
        stage = wiring.new_stage(
            Path(place) / "desk",
            authority=Authority("", scenario.desk.authority, is_demo=True),
            roles=roles,
            passphrases=dict.fromkeys(roles, PASSPHRASE),
            at=scenario.desk.clock,
            cost=CHEAP,
        )
        with stage:
            yield stage, walk(scenario, stories, stage)
