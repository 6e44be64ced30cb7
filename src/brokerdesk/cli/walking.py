"""`walk`: a scenario on a desk of its own, and everything that it leaves."""

from __future__ import annotations

import json
import secrets
import shutil
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path

from brokerdesk import wiring
from brokerdesk.cli.answers import Reply, problem_lines
from brokerdesk.cli.arguments import Given
from brokerdesk.cli.sign_in import stated_passphrase
from brokerdesk.core.domain.errors import PlaceError, RuleError
from brokerdesk.core.domain.officer import Authority, Role
from brokerdesk.core.domain.scenario import Scenario
from brokerdesk.core.files import write_safely
from brokerdesk.core.services.stage import OpenStage
from brokerdesk.core.services.walk import Walked, walk
from brokerdesk.core.services.walk_papers import outcome_words, write_papers

_MARK = "made-by-walk.txt"
"""Stands in a desk that a walk made, so that the next walk into the same folder may replace it."""
_POSTS = {"broker": "Care broker", "approver": "Service manager", "manager": "Framework manager"}


def walk_options(parser: ArgumentParser) -> None:
    """The scenario, and where it leaves its papers."""
    parser.add_argument("scenario", type=Path, metavar="SCENARIO.toml")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")


def walk_scenario(given: Given) -> Reply:
    """Do the whole scenario; 0 when it ends as it says, 1 when it is refused otherwise."""
    path, out = given.options.scenario.absolute(), given.options.out.absolute()
    scenario = wiring.read_scenario(path)
    with _stage(given, scenario, out) as stage:
        walked = walk(scenario, path.parent, stage)
        write_papers(walked, stage.as_officer(scenario.officers.broker), out)
    return _reply(walked, out)


def _reply(walked: Walked, out: Path) -> Reply:
    refusal = walked.refusal
    if refusal is not None and not walked.as_expected:
        refusal.message = outcome_words(walked)
        raise refusal
    if not walked.as_expected:
        raise RuleError(outcome_words(walked))
    value = {
        "package": walked.package.reference if walked.package else None, "out": str(out),
        "letters": [letter.file_name for letter in walked.letters],
        "refused_at": walked.station.value if refusal else None, "rule": getattr(refusal, "rule", None),
        "steps": walked.steps,
    }  # fmt: skip
    said = problem_lines(getattr(refusal, "problems", ()))
    return Reply(value, (*walked.steps, outcome_words(walked)), said)


def _stage(given: Given, scenario: Scenario, out: Path) -> OpenStage:
    """A fresh desk of the scenario's officers, or the one that `--desk` names."""
    folder = given.desk.absolute() if given.desk else out / "desk"
    stated = stated_passphrase(given)
    names = tuple(scenario.officers.roles())
    passphrases = {name: stated or _made_up() for name in names}
    if given.desk is not None and wiring.is_desk(folder):
        if stated is None:
            raise PlaceError(
                f"The desk in {folder} has passphrases of its own. Name a file with --passphrase-file."
            )
        return wiring.open_stage(folder, passphrases, wiring.SettableClock(scenario.desk.clock))
    if given.desk is None:
        _clear(folder)
    stage = _new_stage(folder, scenario, passphrases)
    if given.desk is None:
        (folder / _MARK).write_text("A walk made this desk; the next walk into this folder replaces it.\n")
    if stated is None:
        write_safely(out / "passphrases.json", (json.dumps(passphrases, indent=1) + "\n").encode())
    return stage


def _new_stage(folder: Path, scenario: Scenario, passphrases: Mapping[str, str]) -> OpenStage:
    roles = {name: tuple(Role(role) for role in held) for name, held in scenario.officers.roles().items()}
    officers = scenario.officers
    posts = {
        officers.manager: _POSTS["manager"], officers.approver: _POSTS["approver"],
        officers.broker: _POSTS["broker"],
    }  # fmt: skip
    is_demo = "demo" in scenario.desk.authority.casefold()
    return wiring.new_stage(
        folder, authority=Authority("", scenario.desk.authority, is_demo=is_demo), roles=roles,
        passphrases=passphrases, at=scenario.desk.clock, posts=posts,
    )  # fmt: skip


def _made_up() -> str:
    return "-".join(secrets.token_hex(3) for _ in range(4))


def _clear(folder: Path) -> None:
    """Take away the desk of an earlier walk; any other desk stays, and the walk is refused.

    Raises:
        PlaceError: a desk stands there that no walk made.
    """
    if not folder.exists():
        return
    if not (folder / _MARK).exists() and any(folder.iterdir()):
        raise PlaceError(f"{folder} holds a desk that no walk made. Name another folder with --out.")
    shutil.rmtree(folder)
