"""Beside the choice: capacity, advocate, refusals, the big screen, sheets, a home outside, the budget."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.choice import Choice
from brokerdesk.core.domain.choice_record import Ability, CapacityOutcome
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Package
from brokerdesk.core.services import choices, journey, preferences
from brokerdesk.core.services.desk import Desk
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.dialogs.choosing import OutsideDialog, RefusePreferenceDialog
from brokerdesk.ui.dialogs.face_to_face import FaceToFace
from brokerdesk.ui.dialogs.reason import ReasonDialog
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.choice_page import ChoicePage
from council_sample import make_homes
from hands import ALT, CONTROL, fill, press, tab_to, type_in

REASON = "Reason, in the person’s own words"


def show(window: MainWindow, package: Package) -> ChoicePage:
    window.go("package", package.reference)
    press(Qt.Key.Key_5, ALT)
    page = window.page
    assert isinstance(page, ChoicePage)
    return page


def dialog_of(kind: type[QWidget]) -> QWidget:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, kind)
    return dialog


def choice_of(desk: Desk, package: Package) -> Choice | None:
    with desk.reading() as unit:
        return journey.current_choice(unit, package.id)


@pytest.fixture
def homes(demo_desk: Desk) -> Package:
    """Two homes within the budget."""
    return make_homes(demo_desk, "1150.00", "1160.00")


def test_a_best_interests_choice_asks_for_both_parts_and_the_authority(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, homes: Package
) -> None:
    page = show(main_window, homes)
    press(Qt.Key.Key_Space)
    tab_to("The person")
    for _ in range(3):
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    fill("Where that authority can be found", "Meeting of 7 December")
    tab_to("Capacity for this decision")
    press(Qt.Key.Key_End)
    page.form.record.outcome.activated.emit(0)
    assert page.form.record.lacks_boxes[0].isVisibleTo(page)
    fill("Assessed on", "7 12 26")
    fill("Assessed by", "M. Invented, social worker")
    fill("What was tried so that the person could decide", "Pictures, twice, in the morning")
    tab_to("Keep it in mind")
    press(Qt.Key.Key_Space)
    fill("The impairment or disturbance of mind or brain", "Dementia")
    fill("How it causes that", "She forgets the options within a minute")
    fill(REASON, "She always liked a garden.")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle)
    made = choice_of(demo_desk, homes)
    assert made is not None, main_window.told
    assert made.record is not None
    assert made.record.capacity.outcome is CapacityOutcome.LACKS
    assert made.record.capacity.unable == (Ability.RETAIN,)
    assert made.authority == "Meeting of 7 December"


def test_an_advocate_who_is_needed_and_not_arranged_stops_the_choice(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, homes: Package
) -> None:
    page = show(main_window, homes)
    press(Qt.Key.Key_Space)
    fill(REASON, "The garden.")
    tab_to("Advocate and communication")
    press(Qt.Key.Key_Space)
    assert page.form.record.advocacy.is_open
    tab_to("Use or weigh it")
    press(Qt.Key.Key_Space)
    assert "independent advocate is needed" in page.form.record.advocate_note.text()
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle)
    assert choice_of(demo_desk, homes) is None
    assert "independent advocate is needed" in main_window.told[-1]
    fill("Independent advocate", "Invented Advocacy, ref 12")
    assert not page.form.record.advocate_note.text()
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle)
    assert choice_of(demo_desk, homes) is not None


def test_options_are_turned_down_from_the_keyboard_and_counted_on_the_page(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, homes: Package
) -> None:
    page = show(main_window, homes)
    tab_to("Record a refusal")
    press(Qt.Key.Key_Space)
    for row in page.list.options.rows:
        tab_to(row.provider)
        press(Qt.Key.Key_Space)
    fill("In the person’s own words", "Both are too far from my sister")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle)
    assert choices.refusal_count(demo_desk, homes.id).total == 2
    page.refresh()
    assert page.refusals.text() == "2 options turned down: too far from people who matter (2)."


def test_the_big_screen_goes_left_and_right_and_closes_with_escape(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, homes: Package
) -> None:
    show(main_window, homes)
    tab_to("Show face to face")
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: runner.is_idle)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), FaceToFace))
    big = dialog_of(FaceToFace)
    assert isinstance(big, FaceToFace)
    assert big.place.text() == "Choice 1 of 2"
    press(Qt.Key.Key_Right)
    assert big.place.text() == "Choice 2 of 2"
    press(Qt.Key.Key_Right)
    assert big.place.text() == "Choice 2 of 2"
    press(Qt.Key.Key_Left)
    assert big.place.text() == "Choice 1 of 2"
    assert big.name.text() in big.accessibleName()
    press(Qt.Key.Key_Escape)
    assert not big.isVisible()


def test_the_sheets_are_saved_into_a_folder(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, homes: Package, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(files, "ask_folder", lambda _parent, _title: tmp_path)
    show(main_window, homes)
    tab_to("Option sheets")
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(list(tmp_path.glob("options-*"))) == 4)


def test_an_option_is_judged_not_suitable_by_its_name_and_the_record_is_saved(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, homes: Package,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    page = show(main_window, homes)
    assert page.deeds.record.isHidden()
    press(Qt.Key.Key_Space)
    first, other = page.taken(), next(o for o in page.options if o != page.taken())
    assert first is not None
    page.form.record.shown.set_open(True)
    fill(REASON, "Near her son")
    fill("Offered, but judged not suitable", "Nowhere House: no lift")
    page.record()
    assert choice_of(demo_desk, homes) is None
    assert "Nowhere House is none of the options." in page.form.record.unsuitable_box.trouble
    fill("Offered, but judged not suitable", f"{other.provider.upper()}: no lift")
    page.record()
    qtbot.waitUntil(lambda: choice_of(demo_desk, homes) is not None and runner.is_idle, timeout=20_000)
    made = choice_of(demo_desk, homes)
    assert made is not None
    assert made.record is not None
    assert [(held.offer_id, held.why) for held in made.record.unsuitable] == [(other.offer_id, "no lift")]
    page = show(main_window, homes)
    assert page.form.record.unsuitable.value() == f"{other.provider}: no lift"
    target = tmp_path / "record.pdf"
    monkeypatch.setattr(files, "ask_new_file", lambda *_: target)
    tab_to("Choice record")
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: target.is_file() and runner.is_idle, timeout=20_000)
    assert "no lift" in demo_desk.checker.read_text(target.read_bytes())


def test_a_preferred_home_is_refused_by_its_conditions(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk, homes: Package
) -> None:
    page = show(main_window, homes)
    tab_to("Refuse the preferred home")
    press(Qt.Key.Key_Space)
    dialog = dialog_of(RefusePreferenceDialog)
    assert isinstance(dialog, RefusePreferenceDialog)
    dialog.provider.set_value("Heronsgate House")
    dialog.press_main()
    assert preferences.standing_refusal(demo_desk, homes.id) is None
    for name, answer in dialog.answers.items():
        answer.set_value("no" if name == "is_available" else "yes")
    dialog.reasons.set_value("It has no bed before June.")
    dialog.refused_by.set_value("D. Invented, manager")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle)
    assert preferences.standing_refusal(demo_desk, homes.id) is not None
    page.refresh()
    assert "Heronsgate House was refused in writing" in page.refusals.text()
    tab_to("Take back the refusal")
    press(Qt.Key.Key_Space)
    reason = dialog_of(ReasonDialog)
    assert isinstance(reason, ReasonDialog)
    reason.reason.set_value("A bed came free on Monday.")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle)
    assert preferences.standing_refusal(demo_desk, homes.id) is None
    page.refresh()
    assert page.deeds.take_back.isHidden()


def test_a_home_outside_is_added_once_it_agrees_to_the_terms(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk
) -> None:
    package = make_homes(demo_desk, "1200.00")
    page = show(main_window, package)
    tab_to("Add a provider outside the framework")
    press(Qt.Key.Key_Space)
    dialog = dialog_of(OutsideDialog)
    assert isinstance(dialog, OutsideDialog)
    fill("CQC location number", "1-999000111")
    fill("Name", "Heronsgate House")
    fill("Price a week", "1190")
    fill("Who said that they prefer it", "Her sister")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle)
    assert dialog.isVisible()
    told = f"{dialog.banner.lead.text()} {dialog.banner.rest.text()}"
    assert "does not agree to the council’s terms" in told
    tab_to("The provider agrees to the council’s terms.")
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle)
    page.refresh()
    assert "Heronsgate House" in [row.provider for row in page.list.options.rows]


def test_a_budget_that_buys_nothing_is_raised(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk
) -> None:
    package = make_homes(demo_desk, "1200.00")
    show(main_window, package)
    tab_to("Raise the budget")
    press(Qt.Key.Key_Space)
    type_in("No home at the budget has a bed")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle)
    with demo_desk.reading() as unit:
        assert unit.of(Package).get(package.id).need.personal_budget == Money.parse("932.32")


def test_what_is_typed_in_the_record_comes_back_as_a_draft(
    qtbot: QtBot, main_window: MainWindow, runner: ActRunner, homes: Package
) -> None:
    page = show(main_window, homes)
    fill("Who was there", "Her daughter, Cecily")
    tab_to("How it was shown, and what else was thought of")
    press(Qt.Key.Key_Space)
    tab_to("Large print")
    press(Qt.Key.Key_Space)
    kept = page.form.texts()
    page.drafts.keep()
    qtbot.waitUntil(lambda: runner.is_idle)
    page.form.put_texts({})
    assert not page.form.record.shown.is_open
    page.form.put_texts(kept)
    assert page.form.record.shown.is_open
    told = page.form.record.record()
    assert told.present == "Her daughter, Cecily"
    assert [held.value for held in told.presented] == ["large print"]
