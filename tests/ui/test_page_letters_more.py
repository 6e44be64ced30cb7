"""The whole set on the Letters step by keyboard: corrected, withdrawn, in large print and as a page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.award import LetterStatus
from brokerdesk.core.domain.package import Package
from brokerdesk.core.services import awards, letter_batch, letters
from brokerdesk.core.services.desk import Desk
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.letters_page import LettersPage
from hands import CONTROL, press, tab_to, type_in
from ui.test_page_letters import award, issue, show, write


@pytest.fixture
def issued(demo_desk: Desk) -> Package:
    made = award(demo_desk)
    prepared = write(demo_desk, made)
    letter_batch.issue_letters(demo_desk, letter_ids=[held.id for held in prepared])
    return made


def give_reason(qtbot: QtBot, runner: ActRunner, reason: str) -> None:
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    tab_to("Reason")
    type_in(reason)
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle, timeout=20_000)


def test_a_letter_is_corrected_by_keyboard_and_the_earlier_one_is_shown_as_superseded(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, issued: Package
) -> None:
    page = show(qtbot, main_window, runner, issued)
    tab_to("Correct it")
    press(Qt.Key.Key_Space)
    give_reason(qtbot, runner, "The contact was wrong")
    rows = [row.first for row in page.list.entries.rows]
    assert rows[:2] == ["1. Award", "1. Award, version 2"]
    chosen = page.chosen()
    assert chosen is not None
    assert (chosen.letter_version, chosen.status) == (2, LetterStatus.PREPARED)
    page.sign_and_issue()  # off screen no window manager gives the keyboard back after a dialog
    qtbot.waitUntil(lambda: runner.is_idle, timeout=20_000)
    assert page.list.entries.rows[0].spoken == "Superseded"
    assert main_window.lamp_bar.lamp.primary is not None
    assert main_window.lamp_bar.lamp.primary.words == "Draft 4 e-mails"


def test_a_withdrawn_award_s_letters_stay_and_those_told_are_told(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, issued: Package
) -> None:
    award_id = letters.letters_of(demo_desk, issued.id)[0].award_id
    awards.withdraw_award(demo_desk, award_id=award_id, reason="The provider has no carers")
    main_window.go("package", issued.reference, "letters")
    page = main_window.page
    assert isinstance(page, LettersPage)
    qtbot.waitUntil(lambda: runner.is_idle, timeout=20_000)
    assert {row.spoken for row in page.list.entries.rows} == {"Award withdrawn"}
    assert main_window.lamp_bar.lamp.primary is not None
    assert main_window.lamp_bar.lamp.primary.words == "Write the letters of withdrawal"
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle and len(page.unissued) == 2, timeout=20_000)
    assert [row.first for row in page.list.entries.rows][-2:] == [
        "5. Withdrawal",
        "6. Withdrawal, to the person",
    ]
    issue(qtbot, main_window, runner)
    kept = letters.letters_of(demo_desk, issued.id)
    assert all(held.status is LetterStatus.ISSUED for held in kept)


def test_the_person_s_letter_is_saved_in_large_print_and_as_a_page(
    qtbot: QtBot,
    main_window: MainWindow,
    runner: ActRunner,
    demo_desk: Desk,
    issued: Package,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = show(qtbot, main_window, runner, issued)
    assert not page.buttons["large"].isVisible()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: runner.is_idle, timeout=20_000)
    for name, file_name in (("Save in large print", "large.pdf"), ("Save as a web page", "page.html")):
        target = tmp_path / file_name
        monkeypatch.setattr(files, "ask_new_file", lambda *_, target=target: target)
        tab_to(name)
        press(Qt.Key.Key_Space)
        qtbot.waitUntil(lambda target=target: target.exists() and runner.is_idle, timeout=20_000)
    large = (tmp_path / "large.pdf").read_bytes()
    assert letters.verify_letter(demo_desk.checker, demo_desk, large).is_good
    assert (tmp_path / "page.html").read_bytes().startswith(b"<!doctype html>")
