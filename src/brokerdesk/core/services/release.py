"""Before anything goes to providers: what was taken out, what is left for the broker to look at, her look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from brokerdesk.core.domain.anonymise import portrait_of
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.framework import Framework
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.package import Need, Package
from brokerdesk.core.domain.release import (
    NOTHING_SAID,
    Release,
    ReleaseCheck,
    Said,
    look_through_said,
    portrait_told,
    said_told,
)
from brokerdesk.core.domain.sourcing import Round
from brokerdesk.core.domain.working_time import end_after
from brokerdesk.core.services import evidence_texts, journey, ladder, released, requirement
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What the broker sees before she asks anyone."""

    release: Release
    check: ReleaseCheck | None
    """Her look at exactly these words; none where she has not looked."""
    sheet: str
    """Every word of the sheet as it would go, with what she struck taken out."""

    @property
    def waits_for_a_look(self) -> bool:
        """Whether nothing may go out yet."""
        return self.release.needs_a_look and self.check is None


def outgoing(
    desk: Desk, package_id: str, *, struck: tuple[str, ...] | None = None, hours: int | None = None
) -> Outgoing:
    """Look through what would go out for a package. Source: docs/rules.md R125, hard block 11.

    Args:
        desk: the desk.
        package_id: whose need.
        struck: marks to take out; none for those that were struck at the last look.
        hours: that providers would have to answer; none for what the framework gives them.
    """
    with desk.reading() as unit:
        package = unit.of(Package).get(package_id)
        release = released.release_of(unit, package.need, on=desk.today(), rulebook=desk.rulebook)
        check = released.check_of(unit, package_id, release)
        out = frozenset(struck if struck is not None else check.struck if check else ())
        told = portrait_told(portrait_of(package.need, on=desk.today()), release, out)
        due = _due(desk, journey.framework_of(unit, package), package.need, hours)
        sheet = requirement.preview(desk, unit, package, told, answer_by=due)
    return Outgoing(release, check, sheet)


def outgoing_need(
    desk: Desk, package_id: str, need: Need, reason: str, *, struck: tuple[str, ...] = (), hours: int = 0
) -> Outgoing:
    """The same for a need that is to take the place of the one that was asked for, and why (an amendment).

    Args:
        desk: the desk.
        package_id: whose need was asked for.
        need: the amended one.
        reason: why, in words for everyone asked.
        struck: marks to take out.
        hours: that everyone would have from now on; 0 for what the framework gives.
    """
    with desk.reading() as unit:
        package, said = unit.of(Package).get(package_id), Said(reason=reason)
        release = released.release_of(unit, need, on=desk.today(), rulebook=desk.rulebook, said=said)
        told = portrait_told(portrait_of(need, on=desk.today()), release, frozenset(struck))
        why = said_told(release, frozenset(struck)).reason
        due = _due(desk, journey.framework_of(unit, package), need, hours or None)
        sheet = requirement.preview(desk, unit, package, told, answer_by=due, need=need)
        return Outgoing(release, released.check_of(unit, package_id, release), f"{why}\n\n{sheet}")


def _due(desk: Desk, framework: Framework, need: Need, hours: int | None) -> datetime:
    """When answers would be due if it went now. Source: docs/rules.md R024."""
    now, is_urgent = desk.now(), need.urgent_since is not None
    if hours is None and framework.rules.ladder:
        first = ladder.first_hours(framework, 0, is_urgent=is_urgent)
        return end_after(now, first, framework.rules.working_hours, desk.rulebook.calendar)
    stated = framework.response_hours_urgent if is_urgent else framework.response_hours_standard
    return now + timedelta(hours=hours if hours is not None else stated or 0)


def outgoing_said(
    desk: Desk, package_id: str, said: Said, *, struck: tuple[str, ...] = ()
) -> Outgoing:
    """Look through what is said to everyone beside the requirement. Source: docs/rules.md R024, R125.

    Args:
        desk: the desk.
        package_id: whose need was asked for.
        said: a question and its answer, or why a round is withdrawn.
        struck: marks to take out.
    """
    with desk.reading() as unit:
        need = unit.of(Package).get(package_id).need
        release = look_through_said(said, need, on=desk.today(), rulebook=desk.rulebook)
        check = released.check_of(unit, package_id, release)
    told = said_told(release, frozenset(struck))
    sheet = "\n\n".join(words for words in (told.question, told.answer, told.reason) if words)
    return Outgoing(release, check, sheet)


def outgoing_evidence(desk: Desk, round_id: str, *, struck: tuple[str, ...] = ()) -> Outgoing:
    """Look through the free text that the evidence of a round would print. Source: R081, R125."""
    with desk.reading() as unit:
        opened = unit.of(Round).get(round_id)
        release = evidence_texts.release_of_pack(unit, opened, desk=desk)
        check = released.check_of(unit, opened.package_id, release)
    sheet = "\n\n".join(line.told(frozenset(struck)) for line in release.lines)
    return Outgoing(release, check, sheet)


def keep_every_word(desk: Desk, package_id: str) -> list[str]:
    """Look at what goes out and keep all of it, where it waits for a look; what was done, in a sentence."""
    found = outgoing(desk, package_id)
    if not found.waits_for_a_look:
        return []
    check_release(
        desk, package_id=package_id, sha256=found.release.sha256, warnings_seen=bool(found.release.warnings)
    )
    return [f"{len(found.release.marks)} marked words looked at and kept"]


@act("release_checked", words="check what goes out", by=(Role.BROKER,))
def check_release(
    work: Work,
    *,
    package_id: str,
    sha256: str,
    struck: tuple[str, ...] = (),
    warnings_seen: bool = False,
    need: Need | None = None,
    said: Said | None = None,
    evidence_of: str = "",
) -> ReleaseCheck:
    """Keep the broker's look at what would go out. Source: docs/rules.md R125, hard block 11.

    Args:
        work: the act.
        package_id: whose need.
        sha256: of the release that she looked at.
        struck: keys of the marks to take out; every other mark is kept.
        warnings_seen: she saw what the desk warns of; a warning that nobody saw stops.
        need: the amended need, where it is one that is to take the place of the present one.
        said: what is said to everyone beside it, such as why; without a need these words alone.
        evidence_of: a round whose evidence is to leave the desk; its free text alone (R081).

    Raises:
        RuleError: the words changed since she looked, a mark is not known, or a warning was not seen.
    """
    package = work.of(Package).get(package_id)
    release = _to_look_at(work, package, need, said or NOTHING_SAID, evidence_of)
    if release.sha256 != sha256:
        raise RuleError("The words have changed since you looked. Look at them again.", rule="R125")
    unknown = set(struck) - {mark.key for mark in release.marks}
    if unknown:
        raise RuleError(f"These words have no mark {sorted(unknown)[0]}. Look at them again.", rule="R125")
    if release.warnings and not warnings_seen:
        raise RuleError(
            f"{release.warnings[0].text} Say that you saw it, or take it out of the words.",
            rule="R125",
        )
    check = ReleaseCheck(
        work.new_id(), package_id, sha256, tuple(sorted(struck)), len(release.marks) - len(struck),
        warnings_seen, work.at, work.officer.id,
    )  # fmt: skip
    work.of(ReleaseCheck).add(check)
    work.cite("R125")
    work.note(
        reference=package.reference, taken_out=dict(release.taken_out), kept=check.kept, struck=len(struck),
        warnings=len(release.warnings),
    )  # fmt: skip
    return check


def _to_look_at(
    work: Work, package: Package, need: Need | None, said: Said, evidence_of: str
) -> Release:
    if evidence_of:
        return evidence_texts.release_of_pack(work.unit, work.of(Round).get(evidence_of), desk=work.desk)
    if said and need is None:
        return look_through_said(said, package.need, on=work.today, rulebook=work.rulebook)
    wanted = need or package.need
    return released.release_of(work.unit, wanted, on=work.today, rulebook=work.rulebook, said=said)
