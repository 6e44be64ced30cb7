"""Reads a scenario file: small, plain TOML, capped before it is parsed."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.scenario import Scenario
from brokerdesk.core.domain.scenario_check import scenario_of

_MOST_BYTES = 256 * 1024
"""A scenario is one person's need; the largest of ours is 3 KB. So small a text needs no child process."""


def read_scenario(path: Path) -> Scenario:
    """The scenario of a file.

    Raises:
        InputError: there is no such file, it is too large, or it cannot be read; the whole file is refused.
    """
    return scenario_of(_tables(path, _text(path)))


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > _MOST_BYTES:
            raise _refused(f"“{path.name}” has {size:,} bytes, and a scenario has at most {_MOST_BYTES:,}.")
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as why:
        raise _refused(f"“{path.name}” is not text in UTF-8. Save it as UTF-8.") from why
    except OSError as why:
        raise _refused(f"There is no scenario “{path.name}” that can be read in {path.parent}.") from why


def _tables(path: Path, text: str) -> dict[str, Any]:
    try:
        # Money stays the text that stands in the file; a float would change pennies.
        return tomllib.loads(text, parse_float=str)
    except tomllib.TOMLDecodeError as why:
        raise _refused(f"“{path.name}” is not TOML: {why}.") from why
    except RecursionError as why:
        raise _refused(f"“{path.name}” is nested too deeply for a scenario.") from why
    except ValueError as why:
        raise _refused(f"“{path.name}” has a number that is too long to read.") from why


def _refused(sentence: str) -> InputError:
    return InputError(sentence, unreadable=True)
