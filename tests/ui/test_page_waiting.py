"""Who waits and whom to ask: ranked while the window stays alive, opened by keyboard, stopped, saved."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backlog_sample import add_locations, add_waiting
from brokerdesk.core.services import backlog
from brokerdesk.core.services.desk import Desk
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.packages_page import PackagesPage
from brokerdesk.ui.pages.shortlist_page import ShortlistPage
from brokerdesk.ui.pages.waiting_page import WaitingPage
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.table_values import words_of
from council_sample import PROVIDERS, a_need, open_round, record_need
from hands import CONTROL, name_of, press, tab_to, type_in

RANKING = 60_000


def shown(qtbot: QtBot, window: MainWindow, runner: ActRunner) -> WaitingPage:
    window.go("packages", None, "waiting")
    page = window.page
    assert isinstance(page, WaitingPage)
    qtbot.waitUntil(lambda: runner.is_idle and page.watch is None, timeout=RANKING)
    return page


def words_of_rows(page: WaitingPage) -> list[list[str]]:
    return [[words_of(cell) for cell in row.cells] for row in page.table.rows_model.rows]


def test_urgent_needs_come_first_each_with_whom_to_ask(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk
) -> None:
    record_need(demo_desk)
    record_need(
        demo_desk, a_need("Ivor", "Quill", urgent_since=datetime(2026, 12, 8, 9, tzinfo=UTC))
    )
    page = shown(qtbot, main_window, runner)
    ranked = list(backlog.who_can_be_asked(demo_desk))
    rows = words_of_rows(page)
    assert [row[0].split(",")[0] for row in rows] == ["Ivor Quill", "Winifred Larkspur"]
    assert [row[1] for row in rows] == ["Urgent", ""]
    assert ranked[0].best is not None
    assert rows[0][4].startswith(ranked[0].best.rows[0].provider)
    assert rows[0][5] == str(ranked[0].best.may_be_asked)
    beside = [label.text() for label in page.best.findChildren(Label)]
    assert all(held.provider in beside for held in ranked[0].best.rows)
    assert main_window.header.accessibleName() or page.header().line == "2 packages, 1 urgent"


def test_a_row_opens_its_package_at_the_list_of_providers_by_keyboard(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk
) -> None:
    record_need(demo_desk)
    second = record_need(demo_desk, a_need("Ivor", "Quill"))
    page = shown(qtbot, main_window, runner)
    tab_to("Packages that wait for a provider")
    press(Qt.Key.Key_Down)
    assert page.lamp().primary is not None
    assert second.reference in page.lamp().primary.words
    press(Qt.Key.Key_Return)
    front = main_window.page
    assert isinstance(front, ShortlistPage)
    assert front.package.reference == second.reference


def test_ctrl_k_and_the_packages_page_lead_there(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk
) -> None:
    record_need(demo_desk)
    main_window.go("packages")
    page = main_window.page
    assert isinstance(page, PackagesPage)
    qtbot.waitUntil(lambda: runner.is_idle)
    tab_to("Who waits")
    press(Qt.Key.Key_Return)
    assert isinstance(main_window.page, WaitingPage)
    main_window.go("today")
    press(Qt.Key.Key_K, CONTROL)
    type_in("who waits and")
    qtbot.waitUntil(lambda: runner.is_idle)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(main_window.page, WaitingPage))


def test_where_nobody_waits_the_page_says_so_and_offers_the_next_step(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk
) -> None:
    page = shown(qtbot, main_window, runner)
    assert page.nothing.isVisible()
    assert not page.table.isVisible()
    tab_to("Describe a need")
    press(Qt.Key.Key_Return)
    assert main_window.where is not None
    assert main_window.where.step == "new"


def test_who_has_been_asked_leaves_the_list(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk
) -> None:
    package = record_need(demo_desk)
    record_need(demo_desk, a_need("Ivor", "Quill"))
    page = shown(qtbot, main_window, runner)
    assert len(page.rows) == 2
    open_round(demo_desk, package)
    page.is_stale = True
    page = shown(qtbot, main_window, runner)
    assert [row.person for row in page.rows] == ["Ivor Quill"]


def test_the_window_stays_alive_while_many_are_ranked_and_the_first_rows_do_not_wait_for_the_last(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk
) -> None:
    add_locations(demo_desk, 6000)
    waiting = add_waiting(demo_desk, 400)
    main_window.go("packages", None, "waiting")
    page = main_window.page
    assert isinstance(page, WaitingPage)
    qtbot.waitUntil(lambda: bool(page.rows), timeout=RANKING)
    assert page.watch is not None, "the first rows waited for the last"
    qtbot.waitUntil(lambda: len(page.rows) > 1, timeout=RANKING)
    press(Qt.Key.Key_Down)
    assert page.table.current_key() == page.rows[1].reference, "a key was heard only once all was ranked"
    assert page.watch is not None
    assert len(page.rows) < len(waiting)
    qtbot.waitUntil(lambda: page.is_ranked and runner.is_idle, timeout=RANKING)
    assert page.table.current_key() == page.rows[1].reference
    assert [row.reference for row in page.rows] == [
        row.reference for row in backlog.who_can_be_asked(demo_desk)
    ]


def test_a_ranking_is_stopped_and_what_was_ranked_stands(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk
) -> None:
    add_locations(demo_desk, 2000)
    waiting = add_waiting(demo_desk, 600)
    main_window.go("packages", None, "waiting")
    page = main_window.page
    assert isinstance(page, WaitingPage)
    qtbot.waitUntil(page.progress.isVisible, timeout=RANKING)
    tab_to("Cancel")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: runner.is_idle, timeout=RANKING)
    assert page.was_stopped
    assert len(page.rows) < len(waiting)
    assert not page.progress.isVisible()
    assert "Stopped after" in page.counted.text()
    assert name_of(main_window.lamp_bar.primary) == "Rank everyone"


def test_the_list_is_saved_where_the_broker_says(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    package = record_need(demo_desk)
    shown(qtbot, main_window, runner)
    saved = tmp_path / "waiting.csv"
    monkeypatch.setattr(files, "ask_new_file", lambda *_: saved)
    tab_to("Save the list")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: runner.is_idle and saved.exists(), timeout=30_000)
    rows = list(csv.reader(saved.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[1][0] == package.reference
    assert PROVIDERS[0][1] in rows[1]


def test_today_leads_there_by_keyboard(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk
) -> None:
    record_need(demo_desk)
    main_window.go("today")
    qtbot.waitUntil(lambda: runner.is_idle)
    tab_to("Whom to ask for each")
    press(Qt.Key.Key_Return)
    assert isinstance(main_window.page, WaitingPage)


def test_the_keyboard_is_on_the_first_row_once_it_is_known(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk
) -> None:
    record_need(demo_desk)
    page = shown(qtbot, main_window, runner)
    assert QApplication.focusWidget() is page.table, "it lay on a Cancel that nobody saw"
