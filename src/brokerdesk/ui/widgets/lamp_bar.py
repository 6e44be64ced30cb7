"""The bar that ends every page: what comes next, and the one primary button."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedLayout, QWidget
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.frame_values import Deed, Lamp, LampForm
from brokerdesk.ui.widgets.label import Label, set_look
from brokerdesk.ui.widgets.progress_strip import ProgressStrip

_EDGE = {LampForm.NEXT: "lamp", LampForm.STOPPED: "bad", LampForm.WAITING: "control"}
_TONE = {LampForm.NEXT: "lamp", LampForm.STOPPED: "bad", LampForm.WAITING: "quiet"}


class LampBar(QFrame):
    """Shows a `Lamp`; while an act runs it shows the progress instead.

    Signals:
        refused: a waiting button was pressed; carries its reason.
    """

    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "lampbar")
        self.setFixedHeight(current().px(52))
        self.setAccessibleName(say("What comes next"))
        self.lamp = Lamp("")
        self.lead = Label("", "strong", tone="lamp")
        self.sentence = Label("", wrap=True)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.secondary = Button("", self._do_secondary)
        self.primary = Button("", self._do_primary, kind="primary")
        for button in (self.secondary, self.primary):
            button.refused.connect(self.refused)
        self.progress = ProgressStrip()
        self._layers = QStackedLayout(self)
        self._layers.setContentsMargins(0, 0, 0, 0)
        self._layers.addWidget(self._words())
        self._layers.addWidget(self.progress)

    def _words(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        px = current().px
        row.setContentsMargins(px(22), 0, px(20), 0)
        row.setSpacing(px(10))
        row.addWidget(self.lead)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.secondary)
        row.addWidget(self.primary)
        return holder

    def set_lamp(self, lamp: Lamp) -> None:
        """Show a lamp in any of its three forms."""
        self.lamp = lamp
        set_look(self, form=lamp.form.value)
        self.lead.setText(lamp.lead or _lead(lamp.form))
        self.lead.set_tone(_TONE[lamp.form])
        self.sentence.setText(lamp.sentence)
        _fill(self.primary, lamp.primary)
        _fill(self.secondary, lamp.secondary)
        self.setAccessibleDescription(f"{self.lead.text()}: {lamp.sentence}")
        self.update()

    def show_progress(self, is_running: bool) -> None:
        """Change between the words and the progress of a running act."""
        self._layers.setCurrentIndex(1 if is_running else 0)

    def press_primary(self) -> None:
        """What Ctrl+Enter does."""
        if self.primary.isVisibleTo(self) and self._layers.currentIndex() == 0:
            self.primary.press()

    def _do_primary(self) -> None:
        if self.lamp.primary is not None:
            self.lamp.primary.do()

    def _do_secondary(self) -> None:
        if self.lamp.secondary is not None:
            self.lamp.secondary.do()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        edge = QRect(0, 0, current().px(5), self.height())
        painter.fillRect(edge, current().colour(_EDGE[self.lamp.form]))
        painter.end()


def _lead(form: LampForm) -> str:
    return {
        LampForm.NEXT: say("Next"),
        LampForm.STOPPED: say("Stopped by 1 rule"),
        LampForm.WAITING: say("Nothing to do"),
    }[form]


def _fill(button: Button, deed: Deed | None) -> None:
    button.setVisible(deed is not None)
    if deed is None:
        return
    button.set_words(deed.words, deed.icon)
    button.set_waiting(deed.waits_for)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
