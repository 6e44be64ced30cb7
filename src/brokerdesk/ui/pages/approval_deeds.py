"""What is done on the Approval page: sign or approve, return, record what a panel or an e-mail decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from brokerdesk.core.domain.approval_records import ApprovalSignature
from brokerdesk.core.domain.award import Approval, Decision
from brokerdesk.core.services import approval_levels, approvals
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.wording import say
from brokerdesk.ui.dialogs.approval import ExecutiveDialog, ExecutiveGiven, PanelDialog, PanelGiven
from brokerdesk.ui.messages import Message
from brokerdesk.ui.pages.approval_forms import DecideForm, ElsewhereForm
from brokerdesk.ui.pages.step_page import StepPage


class ApprovalDeeds:
    """Each runs its act and shows the page again once it was kept; a refusal stands on the page."""

    def __init__(self, page: StepPage, decide: DecideForm, elsewhere: ElsewhereForm) -> None:
        self.page, self.decide, self.elsewhere = page, decide, elsewhere
        self.next_post = ""
        """The post that signs next; empty where no level reaches the spend or all have signed."""

    def approve(self) -> None:
        """Approve the spend in the approver's own name."""
        package_id, comment = self.page.package.id, self.decide.comment.value()
        if self.next_post:
            self._sign(package_id, comment)
            return
        self._run(
            lambda desk: approvals.approve(desk, package_id=package_id, comment=comment), self._decided
        )

    def _run(self, deed: Callable[[Desk], Any], on_done: Callable[[Any], object]) -> None:
        """Perform an act; a refusal stands on the page."""
        self.page.acts.run(deed, on_done=on_done, on_refused=self.page.refuse)

    def _sign(self, package_id: str, comment: str) -> None:
        consulted = self.decide.consulted.value()
        if not self.decide.consulted_box.isHidden() and not self.decide.consulted_box.look():
            self.decide.consulted.setFocus()
            return
        self._run(
            lambda desk: approvals.sign_approval(
                desk, package_id=package_id, comment=comment, consulted=consulted
            ),
            self._signed,
        )

    def _signed(self, made: ApprovalSignature) -> None:
        self.decide.clear()
        self.elsewhere.clear()
        self.page.refresh()
        after = say(" {post} signs next.", post=self.next_post) if self.next_post else ""
        self.page.toast(say("Signed as {post}.", post=made.post) + after)

    def record_panel(self) -> None:
        """Record what a panel found."""
        dialog = PanelDialog(self.page.acts.today, self.page)
        dialog.given.connect(lambda given: self._keep_panel(dialog, given))
        dialog.open()

    def _keep_panel(self, dialog: PanelDialog, given: PanelGiven) -> None:
        package_id = self.page.package.id
        self.page.acts.run(
            lambda desk: approval_levels.record_panel(
                desk,
                package_id=package_id,
                held_on=given.held_on,
                members=given.members,
                is_safe="safe" in given.found,
                is_effective="effective" in given.found,
                is_affordable="affordable" in given.found,
                is_legal="legal" in given.found,
                minutes=given.minutes,
                conditions=given.conditions,
            ),
            on_done=lambda _panel: self._kept(dialog, say("The panel is recorded.")),
            on_refused=dialog.say_refused,
        )

    def record_executive(self) -> None:
        """Record a decision of the executive."""
        dialog = ExecutiveDialog(self.page.acts.today, self.page)
        dialog.given.connect(lambda given: self._keep_executive(dialog, given))
        dialog.open()

    def _keep_executive(self, dialog: ExecutiveDialog, given: ExecutiveGiven) -> None:
        package_id = self.page.package.id
        self.page.acts.run(
            lambda desk: approval_levels.record_executive_decision(
                desk,
                package_id=package_id,
                decision_maker=given.decision_maker,
                decided_on=given.decided_on,
                published_on=given.published_on,
                reference=given.reference,
                is_key=given.is_key,
                is_subject_to_call_in=given.is_subject_to_call_in,
                is_exempt=bool(given.exempt_reason),
                exempt_reason=given.exempt_reason,
            ),
            on_done=lambda _made: self._kept(dialog, say("The decision is recorded.")),
            on_refused=dialog.say_refused,
        )

    def _kept(self, dialog: PanelDialog | ExecutiveDialog, words: str) -> None:
        dialog.accept()
        self.page.toast(words)
        self.page.refresh()

    def return_it(self) -> None:
        """Send the package back, saying what to change."""
        if not self.decide.look_for_return():
            self.page.tell(
                Message("bad", say("Nothing is returned yet."), say("Say what should change."), "field")
            )
            return
        package_id, comment = self.page.package.id, self.decide.comment.value()
        self._run(
            lambda desk: approvals.return_for_changes(desk, package_id=package_id, comment=comment),
            self._decided,
        )

    def record_elsewhere(self) -> None:
        """Keep a decision that was given elsewhere."""
        wrong = self.elsewhere.form.look()
        found = self.elsewhere.read()
        if wrong or found is None:
            self.page.tell(Message("bad", say("The approval is not recorded yet."), " ".join(wrong), "list"))
            return
        package_id = self.page.package.id
        if self.next_post and found.decision is Decision.APPROVE:
            self._run(
                lambda desk: approvals.record_signature_given_elsewhere(
                    desk,
                    package_id=package_id,
                    approver_name=found.approver,
                    decided_on=found.decided_on,
                    evidence=found.evidence,
                    comment=found.comment,
                    consulted=found.comment,
                ),
                self._signed,
            )
            return
        self._run(
            lambda desk: approvals.record_approval_given_elsewhere(
                desk,
                package_id=package_id,
                approver_name=found.approver,
                decided_on=found.decided_on,
                evidence=found.evidence,
                decision=found.decision,
                comment=found.comment,
            ),
            self._decided,
        )

    def _decided(self, approval: Approval) -> None:
        self.decide.clear()
        self.elsewhere.clear()
        is_yes = approval.decision is Decision.APPROVE
        approved = say("{sum} a year is approved.", sum=approval.annual_cost.shown)
        self.page.toast(approved if is_yes else say("Returned for changes."))
        self.page.refresh()
