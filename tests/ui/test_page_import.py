"""Imports by keyboard: looked at, counted, problems said row by row, agreed or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.framework import Framework
from brokerdesk.core.domain.imported_file import ImportedFile
from brokerdesk.core.ports import Cancelled
from brokerdesk.core.services import membership
from brokerdesk.core.services.desk import Desk
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages import import_page
from brokerdesk.ui.pages.dropped_files import likely_kind, take_dropped_files
from brokerdesk.ui.pages.import_page import ImportPage
from council_sample import MANAGER, Council
from hands import CONTROL, press, tab_to

HEADS = (
    "Name,Also known as,Address,Postcode,Phone number,Service's website (if available),Service types,"
    "Date of latest check,Specialisms/services,Provider name,Local authority,Region,Location URL,"
    "CQC Location ID (for office use only),CQC Provider ID (for office use only)"
)


def a_row(number: int, postcode: str = "WN1 1AA") -> str:
    return (
        f"New Care {number},,1 High Street,{postcode},,,Homecare agencies,01/05/2026,Caring for adults,"
        f"New Care Ltd,Northmere,North West,https://example.org/{number},1-95{number:08d},1-88{number}"
    )


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    path = tmp_path / "providers.csv"
    path.write_text("\n".join((HEADS, a_row(1), a_row(2), a_row(3, "WN8 6J"))) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def postcodes(tmp_path: Path) -> Path:
    path = tmp_path / "postcodes.csv"
    path.write_text(
        "postcode,latitude,longitude\nWN1 1AA,53.54,-2.63\nWN1 1AB,53.55,-2.64\n", encoding="utf-8"
    )
    return path


def show(qtbot: QtBot, window: MainWindow, place: str = "providers") -> ImportPage:
    qtbot.waitUntil(window.isActiveWindow)
    window.go(place, None, "import")
    page = window.page
    assert isinstance(page, ImportPage)
    return page


def look(qtbot: QtBot, runner: ActRunner, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Choose a file with the primary button and wait until it was counted."""
    monkeypatch.setattr(files, "ask_file", lambda *_: path)
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle, timeout=30_000)


def taken_in(desk: Desk) -> tuple[ImportedFile, ...]:
    with desk.reading() as unit:
        return unit.of(ImportedFile).find()


def test_a_directory_is_counted_first_and_nothing_is_kept(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, directory: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    page = show(qtbot, main_window)
    look(qtbot, runner, directory, monkeypatch)
    assert page.look is not None
    assert page.look.figures[0].count >= 2
    assert page.wrong.isVisible()
    (problem,) = page.look.problems
    assert (problem.row, problem.found) == (4, "WN8 6J")
    assert main_window.lamp_bar.primary.words.startswith("Import ")
    assert taken_in(demo_desk) == ()
    assert membership.locations_known(demo_desk) == 5


def test_agreeing_takes_the_file_in_once(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, directory: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    show(qtbot, main_window)
    look(qtbot, runner, directory, monkeypatch)
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle, timeout=30_000)
    (kept,) = taken_in(demo_desk)
    assert kept.name == "providers.csv"
    assert membership.locations_known(demo_desk) == 5 + kept.new
    assert main_window.where is not None
    assert (main_window.where.place, main_window.where.step) == ("providers", None)
    show(qtbot, main_window)
    look(qtbot, runner, directory, monkeypatch)
    assert (
        main_window.lamp_bar.lamp.sentence == "This very file was taken in before, so nothing would change."
    )
    assert main_window.lamp_bar.primary.words == "Choose another file"


def test_a_postcode_table_is_chosen_by_keyboard_and_taken_in(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, postcodes: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    page = show(qtbot, main_window)
    press(Qt.Key.Key_Down)
    assert page.chosen_kind.value == "postcodes"
    look(qtbot, runner, postcodes, monkeypatch)
    assert main_window.lamp_bar.primary.words == "Import 2 postcodes"
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle, timeout=30_000)
    with demo_desk.reading() as unit:
        assert unit.directory.positions(["WN1 1AB"]) == {"WN1 1AB": (53.55, -2.64)}


def test_the_problems_are_saved_to_send_back(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, directory: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    show(qtbot, main_window)
    look(qtbot, runner, directory, monkeypatch)
    monkeypatch.setattr(files, "ask_new_file", lambda *_: tmp_path / "back.csv")
    tab_to("Save the 1 row")
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: runner.is_idle)
    assert "WN8 6J" in (tmp_path / "back.csv").read_text(encoding="utf-8-sig")


def test_a_file_that_cannot_be_read_is_said_and_leaves_the_page_as_it_was(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    wrong = tmp_path / "song.csv"
    wrong.write_text("la,la,la\n1,2,3\n", encoding="utf-8")
    page = show(qtbot, main_window)
    look(qtbot, runner, wrong, monkeypatch)
    assert page.look is None
    assert len(main_window.told) == 1
    assert taken_in(demo_desk) == ()
    assert main_window.lamp_bar.primary.words == "Choose a file"


def test_changing_ones_mind_keeps_nothing(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, directory: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    page = show(qtbot, main_window)
    look(qtbot, runner, directory, monkeypatch)
    tab_to("Choose another file")
    press(Qt.Key.Key_Space)
    assert page.look is None
    assert taken_in(demo_desk) == ()


def test_a_broker_is_told_that_workbooks_are_for_the_framework_manager(
    qtbot: QtBot, main_window: MainWindow
) -> None:
    show(qtbot, main_window, "frameworks")
    press(Qt.Key.Key_Return, CONTROL)
    assert main_window.told == (
        "This cannot be done yet. Importing this is for a framework manager. Ask one to sign in and do it.",
    )


@pytest.fixture
def manager_window(council: Council, window_of: Callable[[Desk], MainWindow]) -> Iterator[MainWindow]:
    with council.open(MANAGER) as desk:
        yield window_of(desk)


def test_an_empty_template_is_looked_at_and_its_problems_are_said(
    qtbot: QtBot,
    manager_window: MainWindow,
    runner: ActRunner,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = show(qtbot, manager_window, "frameworks")
    template = tmp_path / "framework.xlsx"
    page.desk.workbooks.write_framework_template(template)
    look(qtbot, runner, template, monkeypatch)
    with page.desk.reading() as unit:
        assert len(unit.of(Framework).find()) == 1
    assert page.look is None or not page.look.ready


def test_a_file_dropped_on_the_window_is_looked_at_in_the_import_page(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, postcodes: Path
) -> None:
    take_dropped_files(main_window, main_window)
    main_window.go("today")
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(postcodes))])
    action, button, key = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPointF(40, 40).toPoint(), action, dragged, button, key)
    QApplication.sendEvent(main_window, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(main_window, QDropEvent(QPointF(40, 40), action, dragged, button, key))
    page = main_window.page
    assert isinstance(page, ImportPage)
    qtbot.waitUntil(lambda: runner.is_idle and page.look is not None, timeout=30_000)
    assert page.look is not None
    assert page.look.words == "Import 2 postcodes"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Lot 2 framework.xlsx", "framework"),
        ("HSCA_Active_Locations.xlsx", "directory"),
        ("01_December_2026_CQC_directory.csv", "directory"),
        ("open_postcodes.csv", "postcodes"),
    ],
)
def test_a_dropped_file_goes_where_its_name_says(name: str, kind: str) -> None:
    assert likely_kind(Path(name)).value == kind


def test_a_long_reading_shows_its_progress_and_is_stopped_by_keyboard(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, directory: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    stopped = Event()

    def long_look(desk: Desk, *_: object) -> None:
        while not desk.progress.is_cancelled():
            desk.progress.report(7, 40, "Comparing with what is known")
            stopped.wait(0.02)
        raise Cancelled

    monkeypatch.setattr(import_page, "look_at", long_look)
    monkeypatch.setattr(files, "ask_file", lambda *_: directory)
    page = show(qtbot, main_window)
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(main_window.lamp_bar.progress.isVisible)
    tab_to("Cancel")
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: runner.is_idle)
    assert page.look is None
    assert main_window.lamp_bar.primary.words == "Choose a file"
    assert taken_in(demo_desk) == ()
