"""The options in big type for showing to the person: one at a time, the whole screen, nobody else's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import announce
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.scroll import Scrolled


@dataclass(frozen=True, slots=True)
class BigOption:
    """One option as it is shown: its name, and few short lines."""

    name: str
    lines: tuple[tuple[str, str], ...]
    """What, and how it is."""
    cost: str
    """What it costs the person, in one sentence."""


class FaceToFace(QDialog):
    """One option filling the screen; left and right go through them, Esc closes.

    Type is twice the size of the desk's. Nothing of any other person is in sight. Source: R087, R110.
    """

    def __init__(self, options: Sequence[BigOption], parent: QWidget) -> None:
        super().__init__(parent.window(), Qt.WindowType.Window)
        px = current().px
        self.options, self.at = tuple(options), 0
        self.setWindowTitle(say("Your choices"))
        self.setModal(True)
        self.place, self.name = Label("", "big"), Label("", "biggest", wrap=True)
        self.cost = Label("", "bigstrong", wrap=True)
        self.rows, self._holder = QGridLayout(), QWidget()
        self.back = Button(say("Back"), self.go_back, kind="big", icon_name="arrow-left")
        self.on = Button(
            say("Next"), self.go_on, kind="big", icon_name="arrow-right", is_icon_after=True
        )
        self.leave = Button(say("Close"), self.reject, kind="big")
        body = QVBoxLayout(self._holder)
        body.setContentsMargins(0, 0, px(8), 0)
        body.setSpacing(px(18))
        self.rows.setHorizontalSpacing(px(32))
        self.rows.setVerticalSpacing(px(14))
        self.rows.setColumnStretch(1, 1)
        body.addWidget(self.name)
        body.addWidget(self.cost)
        body.addLayout(self.rows)
        body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(48), px(32), px(48), px(32))
        column.setSpacing(px(16))
        column.addWidget(self.place)
        self._scroll = Scrolled(self._holder)
        column.addWidget(self._scroll, 1)
        foot = QHBoxLayout()
        foot.setSpacing(px(16))
        foot.addWidget(self.leave)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.on)
        column.addLayout(foot)
        for keys, go in ((("Right", "PgDown"), self.go_on), (("Left", "PgUp"), self.go_back)):
            for key in keys:  # before a button takes an arrow for moving on
                QShortcut(QKeySequence(key), self).activated.connect(go)
        for key, by in (("Down", 1), ("Up", -1)):
            QShortcut(QKeySequence(key), self).activated.connect(partial(self._move, by))
        self.show_option(0)
        self.on.setFocus()

    def show_option(self, at: int) -> None:
        """Show one of the options."""
        self.at = max(0, min(at, len(self.options) - 1))
        option = self.options[self.at]
        self.place.setText(say("Choice {at} of {all}", at=self.at + 1, all=len(self.options)))
        self.name.setText(option.name)
        self.cost.setText(option.cost)
        while (held := self.rows.takeAt(0)) is not None:
            widget = held.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, (what, told) in enumerate(option.lines):
            self.rows.addWidget(Label(what, "bigquiet"), row, 0, Qt.AlignmentFlag.AlignTop)
            self.rows.addWidget(Label(told, "big", wrap=True), row, 1)
        self.back.set_waiting("" if self.at else say("This is the first."))
        self.on.set_waiting("" if self.at < len(self.options) - 1 else say("This is the last."))
        spoken = ". ".join(f"{what}: {told}" for what, told in option.lines)
        self.setAccessibleName(f"{self.place.text()}. {option.name}. {spoken}. {option.cost}")
        announce(self, self.accessibleName())

    def _move(self, by: int) -> None:
        """Show more of an option that is longer than the screen."""
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.value() + by * current().px(80))

    def go_on(self) -> None:
        """The next option."""
        self.show_option(self.at + 1)

    def go_back(self) -> None:
        """The one before."""
        self.show_option(self.at - 1)
