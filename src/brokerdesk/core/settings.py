"""Every setting once: its type, what it is when nobody has set it, and what it means."""

from __future__ import annotations

import dataclasses
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any, get_type_hints

from brokerdesk.core.domain.errors import InputError, InputProblem, PlaceError
from brokerdesk.core.files import write_safely


class Theme(StrEnum):
    """How the window is coloured."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


def _meaning(text: str, *, least: int | None = None, most: int | None = None) -> dict[str, Any]:
    return {"meaning": text, "least": least, "most": most}


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one officer on one computer; the council's own rules live in the rulebook, not here."""

    idle_lock_minutes: int = field(
        default=10,
        metadata=_meaning("Minutes without a key or a click after which the desk locks.", least=1, most=60),
    )
    theme: Theme = field(default=Theme.SYSTEM, metadata=_meaning("Colours of the window."))
    text_size_percent: int = field(
        default=100, metadata=_meaning("Size of all text, in hundredths of the usual.", least=80, most=200)
    )
    backup_folder: str = field(default="", metadata=_meaning("Folder for backups; empty means in the desk."))
    time_stamp_service: str = field(
        default="",
        metadata=_meaning("Address of the council’s time-stamp service; empty means that none is asked."),
    )
    rulebook_folder: str = field(
        default="",
        metadata=_meaning("Folder of the council's own dated tables, which go first; empty means none."),
    )


@dataclass(frozen=True, slots=True)
class SettingFact:
    """One setting as a settings page or a help text shows it."""

    name: str
    kind: type
    """Type of the value: int, str or an enum of words."""
    default: object
    meaning: str
    least: int | None
    """Smallest number allowed; none for what is not a number."""
    most: int | None
    """Largest number allowed; none for what is not a number."""


def setting_facts() -> tuple[SettingFact, ...]:
    """Every setting, in the order in which a settings page shows them."""
    kinds = get_type_hints(Settings)
    fields = dataclasses.fields(Settings)
    return tuple(SettingFact(f.name, kinds[f.name], f.default, **f.metadata) for f in fields)


def read_settings(file: Path) -> Settings:
    """Settings from a TOML file; what it does not name, or all where there is no file, is at its default.

    Raises:
        InputError: a name that is no setting (the nearest one is offered) or a value outside its range.
        PlaceError: the file may not be read.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except OSError as why:
        raise PlaceError(f"You may not read the settings in {file}. Ask IT for the right to.") from why
    except UnicodeDecodeError as why:
        raise _unreadable(file) from why
    try:
        return settings_from(tomllib.loads(text), str(file))
    except tomllib.TOMLDecodeError as why:
        raise _unreadable(file) from why


def settings_from(given: Mapping[str, object], where: str) -> Settings:
    """Settings from names and values.

    Args:
        given: what is set; the rest is at its default.
        where: what people call the place they came from, for the sentence.

    Raises:
        InputError: with one problem for each name or value that cannot be used.
    """
    facts = {fact.name: fact for fact in setting_facts()}
    values: dict[str, Any] = {}
    problems: list[InputProblem] = []
    for name, found in given.items():
        wanted = _wanted(facts[name], found) if name in facts else _nearest(name, tuple(facts))
        if wanted is None:
            values[name] = facts[name].kind(found)
        else:
            problems.append(InputProblem(row=None, column=name, found=str(found)[:80], wanted=wanted))
    if problems:
        raise InputError(_many(problems, where), problems=tuple(problems))
    return Settings(**values)


def write_settings(file: Path, settings: Settings) -> None:
    """Keep the settings that differ from their defaults, each below its meaning.

    Raises:
        InputError: a value outside its range, so that no file is written that could not be read again.
        PlaceError: the file cannot be written.
    """
    settings_from(dataclasses.asdict(settings), str(file))
    lines = ["# Settings of BrokerDesk; what is not named here is at its default."]
    for fact in setting_facts():
        value = getattr(settings, fact.name)
        if value != fact.default:
            lines += ["", f"# {fact.meaning}", f"{fact.name} = {_toml(value)}"]
    write_safely(file, ("\n".join(lines) + "\n").encode())


def _wanted(fact: SettingFact, found: object) -> str | None:
    """What would be read in place of this value; none where it can be used."""
    if fact.kind is int:
        least, most = fact.least or 0, fact.most or 0
        fits = type(found) is int and least <= found <= most
        return None if fits else f"a whole number from {least} to {most}"
    if issubclass(fact.kind, StrEnum):
        words = [word.value for word in fact.kind]
        return None if found in words else "one of " + ", ".join(words)
    return None if isinstance(found, str) else "text"


def _nearest(name: str, names: tuple[str, ...]) -> str:
    near = get_close_matches(name, names, n=1)
    return f"a setting's name; the nearest is {near[0]}" if near else "one of " + ", ".join(names)


def _many(problems: list[InputProblem], where: str) -> str:
    first = problems[0]
    said = f"In the settings of {where}, “{first.column}” is {first.found}; wanted is {first.wanted}."
    return said if len(problems) == 1 else f"{said} {len(problems) - 1} more cannot be used either."


def _unreadable(file: Path) -> InputError:
    return InputError(
        f"{file} is not a file of settings. Mend it, or move it away to start with the defaults.",
        unreadable=True,
    )


def _toml(value: object) -> str:
    if isinstance(value, int):
        return str(value)
    # A JSON string is a TOML string, but for DEL, which TOML wants escaped.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
