"""Today, the list of packages and one package at a glance, by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.package import Cohort
from brokerdesk.core.services import outlook, packages, shortlists
from brokerdesk.core.services.council import officers
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.finding import find_anything
from brokerdesk.core.services.outlook import Knowing
from brokerdesk.core.services.packages import Bucket
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.overview_page import OverviewPage, facts_of
from brokerdesk.ui.pages.packages_page import PackagesPage
from brokerdesk.ui.pages.today_page import TodayPage
from council_sample import (
    APPROVER,
    BROKER,
    Council,
    a_need,
    approve_elsewhere,
    keep_list,
    open_round,
    record_choice,
    record_need,
    take_answers,
)
from hands import ALT, CONTROL, press, tab_to, type_in


def today_of(window: MainWindow) -> TodayPage:
    window.go("today")
    page = window.page
    assert isinstance(page, TodayPage)
    return page


def test_an_empty_desk_says_how_a_package_begins(main_window: MainWindow) -> None:
    page = today_of(main_window)
    assert page.list.isHidden()
    assert page.nothing.title.text() == "No package is waiting"
    press(Qt.Key.Key_Return, CONTROL)
    assert main_window.where is not None
    assert main_window.where.page_key == "packages/new"


def test_today_lists_what_is_due_and_its_first_row_is_in_the_lamp_bar(
    main_window: MainWindow, demo_desk: Desk
) -> None:
    larkspur = record_need(demo_desk)
    take_answers(demo_desk, larkspur)
    brightmoor = record_need(demo_desk, a_need("Leonard", "Brightmoor"))
    record_choice(demo_desk, brightmoor)
    page = today_of(main_window)
    shown = [(row.name, row.result, row.status) for row in page.list.model_of_rows.rows]
    assert shown == [
        ("Do now", "1", "head"),
        ("Winifred Larkspur", "Record what Winifred Larkspur chose", "next"),
        ("With other people", "1", "head"),
        ("Leonard Brightmoor", "Open the approval", "in_progress"),
    ]
    assert main_window.header.name.text() == "Tuesday 8 December"
    press(Qt.Key.Key_Return, CONTROL)
    assert main_window.where is not None
    assert (main_window.where.page_key, main_window.where.reference) == ("package/choice", larkspur.reference)


def test_enter_opens_the_row_at_its_step(main_window: MainWindow, demo_desk: Desk) -> None:
    package = record_need(demo_desk)
    page = today_of(main_window)
    assert QApplication.focusWidget() is page.list
    press(Qt.Key.Key_Return)
    assert main_window.where is not None
    assert (main_window.where.page_key, main_window.where.reference) == (
        "package/providers",
        package.reference,
    )


def test_a_start_that_has_passed_needs_attention(
    main_window: MainWindow, demo_desk: Desk, council: object
) -> None:
    record_need(demo_desk, a_need(starts_on=date(2026, 12, 9)))
    demo_desk.clock.advance(days=3)
    page = today_of(main_window)
    assert page.list.model_of_rows.rows[1].status == "needs_attention"
    assert page.list.model_of_rows.rows[1].when == "2 days ago"


def test_a_lot_written_small_begins_its_line_with_a_capital(main_window: MainWindow, demo_desk: Desk) -> None:
    record_need(demo_desk, a_need(lot="home care"))
    page = today_of(main_window)
    assert page.list.model_of_rows.rows[1].detail.startswith("Home care, starts")


def test_what_waits_for_an_approver_is_hers_to_do_and_the_brokers_work_is_not(demo_desk: Desk) -> None:
    take_answers(demo_desk, record_need(demo_desk))
    record_choice(demo_desk, record_need(demo_desk, a_need("Leonard", "Brightmoor")))
    approver = next(held for held in officers(demo_desk) if held.roles == (Role.APPROVER,))
    shown = {row.package.person: row.bucket for row in packages.today(replace(demo_desk, operator=approver))}
    assert shown == {"Leonard Brightmoor": Bucket.DO_NOW, "Winifred Larkspur": Bucket.WITH_OTHERS}


def test_the_approver_reads_that_she_decides_and_the_broker_that_another_does(
    council: Council, window_of: Callable[[Desk], MainWindow]
) -> None:
    with council.open(BROKER) as desk:
        record_choice(desk, record_need(desk))
        window = window_of(desk)
        today_of(window)
        assert "An approver other than you decides for £" in "\n".join(row.next for row in _rows(desk))
    with council.open(APPROVER) as desk:
        window = window_of(desk)
        today_of(window)
        assert window.lamp_bar.lamp.sentence.startswith("You decide on the spend for £")
        assert not any("other than you" in row.next for row in _rows(desk))


def _rows(desk: Desk) -> list[packages.PackageRow]:
    return [row.package for row in packages.today(desk)]


def test_the_outlook_counts_the_work_and_tells_the_news(demo_desk: Desk) -> None:
    open_round(demo_desk, record_need(demo_desk))
    record_need(demo_desk, a_need("Ivy", "Carrowmore", starts_on=date(2027, 2, 1)))
    demo_desk.clock.advance(hours=6)
    found = outlook.outlook(demo_desk)
    assert (found.waiting, found.starting_soon, found.typical_days) == (2, 1, None)
    (clock,) = found.rounds
    assert (clock.person, clock.answered, clock.asked) == ("Winifred Larkspur", 0, 4)
    assert clock.closes_at - demo_desk.now() == timedelta(hours=18)
    assert [(news.kind, news.words, news.detail) for news in found.news] == [
        (Knowing.SUSPENDED, "Ostlerby Care suspended for new packages", "Safeguarding enquiry open.")
    ]


def test_a_framework_that_ends_soon_is_news(demo_desk: Desk) -> None:
    demo_desk.clock.set(demo_desk.now().replace(year=2030, month=1))
    words = [news.words for news in outlook.outlook(demo_desk).news]
    assert "Northmere care at home ends on 31 March 2030" in words


def test_packages_are_filtered_by_words_and_by_where_they_stand(
    main_window: MainWindow, demo_desk: Desk
) -> None:
    record_need(demo_desk)
    record_need(demo_desk, a_need("Ivy", "Carrowmore", postcode="WN6 8AA"))
    press(Qt.Key.Key_2, CONTROL)
    page = main_window.page
    assert isinstance(page, PackagesPage)
    assert page.counted.text() == "2 packages"
    tab_to("Show only packages with these words")
    type_in("carrow")
    assert page.counted.text() == "1 package"
    tab_to("Which packages")
    type_in("Awarded")
    assert page.counted.text() == "0 packages"


def test_a_package_opens_from_the_list_by_enter(main_window: MainWindow, demo_desk: Desk) -> None:
    package = record_need(demo_desk)
    press(Qt.Key.Key_2, CONTROL)
    tab_to("Packages")
    press(Qt.Key.Key_Return)
    assert main_window.where is not None
    assert (main_window.where.page_key, main_window.where.reference) == ("package", package.reference)


def test_a_package_shows_eight_steps_with_the_keyboard_on_the_next(
    main_window: MainWindow, demo_desk: Desk
) -> None:
    package = record_need(demo_desk)
    take_answers(demo_desk, package)
    main_window.go("package", package.reference)
    page = main_window.page
    assert isinstance(page, OverviewPage)
    statuses = [row.status for row in page.list.model_of_rows.rows]
    assert statuses == ["completed"] * 4 + ["next"] + ["cannot_start"] * 3
    assert page.list.current_key() == "choice"
    assert page.timeline.happenings[0].kind == "now"
    assert {happening.second for happening in page.timeline.happenings[1:]} == {"Asha Penhaligon"}
    assert main_window.header.name.text() == "Winifred Larkspur"


def test_a_step_that_cannot_start_says_why(main_window: MainWindow, demo_desk: Desk) -> None:
    package = record_need(demo_desk)
    main_window.go("package", package.reference)
    page = main_window.page
    assert isinstance(page, OverviewPage)
    for _ in range(3):
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert main_window.told == ("This step cannot start yet. Waits for offers.",)
    assert main_window.page is page


def test_an_act_elsewhere_is_seen_at_once(qtbot: QtBot, main_window: MainWindow, demo_desk: Desk) -> None:
    package = record_need(demo_desk)
    main_window.go("package", package.reference)
    page = main_window.page
    assert isinstance(page, OverviewPage)
    page.acts.run(lambda desk: shortlists.keep_shortlist(desk, package_id=package.id))
    qtbot.waitUntil(lambda: page.list.model_of_rows.rows[1].status == "completed")


def test_a_package_that_there_is_not_is_said(main_window: MainWindow) -> None:
    main_window.go("package", "XYZ-0001")
    assert main_window.told[0].startswith("There is no package XYZ-0001 on this desk.")


def test_the_facts_of_the_person_stand_under_the_steps(main_window: MainWindow, demo_desk: Desk) -> None:
    need = a_need(cohort=Cohort.CHILD, born_on=date(2015, 1, 1), expected_weeks=None)
    assert facts_of(need) == (
        ("Team", "Hospital discharge team"),
        ("Who pays", "The council"),
        ("Personal budget", "£850.00 a week"),
        ("Expected to last", "not known yet"),
        ("Law", "A child: the children’s own rules come later"),
    )


@pytest.mark.parametrize(
    ("typed", "kind", "words", "goes_to"),
    [
        ("larks", "person", "Winifred Larkspur", ("package", True)),
        ("wren", "provider", "Wrenhollow Home Care", ("providers", False)),
        ("wn5", "postcode", "WN5", ("packages", False)),
    ],
)
def test_ctrl_k_finds_people_providers_and_postcodes(
    demo_desk: Desk, typed: str, kind: str, words: str, goes_to: tuple[str, bool]
) -> None:
    package = record_need(demo_desk)
    hit = next(hit for hit in find_anything(demo_desk, typed) if hit.kind == kind)
    assert hit.words == words
    assert (hit.key == package.reference) is goes_to[1]


def test_nothing_typed_finds_nothing(demo_desk: Desk) -> None:
    record_need(demo_desk)
    assert find_anything(demo_desk, "  ") == ()
    assert find_anything(demo_desk, "nobody of that name") == ()


def test_a_package_is_walked_by_alt_and_its_number(main_window: MainWindow, demo_desk: Desk) -> None:
    package = record_need(demo_desk)
    keep_list(demo_desk, package)
    approved = record_need(demo_desk, a_need("Honor", "Pettifer"))
    approve_elsewhere(demo_desk, approved)
    main_window.go("package", approved.reference)
    press(Qt.Key.Key_1, ALT)
    assert main_window.where is not None
    assert main_window.where.page_key == "package/need"
