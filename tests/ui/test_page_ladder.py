"""A round on a framework's ladder, by keyboard: opened by the rules, moved on, left with a coded reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.framework_rules import DirectCallOff, FrameworkRules, Rung, WorkingHours
from brokerdesk.core.domain.officer import Officer
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.sourcing import DeclineCode, Invitation, InvitationStatus, Round
from brokerdesk.core.domain.visits import Weekday
from brokerdesk.core.services import framework_rules, frameworks, offers
from brokerdesk.core.services.desk import Desk
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.dialogs.ladder import OutOfTurnDialog
from brokerdesk.ui.dialogs.outside import OutsideDialog
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.invitations_page import InvitationsPage
from brokerdesk.ui.pages.today_page import TodayPage
from brokerdesk.ui.widgets.table_values import words_of
from council_sample import BROKER, MANAGER, PROVIDERS, Council, keep_list, look_at_what_goes_out, record_need
from hands import CONTROL, fill, press, tab_to

FOUR = Decimal(4)
RULES = FrameworkRules(
    ladder=(
        Rung("Tier 1", (1,), hours_standard=FOUR), Rung("Tier 2", (2,), hours_standard=FOUR),
        Rung("Spot", is_spot=True, hours_standard=FOUR),
    ),
    working_hours=WorkingHours(tuple(Weekday)[:5], time(9), time(17)),
    direct_call_off=DirectCallOff(True, "In the order of the ranked list"),
)  # fmt: skip


@pytest.fixture
def ruled_desk(council: Council) -> Iterator[Desk]:
    with council.open(BROKER) as desk:
        with desk.reading() as unit:
            manager = replace(desk, operator=unit.of(Officer).find(name=MANAGER)[0])
        (latest,) = frameworks.list_frameworks(desk)
        framework_rules.set_rules(manager, framework_id=latest.id, rules=RULES)
        yield desk


@pytest.fixture
def ladder_window(ruled_desk: Desk, window_of: Callable[[Desk], MainWindow]) -> MainWindow:
    return window_of(ruled_desk)


def opened(
    qtbot: QtBot, window: MainWindow, desk: Desk, runner: ActRunner
) -> tuple[InvitationsPage, Package]:
    """The package's round, opened by keyboard: the first of tier 1 is asked."""
    package = record_need(desk)
    keep_list(desk, package)
    look_at_what_goes_out(desk, package.id)
    window.go("package", package.reference, "invitations")
    page = window.page
    assert isinstance(page, InvitationsPage)
    qtbot.waitUntil(window.isActiveWindow)
    assert window.lamp_bar.primary.words == "Open the round by the rules"
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle and page.seen is not None, timeout=20_000)
    return page, package


def statuses(desk: Desk) -> dict[str, InvitationStatus]:
    with desk.reading() as unit:
        return {held.location_id: held.status for held in unit.of(Invitation).find()}


def decline_all(desk: Desk) -> None:
    with desk.reading() as unit:
        asked = [i for i in unit.of(Invitation).find() if i.status is InvitationStatus.ASKED]
    for held in asked:
        offers.record_decline(desk, invitation_id=held.id, code=DeclineCode.NO_CAPACITY)


def test_the_ladder_is_read_back_before_and_shows_who_is_asked_until_when_and_who_is_next(
    qtbot: QtBot, ladder_window: MainWindow, ruled_desk: Desk, runner: ActRunner
) -> None:
    page, _ = opened(qtbot, ladder_window, ruled_desk, runner)
    assert page.form.told[0].startswith("First, Tier 1: the members of tier 1 are asked one at a time")
    assert list(statuses(ruled_desk).values()).count(InvitationStatus.ASKED) == 1
    assert page.round.title.text() == "Round 1, Tier 1: until Tue 14:42"
    assert page.round.line.text().startswith("Then Marrowby Care, Tier 1. The clock runs 09:00 to 17:00")
    assert ladder_window.lamp_bar.lamp.sentence == (
        "Wrenhollow Home Care may answer until Tue 8 Dec, 14:42. Then Marrowby Care, Tier 1."
    )
    assert page.round.facts.text().endswith(
        "Tier 1: 2 waiting, 1 asked\nTier 2: 1 waiting, not opened\nSpot: nobody asked"
    )


def test_after_a_laptop_was_shut_the_lapse_is_said_and_the_next_is_asked_by_keyboard(
    qtbot: QtBot, ladder_window: MainWindow, ruled_desk: Desk, runner: ActRunner, council: Council
) -> None:
    page, _ = opened(qtbot, ladder_window, ruled_desk, runner)
    council.clock.set(datetime(2026, 12, 11, 9, 5, tzinfo=UTC))
    press(Qt.Key.Key_1, CONTROL)
    today = ladder_window.page
    assert isinstance(today, TodayPage)
    said = "Wrenhollow Home Care let the time pass, Tue 8 Dec, 14:42. Ask Marrowby Care now, Tier 1."
    assert ladder_window.lamp_bar.lamp.sentence == said
    press(Qt.Key.Key_Return, CONTROL)
    assert ladder_window.page is page
    assert ladder_window.lamp_bar.primary.words == "Ask Marrowby Care"
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(
        lambda: runner.is_idle and page.round.title.text().endswith("until Fri 13:05"), timeout=20_000
    )
    found = statuses(ruled_desk)
    assert found[PROVIDERS[0][0]] is InvitationStatus.LAPSED
    assert found[PROVIDERS[1][0]] is InvitationStatus.ASKED


def test_asking_before_its_turn_wants_a_coded_reason_by_keyboard(
    qtbot: QtBot, ladder_window: MainWindow, ruled_desk: Desk, runner: ActRunner
) -> None:
    page, _ = opened(qtbot, ladder_window, ruled_desk, runner)
    decline_all(ruled_desk)
    page.refresh()
    page.ask_out_of_turn()
    dialog = ladder_window.findChild(OutOfTurnDialog)
    assert isinstance(dialog, OutOfTurnDialog)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    press(Qt.Key.Key_Return, CONTROL)
    assert dialog.isVisible()
    tab_to("Provider")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    tab_to("Reason")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle and not dialog.isVisible(), timeout=20_000)
    with ruled_desk.reading() as unit:
        (early,) = [held for held in unit.of(Invitation).find() if held.off_rank]
    assert (early.location_id, early.off_rank) == (PROVIDERS[2][0], "continuity")


def test_outside_the_framework_is_asked_on_a_ground_by_keyboard_and_a_member_suspended_is_refused(
    qtbot: QtBot, ladder_window: MainWindow, ruled_desk: Desk, runner: ActRunner
) -> None:
    page, _ = opened(qtbot, ladder_window, ruled_desk, runner)
    for _ in range(3):
        decline_all(ruled_desk)
        page.refresh()
        press(Qt.Key.Key_Return, CONTROL)
        qtbot.waitUntil(lambda: runner.is_idle, timeout=20_000)
    decline_all(ruled_desk)
    page.refresh()
    assert ladder_window.lamp_bar.primary.words == "Ask outside the framework"
    press(Qt.Key.Key_Return, CONTROL)
    dialog = ladder_window.findChild(OutsideDialog)
    assert isinstance(dialog, OutsideDialog)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    fill("Provider", "wn2 ostlerby")
    qtbot.waitUntil(lambda: runner.is_idle and dialog.search.location_id == PROVIDERS[4][0])
    assert dialog.search.told.text() == "Asks Ostlerby Care."
    tab_to("Ground")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle and dialog.banner.isVisible(), timeout=20_000)
    assert "Ostlerby Care may not be asked: Suspended" in dialog.banner.sentence
    with ruled_desk.reading() as unit:
        (kept,) = unit.of(Round).find()
    assert kept.rung == 1


def test_rows_say_the_rung_and_why_somebody_was_passed_over(
    qtbot: QtBot, ladder_window: MainWindow, ruled_desk: Desk, runner: ActRunner
) -> None:
    page, _ = opened(qtbot, ladder_window, ruled_desk, runner)
    with ruled_desk.reading() as unit:
        manager = replace(ruled_desk, operator=unit.of(Officer).find(name=MANAGER)[0])
        (kept,) = unit.of(Round).find()
    frameworks.suspend_member(
        manager, framework_id=kept.framework_id, location_id=PROVIDERS[1][0], scope="all",
        from_on=ruled_desk.today(), to_on=None, reason="Enquiry",
    )  # fmt: skip
    decline_all(ruled_desk)
    page.refresh()
    assert ladder_window.lamp_bar.primary.words == "Ask Quillfeather Care"
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle, timeout=20_000)
    rows = [" | ".join(words_of(cell) for cell in row.cells) for row in page.round.table.rows_model.rows]
    assert any("Marrowby Care" in row and "Passed over" in row and "Suspended" in row for row in rows)


def test_where_the_list_is_empty_the_page_says_that_the_ladder_goes_on_outside_and_opens_it(
    qtbot: QtBot, ladder_window: MainWindow, ruled_desk: Desk, runner: ActRunner
) -> None:
    with ruled_desk.reading() as unit:
        manager = replace(ruled_desk, operator=unit.of(Officer).find(name=MANAGER)[0])
    (latest,) = frameworks.list_frameworks(ruled_desk)
    for location_id, *_ in PROVIDERS:
        frameworks.suspend_member(
            manager, framework_id=latest.id, location_id=location_id, scope="all",
            from_on=ruled_desk.today(), to_on=None, reason="Enquiry",
        )  # fmt: skip
    package = record_need(ruled_desk)
    keep_list(ruled_desk, package)
    look_at_what_goes_out(ruled_desk, package.id)
    ladder_window.go("package", package.reference, "invitations")
    page = ladder_window.page
    assert isinstance(page, InvitationsPage)
    qtbot.waitUntil(ladder_window.isActiveWindow)
    assert page.form.nobody.isVisible()
    assert "its ladder goes on at Spot, outside it" in ladder_window.lamp_bar.lamp.sentence
    assert ladder_window.lamp_bar.primary.words == "Open the round at Spot"
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle and page.seen is not None, timeout=20_000)
    assert ladder_window.lamp_bar.primary.words == "Ask outside the framework"


def test_words_that_nobody_has_are_said_and_no_provider_is_asked(
    qtbot: QtBot, ladder_window: MainWindow, ruled_desk: Desk, runner: ActRunner
) -> None:
    page, _ = opened(qtbot, ladder_window, ruled_desk, runner)
    page.ladder.ask_outside()
    dialog = ladder_window.findChild(OutsideDialog)
    assert isinstance(dialog, OutsideDialog)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    fill("Provider", "nowhere in the land")
    qtbot.waitUntil(lambda: dialog.search.told.text().startswith("The directory knows nobody"))
    fill("Provider", "care")
    qtbot.waitUntil(lambda: len(dialog.search.found) > 1)
    assert dialog.search.told.text().startswith("5 found. Choose one")
    press(Qt.Key.Key_Return, CONTROL)
    assert dialog.isVisible()
    tab_to("Provider")
    press(Qt.Key.Key_Down)
    assert dialog.search.told.text().startswith("Asks ")
