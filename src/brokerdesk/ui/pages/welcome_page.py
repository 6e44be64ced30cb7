"""The pages around a desk that is not open: how to begin, what is being done, why closing stopped."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from brokerdesk.core.wording import say
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.unlock_page import Way, ways_card
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import Banner
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.label import Label
from brokerdesk.ui.widgets.way_row import WayRow


class WelcomePage(QWidget):
    """No desk is here yet: ways to begin."""

    def __init__(self, ways: Sequence[Way], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().px(8))
        column.addWidget(Label(say("Welcome"), "figure"))
        told = say("There is no desk on this laptop yet. A desk holds everything, encrypted.")
        column.addWidget(Label(told, tone="quiet", wrap=True))
        self.card = ways_card(ways)
        column.addWidget(self.card)

    def first_focus(self) -> QWidget:
        """Where the keyboard starts."""
        return self.card.findChildren(WayRow)[0]


class WaitPage(QWidget):
    """Something takes a moment."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        card = Card()
        self.words = Label(words, wrap=True)
        self.how_far = Label("", "second", wrap=True)
        self.how_far.hide()
        self.bar = turning_bar(words)
        card.add(self.words)
        card.add(self.bar)
        card.add(self.how_far)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)

    def report(self, done: int, total: int | None, what: str) -> None:
        """Say how far it is; the bar turns while that cannot be known."""
        self.bar.setRange(0, total or 0)
        self.bar.setValue(done)
        self.how_far.setText(what)
        self.how_far.setVisible(bool(what))


def turning_bar(words: str) -> QProgressBar:
    """A bar that turns while nobody knows how long.

    Args:
        words: what a screen reader calls it.
    """
    turning = QProgressBar()
    turning.setRange(0, 0)
    turning.setTextVisible(False)
    turning.setAccessibleName(words)
    return turning


class ClosingPage(QWidget):
    """The backup could not be made; the desk itself is safe and closed.

    Signals:
        close_wanted: she has read it.
    """

    close_wanted = Signal()

    def __init__(self, message: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banner = Banner(message.tone, message.lead, message.rest)
        self.button = Button(say("Close without a backup"), self.close_wanted.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().px(12))
        column.addWidget(self.banner)
        column.addWidget(self.button)

    def first_focus(self) -> QWidget:
        """Where the keyboard starts."""
        return self.button
