"""What every page of an open desk has: the signed-in officer's desk and the runner of her acts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar, cast

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from brokerdesk.core.domain.changes import Outcome
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.settings import Settings
from brokerdesk.core.wording import say
from brokerdesk.ui.acts import ActRunner, Watch
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.page import Command, Page

T = TypeVar("T")


@dataclass(frozen=True)
class Sitting:
    """What the program offers a page beyond the desk, for as long as an officer is signed in."""

    folder: Path | None = None
    """Where the desk lies; none where a page stands alone."""
    settings: Settings = field(default_factory=Settings)
    apply_settings: Callable[[Settings], object] = lambda _: None
    """Keeps settings and shows the window in them."""
    lock: Callable[[], object] = lambda: None
    """Locks the desk now."""


class DeskActs:
    """Acts and reads with the desk put in: `acts.run(lambda desk: rounds.open_round(desk, ...))`."""

    def __init__(self, desk: Desk, runner: ActRunner, sitting: Sitting | None = None) -> None:
        self.desk = desk
        self.runner = runner
        self.sitting = sitting or Sitting()

    def run(
        self,
        call: Callable[[Desk], Outcome[T]],
        *,
        on_done: Callable[[T], object] | None = None,
        on_refused: Callable[[Message], object] | None = None,
        on_cancelled: Callable[[], object] | None = None,
        words: str = "",
    ) -> Watch:
        """Run an act on the writing thread; its desk reports to the progress bar and hears Cancel.

        Args:
            call: the service call, given the desk.
            on_done: gets the outcome's value, on the window's thread, after the commit.
            on_refused: gets the message; without it the frame shows it.
            on_cancelled: told when the user stopped it.
            words: what is being done, for the progress bar: `Writing 4 letters`.
        """

        def watched(watch: Watch) -> Outcome[T]:
            return call(replace(self.desk, progress=watch))

        if self.runner.is_closed:
            return Watch()
        return self.runner.run(
            watched,
            on_done=on_done,
            on_refused=on_refused,
            on_cancelled=on_cancelled,
            words=words,
            watched=True,
        )

    def study(
        self,
        call: Callable[[Desk], T],
        *,
        on_done: Callable[[T], object],
        on_refused: Callable[[Message], object] | None = None,
        on_cancelled: Callable[[], object] | None = None,
        words: str = "",
    ) -> Watch:
        """Read something long, such as a file, with progress and Cancel; nothing is kept."""

        def watched(watch: Watch) -> T:
            return call(replace(self.desk, progress=watch))

        if self.runner.is_closed:
            return Watch()
        return self.runner.run(
            watched,  # type: ignore[arg-type]  # a plain answer instead of an outcome: nothing was kept
            on_done=on_done,
            on_refused=on_refused,
            on_cancelled=on_cancelled,
            words=words,
            watched=True,
        )

    def read(
        self,
        call: Callable[[Desk], T],
        on_done: Callable[[T], object],
        *,
        on_refused: Callable[[Message], object] | None = None,
    ) -> None:
        """Read or compare beside the writer; the answer comes back on the window's thread."""
        if not self.runner.is_closed:  # a page that is going away may still ask
            self.runner.read(lambda: call(self.desk), on_done, on_refused=on_refused)

    def follow(
        self,
        call: Callable[[Desk], Iterable[T]],
        on_some: Callable[[tuple[T, ...]], object],
        *,
        on_done: Callable[[], object],
        on_refused: Callable[[Message], object] | None = None,
        on_cancelled: Callable[[], object] | None = None,
    ) -> Watch:
        """Read a long list beside the writer, in portions; the watch tells how far it is and stops it."""
        if self.runner.is_closed:
            return Watch()
        return self.runner.follow(
            lambda watch: call(replace(self.desk, progress=watch)),
            on_some,
            on_done=on_done,
            on_refused=on_refused,
            on_cancelled=on_cancelled,
        )

    def keep(
        self, call: Callable[[Desk], object], *, on_done: Callable[[object], object] | None = None
    ) -> None:
        """Keep unfinished work on the writing thread; it is no act and touches no page."""

        def kept() -> Outcome[object]:
            return Outcome(call(self.desk))

        if not self.runner.is_closed:
            self.runner.run(kept, on_done=on_done)

    def look(
        self,
        call: Callable[[Desk], T],
        on_done: Callable[[T], object],
        *,
        on_refused: Callable[[Message], object] | None = None,
        words: str = "",
    ) -> Watch:
        """Read a file with progress and Cancel; nothing is kept."""

        def watched(watch: Watch) -> Outcome[T]:
            return cast("Outcome[T]", call(replace(self.desk, progress=watch)))

        if self.runner.is_closed:
            return Watch()
        # What is no `Outcome` is handed on as it is, and does not count as saved.
        return self.runner.run(watched, on_done=on_done, on_refused=on_refused, words=words, watched=True)

    def today(self) -> date:
        """The day in London."""
        return self.desk.today()


class DeskPage(Page):
    """A page that is made with the acts of an open desk.

    Args:
        acts: of the officer who is signed in.
    """

    def __init__(self, acts: DeskActs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.acts = acts

    @property
    def desk(self) -> Desk:
        """The open desk, for a short read."""
        return self.acts.desk

    @override
    def commands(self) -> tuple[Command, ...]:
        """What Ctrl+K offers on every page; a page adds its own before these."""
        return (
            Command(say("Describe a need: new package"), lambda: self.go.emit("packages", None, "new")),
            Command(say("Import referrals"), lambda: self.go.emit("packages", None, "import")),
            Command(say("Who waits and whom to ask"), lambda: self.go.emit("packages", None, "waiting")),
            Command(say("Letters to sign and to file"), lambda: self.go.emit("packages", None, "letters")),
            Command(say("Lock the desk"), self.acts.sitting.lock, keys="Ctrl+L"),
        )
