"""Reads the ready-made rules that are shipped with the program."""

from __future__ import annotations

import tomllib
from pathlib import Path

from brokerdesk.core.domain.errors import PlaceError
from brokerdesk.core.domain.plain import PlainMismatchError
from brokerdesk.core.domain.rule_examples import RuleExample, example_of


def read_examples(folder: Path) -> tuple[RuleExample, ...]:
    """Every example of a folder, in the order of the file names.

    Raises:
        PlaceError: one of them is torn.
    """
    try:
        paths = sorted(folder.glob("*.toml"))
        return tuple(example_of(tomllib.loads(path.read_text(encoding="utf-8"))) for path in paths)
    except (OSError, ValueError, PlainMismatchError) as why:
        raise PlaceError(
            f"The ready-made rules in {folder} cannot be read: {why}. Install BrokerDesk again."
        ) from why
