"""Put on record by keyboard: claims, leave, call-ins, the last day of a post, a closed package."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.approval_scheme import ApprovalLevel, SpendKind
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.notice_due import Claim, GateOverride
from brokerdesk.core.domain.package import Package, PackageStatus
from brokerdesk.core.services import agreement_details, approval_levels, frameworks, journey
from brokerdesk.core.services.desk import Desk
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.dialogs.award_records import ClaimDialog, DetailsDialog, LeaveDialog, SettleDialog
from brokerdesk.ui.dialogs.day import DayDialog
from brokerdesk.ui.dialogs.reason import ReasonDialog
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.approval_page import ApprovalPage
from brokerdesk.ui.pages.award_page import AwardPage
from brokerdesk.ui.pages.overview_page import OverviewPage
from brokerdesk.ui.pages.settings_approval import ApprovalLevelsSection
from brokerdesk.ui.pages.settings_page import SettingsPage
from council_sample import (
    APPROVER,
    BROKER,
    MANAGER,
    PROVIDERS,
    Council,
    approve_elsewhere,
    record_choice,
    record_need,
)
from hands import ALT, CONTROL, fill, press, tab_to

Open = Callable[[Desk], MainWindow]
Asks = TypeVar("Asks", bound=QDialog)


def asked(qtbot: QtBot, kind: type[Asks]) -> Asks:
    def shown() -> bool:
        dialog, focused = QApplication.activeModalWidget(), QApplication.focusWidget()
        return isinstance(dialog, kind) and focused is not None and dialog.isAncestorOf(focused)

    qtbot.waitUntil(shown, timeout=20_000)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, kind)
    return dialog


def done(qtbot: QtBot, runner: ActRunner, dialog: QDialog) -> None:
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle and not dialog.isVisible(), timeout=20_000)


def award_page(window: MainWindow, package: Package) -> AwardPage:
    window.go("package", package.reference)
    press(Qt.Key.Key_7, ALT)
    page = window.page
    assert isinstance(page, AwardPage)
    return page


@pytest.fixture
def package(demo_desk: Desk) -> Package:
    made = record_need(demo_desk)
    approve_elsewhere(demo_desk, made)
    return made


def test_details_of_the_agreement_are_kept_and_shown_by_the_award(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, package: Package
) -> None:
    page = award_page(main_window, package)
    assert page.records.facts.isHidden()
    tab_to("Details of the agreement")
    press(Qt.Key.Key_Space)
    dialog = asked(qtbot, DetailsDialog)
    fill("Purchase order number", "4500012345")
    fill("Provider’s out-of-hours contact", "Night desk, 01632 960444")
    done(qtbot, runner, dialog)
    kept = agreement_details.details_of(demo_desk, package.id)
    assert kept is not None
    assert (kept.purchase_order, kept.out_of_hours) == ("4500012345", "Night desk, 01632 960444")
    assert not page.records.facts.isHidden()
    tab_to("Details of the agreement")
    press(Qt.Key.Key_Space)
    again = asked(qtbot, DetailsDialog)
    assert isinstance(again, DetailsDialog)
    assert again.order.value() == "4500012345"
    press(Qt.Key.Key_Escape)


def test_a_claim_is_logged_holds_the_signing_and_is_settled(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, package: Package
) -> None:
    page = award_page(main_window, package)
    assert page.records.settle.isHidden()
    tab_to("Log a claim")
    press(Qt.Key.Key_Space)
    dialog = asked(qtbot, ClaimDialog)
    press(Qt.Key.Key_Return, CONTROL)
    assert dialog.isVisible(), "nothing is logged without a name"
    fill("Who claims", "Marrowby Care")
    fill("About what", "The scoring")
    done(qtbot, runner, dialog)
    assert "Marrowby Care" in " ".join(row.why for row in page.stops)
    tab_to("Settle a claim")
    press(Qt.Key.Key_Space)
    settle = asked(qtbot, SettleDialog)
    fill("How it was settled", "Withdrawn by it")
    done(qtbot, runner, settle)
    with demo_desk.reading() as unit:
        (claim,) = unit.of(Claim).find(package_id=package.id)
    assert (claim.by, claim.outcome) == ("Marrowby Care", "Withdrawn by it")
    assert claim.settled_on == demo_desk.today()
    assert page.records.settle.isHidden()
    assert not [row for row in page.stops if row.rule == "R073"]


def test_leave_is_recorded_where_a_suspension_stops_the_award(
    qtbot: QtBot, council: Council, window_of: Open, runner: ActRunner
) -> None:
    with council.open(BROKER) as desk:
        package = record_need(desk)
        approve_elsewhere(desk, package)
    with council.open(MANAGER) as desk:
        frameworks.suspend_member(
            desk, framework_id=package.framework_id or "", location_id=PROVIDERS[0][0], scope="all",
            from_on=desk.today(), to_on=None, reason="Enquiry",
        )  # fmt: skip
    with council.open(BROKER) as desk:
        page = award_page(window_of(desk), package)
        assert [row.rule for row in page.stops if row.rule == "R105"] == ["R105"]
        tab_to("Record leave from a rule")
        press(Qt.Key.Key_Space)
        dialog = asked(qtbot, LeaveDialog)
        fill("Who gave leave", "Rowan Inkpen")
        fill("Post of who gave it", "Contracts manager")
        fill("Why", "The enquiry closes on Friday")
        done(qtbot, runner, dialog)
        with desk.reading() as unit:
            (leave,) = unit.of(GateOverride).find(package_id=package.id)
        assert (leave.rule, leave.allowed_by) == ("R105", "Rowan Inkpen")
        assert not [row for row in page.stops if row.rule == "R105"]
        assert page.records.leave.isHidden()


def test_a_call_in_is_noted_and_its_end(
    qtbot: QtBot, council: Council, window_of: Open, runner: ActRunner
) -> None:
    with council.open(BROKER) as desk:
        package = record_need(desk)
        record_choice(desk, package)
        approval_levels.record_executive_decision(
            desk, package_id=package.id, decision_maker="Executive Member", decided_on=date(2026, 12, 4),
            published_on=date(2026, 12, 4), reference="ED-12", is_key=True,
        )  # fmt: skip
        window = window_of(desk)
        window.go("package", package.reference)
        press(Qt.Key.Key_6, ALT)
        page = window.page
        assert isinstance(page, ApprovalPage)
        assert page.call_in.end.isHidden()
        tab_to("Note a call-in")
        press(Qt.Key.Key_Space)
        dialog = asked(qtbot, DayDialog)
        fill("Called in on", "10 12 26")
        press(Qt.Key.Key_Return, CONTROL)
        qtbot.waitUntil(lambda: runner.is_idle and dialog.banner.isVisible(), timeout=20_000)
        fill("Called in on", "8 12 26")
        done(qtbot, runner, dialog)
        assert page.call_in.begin.isHidden()
        tab_to("Note how the call-in ended")
        press(Qt.Key.Key_Space)
        done(qtbot, runner, asked(qtbot, DayDialog))
        assert page.asked is not None
        assert page.asked.executive is not None
        assert page.asked.executive.upheld_on == desk.today()
        assert dict(page.rests.facts.facts)["Upheld"] == "8 December 2026"


def test_the_last_day_of_a_post_is_noted(
    qtbot: QtBot, council: Council, window_of: Open, runner: ActRunner
) -> None:
    with council.open(MANAGER) as desk:
        line = ApprovalLevel(1, SpendKind.LIGHT_TOUCH, Money.parse("30000.00"), None, ("Director",))
        approval_levels.set_approval_scheme(
            desk, from_on=desk.today(), levels=(line,), source="Constitution 4.2"
        )
        approval_levels.name_post_holder(desk, post="Director", officer_name=APPROVER, from_on=desk.today())
        window = window_of(desk)
        window.go("settings")
        page = window.page
        assert isinstance(page, SettingsPage)
        page.show_section("levels")
        section = page.section
        assert isinstance(section, ApprovalLevelsSection)
        tab_to("Holders of posts")
        press(Qt.Key.Key_Down)
        tab_to("End the one in front")
        press(Qt.Key.Key_Space)
        dialog = asked(qtbot, DayDialog)
        fill("Last day", "31 12 26")
        done(qtbot, runner, dialog)
        (held,) = approval_levels.post_holders(desk)
        assert held.to_on == date(2026, 12, 31)


def test_a_package_is_closed_with_its_reason_once_nothing_hangs_on_it(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk
) -> None:
    package = record_need(demo_desk)
    main_window.go("package", package.reference)
    page = main_window.page
    assert isinstance(page, OverviewPage)
    command = next(c for c in page.commands() if c.words.startswith("Close the package"))
    command.do()
    dialog = asked(qtbot, ReasonDialog)
    press(Qt.Key.Key_Return, CONTROL)
    assert dialog.isVisible(), "nothing is closed without a reason"
    fill("Reason", "The person moved to her daughter")
    done(qtbot, runner, dialog)
    with demo_desk.reading() as unit:
        assert journey.package_by_reference(unit, package.reference).status is PackageStatus.CLOSED
    assert main_window.lamp_bar.lamp.sentence == "This package is closed."
    assert not page.may_close
