"""Free text that was kept with a search: looked at before its evidence leaves, told as it was looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from brokerdesk.core.domain.award import Award
from brokerdesk.core.domain.conflict import ConflictDeclaration
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.release import Release, Withheld, check_look, look_through_kept, withheld
from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.domain.sourcing import Decline, Offer, Round
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import journey, released
from brokerdesk.core.services.desk import Desk


@dataclass(frozen=True, slots=True)
class ToldTexts:
    """Free text of one search as its evidence prints it."""

    release: Release
    struck: frozenset[str]
    told: dict[str, str]
    ground: str
    """Why personal data is withheld, in the words of the rulebook."""

    def say(self, text: str) -> str:
        """One text as it is printed; what was looked at alone is."""
        line = _line(text)
        return self.told[line] if line else ""

    @property
    def withheld(self) -> tuple[Withheld, ...]:
        """What is not printed, by kind."""
        return withheld(self.release, self.struck)


def release_of_pack(unit: UnitOfWork, opened: Round, *, desk: Desk) -> Release:
    """Every free text that the evidence of a round would print, looked through. Source: R081, R125."""
    need = unit.of(Package).get(opened.package_id).need
    return look_through_kept(_texts(unit, opened), need, on=desk.today(), rulebook=desk.rulebook)


def told_texts(desk: Desk, unit: UnitOfWork, opened: Round) -> ToldTexts:
    """Free text as the broker looked at it. Source: docs/rules.md R081, R125.

    Raises:
        RuleError: she has not looked at exactly these words.
    """
    release = release_of_pack(unit, opened, desk=desk)
    struck = check_look(release, released.check_of(unit, opened.package_id, release))
    told = {raw: line.told(struck) for raw, line in zip(_texts(unit, opened), release.lines, strict=True)}
    return ToldTexts(release, struck, told, ground_of(desk.rulebook, desk))


def ground_of(rulebook: Rulebook, desk: Desk) -> str:
    """Why personal data is withheld from a paper of record. Source: docs/rules.md R081."""
    return rulebook.policy("withholding_ground", desk.today())


def _texts(unit: UnitOfWork, opened: Round) -> tuple[str, ...]:
    """Each once, on one line, in the order in which the pack prints them."""
    held = [opened.ground, opened.withdrawn_reason]
    for asked in journey.invitations_of(unit, opened.id):
        held += [asked.skip_why, asked.off_rank]
    held += [decline.note for decline in unit.of(Decline).find(round_id=opened.id)]
    for offer in unit.of(Offer).find(round_id=opened.id):
        held += [offer.admitted_because, offer.withdrawn_because]
    for declared in unit.of(ConflictDeclaration).find(round_id=opened.id, is_current=True):
        held += [declared.interest, declared.mitigation]
    choice = journey.current_choice(unit, opened.package_id)
    if choice is not None and choice.round_id == opened.id:
        held.append(choice.reason)
    for award in unit.of(Award).find(round_id=opened.id):
        held += [award.facts.reason, award.off_rank, award.withdrawn_reason]
    return tuple(dict.fromkeys(line for line in map(_line, held) if line))


def _line(text: str) -> str:
    return " ".join(text.split())


Say = Callable[[str], str]
"""Tells one free text as it was looked at."""
