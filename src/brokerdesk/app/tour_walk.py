"""The walks of the tour: each shipped scenario on a desk of its own, its papers left in a folder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from brokerdesk import wiring
from brokerdesk.core import places
from brokerdesk.core.domain.errors import PlaceError, RuleError
from brokerdesk.core.domain.officer import Authority, Role
from brokerdesk.core.domain.scenario import Scenario
from brokerdesk.core.files import write_safely
from brokerdesk.core.services.demo import DEMO_PASSPHRASE
from brokerdesk.core.services.stage import OpenStage
from brokerdesk.core.services.walk import walk
from brokerdesk.core.services.walk_papers import outcome_words, write_papers

_MARK = "made-by-tour.txt"
_MARKS = (_MARK, "desk/made-by-walk.txt")
"""One of them stands in a folder that a tour or a walk made, so that the next tour may replace it."""


@dataclass(frozen=True, slots=True)
class WalkedDesk:
    """A desk on which a walk came to its end; every officer's passphrase is the demo's."""

    folder: Path
    broker: str
    reference: str
    """Of the package that was walked."""
    letters: tuple[Path, ...]
    ended_at: datetime


def claim(out: Path) -> None:
    """Take a folder for the tour.

    Raises:
        PlaceError: it holds something that no tour and no walk made, or it cannot be written.
    """
    if out.exists() and not out.is_dir():
        raise PlaceError(f"{out} is a file, so the tour leaves nothing there. Name a folder with --out.")
    is_ours = any((out / mark).exists() for mark in _MARKS)
    if out.is_dir() and not is_ours and any(out.iterdir()):
        raise PlaceError(f"{out} holds something that no tour made. Name another folder with --out.")
    write_safely(out / _MARK, b"A tour made what is here; the next tour replaces it.\n")


def walk_scenario(name: str, folder: Path, out: Path) -> WalkedDesk:
    """Walk a shipped scenario on a desk of its own and leave its papers.

    Args:
        name: of the scenario.
        folder: where its desk is made.
        out: where its papers go.

    Raises:
        RuleError: it ended otherwise than it says.
    """
    stories = places.resource("scenarios")
    scenario = wiring.read_scenario(stories / f"{name}.toml")
    broker = scenario.officers.broker
    with _stage(scenario, folder) as stage:
        walked = walk(scenario, stories, stage)
        write_papers(walked, stage.as_officer(broker), out)
        ended_at = stage.as_officer(broker).now()
    if not walked.as_expected or walked.package is None:
        raise RuleError(outcome_words(walked))
    letters = tuple(out / "letters" / letter.file_name for letter in walked.letters)
    return WalkedDesk(folder, broker, walked.package.reference, letters, ended_at)


def _stage(scenario: Scenario, folder: Path) -> OpenStage:
    roles = {name: tuple(Role(role) for role in held) for name, held in scenario.officers.roles().items()}
    officers = scenario.officers
    posts = {
        officers.manager: "Framework manager",
        officers.approver: "Service manager",
        officers.broker: "Care broker",
    }
    return wiring.new_stage(
        folder,
        authority=Authority("", scenario.desk.authority, is_demo=True),
        roles=roles,
        passphrases=dict.fromkeys(roles, DEMO_PASSPHRASE),
        at=scenario.desk.clock,
        posts=posts,
    )
