"""From the first start to the last backup: setting up, signing in, locking, coming back, closing."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from brokerdesk import wiring
from brokerdesk.app.program import Program
from brokerdesk.app.status import directory_words, last_backup
from brokerdesk.core.domain.officer import Authority, Role
from brokerdesk.core.domain.package import Package
from brokerdesk.core.files import own_folder
from brokerdesk.core.places import opened_files
from brokerdesk.core.ports import Progress
from brokerdesk.core.services import letters, referrals
from brokerdesk.core.settings import Settings, Theme, read_settings
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.first_start_page import FirstStartPage, RecoveryKeyPage
from brokerdesk.ui.pages.letters_page import LettersPage
from brokerdesk.ui.pages.need_page import NEW_DRAFT
from brokerdesk.ui.pages.unlock_page import RecoveryPage, UnlockPage
from brokerdesk.ui.pages.welcome_page import WaitPage, WelcomePage
from council_sample import APPROVER, BROKER, CHEAP, PASSPHRASE, Council, record_need
from hands import ALT, CONTROL, fill, press, tab_to, type_in
from letter_council import prepared_letters


@pytest.fixture
def programs(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Path], Program]]:
    """Starts the program on a folder; what is still open is closed in the end."""
    started: list[Program] = []
    monkeypatch.setattr(qapp, "quit", lambda: None)
    qapp.setQuitOnLastWindowClosed(False)

    def start(folder: Path, clock: wiring.SettableClock | None = None) -> Program:
        program = Program(qapp, folder, settings_file=tmp_path / "settings.toml", clock=clock, cost=CHEAP)
        started.append(program)
        program.start()
        return program

    yield start
    for program in started:
        if program.sitting is not None:
            program.sitting.window.close()
            qtbot.waitUntil(lambda program=program: program.opened is None)
        elif program.front is not None:
            program.front.close()
        qtbot.waitUntil(lambda program=program: program.front is None and program.has_ended)


@pytest.fixture
def program(council: Council, programs: Callable[..., Program]) -> Program:
    """The program before the sample council's locked desk."""
    return programs(council.folder, council.clock)


def front_page(program: Program) -> object:
    assert program.front is not None
    program.front.activateWindow()
    QApplication.processEvents()
    return program.front.page


def sign_in(qtbot: QtBot, program: Program, officer: str = BROKER, passphrase: str = PASSPHRASE) -> None:
    page = front_page(program)
    assert isinstance(page, UnlockPage)
    page.officer.set_value(officer)
    page.passphrase.setFocus()
    type_in(passphrase)
    press(Qt.Key.Key_Return)


def window_of(qtbot: QtBot, program: Program) -> MainWindow:
    qtbot.waitUntil(lambda: program.sitting is not None, timeout=10_000)
    assert program.sitting is not None
    program.sitting.window.activateWindow()
    qtbot.waitUntil(program.sitting.window.isActiveWindow)
    return program.sitting.window


def test_a_passphrase_opens_the_desk_at_today(qtbot: QtBot, program: Program) -> None:
    sign_in(qtbot, program)
    window = window_of(qtbot, program)
    assert window.page is not None
    assert window.page.title == "Today"
    assert program.front is None
    words = window.facts.words()
    assert words[0] == "DEMO: invented people"
    assert "Asha Penhaligon, broker" in words
    assert "Locks after 10 minutes" in words


def test_a_wrong_passphrase_is_said_and_the_desk_stays_locked(qtbot: QtBot, program: Program) -> None:
    sign_in(qtbot, program, passphrase="four loud words here")
    page = front_page(program)
    assert isinstance(page, UnlockPage)
    qtbot.waitUntil(lambda: bool(page.passphrase_box.trouble))
    assert page.passphrase_box.trouble == (
        "That is not the passphrase of Asha Penhaligon. Type it again; mind capital letters and spaces."
    )
    assert page.passphrase.selectedText()
    assert program.sitting is None


def test_the_lock_keeps_what_is_typed_and_the_same_officer_comes_back_to_it(
    qtbot: QtBot, program: Program
) -> None:
    sign_in(qtbot, program)
    window = window_of(qtbot, program)
    window.go("packages", None, "new")
    fill("Family name", "Larkspur")
    press(Qt.Key.Key_L, CONTROL)
    page = front_page(program)
    assert isinstance(page, UnlockPage)
    assert page.officer.value() == BROKER
    sign_in(qtbot, program)
    window = window_of(qtbot, program)
    assert window.where is not None
    assert window.where.page_key == "packages/new"
    assert program.sitting is not None
    kept = referrals.draft(program.sitting.desk, NEW_DRAFT)
    assert kept is not None
    assert kept["family_name"] == "Larkspur"


def test_another_officer_signs_in_at_the_locked_desk_as_herself(qtbot: QtBot, program: Program) -> None:
    sign_in(qtbot, program)
    window_of(qtbot, program).go("packages", None, "new")
    press(Qt.Key.Key_L, CONTROL)
    sign_in(qtbot, program, APPROVER)
    window = window_of(qtbot, program)
    assert program.sitting is not None
    assert program.sitting.desk.operator.name == APPROVER
    assert window.where is not None
    assert window.where.page_key == "today"


def test_idle_minutes_lock_the_desk_and_a_key_puts_it_off(qtbot: QtBot, program: Program) -> None:
    sign_in(qtbot, program)
    window = window_of(qtbot, program)
    sitting = program.sitting
    assert sitting is not None
    assert sitting._idle.interval() == 10 * 60_000
    sitting._idle.stop()
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Shift, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, key)
    assert sitting._idle.isActive()
    sitting._idle.setInterval(1)
    qtbot.waitUntil(lambda: program.front is not None)
    assert program.sitting is None


def test_closing_makes_a_backup_and_gives_the_desk_back(
    qtbot: QtBot, program: Program, council: Council
) -> None:
    sign_in(qtbot, program)
    window = window_of(qtbot, program)
    assert program.sitting is not None
    record_need(program.sitting.desk)
    window.close()
    qtbot.waitUntil(lambda: program.has_ended, timeout=10_000)
    assert last_backup(council.folder) is not None
    with council.open(APPROVER) as desk:
        assert desk.operator.name == APPROVER


def test_other_settings_are_kept_and_shown_at_once_where_she_is(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    sign_in(qtbot, program)
    window_of(qtbot, program).go("packages")
    program.apply_settings(Settings(theme=Theme.DARK, idle_lock_minutes=5))
    window = window_of(qtbot, program)
    assert window.where is not None
    assert window.where.page_key == "packages"
    assert "Locks after 5 minutes" in window.facts.words()
    assert read_settings(tmp_path / "settings.toml").theme is Theme.DARK


def test_settings_that_cannot_be_read_are_said_and_the_defaults_hold(
    qtbot: QtBot, council: Council, programs: Callable[..., Program], tmp_path: Path
) -> None:
    (tmp_path / "settings.toml").write_text("idle_lock_minutes = 900\n")
    program = programs(council.folder, council.clock)
    assert program.front is not None
    assert "idle_lock_minutes" in program.front.banner_place.told[0]
    assert program.settings == Settings()


def test_the_first_start_sets_a_desk_up_and_shows_the_recovery_key_once(
    qtbot: QtBot, programs: Callable[..., Program], own_folders: Path
) -> None:
    folder = own_folders / "desk"
    program = programs(folder)
    assert isinstance(front_page(program), WelcomePage)
    tab_to("Set up a desk for your council")
    press(Qt.Key.Key_Space)
    page = front_page(program)
    assert isinstance(page, FirstStartPage)
    fill("Name of the authority", "Northmere Council")
    for card, name in zip(page.cards, ("Asha Penhaligon", "Gideon Fairweather"), strict=True):
        card.name.setFocus()
        type_in(name)
        fill("Passphrase", PASSPHRASE)
        fill("The same again", PASSPHRASE)
    assert not page.turning.isVisible()
    press(Qt.Key.Key_Return, CONTROL)
    assert page.turning.isVisible()
    assert "is being made" in page.waiting.text()
    qtbot.waitUntil(lambda: isinstance(front_page(program), RecoveryKeyPage), timeout=15_000)
    key_page = front_page(program)
    assert isinstance(key_page, RecoveryKeyPage)
    key_page.open_desk.press()
    assert key_page.why.text() == "Print or copy the key first, then tick that you have it."
    tab_to("I have kept it")
    press(Qt.Key.Key_Space)
    tab_to("Open the desk")
    press(Qt.Key.Key_Return)
    window_of(qtbot, program)
    assert program.sitting is not None
    assert program.sitting.desk.operator.name == "Asha Penhaligon"
    assert program.sitting.desk.authority() == Authority(
        program.sitting.desk.authority().id, "Northmere Council"
    )
    with program.sitting.desk.reading() as unit:
        acts = [entry.act for entry, _ in unit.register()]
    assert acts == ["desk_set_up"]


def test_practising_says_how_far_the_demo_council_is(
    qtbot: QtBot, programs: Callable[..., Program], own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = Event()

    def made(folder: Path, *, progress: Progress) -> bool:
        progress.report(2, 12, "Larkspur")
        return goes_on.wait(20)

    monkeypatch.setattr(wiring, "make_demo", made)
    program = programs(own_folders / "desk")
    program.practise()
    page = front_page(program)
    assert isinstance(page, WaitPage)
    qtbot.waitUntil(lambda: page.how_far.text() == "Package 3 of 12")
    assert (page.bar.value(), page.bar.maximum()) == (2, 12)
    goes_on.set()
    qtbot.waitUntil(lambda: not isinstance(front_page(program), WaitPage), timeout=15_000)


def test_officers_who_could_not_work_together_are_refused(
    qtbot: QtBot, programs: Callable[..., Program], own_folders: Path
) -> None:
    program = programs(own_folders / "desk")
    front_page(program)
    program._show_first_start()
    page = front_page(program)
    assert isinstance(page, FirstStartPage)
    fill("Name of the authority", "Northmere Council")
    for card in page.cards:
        card.name.setText("Asha Penhaligon")
        card.first.setText(PASSPHRASE)
        card.again.setText(PASSPHRASE)
    press(Qt.Key.Key_Return, CONTROL)
    assert page.trouble.sentence.startswith("Two officers have the same name.")
    page.cards[1].name.setText("Gideon Fairweather")
    page.cards[1].roles.set_value((Role.AUDITOR.value,))
    press(Qt.Key.Key_Return, CONTROL)
    assert page.trouble.sentence.startswith("Nobody but the broker could approve.")
    page.cards[1].first.setText("short")
    press(Qt.Key.Key_Return, CONTROL)
    assert "at least 12 letters" in page.trouble.sentence
    assert not (own_folders / "desk").exists()


def test_the_recovery_key_gives_a_new_passphrase(
    qtbot: QtBot, programs: Callable[..., Program], tmp_path: Path
) -> None:
    folder = tmp_path / "desk"
    officers = [
        wiring.NewOfficer(BROKER, (Role.BROKER,), PASSPHRASE),
        wiring.NewOfficer(APPROVER, (Role.APPROVER,), PASSPHRASE),
    ]
    created = wiring.create_desk(folder, authority=Authority("", "Northmere"), officers=officers, cost=CHEAP)
    program = programs(folder)
    front_page(program)
    tab_to("Use the recovery key")
    press(Qt.Key.Key_Return)
    page = front_page(program)
    assert isinstance(page, RecoveryPage)
    page.key.setFocus()
    type_in(created.recovery_key)
    fill("New passphrase", "another four quiet words")
    fill("The same again", "another four quiet words")
    tab_to("Set the new passphrase")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(front_page(program), UnlockPage), timeout=10_000)
    sign_in(qtbot, program, passphrase="another four quiet words")
    window_of(qtbot, program)


def test_the_age_of_the_directory_is_in_sight() -> None:
    assert directory_words(None, date(2026, 12, 8)) == "No CQC file yet"
    assert directory_words(date(2026, 12, 1), date(2026, 12, 8)) == "CQC file 1 Dec 2026, 7 days old"


def open_a_letter(qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Issue a letter, sign in and have its file opened by the program for PDF; the copy that it is given."""
    given: list[Path] = []
    monkeypatch.setattr(
        "brokerdesk.ui.pages.letters_page.QDesktopServices.openUrl",
        lambda url: given.append(Path(url.toLocalFile())),
    )
    sign_in(qtbot, program)
    window, sitting = window_of(qtbot, program), program.sitting
    assert sitting is not None
    held = prepared_letters(sitting.desk, 1)[0]
    letters.issue_letter(sitting.desk, letter_id=held.id)
    with sitting.desk.reading() as unit:
        reference = unit.of(Package).get(held.package_id).reference
    window.go("package", reference)
    press(Qt.Key.Key_8, ALT)
    qtbot.waitUntil(lambda: sitting.runner.is_idle, timeout=20_000)
    page = window.page
    assert isinstance(page, LettersPage)
    page.buttons["open"].setFocus()
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(given), timeout=10_000)
    return given[0]


def test_a_letter_that_was_opened_is_out_of_reach_once_the_desk_is_locked(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = open_a_letter(qtbot, program, monkeypatch)
    assert copy.parent == program.folder / "opened"
    assert copy.read_bytes().startswith(b"%PDF")
    if sys.platform != "win32":
        assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    press(Qt.Key.Key_L, CONTROL)
    front_page(program)
    assert not copy.parent.exists()


def test_a_letter_that_was_opened_is_gone_once_the_desk_is_closed(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = open_a_letter(qtbot, program, monkeypatch)
    assert program.sitting is not None
    program.sitting.window.close()
    qtbot.waitUntil(lambda: program.has_ended, timeout=20_000)
    assert not copy.parent.exists()


def test_what_a_killed_program_had_opened_is_gone_at_the_next_start_before_anyone_signs_in(
    council: Council, programs: Callable[..., Program]
) -> None:
    left = own_folder(opened_files(council.folder)) / "04-person-person.pdf"
    left.write_bytes(b"%PDF of a person")
    programs(council.folder, council.clock)
    assert not left.exists()


def test_what_is_open_in_another_program_on_the_same_desk_stays(
    council: Council, programs: Callable[..., Program]
) -> None:
    with council.open():
        shown = own_folder(opened_files(council.folder)) / "04-person-person.pdf"
        shown.write_bytes(b"%PDF of a person")
        programs(council.folder, council.clock)
        assert shown.exists()
    assert not shown.exists()
