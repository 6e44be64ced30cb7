"""The Letters step by keyboard: signed, checked, saved, printed and drafted; and a letter somebody shows."""

from __future__ import annotations

import email
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.award import AwardFacts, FiledLetter, LetterStatus
from brokerdesk.core.domain.package import Package
from brokerdesk.core.services import awards, further_letters, letter_batch, letters
from brokerdesk.core.services.desk import Desk
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.dialogs import files, printing
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.letters_page import LettersPage
from brokerdesk.ui.pages.verify_page import VerifyPage
from brokerdesk.ui.widgets.frame_values import LampForm
from council_sample import BROKER, MANAGER, PROVIDERS, Council, approve_elsewhere, record_need
from hands import ALT, CONTROL, press, tab_to

Open = Callable[[Desk], MainWindow]


def award(desk: Desk) -> Package:
    """A package that is awarded; no letter is written yet."""
    package = record_need(desk)
    approve_elsewhere(desk, package)
    awards.record_exclusion_check(
        desk, package_id=package.id, location_id=PROVIDERS[0][0], checked_on=desk.today()
    )
    advice = awards.suggest(desk, package.id)
    awards.make_award(desk, package_id=package.id, facts=AwardFacts(advice.route, advice.why))
    return package


def write(desk: Desk, package: Package) -> tuple[FiledLetter, ...]:
    with desk.reading() as unit:
        award_id = unit.of(awards.Award).find(package_id=package.id)[0].id
    return letters.prepare_letters(desk, award_id=award_id).value


@pytest.fixture
def package(demo_desk: Desk) -> Package:
    made = award(demo_desk)
    write(demo_desk, made)
    return made


def show(qtbot: QtBot, window: MainWindow, runner: ActRunner, package: Package) -> LettersPage:
    window.go("package", package.reference)
    press(Qt.Key.Key_8, ALT)
    page = window.page
    assert isinstance(page, LettersPage)
    qtbot.waitUntil(lambda: runner.is_idle, timeout=20_000)
    return page


def issue(qtbot: QtBot, window: MainWindow, runner: ActRunner) -> None:
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle, timeout=30_000)


def test_an_award_without_letters_has_them_written(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk
) -> None:
    package = award(demo_desk)
    page = show(qtbot, main_window, runner, package)
    assert page.nothing.isVisible()
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle and bool(page.letters), timeout=20_000)
    assert [row.first for row in page.list.entries.rows] == [
        "1. Award",
        "2. Unsuccessful",
        "3. To the person",
        "4. Agreement",
    ]
    assert main_window.toast.sentence.text() == "Written: 3 letters, 1 agreement."


def test_a_letter_is_seen_before_it_is_signed_and_says_that_it_does_not_count_yet(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, package: Package
) -> None:
    page = show(qtbot, main_window, runner, package)
    assert page.verdict.lead.text() == "Prepared, not issued"
    assert page.view.name.whole_text.startswith("Award, Wrenhollow Home Care")
    press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.view.name.whole_text.startswith("Unsuccessful"), timeout=20_000)
    assert page.chosen() == page.letters[1]
    qtbot.waitUntil(lambda: runner.is_idle)


def test_every_letter_is_signed_checked_and_issued_at_once(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, package: Package
) -> None:
    page = show(qtbot, main_window, runner, package)
    issue(qtbot, main_window, runner)
    kept = letters.letters_of(demo_desk, package.id)
    assert all(held.status is LetterStatus.ISSUED and held.issued_by == BROKER for held in kept)
    qtbot.waitUntil(lambda: page.verdict.lead.text() == "Signed and unchanged", timeout=20_000)
    assert main_window.toast.sentence.text() == "Issued: 3 letters, 1 agreement."
    assert main_window.lamp_bar.lamp.primary is not None
    assert main_window.lamp_bar.lamp.primary.words == "Draft 4 e-mails"


def test_a_drawn_signature_goes_into_the_letter(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, package: Package
) -> None:
    page = show(qtbot, main_window, runner, package)
    tab_to("My name, typed")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return, CONTROL)
    assert main_window.told[-1].startswith("Nothing is drawn yet.")
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(page.pad, left, pos=QPoint(30, 40))
    for x in (60, 90, 120):
        QTest.mouseMove(page.pad, QPoint(x, 30))
    QTest.mouseRelease(page.pad, left, pos=QPoint(120, 30))
    picture = page.pad.picture()
    assert picture is not None
    assert not QImage.fromData(picture).isNull()
    issue(qtbot, main_window, runner)
    assert page.pad.is_empty
    assert not page.unissued
    pdf = letters.preview(demo_desk, page.letters[0].id)
    assert letters.verify_letter(demo_desk.checker, demo_desk, pdf).is_good


def test_copies_and_drafts_go_where_the_broker_says_and_nothing_is_sent(
    qtbot: QtBot,
    main_window: MainWindow,
    runner: ActRunner,
    demo_desk: Desk,
    package: Package,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    letter_batch.issue_letters(
        demo_desk, letter_ids=[held.id for held in letters.letters_of(demo_desk, package.id)]
    )
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.setattr(files, "ask_folder", lambda *_: folder)
    page = show(qtbot, main_window, runner, package)
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: len(list(folder.glob("*.eml"))) == 4 and runner.is_idle, timeout=20_000)
    message = email.message_from_bytes(next(iter(sorted(folder.glob("*.eml")))).read_bytes())
    assert message["X-Unsent"] == "1"
    assert main_window.toast.sentence.text().endswith("You send it yourself.")
    tab_to("Save all as PDF")
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(list(folder.glob("*.pdf"))) == 4 and runner.is_idle, timeout=20_000)
    copy = tmp_path / "copy.pdf"
    monkeypatch.setattr(files, "ask_new_file", lambda *_: copy)
    tab_to("Save a copy")
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: copy.exists() and runner.is_idle, timeout=20_000)
    assert copy.read_bytes() == page.letters[0].pdf


def test_a_letter_is_printed_page_by_page(
    qtbot: QtBot,
    main_window: MainWindow,
    runner: ActRunner,
    package: Package,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paper = tmp_path / "paper.pdf"

    def to_file(*_: object) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(paper))
        return printer

    monkeypatch.setattr(printing, "ask_printer", to_file)
    monkeypatch.setattr(printing, "PRINT_DPI", 72)
    show(qtbot, main_window, runner, package)
    tab_to("Print")
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: runner.is_idle and paper.exists(), timeout=20_000)
    assert paper.read_bytes().startswith(b"%PDF")
    assert main_window.toast.sentence.text().endswith("is on its way to the printer.")


def test_who_is_no_broker_reads_the_letters_and_signs_none(
    qtbot: QtBot, council: Council, window_of: Open, runner: ActRunner
) -> None:
    with council.open(BROKER) as desk:
        package = award(desk)
        write(desk, package)
    with council.open(MANAGER) as desk:
        window = window_of(desk)
        page = show(qtbot, window, runner, package)
        assert window.lamp_bar.lamp.form is LampForm.WAITING
        assert not page.signing.isVisible()


def check(qtbot: QtBot, window: MainWindow, runner: ActRunner) -> VerifyPage:
    window.go("reports", None, "verify")
    page = window.page
    assert isinstance(page, VerifyPage)
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle and page.judged is not None, timeout=20_000)
    return page


def test_a_letter_that_somebody_shows_is_judged_in_plain_words(
    qtbot: QtBot,
    main_window: MainWindow,
    runner: ActRunner,
    demo_desk: Desk,
    package: Package,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = letters.letters_of(demo_desk, package.id)[0]
    letter_batch.issue_letters(demo_desk, letter_ids=[first.id])
    good = letters.save_copy(demo_desk, first.id, tmp_path / "good.pdf")
    monkeypatch.setattr(files, "ask_file", lambda *_: good)
    page = check(qtbot, main_window, runner)
    assert page.verdict.lead.text() == "Signed and unchanged"
    assert page.middle.currentIndex() == 1
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(good.read_bytes() + b"\n% more\n")
    page.judged = None
    monkeypatch.setattr(files, "ask_file", lambda *_: changed)
    page = check(qtbot, main_window, runner)
    assert page.judged is not None
    assert not page.judged.verdict.is_good
    assert page.middle.currentIndex() == 0, "pages of a file that cannot be relied on are not shown"


def test_a_letter_that_was_corrected_or_whose_award_was_withdrawn_no_longer_holds(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, package: Package,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    first = letters.letters_of(demo_desk, package.id)[0]
    letter_batch.issue_letters(demo_desk, letter_ids=[first.id])
    early = letters.save_copy(demo_desk, first.id, tmp_path / "early.pdf")
    second = further_letters.correct_letter(demo_desk, letter_id=first.id, reason="A wrong telephone").value
    letter_batch.issue_letters(demo_desk, letter_ids=[second.id])
    monkeypatch.setattr(files, "ask_file", lambda *_: early)
    page = check(qtbot, main_window, runner)
    assert page.verdict.lead.text() == "Superseded by version 2 of 8 December 2026"
    assert page.verdict.head.property("tone") == "warn"
    assert page.middle.currentIndex() == 1
    held = letters.save_copy(demo_desk, second.id, tmp_path / "second.pdf")
    awards.withdraw_award(demo_desk, award_id=second.award_id, reason="She went back to hospital")
    page.judged = None
    monkeypatch.setattr(files, "ask_file", lambda *_: held)
    page = check(qtbot, main_window, runner)
    assert page.verdict.lead.text() == (
        "Withdrawn: the award that it tells of was withdrawn on 8 December 2026"
    )
    assert page.verdict.head.property("tone") == "warn"


def test_a_file_that_is_no_pdf_is_said_to_be_none(
    qtbot: QtBot,
    main_window: MainWindow,
    runner: ActRunner,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("hello", encoding="utf-8")
    monkeypatch.setattr(files, "ask_file", lambda *_: note)
    page = check(qtbot, main_window, runner)
    assert "not a PDF" in page.verdict.lead.text()
