"""Fields: what people type is read, tidied when they move on, never cleared, and its trouble said."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.money import Money
from brokerdesk.ui.theme.ring import wants_ring
from brokerdesk.ui.widgets.edits import ChoiceBox, DateEdit, LongTextEdit, MoneyEdit, PostcodeEdit, TextEdit
from brokerdesk.ui.widgets.field_box import FieldBox, Form, RadioChoice, TickList
from brokerdesk.ui.widgets.parsers import (
    UnreadableTextError,
    read_date,
    read_money,
    read_time,
    show_date,
    show_money,
)
from brokerdesk.ui.widgets.tab_order import set_tab_order

TODAY = date(2026, 12, 8)


@pytest.mark.parametrize(
    ("typed", "pence"),
    [("£1,234.5", 123450), ("24.10", 2410), (" 24 ", 2400), ("£0.05", 5), ("1234567.89", 123456789)],
)
def test_money_is_read_as_people_write_it(typed: str, pence: int) -> None:
    assert read_money(typed) == Money(pence)


@pytest.mark.parametrize("typed", ["", "abc", "-5", "1.234", "1,23.00", "12.", "£", "1e3", "24 10"])
def test_what_is_no_amount_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(UnreadableTextError, match=r"such as 24\.10"):
        read_money(typed)


@given(st.integers(0, 10**11))
def test_money_shown_reads_back_to_the_penny(pence: int) -> None:
    assert read_money(show_money(Money(pence))) == Money(pence)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("14 12 26", date(2026, 12, 14)), ("14/12/2026", date(2026, 12, 14)), ("14 dec", date(2026, 12, 14)),
        ("1 feb", date(2027, 2, 1)), ("+7", date(2026, 12, 15)), ("+2w", date(2026, 12, 22)),
        ("today", TODAY),
        ("2026-12-14", date(2026, 12, 14)), ("Mon 14 Dec 2026", date(2026, 12, 14)),
        ("14december26", date(2026, 12, 14)),
    ],
)  # fmt: skip
def test_dates_are_read_in_every_usual_way(typed: str, day: date) -> None:
    assert read_date(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["31 feb", "14 smarch", "soon", "99/99/99", "29 2 2027"])
def test_a_day_that_there_is_not_is_refused(typed: str) -> None:
    with pytest.raises(UnreadableTextError, match="14 Dec 2026"):
        read_date(typed, TODAY)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_date_shown_reads_back(day: date) -> None:
    assert read_date(show_date(day), TODAY) == day


@pytest.mark.parametrize(
    ("typed", "at"), [("7:30", time(7, 30)), ("0730", time(7, 30)), ("7", time(7)), ("20.15", time(20, 15))]
)
def test_times_are_read_with_and_without_their_colon(typed: str, at: time) -> None:
    assert read_time(typed) == at


def test_money_gets_its_pence_when_the_user_moves_on(qtbot: QtBot) -> None:
    form = Form()
    money, text = MoneyEdit(), TextEdit()
    form.add(FieldBox("Rate an hour", money))
    form.add(FieldBox("Note", text))
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    money.setFocus()
    qtbot.keyClicks(money, "£1,234.5")
    qtbot.keyClick(money, Qt.Key.Key_Tab)
    assert money.text() == "1,234.50"
    assert money.parsed() == Money(123450)


def test_what_cannot_be_read_stays_and_says_what_is_wanted(qtbot: QtBot) -> None:
    box = FieldBox("Starts on", DateEdit(lambda: TODAY))
    qtbot.addWidget(box)
    box.show()
    box.control.setFocus()
    qtbot.keyClicks(box.control, "31 feb")
    assert not box.look()
    assert box.control.text() == "31 feb"
    assert box.trouble == "Write a date such as 14 Dec 2026, or +7 for a week from today."
    assert box.control.property("wrong") is True
    interface = QAccessible.queryAccessibleInterface(box.control)
    assert interface.text(QAccessible.Text.Name) == "Starts on"
    assert "Write a date" in interface.text(QAccessible.Text.Description)


def test_a_field_set_right_loses_its_trouble(qtbot: QtBot) -> None:
    control = PostcodeEdit("nonsense")
    box = FieldBox("Postcode", control)
    qtbot.addWidget(box)
    assert not box.look()
    control.setText("wn59zx")
    assert box.look()
    assert box.trouble == ""
    assert control.parsed() == "WN5 9ZX"


def test_a_form_says_everything_that_is_wrong_and_goes_to_the_first(qtbot: QtBot) -> None:
    form = Form()
    phone = FieldBox(
        "Phone", TextEdit("0161"), check=lambda: "This number has 4 digits. Check it: most have 11."
    )
    reason = FieldBox("Reason", LongTextEdit(), check=lambda: "Say why." if not reason.value() else "")
    form.add(FieldBox("Name", TextEdit("Asha")))
    form.add(phone, reason)
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    assert form.look() == ("Phone: This number has 4 digits. Check it: most have 11.", "Reason: Say why.")
    assert phone.control.hasFocus()


def test_a_choice_keeps_its_value_when_the_choices_change(qtbot: QtBot) -> None:
    box = ChoiceBox((("a", "Home care"), ("b", "Extra care")), value="b")
    qtbot.addWidget(box)
    box.set_choices((("c", "Live-in care"), ("b", "Extra care")))
    assert box.value() == "b"
    box.set_value("not offered")
    assert box.value() == "b"


def test_radios_and_ticks_are_turned_by_the_keyboard(qtbot: QtBot) -> None:
    radios = RadioChoice((("self", "Mrs Larkspur herself"), ("deputy", "A deputy")), value="self")
    ticks = TickList((("wash", "Washing"), ("hoist", "Moving with a hoist")))
    for widget in (radios, ticks):
        qtbot.addWidget(widget)
        widget.show()
    radios.activateWindow()
    qtbot.waitUntil(radios.isActiveWindow)
    radios._buttons["self"].setFocus()
    first = radios.findChildren(type(radios._buttons["self"]))[0]
    with qtbot.waitSignal(radios.chosen) as heard:
        qtbot.keyClick(first, Qt.Key.Key_Down)
    assert heard.args == ["deputy"]
    with qtbot.waitSignal(ticks.changed):
        qtbot.keyClick(ticks._ticks["hoist"], Qt.Key.Key_Space)
    assert ticks.value() == ("hoist",)


def test_tab_stops_once_at_a_choice_and_arrows_go_round_it(qtbot: QtBot) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    before, after = TextEdit(), TextEdit()
    radios = RadioChoice((("a", "An offer"), ("b", "A no"), ("c", "Silence")), value="a")
    for part in (before, radios, after):
        column.addWidget(part)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    set_tab_order(window)
    after.setFocus()
    back, no = Qt.Key.Key_Backtab, Qt.KeyboardModifier.NoModifier
    for key, modifier, wanted, value in (
        (back, Qt.KeyboardModifier.ShiftModifier, "a", "a"), (Qt.Key.Key_Right, no, "b", "b"),
        (Qt.Key.Key_Down, no, "c", "c"), (Qt.Key.Key_Right, no, "a", "a"), (Qt.Key.Key_Left, no, "c", "c"),
    ):  # fmt: skip
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, key, modifier)
        assert QApplication.focusWidget() is radios._buttons[wanted]
        assert radios.value() == value
    qtbot.keyClick(radios._buttons["c"], Qt.Key.Key_Tab)
    assert after.hasFocus()
    qtbot.keyClick(after, back, Qt.KeyboardModifier.ShiftModifier)
    assert radios._buttons["c"].hasFocus()
    qtbot.keyClick(radios._buttons["c"], back, Qt.KeyboardModifier.ShiftModifier)
    assert before.hasFocus()


def test_the_calendar_opens_on_alt_and_down_and_puts_the_day_in(qtbot: QtBot) -> None:
    edit = DateEdit(lambda: TODAY, date(2026, 12, 14))
    qtbot.addWidget(edit)
    edit.show()
    calendar = edit.open_calendar()
    calendar.setSelectedDate(calendar.selectedDate().addDays(1))
    calendar.activated.emit(calendar.selectedDate())
    assert edit.text() == "Tue 15 Dec 2026"


def test_a_box_of_several_lines_wears_the_focus_ring(qtbot: QtBot) -> None:
    box = LongTextEdit()
    qtbot.addWidget(box)
    assert wants_ring(box)
