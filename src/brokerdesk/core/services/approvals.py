"""Approving the spend: by an approver on the desk, or given elsewhere and recorded by the broker."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from brokerdesk.core.domain import approval_rules, choice_rules
from brokerdesk.core.domain.award import Approval, Decision
from brokerdesk.core.domain.choice import Choice
from brokerdesk.core.domain.conflict import APPROVER
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.officer import ApprovalLimit, Officer, Role
from brokerdesk.core.domain.package import Package, PackageStatus, Step
from brokerdesk.core.domain.sourcing import Offer, Round
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import conflicts, journey
from brokerdesk.core.services.acts import Work, act


def annual_spend_of(unit: UnitOfWork, package: Package, choice: Choice) -> Money:
    """What the chosen offer costs a year, net of nursing. Source: docs/rules.md R115, R164."""
    offer = unit.of(Offer).get(choice.offer_id)
    return approval_rules.annual_spend(choice_rules.net_weekly(offer, package.need))


@act("spend_approved", words="approve a spend", by=(Role.APPROVER,))
def approve(work: Work, *, package_id: str, comment: str = "") -> Approval:
    """Approve the year's cost of the chosen offer, within the approver's dated limit. Source: R164.

    Raises:
        RuleError: she brokered it herself, or it is above her limit.
    """
    return _decide(work, package_id, Decision.APPROVE, comment)


@act("spend_returned", words="return a spend for changes", by=(Role.APPROVER,))
def return_for_changes(work: Work, *, package_id: str, comment: str) -> Approval:
    """Send the package back to the broker, saying what to change.

    Raises:
        RuleError: she brokered it herself, or says nothing.
    """
    if not comment.strip():
        raise RuleError("Say what should change, so that the broker knows what to do.")
    return _decide(work, package_id, Decision.RETURN, comment)


@act("approval_recorded", words="record an approval given elsewhere", by=(Role.BROKER,))
def record_approval_given_elsewhere(
    work: Work,
    *,
    package_id: str,
    approver_name: str,
    decided_on: date,
    evidence: str,
    decision: Decision = Decision.APPROVE,
    comment: str = "",
) -> Approval:
    """Keep a decision of a panel or an e-mail; it is shown as recorded by the broker, and limits still bind.

    Raises:
        RuleError: no evidence is named, the day lies ahead, or the limit is passed.
    """
    package, choice = _chosen(work, package_id)
    approval_rules.check_given_elsewhere(decided_on, work.today, evidence)
    known = work.of(Officer).find(name=approver_name)
    approver_id = known[0].id if known else None
    limit = _checked_limit(work, package, choice, decided_on, approver_id, approver_name, decision)
    made = _approval(work, package, choice, decision, comment, limit)
    made = replace(
        made, approver_name=approver_name, approver_id=approver_id, recorded_by=work.officer.id,
        evidence=evidence, decided_on=decided_on,
    )  # fmt: skip
    return _keep(work, package, made)


def _decide(work: Work, package_id: str, decision: Decision, comment: str) -> Approval:
    package, choice = _chosen(work, package_id)
    conflicts.check(work, work.of(Round).get(choice.round_id), APPROVER)
    me = work.officer
    limit = _checked_limit(work, package, choice, work.today, me.id, me.name, decision)
    return _keep(work, package, _approval(work, package, choice, decision, comment, limit))


def _chosen(work: Work, package_id: str) -> tuple[Package, Choice]:
    package = work.of(Package).get(package_id)
    choice = journey.current_choice(work.unit, package.id)
    if choice is None:
        raise RuleError(
            f"No choice is recorded for {package.reference} yet, so there is no spend to approve."
        )
    if journey.live_award(work.unit, package.id):
        raise RuleError(f"{package.reference} is awarded already, so its spend is decided.")
    return package, choice


def _checked_limit(
    work: Work,
    package: Package,
    choice: Choice,
    day: date,
    approver_id: str | None,
    name: str,
    decision: Decision,
) -> Money | None:
    brokers = {package.created_by, choice.officer_id}
    names = [officer.name for officer in work.of(Officer).find() if officer.id in brokers]
    approval_rules.check_approver(
        approver_id=approver_id, approver_name=name, choice=choice, package_broker_id=package.created_by,
        broker_names=names,
    )  # fmt: skip
    if decision is Decision.RETURN:
        return None
    annual = annual_spend_of(work.unit, package, choice)
    limits = work.of(ApprovalLimit).find()
    return approval_rules.check_limit(limits, day, annual, officer_id=approver_id, name=name)


def _approval(
    work: Work, package: Package, choice: Choice, decision: Decision, comment: str, limit: Money | None
) -> Approval:
    return Approval(
        id=work.new_id(), package_id=package.id, choice_id=choice.id, decision=decision,
        approver_name=work.officer.name, approver_id=work.officer.id, recorded_by=None, evidence="",
        decided_on=work.today, annual_cost=annual_spend_of(work.unit, package, choice), limit=limit,
        comment=comment, made_at=work.at,
    )  # fmt: skip


def _keep(work: Work, package: Package, made: Approval) -> Approval:
    earlier = journey.current_approval(work.unit, package.id)
    if earlier is not None:
        work.of(Approval).replace(replace(earlier, is_current=False))
    work.of(Approval).add(made)
    work.cite("R164")
    work.note(reference=package.reference, annual_cost=made.annual_cost)
    approved = made.decision is Decision.APPROVE
    words = (
        f"{made.annual_cost.shown} a year {'approved' if approved else 'returned'} by {made.approver_name}"
    )
    journey.stamp(work, package.id, Step.APPROVAL, words)
    status = PackageStatus.APPROVED if approved else PackageStatus.CHOOSING
    if package.status is PackageStatus.CHOOSING and approved:
        package = journey.move(work, package, PackageStatus.APPROVING)
    if status is not package.status:
        journey.move(work, package, status)
    return made
