"""What there is under Reports: the reports, the sums of the trade, the check of a letter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from brokerdesk.core.wording import say
from brokerdesk.ui.widgets.card import Card
from brokerdesk.ui.widgets.letter_list import Entry, EntryList

MENU_WIDTH, MENU_HEIGHT = 208, 148
AWARDS, LEARNING, WORKOUTS, VERIFY = "awards", "learning", "workouts", "verify"
_ENTRIES = (
    Entry(AWARDS, "chart-column", "text2", say("Packages awarded"), ""),
    Entry(LEARNING, "chart-no-axes-column", "text2", say("What rounds teach"), ""),
    Entry(WORKOUTS, "calculator", "text2", say("Work it out"), ""),
    Entry(VERIFY, "file-check", "text2", say("Check a letter"), ""),
)


class ReportsMenu(Card):
    """A list at the left of every page under Reports."""

    def __init__(
        self, here: str, go: Callable[[str, object, object], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(flush=True, parent=parent)
        self._here, self._go = here, go
        self.list = EntryList(say("Reports"))
        self.list.set_rows(_ENTRIES)
        self.list.choose(here, says=False)
        self.list.opened.connect(self._open)
        self.add(self.list, 1)
        self.setFocusProxy(self.list)

    def _open(self, key: str) -> None:
        if key != self._here:
            self.list.choose(self._here, says=False)
            self._go("reports", None, None if key == AWARDS else key)
