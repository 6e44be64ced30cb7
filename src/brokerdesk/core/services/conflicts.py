"""Interests of those who take part in a round: declared, mitigated, asked for before an act, printed."""

from __future__ import annotations

from dataclasses import replace

from brokerdesk.core.domain import conflict
from brokerdesk.core.domain.conflict import ConflictDeclaration, TakesPart
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.evaluation import QualityScore
from brokerdesk.core.domain.officer import Officer, Role
from brokerdesk.core.domain.package import Package, Step
from brokerdesk.core.domain.sourcing import Round
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import journey
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.desk import Desk

_EVERYONE = (Role.BROKER, Role.APPROVER, Role.FRAMEWORK_MANAGER)
REQUIRED = "required"
"""The word of the rulebook's `interests_declared` that asks for declarations."""


@act("interests_declared", words="declare interests in a round", by=_EVERYONE)
def declare_interests(
    work: Work, *, round_id: str, part: str, has_interest: bool, interest: str = "", mitigation: str = ""
) -> ConflictDeclaration:
    """Declare one's own interests for a round; a later declaration takes the place. Source: R075.

    Args:
        work: the act.
        round_id: the round she takes part in.
        part: `broker`, `scorer` or `approver`.
        has_interest: whether she has one in any provider asked.
        interest: what it is.
        mitigation: what she proposes; scoring and award wait until another officer settled it.

    Raises:
        RuleError: the part is no known one, or an interest is not described.
    """
    if part not in conflict.PARTS:
        raise RuleError(f"“{part}” is no part in a round. It is one of: {', '.join(conflict.PARTS)}.")
    conflict.check_declaration(interest, mitigation, has_interest=has_interest)
    opened, me = work.of(Round).get(round_id), work.officer
    made = ConflictDeclaration(
        id=work.new_id(), package_id=opened.package_id, round_id=opened.id, officer_id=me.id,
        officer_name=me.name, part=part, has_interest=has_interest, interest=interest.strip(),
        mitigation=mitigation.strip(), made_at=work.at,
    )  # fmt: skip
    return _take_place(work, made)


@act("interest_mitigated", words="record what is done about an interest", by=_EVERYONE)
def mitigate_interest(work: Work, *, declaration_id: str, mitigation: str) -> ConflictDeclaration:
    """Record what is done about an interest that someone else declared. Source: docs/rules.md R075.

    Raises:
        RuleError: nothing is written, there is no interest, or it is her own, which she declares again.
    """
    declared = work.of(ConflictDeclaration).get(declaration_id)
    if not mitigation.strip():
        raise RuleError("Write what is done about it, such as who scores in her place.", rule="R075")
    if not declared.has_interest or not declared.is_current:
        raise RuleError("That declaration names no interest that is open now.", rule="R075")
    if declared.officer_id == work.officer.id:
        raise RuleError(
            "This is your own declaration. Ask another officer to record what is done about it.", rule="R075"
        )
    me = work.officer.name
    by = f"{mitigation.strip().rstrip('.')} (decided by {me})"
    made = replace(declared, id=work.new_id(), mitigation=by, made_at=work.at, settled_by=me, version=1)
    return _take_place(work, made)


def _take_place(work: Work, made: ConflictDeclaration) -> ConflictDeclaration:
    shelf = work.of(ConflictDeclaration)
    earlier = shelf.find(round_id=made.round_id, officer_id=made.officer_id, is_current=True)
    for held in earlier:
        shelf.replace(replace(held, is_current=False))
    shelf.add(made)
    work.cite("R075")
    said = "an interest" if made.has_interest else "no interest"
    state = "" if made.is_settled else ", not settled yet"
    journey.stamp(work, made.package_id, Step.OFFERS, f"{made.officer_name} declared {said}{state}")
    return made


def declarations_of(unit: UnitOfWork, round_id: str) -> tuple[ConflictDeclaration, ...]:
    """The declarations of a round that stand, in the order in which they were made."""
    return unit.of(ConflictDeclaration).find(round_id=round_id, is_current=True)


def taking_part(unit: UnitOfWork, opened: Round) -> tuple[TakesPart, ...]:
    """Who has taken part in a round so far: its broker, its scorers, the approver who decided on the desk."""
    package, found = unit.of(Package).get(opened.package_id), []
    choice, approval = journey.current_choice(unit, package.id), journey.current_approval(unit, package.id)
    names = {officer.id: officer.name for officer in unit.of(Officer).find()}
    if choice is not None and choice.round_id == opened.id:
        found.append((choice.officer_id, conflict.BROKER))
        if approval is not None and approval.approver_id and not approval.recorded_by:
            found.append((approval.approver_id, conflict.APPROVER))
    scores = unit.of(QualityScore).find(round_id=opened.id, is_current=True)
    found += [(score.officer_id, conflict.SCORER) for score in scores]
    return tuple(TakesPart(who, names.get(who, ""), part) for who, part in dict.fromkeys(found))


def missing(unit: UnitOfWork, opened: Round) -> tuple[str, ...]:
    """What the award gate still misses of a round's declarations, a sentence each. Source: R075."""
    if not opened.declares_interests:
        return ()
    return conflict.missing_declarations(taking_part(unit, opened), declarations_of(unit, opened.id))


def check(work: Work, opened: Round, part: str) -> None:
    """Refuse an act of someone who has not declared, or where an interest is open. Source: R075.

    A round that was opened before declarations were asked for is let be.
    """
    if opened.declares_interests:
        who = TakesPart(work.officer.id, work.officer.name, part)
        conflict.check_declared(who, declarations_of(work.unit, opened.id))
        work.cite("R075")


def check_settled(work: Work, opened: Round) -> None:
    """Refuse an award on a round of which a declaration is missing or an interest open. Source: R075."""
    told = missing(work.unit, opened)
    if told:
        raise RuleError(f"{told[0]} No award is made before that.", rule="R075")


def assessment(desk: Desk, round_id: str) -> str:
    """The written conflicts assessment of a round. Source: docs/rules.md R075."""
    with desk.reading() as unit:
        opened = unit.of(Round).get(round_id)
        package = unit.of(Package).get(opened.package_id)
        title = f"Conflicts of interest: package {package.reference}, round {opened.number}"
        every = unit.of(ConflictDeclaration).find(round_id=round_id)
        return conflict.assessment_text(title, taking_part(unit, opened), every)
