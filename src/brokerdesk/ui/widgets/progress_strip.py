"""How far a long act is: what, count, time left, Cancel."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.label import Label


class ProgressStrip(QWidget):
    """A bar with its words; the page stays usable meanwhile.

    Signals:
        cancelled: the user pressed Cancel.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = current().px
        self.words = Label()
        self.left = Label("", "second")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(say("Progress"))
        self.cancel = Button(say("Cancel"), self.cancelled.emit)
        self._began = monotonic()
        line = QHBoxLayout()
        line.addWidget(self.words, 1)
        line.addWidget(self.left)
        column = QVBoxLayout()
        column.setSpacing(px(4))
        column.addLayout(line)
        column.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(22), px(6), px(20), px(6))
        row.setSpacing(px(12))
        row.addLayout(column, 1)
        row.addWidget(self.cancel)

    def start(self, words: str) -> None:
        """Begin with an empty bar that is busy without a count."""
        self._began = monotonic()
        self.words.setText(words)
        self.left.setText("")
        self.bar.setRange(0, 0)
        self.cancel.setEnabled(True)

    def report(self, done: int, total: int | None, what: str) -> None:
        """Say how far it is; `total` is none while it is not known."""
        if what:
            self.words.setText(what)
        self.bar.setRange(0, total or 0)
        self.bar.setValue(done)
        self.left.setText(time_left(done, total, monotonic() - self._began))


def time_left(done: int, total: int | None, seconds: float) -> str:
    """The time still to go in words, judged from the time taken so far; empty while it cannot be told."""
    if not total or done <= 0 or seconds < 1:
        return ""
    rest = seconds * (total - done) / done
    if rest < 90:
        return say("about {count} s left", count=max(1, round(rest)))
    return say("about {count} min left", count=round(rest / 60))
