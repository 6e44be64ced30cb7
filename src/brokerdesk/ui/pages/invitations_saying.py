"""What is said to everyone who was asked, looked at first: a question answered, a round withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from brokerdesk.core.domain.changes import Outcome
from brokerdesk.core.domain.release import ReleaseCheck, Said
from brokerdesk.core.domain.requirement_edition import Clarification
from brokerdesk.core.domain.sourcing import Round
from brokerdesk.core.services import amendments, release, rounds
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.release import Outgoing
from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs.clarify import ClarifyDialog
from brokerdesk.ui.dialogs.frame import FramedDialog
from brokerdesk.ui.dialogs.reason import ReasonDialog
from brokerdesk.ui.pages.desk_page import DeskActs
from brokerdesk.ui.pages.looking import Looking, Struck, Words

Deed = Callable[[Desk], Outcome[Any]]


class Saying(QObject):
    """The words are asked for, then every name, number and date in them is kept or struck, then it is done.

    Signals:
        answered: the clarification that was shared.
        withdrawn: the id of the round that was withdrawn.
    """

    answered = Signal(object)
    withdrawn = Signal(str)

    def __init__(self, acts: DeskActs, page: QWidget) -> None:
        super().__init__(page)
        self.acts, self.page = acts, page
        self.asking: FramedDialog | None = None
        self.looking = Looking(acts, page)

    def clarify(self, asked: Round) -> None:
        """Answer a provider's question for everyone."""
        dialog = ClarifyDialog(self.page)

        def given(question: str, answer: str) -> None:
            said = Said(question=question, answer=answer)

            def share(desk: Desk) -> Outcome[Clarification]:
                return amendments.share_clarification(
                    desk, round_id=asked.id, question=question, answer=answer
                )

            self._look(dialog, asked, said, say("Keep and share with everyone"), share, self.answered.emit)

        dialog.given.connect(given)
        self._open(dialog)

    def withdraw(self, asked: Round) -> None:
        """End a round without a choice, with a reason that those who were asked will read."""
        told = say("The package looks for a provider again. Those who were asked will read why.")
        title = say("Withdraw round {number}", number=asked.number)
        dialog = ReasonDialog(title, told, say("Withdraw the round"), self.page)

        def given(reason: str) -> None:
            def withdraw(desk: Desk) -> Outcome[Round]:
                return rounds.withdraw_round(desk, round_id=asked.id, reason=reason)

            def done(_: object) -> None:
                self.withdrawn.emit(asked.id)

            self._look(dialog, asked, Said(reason=reason), say("Keep and withdraw the round"), withdraw, done)

        dialog.given.connect(given)
        self._open(dialog)

    def _open(self, dialog: FramedDialog) -> None:
        self.asking = dialog
        dialog.open()

    def _look(
        self, dialog: FramedDialog, asked: Round, said: Said, words: str, deed: Deed,
        done: Callable[[object], None],
    ) -> None:  # fmt: skip
        def run() -> None:
            self.acts.run(deed, on_done=end, on_refused=dialog.say_refused)

        def end(value: object) -> None:
            dialog.accept()
            done(value)

        def find(desk: Desk, struck: Struck) -> Outgoing:
            return release.outgoing_said(desk, asked.package_id, said, struck=struck)

        def check(desk: Desk, sha256: str, struck: Struck, seen: bool) -> Outcome[ReleaseCheck]:
            return release.check_release(
                desk, package_id=asked.package_id, sha256=sha256, struck=struck, warnings_seen=seen, said=said
            )

        self.looking.begin(Words(find, check, words), run, dialog.say_refused)
