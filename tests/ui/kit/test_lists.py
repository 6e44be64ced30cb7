"""Task lists, tables, the gate and the visit week: models that hold, keys that work, words read out."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.visits import Visit, Weekday, carer_hours, show_visits
from brokerdesk.ui.widgets.gate_list import GateList, GateRow
from brokerdesk.ui.widgets.parsers import UnreadableTextError
from brokerdesk.ui.widgets.table_values import (
    ChipCell,
    Column,
    LinkCell,
    NumberCell,
    RankCell,
    ScoreCell,
    TableRow,
    TickCell,
    TwoLines,
)
from brokerdesk.ui.widgets.table_view import TableView
from brokerdesk.ui.widgets.task_list import TaskList, TaskRow
from brokerdesk.ui.widgets.visit_week import VisitWeek
from brokerdesk.ui.widgets.week_model import WeekModel, calls_from, read_visit, show_visit

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
READ_OUT = Qt.ItemDataRole.AccessibleTextRole
TASKS = (
    TaskRow("need", "Need", "28 visits a week", status="completed"),
    TaskRow("choice", "Choice", "Record what Mrs Larkspur chose", status="next"),
    TaskRow("award", "Award", "Waits for approval", status="cannot_start", reason="One check is missing."),
)
COLUMNS = (
    Column("tick", "", width=32),
    Column("rank", "Rank", width=48),
    Column("provider", "Provider", is_stretched=True),
    Column("miles", "Miles", "number"),
    Column("score", "Score"),
    Column("tier", "Tier"),
    Column("open", ""),
)


def ranked(key: str, rank: int, name: str, miles: str) -> TableRow:
    return TableRow(
        key,
        (
            TickCell(True),
            RankCell(rank),
            TwoLines(name, "CQC Good"),
            NumberCell(miles, Decimal(miles)),
            ScoreCell((Decimal(41), Decimal("24.6")), ("Quality", "Nearness")),
            ChipCell("Tier 1", "tier"),
            LinkCell("Open"),
        ),
    )


ROWS = (ranked("w", 1, "Wrenhollow Home Care", "10.8"), ranked("m", 2, "Marrowby Homecare", "4.1"))


@pytest.fixture
def tasks(qtbot: QtBot) -> TaskList:
    """The steps of a package."""
    made = TaskList("Steps")
    made.set_rows(TASKS)
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    return made


@pytest.fixture
def table(qtbot: QtBot) -> TableView:
    """Two ranked providers."""
    made = TableView("Ranked", COLUMNS)
    made.set_rows(ROWS)
    qtbot.addWidget(made)
    made.resize(700, 200)
    made.show()
    return made


def week_of(*times: time) -> tuple[Visit, ...]:
    return tuple(Visit(day, at, 45, 2) for day in Weekday for at in times)


@pytest.fixture
def week(qtbot: QtBot) -> VisitWeek:
    """Morning and bed, seven days, two carers."""
    made = VisitWeek()
    made.set_visits(week_of(time(7, 30), time(20, 30)), date(2026, 12, 14))
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    made.setCurrentIndex(made.week.index(0, 0))
    return made


def test_the_models_hold_what_qt_asks_of_a_model(tasks: TaskList, table: TableView, week: VisitWeek) -> None:
    gate = GateList()
    gate.set_rows([GateRow("a", "Award route", "Call-off")])
    for model in (tasks.model_of_rows, table.rows_model, table.sorted_rows, week.week, gate.gate):
        QAbstractItemModelTester(model, FATAL)
    week.add_call(time(12))
    week.undo()
    tasks.set_rows(TASKS[:1])
    table.set_rows(ROWS[:1])


def test_enter_opens_a_step_and_a_locked_one_says_why(qtbot: QtBot, tasks: TaskList) -> None:
    tasks.choose("choice")
    with qtbot.waitSignal(tasks.opened) as opened:
        qtbot.keyClick(tasks, Qt.Key.Key_Return)
    assert opened.args == ["choice"]
    with qtbot.waitSignal(tasks.refused) as refused:
        qtbot.keyClick(tasks, Qt.Key.Key_Down)
        qtbot.keyClick(tasks, Qt.Key.Key_Return)
    assert refused.args == ["One check is missing."]


def test_a_row_is_read_out_with_its_status_and_reason(tasks: TaskList) -> None:
    told = [tasks.model_of_rows.index(at).data(READ_OUT) for at in range(3)]
    assert told[1] == "Choice. Next. Record what Mrs Larkspur chose"
    assert told[2] == "Award. Cannot start yet. Waits for approval. One check is missing."


def test_the_keyboard_stays_on_its_row_when_the_list_is_read_again(tasks: TaskList) -> None:
    tasks.choose("choice")
    tasks.set_rows((TaskRow("new", "New"), *TASKS))
    assert tasks.current_key() == "choice"


def test_numbers_sort_by_size_and_not_by_their_letters(table: TableView) -> None:
    table.sortByColumn(3, Qt.SortOrder.AscendingOrder)
    assert table.sorted_rows.index(0, 3).data() == "4.1"
    table.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    assert table.sorted_rows.index(0, 3).data() == "10.8"


def test_the_rows_copied_paste_into_excel(qtbot: QtBot, table: TableView) -> None:
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\r\n")
    assert lines[0].split("\t")[1:4] == ["Rank", "Provider", "Miles"]
    assert lines[1].split("\t")[1:4] == ["1", "Wrenhollow Home Care, CQC Good", "10.8"]
    assert len(lines) == 3


def test_space_unticks_a_row_and_tells_which_are_left(qtbot: QtBot, table: TableView) -> None:
    table.choose("w")
    with qtbot.waitSignal(table.ticks_changed) as heard:
        qtbot.keyClick(table, Qt.Key.Key_Space)
    assert heard.args == [("m",)]


def test_the_filter_keeps_rows_that_hold_every_word(table: TableView) -> None:
    table.set_filter("home WREN")
    assert table.sorted_rows.rowCount() == 1
    table.choose("w")
    assert table.current_key() == "w"
    table.set_filter("")
    assert table.sorted_rows.rowCount() == 2


def test_enter_opens_a_row_and_a_link_opens_its_own(qtbot: QtBot, table: TableView) -> None:
    table.choose("m")
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == ["m"]
    table.setCurrentIndex(table.sorted_rows.index(0, 6))
    with qtbot.waitSignal(table.link_pressed) as pressed:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert pressed.args == ["w"]


def test_widths_order_and_sort_are_remembered(qtbot: QtBot, table: TableView) -> None:
    table.setColumnWidth(3, 99)
    table.horizontalHeader().moveSection(3, 1)
    table.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    again = TableView("Ranked", COLUMNS)
    qtbot.addWidget(again)
    again.set_rows(ROWS)
    again.remember(table.remembered())
    assert again.columnWidth(3) == 99
    assert again.horizontalHeader().logicalIndex(1) == 3
    assert again.sorted_rows.index(0, 3).data() == "10.8"


def test_rules_not_met_come_first_and_are_counted(qtbot: QtBot) -> None:
    gate = GateList()
    qtbot.addWidget(gate)
    gate.set_rows(
        [
            GateRow("route", "Award route", "Call-off", "met", "Rule"),
            GateRow("standstill", "Standstill", "Not required", "not_applying"),
            GateRow("exclusion", "Exclusion check", "No dated check is on file.", "not_met"),
        ]
    )
    assert [row.key for row in gate.gate.rows] == ["exclusion", "route", "standstill"]
    assert gate.counts() == {"not_met": 1, "met": 1, "not_applying": 1}
    assert gate.gate.index(0).data(READ_OUT) == "Not met. Exclusion check. No dated check is on file."
    gate.show()
    gate.setCurrentIndex(gate.gate.index(0))
    with qtbot.waitSignal(gate.opened) as heard:
        qtbot.keyClick(gate, Qt.Key.Key_Return)
    assert heard.args == ["exclusion"]


def test_visits_are_arranged_as_calls_by_the_part_of_the_day() -> None:
    two_mornings = (
        Visit(Weekday.MON, time(7), 30),
        Visit(Weekday.MON, time(9, 30), 30),
        Visit(Weekday.MON, time(20), 45),
    )
    assert [call.name for call in calls_from(two_mornings)] == ["Morning", "Morning 2", "Bed"]
    assert calls_from(()) == ()


def test_totals_are_carer_hours_by_call_and_by_day(week: VisitWeek) -> None:
    model = week.week
    assert model.index(0, 7).data() == "10.50"
    assert model.index(2, 0).data() == "3.00"
    assert model.index(2, 7).data() == f"{carer_hours(week.visits()):.2f}" == "21.00"
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Mon 14"


def test_typing_in_a_cell_changes_the_visit_and_can_be_undone(qtbot: QtBot, week: VisitWeek) -> None:
    before = week.visits()
    with qtbot.waitSignal(week.visits_changed):
        assert week.week.setData(week.week.index(0, 2), "8:15 30 1 !")
    changed = week.week.visit_at(week.week.index(0, 2))
    assert changed == Visit(Weekday.WED, time(8, 15), 30, 1, time_critical=True)
    qtbot.keyClick(week, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert week.visits() == before


@pytest.mark.parametrize("typed", ["25:00", "07:30 0", "07:30 45 9", "07:30 many", "soon"])
def test_what_is_no_visit_is_refused_and_the_cell_stays(qtbot: QtBot, week: VisitWeek, typed: str) -> None:
    before = week.visits()
    with qtbot.waitSignal(week.refused):
        assert not week.week.setData(week.week.index(0, 0), typed)
    assert week.visits() == before


def test_the_text_of_a_cell_reads_back() -> None:
    visit = Visit(Weekday.TUE, time(7, 30), 45, 2, time_critical=True)
    assert read_visit(show_visit(visit), Weekday.TUE, None) == visit
    assert read_visit("", Weekday.TUE, visit) is None
    assert read_visit("12", Weekday.TUE, visit) == Visit(Weekday.TUE, time(12), 45, 2)
    with pytest.raises(UnreadableTextError):
        read_visit("07:30 9999", Weekday.TUE, None)


def test_a_day_is_copied_to_every_day(qtbot: QtBot, week: VisitWeek) -> None:
    week.week.setData(week.week.index(0, 0), "09:00 60 1")
    week.copy_day_to_all()
    mornings = {(visit.at, visit.minutes, visit.carers) for visit in week.visits() if visit.at.hour < 12}
    assert mornings == {(time(9), 60, 1)}


def test_a_call_is_copied_and_pasted_by_keyboard(qtbot: QtBot, week: VisitWeek) -> None:
    week.week.setData(week.week.index(0, 0), "06:45 15 1")
    week.setCurrentIndex(week.week.index(0, 0))
    qtbot.keyClick(week, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    week.setCurrentIndex(week.week.index(0, 6))
    qtbot.keyClick(week, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert week.week.visit_at(week.week.index(0, 6)) == Visit(Weekday.SUN, time(6, 45), 15, 1)


def test_delete_empties_a_cell_and_says_so_to_screen_readers(qtbot: QtBot, week: VisitWeek) -> None:
    qtbot.keyClick(week, Qt.Key.Key_Delete)
    assert len(week.visits()) == 13
    assert week.week.index(0, 0).data(READ_OUT) == "Morning, Mon, no visit"
    assert week.week.index(0, 1).data(READ_OUT) == "Morning, Tue 07:30, 45 minutes, 2 carers"


def test_a_call_is_added_on_every_day_and_taken_out(week: VisitWeek) -> None:
    week.add_call(time(12), 30, 2)
    assert week.week.calls[-1].name == "Lunch"
    assert len(week.visits()) == 21
    week.remove_call()
    assert show_visits(week.visits()) == show_visits(week_of(time(7, 30), time(20, 30)))


def test_a_week_without_visits_has_only_its_totals() -> None:
    model = WeekModel()
    model.set_visits(())
    assert model.rowCount() == 1
    assert model.index(0, 7).data() == "0.00"
