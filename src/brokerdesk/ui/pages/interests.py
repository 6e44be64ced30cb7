"""What pages of a round share: an officer declares her interests before her part in it (R075)."""

from __future__ import annotations

from functools import partial

from brokerdesk.core.domain.changes import Outcome
from brokerdesk.core.domain.conflict import ConflictDeclaration, declaration_of
from brokerdesk.core.domain.sourcing import RoundStatus
from brokerdesk.core.services import conflicts
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.packages import Overview
from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs.declaration import DeclarationDialog, Declared
from brokerdesk.ui.dialogs.reason import ReasonDialog
from brokerdesk.ui.dialogs.sheet import SheetDialog
from brokerdesk.ui.pages.package_page import PackagePage
from brokerdesk.ui.pages.page import Deed, Lamp, LampForm


class Interests:
    """The declarations of the round that a page shows, and the lamp while one is missing.

    Args:
        page: of one package.
        part: what the signed-in officer does on it.
    """

    def __init__(self, page: PackagePage, part: str) -> None:
        self.page, self.part = page, part

    def own(self, overview: Overview) -> ConflictDeclaration | None:
        """The declaration of the signed-in officer that stands."""
        return declaration_of(overview.standing.declarations, self.page.desk.operator.id)

    def open_interest(self, overview: Overview) -> ConflictDeclaration | None:
        """An interest of anyone that no other officer has settled yet."""
        return next((held for held in overview.standing.declarations if not held.is_settled), None)

    def lamp(self, overview: Overview) -> Lamp | None:
        """What comes first while a declaration is missing or an interest is open; none where all is well."""
        asked = overview.standing.asked
        if asked is None or not asked.declares_interests or asked.status is not RoundStatus.CLOSED:
            return None
        if self.own(overview) is None:
            sentence = say("Say first whether you have an interest in any provider of this round.")
            return Lamp(sentence, Deed(say("Declare your interests"), self.declare))
        held = self.open_interest(overview)
        if held is None:
            return None
        sentence = say("{who} declared an interest. Record what is done about it.", who=held.officer_name)
        if held.officer_id == self.page.desk.operator.id:
            sentence = say("You declared an interest. Another officer records what is done about it.")
            return Lamp(sentence, Deed(say("Declare again"), self.declare), form=LampForm.STOPPED)
        record = Deed(say("Record what is done"), partial(self.mitigate, held))
        return Lamp(sentence, record, form=LampForm.STOPPED)

    def declare(self) -> None:
        """Ask the signed-in officer for her declaration and keep it."""
        overview = self.page.overview
        asked = overview.standing.asked if overview else None
        if asked is None:
            return
        told = say("It is kept with round {number} and printed in its assessment.", number=asked.number)
        dialog = DeclarationDialog(told, self.page)
        dialog.declared.connect(partial(self._keep, dialog, asked.id))
        dialog.open()

    def _keep(self, dialog: DeclarationDialog, round_id: str, declared: Declared) -> None:
        part = self.part

        def act(desk: Desk) -> Outcome[ConflictDeclaration]:
            return conflicts.declare_interests(
                desk,
                round_id=round_id,
                part=part,
                has_interest=declared.has_interest,
                interest=declared.interest,
                mitigation=declared.mitigation,
            )

        self.page.acts.run(act, on_done=partial(self._kept, dialog), on_refused=dialog.say_refused)

    def _kept(self, dialog: DeclarationDialog | ReasonDialog, made: ConflictDeclaration) -> None:
        dialog.accept()
        self.page.toast(say("The declaration of {who} is kept.", who=made.officer_name))

    def mitigate(self, held: ConflictDeclaration) -> None:
        """Ask what is done about somebody's interest and keep it."""
        told = say("{who} declared: {interest}", who=held.officer_name, interest=held.interest)
        if held.mitigation:
            told = f"{told}\n{say('Proposed: {words}', words=held.mitigation)}"
        title, words = say("What is done about the interest"), say("Record what is done")
        dialog = ReasonDialog(title, told, words, self.page)

        def keep(mitigation: str) -> None:
            self.page.acts.run(
                lambda desk: conflicts.mitigate_interest(desk, declaration_id=held.id, mitigation=mitigation),
                on_done=partial(self._kept, dialog),
                on_refused=dialog.say_refused,
            )

        dialog.given.connect(keep)
        dialog.open()

    def show_assessment(self) -> None:
        """The written assessment of the round, to be read, copied and printed."""
        overview = self.page.overview
        asked = overview.standing.asked if overview else None
        if asked is None:
            return
        note = say("Kept for each round, and confirmed when a notice is published (R075).")
        text = conflicts.assessment(self.page.desk, asked.id)
        SheetDialog(say("Conflicts of interest"), note, text, self.page).open()
