"""A file that came back, by keyboard and by drop: looked at, taken in, opened by two officers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from answers import answer_file, seal_the_framework
from brokerdesk.core.domain.returned_file import ReturnedFile
from brokerdesk.core.domain.seal import Seal
from brokerdesk.core.domain.sourcing import Invitation, Offer
from brokerdesk.core.services.desk import Desk
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.dialogs.opening import OpeningDialog
from brokerdesk.ui.dialogs.reason import ReasonDialog
from brokerdesk.ui.dialogs.returned import ReturnedDialog
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.dropped_files import take_dropped_files
from brokerdesk.ui.pages.invitations_page import InvitationsPage
from brokerdesk.ui.widgets.table_values import words_of
from council_sample import APPROVER, BROKER, PASSPHRASE, Council, open_round, record_need
from hands import CONTROL, press, tab_to, type_in


def drop(window: MainWindow, path: Path) -> None:
    """Let go of a file over the window."""
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(path))])
    where, action, button = QPointF(300, 300), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    key = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(where.toPoint(), action, dragged, button, key))
    QApplication.sendEvent(window, QDropEvent(where, action, dragged, button, key))


def dialog_of(qtbot: QtBot, window: MainWindow, kind: type) -> object:
    """The dialog in front."""
    qtbot.waitUntil(
        lambda: any(found.isVisible() for found in window.findChildren(kind)), timeout=20_000
    )
    found = next(found for found in window.findChildren(kind) if found.isVisible())
    qtbot.waitUntil(lambda: QApplication.activeWindow() is found)
    return found


def front(qtbot: QtBot, window: MainWindow) -> None:
    """The window in front again: off the screen no window manager puts it there when a dialog goes."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def rows(page: InvitationsPage) -> list[str]:
    return [" | ".join(words_of(cell) for cell in row.cells) for row in page.round.table.rows_model.rows]


@pytest.fixture
def dropping(main_window: MainWindow) -> MainWindow:
    take_dropped_files(main_window, main_window)
    return main_window


def test_an_answer_dropped_anywhere_opens_its_round_and_is_recorded_by_keyboard(
    qtbot: QtBot, dropping: MainWindow, runner: ActRunner, demo_desk: Desk, tmp_path: Path
) -> None:
    opened = open_round(demo_desk, record_need(demo_desk))
    path = answer_file(demo_desk, opened, tmp_path)
    dropping.go("packages")
    drop(dropping, path)
    dialog = dialog_of(qtbot, dropping, ReturnedDialog)
    assert isinstance(dialog, ReturnedDialog)
    page = dropping.page
    assert isinstance(page, InvitationsPage)
    assert dialog.verdict.sentence.startswith("An offer of Wrenhollow Home Care.")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle and not dialog.isVisible(), timeout=20_000)
    with demo_desk.reading() as unit:
        (offer,) = unit.of(Offer).find()
        (file,) = unit.of(ReturnedFile).find()
    assert file.answer_id == offer.id
    assert file.content == path.read_bytes()
    assert dropping.toast.sentence.text() == "Offer of Wrenhollow Home Care recorded."
    assert "Offer came in" in rows(page)[0]


def test_a_half_filled_answer_lists_what_is_wanted_and_records_nothing(
    qtbot: QtBot, dropping: MainWindow, runner: ActRunner, demo_desk: Desk, tmp_path: Path
) -> None:
    package = record_need(demo_desk)
    opened = open_round(demo_desk, package)
    dropping.go("package", package.reference, "invitations")
    drop(dropping, answer_file(demo_desk, opened, tmp_path, starts_on="soon", answered_by=""))
    dialog = dialog_of(qtbot, dropping, ReturnedDialog)
    assert isinstance(dialog, ReturnedDialog)
    told = [[words_of(cell) for cell in row.cells] for row in dialog.problems.rows_model.rows]
    assert told[0][1:] == ["The day on which you can start", "soon", "a date such as 14 12 2026"]
    assert not dialog.main.isVisible()
    press(Qt.Key.Key_Return, CONTROL)
    press(Qt.Key.Key_Escape)
    assert runner.is_idle
    with demo_desk.reading() as unit:
        assert unit.of(Offer).find() == ()
        assert unit.of(ReturnedFile).find() == ()


def test_an_answer_of_another_desk_is_said_on_the_page_in_front(
    qtbot: QtBot, dropping: MainWindow, runner: ActRunner, demo_desk: Desk, tmp_path: Path
) -> None:
    opened = open_round(demo_desk, record_need(demo_desk))
    path = answer_file(demo_desk, opened, tmp_path)
    value = json.loads(path.read_text())
    path.write_text(json.dumps({**value, "token": value["token"][:-4] + "AAAA"}))
    dropping.go("packages")
    drop(dropping, path)
    qtbot.waitUntil(lambda: runner.is_idle and bool(dropping.told), timeout=20_000)
    assert dropping.told[0].startswith("The mark of this form was changed after it went out")


def test_sealed_answers_are_held_and_opened_by_two_officers_by_keyboard(
    qtbot: QtBot, council: Council, window_of: Callable[[Desk], MainWindow], runner: ActRunner,
    tmp_path: Path,
) -> None:  # fmt: skip
    with council.open(BROKER) as desk:
        seal_the_framework(desk)
        package = record_need(desk)
        opened = open_round(desk, package)
        window = window_of(desk)
        take_dropped_files(window, window)
        window.go("package", package.reference, "invitations")
        drop(window, answer_file(desk, opened, tmp_path))
        dialog = dialog_of(qtbot, window, ReturnedDialog)
        assert isinstance(dialog, ReturnedDialog)
        assert dialog.verdict.sentence.startswith("A sealed answer of Wrenhollow Home Care.")
        press(Qt.Key.Key_Return, CONTROL)
        qtbot.waitUntil(lambda: runner.is_idle and not dialog.isVisible(), timeout=20_000)
        page = window.page
        assert isinstance(page, InvitationsPage)
        assert "Answer held | " in rows(page)[0]
        council.clock.advance(hours=25)
        page.refresh()
        assert window.lamp_bar.primary.words == "Open the sealed answers"
        front(qtbot, window)
        press(Qt.Key.Key_Return, CONTROL)
        opening = dialog_of(qtbot, window, OpeningDialog)
        assert isinstance(opening, OpeningDialog)
        assert opening.officer.value() == APPROVER
        tab_to("Passphrase of the second officer")
        type_in("not her passphrase")
        press(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: runner.is_idle and opening.banner.isVisible(), timeout=20_000)
        assert opening.banner.sentence.startswith(f"That is not the passphrase of {APPROVER}")
        press(Qt.Key.Key_A, CONTROL)
        type_in(PASSPHRASE)
        press(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: runner.is_idle and not opening.isVisible(), timeout=20_000)
        with desk.reading() as unit:
            (seal,) = unit.of(Seal).find()
            assert unit.of(Offer).find()[0].starts_on.isoformat() == "2026-12-14"
        assert seal.opened_by == (BROKER, APPROVER)
        assert window.toast.sentence.text() == "1 answer is open."
        assert window.lamp_bar.primary.words == "Close the round"


def test_a_late_answer_is_kept_apart_and_admitted_with_a_reason(
    qtbot: QtBot, council: Council, window_of: Callable[[Desk], MainWindow], runner: ActRunner,
    tmp_path: Path,
) -> None:  # fmt: skip
    with council.open(BROKER) as desk:
        package = record_need(desk)
        opened = open_round(desk, package)
        path = answer_file(desk, opened, tmp_path)
        council.clock.advance(hours=25)
        window = window_of(desk)
        take_dropped_files(window, window)
        window.go("package", package.reference, "invitations")
        drop(window, path)
        dialog = dialog_of(qtbot, window, ReturnedDialog)
        assert isinstance(dialog, ReturnedDialog)
        told = "It came after the deadline, at 11:42 on 9 December, so it is kept apart"
        assert told in dialog.verdict.sentence
        press(Qt.Key.Key_Return, CONTROL)
        qtbot.waitUntil(lambda: runner.is_idle and not dialog.isVisible(), timeout=20_000)
        page = window.page
        assert isinstance(page, InvitationsPage)
        assert "Late offer" in rows(page)[0]
        front(qtbot, window)
        tab_to("Admit the late offer")
        press(Qt.Key.Key_Space)
        reason = dialog_of(qtbot, window, ReasonDialog)
        assert isinstance(reason, ReasonDialog)
        type_in("Our mail server was down")
        press(Qt.Key.Key_Return, CONTROL)
        qtbot.waitUntil(lambda: runner.is_idle and not reason.isVisible())
        with desk.reading() as unit:
            (offer,) = unit.of(Offer).find()
            assert unit.of(Invitation).get(offer.invitation_id).answer_by is not None
        assert offer.admitted_because == "Our mail server was down"
        assert "Late, admitted" in rows(page)[0]
