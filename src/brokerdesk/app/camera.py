"""The camera of the tour: waits until a window has settled, then writes its picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget

_STEP_MS, _QUIET_MS, _MOST_MS = 20, 400, 120_000
"""Quiet is longer than any pause after which a page asks again for what was typed."""


class Camera:
    """Writes pictures numbered in the order in which they are taken.

    Args:
        folder: where; the pictures of an earlier tour are taken away first.
        width: of every picture, in pixels.
        height: of every picture.
    """

    def __init__(self, folder: Path, width: int, height: int) -> None:
        self._folder, self._width, self._height = folder, width, height
        self.taken: list[Path] = []
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob("[0-9][0-9]-*.png"):
            left.unlink()

    def take(self, window: QWidget, name: str, is_idle: Callable[[], bool] = lambda: True) -> None:
        """Write the picture of a window once nothing moves in it.

        Args:
            window: shown already.
            name: of the page, for the file.
            is_idle: whether nothing is being read or kept.
        """
        window.resize(self._width, self._height)
        window.activateWindow()
        settle(is_idle)
        file = self._folder / f"{len(self.taken) + 1:02}-{name.replace('/', '-')}.png"
        picture: QPixmap = window.grab()
        if not picture.save(str(file)):
            raise OSError(f"The picture {file} could not be written.")
        self.taken.append(file)


def settle(is_idle: Callable[[], bool] = lambda: True) -> None:
    """Let the window's events run until nothing was under way for a while."""
    quiet = QDeadlineTimer(_QUIET_MS)
    most = QDeadlineTimer(_MOST_MS)
    while not quiet.hasExpired():
        _run_events()
        if not is_idle():
            quiet = QDeadlineTimer(_QUIET_MS)
        if most.hasExpired():
            raise TimeoutError("The window did not come to rest within two minutes.")


def wait_for(is_so: Callable[[], bool]) -> None:
    """Let the window's events run until something is so."""
    most = QDeadlineTimer(_MOST_MS)
    while not is_so():
        _run_events()
        if most.hasExpired():
            raise TimeoutError("The window did not answer within two minutes.")


def _run_events() -> None:
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, _STEP_MS)
    # No event loop runs around the tour, so what was given up is deleted here.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QEventLoop().processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, _STEP_MS)
