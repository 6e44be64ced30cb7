"""Has a file from outside read in a child process and takes only plain rows from it."""

from __future__ import annotations

import gc
import hashlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import brokerdesk
from brokerdesk.core.exchange.caps import MIB, Caps, read_caps
from brokerdesk.core.exchange.child import MODULE
from brokerdesk.core.exchange.refusal import broke_off, too_large, too_much_memory, too_slow, unreadable
from brokerdesk.core.ports import Cancelled, Progress

_LOOK_EVERY_SECONDS = 0.05
_END_WITHIN_SECONDS = 5
_END = object()


@dataclass
class Answer:
    """What the child read."""

    head: dict[str, Any] = field(default_factory=dict)
    rows: list[list[Any]] = field(default_factory=list)


def read_outside(
    reader: str, path: Path, progress: Progress, caps: Caps | None = None, content: bytes | None = None
) -> Answer:
    """Read a file, or content that lies nowhere, in a child process.

    Args:
        reader: a name in `child.READERS`.
        path: the file.
        progress: hears how far it is, and may stop it: the child is killed.
        caps: the limits on time; the shipped ones where none are given.
        content: read in place of the file; the path is then only its name.

    Raises:
        InputError: the file as a whole cannot be read (`unreadable`).
        Cancelled: the user stopped it.
    """
    limits = caps or read_caps()
    if content is None:
        check_is_file(path)
    elif len(content) > limits.file_mib * MIB:
        raise unreadable(too_large(path.name, len(content), limits))
    with started(reader, path, content) as child, _no_search_for_cycles():
        answer = _collect(child, reader, path, progress, limits)
    if answer is None:
        raise unreadable(_why_it_ended(path.name, reader, child.returncode))
    return answer


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Plain rows make no cycles; looking for them while a million lists are made would double the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def sha256_of(path: Path) -> str:
    """SHA-256 of a file in hexadecimal, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(MIB):
            digest.update(piece)
    return digest.hexdigest()


def check_is_file(path: Path) -> None:
    """Refuse what is no file that may be read.

    Raises:
        InputError: with the sentence.
    """
    try:
        is_folder, is_there = path.is_dir(), path.is_file()
    except (OSError, ValueError) as why:
        raise unreadable(
            f"There can be no file of the name “{path.name[:40]}…”. Check the name and the folder."
        ) from why
    if is_folder:
        raise unreadable(f"“{path.name}” is a folder, not a file. Choose the file inside it.")
    if not is_there:
        raise unreadable(f"There is no file “{path}”. Check the name and the folder.")
    if not os.access(path, os.R_OK):
        raise unreadable(
            f"You may not read “{path.name}”. Ask its owner, or save a copy where you may read it."
        )


@contextmanager
def started(reader: str, path: Path, content: bytes | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """The child under way; it never outlives this block."""
    where = [str(path.absolute())] if content is None else [path.name, "-"]
    # -P: a file beside the user's list must never stand in for one of Python's own modules.
    python = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-P", "-X", "utf8"]
    child = subprocess.Popen(  # noqa: S603 - our own module, no shell, the path is one argument
        [*python, "-m", MODULE, reader, *where],
        stdin=subprocess.DEVNULL if content is None else subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=child_environment(),
        # Without it a black window would flash up on Windows for each file.
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        if content is not None:
            _hand_over(child, content)
        yield child
    finally:
        if child.poll() is None:
            child.kill()
        child.wait()
        if child.stdout:
            child.stdout.close()


def _hand_over(child: subprocess.Popen[bytes], content: bytes) -> None:
    """Write the content; the child takes all of it before it answers, or has ended and says why below."""
    if child.stdin is None:
        raise TypeError("the child was started without a pipe")
    try:
        child.stdin.write(content)
        child.stdin.close()
    except BrokenPipeError:
        return


def child_environment() -> dict[str, str]:
    """What the child may know: never a passphrase, always where the program's modules lie."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("BROKERDESK_")}
    return {**known, "PYTHONPATH": str(Path(brokerdesk.__file__).resolve().parents[1])}


def _collect(
    child: subprocess.Popen[bytes], reader: str, path: Path, progress: Progress, caps: Caps
) -> Answer | None:
    """The child's answer; none where it ended without one."""
    if child.stdout is None:
        raise TypeError("the child was started without a pipe")
    lines: queue.SimpleQueue[Any] = queue.SimpleQueue()
    feeder = threading.Thread(target=_feed, args=(child.stdout, lines), daemon=True)
    feeder.start()
    answer, deadline = Answer(), time.monotonic() + caps.wall_seconds
    try:
        while (line := _next_line(lines, reader, path, progress, deadline)) is not _END:
            value = _value_of(line, reader, path)
            if "refused" in value:
                raise unreadable(str(value["refused"]))
            if "head" in value:
                answer.head = value["head"]
                return answer
            answer.rows += value.get("rows", ())
            progress.report(
                int(value.get("done", len(answer.rows))), value.get("total"), f"Reading {path.name}"
            )
        child.wait(timeout=_END_WITHIN_SECONDS)
        return None
    finally:
        if child.poll() is None:
            child.kill()
        feeder.join()


def _feed(source: IO[bytes], lines: queue.SimpleQueue[Any]) -> None:
    for line in source:
        lines.put(line)
    lines.put(_END)


def _next_line(
    lines: queue.SimpleQueue[Any], reader: str, path: Path, progress: Progress, deadline: float
) -> Any:
    while True:
        if progress.is_cancelled():
            raise Cancelled
        if time.monotonic() > deadline:
            raise unreadable(too_slow(path.name, reader))
        try:
            return lines.get(timeout=_LOOK_EVERY_SECONDS)
        except queue.Empty:
            continue


def _value_of(line: bytes, reader: str, path: Path) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError as why:
        raise unreadable(broke_off(path.name, reader)) from why
    if not isinstance(value, dict):
        raise unreadable(broke_off(path.name, reader))
    return value


def _why_it_ended(name: str, reader: str, code: int | None) -> str:
    """Sentence for a child that died: by the processor limit, for want of memory, or otherwise."""
    if code is not None and code == -getattr(signal, "SIGXCPU", 0):
        return too_slow(name, reader)
    if code in {-6, -9, -11}:  # a reader written in C or Rust aborts where Python would raise MemoryError
        return too_much_memory(name, reader)
    return broke_off(name, reader)
