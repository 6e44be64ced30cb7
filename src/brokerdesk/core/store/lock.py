"""The lock beside the desk: one program at a time, and the second is told whose it is."""

from __future__ import annotations

import errno
import getpass
import json
import os
import secrets
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from brokerdesk.core.domain.errors import PlaceError
from brokerdesk.core.store.process import started

NAME = "desk.lock"
_FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True, slots=True)
class Owner:
    """Who has the desk open."""

    host: str
    user: str
    pid: int
    started: str
    """Tells this process from a later one of the same number."""
    at: str

    def is_provably_gone(self) -> bool:
        """Only a process of this computer can be known to have ended."""
        return self.host == socket.gethostname() and started(self.pid) != self.started


def this_process(at: datetime) -> Owner:
    """Ourselves, as a lock names us."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a process without an account name still has a desk to lock
        user = "unknown"
    return Owner(
        socket.gethostname(), user, os.getpid(), started(os.getpid()) or "",
        at.strftime("%Y-%m-%d %H:%M UTC"),
    )


class Lock:
    """The lock of one desk, held until it is released."""

    def __init__(self, folder: Path, owner: Owner) -> None:
        self._path = folder / NAME
        self._text = json.dumps(asdict(owner))

    def take(self) -> None:
        """Take the lock; one left behind by a process that is provably gone is cleared first.

        Raises:
            PlaceError: someone has the desk open; names the owner.
        """
        with _one_at_a_time(self._path.with_name(f".{NAME}.guard")):
            if not self._place():
                self._clear_if_gone()
                if not self._place():
                    raise PlaceError(_sentence(self._read()))

    def release(self) -> None:
        """Give the lock back; a lock that is someone else's stays."""
        if self._read() == self._text:
            self._path.unlink(missing_ok=True)

    def _place(self) -> bool:
        """Put the whole lock there at once: a link either makes the name or finds it taken."""
        beside = self._path.with_name(f".{NAME}.{secrets.token_hex(4)}")
        try:
            beside.write_text(self._text)
            os.link(beside, self._path)
        except FileExistsError:
            return False
        except OSError as why:
            raise _not_lockable(self._path.parent, why) from why
        finally:
            beside.unlink(missing_ok=True)
        return True

    def _read(self) -> str | None:
        try:
            return self._path.read_text()
        except OSError:
            return None

    def _clear_if_gone(self) -> None:
        left = self._read()
        owner = None if left is None else _owner(left)
        if owner is not None and owner.is_provably_gone():
            self._path.unlink(missing_ok=True)


@contextmanager
def _one_at_a_time(guard: Path) -> Iterator[None]:
    """Let one opener at a time look at the lock; the system lets go of the guard when a process dies.

    Without it two openers may both judge a lock left behind, and the slower clears the faster one's.
    """
    try:
        handle = os.open(guard, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as why:
        raise _not_lockable(guard.parent, why) from why
    try:
        _hold(handle)
        yield
    finally:
        os.close(handle)


def _hold(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)


def _not_lockable(folder: Path, why: OSError) -> PlaceError:
    if why.errno in _FULL:
        return PlaceError(
            f"The disk is full, so the desk in {folder} was not opened; everything in it is safe. "
            "Free some space and open it again."
        )
    return PlaceError(
        f"The desk cannot be locked in {folder}, so it was not opened. "
        "Check that you may write there."
    )


def _owner(text: str) -> Owner | None:
    try:
        return Owner(**json.loads(text))
    except (ValueError, TypeError):
        return None


def _sentence(text: str | None) -> str:
    owner = None if text is None else _owner(text)
    if owner is None:
        return "Another program is opening this desk at this moment. Wait a little and open it again."
    return (
        f"This desk is open already: by {owner.user} on {owner.host} since {owner.at} (process {owner.pid}). "
        "Close it there first."
    )
