"""The program from its start to its end: sign in, work, lock, close with a backup."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from datetime import time
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from brokerdesk import __version__, wiring
from brokerdesk.core import places
from brokerdesk.core.domain.errors import BrokerDeskError
from brokerdesk.core.domain.officer import Authority
from brokerdesk.core.services.desk import LONDON, Desk
from brokerdesk.core.settings import Settings, read_settings, write_settings
from brokerdesk.core.wording import say
from brokerdesk.ui import theme
from brokerdesk.ui.acts import ActRunner, Watch
from brokerdesk.ui.dialogs.files import ask_folder
from brokerdesk.ui.messages import Message, message_for
from brokerdesk.ui.pages.first_start_page import DeskToCome, FirstStartPage, RecoveryKeyPage
from brokerdesk.ui.pages.front_window import FrontWindow
from brokerdesk.ui.pages.unlock_page import RecoveryPage, UnlockPage, Way
from brokerdesk.ui.pages.welcome_page import ClosingPage, WaitPage, WelcomePage
from brokerdesk.ui.widgets.frame_values import StatusFact

if TYPE_CHECKING:
    from brokerdesk.app.sitting import OfficerSitting
    from brokerdesk.core.ports import Clock
    from brokerdesk.core.store.sealing import KeyCost
    from brokerdesk.ui.main_window.history import Where

T = TypeVar("T")
FORM_WIDTH = 640


class Program(QObject):
    """Swaps the front window and the main window as the desk is opened, locked and closed.

    Args:
        app: Qt's own.
        folder: where the desk lies or will lie.
        settings_file: where settings are kept.
        clock: the computer's own where none is given.
        cost: of trying a passphrase; the standard where none is given.
    """

    def __init__(
        self,
        app: QApplication,
        folder: Path,
        *,
        settings_file: Path,
        clock: Clock | None = None,
        cost: KeyCost | None = None,
    ) -> None:
        super().__init__()
        self._app, self.folder, self._settings_file = app, folder, settings_file
        self._clock, self._cost = clock or wiring.SystemClock(), cost
        self._runner = ActRunner(self)
        self.opened: wiring.OpenDesk | None = None
        self.sitting: OfficerSitting | None = None
        self.front: FrontWindow | None = None
        self._who, self._where = "", _nowhere()
        self._hint = ""
        self.has_ended = False
        self.settings, self._trouble = _settings_in(settings_file)
        self._dress()

    # the start

    def start(self) -> None:
        """Ask who signs in, or, where there is no desk yet, how to begin."""
        if wiring.is_desk(self.folder):
            wiring.clear_opened_files(self.folder, self._clock)
            self.show_unlock()
        else:
            self.show_welcome()
        if self._trouble is not None:
            self._front().tell(self._trouble)

    def practise(self) -> None:
        """Open the demo council, made where it does not stand yet."""
        folder = places.demo_desk_folder()
        watch = Watch(self)
        page = self._wait(say("The demo council is being made. It takes about twenty seconds, once."))
        watch.reported.connect(lambda done, total, _: self._say_how_far(page, done, total))
        self._later(
            lambda: wiring.make_demo(folder, progress=watch),
            lambda _: self._practise_in(folder),
            self._failed,
        )

    def _say_how_far(self, page: WaitPage, done: int, total: int | None) -> None:
        if total and self.front is not None and self.front.page is page:
            page.report(done, total, say("Package {number} of {total}", number=done + 1, total=total))

    def _practise_in(self, folder: Path) -> None:
        from brokerdesk.core.services.demo import DEMO_PASSPHRASE

        self._hint = say("DEMO: everyone’s passphrase is “{passphrase}”", passphrase=DEMO_PASSPHRASE)
        self.folder = folder
        self.show_unlock()

    # the pages before anyone has signed in

    def show_welcome(self) -> None:
        """No desk is here: ways to begin."""
        self._show(WelcomePage(self._ways()))

    def show_unlock(self) -> None:
        """Who signs in?"""
        try:
            officers = wiring.officers_of(self.folder)
        except BrokerDeskError as trouble:
            self.show_welcome()
            self._front().tell(message_for(trouble))
            return
        ways = () if self.opened else self._ways()
        page = UnlockPage(officers, who=self._who, at=self._time(), ways=ways, hint=self._hint)
        page.unlock_wanted.connect(self._unlock)
        page.recovery_wanted.connect(self._show_recovery)
        page.recover.setVisible(self.opened is None)
        self._show(page)
        self._later(lambda: wiring.authority_name(self.folder), page.set_council, lambda _: None)

    def _ways(self) -> tuple[Way, ...]:
        return (
            Way(
                "database-backup",
                say("Bring back a backup"),
                say("Choose its folder; it is checked first"),
                self._bring_back,
            ),
            Way(
                "plus",
                say("Set up a desk for your council"),
                say("Name its officers, then load the CQC file and a framework"),
                self._show_first_start,
            ),
            Way("folder-open", say("Open another desk"), say("On this laptop"), self._open_other),
            Way(
                "users",
                say("Practise with invented people"),
                say("A demo council; nothing real is touched"),
                self.practise,
            ),
        )

    def _show_recovery(self, officer: str) -> None:
        page = RecoveryPage(officer)
        page.back_wanted.connect(self.show_unlock)
        page.recover_wanted.connect(lambda *given: self._recover(page, *given))
        self._show(page)

    def _recover(self, page: RecoveryPage, officer: str, key: str, passphrase: str) -> None:
        self._later(
            lambda: wiring.recover_officer(
                self.folder,
                recovery_key=key,
                officer_name=officer,
                passphrase=passphrase,
                clock=self._clock,
                cost=self._cost,
            ),
            lambda _: self._recovered(officer),
            page.refuse,
        )

    def _recovered(self, officer: str) -> None:
        self._who = officer
        self.show_unlock()
        lead = say("{officer} has a new passphrase.", officer=officer)
        self._front().tell(Message("ok", lead, say("Sign in with it.")))

    def _bring_back(self) -> None:
        backup = ask_folder(self._front(), say("Choose the backup’s folder"))
        if backup is None:
            return
        target = self._free_folder()
        if target is not None:
            self._wait(say("The backup is being checked and brought back."))
            self._later(
                lambda: wiring.restore_backup(backup, target), lambda _: self._opened_at(target), self._failed
            )

    def _open_other(self) -> None:
        chosen = ask_folder(self._front(), say("Choose the desk’s folder"))
        if chosen is None:
            return
        if wiring.is_desk(chosen):
            self._opened_at(chosen)
        else:
            lead = say("There is no desk in {folder}.", folder=chosen)
            self._front().tell(Message("warn", lead, say("Choose the folder that holds “desk.json”.")))

    def _opened_at(self, folder: Path) -> None:
        self.folder, self._who, self._hint = folder, "", ""
        self.show_unlock()

    def _free_folder(self) -> Path | None:
        """Where a desk can be put: the usual place while it is free, else one that is asked for."""
        usual = places.desk_folder()
        if not wiring.is_desk(usual):
            return usual
        return ask_folder(self._front(), say("Choose an empty folder for the desk"))

    def _show_first_start(self) -> None:
        target = self._free_folder()
        if target is None:
            return
        page = FirstStartPage()
        page.back_wanted.connect(self.start)
        page.set_up_wanted.connect(lambda wanted: self._set_up(page, target, wanted))
        self._show(page, width=FORM_WIDTH)

    def _set_up(self, page: FirstStartPage, folder: Path, wanted: DeskToCome) -> None:
        officers = [wiring.NewOfficer(o.name, o.roles, o.passphrase, o.post) for o in wanted.officers]
        authority = Authority("", wanted.authority, wanted.address, wanted.contact)
        self._later(
            lambda: wiring.create_desk(
                folder, authority=authority, officers=officers, clock=self._clock, cost=self._cost
            ),
            lambda created: self._show_key(folder, created.recovery_key, wanted),
            page.refuse,
        )

    def _show_key(self, folder: Path, recovery_key: str, wanted: DeskToCome) -> None:
        page = RecoveryKeyPage(recovery_key, wanted.authority)
        first = wanted.officers[0]
        page.kept.connect(lambda: self._enter_first(folder, first.name, first.passphrase))
        self._show(page)

    def _enter_first(self, folder: Path, name: str, passphrase: str) -> None:
        self._opened_at(folder)
        self._unlock(name, passphrase)

    # signing in, locking, closing

    def _unlock(self, name: str, passphrase: str) -> None:
        opened = self.opened
        call: Callable[[], Any]
        if opened is not None:
            call = lambda: (opened, opened.sign_in(name, passphrase))  # noqa: E731 - one of two calls
        else:
            call = lambda: self._open(name, passphrase)  # noqa: E731 - the other
        self._later(call, lambda found: self._enter(*found), self._refused)

    def _open(self, name: str, passphrase: str) -> tuple[wiring.OpenDesk, Desk]:
        own = self.settings.rulebook_folder
        opened = wiring.open_desk(
            self.folder,
            officer_name=name,
            passphrase=passphrase,
            clock=self._clock,
            cost=self._cost,
            rulebook_overrides=Path(own) if own else None,
            time_stamp_service=self.settings.time_stamp_service,
        )
        return opened, opened.desk

    def _refused(self, message: Message) -> None:
        page = self._front().page
        if isinstance(page, UnlockPage):
            page.refuse(message)
        else:
            self._failed(message)

    def _enter(self, opened: wiring.OpenDesk, desk: Desk) -> None:
        """Show the desk; the same officer comes back to where she was."""
        where = self._where if desk.operator.name == self._who else _nowhere()
        self.opened, self._who = opened, desk.operator.name
        self._sit(desk, where)

    def _sit(self, desk: Desk, where: Where | None) -> None:
        from brokerdesk.app.sitting import OfficerSitting

        sitting = OfficerSitting(desk, self.folder, self.settings, apply_settings=self.apply_settings)
        sitting.lock_wanted.connect(self.lock)
        sitting.closed.connect(self.close)
        self.sitting = sitting
        if self.front is not None:
            sitting.window.setGeometry(self.front.geometry())
            sitting.window.setWindowState(self.front.windowState())
        sitting.show(where)
        self._drop_front()

    def lock(self) -> None:
        """Drafts are kept, the window goes, and a passphrase brings it back to the same place."""
        if self.sitting is None:
            return
        geometry, state = self.sitting.window.geometry(), self.sitting.window.windowState()
        self._where, self.sitting = self.sitting.leave(), None
        self.show_unlock()
        self._front().setGeometry(geometry)
        self._front().setWindowState(state)

    def apply_settings(self, settings: Settings) -> None:
        """Keep settings and show the window in them, where it stands."""
        write_settings(self._settings_file, settings)
        self.settings = settings
        sitting = self.sitting
        if sitting is None:
            self._dress()
            return
        geometry, state, desk = sitting.window.geometry(), sitting.window.windowState(), sitting.desk
        where = sitting.leave()
        self._dress()
        self._sit(desk, where)
        if self.sitting is not None:
            self.sitting.window.setGeometry(geometry)
            self.sitting.window.setWindowState(state)

    def close(self) -> None:
        """Back up what changed, give the lock of the desk back, end."""
        opened, self.opened, self.sitting = self.opened, None, None
        if opened is None:
            self._end()
            return
        self._wait(say("The desk is being closed and backed up."))
        self._later(lambda: self._shut(opened), lambda _: self._end(), self._close_failed)

    def _shut(self, opened: wiring.OpenDesk) -> None:
        from brokerdesk.core.ports import Quiet

        try:
            if self.settings.backup_folder:
                opened.desk.backups.make(Path(self.settings.backup_folder), Quiet())
        finally:
            opened.close()

    def _close_failed(self, message: Message) -> None:
        page = ClosingPage(message)
        page.close_wanted.connect(self._end)
        self._show(page)

    def _front_closed(self) -> None:
        """The window before the desk was closed: a locked desk is closed with it."""
        self.front = None
        self.close()

    def _end(self) -> None:
        if self.has_ended:
            return
        self.has_ended = True
        self._drop_front()
        self._runner.close()
        self._app.quit()

    # small things

    def _time(self) -> time:
        return self._clock.now().astimezone(LONDON).time()

    def _dress(self) -> None:
        look = theme.Appearance(self.settings.theme.value, self.settings.text_size_percent)
        theme.dress(self._app, look)

    def _front(self) -> FrontWindow:
        if self.front is None:
            self.front = FrontWindow()
            self.front.closing.connect(self._front_closed)
            self.front.set_status(front_facts())
            self.front.show()
            self.front.activateWindow()
        return self.front

    def _drop_front(self) -> None:
        front, self.front = self.front, None
        if front is not None:
            front.closing.disconnect(self._front_closed)
            front.close()
            front.deleteLater()

    def _show(self, page: QWidget, *, width: int | None = None) -> None:
        from brokerdesk.app.status import backup_words

        front = self._front()
        front.set_backup(backup_words(self.folder, self._clock.now().astimezone(LONDON).date()))
        if width is None:
            front.show_page(page)
        else:
            front.show_page(page, width=width)

    def _wait(self, words: str) -> WaitPage:
        page = WaitPage(words)
        self._show(page)
        return page

    def _failed(self, message: Message) -> None:
        self.start()
        self._front().tell(message)

    def _later(
        self, call: Callable[[], T], on_done: Callable[[T], object], on_refused: Callable[[Message], object]
    ) -> None:
        """Off the window's thread; the answer comes back on it."""
        self._runner.read(call, on_done, on_refused=on_refused)


def front_facts() -> tuple[StatusFact, ...]:
    """What the status bar says before anyone has signed in."""
    return (
        StatusFact("offline", "wifi-off", say("Offline: everything works")),
        StatusFact("officer", "info", say("Version {version}", version=__version__)),
    )


def _nowhere() -> Where | None:
    return None


def _settings_in(file: Path) -> tuple[Settings, Message | None]:
    """The settings, and what to say where they cannot be read."""
    try:
        return read_settings(file), None
    except BrokerDeskError as trouble:
        return Settings(), message_for(trouble)


def run(*, is_demo: bool) -> int:
    """Start Qt, show the program, stay until it ends."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("BrokerDesk")
    app.setQuitOnLastWindowClosed(False)
    program = Program(app, places.desk_folder(), settings_file=places.settings_file())
    _keep_faults(program)
    if is_demo:
        program.practise()
    else:
        program.start()
    return app.exec()


def _keep_faults(program: Program) -> None:
    """Our own faults go to the log without any value, and are said once."""
    folder = places.log_folder()
    folder.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(folder / "errors.log", encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    logging.getLogger("brokerdesk").addHandler(handler)

    def tell(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, fault, trace)
            return
        message = message_for(fault.with_traceback(trace))
        window = program.sitting.window if program.sitting is not None else program.front
        if window is not None:
            window.tell(message)

    sys.excepthook = tell
