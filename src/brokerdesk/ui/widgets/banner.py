"""Banners, toasts and empty states: the ways a page speaks without a dialog."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from brokerdesk.core.wording import say
from brokerdesk.ui.theme import current, paint_icon
from brokerdesk.ui.widgets.buttons import Button, IconButton
from brokerdesk.ui.widgets.label import Label, set_look

TONE_ICONS = {"ok": "circle-check", "warn": "triangle-alert", "bad": "circle-alert", "info": "info"}
TOAST_MS = 6000


class Picture(QWidget):
    """One icon of a given size in a token's colour, silent for screen readers."""

    def __init__(
        self, icon_name: str, size: int = 16, colour: str = "text2", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._colour = icon_name, colour
        self._side = current().px(size)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_picture(self, icon_name: str, colour: str) -> None:
        """Show another icon or another colour."""
        self._name, self._colour = icon_name, colour
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_icon(painter, self._name, QRect(0, 0, self._side, self._side), self._colour)
        painter.end()


class Banner(QFrame):
    """A fact in bold, then what it means; tones ok, warn, bad and info.

    Signals:
        dismissed: its cross was pressed.
    """

    dismissed = Signal()

    def __init__(
        self,
        tone: str,
        lead: str,
        rest: str = "",
        *,
        action: Button | None = None,
        can_close: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        px = current().px
        self.setProperty("role", "banner")
        self._picture = Picture(TONE_ICONS[tone], 18, tone)
        self.lead = Label("", "strong", wrap=True)
        self.rest = Label("", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.lead)
        words.addWidget(self.rest)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(13), px(8), px(12), px(8))
        row.setSpacing(px(12))
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        if action is not None:
            row.addWidget(action)
        if can_close:
            row.addWidget(IconButton("x", say("Close this message"), self.dismissed.emit))
        self.set_banner(tone, lead, rest)

    def set_banner(self, tone: str, lead: str, rest: str = "") -> None:
        """Say something else, in the same place."""
        self.tone = tone
        set_look(self, tone=tone)
        self._picture.set_picture(TONE_ICONS[tone], tone)
        self.lead.setText(lead)
        self.rest.setText(rest)
        self.rest.setVisible(bool(rest))
        self.setAccessibleName(f"{lead} {rest}".strip())

    @property
    def sentence(self) -> str:
        """All the words of the banner."""
        return f"{self.lead.text()} {self.rest.text()}".strip()


def announce(widget: QWidget, sentence: str) -> None:
    """Have a screen reader say a sentence, without moving the keyboard."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))


class Toast(QFrame):
    """One sentence at the bottom right for six seconds, longer under the keyboard; Undo for drafts only."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        px = current().px
        self.setProperty("role", "toast")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.sentence = QLabel()
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.undo = Button(say("Undo"), self._undo)
        self._undoing: Callable[[], object] | None = None
        self._timer = QTimer(self, singleShot=True, interval=TOAST_MS)
        self._timer.timeout.connect(self._fade)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), px(2), px(12), px(2))
        row.setSpacing(px(10))
        row.addWidget(Picture("check", 16, "surface"))
        row.addWidget(self.sentence, 1)
        row.addWidget(self.undo)
        self.hide()

    def show_toast(self, sentence: str, undo: Callable[[], object] | None = None) -> None:
        """Say that something was done."""
        self.sentence.setText(sentence)
        self._undoing = undo
        self.undo.setVisible(undo is not None)
        self.setAccessibleName(sentence)
        self.place()
        self.show()
        self.raise_()
        announce(self, sentence)
        self._timer.start()

    def place(self) -> None:
        """Stand at the bottom right of the parent."""
        px = current().px
        parent = self._over
        wanted = self.sizeHint()
        self.resize(min(max(wanted.width(), px(280)), parent.width() - px(40)), max(wanted.height(), px(40)))
        self.move(parent.width() - self.width() - px(20), parent.height() - self.height() - px(12))

    def _undo(self) -> None:
        self.hide()
        if self._undoing is not None:
            self._undoing()

    def _fade(self) -> None:
        if self.undo.hasFocus():
            self._timer.start()
        else:
            self.hide()


class EmptyState(QWidget):
    """What is not here yet, why, and one next step."""

    def __init__(
        self,
        icon_name: str,
        title: str,
        why: str,
        action: Button | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        px = current().px
        self.title = Label(title, "card", wrap=True)
        self.why = Label(why, "body", tone="quiet", wrap=True)
        self.why.setMaximumWidth(px(320))
        column = QVBoxLayout(self)
        column.setSpacing(px(8))
        column.addStretch(1)
        column.addWidget(Picture(icon_name, 40, "q2"), 0, Qt.AlignmentFlag.AlignHCenter)
        for words in (self.title, self.why):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
        if action is not None:
            column.addWidget(action, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.title.setMinimumWidth(px(300))
        self.why.setMinimumWidth(px(300))
        self.set_words(title, why)

    def set_words(self, title: str, why: str) -> None:
        """Say something else."""
        self.title.setText(title)
        self.why.setText(why)
        self.setAccessibleName(f"{title}. {why}")
