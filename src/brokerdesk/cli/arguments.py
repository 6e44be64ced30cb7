"""Reads the command line: options before or after the command, unknown names with the nearest one offered."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NoReturn

from brokerdesk.cli.answers import Reply
from brokerdesk.core.domain.errors import InputError

_HOUSE = ("--desk", "--as", "--passphrase-file", "--json")


@dataclass(frozen=True)
class Given:
    """What was typed, once it is read."""

    desk: Path | None
    officer: str | None
    passphrase_file: Path | None
    as_json: bool
    options: argparse.Namespace
    """Of the command."""
    said: list[str] = field(default_factory=list)
    """Sentences to be said after the outcome, such as that no backup was made when the desk was closed."""


@dataclass(frozen=True)
class Command:
    """One command: its name, what it does, its options and what runs it."""

    name: str
    words: str
    options: Callable[[argparse.ArgumentParser], None]
    run: Callable[[Given], Reply]


class Parser(argparse.ArgumentParser):
    """A parser that answers in sentences and never ends the program itself."""

    def error(self, message: str) -> NoReturn:
        """Refuse, offering the nearest option."""
        near = self._nearest(message)
        raise InputError(f"“{self.prog}” cannot be read so: {_ended(message)}{near}", unreadable=True)

    def _nearest(self, message: str) -> str:
        known = [*_HOUSE, *(option for action in self._actions for option in action.option_strings)]
        unknown = [word for word in message.split() if word.startswith("--")]
        return nearest(unknown[0].split("=")[0], known) if unknown and "unrecognized" in message else ""


def _ended(message: str) -> str:
    """The message with one mark at its end."""
    return message if message.endswith((".", "?")) else f"{message}."


def nearest(found: str, known: Iterable[str]) -> str:
    """` Did you mean “x”?`, or nothing where no name is near."""
    near = difflib.get_close_matches(found, list(known), 1, 0.5)
    return f" Did you mean “{near[0]}”?" if near else ""


def one_of(what: str, *names: str) -> Callable[[str], str]:
    """A reader that takes one of these names and offers the nearest."""

    def read(text: str) -> str:
        if text not in names:
            raise argparse.ArgumentTypeError(
                f"there is no {what} “{text}”; it is one of {', '.join(names)}.{nearest(text, names)}"
            )
        return text

    return read


def day(text: str) -> date:
    """A day as ISO text."""
    try:
        return date.fromisoformat(text)
    except ValueError as why:
        raise argparse.ArgumentTypeError(f"“{text}” is no date such as 2026-12-14") from why


def house_options(parser: argparse.ArgumentParser) -> None:
    """The options that every command shares."""
    parser.add_argument("--desk", type=Path, metavar="DIR", help="folder of the desk")
    parser.add_argument("--as", dest="officer", metavar="OFFICER", help="the officer who signs in")
    parser.add_argument("--passphrase-file", type=Path, metavar="FILE", help="file with her passphrase")
    parser.add_argument("--json", action="store_true", dest="as_json", help="answer with one JSON object")


def read_line(given: Sequence[str], commands: dict[str, Command]) -> tuple[Command, Given]:
    """The command and what it was given.

    Raises:
        InputError: the line cannot be read (exit 2).
        SystemExit: help was asked for and printed.
    """
    house = Parser(prog="brokerdesk", add_help=False, allow_abbrev=False)
    house_options(house)
    shared, rest = house.parse_known_args(list(given))
    command = commands[_command_name(rest, commands)]
    parser = Parser(prog=f"brokerdesk {command.name}", description=command.words, allow_abbrev=False)
    command.options(parser)
    options = parser.parse_args(rest[1:])
    return command, Given(shared.desk, shared.officer, shared.passphrase_file, shared.as_json, options)


def wants_json(given: Sequence[str]) -> bool:
    """Whether one JSON object was asked for, even on a line that cannot be read otherwise."""
    return "--json" in given


def _command_name(rest: list[str], commands: dict[str, Command]) -> str:
    if not rest or rest[0] in ("-h", "--help", "help"):
        print(_overview(commands))
        raise SystemExit(0 if rest else 2)
    if rest[0] not in commands:
        raise InputError(
            f"There is no command “{rest[0]}”.{nearest(rest[0], commands)} "
            f"The commands are: {', '.join(commands)}.",
            unreadable=True,
        )
    return rest[0]


def _overview(commands: dict[str, Command]) -> str:
    lines = [f"  {command.name:<12}{command.words}" for command in commands.values()]
    head = "brokerdesk [--desk DIR] [--as OFFICER] [--passphrase-file FILE] [--json] COMMAND ..."
    return "\n".join((head, "", *lines))
