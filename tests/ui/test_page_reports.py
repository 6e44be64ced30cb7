"""Reports by keyboard: packages awarded between two days, and the sixteen sums of the trade."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.award import AwardFacts
from brokerdesk.core.services import awards
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.workouts import WORKOUTS
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.reports_page import ReportsPage
from brokerdesk.ui.pages.workouts_fields import RowsEdit
from brokerdesk.ui.pages.workouts_page import WorkoutsPage
from brokerdesk.ui.widgets.table_values import words_of
from council_sample import PROVIDERS, approve_elsewhere, record_need
from hands import CONTROL, fill, press, tab_to


@pytest.fixture
def page(qtbot: QtBot, main_window: MainWindow, runner: ActRunner, demo_desk: Desk) -> ReportsPage:
    """The report after one award of the day."""
    package = record_need(demo_desk)
    approve_elsewhere(demo_desk, package)
    awards.record_exclusion_check(
        demo_desk, package_id=package.id, location_id=PROVIDERS[0][0], checked_on=demo_desk.today()
    )
    advice = awards.suggest(demo_desk, package.id)
    awards.make_award(demo_desk, package_id=package.id, facts=AwardFacts(advice.route, advice.why))
    main_window.go("today")
    press(Qt.Key.Key_5, CONTROL)
    found = main_window.page
    assert isinstance(found, ReportsPage)
    qtbot.waitUntil(lambda: runner.is_idle and found.report is not None)
    return found


def rows(page: ReportsPage) -> list[list[str]]:
    return [[words_of(cell) for cell in row.cells] for row in page.table.rows_model.rows]


def test_adults_and_children_stand_apart_and_none_says_why(page: ReportsPage) -> None:
    assert rows(page) == [
        ["Adults", "NM-HC-2026", "Home care", "tier 1", "1", "1", "£843.50"],
        ["Children", "", "", "none", "0", "0", ""],
    ]
    assert page.notes.text() == "Children: none, because no package for children was awarded in the period."
    assert page.counted.text().startswith("One package is one decision to award")


def test_other_days_are_counted_as_soon_as_the_field_is_left(
    qtbot: QtBot, page: ReportsPage, runner: ActRunner
) -> None:
    fill("To", "1 5 26")
    press(Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: runner.is_idle and rows(page)[0][3] == "none")
    assert "Adults: none, because no package for adults was awarded in the period." in page.notes.text()


def test_days_the_wrong_way_round_are_refused_in_a_sentence(
    qtbot: QtBot, page: ReportsPage, main_window: MainWindow, runner: ActRunner
) -> None:
    fill("To", "1 3 26")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: runner.is_idle and bool(main_window.told))
    assert "is before the first" in main_window.told[-1]
    assert main_window.lamp_bar.lamp.primary is None


def test_the_report_is_saved_with_its_definition(
    qtbot: QtBot, page: ReportsPage, runner: ActRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "awards"
    monkeypatch.setattr(files, "ask_new_file", lambda *_: path)
    tab_to("Save as text")
    press(Qt.Key.Key_Space)
    kept = tmp_path / "awards.csv"
    qtbot.waitUntil(lambda: runner.is_idle and kept.exists())
    with kept.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[0][:2] == ["Cohort", "Framework"]
    assert lines[1][6] == "843.50"
    assert any(line and line[0].startswith("One package is one decision") for line in lines)
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle and (tmp_path / "awards.xlsx").exists())


@pytest.fixture
def sums(main_window: MainWindow) -> WorkoutsPage:
    main_window.go("reports", None, "workouts")
    found = main_window.page
    assert isinstance(found, WorkoutsPage)
    return found


def ask(qtbot: QtBot, runner: ActRunner) -> None:
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: runner.is_idle)


def test_all_sixteen_sums_can_be_asked(sums: WorkoutsPage) -> None:
    assert len(sums.list.entries.rows) == 16
    for workout in WORKOUTS:
        sums.show_question(workout.name)
        assert set(sums.questions[workout.name].controls) == {field.name for field in workout.fields}


def test_a_sum_is_worked_out_with_its_steps(
    qtbot: QtBot, main_window: MainWindow, sums: WorkoutsPage, runner: ActRunner
) -> None:
    sums.show_question("period_cost")
    fill("Weekly cost", "843.50")
    ask(qtbot, runner)
    assert sums.answer is not None
    assert "£43,982.50" in [value for _label, value in sums.facts.facts]
    assert main_window.told == ()


def test_visits_are_typed_line_by_line(qtbot: QtBot, sums: WorkoutsPage, runner: ActRunner) -> None:
    for number, (minutes, carers) in enumerate((("45", "2"), ("30", "2"), ("30", "2"), ("45", "2")), 1):
        if number > 1:
            tab_to("Add a line")
            press(Qt.Key.Key_Space)
        fill(f"Visits, line {number}, Minutes", minutes)
        fill(f"Visits, line {number}, Times a week", "7")
        fill(f"Visits, line {number}, Carers", carers)
    fill("Rate an hour", "24.10")
    tab_to("Rounded by")
    press(Qt.Key.Key_Down)
    ask(qtbot, runner)
    assert dict(sums.facts.facts) == {
        "Visit hours": "17.50",
        "Carer hours": "35.00",
        "Weekly cost": "£843.50",
    }


def test_offers_are_asked_for_every_criterion_of_the_weights(
    qtbot: QtBot, sums: WorkoutsPage, runner: ActRunner
) -> None:
    sums.show_question("score")
    form = sums.questions["score"]
    weights, offers = form.controls["weights"], form.controls["offers"]
    assert isinstance(weights, RowsEdit)
    assert isinstance(offers, RowsEdit)
    weights.put_rows([("price", "40"), ("quality", "40"), ("continuity", "20")])
    form._follow_weights()
    assert [column.name for column in offers.columns] == ["name", "price", "quality", "continuity"]
    offers.put_rows([("A", "24.10", "80", "60"), ("B", "22.90", "70", "90")])
    ask(qtbot, runner)
    assert sums.facts.facts[0][1].startswith("B: 86.00 (")


def test_a_question_that_cannot_be_read_is_refused_and_stays_as_typed(
    qtbot: QtBot, main_window: MainWindow, sums: WorkoutsPage, runner: ActRunner
) -> None:
    sums.show_question("foi_due")
    fill("Received on", "some day")
    ask(qtbot, runner)
    assert "it wants a date" in main_window.told[-1]
    assert sums.questions["foi_due"].question() == {"received_on": "some day"}
    assert sums.answer is None
