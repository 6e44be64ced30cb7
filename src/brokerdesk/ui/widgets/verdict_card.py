"""The verdict on a letter: one sentence that leads, then its grounds, then the code printed on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.banner import Picture
from brokerdesk.ui.widgets.card import Card, hairline
from brokerdesk.ui.widgets.fact_list import empty
from brokerdesk.ui.widgets.label import Label, set_look
from brokerdesk.ui.widgets.scroll import Scrolled

ICONS = {"ok": "badge-check", "bad": "circle-x", "warn": "circle-help", "info": "hourglass"}


class VerdictCard(Card):
    """Head in the tone of the verdict, grounds one under the other, a foot for the code."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(flush=True, parent=parent)
        px = current().px
        self.head = QFrame()
        self.head.setProperty("role", "banner")
        self._picture = Picture(ICONS["info"], 28, "info")
        self.lead, self.note = Label("", "card", wrap=True), Label("", "second", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.lead)
        words.addWidget(self.note)
        row = QHBoxLayout(self.head)
        row.setContentsMargins(px(16), px(12), px(14), px(12))
        row.setSpacing(px(13))
        row.addWidget(self._picture)
        row.addLayout(words, 1)
        inside = QWidget()
        self._grounds = QVBoxLayout(inside)
        self._grounds.setContentsMargins(px(16), px(10), px(14), px(10))
        self._grounds.setSpacing(px(9))
        self._foot = QWidget()
        self._code = QVBoxLayout(self._foot)
        self._code.setContentsMargins(px(16), px(8), px(14), px(12))
        self._code.setSpacing(0)
        self._line = hairline()
        self.add(self.head)
        self.add(Scrolled(inside), 1)
        self.add(self._line)
        self.add(self._foot)

    def set_verdict(
        self, tone: str, lead: str, note: str = "", grounds: Sequence[tuple[str, str, str]] = ()
    ) -> None:
        """Show a verdict.

        Args:
            tone: ok, bad, warn or info.
            lead: the verdict in one sentence.
            note: when it was reached.
            grounds: icon, first line and second line of each.
        """
        set_look(self.head, tone=tone)
        self.set_tone(tone if tone in ("ok", "bad") else "")
        self._picture.set_picture(ICONS[tone], tone)
        self.lead.setText(lead)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.setAccessibleName(f"{lead} {note}".strip())
        empty(self._grounds)
        for icon, first, second in grounds:
            self._grounds.addWidget(_ground(icon, first, second))
        self._grounds.addStretch(1)

    def set_foot(self, label: str, figure: str, hint: str) -> None:
        """Show a code large at the foot, or nothing where there is none."""
        empty(self._code)
        for part in (self._line, self._foot):
            part.setVisible(bool(figure))
        if figure:
            self._code.addWidget(Label(label, "second"))
            self._code.addWidget(Label(figure, "card"))
            self._code.addWidget(Label(hint, "hint", wrap=True))


def _ground(icon: str, first: str, second: str) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(current().px(10))
    row.addWidget(Picture(icon, 18, "text2"), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Label(first, wrap=True))
    if second:
        words.addWidget(Label(second, "second", wrap=True))
    row.addLayout(words, 1)
    return holder
