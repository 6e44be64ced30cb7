"""The Approval step by keyboard: the approver decides, or the broker records a decision given elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.award import Approval, Decision
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.officer import ApprovalLimit
from brokerdesk.core.domain.package import Package
from brokerdesk.core.services import journey
from brokerdesk.core.services.desk import Desk
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.approval_page import ApprovalPage
from brokerdesk.ui.widgets.frame_values import LampForm
from council_sample import APPROVER, BROKER, MANAGER, Council, declare, record_choice, record_need
from hands import ALT, CONTROL, fill, press, tab_to

Open = Callable[[Desk], MainWindow]


def chosen(council: Council, limit: str = "") -> Package:
    """A package with its choice made, and another limit for the approver where one is given."""
    with council.open(BROKER) as desk:
        package = record_need(desk)
        record_choice(desk, package)
        if limit:
            with desk.units.writing() as unit:
                held = unit.of(ApprovalLimit).find()[0]
                unit.of(ApprovalLimit).remove(held.id)
                made = ApprovalLimit("lower", held.officer_id, APPROVER, held.from_on, Money.parse(limit))
                unit.of(ApprovalLimit).add(made)
                unit.commit()
    with council.open(APPROVER) as desk:
        declare(desk, package, "approver")
    return package


def show(window: MainWindow, package: Package) -> ApprovalPage:
    window.go("package", package.reference)
    press(Qt.Key.Key_6, ALT)
    page = window.page
    assert isinstance(page, ApprovalPage)
    return page


def approval_of(desk: Desk, package: Package) -> Approval | None:
    with desk.reading() as unit:
        return journey.current_approval(unit, package.id)


def test_an_approver_sees_the_sum_and_approves_in_her_own_name(
    qtbot: QtBot, council: Council, window_of: Open, runner: ActRunner
) -> None:
    package = chosen(council)
    with council.open(APPROVER) as desk:
        window = window_of(desk)
        page = show(window, package)
        assert page.sum.accessibleName().endswith("£43,982.50 a year")
        assert window.lamp_bar.lamp.primary is not None
        assert window.lamp_bar.lamp.primary.words == "Approve £43,982.50 a year"
        fill("Comment", "Within the plan.")
        press(Qt.Key.Key_Return, CONTROL)
        qtbot.waitUntil(lambda: runner.is_idle)
        made = approval_of(desk, package)
        assert made is not None
        assert (made.decision, made.approver_name, made.recorded_by) == (Decision.APPROVE, APPROVER, None)
        assert made.comment == "Within the plan."
        assert window.toast.sentence.text() == "£43,982.50 a year is approved."


def test_a_return_needs_a_comment_and_sends_the_package_back(
    qtbot: QtBot, council: Council, window_of: Open, runner: ActRunner
) -> None:
    package = chosen(council)
    with council.open(APPROVER) as desk:
        window = window_of(desk)
        page = show(window, package)
        tab_to("Return for changes")
        press(Qt.Key.Key_Space)
        assert page.decide.box.trouble == "Say what should change."
        assert approval_of(desk, package) is None
        fill("Comment", "Ask Marrowby again.")
        tab_to("Return for changes")
        press(Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: runner.is_idle)
        made = approval_of(desk, package)
        assert made is not None
        assert made.decision is Decision.RETURN
    with council.open(BROKER) as desk:
        window = window_of(desk)
        show(window, package)
        assert window.lamp_bar.lamp.sentence == f"{APPROVER} returned it: Ask Marrowby again."


def test_an_approver_above_her_limit_is_refused_with_the_limit(
    qtbot: QtBot, council: Council, window_of: Open, runner: ActRunner
) -> None:
    package = chosen(council, limit="40000.00")
    with council.open(APPROVER) as desk:
        window = window_of(desk)
        page = show(window, package)
        assert dict(page._chips())[APPROVER] == "bad"
        press(Qt.Key.Key_Return, CONTROL)
        qtbot.waitUntil(lambda: runner.is_idle and bool(window.told))
        assert "above the limit of Gideon Fairweather, £40,000.00 a year" in window.told[-1]
        assert approval_of(desk, package) is None


def test_the_broker_waits_or_records_what_a_panel_decided_as_recorded_by_her(
    qtbot: QtBot, council: Council, window_of: Open, runner: ActRunner
) -> None:
    package = chosen(council)
    with council.open(BROKER) as desk:
        window = window_of(desk)
        page = show(window, package)
        lamp = window.lamp_bar.lamp
        assert (lamp.form, lamp.sentence) == (LampForm.WAITING, f"{APPROVER} may approve £43,982.50 a year.")
        assert not page.decide.isVisible()
        press(Qt.Key.Key_Return, CONTROL)
        assert window.told[-1].startswith("The approval is not recorded yet.")
        fill("Who decided", APPROVER)
        fill("Decided on", "8 12 26")
        fill("Where it can be found", "E-mail of 8 December")
        press(Qt.Key.Key_Return, CONTROL)
        qtbot.waitUntil(lambda: runner.is_idle)
        made = approval_of(desk, package)
        assert made is not None
        assert made.recorded_by == desk.operator.id
        facts = dict(page.decided.facts)
        assert (facts["By"], facts["Recorded by"]) == (APPROVER, BROKER)
        press(Qt.Key.Key_Return, CONTROL)
        assert window.where is not None
        assert window.where.step == "award"


def test_nobody_approves_what_she_brokered(
    qtbot: QtBot, council: Council, window_of: Open, runner: ActRunner
) -> None:
    package = chosen(council)
    with council.open(BROKER) as desk:
        window = window_of(desk)
        show(window, package)
        fill("Who decided", BROKER)
        fill("Decided on", "today")
        fill("Where it can be found", "My own note")
        press(Qt.Key.Key_Return, CONTROL)
        qtbot.waitUntil(lambda: runner.is_idle and bool(window.told))
        assert window.told[-1].startswith(f"{BROKER} brokered this package, so someone else must approve it.")
        assert approval_of(desk, package) is None


def test_who_neither_brokers_nor_approves_only_reads(council: Council, window_of: Open) -> None:
    package = chosen(council)
    with council.open(MANAGER) as desk:
        window = window_of(desk)
        page = show(window, package)
        assert window.lamp_bar.lamp.primary is None
        assert not page.decide.isVisible()
        assert not page.elsewhere.isVisible()
