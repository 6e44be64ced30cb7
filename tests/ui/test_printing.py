"""Signed letters go through a real print server from the window, and come out as they were signed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PIL import Image, ImageChops, ImageStat
from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from brokerdesk.core.documents.preview import render_pages
from brokerdesk.core.services import countersigning, letter_batch
from brokerdesk.core.services.desk import Desk
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.dialogs import printing
from brokerdesk.ui.dialogs.printing import PrintPreview
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.letters_page import LettersPage
from hands import press
from letter_council import prepared_letters
from printers import QUEUE, PrintServer, print_server

_SMALL = 40
_ALIKE = 6.0
"""Mean difference of brightness, of 255, up to which two pages show the same."""


@pytest.fixture
def server() -> Iterator[PrintServer]:
    with print_server() as started:
        yield started


def pages_of(pdf: bytes) -> list[Image.Image]:
    return [
        Image.frombytes("RGBA", (width, height), dots).convert("L").resize((330, 467))
        for width, height, dots in render_pages(pdf, _SMALL)
    ]


def difference(one: Image.Image, other: Image.Image) -> float:
    return float(ImageStat.Stat(ImageChops.difference(one, other)).mean[0])


def accept_the_dialog() -> None:
    """Say yes to the system's print dialog, once it is there."""
    shown = QApplication.activeModalWidget()
    if isinstance(shown, QPrintDialog):
        shown.accept()
    else:
        QTimer.singleShot(50, accept_the_dialog)


def letters_page(qtbot: QtBot, window: MainWindow, runner: ActRunner, desk: Desk) -> LettersPage:
    made = prepared_letters(desk, 3)
    letter_batch.issue_letters(desk, letter_ids=[held.id for held in made])
    window.go("package", countersigning.awaited(desk)[0].package, "letters")
    page = window.page
    assert isinstance(page, LettersPage)
    qtbot.waitUntil(lambda: runner.is_idle, timeout=30_000)
    return page


@pytest.mark.parametrize("both_sides", [True, False])
def test_every_page_of_the_signed_letters_comes_out_of_the_printer(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, server: PrintServer,
    monkeypatch: pytest.MonkeyPatch, both_sides: bool,
) -> None:  # fmt: skip
    monkeypatch.setattr(printing, "PRINT_DPI", 100)
    page = letters_page(qtbot, main_window, runner, demo_desk)
    page.print_all()

    def shown() -> PrintPreview | None:
        found = QApplication.activeModalWidget()
        return found if isinstance(found, PrintPreview) else None

    qtbot.waitUntil(lambda: shown() is not None, timeout=30_000)
    dialog = shown()
    assert dialog is not None
    dialog.both_sides.setChecked(both_sides)
    assert printing.new_printer("letters").printerName() == QUEUE
    QTimer.singleShot(50, accept_the_dialog)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=60_000)
    paper = pages_of(server.printed())
    letters = [pages_of(held.pdf) for held in page.letters]
    expected: list[Image.Image | None] = []
    for number, pages in enumerate(letters):
        if both_sides and number and len(expected) % 2:
            expected.append(None)
        expected += pages
    assert len(paper) == len(expected)
    for came, wanted in zip(paper, expected, strict=True):
        if wanted is None:
            assert ImageStat.Stat(came).mean[0] > 254, "the other side of an odd last page is blank"
        else:
            assert difference(came, wanted) < _ALIKE
    assert all(difference(one, other) > _ALIKE for one, other in pairwise(paper)), "pages are told apart"
    assert server.sides() == ("two-sided-long-edge" if both_sides else "one-sided")
