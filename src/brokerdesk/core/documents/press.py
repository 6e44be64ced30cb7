"""Makes finished letters: drawn, signed, read back; many at once on every core, in the order given."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from queue import SimpleQueue
from typing import Protocol

from brokerdesk.core.documents.press_process import Pressing, PressProcess
from brokerdesk.core.domain.errors import PlaceError
from brokerdesk.core.domain.letter import Letter, texts_of
from brokerdesk.core.domain.signing import SigningIdentity, Verdict
from brokerdesk.core.ports import Pressed

WORTH_PROCESSES = 12
"""Fewer letters are made before another process has loaded its libraries."""
_MOST_PROCESSES = 4
_AHEAD = 3
"""Letters given to each process beyond the one that it works on."""


class Renderer(Protocol):
    """Draws what a letter says."""

    def render(self, letter: Letter, *, signature_picture: bytes | None = None) -> bytes:
        """The letter as PDF."""


class Signer(Protocol):
    """Signs a drawn letter."""

    @property
    def is_held_elsewhere(self) -> bool:
        """Whether its key lies where another process cannot take it."""

    time_stamp_service: str

    def sign(self, pdf: bytes, *, identity: SigningIdentity, at: datetime, letter: Letter) -> bytes:
        """The signed letter."""


class Checker(Protocol):
    """Reads a finished letter back."""

    def check(self, pdf: bytes) -> Verdict:
        """The verdict on it."""

    def read_text(self, pdf: bytes) -> str:
        """The words on its pages."""


class LetterPress:
    """Draws, signs and reads back; alone for a few letters, in processes of its own for many.

    Args:
        renderer: draws.
        signer: signs; where its key lies outside this program, everything stays in this process.
        checker: reads back.
        resources: the folder that the processes read fonts from.
        cores: how many processes; as many as the computer has where none is given.
    """

    def __init__(
        self, renderer: Renderer, signer: Signer, checker: Checker, resources: Path, cores: int | None = None
    ) -> None:
        self._renderer, self._signer, self._checker = renderer, signer, checker
        self._resources = resources
        self._cores = min(cores or os.cpu_count() or 1, _MOST_PROCESSES)
        self._made: set[str] = set()

    def press(
        self, letter: Letter, *, identity: SigningIdentity, at: datetime, picture: bytes | None = None
    ) -> Pressed:
        """One finished letter. Source: docs/rules.md R143, R145.

        Raises:
            PlaceError: the certificate may not sign, or the file does not read back as it was written.
            InputError: a character or picture that cannot be drawn.
        """
        drawn = self._renderer.render(letter, signature_picture=picture)
        pdf = self._signer.sign(drawn, identity=identity, at=at, letter=letter)
        return self._noted(Pressed(pdf, self._read_back(letter, pdf)))

    def press_all(
        self,
        letters: Iterable[Letter],
        *,
        identity: SigningIdentity,
        at: datetime,
        picture: bytes | None = None,
    ) -> Iterator[Pressed]:
        """Finished letters in the order given; the one that cannot be made raises in its turn.

        Letters are taken a few ahead of those that are handed over, so the first need not wait for the last.

        Raises:
            PlaceError, InputError: as for one; every letter before it has been handed over by then.
        """
        coming = iter(letters)
        first = list(islice(coming, WORTH_PROCESSES))
        wanted = chain(first, coming)
        if len(first) < WORTH_PROCESSES or self._cores < 2 or self._signer.is_held_elsewhere:
            for letter in wanted:
                yield self.press(letter, identity=identity, at=at, picture=picture)
            return
        start = Pressing(self._resources, identity, at, picture, self._signer.time_stamp_service)
        with ExitStack() as ending:
            free: SimpleQueue[PressProcess] = SimpleQueue()
            for _ in range(self._cores):
                free.put(ending.enter_context(PressProcess(start)))
            threads = ending.enter_context(ThreadPoolExecutor(self._cores, thread_name_prefix="press"))
            ending.callback(threads.shutdown, wait=True, cancel_futures=True)
            for made in _in_order(wanted, free, threads, self._cores * (1 + _AHEAD)):
                yield self._noted(made)

    def has_made(self, sha256: str) -> bool:
        """Whether the finished letter of that SHA-256 came from this press and was read back."""
        return sha256 in self._made

    def _noted(self, made: Pressed) -> Pressed:
        self._made.add(hashlib.sha256(made.pdf).hexdigest())
        return made

    def _read_back(self, letter: Letter, pdf: bytes) -> datetime | None:
        verdict = self._checker.check(pdf)
        if not verdict.is_good:
            raise PlaceError(
                f"The signed letter did not check: {verdict.sentence} It was not issued. Try again."
            )
        read = "".join(self._checker.read_text(pdf).split())
        lost = next((text for text in texts_of(letter) if "".join(text.split()) not in read), None)
        if lost is not None:
            raise PlaceError(
                f"The finished letter does not show “{lost[:60]}” as it was written. It was not issued."
            )
        return verdict.stamped_at


def _in_order(
    letters: Iterator[Letter], free: SimpleQueue[PressProcess], threads: ThreadPoolExecutor, ahead: int
) -> Iterator[Pressed]:
    def make(letter: Letter) -> Pressed:
        process = free.get()
        try:
            return Pressed(*process.make(letter))
        finally:
            free.put(process)

    waiting: deque[Future[Pressed]] = deque()
    for letter in islice(letters, ahead):
        waiting.append(threads.submit(make, letter))
    while waiting:
        made = waiting.popleft().result()
        following = next(letters, None)
        if following is not None:
            waiting.append(threads.submit(make, following))
        yield made
