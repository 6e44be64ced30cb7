from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.package import Package
from brokerdesk.core.services.desk import Desk
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.learning_page import LearningPage
from brokerdesk.ui.widgets.table_values import words_of
from council_sample import record_choice, record_need
from hands import CONTROL, keep_what_goes_out, press, tab_to

SAVING = 30_000
"""The first file of a sitting waits for libraries that are read when they are needed."""

@pytest.fixture
def package(demo_desk: Desk) -> Package:
    package = record_need(demo_desk)
    record_choice(demo_desk, package)
    return package


def shown(qtbot: QtBot, window: MainWindow, runner: ActRunner) -> LearningPage:
    window.go("reports", None, "learning")
    page = window.page
    assert isinstance(page, LearningPage)
    qtbot.waitUntil(lambda: runner.is_idle and page.report is not None)
    return page


def test_refusals_are_drawn_and_every_row_stands_beneath(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, package: Package
) -> None:
    page = shown(qtbot, main_window, runner)
    assert [(bar.words, bar.shown) for bar in page.bars.bars] == [("no capacity", "2")]
    assert page.bars.accessibleDescription() == "no capacity: 2"
    assert page.table is not None
    (row,) = page.table.rows_model.rows
    assert [words_of(cell) for cell in row.cells][-3:] == ["no capacity", "2", "100"]


def test_another_report_is_chosen_by_keyboard_and_saved(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, package: Package, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    page = shown(qtbot, main_window, runner)
    tab_to("Report")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)

    qtbot.waitUntil(lambda: runner.is_idle and page.report is not None and page.report.name == "providers")
    assert page.table is not None
    assert len(page.table.rows_model.rows) == 4
    saved = tmp_path / "providers.xlsx"
    monkeypatch.setattr(files, "ask_new_file", lambda *_: saved)
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle and saved.exists(), timeout=SAVING)


def test_the_evidence_of_a_round_is_saved_signed_and_noted(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, package: Package,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    main_window.go("package", package.reference, "offers")
    page = main_window.page
    saved = tmp_path / "evidence.pdf"
    monkeypatch.setattr(files, "ask_new_file", lambda *_: saved)
    commands = {command.words: command.do for command in page.commands()}
    commands["Save the search evidence"]()
    keep_what_goes_out()
    qtbot.waitUntil(lambda: runner.is_idle and saved.exists(), timeout=SAVING)
    assert saved.read_bytes().startswith(b"%PDF-1.7")
    with demo_desk.reading() as unit:
        assert unit.register()[-1][0].act == "evidence_packed"
    commands["Replay the round"]()
    qtbot.waitUntil(lambda: any("comes out the same" in told for told in main_window.told), timeout=SAVING)
