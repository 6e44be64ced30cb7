"""Safe writing for everyone: a file is the old one or the new one, never half of either."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

from brokerdesk.core.domain.errors import PlaceError

# Virus checkers and indexers hold a file for a moment on Windows; these waits add up to two seconds.
_WAITS_IN_SECONDS = (0.05, 0.1, 0.2, 0.35, 0.5, 0.8)
_SHARING_VIOLATIONS = {5, 32, 33}  # access denied, sharing violation, lock violation
_OWNERS_FOLDER = 0o700
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG} if sys.platform != "win32" else {errno.ENOSPC, errno.EFBIG}


def write_safely(path: Path, data: bytes, *, wait: Callable[[float], None] = time.sleep) -> None:
    """Write a file beside its place, force it to the disk, then swap it in.

    Args:
        path: where the file shall stand; its folder is made where it is missing.
        data: the whole content.
        wait: how to pause before trying again while another program holds the file.

    Raises:
        PlaceError: disk full, folder not writable, or held by another program; the old file is as it was.
    """
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_through(beside, data)
        _swap(beside, path, wait)
        _sync_folder(path.parent)
    except OSError as why:
        raise PlaceError(_sentence(path, why)) from why
    finally:
        _discard(beside)


def read_bytes(path: Path) -> bytes:
    """Read a whole file that the user named.

    Raises:
        PlaceError: it is not there or may not be read, in a sentence.
    """
    try:
        return path.read_bytes()
    except OSError as why:
        raise cannot_be_read(path, why) from why


def own_folder(folder: Path) -> Path:
    """A folder that nobody but its owner may look into, made where it is missing.

    Raises:
        PlaceError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=_OWNERS_FOLDER)
        folder.chmod(_OWNERS_FOLDER)
    except OSError as why:
        raise PlaceError(_sentence(folder, why)) from why
    return folder


def empty_folder(folder: Path) -> None:
    """Take a folder away with all that is in it; what another program holds stays for next time."""
    shutil.rmtree(folder, ignore_errors=True)


def cannot_be_read(path: Path, why: OSError) -> PlaceError:
    """That a file which the user named is not there or may not be read."""
    return PlaceError(_sentence(path, why))


def _write_through(beside: Path, data: bytes) -> None:
    # Letters and backups carry personal data: nobody else on this computer may read them while they are made.
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _swap(beside: Path, path: Path, wait: Callable[[float], None]) -> None:
    for seconds in _WAITS_IN_SECONDS:
        try:
            beside.replace(path)
            return
        except PermissionError as why:
            if not _is_held(why):
                raise
            wait(seconds)
    beside.replace(path)


def _is_held(why: OSError) -> bool:
    """Whether another program holds the file, which passes, rather than a right that is missing."""
    return getattr(why, "winerror", None) in _SHARING_VIOLATIONS


def _sync_folder(folder: Path) -> None:
    """Force the swap itself to the disk; Windows cannot open a folder and needs no such step."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _discard(beside: Path) -> None:
    """Remove what was written beside, if it is still there; what cannot be removed harms nothing."""
    try:
        beside.unlink(missing_ok=True)
    except OSError:
        return


def _sentence(path: Path, why: OSError) -> str:
    """Say what stood in the way and what to do."""
    name, folder = path.name, path.parent
    if why.errno in _FULL:
        return f"The disk is full, so “{name}” was not saved. Free some space on {folder} and try again."
    if _is_held(why):
        return f"Another program has “{name}” open. Close it there and try again."
    if isinstance(why, FileNotFoundError):
        return f"There is no file “{name}” in {folder}. Check the name and the folder."
    if isinstance(why, IsADirectoryError):
        return f"“{name}” is a folder, not a file. Choose a file."
    if isinstance(why, NotADirectoryError | FileExistsError):
        return f"{folder} is not a folder, so “{name}” cannot be kept there. Choose another place."
    if isinstance(why, PermissionError) or why.errno == errno.EROFS:
        return f"You may not use “{name}” in {folder}. Choose another folder or ask IT for the right to it."
    reason = (why.strerror or "the disk did not answer").lower()
    return f"“{name}” in {folder} could not be used: {reason}. Choose another place and try again."
