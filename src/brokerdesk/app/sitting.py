"""The main window over an open desk for one officer: pages, finding, status bar, lock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from brokerdesk.app.status import facts_of
from brokerdesk.core import places
from brokerdesk.core.files import empty_folder
from brokerdesk.core.services import finding, packages
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.packages import Bucket
from brokerdesk.core.settings import Settings
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.main_window.history import Where
from brokerdesk.ui.pages.catalogue import PAGES, place_of
from brokerdesk.ui.pages.desk_page import DeskActs, Sitting
from brokerdesk.ui.pages.dropped_files import take_dropped_files
from brokerdesk.ui.pages.page import Command

MINUTE_MS = 60_000
_HANDS = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel}
)


class OfficerSitting(QObject):
    """One officer at the open desk, until it is locked or closed.

    Args:
        desk: hers.
        folder: where it lies.
        settings: hers.
        apply_settings: keeps other settings and shows the window in them.

    Signals:
        lock_wanted: she, or ten idle minutes, asked for the lock.
        closed: the window was closed by the user.
    """

    lock_wanted = Signal()
    closed = Signal()

    def __init__(
        self,
        desk: Desk,
        folder: Path,
        settings: Settings,
        *,
        apply_settings: Callable[[Settings], object],
    ) -> None:
        super().__init__()
        self.desk, self.folder, self.settings = desk, folder, settings
        self.is_demo = desk.authority().is_demo
        self.saved_at: datetime | None = None
        self._is_leaving = False
        self.runner = ActRunner(self)
        offered = Sitting(folder, settings, apply_settings, self.lock_wanted.emit)
        self.acts = DeskActs(desk, self.runner, offered)
        self.window = MainWindow(self.runner, find=self._find)
        self.window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.window.destroyed.connect(self._gone)
        for key, page in PAGES.items():
            self.window.offer_page(key, partial(page, self.acts), place=place_of(key))
        take_dropped_files(self.window, self.window)
        roles = ", ".join(role.words for role in desk.operator.roles)
        files.work_for(desk.operator.id)
        self.window.set_you(desk.operator.name, roles.capitalize())
        QShortcut(QKeySequence("Ctrl+L"), self.window).activated.connect(self.lock_wanted)
        self.runner.committed.connect(self._saved)
        self.runner.changed.connect(lambda _: self._show_status())
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._minute.timeout.connect(self._show_status)
        self._minute.start()
        self._idle = QTimer(self, singleShot=True, interval=settings.idle_lock_minutes * MINUTE_MS)
        self._idle.timeout.connect(self.lock_wanted)
        self._idle.start()
        self._watch_hands()
        self._show_status()

    def _watch_hands(self) -> None:
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Any key or movement of the hand puts the lock off."""
        if event.type() in _HANDS:
            self._idle.start()
        return False

    def show(self, where: Where | None) -> None:
        """Show the window where she was before, else at Today."""
        self.window.show()
        self.window.activateWindow()
        if where is not None:
            self.window.go(where.place, where.reference, where.step)
        if self.window.page is None or self.window.where is None:
            self.window.go("today")

    def leave(self) -> Where | None:
        """Keep drafts, finish what is under way and take the window down; where she was."""
        where = self.window.where
        self._is_leaving = True
        self._stop()
        self.window.close()
        self._clear_opened_files()
        return where

    def _gone(self) -> None:
        self._stop()
        self._clear_opened_files()
        if not self._is_leaving:
            self.closed.emit()

    def _stop(self) -> None:
        self._minute.stop()
        self._idle.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def _clear_opened_files(self) -> None:
        """Copies that another program was to show are not left to whoever comes by next."""
        empty_folder(places.opened_files(self.folder))

    # what stands around the pages

    def _saved(self) -> None:
        self.saved_at = self.desk.now()
        self._show_status()

    def _show_status(self) -> None:
        """The facts of the status bar, and the count on Today."""
        facts = facts_of(
            self.desk,
            self.folder,
            saved_at=self.saved_at,
            idle_minutes=self.settings.idle_lock_minutes,
            is_demo=self.is_demo,
            lock=self.lock_wanted.emit,
        )
        self.window.set_status(facts)
        due = packages.today(self.desk)
        self.window.rail.set_badge("today", sum(row.bucket is Bucket.DO_NOW for row in due))

    def _find(self, words: str, answer: Callable[[Sequence[Command]], object]) -> None:
        """What Ctrl+K asks of the desk."""
        self.runner.read(
            lambda: finding.find_anything(self.desk, words),
            lambda hits: answer([self._command(hit) for hit in hits]),
        )

    def _command(self, hit: finding.Hit) -> Command:
        match hit.kind:
            case "person" | "package":
                do = partial(self.window.go, "package", hit.key)
            case "provider":
                do = partial(self.window.go, "providers", hit.key)
            case _:
                do = partial(self.window.go, "packages", hit.key)
        return Command(hit.words, do, detail=hit.detail, kind=hit.kind)
