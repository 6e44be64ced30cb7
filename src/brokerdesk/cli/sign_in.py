"""Whose desk a command works on, and the passphrase that opens it; it is never an argument."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getpass
from pathlib import Path

from brokerdesk import wiring
from brokerdesk.cli.arguments import Given
from brokerdesk.core import places
from brokerdesk.core.domain.errors import PlaceError
from brokerdesk.core.services.desk import Desk

VARIABLE = "BROKERDESK_PASSPHRASE"


def folder_of(given: Given) -> Path:
    """The desk that was named, or the default one."""
    return (given.desk or places.desk_folder()).expanduser().absolute()


@contextmanager
def signed_in(given: Given) -> Iterator[Desk]:
    """The desk with the named officer signed in; backed up and closed in the end.

    What was done stands whether or not the backup comes off, so its failure is said after the outcome.

    Raises:
        PlaceError: no desk, no such officer, no passphrase or not hers.
    """
    folder = folder_of(given)
    name = _officer(given, folder)
    found = wiring.open_desk(folder, officer_name=name, passphrase=passphrase_for(given, name))
    try:
        yield found.desk
    finally:
        given.said.extend(_closed(found))


def _closed(found: wiring.OpenDesk) -> tuple[str, ...]:
    """Close the desk; what to say where that did not wholly come off."""
    try:
        found.close()
    except PlaceError as why:
        return (f"What was done before is kept; the closing did not wholly come off. {why.message}",)
    except KeyboardInterrupt:
        return ("What was done before is kept; the backup at closing was stopped, so none was made.",)
    return ()


def passphrase_for(given: Given, name: str) -> str:
    """An officer's passphrase: from the file, the variable, or the terminal.

    Raises:
        PlaceError: there is none of the three.
    """
    stated = stated_passphrase(given)
    if stated is not None:
        return stated
    if not sys.stdin.isatty():
        raise PlaceError(
            f"There is no passphrase for {name}. Name a file with --passphrase-file, set {VARIABLE}, "
            "or run this in a terminal."
        )
    return getpass(f"Passphrase of {name}: ", stream=sys.stderr)


def stated_passphrase(given: Given) -> str | None:
    """What the file or the variable says; none where there is neither.

    Raises:
        PlaceError: the file cannot be read.
    """
    if given.passphrase_file is None:
        return os.environ.get(VARIABLE) or None
    try:
        return given.passphrase_file.read_text(encoding="utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError) as why:
        raise PlaceError(f"The passphrase file “{given.passphrase_file.name}” cannot be read.") from why


def _officer(given: Given, folder: Path) -> str:
    names = wiring.officers_of(folder)
    if given.officer is None:
        if len(names) == 1:
            return names[0]
        raise PlaceError(f"Say who signs in with --as. The officers are: {', '.join(names)}.")
    found = next((name for name in names if name.casefold() == given.officer.casefold()), None)
    if found is None:
        near = difflib.get_close_matches(given.officer, names, 1)
        meant = f" Did you mean {near[0]}?" if near else ""
        raise PlaceError(f"There is no officer {given.officer} on this desk.{meant}")
    return found
