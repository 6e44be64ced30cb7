"""Line edits that tidy what was typed when the user moves on: text, money, date, time, postcode."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Generic, TypeVar

from PySide6.QtCore import QDate, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QCalendarWidget, QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.domain.money import Money
from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current, paint_icon
from brokerdesk.ui.widgets.parsers import (
    UnreadableTextError,
    read_date,
    read_money,
    read_postcode,
    read_time,
    show_date,
    show_money,
)

T = TypeVar("T")


class TextEdit(QLineEdit):
    """One line of free text.

    Signals:
        left: the user moved on; the field may be checked.
    """

    left = Signal()

    def __init__(self, text: str = "", *, width: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        if width:
            self.setMaximumWidth(current().px(width))

    def value(self) -> str:
        """What stands there, without spaces at the ends."""
        return self.text().strip()

    def set_value(self, value: str) -> None:
        """Put a text in."""
        self.setText(value)

    def trouble(self) -> str:
        """Why it cannot be read; empty when it can."""
        return ""

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class ParsedEdit(TextEdit, Generic[T]):
    """A line that holds one value of a kind; never cleared when it cannot be read."""

    def __init__(
        self,
        read: Callable[[str], T],
        show: Callable[[T], str],
        *,
        width: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", width=width, parent=parent)
        self._read, self._show = read, show
        self.left.connect(self._tidy)

    def parsed(self) -> T | None:
        """The value; none while the field is empty or cannot be read."""
        try:
            return self._read(self.text()) if self.text().strip() else None
        except UnreadableTextError:
            return None

    def put(self, value: T | None) -> None:
        """Show a value, or empty the field."""
        self.setText("" if value is None else self._show(value))

    @override
    def trouble(self) -> str:
        try:
            if self.text().strip():
                self._read(self.text())
        except UnreadableTextError as why:
            return str(why)
        return ""

    def _tidy(self) -> None:
        value = self.parsed()
        if value is not None and self._show(value) != self.text():
            self.setText(self._show(value))


class MoneyEdit(ParsedEdit[Money]):
    """Pounds with the £ inside; two decimals on leaving."""

    def __init__(
        self, amount: Money | None = None, *, width: int = 150, parent: QWidget | None = None
    ) -> None:
        super().__init__(read_money, show_money, width=width, parent=parent)
        self.setTextMargins(current().px(14), 0, 0, 0)
        self.put(amount)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(current().colour("text2"))
        where = QRect(current().px(9), 0, current().px(14), self.height())
        painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter), "£")
        painter.end()


class DateEdit(ParsedEdit[date]):
    """A day typed in any usual way, shown `Mon 14 Dec 2026`; Alt+Down opens a calendar."""

    def __init__(
        self,
        today: Callable[[], date],
        day: date | None = None,
        *,
        width: int = 170,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(lambda text: read_date(text, today()), show_date, width=width, parent=parent)
        self._today = today
        self._popup: tuple[QWidget, QCalendarWidget] | None = None
        self.setTextMargins(0, 0, current().px(22), 0)
        self.setAccessibleDescription(say("Type a date, or press Alt and Down for a calendar"))
        self.put(day)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def open_calendar(self) -> QCalendarWidget:
        """Show a month to choose from, under the field."""
        popup, calendar = self._calendar()
        day = self.parsed() or self._today()
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        popup.move(self.mapToGlobal(QPoint(0, self.height())))
        popup.show()
        calendar.setFocus()
        return calendar

    def _calendar(self) -> tuple[QWidget, QCalendarWidget]:
        """The month under the field, made when it is first asked for."""
        if self._popup is None:
            popup = QWidget(self, Qt.WindowType.Popup)
            calendar = QCalendarWidget(popup)
            calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
            calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
            calendar.activated.connect(self._take)
            calendar.clicked.connect(self._take)
            layout = QVBoxLayout(popup)
            layout.setContentsMargins(1, 1, 1, 1)
            layout.addWidget(calendar)
            self._popup = (popup, calendar)
        return self._popup

    def _take(self, chosen: QDate) -> None:
        self.put(date(chosen.year(), chosen.month(), chosen.day()))
        if self._popup is not None:
            self._popup[0].hide()
        self.setFocus()
        self.textEdited.emit(self.text())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = current().px(16)
        where = QRect(self.width() - side - current().px(9), (self.height() - side) // 2, side, side)
        painter = QPainter(self)
        paint_icon(painter, "calendar", where, "text2")
        painter.end()


class TimeEdit(ParsedEdit[time]):
    """A time of day, shown `07:30`."""

    def __init__(self, at: time | None = None, *, width: int = 90, parent: QWidget | None = None) -> None:
        super().__init__(read_time, lambda value: f"{value:%H:%M}", width=width, parent=parent)
        self.put(at)


class PostcodeEdit(ParsedEdit[str]):
    """A postcode typed freely, tidied on leaving."""

    def __init__(self, postcode: str = "", *, width: int = 110, parent: QWidget | None = None) -> None:
        super().__init__(read_postcode, str, width=width, parent=parent)
        self.setText(postcode)


class LongTextEdit(QPlainTextEdit):
    """Several lines of plain text; Tab moves on.

    Signals:
        left: the user moved on; the field may be checked.
    """

    left = Signal()

    def __init__(self, text: str = "", *, lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTabChangesFocus(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # Qt's own would let the wheel take the keyboard here
        self._height = current().px(18 * lines + 14)
        self.setMinimumHeight(self._height)

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height)

    def value(self) -> str:
        """What stands there, without spaces at the ends."""
        return self.toPlainText().strip()

    def set_value(self, value: str) -> None:
        """Put a text in."""
        self.setPlainText(value)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class ChoiceBox(QComboBox):
    """One of a few values, each with its words; typing its first letters finds one.

    The wheel scrolls what it stands in; only in the open list does it go through the values.

    Signals:
        left: the user moved on; the field may be checked.
    """

    left = Signal()

    def __init__(
        self,
        choices: tuple[tuple[str, str], ...] = (),
        *,
        value: str = "",
        width: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        if width:
            self.setMaximumWidth(current().px(width))
        self.set_choices(choices)
        if value:
            self.set_value(value)

    def set_choices(self, choices: tuple[tuple[str, str], ...]) -> None:
        """Offer (value, words) pairs, keeping the value chosen if it is still among them."""
        kept = self.value()
        self.clear()
        for value, words in choices:
            self.addItem(words, value)
        self.set_value(kept)

    def value(self) -> str:
        """The value chosen; empty when none is."""
        return str(self.currentData() or "")

    def set_value(self, value: str) -> None:
        """Choose a value; one that is not offered changes nothing."""
        at = self.findData(value)
        if at >= 0:
            self.setCurrentIndex(at)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: an answer never changes under a broker who scrolls past it."""
        event.ignore()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = current().px(16)
        where = QRect(self.width() - side - current().px(9), (self.height() - side) // 2, side, side)
        painter = QPainter(self)
        paint_icon(painter, "chevron-down", where, "text2")
        painter.end()
