"""A look at words before they leave the desk: found, kept or struck, noted by an act, and on with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from brokerdesk.core.domain.changes import Outcome
from brokerdesk.core.domain.release import ReleaseCheck
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.release import Outgoing
from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs.outgoing import OutgoingDialog
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.desk_page import DeskActs

Struck = tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """What is to be looked at, and how the look is kept."""

    find: Callable[[Desk, Struck], Outgoing]
    """What would go out with some of its marks struck."""
    check: Callable[[Desk, str, Struck, bool], Outcome[ReleaseCheck]]
    """The act that keeps the look: SHA-256 of the words, what is struck, whether the warnings were seen."""
    deed: str
    """Words of the main button."""


class Looking(QObject):
    """The look of one page; the dialog is open while there is something to look at."""

    def __init__(self, acts: DeskActs, page: QWidget) -> None:
        super().__init__(page)
        self.acts, self.page = acts, page
        self.dialog: OutgoingDialog | None = None

    def begin(
        self, words: Words, go_on: Callable[[], None], refused: Callable[[Message], None] | None = None
    ) -> None:
        """Look first where a look is waited for, then go on."""

        def shown(found: Outgoing) -> None:
            if found.waits_for_a_look:
                self._show(found, words, go_on)
            else:
                go_on()

        self.acts.read(lambda desk: words.find(desk, ()), shown, on_refused=refused)

    def _show(self, found: Outgoing, words: Words, go_on: Callable[[], None]) -> None:
        dialog = OutgoingDialog(found, words.deed, self.page, reads=say("As it will be read"))
        dialog.struck_changed.connect(
            lambda struck: self.acts.read(lambda desk: words.find(desk, struck).sheet, dialog.show_sheet)
        )

        def kept(_: ReleaseCheck) -> None:
            dialog.accept()
            go_on()

        def keep(struck: Struck, seen: object) -> None:
            self.acts.run(
                lambda desk: words.check(desk, found.release.sha256, struck, bool(seen)),
                on_done=kept,
                on_refused=dialog.say_refused,
            )

        dialog.kept.connect(keep)
        self.dialog = dialog
        dialog.open()
