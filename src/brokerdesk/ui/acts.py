"""The one runner: a service call off the window's thread, progress, cancel, outcome, what changed."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from sys import setswitchinterval
from threading import Event, Lock
from time import monotonic
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from brokerdesk.core.domain.changes import Outcome
from brokerdesk.core.ports import Cancelled
from brokerdesk.ui.messages import Message, message_for

T = TypeVar("T")
SHOW_PROGRESS_MS = 400
READERS = 2
TURN_S = 0.0005
"""Seconds after which a working thread lets the window's thread have its turn: Python's own 5 ms add up where
a table is drawn cell by cell, and the window would stutter while a backlog is ranked."""
PORTION_S = 0.1
"""Seconds between two portions of a long list; the first one is given at once."""


class Watch(QObject):
    """The progress of one act: the core reports into it from its thread, the window hears on its own.

    Signals:
        reported: done, total (none while not known), what.
    """

    reported = Signal(int, object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = Event()

    def report(self, done: int, total: int | None, what: str) -> None:
        """Say how far; called on the worker's thread."""
        self.reported.emit(done, total, what)

    def is_cancelled(self) -> bool:
        """Whether the user asked to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop; nothing of it is kept."""
        self._stop.set()


@dataclass
class _Job:
    """One call under way and what to do with its end."""

    future: Future[Any]
    on_done: Callable[[Any], object]
    on_refused: Callable[[Message], object]
    on_cancelled: Callable[[], object]
    is_act: bool
    words: str
    watch: Watch = field(default_factory=Watch)


class _WithoutPauses:
    """While a long list is read Python does not search its memory for rings: that stops every thread at once.

    With tens of thousands of locations in hand one search takes half a second and finds nothing: frozen
    values hold no rings and go when they are let go.
    """

    def __init__(self) -> None:
        self._lock, self._inside = Lock(), 0

    def __enter__(self) -> None:
        with self._lock:
            self._inside += 1
            gc.disable()

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                gc.enable()


_WITHOUT_PAUSES = _WithoutPauses()


class ActRunner(QObject):
    """Runs acts one at a time on the one writing thread, reads beside it; answers on the window's thread.

    Signals:
        changed: kinds of thing that a finished act touched.
        began: words of an act that has taken longer than a moment.
        progressed: done, total, what.
        ended: no act is under way any more.
        refused: a message that its caller did not ask for.
        committed: an act was kept.
    """

    changed = Signal(object)
    began = Signal(str)
    progressed = Signal(int, object, str)
    ended = Signal()
    refused = Signal(object)
    committed = Signal()
    _landed = Signal(object)
    _portioned = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        setswitchinterval(TURN_S)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="acts")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="reads")
        self._jobs: list[_Job] = []
        self.is_closed = False
        self._is_shown = False
        self._landed.connect(self._land, Qt.ConnectionType.QueuedConnection)
        self._portioned.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)
        self._delay = QTimer(self, singleShot=True, interval=SHOW_PROGRESS_MS)
        self._delay.timeout.connect(self._show)

    @property
    def is_busy(self) -> bool:
        """Whether an act is under way or waits its turn."""
        return any(job.is_act for job in self._jobs)

    @property
    def is_idle(self) -> bool:
        """Whether nothing at all is under way, neither acts nor reads."""
        return not self._jobs

    def run(
        self,
        call: Callable[[], Outcome[T]] | Callable[[Watch], Outcome[T]],
        *,
        on_done: Callable[[T], object] | None = None,
        on_refused: Callable[[Message], object] | None = None,
        on_cancelled: Callable[[], object] | None = None,
        words: str = "",
        watched: bool = False,
    ) -> Watch:
        """Run an act.

        Args:
            call: the service call with its arguments bound; takes the `Watch` when `watched`.
            on_done: gets the outcome's value, on the window's thread, after the commit.
            on_refused: gets the message; without it the frame shows it.
            on_cancelled: told when the user stopped it.
            words: what is being done, for the progress bar: `Writing 4 letters`.
            watched: whether the call takes the watch, to report and to be stopped.
        """
        watch = Watch()
        bound: Callable[[], object] = (lambda: call(watch)) if watched else call  # type: ignore[call-arg, assignment]  # told by `watched`
        watch.reported.connect(self.progressed)
        job = self._start(
            self._writer, bound, on_done, on_refused, on_cancelled, words, is_act=True, watch=watch
        )
        if not self._delay.isActive() and not self._is_shown:
            self._delay.start()
        return job.watch

    def read(
        self,
        call: Callable[[], T],
        on_done: Callable[[T], object],
        *,
        on_refused: Callable[[Message], object] | None = None,
    ) -> None:
        """Read, check or compare beside the writer; the answer comes back on the window's thread."""
        self._start(self._readers, call, on_done, on_refused, None, "", is_act=False, watch=Watch())

    def follow(
        self,
        call: Callable[[Watch], Iterable[T]],
        on_some: Callable[[tuple[T, ...]], object],
        *,
        on_done: Callable[[], object],
        on_refused: Callable[[Message], object] | None = None,
        on_cancelled: Callable[[], object] | None = None,
    ) -> Watch:
        """Read a long list beside the writer; its rows come in portions, the first as soon as it is known.

        Args:
            call: gives the rows one by one; it reports to the watch and heeds it.
            on_some: gets each portion, on the window's thread.
            on_done: told after the last portion.
            on_refused: gets the message; without it the frame shows it.
            on_cancelled: told when the user stopped it; portions given so far stand.
        """
        watch = Watch()

        def portioned() -> None:
            held, given_at = [], float("-inf")
            with _WITHOUT_PAUSES:
                for row in call(watch):
                    held.append(row)
                    if monotonic() - given_at >= PORTION_S:
                        self._portioned.emit(on_some, tuple(held))
                        held, given_at = [], monotonic()
                self._portioned.emit(on_some, tuple(held))

        self._start(
            self._readers, portioned, lambda _: on_done(), on_refused, on_cancelled, "",
            is_act=False, watch=watch,
        )  # fmt: skip
        return watch

    def cancel(self) -> None:
        """Ask the act under way to stop."""
        for job in self._jobs:
            if job.is_act:
                job.watch.cancel()
                return

    def close(self) -> None:
        """Let acts finish, stop long readings and take no more."""
        self.is_closed = True
        for job in self._jobs:
            if not job.is_act:
                job.watch.cancel()
        self._delay.stop()
        self._writer.shutdown(wait=True)
        self._readers.shutdown(wait=True)

    def _start(
        self,
        pool: ThreadPoolExecutor,
        call: Callable[[], object],
        on_done: Callable[[Any], object] | None,
        on_refused: Callable[[Message], object] | None,
        on_cancelled: Callable[[], object] | None,
        words: str,
        *,
        is_act: bool,
        watch: Watch,
    ) -> _Job:
        future = pool.submit(call)
        job = _Job(
            future,
            on_done or _nothing,
            on_refused or self.refused.emit,
            on_cancelled or _nothing,
            is_act,
            words,
            watch,
        )
        self._jobs.append(job)
        future.add_done_callback(lambda _: self._landed.emit(job))
        return job

    def _hand_over(self, on_some: Callable[[Any], object], rows: object) -> None:
        on_some(rows)

    def _land(self, job: _Job) -> None:
        self._jobs.remove(job)
        if job.is_act and not self.is_busy:
            self._end()
        error = job.future.exception()
        if isinstance(error, Cancelled):
            job.on_cancelled()
        elif error is not None:
            job.on_refused(message_for(error))
        else:
            self._finish(job, job.future.result())

    def _finish(self, job: _Job, result: object) -> None:
        if not isinstance(result, Outcome) or not job.is_act:
            job.on_done(result)
            return
        self.committed.emit()
        job.on_done(result.value)
        if result.kinds:
            self.changed.emit(result.kinds)

    def _show(self) -> None:
        waiting = next((job for job in self._jobs if job.is_act), None)
        if waiting is not None:
            self._is_shown = True
            self.began.emit(waiting.words)

    def _end(self) -> None:
        self._delay.stop()
        self._is_shown = False
        self.ended.emit()


def _nothing(*_: object) -> None:
    """What is done when a caller does not care."""
