"""Frameworks by keyboard: the term, lots, members suspended and lifted, the template."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.framework import Framework, FrameworkKind, Suspension
from brokerdesk.core.services import membership, terms
from brokerdesk.core.services.desk import Desk
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.dialogs.remove import RemoveDialog
from brokerdesk.ui.dialogs.suspend import SuspendDialog
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.frameworks_page import FrameworksPage
from brokerdesk.ui.widgets.table_values import words_of
from council_sample import MANAGER, PROVIDERS, Council, sample_framework
from hands import CONTROL, fill, press, tab_to, type_in


def show(qtbot: QtBot, window: MainWindow) -> FrameworksPage:
    qtbot.waitUntil(window.isActiveWindow)
    press(Qt.Key.Key_4, CONTROL)
    page = window.page
    assert isinstance(page, FrameworksPage)
    return page


@pytest.fixture
def manager_window(council: Council, window_of: Callable[[Desk], MainWindow]) -> object:
    """The window of the framework manager."""
    with council.open(MANAGER) as desk:
        yield window_of(desk)


def rows(page: FrameworksPage) -> list[str]:
    return [" | ".join(words_of(cell) for cell in row.cells) for row in page.table.rows_model.rows]


def put(desk: Desk, framework: Framework) -> None:
    with desk.units.writing() as unit:
        unit.of(Framework).add(framework)
        unit.commit()


def test_the_term_is_said_in_words_and_on_the_clock(qtbot: QtBot, main_window: MainWindow) -> None:
    page = show(qtbot, main_window)
    assert page.banner.sentence.startswith("Call-offs are allowed today. In force since 1 Apr 2026.")
    assert [moment.words for moment in page.clock.moments] == ["In force", "Today", "Last call-off"]
    assert page.clock.spans[1].words == "1,209 days left"
    assert main_window.lamp_bar.lamp.sentence == "No call-off after 31 Mar 2030. Nothing is due now."


def test_the_lot_under_the_keyboard_shows_its_members(qtbot: QtBot, main_window: MainWindow) -> None:
    page = show(qtbot, main_window)
    assert QApplication.focusWidget() is page.lots
    assert page.listed.title.text() == "5 on Home care"
    press(Qt.Key.Key_Down)
    assert page.listed.title.text() == "1 on Nursing home"
    assert rows(page) == ["Wrenhollow Home Care | 1 | £1,180.00 | May be asked"]


def test_a_broker_is_told_that_suspending_is_for_the_framework_manager(
    qtbot: QtBot, main_window: MainWindow
) -> None:
    show(qtbot, main_window)
    tab_to("Suspend")
    press(Qt.Key.Key_Space)
    told = "This cannot be done yet. This is for a framework manager. Ask one to sign in and do it."
    assert main_window.told == (told,)


def test_a_member_is_suspended_by_keyboard_with_scope_days_and_reason(
    qtbot: QtBot, manager_window: MainWindow, runner: ActRunner
) -> None:
    page = show(qtbot, manager_window)
    tab_to("Suspend")
    press(Qt.Key.Key_Space)
    dialog = manager_window.findChild(SuspendDialog)
    assert isinstance(dialog, SuspendDialog)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    press(Qt.Key.Key_Return, CONTROL)
    assert dialog.isVisible()
    fill("To, that day included", "31 1 27")
    tab_to("Reason")
    type_in("Insurance ran out")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle and not dialog.isVisible())
    with page.desk.reading() as unit:
        (made,) = unit.of(Suspension).find(location_id=PROVIDERS[3][0])
    assert (made.scope, made.from_on, made.to_on) == ("all", date(2026, 12, 8), date(2027, 1, 31))
    assert made.reason == "Insurance ran out"
    assert rows(page)[0].endswith("Suspended")
    assert manager_window.toast.sentence.text() == "Cobblestile Care is suspended."


def test_a_member_is_removed_by_keyboard_once_its_letter_was_written_and_told(
    qtbot: QtBot, manager_window: MainWindow, runner: ActRunner
) -> None:
    page = show(qtbot, manager_window)
    tab_to("Remove")
    press(Qt.Key.Key_Space)
    dialog = manager_window.findChild(RemoveDialog)
    assert isinstance(dialog, RemoveDialog)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    assert dialog.copy.why_waiting
    tab_to("Ground")
    for _ in range(4):
        press(Qt.Key.Key_Down)
    tab_to("Reasons")
    type_in("Insurance ran out")
    assert "The ground is: it does not meet the conditions of membership." in dialog.letter.toPlainText()
    assert "The reasons are: Insurance ran out." in dialog.letter.toPlainText()
    press(Qt.Key.Key_Return, CONTROL)
    assert dialog.isVisible()
    fill("Told on", "8 12 26")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle and not dialog.isVisible())
    assert rows(page)[0].endswith("Removed")
    assert page.remove_button.why_waiting == "This member was removed."
    assert page.lift_button.why_waiting == "This member is not suspended."


def test_a_suspension_is_lifted_and_the_member_may_be_asked_again(
    qtbot: QtBot, manager_window: MainWindow, runner: ActRunner
) -> None:
    page = show(qtbot, manager_window)
    tab_to("Members of the lot")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    assert "Ostlerby" in rows(page)[2]
    tab_to("Lift")
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: runner.is_idle)
    assert rows(page)[2].endswith("May be asked")
    assert page.lift_button.why_waiting == "This member is not suspended."


def test_the_template_is_saved_where_the_user_says(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = show(qtbot, main_window)
    monkeypatch.setattr(files, "ask_new_file", lambda *_: tmp_path / "template.xlsx")
    page.save_template()
    qtbot.waitUntil(lambda: runner.is_idle, timeout=20_000)
    assert (tmp_path / "template.xlsx").read_bytes().startswith(b"PK")
    assert main_window.toast.sentence.text() == "The template is saved as template.xlsx."


def test_an_earlier_edition_can_be_looked_at(qtbot: QtBot, main_window: MainWindow, demo_desk: Desk) -> None:
    put(demo_desk, replace(sample_framework(), id="framework-2", edition=4, name="Northmere care, mended"))
    page = show(qtbot, main_window)
    assert main_window.header.accessibleName() or page.header().name == "Northmere care, mended"
    assert page.edition.isVisible()
    tab_to("Which edition")
    press(Qt.Key.Key_Down)
    assert page.header().name == "Northmere care at home"
    assert page.header().line.endswith("edition 3")


def test_a_framework_that_ended_allows_no_call_off_and_says_so(
    qtbot: QtBot, main_window: MainWindow, demo_desk: Desk
) -> None:
    put(demo_desk, replace(sample_framework(), id="f2", edition=4, ends_on=date(2026, 11, 30)))
    page = show(qtbot, main_window)
    assert page.banner.sentence.startswith("Call-offs are not allowed any more. It ended on 30 Nov 2026.")
    assert main_window.lamp_bar.lamp.sentence.startswith("This framework has ended.")


def test_an_extension_is_taken_by_the_framework_manager_near_the_end(
    qtbot: QtBot, manager_window: MainWindow, runner: ActRunner
) -> None:
    desk = manager_window.pages["frameworks"].desk  # type: ignore[attr-defined]  # every page of a desk has one
    ending = replace(
        sample_framework(), id="f2", edition=4, ends_on=date(2027, 1, 31), extension_ends_on=date(2028, 1, 31)
    )
    put(desk, ending)
    page = show(qtbot, manager_window)
    assert manager_window.lamp_bar.primary.words == "Take the extension to 31 Jan 2028"
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle)
    assert page.shown is not None
    assert page.shown.last_day == date(2028, 1, 31)


def test_an_open_framework_shows_its_next_award_and_the_end_of_its_scheme(demo_desk: Desk) -> None:
    opened = replace(
        sample_framework(), id="f9", reference="OF-1", edition=1, kind=FrameworkKind.OPEN_FRAMEWORK,
        starts_on=date(2025, 4, 1),
    )  # fmt: skip
    put(demo_desk, opened)
    time = terms.time_of(demo_desk, opened)
    assert time.scheme is not None
    assert time.scheme.next_award_due_on == date(2028, 3, 31)
    assert time.scheme.scheme_ends_on == date(2033, 3, 31)


def test_lots_count_their_members_and_zones(demo_desk: Desk) -> None:
    counted = {lot.lot.name: (lot.zones, lot.providers) for lot in membership.lots(demo_desk, "framework-1")}
    assert counted == {"Home care": (1, 5), "Nursing home": (0, 1), "Sleep-in": (0, 0)}
