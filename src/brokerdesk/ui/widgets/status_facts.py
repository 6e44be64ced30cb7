"""The status bar: saved, offline, age of the CQC file, backup, who is signed in, when it locks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStatusBar, QWidget

from brokerdesk.ui.theme import current, icon
from brokerdesk.ui.widgets.banner import Picture
from brokerdesk.ui.widgets.card import hairline
from brokerdesk.ui.widgets.frame_values import StatusFact
from brokerdesk.ui.widgets.label import Label

AT_RIGHT = frozenset({"officer", "lock"})


class StatusFacts(QStatusBar):
    """Always in sight: six facts, of which some open their page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.facts: tuple[StatusFact, ...] = ()
        self._shown: list[QWidget] = []

    def set_facts(self, facts: Sequence[StatusFact]) -> None:
        """Show facts in the order given; the officer and the lock stand at the right."""
        if tuple(facts) == self.facts:
            return
        self.facts = tuple(facts)
        for widget in self._shown:
            self.removeWidget(widget)
            widget.deleteLater()
        self._shown = []
        for fact in facts:
            widget = _show(fact)
            if fact.key in AT_RIGHT:
                self.addPermanentWidget(widget)
            else:
                self.addWidget(widget)
            self._shown.append(widget)

    def words(self) -> tuple[str, ...]:
        """What it says, fact by fact."""
        return tuple(fact.words for fact in self.facts)


def _show(fact: StatusFact) -> QWidget:
    px = current().px
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(px(12), 0, 0, 0)
    row.setSpacing(px(6))
    if fact.do is None:
        row.addWidget(Picture(fact.icon, 14, "text2"))
        row.addWidget(Label(fact.words, "second"))
    else:
        row.addWidget(_button(fact))
    if fact.key not in AT_RIGHT:
        row.addSpacing(px(6))
        line = hairline(upright=True)
        line.setFixedHeight(px(14))
        row.addWidget(line)
    else:
        row.setContentsMargins(px(8), 0, px(14), 0)
    return holder


def _button(fact: StatusFact) -> QPushButton:
    button = QPushButton(fact.words.replace("&", "&&"))
    button.setIcon(icon(fact.icon, "text2"))
    button.setIconSize(QSize(current().px(14), current().px(14)))
    button.setAccessibleName(fact.words)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setAutoDefault(False)
    do = fact.do
    if do is not None:
        button.clicked.connect(lambda: do())
    return button
