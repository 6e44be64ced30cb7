"""The council's templates by keyboard: typed, looked at on three cases, kept as editions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.letter import LetterKind
from brokerdesk.core.services import templates
from brokerdesk.core.services.desk import Desk
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.settings_letters import LetterheadSection, LettersSection
from council_sample import MANAGER, Council
from hands import fill, press, tab_to
from ui.test_page_settings import act, show

Open = Callable[[Desk], MainWindow]


@pytest.fixture
def manager_desk(council: Council) -> Iterator[Desk]:
    with council.open(MANAGER) as desk:
        yield desk


@pytest.fixture
def window(window_of: Open, manager_desk: Desk) -> MainWindow:
    return window_of(manager_desk)


def test_a_paragraph_is_typed_looked_at_and_kept_as_an_edition(
    qtbot: QtBot, window: MainWindow, runner: ActRunner, manager_desk: Desk
) -> None:
    section = show(window, "letters").section
    assert isinstance(section, LettersSection)
    qtbot.waitUntil(lambda: runner.is_idle and section.shown.view.name.whole_text != "", timeout=20_000)
    assert section.shown.view.name.whole_text.startswith("Award")
    fill("Payment", "We pay {provder} within 30 days.")
    qtbot.waitUntil(lambda: runner.is_idle and not section.shown.trouble.isHidden(), timeout=20_000)
    assert "{provider} (the nearest name)" in section.shown.trouble.text()
    fill("Payment", "We pay {provider} within 30 days.")
    qtbot.waitUntil(lambda: runner.is_idle and section.shown.trouble.isHidden(), timeout=20_000)
    act(qtbot, runner)
    kept = templates.editions(manager_desk, LetterKind.AWARD)
    assert [held.edition for held in kept] == [1]
    assert kept[0].paragraphs["payment"] == "We pay {provider} within 30 days."
    assert "edition 1" in section.edition.text()


def test_every_case_can_be_looked_at(
    qtbot: QtBot, window: MainWindow, runner: ActRunner
) -> None:
    section = show(window, "letters").section
    assert isinstance(section, LettersSection)
    tab_to("Home care")
    for words in ("Award", "Unsuccessful"):
        press(Qt.Key.Key_Right)
        press(Qt.Key.Key_Space)
        qtbot.waitUntil(
            lambda words=words: runner.is_idle and section.shown.view.name.whole_text.startswith(words),
            timeout=20_000,
        )


def test_a_letterhead_with_a_crest_is_kept_and_a_faint_colour_is_not(
    qtbot: QtBot,
    window: MainWindow,
    runner: ActRunner,
    manager_desk: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    crest = tmp_path / "crest.png"
    Image.new("RGB", (120, 120), "#1F4E8C").save(crest)
    monkeypatch.setattr(files, "ask_file", lambda *_: crest)
    section = show(window, "letterhead").section
    assert isinstance(section, LetterheadSection)
    fill("Address", "9 Quay Street")
    fill("Colour of titles", "#CCCCCC")
    act(qtbot, runner)
    assert templates.letterheads(manager_desk) == ()
    fill("Colour of titles", "#1F4E8C")
    section.take(crest)
    qtbot.waitUntil(lambda: runner.is_idle and section.crest != "", timeout=20_000)
    act(qtbot, runner)
    assert templates.letterheads(manager_desk) == (), "a crest needs words"
    fill("What the crest shows", "A blue square")
    act(qtbot, runner)
    kept = templates.letterheads(manager_desk)
    assert [(held.edition, held.accent, held.crest_alt) for held in kept] == [(1, "#1F4E8C", "A blue square")]


def test_a_broker_looks_and_changes_nothing(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner
) -> None:
    page = show(main_window, "letters")
    qtbot.waitUntil(lambda: runner.is_idle, timeout=20_000)
    deed = page.section.deed()
    assert deed is not None
    assert deed.waits_for == "A framework manager changes this. Ask one to sign in."
