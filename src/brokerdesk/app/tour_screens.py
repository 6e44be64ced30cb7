"""The pictures of the tour: every page of the window on the demo council and on a desk that was walked."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QApplication, QWidget

from brokerdesk import wiring
from brokerdesk.app.camera import Camera, settle, wait_for
from brokerdesk.app.program import Program
from brokerdesk.app.sitting import OfficerSitting
from brokerdesk.app.tour_stops import Stop, approver_stops, broker_stops, manager_stops, walked_stops
from brokerdesk.app.tour_walk import WalkedDesk
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.services import demo
from brokerdesk.core.services.demo import DEMO_PASSPHRASE
from brokerdesk.core.settings import Settings, Theme, write_settings
from brokerdesk.ui.pages.first_start_page import DeskToCome, FirstStartPage, NewPerson, RecoveryKeyPage
from brokerdesk.ui.pages.unlock_page import UnlockPage
from brokerdesk.ui.pages.welcome_page import WelcomePage
from brokerdesk.ui.widgets.way_row import WayRow

_P = TypeVar("_P", bound=QWidget)
NOW = datetime(2026, 12, 8, 10, 42, tzinfo=UTC)
"""The moment that is *now* in the pictures, so that each tour shows the same days."""
_SET_UP = 1
"""Which way of the welcome page sets a desk up."""
_FIRST_DESK = DeskToCome(
    "Demo Borough Council",
    ("Demo Town Hall", "1 Demo Square", "Demoton"),
    "Brokerage team, 01632 960100",
    (
        NewPerson(demo.BROKER, "Care broker", (Role.BROKER,), DEMO_PASSPHRASE),
        NewPerson(demo.APPROVER, "Service manager", (Role.APPROVER,), DEMO_PASSPHRASE),
    ),
)


@dataclass(frozen=True, slots=True)
class Looks:
    """How the window looks in a set of pictures."""

    width: int = 1366
    height: int = 768
    theme: Theme = Theme.LIGHT
    text_percent: int = 100


def photograph(
    walked: WalkedDesk, work: Path, sets: Sequence[tuple[Path, Looks]], *, at: datetime = NOW
) -> tuple[Path, ...]:
    """Write a picture of every page for each set.

    Args:
        walked: the desk of a walk that came to its end.
        work: folder for what is needed meanwhile; the caller takes it away.
        sets: where each set of pictures goes, and how the window looks in it.
        at: the moment that is *now* on the demo council.
    """
    app = QApplication.instance() or QApplication(["brokerdesk"])
    if not isinstance(app, QApplication):
        raise TypeError("the tour needs an application with windows")
    app.setApplicationName("BrokerDesk")
    app.setQuitOnLastWindowClosed(False)
    council = work / "demo-council"
    wiring.make_demo(council, at=at)
    taken: list[Path] = []
    for number, (folder, looks) in enumerate(sets):
        camera = Camera(folder, looks.width, looks.height)
        studio = _Studio(app, work / f"set-{number}", looks, camera)
        studio.first_start(at)
        studio.demo_council(_copy(council, work / f"council-{number}"), at)
        studio.walked_desk(walked)
        taken += camera.taken
    return tuple(taken)


class _Studio:
    """The program in one look, before one camera."""

    def __init__(self, app: QApplication, work: Path, looks: Looks, camera: Camera) -> None:
        self._app, self._work, self._camera = app, work, camera
        self._settings = work / "settings.toml"
        write_settings(
            self._settings,
            Settings(theme=looks.theme, text_size_percent=looks.text_percent, idle_lock_minutes=60),
        )

    def first_start(self, at: datetime) -> None:
        """From a laptop without a desk to the first Today."""
        folder = self._work / "first-desk"
        with _desk_folder(folder), self._program(folder, at) as program:
            self._front(program, WelcomePage, "welcome").findChildren(WayRow)[_SET_UP].click()
            form = self._front(program, FirstStartPage, "first-start")
            form.set_up_wanted.emit(_FIRST_DESK)
            self._front(program, RecoveryKeyPage, "recovery-key").kept.emit()
            self._visit(_sitting(program), (Stop("today", name="today-empty"),))

    def demo_council(self, folder: Path, at: datetime) -> None:
        """The demo council as its broker, its approver and its framework manager see it."""
        with self._program(folder, at) as program:
            self._front(program, UnlockPage, "unlock").unlock_wanted.emit(demo.BROKER, DEMO_PASSPHRASE)
            self._visit(_sitting(program), broker_stops(self._work))
            for officer, stops in (
                (demo.APPROVER, approver_stops()),
                (demo.MANAGER, manager_stops(self._work)),
            ):
                program.lock()
                wait_for(lambda: _front_page(program, UnlockPage) is not None)
                self._sign_in(program, officer)
                self._visit(_sitting(program), stops)

    def walked_desk(self, walked: WalkedDesk) -> None:
        """The package that was walked, with its letters."""
        with self._program(walked.folder, walked.ended_at) as program:
            wait_for(lambda: _front_page(program, UnlockPage) is not None)
            self._sign_in(program, walked.broker)
            self._visit(_sitting(program), walked_stops(walked))

    def _sign_in(self, program: Program, officer: str) -> None:
        page = _front_page(program, UnlockPage)
        if page is None:
            raise LookupError("the desk is not locked")
        page.unlock_wanted.emit(officer, DEMO_PASSPHRASE)

    def _front(self, program: Program, kind: type[_P], name: str) -> _P:
        """Photograph a page before anyone has signed in."""
        wait_for(lambda: _front_page(program, kind) is not None)
        page = _front_page(program, kind)
        if page is None or program.front is None:
            raise LookupError(f"{name} did not open")
        self._camera.take(program.front, name)
        return page

    def _visit(self, sitting: OfficerSitting, stops: Sequence[Stop]) -> None:
        def is_idle() -> bool:
            return sitting.runner.is_idle

        for stop in stops:
            sitting.window.go(stop.place, stop.reference_on(sitting.desk), stop.step)
            page = sitting.window.page
            settle(is_idle)
            opened = stop.then(page) if page is not None and stop.then is not None else None
            shown = opened if isinstance(opened, QWidget) else sitting.window
            shown.show()
            self._camera.take(shown, stop.name or stop.key, is_idle)
            if shown is not sitting.window:
                shown.close()

    @contextmanager
    def _program(self, folder: Path, at: datetime) -> Iterator[Program]:
        program = Program(self._app, folder, settings_file=self._settings, clock=wiring.SettableClock(at))
        program.start()
        yield program
        window = program.sitting.window if program.sitting is not None else program.front
        if window is not None:
            window.close()
        wait_for(lambda: program.has_ended)


def _front_page(program: Program, kind: type[_P]) -> _P | None:
    """The page before signing in, where it is of that kind."""
    page = program.front.page if program.front is not None else None
    return page if isinstance(page, kind) else None


def _sitting(program: Program) -> OfficerSitting:
    wait_for(lambda: program.sitting is not None)
    if program.sitting is None:
        raise LookupError("nobody has signed in")
    return program.sitting


def _copy(council: Path, folder: Path) -> Path:
    """The council as it was made: the tour does things on it, and each set begins with the same."""
    shutil.copytree(council, folder, ignore=shutil.ignore_patterns("desk.lock"))
    return folder


@contextmanager
def _desk_folder(folder: Path) -> Iterator[None]:
    """Have the first start set its desk up here and not where this computer's own desk lies."""
    before = os.environ.get("BROKERDESK_DESK")
    os.environ["BROKERDESK_DESK"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["BROKERDESK_DESK"]
        else:
            os.environ["BROKERDESK_DESK"] = before
