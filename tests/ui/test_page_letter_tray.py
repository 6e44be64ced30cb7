"""Letters of every package by keyboard: signed in one batch, and filed when the provider has signed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.award import Agreement, StampState
from brokerdesk.core.domain.letter import LetterKind
from brokerdesk.core.services import countersigning, letter_batch, letters
from brokerdesk.core.services.desk import Desk
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.dialogs import files, printing
from brokerdesk.ui.dialogs.printing import PrintPreview
from brokerdesk.ui.dialogs.signed_return import ReturnDialog
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.dropped_files import open_import
from brokerdesk.ui.pages.letter_tray_page import LetterTrayPage
from brokerdesk.ui.pages.letter_words import waiting_words
from brokerdesk.ui.pages.letters_page import LettersPage
from brokerdesk.ui.pages.settings_page import SettingsPage
from brokerdesk.ui.widgets.table_values import words_of
from hands import CONTROL, press, tab_to, type_in
from letter_council import prepared_letters
from returns import MANAGER, provider_identity, scanned, signed_by, time_stamp_service


def tray(qtbot: QtBot, window: MainWindow, runner: ActRunner) -> LetterTrayPage:
    window.go("packages", None, "letters")
    page = window.page
    assert isinstance(page, LetterTrayPage)
    qtbot.waitUntil(lambda: runner.is_idle, timeout=20_000)
    return page


def issue_agreement(desk: Desk) -> bytes:
    """The agreement of one award, issued, as it goes to the provider."""
    made = prepared_letters(desk, 5)
    letter_batch.issue_letters(desk, letter_ids=[held.id for held in made])
    return letters.preview(desk, next(held.id for held in made if held.kind == "agreement"))


def answer(qtbot: QtBot, runner: ActRunner) -> ReturnDialog:
    def shown() -> ReturnDialog | None:
        found = QApplication.activeModalWidget()
        return found if isinstance(found, ReturnDialog) else None

    qtbot.waitUntil(lambda: runner.is_idle and shown() is not None, timeout=30_000)
    found = shown()
    assert found is not None
    return found


def test_an_empty_tray_says_where_letters_come_from(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner
) -> None:
    page = tray(qtbot, main_window, runner)
    assert page.nothing.isVisible()
    assert "has come back" in page.none_waits.text()


def test_days_are_written_as_people_read_them(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk
) -> None:
    made = prepared_letters(demo_desk, 5)
    agreement = next(held.id for held in made if held.kind == LetterKind.AGREEMENT.value)
    letter_batch.issue_letters(demo_desk, letter_ids=[agreement])
    page = tray(qtbot, main_window, runner)
    (held,), (row,) = page.awaited, page.waiting.rows_model.rows
    who = f"{held.provider}, {held.package}"
    assert [words_of(cell) for cell in row.cells] == [who, "Tue 8 Dec", "today"]
    assert {words_of(row.cells[-1]) for row in page.table.rows_model.rows} == {"Tue 8 Dec"}
    assert waiting_words(9) == "9 days"


def test_letters_of_every_package_are_signed_in_one_batch(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk
) -> None:
    prepared_letters(demo_desk, 5)
    page = tray(qtbot, main_window, runner)
    assert len(page.ready) == 5
    press(Qt.Key.Key_Space)
    assert main_window.lamp_bar.lamp.primary is not None
    assert main_window.lamp_bar.lamp.primary.words == "Sign and issue 4 letters"
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle and len(page.ready) == 1, timeout=60_000)
    assert main_window.toast.sentence.text() == "4 letters are issued."
    assert len(letter_batch.ready_letters(demo_desk)) == 1


def test_a_signed_letter_that_is_dropped_anywhere_is_looked_at_and_filed(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "back.pdf"
    at = demo_desk.now()
    path.write_bytes(signed_by(issue_agreement(demo_desk), provider_identity(at), at))
    main_window.go("today")
    open_import(main_window, path)
    dialog = answer(qtbot, runner)
    assert f"signed by {MANAGER}" in dialog.verdict.lead.text()
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle and not countersigning.awaited(demo_desk), timeout=30_000)
    assert main_window.toast.sentence.text().startswith(f"Signed by {MANAGER}")


def test_a_scan_needs_the_name_that_is_read_from_the_paper(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    path = tmp_path / "scan.png"
    path.write_bytes(scanned(issue_agreement(demo_desk)))
    monkeypatch.setattr(files, "ask_file", lambda *_: path)
    tray(qtbot, main_window, runner)
    tab_to("File a returned letter")
    press(Qt.Key.Key_Space)
    dialog = answer(qtbot, runner)
    assert dialog.field.isVisible()
    press(Qt.Key.Key_Return, CONTROL)
    assert dialog.isVisible(), "nothing is filed without a name"
    type_in("Wren Oakapple")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle and not countersigning.awaited(demo_desk), timeout=30_000)


def test_an_unsigned_return_is_said_and_the_page_shows_how_long_it_waits(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "back.pdf"
    path.write_bytes(issue_agreement(demo_desk))
    waiting = countersigning.awaited(demo_desk)[0]
    main_window.go("package", waiting.package, "letters")
    page = main_window.page
    assert isinstance(page, LettersPage)
    qtbot.waitUntil(lambda: runner.is_idle, timeout=30_000)
    agreement = next(held for held in page.letters if held.kind == "agreement")
    page.list.choose(agreement.id)
    assert "Not yet agreed" in page.agreement.text()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    move, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(QPointF(5, 5), move, data, left, none)
    open_import(main_window, path)
    dialog = answer(qtbot, runner)
    assert drop.mimeData().hasUrls()
    assert not dialog.may_file
    assert "the provider has not signed it" in dialog.verdict.lead.text()
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert agreement.agreement is Agreement.NOT_YET


def test_every_letter_is_shown_as_it_will_come_out_of_the_printer(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(printing, "PRINT_DPI", 40)
    issue_agreement(demo_desk)
    main_window.go("package", countersigning.awaited(demo_desk)[0].package, "letters")
    page = main_window.page
    assert isinstance(page, LettersPage)
    qtbot.waitUntil(lambda: runner.is_idle, timeout=30_000)
    page.print_all()

    def shown() -> PrintPreview | None:
        found = QApplication.activeModalWidget()
        return found if isinstance(found, PrintPreview) else None

    qtbot.waitUntil(lambda: shown() is not None, timeout=30_000)
    dialog = shown()
    assert dialog is not None
    paper = tmp_path / "paper.pdf"
    monkeypatch.setattr(printing, "ask_printer", lambda *_, **how: to_file(paper, **how))
    pages = [len(pdf_pages(held.pdf)) for held in page.letters]
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: not dialog.isVisible() and paper.exists(), timeout=30_000)
    printed = len(pdf_pages(paper.read_bytes()))
    assert printed == sum(count + count % 2 for count in pages[:-1]) + pages[-1]
    assert main_window.toast.sentence.text().endswith("is on its way to the printer.")


def pdf_pages(pdf: bytes) -> range:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return range(len(document))


def to_file(path: Path, *, on_both_sides: bool) -> QPrinter:
    printer = printing.new_printer("letters", on_both_sides=on_both_sides)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(72)
    return printer


def test_the_time_stamp_service_is_set_and_stamps_what_waits(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk
) -> None:
    demo_desk.signer.use_time_stamps("http://127.0.0.1:9/nobody")
    made = prepared_letters(demo_desk, 3)
    letter_batch.issue_letters(demo_desk, letter_ids=[made[0].id])
    main_window.go("settings")
    page = main_window.page
    assert isinstance(page, SettingsPage)
    page.show_section("signing")
    with time_stamp_service(demo_desk.now()) as service:
        tab_to("Time-stamp service")
        press(Qt.Key.Key_A, CONTROL)
        type_in(service.address)
        press(Qt.Key.Key_Return, CONTROL)
        assert demo_desk.signer.time_stamp_service == service.address
        tab_to("Stamp waiting letters")
        press(Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: runner.is_idle, timeout=30_000)
    assert letters.letters_of(demo_desk, made[0].package_id)[0].time_stamp is StampState.STAMPED
