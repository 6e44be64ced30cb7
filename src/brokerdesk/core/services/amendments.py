"""While a round runs: a question answered for all, a requirement amended, and what they are told of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from brokerdesk.core.domain.anonymise import Portrait, refuse_identity, refuse_what_sheets_leave_out
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.framework_rules import Order
from brokerdesk.core.domain.letter import Letter, LetterKind, letter_hash, texts_of
from brokerdesk.core.domain.letter_facts import RoundNoticeFacts
from brokerdesk.core.domain.letter_round import compose_clarification, compose_round_withdrawn
from brokerdesk.core.domain.letter_wording import Wordings
from brokerdesk.core.domain.officer import Authority, Role
from brokerdesk.core.domain.package import Need, Package, Step
from brokerdesk.core.domain.release import Said, said_told
from brokerdesk.core.domain.requirement_edition import Clarification, RequirementEdition, differences
from brokerdesk.core.domain.sourcing import (
    Asking,
    Invitation,
    InvitationStatus,
    Offer,
    Round,
    RoundStatus,
)
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import journey, offer_forms, paper_facts, referrals, released, requirement
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.desk import LONDON, Desk
from brokerdesk.core.services.requirement import AskingPaper
from brokerdesk.core.services.templates import InForce


@act("clarification_shared", words="answer a question for everyone", by=(Role.BROKER,))
def share_clarification(work: Work, *, round_id: str, question: str, answer: str) -> Clarification:
    """Keep a provider's question, without who asked it, and its answer for all. Source: R018, R024, R125.

    Raises:
        RuleError: the round is not open, a part is missing, or the broker has not looked at the words.
    """
    opened = _open(work, round_id)
    package = work.of(Package).get(opened.package_id)
    for what, words in (("question", question), ("answer", answer)):
        if not words.strip():
            raise RuleError(f"The {what} is empty. Write down both, as everyone will read them.", rule="R024")
    told = told_to_everyone(work, package, Said(question=question, answer=answer))
    number = len(work.of(Clarification).find(round_id=round_id)) + 1
    shared = Clarification(
        work.new_id(), round_id, package.id, number, told.question, told.answer, work.at,
        work.officer.id,
    )  # fmt: skip
    work.of(Clarification).add(shared)
    work.cite("R018", "R024")
    journey.stamp(work, package.id, Step.INVITATIONS, f"Question {number} answered for everyone")
    return shared


@act("requirement_amended", words="amend a requirement", by=(Role.BROKER,))
def amend_requirement(
    work: Work, *, round_id: str, need: Need, reason: str, hours: int | None = None
) -> RequirementEdition:
    """Change what an open round asks for; those asked see how and answer again. Source: R021, R024.

    Offers made before count no more and stay on file. Everyone gets the same new deadline.

    Args:
        work: the act.
        round_id: an open round.
        need: as it is to be; the weights stay as they were when the round opened.
        reason: as providers will read it.
        hours: from now, for everyone; as many as at first where none is given.

    Raises:
        InputError: the need cannot be right.
        RuleError: nothing changes, the lot changes, or the words were not looked at.
    """
    opened = _open(work, round_id)
    package = work.of(Package).get(opened.package_id)
    if not reason.strip():
        raise RuleError("Say why the requirement changes; everyone who was asked will read it.", rule="R024")
    tidy = referrals.check_need(need, work.today)
    if tidy.lot.casefold() != package.need.lot.casefold():
        raise RuleError(
            "Another lot has other providers. Withdraw the round, change the need, then ask again.",
            rule="R021",
        )
    edition = _new_edition(work, package, opened, tidy, reason)
    moved = _with_time(work, opened, hours)
    changed = _with_need(work, package, tidy)
    _ask_again(work, changed, moved)
    work.cite("R021", "R024", "R125")
    work.note(reference=package.reference, edition=edition.number, differences=len(edition.differences))
    journey.stamp(work, package.id, Step.INVITATIONS, f"Requirement amended: {edition.reason}")
    return edition


def keep_first_edition(work: Work, package: Package, opened: Round, struck: frozenset[str]) -> None:
    """The requirement as the round opens with it."""
    work.of(RequirementEdition).add(
        RequirementEdition(
            work.new_id(), opened.id, package.id, 1, package.need, tuple(sorted(struck)), "", (), work.at,
            work.officer.id,
        )
    )  # fmt: skip


def _open(work: Work, round_id: str) -> Round:
    opened = work.of(Round).get(round_id)
    if opened.status is not RoundStatus.OPEN:
        raise RuleError(
            f"Round {opened.number} is {opened.status.value}, so nothing more is said to those asked.",
            rule="R024",
        )
    return opened


def told_to_everyone(work: Work, package: Package, said: Said) -> Said:
    """Words as everyone who was asked will read them, once the broker looked at them. Source: R024, R125.

    Raises:
        RuleError: she has not, or they would tell who the person is.
    """
    told = released.said_as_looked_at(work, package, said)
    _refuse_identity_in(work, package, f"{told.question} {told.answer} {told.reason}")
    return told


def _refuse_identity_in(work: Work, package: Package, words: str) -> None:
    authority, framework = work.of(Authority).find()[0], journey.framework_of(work.unit, package)
    asked = {held.provider for held in work.of(Invitation).find(package_id=package.id)}
    own = requirement.own_words(authority, framework, work.officer.name, *sorted(asked))
    refuse_identity(words, package.need, own_words=own)
    refuse_what_sheets_leave_out(words, package.need)


def _new_edition(
    work: Work, package: Package, opened: Round, need: Need, reason: str
) -> RequirementEdition:
    before = requirement.edition_of(work.unit, package, opened)
    was, struck_before = (before.need, before.struck) if before else (package.need, ())
    said = Said(reason=reason)
    release = released.release_of(work.unit, need, on=work.today, rulebook=work.rulebook, said=said)
    struck = tuple(sorted(released.struck_of(work.unit, package.id, release)))
    why = said_told(release, frozenset(struck)).reason
    _refuse_identity_in(work, package, why)
    on = paper_facts.local_day(opened.opened_at)

    def told(asked_for: Need, out: tuple[str, ...]) -> Portrait:
        return released.told_portrait(work.unit, asked_for, out, on=on, rulebook=work.rulebook)

    found = differences(was, need, told(was, struck_before), told(need, struck))
    if not found:
        raise RuleError("Nothing that providers read would change. Change the need, or share an answer.")
    edition = RequirementEdition(
        work.new_id(), opened.id, package.id, (before.number if before else 1) + 1, need, struck,
        why, found, work.at, work.officer.id,
    )  # fmt: skip
    work.of(RequirementEdition).add(edition)
    return edition


def _with_time(work: Work, opened: Round, hours: int | None) -> Round:
    until = work.at + timedelta(hours=hours if hours is not None else opened.closes_after_hours)
    if until < work.at + timedelta(hours=1):
        raise RuleError("Give everyone at least one hour to answer the amended requirement.", rule="R024")
    return work.of(Round).replace(replace(opened, closes_at=until))


def _with_need(work: Work, package: Package, need: Need) -> Package:
    framework = journey.framework_of(work.unit, package)
    cost, carer_hours = referrals.guide_cost(work.unit, need, framework, work.today)
    return work.of(Package).replace(replace(package, need=need, weekly_cost=cost, carer_hours=carer_hours))


def _ask_again(work: Work, package: Package, opened: Round) -> None:
    """Those who were asked answer again by one deadline; where one is asked at a time, only that one."""
    again = {InvitationStatus.ASKED, InvitationStatus.OFFERED}
    if _asks_together(opened):
        again |= {InvitationStatus.DECLINED, InvitationStatus.LAPSED}
    for held in journey.invitations_of(work.unit, opened.id):
        if held.status in again:
            held = replace(held, status=InvitationStatus.ASKED, answer_by=opened.closes_at)
        if not held.was_asked:
            continue  # proved when its turn comes
        sheet = requirement.proved_sheet(work.desk, work.unit, package, opened, held)
        work.of(Invitation).replace(
            replace(held, sheet_sha256=sheet.content_hash, identity_checked_at=work.at)
        )
    for offer in work.of(Offer).find(round_id=opened.id, is_superseded=False):
        work.of(Offer).replace(replace(offer, is_superseded=True))


def _asks_together(opened: Round) -> bool:
    if opened.rules.ladder:
        return opened.rules.ladder[opened.rung].order is Order.ALL_AT_ONCE
    return opened.asking is Asking.ALL_AT_ONCE


@dataclass(frozen=True, slots=True)
class SaidToEveryone:
    """What those who were asked are to be told beside their sheets."""

    withdrawn_round_id: str
    """Of the last round, where it was withdrawn; empty where not."""
    answers: int
    """Questions answered for everyone in the last round."""


def said_to_everyone(desk: Desk, package_id: str) -> SaidToEveryone:
    """Whether the last round of a package has papers beside its sheets."""
    with desk.reading() as unit:
        held = unit.of(Round).find(package_id=package_id)
        if not held:
            return SaidToEveryone("", 0)
        last = held[-1]
        withdrawn = last.id if last.status is RoundStatus.WITHDRAWN else ""
        return SaidToEveryone(withdrawn, len(unit.of(Clarification).find(round_id=last.id)))


def clarification_papers(desk: Desk, round_id: str) -> tuple[AskingPaper, ...]:
    """A paper (PDF) with every answer so far and an e-mail draft, for each who was asked. Source: R024, R125.

    Raises:
        RuleError: no question was answered yet, or a paper would tell who the person is.
    """
    with desk.reading() as unit:
        if not unit.of(Clarification).find(round_id=round_id):
            raise RuleError("No question has been answered in this round yet, so there is nothing to share.")
    return _notices(desk, round_id, "questions", LetterKind.CLARIFICATION, compose_clarification)


def withdrawal_papers(desk: Desk, round_id: str) -> tuple[AskingPaper, ...]:
    """A paper (PDF) that says that and why a round is withdrawn, and a draft, for each who was asked.

    Raises:
        RuleError: the round is not withdrawn, or a paper would tell who the person is. Source: R018, R125.
    """
    with desk.reading() as unit:
        if unit.of(Round).get(round_id).status is not RoundStatus.WITHDRAWN:
            raise RuleError("This round is not withdrawn, so nobody is told that it is.")
    return _notices(desk, round_id, "withdrawn", LetterKind.ROUND_WITHDRAWN, compose_round_withdrawn)


Compose = Callable[[RoundNoticeFacts, Wordings], Letter]


def _notices(
    desk: Desk, round_id: str, name: str, kind: LetterKind, compose: Compose
) -> tuple[AskingPaper, ...]:
    with desk.reading() as unit:
        opened = unit.of(Round).get(round_id)
        package = unit.of(Package).get(opened.package_id)
        asked = [held for held in journey.invitations_of(unit, round_id) if held.was_asked]
        now = InForce.on(desk, unit, desk.today())
        letters = [
            (held, _headed(compose(_facts(desk, unit, package, opened, held, now), desk.wordings(kind)), now))
            for held in asked
        ]
        authority, framework = unit.of(Authority).find()[0], journey.framework_of(unit, package)
    papers: list[AskingPaper] = []
    for held, letter in letters:
        own = requirement.own_words(
            authority, framework, held.provider, held.contact_name, desk.operator.name, *letter.sender
        )
        papers.extend(_papers(desk, package, held, letter, name, own))
    return tuple(papers)


def _headed(letter: Letter, now: InForce) -> Letter:
    """The paper under the council's own crest and colour."""
    return replace(letter, look=now.look)


def _papers(
    desk: Desk, package: Package, held: Invitation, letter: Letter, name: str, own: tuple[str, ...]
) -> tuple[AskingPaper, AskingPaper]:
    refuse_identity(" ".join(texts_of(letter)), package.need, own_words=own)
    pdf = desk.renderer.render(letter)
    refuse_identity(desk.checker.read_text(pdf), package.need, own_words=own)
    file_name = f"{name}-{held.location_id}"
    greeting = f"Dear {held.contact_name}" if held.contact_name else "Dear colleague"
    post = desk.operator.post or "Brokerage"
    body = f"{greeting}\n\n{letter.title}: the paper is attached.\n\n{desk.operator.name}\n{post}\n"
    mail = desk.mail.draft(
        to=held.contact_email, subject=letter.title, body=body, attachments=((f"{file_name}.pdf", pdf),),
        seed=letter_hash(letter),
    )  # fmt: skip
    return (
        AskingPaper(f"{file_name}.pdf", pdf, held.location_id),
        AskingPaper(f"{file_name}.eml", mail, held.location_id),
    )


def _facts(
    desk: Desk, unit: UnitOfWork, package: Package, opened: Round, held: Invitation, now: InForce
) -> RoundNoticeFacts:
    framework, authority = journey.framework_of(unit, package), unit.of(Authority).find()[0]
    header = paper_facts.header(
        authority, package, reference=offer_forms.reference_of(package, opened, held), version=1,
        issued_on=desk.today(), recipient=paper_facts.addressee(held.provider, held.contact_name),
        head=now.head,
    )  # fmt: skip
    return RoundNoticeFacts(
        header=header,
        framework=paper_facts.framework_lot(framework, journey.lot_of(framework, package), held.tier),
        questions=requirement.questions_of(unit, opened), reason=opened.withdrawn_reason,
        answer_by=_local(held.answer_by or opened.closes_at),
        contact=paper_facts.contact(desk.operator, None),
    )  # fmt: skip


def _local(moment: datetime) -> datetime:
    return moment.astimezone(LONDON)
