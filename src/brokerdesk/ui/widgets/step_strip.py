"""The step strip of a package: Overview, then the steps with tick, lamp dot or lock."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current, paint_icon
from brokerdesk.ui.widgets.card import hairline
from brokerdesk.ui.widgets.frame_values import Step, StepState
from brokerdesk.ui.widgets.rows import draw_text

_SPOKEN = {
    StepState.DONE: "Completed",
    StepState.NOW: "Next",
    StepState.LOCKED: "Cannot start yet",
    StepState.OPEN: "In progress",
}
_ICON, _GAP, _SIDE = 16, 6, 12


class StepButton(QAbstractButton):
    """One step; the one you are in has a line under it."""

    def __init__(self, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step = step
        self.setText(step.name)
        self.setCheckable(True)
        self.setAccessibleName(step.name)
        spoken = say(_SPOKEN[step.state]) if step.key else ""
        self.setAccessibleDescription(f"{spoken}. {step.why}".strip(". "))
        self.setToolTip(step.why)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def _has_picture(self) -> bool:
        return bool(self.step.key) and self.step.state is not StepState.OPEN

    @override
    def sizeHint(self) -> QSize:
        px = current().px
        words = QFontMetricsF(current().font("body", bold=True)).horizontalAdvance(self.text())
        picture = px(_ICON + _GAP) if self._has_picture() else 0
        return QSize(round(words) + picture + 2 * px(_SIDE) - px(6), px(37))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = float(theme.px(_SIDE - 3))
        if self._has_picture():
            self._draw_picture(painter, left)
            left += theme.px(_ICON + _GAP)
        is_locked = self.step.state is StepState.LOCKED
        ink = "text3" if is_locked else "text" if self.isChecked() else "text2"
        words = QRectF(left, 0, self.width() - left, self.height())
        draw_text(painter, words, self.text(), bold=self.isChecked(), ink=ink)
        if self.isChecked():
            height = theme.px(3)
            painter.fillRect(QRectF(0, self.height() - height, self.width(), height), theme.colour("primary"))
        painter.end()

    def _draw_picture(self, painter: QPainter, left: float) -> None:
        theme = current()
        side = theme.px(_ICON)
        where = QRectF(left, (self.height() - side) / 2, side, side)
        match self.step.state:
            case StepState.DONE:
                paint_icon(painter, "check", where, "primary")
            case StepState.LOCKED:
                paint_icon(painter, "lock", where.adjusted(1, 1, -1, -1), "text3")
            case _:
                painter.setPen(QPen(theme.colour("lampline"), 1))
                painter.setBrush(theme.colour("lamp"))
                radius = theme.px(5)
                painter.drawEllipse(QPointF(where.center()), radius - 0.5, radius - 0.5)


class StepStrip(QFrame):
    """Overview and the steps; Alt+1 to Alt+8 reach them from anywhere.

    Signals:
        chosen: key of the step; empty for Overview.
        refused: why a step cannot start yet.
    """

    chosen = Signal(str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = current().px
        self.setProperty("role", "strip")
        self.setFixedHeight(px(38))
        self.setAccessibleName(say("Steps of the package"))
        self.steps: tuple[Step, ...] = ()
        self.buttons: dict[str, StepButton] = {}
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.menu_button = QPushButton()
        self.menu_button.setProperty("kind", "small")
        self.menu_button.setAutoDefault(False)
        self.menu_button.setAccessibleDescription(say("All steps of the package"))
        self.menu_button.setMenu(self._menu)
        self.menu_button.hide()
        outer = QHBoxLayout(self)
        outer.setContentsMargins(px(18), 0, px(20), 1)
        outer.setSpacing(px(10))
        self._row = QHBoxLayout()
        self._row.setSpacing(px(10))
        outer.addLayout(self._row, 1)
        outer.addWidget(self.menu_button)

    def set_steps(self, steps: Sequence[Step], chosen: str) -> None:
        """Show the steps with the one you are in."""
        if tuple(steps) != self.steps:
            self._rebuild(tuple(steps))
        for key, button in self.buttons.items():
            button.setChecked(key == chosen)

    def _rebuild(self, steps: tuple[Step, ...]) -> None:
        focused = next((key for key, button in self.buttons.items() if button.hasFocus()), None)
        while self._row.count():
            taken = self._row.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.steps, self.buttons = steps, {}
        self._add(Step("", say("Overview")))
        line = hairline(upright=True)
        line.setFixedHeight(current().px(16))
        self._row.addWidget(line)
        for step in steps:
            self._add(step)
        self._row.addStretch(1)
        if focused in self.buttons:
            self.buttons[focused].setFocus()

    def _add(self, step: Step) -> None:
        button = StepButton(step)
        button.clicked.connect(lambda: self.press(step.key))
        self.buttons[step.key] = button
        self._row.addWidget(button)

    def set_narrow(self, is_narrow: bool) -> None:
        """Keep Overview and the step you are in, as `5 of 8 Choice`, with a menu of all steps."""
        chosen = next((key for key, button in self.buttons.items() if button.isChecked()), "")
        for key, button in self.buttons.items():
            button.setVisible(not is_narrow or key in ("", chosen))
        self.menu_button.setVisible(is_narrow and bool(self.steps))
        self.menu_button.setText(self._counted(chosen))

    def _counted(self, chosen: str) -> str:
        number = next((at for at, step in enumerate(self.steps, 1) if step.key == chosen), 0)
        if not number:
            return say("{total} steps", total=len(self.steps))
        return say("{number} of {total}", number=number, total=len(self.steps))

    def _fill_menu(self) -> None:
        self._menu.clear()
        for number, step in enumerate(self.steps, 1):
            spoken = say(_SPOKEN[step.state])
            action = self._menu.addAction(f"{number}  {step.name}: {spoken}".replace("&", "&&"))
            action.triggered.connect(partial(self._press_from_menu, step.key))

    def _press_from_menu(self, key: str, _is_checked: bool = False) -> None:
        self.press(key)

    def press(self, key: str) -> None:
        """Go to a step, or say why it cannot start yet."""
        step = next((step for step in self.steps if step.key == key), None)
        if step is not None and step.state is StepState.LOCKED:
            self.buttons[key].setChecked(False)
            self.refused.emit(step.why or say("This step cannot start yet."))
            return
        self.chosen.emit(key)

    def press_number(self, number: int) -> None:
        """Go to the step of that number, counted from 1."""
        if 0 < number <= len(self.steps):
            self.press(self.steps[number - 1].key)
