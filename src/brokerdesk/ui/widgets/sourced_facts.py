"""Facts with the place that each comes from, under one another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.fact_list import empty
from brokerdesk.ui.widgets.label import Label


class SourcedFacts(QWidget):
    """Label, value in bold, and under it in small who says so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facts: tuple[tuple[str, str, str], ...] = ()
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(current().px(6))
        self._grid.setHorizontalSpacing(current().px(10))
        self._grid.setColumnMinimumWidth(0, current().px(112))
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid)
        column.addStretch(1)

    def set_facts(self, facts: Sequence[tuple[str, str, str]]) -> None:
        """Show other facts: label, value, source."""
        if tuple(facts) == self.facts:
            return
        self.facts = tuple(facts)
        empty(self._grid)
        top = Qt.AlignmentFlag.AlignTop
        for row, (label, value, source) in enumerate(facts):
            self._grid.addWidget(Label(label, tone="quiet", wrap=True), row, 0, top)
            held = QWidget()
            held.setAccessibleName(f"{label}: {value}. {source}")
            column = QVBoxLayout(held)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            # An e-mail address may go to a second line at its sign; one long word would push all of it out.
            column.addWidget(Label(value.replace("@", "\u200b@"), "strong", wrap=True))
            if source:
                column.addWidget(Label(source, "hint", wrap=True))
            self._grid.addWidget(held, row, 1, top)
