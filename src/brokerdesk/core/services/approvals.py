"""Approving the spend: by an approver on the desk, or given elsewhere and recorded by the broker."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from brokerdesk.core.domain import approval_rules, choice_rules
from brokerdesk.core.domain.approval_records import ApprovalSignature
from brokerdesk.core.domain.approval_scheme import PostHolder, Signer, Signing, next_signing
from brokerdesk.core.domain.award import Approval, Decision
from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.choice import Choice
from brokerdesk.core.domain.conflict import APPROVER
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.officer import ApprovalLimit, Officer, Role
from brokerdesk.core.domain.package import Package, PackageStatus, Step
from brokerdesk.core.domain.person_names import is_same_name
from brokerdesk.core.domain.sourcing import Offer, Round
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import approval_levels, brokers, conflicts, journey, paper_facts
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


@act("spend_signed", words="sign a spend", by=(Role.APPROVER,))
def sign_approval(
    work: Work, *, package_id: str, comment: str = "", consulted: str = ""
) -> ApprovalSignature:
    """Sign at one's own post, in the order of the levels; the last signature approves the spend.

    Raises:
        RuleError: her post does not sign next, she may not sign today, or somebody must be consulted first.
    """
    me = work.officer
    return _sign(work, package_id, me.name, work.today, _Given(comment, consulted, "", ""))


@act("signature_recorded", words="record a signature given elsewhere", by=(Role.BROKER,))
def record_signature_given_elsewhere(
    work: Work, *, package_id: str, approver_name: str, decided_on: date, evidence: str, comment: str = "",
    consulted: str = "",
) -> ApprovalSignature:
    """Keep a signature of a level that was given outside the desk, such as the Executive's meeting.

    Raises:
        RuleError: no evidence is named, the day lies ahead, or that person does not sign next.
    """
    approval_rules.check_given_elsewhere(decided_on, work.today, evidence)
    given = _Given(comment, consulted, work.officer.id, evidence)
    return _sign(work, package_id, approver_name, decided_on, given)


@dataclass(frozen=True, slots=True)
class _Given:
    comment: str
    consulted: str
    recorded_by: str
    evidence: str


def _sign(work: Work, package_id: str, name: str, day: date, given: _Given) -> ApprovalSignature:
    package, choice = _chosen(work, package_id)
    _refuse_broker(work, package, choice, _id_of(work, name), name)
    if not given.recorded_by:
        conflicts.check(work, work.of(Round).get(choice.round_id), APPROVER)
    found = approval_levels.asked(work.unit, work.rulebook, package, choice, day)
    _refuse_out_of_time(work, choice, day, found.signatures)
    signing = found.next
    if signing is None:
        raise RuleError(f"No level of approval waits for a signature of {package.reference}.")
    signer = _signer_of(found, signing, name)
    if signing.consult and not given.consulted.strip():
        raise RuleError(
            f"{signing.post} signs in consultation with {', '.join(signing.consult)}. "
            "Write who was consulted and when."
        )
    made = ApprovalSignature(
        work.new_id(), package.id, choice.id, signing.level, signing.post, signer.name, signer.officer_id,
        signer.stands_in_for, day, found.spend.annual, given.consulted.strip(), given.comment.strip(),
        given.recorded_by, given.evidence.strip(), work.at,
    )  # fmt: skip
    work.of(ApprovalSignature).add(made)
    work.cite("R164")
    after = next_signing(found.signings, len(found.signatures) + 1)
    words = f"{made.post} signed (level {made.level}): {made.approver_name}"
    journey.stamp(work, package.id, Step.APPROVAL, f"{words}; {after.post} signs next" if after else words)
    if after is not None:
        work.note(reference=package.reference, annual_cost=made.annual_cost)
        if package.status is PackageStatus.CHOOSING:
            journey.move(work, package, PackageStatus.APPROVING)
        return made
    _keep(work, package, _approval_of(work, package, choice, made))
    return made


def _refuse_out_of_time(
    work: Work, choice: Choice, day: date, signed: tuple[ApprovalSignature, ...] = ()
) -> None:
    """Refuse a day before the offer came, when nobody knew the spend, or before the last signature."""
    came_on = paper_facts.local_day(work.of(Offer).get(choice.offer_id).received_at)
    if day < came_on:
        raise RuleError(
            f"The approval is dated {in_words(day)}, and the offer of {choice.provider} came only on "
            f"{in_words(came_on)}. Check the date."
        )
    if signed and day < signed[-1].decided_on:
        raise RuleError(
            f"{signed[-1].post} signed on {in_words(signed[-1].decided_on)}, and the next level signs on "
            "that day or later. Check the date."
        )


def _signer_of(found: approval_levels.Asked, signing: Signing, name: str) -> Signer:
    """The signer of that name for the post that signs next."""
    hers = [held for held in found.signers if held.name and is_same_name(held.name, name)]
    able = next((held for held in hers if held.may_sign and held.post == signing.post), None)
    if able is not None:
        return able
    turn = f"{signing.post} signs next (level {signing.level})"
    why = hers[0].why_not if hers else f"{name} holds no post that signs this spend"
    raise RuleError(f"{why.rstrip('.')}. {turn}. Ask {_names(found, signing)} to sign.")


def _names(found: approval_levels.Asked, signing: Signing) -> str:
    able = [held.name for held in found.signers if held.may_sign and held.post == signing.post]
    return " or ".join(able) if able else "a framework manager to name who holds that post"


def _approval_of(work: Work, package: Package, choice: Choice, last: ApprovalSignature) -> Approval:
    made = _approval(work, package, choice, Decision.APPROVE, last.comment, None)
    return replace(
        made, approver_name=last.approver_name, approver_id=last.approver_id or None,
        recorded_by=last.recorded_by or None, evidence=last.evidence, decided_on=last.decided_on,
        level=last.level, is_retrospective=_is_late(work, choice, last.decided_on),
    )  # fmt: skip


def _is_late(work: Work, choice: Choice, decided_on: date) -> bool:
    """Whether care had begun before the decision."""
    return work.of(Offer).get(choice.offer_id).starts_on < decided_on


def _id_of(work: Work, name: str) -> str | None:
    known = (officer.id for officer in work.of(Officer).find() if is_same_name(officer.name, name))
    return next(known, None)


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
        RuleError: no evidence is named, the day lies ahead, nobody knows the approver, or the limit is
            passed.
    """
    package, choice = _chosen(work, package_id)
    approval_rules.check_given_elsewhere(decided_on, work.today, evidence)
    _refuse_out_of_time(work, choice, decided_on)
    approver_id = _id_of(work, approver_name)
    _refuse_broker(work, package, choice, approver_id, approver_name)
    if decision is Decision.APPROVE:
        _refuse_unknown(work, approver_name)
    limit = _checked_limit(work, package, choice, decided_on, approver_id, approver_name, decision)
    made = _approval(work, package, choice, decision, comment, limit)
    made = replace(
        made, approver_name=approver_name, approver_id=approver_id, recorded_by=work.officer.id,
        evidence=evidence, decided_on=decided_on, is_retrospective=_is_late(work, choice, decided_on),
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
    _refuse_broker(work, package, choice, approver_id, name)
    if decision is Decision.RETURN:
        return None
    found = approval_levels.asked(work.unit, work.rulebook, package, choice, day)
    if found.next is not None:
        raise RuleError(
            f"This spend is signed by level: {found.next.post} signs next (level {found.next.level}). "
            f"Ask {_names(found, found.next)} to sign."
        )
    annual = annual_spend_of(work.unit, package, choice)
    limits = work.of(ApprovalLimit).find()
    return approval_rules.check_limit(limits, day, annual, officer_id=approver_id, name=name)


def _refuse_broker(
    work: Work, package: Package, choice: Choice, approver_id: str | None, name: str
) -> None:
    ids = brokers.brokers_of(work.unit, package, choice)
    approval_rules.check_approver(
        approver_id=approver_id, approver_name=name, choice=choice, package_broker_id=package.created_by,
        broker_names=brokers.names_of(work.unit, ids), broker_ids=ids,
    )  # fmt: skip


def _refuse_unknown(work: Work, name: str) -> None:
    """Refuse an approval given elsewhere by nobody whom the desk knows: no limit would bind it."""
    known = [o.name for o in work.of(Officer).find() if Role.APPROVER in o.roles]
    known += [held.officer_name for held in work.of(ApprovalLimit).find()]
    known += [held.officer_name for held in work.of(PostHolder).find()]
    words = work.rulebook.policy("approving_bodies", work.today).split(";")
    approval_rules.check_known(name, known, [word.strip() for word in words])


def _approval(
    work: Work, package: Package, choice: Choice, decision: Decision, comment: str, limit: Money | None
) -> Approval:
    return Approval(
        id=work.new_id(), package_id=package.id, choice_id=choice.id, decision=decision,
        approver_name=work.officer.name, approver_id=work.officer.id, recorded_by=None, evidence="",
        decided_on=work.today, annual_cost=annual_spend_of(work.unit, package, choice), limit=limit,
        comment=comment, made_at=work.at, is_retrospective=_is_late(work, choice, work.today),
    )  # fmt: skip


def _keep(work: Work, package: Package, made: Approval) -> Approval:
    earlier = journey.current_approval(work.unit, package.id)
    if earlier is not None:
        work.of(Approval).replace(replace(earlier, is_current=False))
    work.of(Approval).add(made)
    if made.decision is Decision.RETURN:
        _void_signatures(work, made.choice_id)
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


def _void_signatures(work: Work, choice_id: str) -> None:
    """What was signed of a spend that goes back counts no more."""
    for held in work.of(ApprovalSignature).find(choice_id=choice_id, is_current=True):
        work.of(ApprovalSignature).replace(replace(held, is_current=False))
