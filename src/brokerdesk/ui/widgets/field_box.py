"""A field: label, hint, control, and what is wrong with it, tied together for eyes and screen readers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import Picture, announce
from brokerdesk.ui.widgets.edits import ChoiceBox, LongTextEdit, TextEdit
from brokerdesk.ui.widgets.label import Label, set_look

Check = Callable[[], str]


class FieldBox(QWidget):
    """Label above, hint under it, the control, and its trouble underneath.

    Signals:
        checked: the field was looked at after the user moved on; carries whether it is well.
    """

    checked = Signal(bool)

    def __init__(
        self,
        label: str,
        control: QWidget,
        *,
        hint: str = "",
        is_optional: bool = False,
        check: Check | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.control = control
        self.name = label
        self._check = check
        shown = say("{label} (optional)", label=label) if is_optional else label
        self.label = Label(shown, "strong", wrap=True)
        self.label.setBuddy(control)
        self.hint = Label(hint, "hint", wrap=True)
        if not hint:
            self.hint.hide()  # a label without a parent must never be told to show: it would be a window
        self._trouble = Label("", "strong", tone="bad", wrap=True)
        self._trouble_row = self._make_trouble_row()
        self._lay_out()
        control.setAccessibleName(label)
        self._describe()
        left = getattr(control, "left", None)
        if left is not None:
            left.connect(self.look)

    def _make_trouble_row(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, current().px(2), 0, 0)
        row.setSpacing(current().px(6))
        row.addWidget(Picture("circle-alert", 14, "bad"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._trouble, 1)
        holder.hide()
        return holder

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().px(2))
        for part in (self.label, self.hint, self.control, self._trouble_row):
            column.addWidget(part)
        if not isinstance(self.control, LongTextEdit):
            column.addStretch(1)
        self._column = column

    def put_hint_below(self) -> None:
        """Set the hint under the control, so that fields side by side stand level."""
        self._column.removeWidget(self.hint)
        self._column.insertWidget(self._column.indexOf(self.control) + 1, self.hint)

    @property
    def trouble(self) -> str:
        """What is wrong, as shown; empty when nothing is."""
        return self._trouble.text()

    def look(self) -> bool:
        """Check the field now; says whether it is well."""
        reading = getattr(self.control, "trouble", None)
        trouble = (reading() if reading is not None else "") or (self._check() if self._check else "")
        self.set_trouble(trouble)
        self.checked.emit(not trouble)
        return not trouble

    def set_trouble(self, sentence: str) -> None:
        """Show what is wrong under the control, or clear it with an empty sentence."""
        is_new = bool(sentence) and sentence != self._trouble.text()
        self._trouble.setText(sentence)
        self._trouble_row.setVisible(bool(sentence))
        set_look(self.control, wrong=bool(sentence))
        self._describe()
        if is_new and self.isVisible():
            announce(self.control, f"{self.name}: {sentence}")

    def _describe(self) -> None:
        told = " ".join(filter(None, (self.hint.text(), self._trouble.text())))
        if told or self._trouble_row.isHidden():
            self.control.setAccessibleDescription(told)

    def value(self) -> str:
        """What stands in the control, as text."""
        control = self.control
        if isinstance(control, TextEdit | LongTextEdit | ChoiceBox | RadioChoice):
            return control.value()
        return ""

    def set_hint(self, hint: str) -> None:
        """Change the hint under the label."""
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self._describe()


_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


class _Radio(QRadioButton):
    """One choice; an arrow asks for the next or the one before.

    Signals:
        stepped: 1 or -1.
    """

    stepped = Signal(int)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)


class RadioChoice(QWidget):
    """A few choices of which one is taken, all in sight.

    Tab and Shift+Tab come to the one that is taken and go on past the others; arrows take the next, round.
    Whoever gives the keyboard to the whole gives it to that one.

    Signals:
        chosen: carries the value.
    """

    chosen = Signal(str)

    def __init__(
        self,
        choices: tuple[tuple[str, str], ...],
        *,
        value: str = "",
        across: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._buttons: dict[str, _Radio] = {}
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self) if across else QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(current().px(16 if across else 2))
        for key, words in choices:
            button = _Radio(words.replace("&", "&&"))
            button.stepped.connect(self._step)
            button.toggled.connect(lambda _: self._let_tab_in())
            button.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            self._group.addButton(button)
            self._buttons[key] = button
            layout.addWidget(button)
        if across:
            layout.addStretch(1)
        self.set_value(value)
        self._let_tab_in()

    def _let_tab_in(self) -> None:
        """Tab stops at the choice taken; at the first while none is."""
        buttons = list(self._buttons.values())
        stop = next((button for button in buttons if button.isChecked()), buttons[0] if buttons else None)
        for button in buttons:
            policy = Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)

    def _step(self, by: int) -> None:
        buttons = list(self._buttons.values())
        at = next((n for n, button in enumerate(buttons) if button.hasFocus()), 0)
        wanted = buttons[(at + by) % len(buttons)]
        wanted.setFocus(Qt.FocusReason.TabFocusReason)
        wanted.click()

    def value(self) -> str:
        """The value taken; empty when none is."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def set_value(self, value: str) -> None:
        """Take a value; an empty one takes none, so that the choice is asked for."""
        if value in self._buttons:
            self._buttons[value].setChecked(True)
        elif not value:
            self._group.setExclusive(False)
            for button in self._buttons.values():
                button.setChecked(False)
            self._group.setExclusive(True)

    @override
    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the keyboard to the choice where Tab stops; Qt’s own proxy would cut the way of Tab."""
        for button in self._buttons.values():
            if button.focusPolicy() & Qt.FocusPolicy.TabFocus:
                button.setFocus(reason)
                return

    def focus_first(self) -> None:
        """Put the keyboard on the first choice without taking it."""
        next(iter(self._buttons.values())).setFocus()

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Name the group; each button keeps its own words and is described by the name."""
        super().setAccessibleName(name)
        for button in self._buttons.values():
            button.setAccessibleDescription(name)


class TickBox(QCheckBox):
    """A tick with its words."""

    def __init__(self, words: str, *, is_ticked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(words.replace("&", "&&"), parent)
        self.setChecked(is_ticked)


class Declaration(QWidget):
    """A tick with words that may take several lines; pressing the words turns it too."""

    def __init__(self, words: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tick = TickBox("")
        self.tick.setAccessibleName(words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(words, wrap=True), 1)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.tick.click()


class TickList(QWidget):
    """Several ticks in a column.

    Signals:
        changed: the values ticked, as a tuple in order.
    """

    changed = Signal(object)

    def __init__(
        self,
        choices: tuple[tuple[str, str], ...],
        *,
        ticked: tuple[str, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ticks: dict[str, TickBox] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.set_choices(choices)
        self.set_value(ticked)

    def set_choices(self, choices: tuple[tuple[str, str], ...]) -> None:
        """Offer (value, words) pairs, keeping the ticks of those that stay."""
        kept = self.value()
        for tick in self._ticks.values():
            self._column.removeWidget(tick)
            tick.hide()
            tick.deleteLater()
        self._ticks = {}
        for key, words in choices:
            tick = TickBox(words, is_ticked=key in kept)
            tick.clicked.connect(lambda: self.changed.emit(self.value()))
            self._ticks[key] = tick
            self._column.addWidget(tick)

    @override
    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the keyboard to the first tick."""
        for tick in self._ticks.values():
            tick.setFocus(reason)
            return

    def value(self) -> tuple[str, ...]:
        """The values ticked, in the order offered."""
        return tuple(key for key, tick in self._ticks.items() if tick.isChecked())

    def set_value(self, ticked: tuple[str, ...]) -> None:
        """Tick exactly these."""
        for key, tick in self._ticks.items():
            tick.setChecked(key in ticked)


class Form(QWidget):
    """Fields one under another, some side by side; checks them all and goes to the first that is wrong."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: list[FieldBox] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(current().px(10))

    def add(self, *fields: FieldBox) -> None:
        """Add a row of one or more fields."""
        self.fields.extend(fields)
        row = QHBoxLayout()
        row.setSpacing(current().px(10))
        for field in fields:
            row.addWidget(field, 1)
            if len(fields) > 1:
                field.put_hint_below()
        self._rows.addLayout(row)

    def add_widget(self, content: QWidget) -> None:
        """Put anything else between the fields."""
        self._rows.addWidget(content)

    def add_stretch(self) -> None:
        """Leave the rest of the height empty."""
        self._rows.addStretch(1)

    def look(self) -> tuple[str, ...]:
        """Check every field; go to the first that is wrong.

        Returns:
            One `label: sentence` for each field that is wrong, in order.
        """
        wrong = [field for field in self.fields if field.isVisibleTo(self) and not field.look()]
        if wrong:
            wrong[0].control.setFocus(Qt.FocusReason.OtherFocusReason)
        return tuple(f"{field.name}: {field.trouble}" for field in wrong)
