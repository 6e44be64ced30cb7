"""The Providers step by keyboard: who may be asked, who is left out, and the list that is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.directory import KnownLocation
from brokerdesk.core.domain.framework import Suspension
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.route_decision import Way
from brokerdesk.core.domain.sourcing import Shortlist
from brokerdesk.core.services import journey, route_decisions
from brokerdesk.core.services.desk import Desk
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.shortlist_page import ShortlistPage, left_out_of
from brokerdesk.ui.widgets.frame_values import LampForm
from council_sample import BROKER, PROVIDERS, Council, a_need, open_round, record_need
from hands import ALT, CONTROL, press


def show(qtbot: QtBot, window: MainWindow, runner: ActRunner, reference: str) -> ShortlistPage:
    """Open the overview, then the second step by its key, and wait until everyone is judged."""
    window.go("package", reference)
    qtbot.waitUntil(window.isActiveWindow)
    press(Qt.Key.Key_2, ALT)
    page = window.page
    assert isinstance(page, ShortlistPage)
    qtbot.waitUntil(lambda: runner.is_idle and page.shortlist is not None)
    return page


def kept_lists(desk: Desk, package: Package) -> tuple[Shortlist, ...]:
    with desk.reading() as unit:
        return unit.of(Shortlist).find(package_id=package.id)


def words_of_rows(page: ShortlistPage) -> list[str]:
    return [" | ".join(str(cell) for cell in row.cells) for row in page.out.rows_model.rows]


@pytest.fixture
def package(demo_desk: Desk) -> Package:
    return record_need(demo_desk)


@pytest.fixture
def page(qtbot: QtBot, main_window: MainWindow, runner: ActRunner, package: Package) -> ShortlistPage:
    return show(qtbot, main_window, runner, package.reference)


def test_the_list_stands_in_rank_order_and_the_first_row_shows_its_working(page: ShortlistPage) -> None:
    assert page.table.rows_model.rows[0].key == PROVIDERS[0][0]
    assert page.ranked.title.text() == "4 may be asked"
    assert page.legend.names == ("Price 40", "Quality 40", "Nearness 20")
    spoken = page.table.accessibleDescription()
    assert "Quality 90 × 40% = 36.0" in spoken
    assert "Framework rate £24.10." in spoken


def test_one_who_is_left_out_stands_with_reason_rule_and_day(page: ShortlistPage) -> None:
    (words,) = words_of_rows(page)
    assert "Ostlerby Care" in words
    assert "Safeguarding" in words
    assert "R105" in words
    assert "2 Nov 2026" in words


def test_the_keyboard_moves_down_the_list_and_the_map_follows(page: ShortlistPage) -> None:
    assert QApplication.focusWidget() is page.table
    press(Qt.Key.Key_Down)
    second = page.table.rows_model.rows[1].key
    assert page.table.current_key() == second
    assert page.map.map.chosen_key == second
    assert page.map.map.accessibleDescription() == "4 providers may be asked, 1 left out"


def test_an_unticked_provider_is_remembered_and_the_button_counts_the_others(
    qtbot: QtBot,
    main_window: MainWindow,
    runner: ActRunner,
    page: ShortlistPage,
    demo_desk: Desk,
    package: Package,
) -> None:
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: runner.is_idle)
    assert main_window.lamp_bar.primary.words == "Prepare 3 invitations"
    assert left_out_of(demo_desk, package.id) == {PROVIDERS[0][0]}
    main_window.go("today")
    again = show(qtbot, main_window, runner, package.reference)
    assert again.left_out == {PROVIDERS[0][0]}


def test_with_everyone_unticked_the_button_says_what_it_waits_for(
    qtbot: QtBot,
    main_window: MainWindow,
    runner: ActRunner,
    page: ShortlistPage,
    demo_desk: Desk,
    package: Package,
) -> None:
    for _ in range(4):
        press(Qt.Key.Key_Space)
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle)
    assert main_window.told == ("This cannot be done yet. Tick at least one provider to ask.",)
    assert kept_lists(demo_desk, package) == ()


def test_preparing_keeps_the_list_and_goes_on_to_the_invitations(
    qtbot: QtBot,
    main_window: MainWindow,
    runner: ActRunner,
    page: ShortlistPage,
    demo_desk: Desk,
    package: Package,
) -> None:
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle)
    (kept,) = kept_lists(demo_desk, package)
    assert (len(kept.included), len(kept.excluded)) == (4, 1)
    assert main_window.where is not None
    assert main_window.where.step == "invitations"
    assert main_window.toast.sentence.text() == "List kept: 4 may be asked."


def test_the_kept_list_comes_out_the_same_when_it_is_judged_again(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, package: Package
) -> None:
    open_round(demo_desk, package)
    page = show(qtbot, main_window, runner, package.reference)
    assert page.table.isColumnHidden(0)
    page.replay()
    qtbot.waitUntil(lambda: runner.is_idle)
    assert main_window.toast.sentence.text() == "The kept list comes out the same."


def test_an_activity_that_no_file_states_is_said_before_anyone_is_asked(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, package: Package
) -> None:
    with demo_desk.units.writing() as unit:
        known: KnownLocation = unit.directory.known([PROVIDERS[0][0]])[PROVIDERS[0][0]]
        origins = {name: origin for name, origin in known.origins.items() if name != "regulated_activities"}
        unit.directory.keep([KnownLocation(replace(known.facts, regulated_activities=None), origins)])
        unit.commit()
    page = show(qtbot, main_window, runner, package.reference)
    assert page.advice.isVisible()
    assert page.advice.sentence.startswith("The CQC activity of 1 provider is not known.")
    assert "R116" in page.table.accessibleDescription()


def test_when_nobody_may_be_asked_the_page_says_why_and_offers_to_change_the_need(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, package: Package
) -> None:
    with demo_desk.units.writing() as unit:
        for number, provider in enumerate(PROVIDERS[:4]):
            made = Suspension(
                f"x{number}", "framework-1", provider[0], "all", date(2026, 12, 1), None, "Fire"
            )
            unit.of(Suspension).add(made)
        unit.commit()
    page = show(qtbot, main_window, runner, package.reference)
    lamp = main_window.lamp_bar.lamp
    assert lamp.form is LampForm.STOPPED
    assert lamp.sentence.startswith("Nobody may be asked: Suspended for all")
    assert page.nobody.isVisible()
    press(Qt.Key.Key_Return, CONTROL)
    assert main_window.where is not None
    assert main_window.where.step == "need"


def test_a_framework_that_ended_stops_the_step_until_the_broker_asks_all_the_same(
    qtbot: QtBot, council: Council, window_of: Callable[[Desk], MainWindow], runner: ActRunner
) -> None:
    council.clock.set(datetime(2030, 4, 2, 9, tzinfo=UTC))
    with council.open(BROKER) as desk:
        package = record_need(desk, a_need(starts_on=date(2030, 4, 8), born_on=date(1942, 3, 4)))
        window = window_of(desk)
        page = show(qtbot, window, runner, package.reference)
        assert window.lamp_bar.lamp.form is LampForm.STOPPED
        assert "ended on" in window.lamp_bar.lamp.sentence
        press(Qt.Key.Key_Return, CONTROL)
        qtbot.waitUntil(lambda: runner.is_idle and bool(page.shortlist and page.shortlist.included))
        assert window.lamp_bar.primary.words.startswith("Prepare")
        press(Qt.Key.Key_Return, CONTROL)
        qtbot.waitUntil(lambda: runner.is_idle)
        with desk.reading() as unit:
            assert journey.last_shortlist(unit, package.id) is not None


def test_a_route_outside_the_framework_says_where_the_provider_is_named_and_does_not_end_there(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, package: Package, demo_desk: Desk
) -> None:
    answers = {
        "buying": "outside", "ground": "continuity", "duration": "below",
        "duration_why": "The care is planned for twelve weeks.",
    }  # fmt: skip
    kept = route_decisions.decide_route(demo_desk, package_id=package.id, answers=answers).value
    assert kept.way is Way.SPOT
    page = show(qtbot, main_window, runner, package.reference)
    lamp = main_window.lamp_bar.lamp
    assert lamp.form is LampForm.STOPPED
    assert "whose rules have no rung for that" in lamp.sentence
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: main_window.page is not page)
    assert type(main_window.page).__name__ == "FrameworksPage"
