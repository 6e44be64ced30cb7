"""Hands on the keyboard for tests of the window: press, type, move on with Tab."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from brokerdesk.ui.dialogs.outgoing import OutgoingDialog

CONTROL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
MOST_TABS = 120


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key wherever the keyboard is."""
    target = QApplication.focusWidget() or QApplication.activeWindow()
    assert target is not None, "no window takes the keyboard"
    QTest.keyClick(target, key, modifier)
    QApplication.processEvents()


def roll(over: QWidget, notches: int = -1) -> None:
    """Turn the mouse wheel over a control, as the window hears it; minus one rolls down a notch."""
    window = over.window()
    at = QPointF(over.mapTo(window, over.rect().center()))
    QTest.wheelEvent(window.windowHandle(), at, QPoint(0, 120 * notches))
    QApplication.processEvents()


def type_in(text: str) -> None:
    """Type where the keyboard is; a grid's first letter opens its editor, which takes the rest."""
    for letter in text:
        target = QApplication.focusWidget()
        assert target is not None, "nothing takes the keyboard"
        QTest.keyClicks(target, letter)


def name_of(widget: QWidget | None) -> str:
    """What a screen reader calls the control with the keyboard."""
    return "" if widget is None else widget.accessibleName() or str(getattr(widget, "text", lambda: "")())


def tab_to(name: str) -> QWidget:
    """Press Tab until the control of that name has the keyboard."""
    passed = []
    for _ in range(MOST_TABS):
        focused = QApplication.focusWidget()
        if focused is not None and name_of(focused) == name:
            return focused
        passed.append(name_of(focused))
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never came to “{name}”; it passed {list(dict.fromkeys(passed))}")


def fill(name: str, text: str) -> None:
    """Tab to a field and type, in place of what stands there."""
    tab_to(name)
    press(Qt.Key.Key_A, CONTROL)
    type_in(text)


def keep_what_goes_out() -> OutgoingDialog:
    """In the dialog that shows what goes out: say that the warnings were seen, keep every word, go on."""
    for _ in range(200):
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, OutgoingDialog) and dialog.isAncestorOf(QApplication.focusWidget() or dialog):
            break
        QTest.qWait(20)
    assert isinstance(dialog, OutgoingDialog), "nothing asks to look at what goes out"
    if dialog.release.warnings:
        press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return, CONTROL)
    return dialog
