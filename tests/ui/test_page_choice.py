"""The Choice step by keyboard: an option taken, who chose it, why, and what may be paid on top."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.choice import Choice, ChosenBy, Payer, TopUp
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Package, PackageStatus
from brokerdesk.core.services import journey, referrals
from brokerdesk.core.services.desk import Desk
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.choice_page import ChoicePage
from brokerdesk.ui.widgets.frame_values import LampForm
from council_sample import PROVIDERS, a_need, make_homes, record_choice, record_need, take_answers
from hands import ALT, CONTROL, fill, press, tab_to, type_in

OPTIONS = "What was put to the person"
REASON = "Reason, in the person’s own words"


def show(window: MainWindow, package: Package) -> ChoicePage:
    """Open the overview, then the fifth step by its key."""
    window.go("package", package.reference)
    press(Qt.Key.Key_5, ALT)
    page = window.page
    assert isinstance(page, ChoicePage)
    return page


def choice_of(desk: Desk, package: Package) -> Choice | None:
    with desk.reading() as unit:
        return journey.current_choice(unit, package.id)


@pytest.fixture
def package(demo_desk: Desk) -> Package:
    made = record_need(demo_desk, a_need(client_contribution=Money.parse("86.40")))
    take_answers(demo_desk, made)
    return made


def test_a_choice_before_any_offer_is_stopped_with_the_way_on(
    main_window: MainWindow, demo_desk: Desk
) -> None:
    early = record_need(demo_desk)
    main_window.go("package", early.reference, "choice")
    assert main_window.lamp_bar.lamp.form is LampForm.WAITING
    press(Qt.Key.Key_Return, CONTROL)
    assert main_window.where is not None
    assert main_window.where.step == "providers"


def test_the_options_stand_with_price_budget_and_what_the_person_pays(
    main_window: MainWindow, package: Package
) -> None:
    page = show(main_window, package)
    rows = page.list.options.rows
    assert [row.provider for row in rows] == ["Marrowby Care", "Wrenhollow Home Care"]
    assert [row.difference for row in rows] == ["£24.00 under", "£6.50 under"]
    assert page.banner.lead.text() == "An affordable option is on record"
    tab_to(OPTIONS)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    assert page.pays_lead.text().endswith("does not change with the choice: £86.40 a week.")
    assert "£757.10 for Wrenhollow Home Care" in page.pays_rest.text()


def test_a_choice_is_recorded_from_the_keyboard_in_the_persons_own_words(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, package: Package
) -> None:
    show(main_window, package)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    fill(REASON, "They can come at half past seven.")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle)
    made = choice_of(demo_desk, package)
    assert made is not None
    assert (made.provider, made.by, made.reason) == (
        PROVIDERS[0][1],
        ChosenBy.PERSON,
        "They can come at half past seven.",
    )
    assert main_window.where is not None
    assert main_window.where.step == "approval"
    assert main_window.toast.sentence.text() == "Wrenhollow Home Care is recorded as chosen."


def test_without_an_option_or_a_reason_nothing_is_recorded_and_both_are_asked_for(
    main_window: MainWindow, demo_desk: Desk, package: Package
) -> None:
    page = show(main_window, package)
    press(Qt.Key.Key_Return, CONTROL)
    assert main_window.told[-1].startswith("No option is chosen.")
    tab_to(OPTIONS)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return, CONTROL)
    assert page.form.reason_box.trouble == "Write why this one was chosen."
    assert choice_of(demo_desk, package) is None


def test_an_attorney_needs_evidence_of_the_authority(
    main_window: MainWindow, demo_desk: Desk, package: Package
) -> None:
    page = show(main_window, package)
    press(Qt.Key.Key_Space)
    tab_to("The person")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    assert page.form.chosen_by is ChosenBy.ATTORNEY
    assert page.form.authority_box.isVisible()
    fill(REASON, "She lives near.")
    press(Qt.Key.Key_Return, CONTROL)
    assert page.form.authority_box.trouble == "Write where the evidence can be found."
    assert choice_of(demo_desk, package) is None


def test_what_is_typed_is_kept_when_the_page_is_left_and_comes_back(
    qtbot: QtBot,
    main_window: MainWindow,
    runner: ActRunner,
    demo_desk: Desk,
    package: Package,
    window_of: Callable[[Desk], MainWindow],
) -> None:
    show(main_window, package)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    fill(REASON, "She knows them.")
    press(Qt.Key.Key_1, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle)
    kept = referrals.draft(demo_desk, f"choice:{package.id}")
    assert kept is not None
    assert kept["reason"] == "She knows them."
    page = show(window_of(demo_desk), package)
    assert page.form.reason.value() == "She knows them."
    assert page.list.value() == kept["offer_id"]


def test_a_choice_on_file_is_shown_and_may_be_made_again(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk
) -> None:
    package = record_need(demo_desk)
    record_choice(demo_desk, package)
    page = show(main_window, package)
    assert page.form.reason.value() == "They can come early."
    assert not page.form.isEnabled()
    assert main_window.lamp_bar.lamp.primary is not None
    assert main_window.lamp_bar.lamp.primary.words == "Open the approval"
    tab_to("Record another choice")
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Space)
    fill(REASON, "The cheaper one is nearer.")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle)
    made = choice_of(demo_desk, package)
    assert made is not None
    assert made.reason == "The cheaper one is nearer."


@pytest.fixture
def home(demo_desk: Desk) -> Package:
    """One home, above the personal budget."""
    return make_homes(demo_desk, "1180.00")


def test_a_home_above_the_budget_asks_who_pays_and_why_only_one_was_shown(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, home: Package
) -> None:
    page = show(main_window, home)
    press(Qt.Key.Key_Space)
    assert page.form.single_box.isVisible()
    assert page.banner.lead.text() == "No option is within the personal budget"
    fill(REASON, "Her sister lives there.")
    fill("Why only one option was shown", "No other home has a bed.")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle)
    made = choice_of(demo_desk, home)
    assert made is not None
    assert made.single_option_reason == "No other home has a bed."
    assert made.top_up is None
    with demo_desk.reading() as unit:
        assert unit.of(Package).get(home.id).status is PackageStatus.APPROVING


def test_a_dearer_home_is_chosen_with_a_top_up_once_all_eight_items_are_written(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk
) -> None:
    package = make_homes(demo_desk, "1200.00", "1150.00")
    page = show(main_window, package)
    assert [row.difference for row in page.list.options.rows] == ["£17.68 under", "£32.32 over"]
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    assert page.form.top_up.words.text().startswith("This home is £32.32 a week above the budget of £900.00.")
    fill(REASON, "It has a garden.")
    assert "Say who pays it." in main_window.lamp_bar.lamp.sentence
    press(Qt.Key.Key_Return, CONTROL)
    assert "Who pays the difference: Say who pays above the budget." in main_window.told[-1]
    assert choice_of(demo_desk, package) is None
    tab_to("The council")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return, CONTROL)
    assert "To whom it is paid" in main_window.told[-1]
    known = ("Who pays the difference", "Top-up a week", "Agreed on", "First review")
    for box in page.form.top_up.boxes:
        if box.isVisibleTo(page) and box.name not in known:
            fill(box.name, "1 12 26" if box.name == "Seen on" else "As the agreement says")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle)
    made = choice_of(demo_desk, package)
    assert made is not None
    assert made.top_up is not None
    assert (made.top_up.payer, made.top_up.additional_cost.shown) == (Payer.THIRD_PARTY, "£32.32")


def test_a_top_up_writes_down_all_eight_items(main_window: MainWindow, home: Package) -> None:
    page = show(main_window, home)
    fields = page.form.top_up
    fields.put_texts({"payer": "third_party"})
    fields.show_amount(Money.parse("12.32"), Money.parse("900.00"))
    assert fields.top_up() is not None
    wanting = [box.name for box in fields.boxes if box.control in fields.items.values() and not box.look()]
    assert len(wanting) == 6, "the two sums come from the offer, the other six are written down"
    for name, edit in fields.items.items():
        edit.set_value(f"As agreed on {name}")
    found = fields.top_up()
    assert isinstance(found, TopUp)
    assert (found.additional_cost, found.budget_amount) == (Money.parse("12.32"), Money.parse("900.00"))


def test_typing_in_the_reason_does_not_press_anything(main_window: MainWindow, package: Package) -> None:
    page = show(main_window, package)
    tab_to(REASON)
    type_in("Two carers")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert page.form.reason.toPlainText() == "Two carers\n\n"
    assert main_window.where is not None
    assert main_window.where.step == "choice"
