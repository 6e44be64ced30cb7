"""Walks for the tests: the shipped scenarios, changed in one place each, on a desk with cheap keys."""

from __future__ import annotations

import copy
import tomllib
from pathlib import Path
from typing import Any

from brokerdesk import wiring
from brokerdesk.core.domain.errors import InputError, RuleError
from brokerdesk.core.domain.officer import Authority, Role
from brokerdesk.core.domain.scenario import Scenario, Station
from brokerdesk.core.domain.scenario_check import scenario_of
from brokerdesk.core.services.stage import OpenStage
from brokerdesk.core.services.walk import Walked, go_on
from builders import CHEAP

SCENARIOS = Path(__file__).resolve().parents[2] / "resources" / "scenarios"
PASSPHRASE = "correct horse battery"


def tables(name: str) -> dict[str, Any]:
    """A shipped scenario as its tables."""
    return tomllib.loads((SCENARIOS / f"{name}.toml").read_text(encoding="utf-8"), parse_float=str)


def changed(told: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The tables with some keys set; `need__starts_on=...` reaches into a table, None takes a key away."""
    told = copy.deepcopy(told)
    for path, value in changes.items():
        *outer, last = path.split("__")
        table = told
        for name in outer:
            table = table.setdefault(name, {})
        if value is None:
            table.pop(last, None)
        else:
            table[last] = value
    return told


def open_stage(folder: Path, scenario: Scenario) -> OpenStage:
    """A desk of the scenario's officers."""
    roles = {name: tuple(Role(r) for r in held) for name, held in scenario.officers.roles().items()}
    authority = Authority("", scenario.desk.authority, is_demo=True)
    return wiring.new_stage(
        folder, authority=authority, roles=roles, passphrases=dict.fromkeys(roles, PASSPHRASE),
        at=scenario.desk.clock, cost=CHEAP,
    )  # fmt: skip


class Shared:
    """One desk on which the directory and the framework stand, for many packages one after the other."""

    def __init__(self, folder: Path, name: str) -> None:
        scenario = scenario_of(tables(name))
        self.stage = open_stage(folder, scenario)
        first = Walked(scenario)
        go_on(first, SCENARIOS, self.stage, until=Station.DESK)
        self.framework = first.framework

    def walk(self, told: dict[str, Any]) -> Walked:
        """Walk a scenario from its need on."""
        scenario = scenario_of(told)
        self.stage.set_clock(scenario.desk.clock)
        walked = Walked(scenario, station=Station.NEED, framework=self.framework)
        try:
            go_on(walked, SCENARIOS, self.stage)
        except (RuleError, InputError) as refusal:
            walked.refusal = refusal
        return walked
