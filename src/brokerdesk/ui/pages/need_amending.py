"""Amends what an open round asks for: why, for how long, a look at what goes out, then the act."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from brokerdesk.core.domain.changes import Outcome
from brokerdesk.core.domain.package import Need, Package
from brokerdesk.core.domain.release import ReleaseCheck, Said
from brokerdesk.core.domain.requirement_edition import RequirementEdition
from brokerdesk.core.domain.sourcing import Round
from brokerdesk.core.services import amendments, referrals, release
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.release import Outgoing
from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs.amend import AmendDialog
from brokerdesk.ui.dialogs.outgoing import OutgoingDialog
from brokerdesk.ui.pages.desk_page import DeskActs


class Amending(QObject):
    """The three steps, one dialog after the other.

    Signals:
        told: what stood in the way, once no dialog is open to say it.
        done: the new edition.
    """

    told = Signal(object)
    done = Signal(object)

    def __init__(self, acts: DeskActs, page: QWidget) -> None:
        super().__init__(page)
        self.acts, self.page = acts, page
        self.asking: AmendDialog | None = None
        self.looking: OutgoingDialog | None = None

    def begin(self, package: Package, asked: Round | None, need: Need, draft_id: str) -> None:
        """Ask why and for how long."""
        if asked is None:
            return
        dialog = AmendDialog(asked.closes_after_hours, self.page)
        dialog.given.connect(
            lambda reason, hours: self._look(dialog, package, asked, need, reason, hours, draft_id)
        )
        self.asking = dialog
        dialog.open()

    def _look(
        self, dialog: AmendDialog, package: Package, asked: Round, need: Need, reason: str, hours: int,
        draft_id: str,
    ) -> None:  # fmt: skip
        def amend(desk: Desk) -> Outcome[RequirementEdition]:
            made = amendments.amend_requirement(
                desk, round_id=asked.id, need=need, reason=reason, hours=hours
            )
            referrals.drop_draft(desk, draft_id)
            return made

        def run() -> None:
            self.acts.run(
                amend, on_done=lambda edition: self._end(dialog, edition), on_refused=dialog.say_refused
            )

        def shown(found: Outgoing) -> None:
            if found.waits_for_a_look:
                self._show(found, package, need, reason, hours, run)
            else:
                run()

        self.acts.read(lambda desk: release.outgoing_need(desk, package.id, need, reason, hours=hours), shown)

    def _show(
        self, found: Outgoing, package: Package, need: Need, reason: str, hours: int,
        run: Callable[[], None],
    ) -> None:  # fmt: skip
        looking = OutgoingDialog(found, say("Keep these words"), self.page)
        looking.struck_changed.connect(
            lambda struck: self.acts.read(
                lambda desk: release.outgoing_need(
                    desk, package.id, need, reason, struck=struck, hours=hours
                ).sheet,
                looking.show_sheet,
            )
        )

        def go_on(_: ReleaseCheck) -> None:
            looking.accept()
            run()

        def keep(struck: tuple[str, ...], seen: object) -> None:
            self.acts.run(
                lambda desk: release.check_release(
                    desk, package_id=package.id, sha256=found.release.sha256, struck=struck,
                    warnings_seen=bool(seen), need=need, said=Said(reason=reason),
                ),
                on_done=go_on,
                on_refused=looking.say_refused,
            )  # fmt: skip

        looking.kept.connect(keep)
        self.looking = looking
        looking.open()

    def _end(self, dialog: AmendDialog, edition: RequirementEdition) -> None:
        dialog.accept()
        self.done.emit(edition)
