"""The wheel scrolls the page and changes no answer; a few choices in sight are one group for the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QScrollBar, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from brokerdesk.ui.main_window import MainWindow
from brokerdesk.ui.pages.need_page import NewNeedPage
from brokerdesk.ui.theme import Theme
from brokerdesk.ui.widgets.edits import ChoiceBox
from brokerdesk.ui.widgets.field_box import RadioChoice
from brokerdesk.ui.widgets.scroll import Scrolled
from hands import name_of, press, roll, tab_to


def scroll_bar_of(widget: QWidget) -> QScrollBar:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea) and above.verticalScrollBar().maximum():
            return above.verticalScrollBar()
        above = above.parentWidget()
    raise AssertionError("it stands in nothing that scrolls")


def test_the_wheel_over_a_drop_down_scrolls_the_need_and_changes_no_answer(main_window: MainWindow) -> None:
    main_window.go("packages", None, "new")
    page = main_window.page
    assert isinstance(page, NewNeedPage)
    for name in ("Kind of care", "Provider asked for", "Who pays"):
        box = tab_to(name)
        assert isinstance(box, ChoiceBox)
        press(Qt.Key.Key_Tab)
        before, focused, bar = box.currentIndex(), QApplication.focusWidget(), scroll_bar_of(box)
        at = bar.value()
        roll(box, 1 if at == bar.maximum() else -1)
        assert (box.currentIndex(), QApplication.focusWidget()) == (before, focused)
        assert bar.value() != at


def test_the_wheel_over_the_drop_down_with_the_keyboard_changes_nothing_and_arrows_still_do(
    qtbot: QtBot, dressed_once: Theme
) -> None:
    content = QWidget()
    column = QVBoxLayout(content)
    box = ChoiceBox((("a", "Adult"), ("b", "Both"), ("c", "Child")))
    tall = QWidget()
    tall.setFixedHeight(2000)
    column.addWidget(box)
    column.addWidget(tall)
    area = Scrolled(content)
    qtbot.addWidget(area)
    area.resize(300, 300)
    area.show()
    area.activateWindow()
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    roll(box)
    assert (box.value(), area.verticalScrollBar().value() > 0) == ("a", True)
    area.verticalScrollBar().setValue(0)
    press(Qt.Key.Key_Down)
    assert box.value() == "b"


def test_the_keyboard_given_to_a_choice_comes_to_the_one_taken_or_the_first(
    qtbot: QtBot, dressed_once: Theme
) -> None:
    content = QWidget()
    column = QVBoxLayout(content)
    taken = RadioChoice((("a", "Alder"), ("b", "Birch"), ("c", "Cedar")), value="b")
    open_yet = RadioChoice((("d", "Dogwood"), ("e", "Elm")))
    column.addWidget(taken)
    column.addWidget(open_yet)
    qtbot.addWidget(content)
    content.show()
    content.activateWindow()
    taken.setFocus()
    qtbot.waitUntil(lambda: name_of(QApplication.focusWidget()) == "Birch")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    assert taken.value() == "a"
    tab_to("Dogwood")
    assert open_yet.value() == ""
    press(Qt.Key.Key_Space)
    assert open_yet.value() == "d"
    press(Qt.Key.Key_Up)
    assert open_yet.value() == "e"
