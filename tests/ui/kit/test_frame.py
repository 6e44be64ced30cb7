"""The frame by keyboard: places, history, steps, palette, primary act, what the user is told."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from brokerdesk.core.domain.changes import Change, Outcome
from brokerdesk.core.domain.errors import PlaceError
from brokerdesk.ui.acts import ActRunner
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.dialogs.frame import FramedDialog
from brokerdesk.ui.dialogs.palette import Palette
from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.page import Command, StatusFact
from brokerdesk.ui.widgets.edits import TextEdit
from brokerdesk.ui.widgets.field_box import FieldBox
from brokerdesk.ui.widgets.room import size_within

CONTROL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    """Press a key wherever the keyboard is."""
    target = QApplication.focusWidget() or window
    qtbot.keyClick(target, key, modifier or Qt.KeyboardModifier.NoModifier)


def open_palette(qtbot: QtBot, window: MainWindow) -> Palette:
    press(qtbot, window, Qt.Key.Key_K, CONTROL)
    palette = window.findChild(Palette)
    assert palette is not None
    qtbot.waitUntil(palette.line.hasFocus)
    return palette


def test_ctrl_k_offers_each_command_once_though_the_lamp_and_the_page_both_name_it(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = window.page
    assert page is not None
    page.commands = lambda: (Command("Do Today", lambda: None), Command("Copy Monday", lambda: None))
    words = [hit.words for hit in open_palette(qtbot, window).hits]
    assert words.count("Do Today") == 1
    assert words.index("Do Today") == 0
    assert len(words) == len(set(words))


def test_the_act_of_a_dialog_wears_the_colour_of_the_main_button(qtbot: QtBot, window: MainWindow) -> None:
    dialog = FramedDialog("Withdraw the round", "Withdraw it", window)
    assert dialog.main.property("kind") == "primary"
    assert dialog.close_button.property("kind") == "outlined"


def test_a_place_of_the_rail_is_reached_by_its_number(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Qt.Key.Key_2, CONTROL)
    assert window.page.title == "Packages"
    assert window.rail.buttons["packages"].isChecked()
    assert window.windowTitle() == "Packages – BrokerDesk"


def test_a_place_that_has_no_page_is_not_in_the_rail_and_its_number_does_nothing(
    qtbot: QtBot, window: MainWindow
) -> None:
    assert set(window.rail.buttons) == {"today", "packages"}
    press(qtbot, window, Qt.Key.Key_4, CONTROL)
    assert window.page.title == "Today"


def test_back_and_forward_follow_the_way_that_was_taken(qtbot: QtBot, window: MainWindow) -> None:
    window.go("package", "B2417")
    window.go("package", "B2417", "need")
    press(qtbot, window, Qt.Key.Key_Left, ALT)
    assert (window.page.title, window.page.reference) == ("Overview", "B2417")
    press(qtbot, window, Qt.Key.Key_Left, ALT)
    assert window.page.title == "Today"
    press(qtbot, window, Qt.Key.Key_Right, ALT)
    assert window.page.title == "Overview"
    assert window.header.forward.isEnabled()


def test_a_step_is_reached_by_its_number_and_a_locked_one_says_why(qtbot: QtBot, window: MainWindow) -> None:
    window.go("package", "B2417")
    press(qtbot, window, Qt.Key.Key_2, ALT)
    assert window.page.title == "Providers"
    press(qtbot, window, Qt.Key.Key_3, ALT)
    assert window.page.title == "Providers"
    assert window.told == ("This cannot be done yet. Waits for approval.",)


def test_the_strip_is_there_for_packages_only(window: MainWindow) -> None:
    assert not window.strip.isVisible()
    window.go("package", "B2417")
    assert window.strip.isVisible()
    assert window.strip.buttons[""].isChecked()
    assert "Waits for approval" in window.strip.buttons["award"].accessibleDescription()


def test_control_and_enter_does_the_primary_act_from_anywhere(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(window.page.field.hasFocus)
    press(qtbot, window, Qt.Key.Key_Return, CONTROL)
    assert window.page.done == ["primary"]


def test_a_button_that_cannot_work_yet_keeps_the_keyboard_and_says_why(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.go("package", "B2417", "need")
    press(qtbot, window, Qt.Key.Key_Return, CONTROL)
    assert window.page.done == []
    assert window.told == ("This cannot be done yet. The phone number is missing.",)
    assert window.lamp_bar.primary.isEnabled()


def test_f6_goes_from_content_to_lamp_bar_to_rail_and_back(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(window.page.field.hasFocus)
    press(qtbot, window, Qt.Key.Key_F6)
    assert window.lamp_bar.primary.hasFocus()
    press(qtbot, window, Qt.Key.Key_F6)
    assert window.rail.buttons["today"].hasFocus()
    press(qtbot, window, Qt.Key.Key_F6)
    assert window.page.field.hasFocus()
    press(qtbot, window, Qt.Key.Key_F6, SHIFT)
    assert window.rail.buttons["today"].hasFocus()


def test_tab_reaches_the_primary_act(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(window.page.field.hasFocus)
    for _ in range(3):
        press(qtbot, window, Qt.Key.Key_Tab)
        if window.lamp_bar.primary.hasFocus():
            break
    assert window.lamp_bar.primary.hasFocus()
    press(qtbot, window, Qt.Key.Key_Return)
    assert window.page.done == ["primary"]


def test_the_palette_finds_a_place_by_part_of_its_name(qtbot: QtBot, window: MainWindow) -> None:
    palette = open_palette(qtbot, window)
    qtbot.keyClicks(palette.line, "pack")
    assert [hit.words for hit in palette.hits] == ["Go to Packages"]
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert window.page.title == "Packages"


def test_the_palette_does_what_the_page_and_its_lamp_offer(qtbot: QtBot, window: MainWindow) -> None:
    page = window.page
    palette = open_palette(qtbot, window)
    words = [hit.words for hit in palette.hits]
    assert words[:3] == ["Do Today", "Print", "Copy Monday to every day"]
    qtbot.keyClick(palette.line, Qt.Key.Key_Down)
    qtbot.keyClick(palette.line, Qt.Key.Key_Down)
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert page.done == ["copied"]


def test_the_palette_asks_the_desk_for_people(qtbot: QtBot, window: MainWindow) -> None:
    person = Command(
        "Winifred Larkspur", lambda: window.go("package", "B2417"), detail="B2417", kind="person"
    )
    window._find = lambda words, answer: answer([person] if words == "lark" else [])
    palette = open_palette(qtbot, window)
    qtbot.keyClicks(palette.line, "lark")
    qtbot.waitUntil(lambda: palette.hits[:1] == (person,))
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert (window.page.title, window.page.reference) == ("Overview", "B2417")


def test_escape_closes_the_palette_and_the_keyboard_is_where_it_was(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(window.page.field.hasFocus)
    palette = open_palette(qtbot, window)
    qtbot.keyClick(palette.line, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert window.focusWidget() is window.page.field


def test_nothing_found_says_what_to_try(qtbot: QtBot, window: MainWindow) -> None:
    palette = open_palette(qtbot, window)
    qtbot.keyClicks(palette.line, "zzz")
    assert palette.hits == ()
    assert palette.told.text().startswith("Nothing is called that.")


def test_an_act_makes_the_pages_concerned_read_again_and_no_other(
    qtbot: QtBot, window: MainWindow, runner: ActRunner
) -> None:
    front, behind = window.page, window.pages["packages"]
    before = (front.reads, behind.reads)
    with qtbot.waitSignal(runner.changed):
        runner.run(lambda: Outcome(None, (Change("offer", "1"),)))
    assert front.reads == before[0] + 1
    assert behind.reads == before[1]
    assert behind.is_stale
    with qtbot.waitSignal(runner.changed):
        runner.run(lambda: Outcome(None, (Change("officer", "1"),)))
    assert front.reads == before[0] + 1


def test_a_long_act_shows_its_progress_in_the_lamp_bar_and_can_be_cancelled(
    qtbot: QtBot, window: MainWindow, runner: ActRunner
) -> None:
    gate = threading.Event()

    def letters(watch: object) -> Outcome[None]:
        watch.report(3, 4, "Writing letter 3 of 4")
        while not watch.is_cancelled():
            gate.wait(0.01)
        return Outcome(None)

    runner.run(letters, watched=True, words="Writing 4 letters")
    qtbot.waitUntil(window.lamp_bar.progress.isVisible)
    qtbot.keyClick(window.lamp_bar.progress.cancel, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: runner.is_idle)
    assert not window.lamp_bar.progress.isVisible()
    assert window.lamp_bar.primary.isVisible()


def test_a_refusal_that_no_page_takes_is_told_above_the_page(
    qtbot: QtBot, window: MainWindow, runner: ActRunner
) -> None:
    def full() -> Outcome[None]:
        raise PlaceError("The disk is full. Free 200 MB, then do it once more.")

    runner.run(full)
    qtbot.waitUntil(lambda: bool(window.told))
    assert window.told == ("The disk is full. Free 200 MB, then do it once more.",)


def test_never_more_than_two_banners_stand_above_a_page(window: MainWindow) -> None:
    for number in range(3):
        window.tell(Message("warn", f"Fact {number}."))
    assert window.told == ("Fact 1.", "Fact 2.")
    window.go("packages")
    assert window.told == ()


def test_why_something_was_not_done_is_told_once_and_goes_when_it_is_done(
    qtbot: QtBot, window: MainWindow, runner: ActRunner
) -> None:
    window.tell(Message("bad", "The round is not opened yet.", place="list"))
    window.tell(Message("bad", "No provider is left.", place="act"))
    assert window.told == ("No provider is left.",), "one for a place, the newest"
    window.tell(Message("warn", "The file is old."))
    runner.run(lambda: Outcome(None))
    qtbot.waitUntil(lambda: runner.is_idle)
    assert window.told == ("The file is old.",)


def test_what_is_wrong_in_the_fields_is_told_until_the_last_is_mended(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = window.page
    assert page is not None
    field = FieldBox("Reason", TextEdit(), check=lambda: "" if field.value() else "Write why.")
    page.column.addWidget(field)
    field.show()
    assert not field.look()
    window.tell(Message("bad", "The choice is not recorded yet.", "Reason: Write why.", place="list"))
    field.control.setFocus()
    assert window.told
    qtbot.keyClicks(field.control, "Near")
    press(qtbot, window, Qt.Key.Key_Tab)
    assert window.told == ()


def test_dialogs_for_files_start_where_this_officer_was_last(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    starts: list[str] = []

    def ask(_parent: object, _title: str, start: str, _kinds: str = "") -> tuple[str, str]:
        starts.append(start)
        return str(tmp_path / "sheet.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    for officer in ("one", "one", "two"):
        files.work_for(officer)
        files.ask_new_file(window, "Save", "new.pdf", "PDF files (*.pdf)")
    assert starts == ["new.pdf", str(tmp_path / "new.pdf"), "new.pdf"], "nobody sees another's folder"


def test_a_toast_says_what_was_done_and_undoes_a_draft(qtbot: QtBot, window: MainWindow) -> None:
    undone: list[bool] = []
    window.page.toast("Monday copied to every day", lambda: undone.append(True))
    assert window.toast.isVisible()
    assert window.toast.sentence.text() == "Monday copied to every day"
    qtbot.keyClick(window.toast.undo, Qt.Key.Key_Return)
    assert undone == [True]
    assert not window.toast.isVisible()


def test_a_toast_stays_in_front_of_the_page_that_the_act_opens(window: MainWindow) -> None:
    window.page.toast("The list is kept")
    window.go("package", "B2417")
    assert window.stack.children()[-1] is window.toast


def test_a_window_opens_no_larger_than_a_laptops_screen_at_150_percent() -> None:
    designed = QSize(1366, 736)
    assert size_within(designed, QSize(911, 512), 32) == QSize(911, 480)
    assert size_within(designed, QSize(1920, 1040), 32) == designed


def test_markup_in_what_is_told_is_shown_as_it_is_written(window: MainWindow) -> None:
    window.tell(Message("warn", "<b>Rose</b> & Sons <img src=x>"))
    assert window.told == ("<b>Rose</b> & Sons <img src=x>",)
    banner = window.banner_place.banners[0]
    assert banner.lead.textFormat() == Qt.TextFormat.PlainText


def test_the_status_bar_says_its_facts_in_order(window: MainWindow) -> None:
    window.set_status(
        (StatusFact("saved", "check", "Saved 10:42"), StatusFact("lock", "lock", "Locks after 10 min"))
    )
    assert window.facts.words() == ("Saved 10:42", "Locks after 10 min")


def test_alt_alone_shows_the_menus_and_their_words_are_the_palettes(qtbot: QtBot, window: MainWindow) -> None:
    assert not window.menuBar().isVisible()
    qtbot.keyPress(window, Qt.Key.Key_Alt)
    qtbot.keyRelease(window, Qt.Key.Key_Alt)
    assert window.menuBar().isVisible()
    window.menus.by_name["go"].aboutToShow.emit()
    words = [action.text().split("\t")[0] for action in window.menus.by_name["go"].actions()]
    assert words == ["Back", "Forward", "Go to Today", "Go to Packages"]


def test_everything_that_takes_the_keyboard_has_a_name(window: MainWindow) -> None:
    window.set_you("Asha Penhaligon", "Broker")
    window.go("package", "B2417")
    kinds = (QAbstractButton, QLineEdit, QComboBox)
    takers = [w for w in window.findChildren(QWidget) if isinstance(w, kinds) and w.isVisible()]
    assert len(takers) >= 8
    nameless = [
        type(w).__name__
        for w in takers
        if not QAccessible.queryAccessibleInterface(w).text(QAccessible.Text.Name).strip()
    ]
    assert nameless == []


def test_on_a_narrow_screen_the_steps_become_a_menu_and_the_lamp_bar_stays(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.go("package", "B2417", "providers")
    window.resize(911, 480)
    qtbot.waitUntil(lambda: window.width() == 911)
    assert window.lamp_bar.primary.isVisible()
    assert window.rail.width() == 56
    assert window.rail.buttons["today"].toolTip() == "Today"
    assert window.strip.menu_button.text() == "2 of 3"
    assert not window.strip.buttons["need"].isVisible()
    window.resize(1366, 736)
    qtbot.waitUntil(window.strip.buttons["need"].isVisible)
    assert not window.strip.menu_button.isVisible()
