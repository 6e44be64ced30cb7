"""Files that come back, on the Invitations step: looked at, taken in, opened by two, late ones admitted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from brokerdesk.core.domain.changes import Outcome
from brokerdesk.core.domain.officer import Officer
from brokerdesk.core.domain.returned_file import FileState, ReturnedFile
from brokerdesk.core.domain.sourcing import Offer, Round
from brokerdesk.core.services import offers, returns, sealed_rounds
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.returns import Aim, LookedAt, Meaning
from brokerdesk.core.services.sealed_rounds import Opening
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.dialogs import files
from brokerdesk.ui.dialogs.opening import OpeningDialog
from brokerdesk.ui.dialogs.reason import ReasonDialog
from brokerdesk.ui.dialogs.returned import ReturnedDialog
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.invitations_texts import is_apart
from brokerdesk.ui.pages.package_page import PackagePage
from brokerdesk.ui.widgets.table_view import TableView

KINDS = say("Answers (*.json *.xlsx *.eml *.html *.htm *.txt);;Every file (*)")


class ReturnsDesk:
    """What the page does with a file that came back.

    Args:
        page: on which it is shown.
        asked: the round in front.
        table: of the invitations; the keyboard goes back there.
    """

    def __init__(
        self, page: PackagePage, asked: Callable[[], Round | None], table: TableView
    ) -> None:
        self.page, self._asked, self._table = page, asked, table
        self.dialog: ReturnedDialog | None = None

    def _back(self) -> None:
        self._table.setFocus()

    # a file that came back

    def choose(self) -> None:
        """Ask for the file and look at it."""
        path = files.ask_file(self.page, say("Choose the answer that came back"), KINDS)
        if path is not None:
            self.look_at(path)

    def look_at(self, path: Path) -> None:
        """Read it in a child process and show what it is; a workbook of a sealed round stays unopened."""
        asked = self._asked()
        aim = Aim(asked.id if asked else "", self._table.current_key())
        self.page.acts.look(
            lambda desk: self._looked(desk, path, aim),
            lambda found: self._show(path, found),
            on_refused=self.page.tell,
            words=say("Reading {file}", file=path.name),
        )

    def _looked(self, desk: Desk, path: Path, aim: Aim) -> tuple[LookedAt, ...]:
        """Where only the provider is missing, it is the one whose row has the keyboard."""
        found = returns.look_at_return(desk, path, Aim(aim.round_id))
        if any(looked.needs_provider for looked in found) and aim.invitation_id:
            return returns.look_at_return(desk, path, aim)
        return found

    def _show(self, path: Path, found: tuple[LookedAt, ...]) -> None:
        """The first that can be taken in; else the first, with why it cannot."""
        looked = next((held for held in found if held.meaning is not Meaning.NOTHING), found[0])
        dialog = ReturnedDialog(looked, self.page.desk.now(), self.page)
        dialog.agreed.connect(lambda at: self._take(dialog, path, looked, at))
        dialog.finished.connect(lambda _: self._back())
        self.dialog = dialog
        dialog.open()

    def _take(self, dialog: ReturnedDialog, path: Path, looked: LookedAt, at: datetime | None) -> None:
        received = at or looked.received_at

        def take(desk: Desk) -> Outcome[ReturnedFile]:
            return returns.take_return(
                desk, path=str(path), sha256=looked.sha256, round_id=looked.round_id,
                invitation_id=looked.invitation_id, received_at=received,
            )  # fmt: skip

        def taken(file: ReturnedFile) -> None:
            dialog.accept()
            self.page.toast(_taken_words(file, looked))

        self.page.acts.run(
            take, on_done=taken, on_refused=dialog.say_refused, words=say("Taking in the answer")
        )

    # two officers open

    def open_sealed(self) -> None:
        """Ask the second officer to sign in, and open."""
        if (asked := self._asked()) is None:
            return
        names = _others(self.page.desk)
        told = say(
            "{name} and one more officer open every answer that lies unopened in this round. It is written "
            "into the "
            "register with both names.",
            name=self.page.desk.operator.name,
        )
        dialog = OpeningDialog(told, names, self.page)

        def open_them(name: str, passphrase: str) -> None:
            def call(desk: Desk) -> Outcome[Opening]:
                both = sealed_rounds.with_second(desk, officer_name=name, passphrase=passphrase)
                return sealed_rounds.open_sealed_answers(both, round_id=asked.id)

            def opened(opening: Opening) -> None:
                dialog.accept()
                self._say_opened(opening)

            self.page.acts.run(
                call, on_done=opened, on_refused=dialog.say_refused, words=say("Opening the answers")
            )

        dialog.given.connect(open_them)
        dialog.finished.connect(lambda _: self._back())
        dialog.open()

    def _say_opened(self, opening: Opening) -> None:
        count = opening.sealed + opening.held_unopened
        if not opening.unreadable:
            self.page.toast(say_many("{count} answer is open.", "{count} answers are open.", count))
            return
        first = opening.unreadable[0]
        lead = say("The answer of {provider} could not be read.", provider=first.provider)
        self.page.tell(Message("warn", lead, first.problems[0]))

    # late offers

    def admit_late(self, offer: Offer) -> None:
        """Let a late offer count, with the reason."""
        told = say(
            "The offer of {provider} came after the deadline that bound every provider, or was taken in "
            "after the sealed offers were opened. With your reason on file it is compared and may be "
            "chosen; it stays marked as late.",
            provider=offer.provider,
        )
        title = say("Admit the late offer of {provider}", provider=offer.provider)
        dialog = ReasonDialog(title, told, say("Admit the offer"), self.page)

        def admit(reason: str) -> None:
            self.page.acts.run(
                lambda desk: offers.admit_late_offer(desk, offer_id=offer.id, reason=reason),
                on_done=lambda _: dialog.accept(),
                on_refused=dialog.say_refused,
            )

        dialog.given.connect(admit)
        dialog.finished.connect(lambda _: self._back())
        dialog.open()


def late_offer(offers_made: tuple[Offer, ...]) -> Offer | None:
    """The first late offer that nobody admitted."""
    return next((offer for offer in offers_made if is_apart(offer)), None)


def _others(desk: Desk) -> tuple[str, ...]:
    with desk.reading() as unit:
        return tuple(held.name for held in unit.of(Officer).find() if held.id != desk.operator.id)


def _taken_words(file: ReturnedFile, looked: LookedAt) -> str:
    late = say(", late") if file.is_late else ""
    if file.state is FileState.HELD:
        how = file.holding.value
        return say("Answer of {provider} is kept, {how}{late}.", provider=file.provider, how=how, late=late)
    if looked.meaning is Meaning.OFFER:
        return say("Offer of {provider} recorded{late}.", provider=file.provider, late=late)
    return say("{provider} declined, recorded{late}.", provider=file.provider, late=late)
