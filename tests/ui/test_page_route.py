"""The route decision by keyboard: what the desk knows is told, the rest is asked, the award follows it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.award import Route
from brokerdesk.core.domain.notice_due import NoticeDue
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.route_decision import RouteDecision, Way
from brokerdesk.core.services import awards, notice_desk, route_decisions
from brokerdesk.core.services.desk import Desk
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.award_page import AwardPage
from brokerdesk.ui.pages.route_page import RoutePage
from council_sample import PROVIDERS, a_need, approve_elsewhere, record_need
from hands import ALT, CONTROL, fill, name_of, press, tab_to, type_in


def show(window: MainWindow, package: Package) -> RoutePage:
    window.go("package", package.reference, "route")
    page = window.page
    assert isinstance(page, RoutePage)
    return page


def decision_of(desk: Desk, package: Package) -> RouteDecision | None:
    return route_decisions.route_of(desk, package.id)


def test_a_call_off_is_decided_with_two_answers_and_shows_its_working(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk
) -> None:
    package = record_need(demo_desk)
    page = show(main_window, package)
    told = {label: (value, source) for label, value, source in page.steps_shown.facts}
    value, source = told["Is the main subject health care bought for the NHS?"]
    assert value == "No"
    assert source.startswith("The desk knows this. ")
    assert "R014" in source
    assert main_window.lamp_bar.lamp.sentence == "Answer the question."
    assert name_of(QApplication.focusWidget()) == "Through Northmere care at home"
    press(Qt.Key.Key_Return, CONTROL)  # as is suggested
    assert name_of(QApplication.focusWidget()) == "By the framework’s own order of asking"
    press(Qt.Key.Key_Down)
    assert name_of(QApplication.focusWidget()) == "By competition among its members"
    press(Qt.Key.Key_Return, CONTROL)
    assert page.guide is not None
    assert page.guide.suggestion is not None
    assert main_window.lamp_bar.lamp.primary is not None
    assert main_window.lamp_bar.lamp.primary.words == "Keep this route"
    assert QApplication.focusWidget() is page.explanation
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle and decision_of(demo_desk, package) is not None)
    made = decision_of(demo_desk, package)
    assert made is not None
    assert (made.route, made.way) == (Route.FRAMEWORK_S45, Way.MINI_COMPETITION)
    qtbot.waitUntil(lambda: page.isAncestorOf(QApplication.focusWidget() or main_window))


def test_an_unanswered_question_is_said_and_nothing_is_kept(
    main_window: MainWindow, demo_desk: Desk
) -> None:
    package = record_need(demo_desk)
    page = show(main_window, package)
    tab_to("Find anything")
    tab_to("Through Northmere care at home")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    assert page.fields[0].value() == "outside"
    press(Qt.Key.Key_Return, CONTROL)
    assert page.guide is not None
    assert [question.key for question in page.guide.asked] == ["ground"]
    page.fields[0].control.set_value("")  # type: ignore[attr-defined]  # the box of grounds
    press(Qt.Key.Key_Return, CONTROL)
    assert main_window.told[-1].startswith("Something is not answered yet.")
    assert decision_of(demo_desk, package) is None


@pytest.fixture
def awaited(demo_desk: Desk) -> Package:
    """A package above the threshold that waits for its award, its exclusion check on file."""
    made = record_need(demo_desk, a_need(expected_weeks=None))
    approve_elsewhere(demo_desk, made)
    awards.record_exclusion_check(
        demo_desk, package_id=made.id, location_id=PROVIDERS[0][0], checked_on=demo_desk.today()
    )
    return made


def test_the_award_page_follows_the_decision_records_its_notice_and_keeps_what_comes_after(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, awaited: Package
) -> None:
    route_decisions.decide_route(
        demo_desk, package_id=awaited.id, answers={}, explanation="The members competed."
    )
    main_window.go("package", awaited.reference)
    press(Qt.Key.Key_7, ALT)
    page = main_window.page
    assert isinstance(page, AwardPage)
    assert page.forms.reason.value() == "The members competed."
    assert [row.title for row in page.stops] == ["Notice before signing"]
    assert page.forms.shown == "notice"
    fill("Reference of the notice", "2026/S 000-6")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle and page.stops == ())
    facts = page.forms.facts()
    assert facts is not None
    award = awards.make_award(demo_desk, package_id=awaited.id, facts=facts).value
    main_window.go("package", awaited.reference, "award")
    told = {label: value for label, value, _ in page.notices.facts.facts}
    assert told["UK6 Contract award notice"].startswith("Done 8 December 2026")
    assert told["UK7 Contract details notice"] == "by 6 April 2027"
    assert {label: value for label, value, _ in page.notices.others.facts}[
        "UK9 Contract performance notice"
    ] == "None"
    tab_to("Reference of the notice")
    type_in("2026/S 000-7")
    tab_to("Record it as done")
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: runner.is_idle)
    with demo_desk.reading() as unit:
        done = {n.code: n.reference for n in unit.of(NoticeDue).find(award_id=award.id) if n.done_on}
    assert done == {"UK6": "2026/S 000-6", "UK7": "2026/S 000-7"}


def test_the_dates_of_an_award_are_saved_as_a_calendar_file(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, awaited: Package,
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory,
) -> None:  # fmt: skip
    route_decisions.decide_route(demo_desk, package_id=awaited.id, answers={})
    main_window.go("package", awaited.reference, "award")
    page = main_window.page
    assert isinstance(page, AwardPage)
    facts = page.forms.facts()
    assert facts is not None
    notice_desk.record_notice_published(
        demo_desk, package_id=awaited.id, code="UK6", published_on=demo_desk.today(), reference="2026/S 000-6"
    )
    awards.make_award(demo_desk, package_id=awaited.id, facts=facts)
    main_window.go("package", awaited.reference, "award")
    path = tmp_path_factory.mktemp("dates") / "dates.ics"
    monkeypatch.setattr(files, "ask_new_file", lambda *_: path)
    tab_to("Save the dates to a calendar")
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: runner.is_idle and path.exists())
    assert b"BEGIN:VEVENT" in path.read_bytes()
    assert b"Larkspur" not in path.read_bytes()


def test_continuing_healthcare_leads_from_the_gate_to_the_route_and_back_to_its_notice(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk
) -> None:
    package = record_need(demo_desk, a_need(funding="chc"))
    approve_elsewhere(demo_desk, package)
    awards.record_exclusion_check(
        demo_desk, package_id=package.id, location_id=PROVIDERS[0][0], checked_on=demo_desk.today()
    )
    main_window.go("package", package.reference, "award")
    page = main_window.page
    assert isinstance(page, AwardPage)
    assert [row.title for row in page.stops] == ["Process of the NHS regime"]
    assert main_window.lamp_bar.primary.words == "Decide the route"
    press(Qt.Key.Key_Return, CONTROL)
    assert isinstance(main_window.page, RoutePage)
    route_decisions.decide_route(demo_desk, package_id=package.id, answers={"psr_process": "competitive"})
    main_window.go("package", package.reference, "award")
    assert [row.title for row in page.stops] == ["Notice of intention"]
    press(Qt.Key.Key_Return, CONTROL)
    assert page.forms.shown == "intention"
    fill("Reference of the notice", "2026/S 000-9")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle and [row.title for row in page.stops] == ["Standstill"])
    assert "runs to 21 December 2026" in page.stops[0].why
