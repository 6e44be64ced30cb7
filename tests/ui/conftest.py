"""What tests of the window share: a real small desk, a runner and the main window over every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from brokerdesk.core.services.desk import Desk
from brokerdesk.ui import theme
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.catalogue import PAGES, place_of
from brokerdesk.ui.pages.desk_page import DeskActs
from council_sample import BROKER, Council, make_council


@pytest.fixture(scope="session")
def council_model(tmp_path_factory: pytest.TempPathFactory) -> Council:
    """A council made once; tests work on copies."""
    return make_council(tmp_path_factory.mktemp("model") / "desk")


@pytest.fixture
def council(council_model: Council, tmp_path: Path) -> Council:
    """A council of the test's own, Tue 8 Dec 2026, 10:42."""
    return council_model.copy_to(tmp_path / "council")


@pytest.fixture
def demo_desk(council: Council) -> Iterator[Desk]:
    """The desk of the broker."""
    with council.open(BROKER) as desk:
        yield desk


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[ActRunner]:
    """The one runner of acts, closed in the end."""
    made = ActRunner()
    yield made
    made.close()


@pytest.fixture(scope="session")
def dressed_once(qapp: QApplication) -> theme.Theme:
    """The light theme; every dressing restyles all widgets there are, so once is enough."""
    return theme.dress(qapp, theme.Appearance("light"))


@pytest.fixture
def window_of(
    qtbot: QtBot, qapp: QApplication, dressed_once: theme.Theme, runner: ActRunner
) -> Iterator[Callable[[Desk], MainWindow]]:
    """Opens the main window with every page for a desk, shown and in light colours."""
    if theme.current() != dressed_once:
        theme.dress(qapp, theme.Appearance("light"))
    opened: list[MainWindow] = []

    def open_window(desk: Desk) -> MainWindow:
        window = MainWindow(runner)
        opened.append(window)
        acts = DeskActs(desk, runner)
        for key, page in PAGES.items():
            window.offer_page(key, partial(page, acts), place=place_of(key))
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield open_window
    for window in opened:
        window.close()
        window.deleteLater()
    QApplication.processEvents()  # what the last acts answered lands while its page is still there
    # Windows that stay would be restyled with every later one, and each test would be slower than the last.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def main_window(demo_desk: Desk, window_of: Callable[[Desk], MainWindow]) -> MainWindow:
    """The window of the broker."""
    return window_of(demo_desk)
