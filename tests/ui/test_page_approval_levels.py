"""Levels of approval by keyboard: set by the manager, signed in order, shown with who is next and why not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.approval_scheme import ApprovalLevel, SpendKind
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Package
from brokerdesk.core.services import approval_levels, journey
from brokerdesk.core.services.desk import Desk
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.dialogs.approval import PanelDialog
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.approval_page import ApprovalPage
from brokerdesk.ui.pages.settings_approval import ApprovalLevelsSection
from brokerdesk.ui.pages.settings_page import SettingsPage
from brokerdesk.ui.widgets.table_values import ChipCell
from council_sample import APPROVER, BROKER, MANAGER, Council, declare, record_choice, record_need
from hands import ALT, CONTROL, fill, press, tab_to

Open = Callable[[Desk], MainWindow]
FROM = date(2026, 12, 1)


@pytest.fixture
def package(council: Council) -> Package:
    with council.open(MANAGER) as desk:
        line = ApprovalLevel(
            1, SpendKind.LIGHT_TOUCH, Money.parse("30000.00"), None, ("Head of brokerage", "Director"),
            consult=("the Executive Member",),
        )  # fmt: skip
        approval_levels.set_approval_scheme(desk, from_on=FROM, levels=(line,), source="Constitution 4.2")
        approval_levels.name_post_holder(
            desk, post="Head of brokerage", officer_name=APPROVER, from_on=FROM
        )
        approval_levels.name_post_holder(desk, post="Director", officer_name="Petra Lindqvist", from_on=FROM)
    with council.open(BROKER) as desk:
        made = record_need(desk)
        record_choice(desk, made)
    return made


def show(window: MainWindow, package: Package) -> ApprovalPage:
    window.go("package", package.reference)
    press(Qt.Key.Key_6, ALT)
    page = window.page
    assert isinstance(page, ApprovalPage)
    return page


def states(page: ApprovalPage) -> dict[str, str]:
    rows = page.levels.table.rows_model.rows
    return {str(row.cells[2]): cell.words for row in rows if isinstance(cell := row.cells[3], ChipCell)}


def test_the_first_post_signs_and_the_second_is_next(
    qtbot: QtBot, council: Council, window_of: Open, runner: ActRunner, package: Package
) -> None:
    with council.open(APPROVER) as desk:
        declare(desk, package, "approver")
        window = window_of(desk)
        page = show(window, package)
        assert states(page) == {APPROVER: "May sign", "Petra Lindqvist": "Not now"}
        assert window.lamp_bar.lamp.primary is not None
        assert window.lamp_bar.lamp.primary.words == "Sign as Head of brokerage"
        press(Qt.Key.Key_Return, CONTROL)
        qtbot.waitUntil(lambda: runner.is_idle and states(page)[APPROVER] == "Signed", timeout=20_000)
        assert not page.decide.isVisible()
    with council.open(BROKER) as desk:
        window = window_of(desk)
        page = show(window, package)
        assert window.lamp_bar.lamp.sentence == "Director signs next: Petra Lindqvist."
        fill("Who decided", "Petra Lindqvist")
        fill("Decided on", "8 12 26")
        fill("Where it can be found", "Signed sheet 4")
        fill("Comment", "Councillor Demo-Ash, 8 December")
        press(Qt.Key.Key_Return, CONTROL)
        qtbot.waitUntil(lambda: runner.is_idle and page.next_post == "", timeout=20_000)
        with desk.reading() as unit:
            made = journey.current_approval(unit, package.id)
        assert made is not None
        assert (made.approver_name, made.level) == ("Petra Lindqvist", 1)


def test_a_panel_is_recorded_from_the_page(
    qtbot: QtBot, council: Council, window_of: Open, runner: ActRunner, package: Package
) -> None:
    with council.open(BROKER) as desk:
        page = show(window_of(desk), package)
        tab_to("Record a panel")
        press(Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), PanelDialog))
        fill("Who sat", "Two managers")
        for name in ("Safe", "Effective", "Legal"):
            tab_to(name)
            press(Qt.Key.Key_Space)
        fill("Where the minutes are", "Minutes 14")
        press(Qt.Key.Key_Return, CONTROL)
        qtbot.waitUntil(lambda: runner.is_idle and bool(page.rests.facts.facts), timeout=20_000)
        assert dict(page.rests.facts.facts)["Panel"] == "8 December 2026: not affordable"


def test_the_manager_adopts_the_ready_made_table_and_names_a_holder(
    qtbot: QtBot, council: Council, window_of: Open, runner: ActRunner
) -> None:
    with council.open(MANAGER) as desk:
        window = window_of(desk)
        window.go("settings")
        page = window.page
        assert isinstance(page, SettingsPage)
        page.show_section("levels")
        section = page.section
        assert isinstance(section, ApprovalLevelsSection)
        assert section.state.text().startswith("No levels are set")
        tab_to("Begin with the ready-made table")
        press(Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: runner.is_idle and section.scheme is not None, timeout=20_000)
        assert len(section.levels.rows_model.rows) == 6
        fill("Post", "Director")
        fill("Who holds it", APPROVER)
        tab_to("Name the holder")
        press(Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: runner.is_idle and bool(section.holders.rows_model.rows), timeout=20_000)
        assert [held.post for held in approval_levels.post_holders(desk)] == ["Director"]


def test_a_broker_cannot_set_levels(council: Council, window_of: Open) -> None:
    with council.open(BROKER) as desk:
        window = window_of(desk)
        window.go("settings")
        page = window.page
        assert isinstance(page, SettingsPage)
        page.show_section("levels")
        lamp = window.lamp_bar.lamp
        assert lamp.primary is not None
        assert lamp.primary.waits_for.startswith("A framework manager changes this.")
