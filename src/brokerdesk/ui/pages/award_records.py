"""What is put on record beside an award: claims that hold the signing, leave, an agreement’s details."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from brokerdesk.core.domain.agreement_details import AgreementDetails
from brokerdesk.core.domain.award import GateRow
from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.notice_due import Claim
from brokerdesk.core.services import agreement_details, notice_desk
from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs.award_records import (
    ClaimDialog,
    ClaimGiven,
    DetailsDialog,
    DetailsGiven,
    LeaveDialog,
    LeaveGiven,
    SettleDialog,
    SettlementGiven,
)
from brokerdesk.ui.dialogs.frame import FramedDialog
from brokerdesk.ui.pages.page import Command
from brokerdesk.ui.theme import current
from brokerdesk.ui.widgets.buttons import Button
from brokerdesk.ui.widgets.fact_list import FactList

if TYPE_CHECKING:
    from brokerdesk.ui.pages.step_page import StepPage


class AwardRecords(QWidget):
    """Claims of the package, and the buttons that log one, settle one, and record leave."""

    def __init__(self, page: StepPage) -> None:
        super().__init__()
        self._page = page
        self.claims: tuple[Claim, ...] = ()
        self.leaves: tuple[tuple[str, str], ...] = ()
        self._location = ""
        self.facts = FactList(label_width=110)
        self.details = Button(say("Details of the agreement"), self.keep_details, kind="small")
        self.log = Button(say("Log a claim"), self.log_claim, kind="small")
        self.settle = Button(say("Settle a claim"), self.settle_claim, kind="small")
        self.leave = Button(say("Record leave from a rule"), self.record_leave, kind="small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().px(8))
        for part in (self.facts, self.details, self.log, self.settle, self.leave):
            column.addWidget(part)

    def show_records(self, package_id: str, location_id: str, stops: Sequence[GateRow]) -> None:
        """Show the claims on file; leave is offered where a rule that allows it stops the award.

        Args:
            package_id: of the package in front.
            location_id: that would be awarded; empty once it is.
            stops: rules that are not met.
        """
        self._location = location_id
        self.claims = notice_desk.claims_of(self._page.desk, package_id)
        self.leaves = tuple(
            (row.rule, row.title) for row in stops if row.rule and row.rule in notice_desk.OVERRIDES
        )
        known = agreement_details.details_of(self._page.desk, package_id)
        told = [*_known(known), *(_fact(claim) for claim in self.claims)]
        self.facts.set_facts(told)
        self.facts.setVisible(bool(told))
        self.settle.setVisible(bool(self.open_claims))
        self.leave.setVisible(bool(self.leaves and location_id))

    @property
    def open_claims(self) -> tuple[Claim, ...]:
        """Those that hold the signing."""
        return tuple(claim for claim in self.claims if claim.settled_on is None)

    def commands(self) -> tuple[Command, ...]:
        """What may be put on record now."""
        found = [
            Command(say("Details of the agreement"), self.keep_details),
            Command(say("Log a claim"), self.log_claim),
        ]
        if self.open_claims:
            found.append(Command(say("Settle a claim"), self.settle_claim))
        if self.leaves and self._location:
            found.append(Command(say("Record leave from a rule"), self.record_leave))
        return tuple(found)

    def keep_details(self) -> None:
        """Keep what finance and the provider told for the agreement."""
        known = agreement_details.details_of(self._page.desk, self._page.package.id)
        dialog = DetailsDialog(known, self._page)
        dialog.given.connect(lambda given: self._details(dialog, given))
        dialog.open()

    def _details(self, dialog: DetailsDialog, given: DetailsGiven) -> None:
        package_id = self._page.package.id
        self._page.acts.run(
            lambda desk: agreement_details.keep_agreement_details(
                desk, package_id=package_id, purchase_order=given.purchase_order,
                cost_centre=given.cost_centre, subjective_code=given.subjective_code,
                out_of_hours=given.out_of_hours,
            ),
            on_done=lambda _kept: self._kept(dialog, say("The details are kept.")),
            on_refused=dialog.say_refused,
        )  # fmt: skip

    def log_claim(self) -> None:
        """Log a claim that the council was told of."""
        dialog = ClaimDialog(self._page.acts.today, self._page)
        dialog.given.connect(lambda given: self._log(dialog, given))
        dialog.open()

    def _log(self, dialog: ClaimDialog, given: ClaimGiven) -> None:
        package_id = self._page.package.id
        self._page.acts.run(
            lambda desk: notice_desk.log_claim(
                desk, package_id=package_id, notified_on=given.notified_on, by=given.by, about=given.about
            ),
            on_done=lambda _claim: self._kept(dialog, say("The claim is logged. It holds the signing.")),
            on_refused=dialog.say_refused,
        )

    def settle_claim(self) -> None:
        """Record how a claim was settled."""
        if not self.open_claims:
            return
        dialog = SettleDialog(self.open_claims, self._page.acts.today, self._page)
        dialog.given.connect(lambda given: self._settle(dialog, given))
        dialog.open()

    def _settle(self, dialog: SettleDialog, given: SettlementGiven) -> None:
        self._page.acts.run(
            lambda desk: notice_desk.settle_claim(
                desk, claim_id=given.claim_id, settled_on=given.settled_on, outcome=given.outcome
            ),
            on_done=lambda _claim: self._kept(dialog, say("The settlement is recorded.")),
            on_refused=dialog.say_refused,
        )

    def record_leave(self) -> None:
        """Record that a named manager or director gave leave from a rule."""
        if not self.leaves:
            return
        dialog = LeaveDialog(self.leaves, self._page.acts.today, self._page)
        dialog.given.connect(lambda given: self._leave(dialog, given))
        dialog.open()

    def _leave(self, dialog: LeaveDialog, given: LeaveGiven) -> None:
        package_id, location_id = self._page.package.id, self._location
        self._page.acts.run(
            lambda desk: notice_desk.record_override(
                desk, package_id=package_id, location_id=location_id, rule=given.rule,
                allowed_by=given.allowed_by, post=given.post, reason=given.reason, given_on=given.given_on,
            ),
            on_done=lambda _leave: self._kept(dialog, say("The leave is recorded.")),
            on_refused=dialog.say_refused,
        )  # fmt: skip

    def _kept(self, dialog: FramedDialog, words: str) -> None:
        dialog.accept()
        self._page.toast(words)
        self._page.refresh()


def _known(details: AgreementDetails | None) -> list[tuple[str, str]]:
    if details is None:
        return []
    rows = (
        (say("Purchase order"), details.purchase_order),
        (say("Cost centre"), details.cost_centre),
        (say("Subjective code"), details.subjective_code),
        (say("Out of hours"), details.out_of_hours),
    )
    return [row for row in rows if row[1]]


def _fact(claim: Claim) -> tuple[str, str]:
    if claim.settled_on is None:
        told = say("Open since {day}: {about}", day=in_words(claim.notified_on), about=claim.about)
    else:
        told = say("Settled {day}: {outcome}", day=in_words(claim.settled_on), outcome=claim.outcome)
    return say("Claim by {name}", name=claim.by), told
