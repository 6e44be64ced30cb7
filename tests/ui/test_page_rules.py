"""How a framework is used, by keyboard: ready-made rules, rungs, the read-back, a new edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.framework_rules import Order, Pick, RateKind
from brokerdesk.core.services import frameworks
from brokerdesk.core.services.desk import Desk
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.frameworks_page import FrameworksPage
from brokerdesk.ui.pages.rules_page import RulesPage
from council_sample import MANAGER, Council
from hands import CONTROL, fill, press, tab_to


@pytest.fixture
def manager_window(council: Council, window_of: Callable[[Desk], MainWindow]) -> Iterator[MainWindow]:
    with council.open(MANAGER) as desk:
        yield window_of(desk)


def show(qtbot: QtBot, window: MainWindow) -> RulesPage:
    qtbot.waitUntil(window.isActiveWindow)
    press(Qt.Key.Key_4, CONTROL)
    tab_to("How it is used")
    press(Qt.Key.Key_Space)
    page = window.page
    assert isinstance(page, RulesPage)
    return page


def test_without_rules_the_read_back_says_that_the_broker_decides(
    qtbot: QtBot, manager_window: MainWindow
) -> None:
    page = show(qtbot, manager_window)
    assert page.said.text().startswith("There is no ladder: the broker says at each round")
    assert manager_window.lamp_bar.lamp.sentence.startswith("Nothing is changed.")
    assert page.example.count() == 6


def test_a_ready_made_way_is_begun_with_changed_and_saved_by_keyboard(
    qtbot: QtBot, manager_window: MainWindow, runner: ActRunner
) -> None:
    page = show(qtbot, manager_window)
    tab_to("Ready-made rules")
    press(Qt.Key.Key_Down)
    assert page.source.text().startswith("After Hampshire")
    tab_to("Begin with these")
    press(Qt.Key.Key_Space)
    assert "First refusal: the members of tier 1 are asked one at a time" in page.said.text()
    assert "Offers are scored by price 50 and quality 50" in page.said.text()
    assert QApplication.focusWidget() is page.form.ladder.table
    tab_to("Add a rung")
    press(Qt.Key.Key_Space)
    assert [rung.name for rung in page.form.ladder.rungs] == ["First refusal", "Tier 2 competition", "Rung 3"]
    assert page.trouble.isVisible() is False
    tab_to("Move up")
    press(Qt.Key.Key_Space)
    assert [rung.name for rung in page.form.ladder.rungs] == ["First refusal", "Rung 3", "Tier 2 competition"]
    fill("Name of the rung", "Nearby members")
    fill("Tiers", "3")
    fill("Hours to answer", "1")
    assert "gives 1 hour to answer, and the least is 4 hours" in page.trouble.sentence
    assert manager_window.lamp_bar.primary.why_waiting == "Mend what does not hold together first."
    fill("Hours to answer", "6")
    assert "Then, Nearby members: the members of tier 3 are asked" in page.said.text()
    assert manager_window.lamp_bar.primary.words == "Save as edition 4"
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle and isinstance(manager_window.page, FrameworksPage))
    (made,) = frameworks.list_frameworks(page.desk)
    assert (made.edition, made.rules.started_from) == (4, "Hampshire")
    assert [rung.order for rung in made.rules.ladder] == [Order.RANK, Order.RANK, Order.ALL_AT_ONCE]
    assert made.rules.ladder[2].pick is Pick.BEST_SCORE
    assert {name: int(weight) for name, weight in made.weights.items()} == {"price": 50, "quality": 50}


def test_a_rung_is_taken_away_and_what_cannot_be_read_is_said(
    qtbot: QtBot, manager_window: MainWindow
) -> None:
    page = show(qtbot, manager_window)
    tab_to("Begin with these")
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    assert page.form.ladder.at == 2
    tab_to("Take away")
    press(Qt.Key.Key_Space)
    assert [rung.name for rung in page.form.ladder.rungs] == ["Tier 1", "Tier 2"]
    fill("Hours to answer", "soon")
    press(Qt.Key.Key_Return, CONTROL)
    assert any("Give a number such as 4 or 1.5" in told for told in manager_window.told)


def test_a_broker_reads_the_rules_and_is_told_who_may_change_them(
    qtbot: QtBot, main_window: MainWindow
) -> None:
    show(qtbot, main_window)
    tab_to("Begin with these")
    press(Qt.Key.Key_Space)
    waits = "This is for a framework manager. Ask one to sign in and do it."
    assert main_window.lamp_bar.primary.why_waiting == waits


def test_ceilings_are_added_ended_and_saved_with_their_source_by_keyboard(
    qtbot: QtBot, manager_window: MainWindow, runner: ActRunner
) -> None:
    page = show(qtbot, manager_window)
    ceilings = page.form.ceilings
    assert ceilings.nothing.isVisibleTo(page)
    tab_to("Add a ceiling")
    press(Qt.Key.Key_Space)
    assert QApplication.focusWidget() is ceilings.lot
    assert "has no amount" in page.trouble.sentence
    tab_to("Zone")
    press(Qt.Key.Key_Down)
    fill("Ceiling", "25.10")
    fill("First day", "1 4 27")
    press(Qt.Key.Key_Return, CONTROL)
    assert any("Say where the ceiling is laid down" in told for told in manager_window.told)
    fill("Where it is laid down", "Schedule of rates 2027")
    assert (
        "The ceiling of the standard rate of Home care in West is £25.10 from 1 April 2027, "
        "by Schedule of rates 2027."
    ) in page.said.text()
    tab_to("Add a ceiling")
    press(Qt.Key.Key_Space)
    tab_to("Kind of rate")
    press(Qt.Key.Key_Down)
    fill("Ceiling", "24.00")
    fill("Where it is laid down", "Schedule of rates 2027")
    assert "An enhanced rate is at least the standard rate." in page.trouble.sentence
    fill("Ceiling", "28.60")
    tab_to("End it today")
    press(Qt.Key.Key_Space)
    assert QApplication.focusWidget() is ceilings.ends
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle and isinstance(manager_window.page, FrameworksPage))
    (made,) = frameworks.list_frameworks(page.desk)
    first, second = made.rules.ceilings
    assert (first.zone, str(first.ceiling), first.starts_on) == ("West", "25.10", date(2027, 4, 1))
    assert (second.kind, second.ends_on) == (RateKind.ENHANCED_1, page.acts.today())
    assert second.source == "Schedule of rates 2027"


def test_ready_made_rules_leave_the_ceilings_that_stand(
    qtbot: QtBot, manager_window: MainWindow
) -> None:
    page = show(qtbot, manager_window)
    tab_to("Add a ceiling")
    press(Qt.Key.Key_Space)
    fill("Ceiling", "25.10")
    tab_to("Begin with these")
    press(Qt.Key.Key_Space)
    assert [str(row.ceiling) for row in page.form.rules().ceilings] == ["25.10"]
    assert not page.form.ladder.nothing.isVisibleTo(page)


def test_where_there_is_no_ladder_the_page_says_so_and_how_to_begin(
    qtbot: QtBot, manager_window: MainWindow
) -> None:
    page = show(qtbot, manager_window)
    assert page.form.ladder.nothing.isVisible()
    assert not page.form.ladder.table.isVisible()
    tab_to("Add a rung")
    press(Qt.Key.Key_Space)
    assert page.form.ladder.table.isVisible()
    assert not page.form.ladder.nothing.isVisible()
