"""The Award step by keyboard: the gate, the form that settles a rule, the answers, the award."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.award import Award, ExclusionCheck, FiledLetter, Route
from brokerdesk.core.domain.package import Package
from brokerdesk.core.services import awards, journey
from brokerdesk.core.services.desk import Desk
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.dialogs.reason import ReasonDialog
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.award_page import AwardPage
from brokerdesk.ui.pages.award_words import FORMS, STEPS
from brokerdesk.ui.widgets.frame_values import LampForm
from council_sample import PROVIDERS, approve_elsewhere, record_choice, record_need
from hands import ALT, CONTROL, fill, press, tab_to, type_in

WINNER = PROVIDERS[0]


def show(window: MainWindow, package: Package) -> AwardPage:
    window.go("package", package.reference)
    press(Qt.Key.Key_7, ALT)
    page = window.page
    assert isinstance(page, AwardPage)
    return page


def award_of(desk: Desk, package: Package) -> Award | None:
    with desk.reading() as unit:
        return journey.live_award(unit, package.id)


@pytest.fixture
def package(demo_desk: Desk) -> Package:
    made = record_need(demo_desk)
    approve_elsewhere(demo_desk, made)
    return made


@pytest.fixture
def checked(demo_desk: Desk, package: Package) -> Package:
    """The same with its exclusion check on file, so that nothing stops the award."""
    awards.record_exclusion_check(
        demo_desk, package_id=package.id, location_id=WINNER[0], checked_on=demo_desk.today()
    )
    return package


def test_every_rule_that_has_a_form_or_a_page_is_one_of_the_gates(
    main_window: MainWindow, package: Package
) -> None:
    page = show(main_window, package)
    titles = {row.title for row in page.rows}
    by_ladder = {"Ground for going outside", "In the framework’s order"}  # where the framework has one
    assert set(FORMS) - by_ladder <= titles
    assert set(STEPS) <= titles


def test_the_rule_not_met_stands_first_and_its_form_is_open(
    main_window: MainWindow, package: Package
) -> None:
    page = show(main_window, package)
    assert page.gate.gate.rows[0].name == "Exclusion and debarment check"
    assert page.gate.counts()["not_met"] == 1
    lamp = main_window.lamp_bar.lamp
    assert (lamp.form, lamp.lead) == (LampForm.STOPPED, "Stopped by 1 rule")
    assert lamp.secondary is not None
    assert lamp.secondary.waits_for.startswith("No dated check is on file for Wrenhollow Home Care.")
    assert QApplication.focusWidget() is page.forms.checked_on


def test_the_check_is_recorded_where_it_stops_and_then_nothing_does(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, package: Package
) -> None:
    page = show(main_window, package)
    press(Qt.Key.Key_Return, CONTROL)
    assert "Look at both, then tick both." in main_window.told[-1]
    for name in ("Debarment list", "Company and director check"):
        tab_to(name)
        press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle)
    with demo_desk.reading() as unit:
        kept = unit.of(ExclusionCheck).find(package_id=package.id)
    assert [(check.outcome, check.note) for check in kept] == [
        ("clear", "Looked at: Debarment list, Company and director check.")
    ]
    assert page.stops == ()
    assert main_window.lamp_bar.lamp.primary is not None
    assert main_window.lamp_bar.lamp.primary.words == "Check answers and award"


def test_the_award_is_made_after_the_answers_and_the_declaration_and_its_letters_are_written(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, checked: Package
) -> None:
    page = show(main_window, checked)
    press(Qt.Key.Key_Return, CONTROL)
    assert page.views.currentIndex() == 1
    lamp = main_window.lamp_bar.lamp
    assert lamp.primary is not None
    assert lamp.primary.words == "Award to Wrenhollow Home Care and write 3 letters"
    press(Qt.Key.Key_Return, CONTROL)
    assert award_of(demo_desk, checked) is None, "the declaration comes first"
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle and award_of(demo_desk, checked) is not None)
    qtbot.waitUntil(lambda: main_window.where is not None and main_window.where.step == "letters")
    made = award_of(demo_desk, checked)
    assert made is not None
    assert (made.provider, made.weekly_cost.shown, made.facts.route) == (
        WINNER[1],
        "£843.50",
        Route.FRAMEWORK_S45,
    )
    with demo_desk.reading() as unit:
        assert len(unit.of(FiledLetter).find(award_id=made.id)) == 4
    qtbot.waitUntil(lambda: runner.is_idle)


def test_back_to_the_rules_makes_no_award(main_window: MainWindow, demo_desk: Desk, checked: Package) -> None:
    page = show(main_window, checked)
    press(Qt.Key.Key_Return, CONTROL)
    tab_to("Back to the rules")
    press(Qt.Key.Key_Space)
    assert page.views.currentIndex() == 0
    assert award_of(demo_desk, checked) is None


def test_the_persons_choice_as_route_asks_for_the_preference_on_the_spot(
    main_window: MainWindow, checked: Package
) -> None:
    page = show(main_window, checked)
    page.forms.route.set_choices((*((r.value, r.value) for r in (Route.FRAMEWORK_S45, Route.USER_CHOICE)),))
    page.forms.route.set_value(Route.USER_CHOICE.value)
    page.forms._follow_route()
    assert any(row.title == "The person’s preference" for row in page.stops)
    press(Qt.Key.Key_Return, CONTROL)
    assert page.forms.shown == "preference"
    fill("Who said it", "Mrs Larkspur")
    fill("On what day", "7 12 26")
    fill("How", "At the visit")
    fill("Why a competition is not in the person’s best interests", "She trusts them.")
    assert all(row.title != "The person’s preference" for row in page.stops)


def test_an_empty_reason_for_the_route_stops_the_award(main_window: MainWindow, checked: Package) -> None:
    page = show(main_window, checked)
    tab_to("Reason")
    press(Qt.Key.Key_A, CONTROL)
    press(Qt.Key.Key_Delete)
    assert [row.title for row in page.stops] == ["Award route"]
    assert main_window.lamp_bar.lamp.primary is not None
    assert main_window.lamp_bar.lamp.primary.words == "Use this route"
    type_in("The framework covers it.")
    assert page.stops == ()


def test_before_the_approval_the_rules_are_seen_and_the_way_on_is_offered(
    main_window: MainWindow, demo_desk: Desk
) -> None:
    made = record_need(demo_desk)
    record_choice(demo_desk, made)
    main_window.go("package", made.reference, "award")
    page = main_window.page
    assert isinstance(page, AwardPage)
    assert {row.title for row in page.stops} == {"Exclusion and debarment check", "Someone else approved"}
    assert main_window.lamp_bar.lamp.lead == "Stopped by 2 rules"


def test_an_award_is_withdrawn_only_with_a_reason(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, checked: Package
) -> None:
    page = show(main_window, checked)
    facts = page.forms.facts()
    assert facts is not None
    awards.make_award(demo_desk, package_id=checked.id, facts=facts)
    show(main_window, checked)
    tab_to("Withdraw the award")
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), ReasonDialog))
    press(Qt.Key.Key_Return, CONTROL)
    assert award_of(demo_desk, checked) is not None
    type_in("The family changed its mind.")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: award_of(demo_desk, checked) is None)
    qtbot.waitUntil(lambda: runner.is_idle)
    with demo_desk.reading() as unit:
        assert unit.of(Award).find()[0].withdrawn_reason == "The family changed its mind."


def test_the_reason_is_drafted_from_the_facts_for_the_broker_to_change(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, checked: Package
) -> None:
    page = show(main_window, checked)
    tab_to("Draft the reason")
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "Value for money" in page.forms.reason.value(), timeout=20_000)
    words = page.forms.reason.value()
    assert WINNER[1] in words
    assert QApplication.focusWidget() is page.forms.reason
    assert "Larkspur" not in words
