"""A call-in of the executive decision that a spend rests on: noted when it comes, and when it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from brokerdesk.core.domain.approval_records import ExecutiveDecision
from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.changes import Outcome
from brokerdesk.core.services import approval_levels
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs.day import DayDialog
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from brokerdesk.ui.pages.step_page import StepPage

Note = Callable[[Desk, str, date], Outcome[ExecutiveDecision]]


class CallIn(QWidget):
    """The buttons that note a call-in and its end; hidden where there is nothing to note."""

    def __init__(self, page: StepPage) -> None:
        super().__init__()
        self._page = page
        self.decision: ExecutiveDecision | None = None
        self.begin = Button(say("Note a call-in"), self.note, kind="small")
        self.end = Button(say("Note how the call-in ended"), self.note_end, kind="small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().px(8))
        column.addWidget(self.begin)
        column.addWidget(self.end)

    def show_decision(self, decision: ExecutiveDecision | None, *, is_open: bool) -> None:
        """Offer what can be noted of the decision that stands."""
        self.decision = decision
        can_begin = decision is not None and decision.call_in_deadline_on is not None
        is_called = decision is not None and decision.called_in_on is not None
        is_over = decision is not None and decision.upheld_on is not None
        self.begin.setVisible(is_open and can_begin and not is_called)
        self.end.setVisible(is_open and is_called and not is_over)
        self.setVisible(not (self.begin.isHidden() and self.end.isHidden()))

    def note(self) -> None:
        """Note that the decision was called in."""
        if self.decision is None or self.decision.call_in_deadline_on is None:
            return
        told = say(
            "It can be called in until {day}. From then on it cannot be acted on until the call-in ends.",
            day=in_words(self.decision.call_in_deadline_on),
        )
        dialog = DayDialog(
            say("Note a call-in"), told, say("Called in on"), say("Note the call-in"),
            self._page.acts.today, self._page,
        )  # fmt: skip
        self._ask(dialog, _called_in, say("The call-in is noted."))

    def note_end(self) -> None:
        """Note that the call-in ended with the decision as it was."""
        told = say("The decision stands as it was. Where the call-in changed it, record the new decision.")
        dialog = DayDialog(
            say("Note how the call-in ended"), told, say("Ended on"), say("The decision stands"),
            self._page.acts.today, self._page,
        )  # fmt: skip
        self._ask(dialog, _ended, say("The end of the call-in is noted."))

    def _ask(self, dialog: DayDialog, note: Note, words: str) -> None:
        held = self.decision
        if held is None:
            return

        def keep(day: date) -> None:
            self._page.acts.run(
                lambda desk: note(desk, held.id, day), on_done=kept, on_refused=dialog.say_refused
            )

        def kept(_decision: object) -> None:
            dialog.accept()
            self._page.toast(words)
            self._page.refresh()

        dialog.given.connect(keep)
        dialog.open()


def _called_in(desk: Desk, decision_id: str, day: date) -> Outcome[ExecutiveDecision]:
    return approval_levels.note_call_in(desk, decision_id=decision_id, called_in_on=day)


def _ended(desk: Desk, decision_id: str, day: date) -> Outcome[ExecutiveDecision]:
    return approval_levels.note_call_in_ended(desk, decision_id=decision_id, upheld_on=day)
