"""The notices and other duties that an award brings: kept with their last day, and recorded once done."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from brokerdesk.core.domain.award import Award, ExclusionCheck
from brokerdesk.core.domain.calendar import in_words, last_day_of
from brokerdesk.core.domain.deadlines import standstill, termination_notice_due
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.framework import Regime
from brokerdesk.core.domain.notice_due import Claim, GateOverride, NoticeDue
from brokerdesk.core.domain.notice_matrix import NOTICE_NAMES
from brokerdesk.core.domain.notices import NoticeDuty
from brokerdesk.core.domain.officer import Officer, Role
from brokerdesk.core.domain.package import Package, Step
from brokerdesk.core.domain.person_names import is_same_name, may_be_same_name
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import journey
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.desk import Desk

_STARTS_STANDSTILL = {"UK6": Regime.PA23, "PSR-intention": Regime.PSR}
_BEFORE = frozenset({"UK4", "UK5", "UK6", "PSR-intention"})
_NAMES_A_PROVIDER = frozenset({"UK5", "UK6", "PSR-intention"})
"""Notices that announce an award to one provider, so that they serve no other. Source: docs/rules.md R057."""
OVERRIDES = {"R105": "a named manager", "R119": "a director"}
"""Rules of the gate that somebody may be given leave from, and who gives it. Source: R105, R119."""
_LEAVE_POSTS = {"R105": "leave_posts_suspended", "R119": "leave_posts_inadequate"}
"""Names in the rulebook of the words of which a post must hold one."""


_ENDED = "The contract was entered into and has ended"


@dataclass(frozen=True, slots=True)
class DueRow:
    """One open duty, for Today and the diary."""

    notice: NoticeDue
    package_id: str
    reference: str
    person: str
    provider: str
    days_left: int | None
    """To its last day; below nought where it is past, none where the day is not known."""


def notices_of(unit: UnitOfWork, package_id: str) -> tuple[NoticeDue, ...]:
    """Every notice and duty that is kept of a package."""
    return unit.of(NoticeDue).find(package_id=package_id)


def standstill_end(unit: UnitOfWork, package_id: str, location_id: str) -> date | None:
    """The last day of a standstill that was announced for the award under way; none where none was."""
    early = [n for n in notices_of(unit, package_id) if not n.award_id and n.serves(location_id)]
    return max((n.standstill_ends_on for n in early if n.standstill_ends_on), default=None)


def refuse_held_signing(unit: UnitOfWork, award: Award, on: date) -> None:
    """Refuse to sign what the council is bound by while a claim is open or a standstill runs: hard block 2.

    The award was let through when it was made; either may have come since. Source: docs/rules.md R071, R073.

    Raises:
        RuleError: with the claim, or the last day of the standstill.
    """
    claims = unit.of(Claim).find(package_id=award.package_id)
    claim = next((held for held in claims if held.settled_on is None), None)
    if claim is not None:
        raise RuleError(
            f"The claim by {claim.by} of {in_words(claim.notified_on)} is still open. Settle it before you "
            "sign.",
            rule="R073",
        )
    told = [
        n for n in notices_of(unit, award.package_id)
        if n.award_id in ("", award.id) and n.serves(award.location_id)
    ]  # fmt: skip
    ends_on = max((n.standstill_ends_on for n in told if n.standstill_ends_on), default=None)
    if ends_on is not None and on <= ends_on:
        raise RuleError(
            f"The standstill that was announced runs to {in_words(ends_on)}. Sign after that.", rule="R071"
        )


def due(desk: Desk) -> tuple[DueRow, ...]:
    """Every open duty of the desk, the nearest day first; those without a day yet are left out."""
    with desk.reading() as unit:
        packages = {package.id: package for package in unit.of(Package).find()}
        awarded = {a.package_id: a.provider for a in unit.of(Award).find() if a.withdrawn_at is None}
        kept = [notice for notice in unit.of(NoticeDue).find() if notice.is_open and notice.due_on]
    day = desk.today()
    rows = [_row(notice, packages[notice.package_id], awarded, day) for notice in kept]
    return tuple(sorted(rows, key=lambda row: (row.days_left or 0, row.reference, row.notice.code)))


def _row(notice: NoticeDue, package: Package, awarded: dict[str, str], day: date) -> DueRow:
    left = None if notice.due_on is None else (notice.due_on - day).days
    return DueRow(
        notice, package.id, package.reference, package.need.person_name, awarded.get(package.id, ""), left
    )


@act("notice_published", words="record a published notice", by=(Role.BROKER,))
def record_notice_published(
    work: Work, *, package_id: str, code: str, published_on: date, reference: str,
    announces_standstill: bool = False,
) -> NoticeDue:
    """Record that a notice was published or a duty done; a standstill that it announces then binds.

    Source: docs/rules.md R051, R056 to R060, R064, R069, R071, R072.

    Raises:
        RuleError: no such notice, no reference, the day lies ahead, it cannot announce a standstill, or it
            names a provider and none is chosen.
    """
    package = work.of(Package).get(package_id)
    _check_publishing(work, code, published_on, reference)
    ends_on = None
    # The NHS regime's standstill follows from the notice itself.
    if announces_standstill or code == "PSR-intention":
        ends_on = _standstill_end(work, code, published_on)
        work.cite("R071", "R069" if code == "UK6" else "R072")
    known = next((n for n in notices_of(work.unit, package.id) if n.code == code and n.is_open), None)
    kept = replace(
        known or _unforeseen(work, package, code),
        done_on=published_on, reference=reference.strip(), standstill_ends_on=ends_on,
        location_id=_named_provider(work, package, code),
    )  # fmt: skip
    kept = _add(work, kept) if known is None else work.of(NoticeDue).replace(kept)
    work.note(reference=package.reference)
    stay = f". Standstill to {in_words(ends_on)}" if ends_on else ""
    journey.stamp(work, package.id, Step.AWARD, f"{NOTICE_NAMES[code]} recorded: {reference.strip()}{stay}")
    return kept


def _named_provider(work: Work, package: Package, code: str) -> str:
    """The place of the provider that a notice announces; empty where it names none. Source: R056, R057, R072.

    Raises:
        RuleError: nobody is chosen, so that it can name no provider.
    """
    if code not in _NAMES_A_PROVIDER:
        return ""
    award, choice = journey.live_award(work.unit, package.id), journey.current_choice(work.unit, package.id)
    if award is not None:
        return award.location_id
    if choice is None:
        raise RuleError(
            f"A {NOTICE_NAMES[code].lower()} names the provider, and none is chosen for "
            f"{package.reference} yet. "
            "Record the choice, then the notice.",
            rule="R057",
        )
    return choice.location_id


def _unforeseen(work: Work, package: Package, code: str) -> NoticeDue:
    """A notice that no award has brought yet."""
    award = journey.live_award(work.unit, package.id)
    return NoticeDue(
        work.new_id(), package.id, award.id if award else "", code, None, code in _BEFORE,
        "Published by the council", "R051", "", work.at,
    )  # fmt: skip


def _add(work: Work, notice: NoticeDue) -> NoticeDue:
    work.of(NoticeDue).add(notice)
    return notice


def _check_publishing(work: Work, code: str, published_on: date, reference: str) -> None:
    if code not in NOTICE_NAMES:
        raise RuleError(f"“{code}” is no notice. It is one of: {', '.join(NOTICE_NAMES)}.", rule="R051")
    if not reference.strip():
        raise RuleError("Write the reference under which it was published, or where it can be found.")
    if published_on > work.today:
        raise RuleError(f"It is dated {in_words(published_on)}, after today. Correct the day.")


def _standstill_end(work: Work, code: str, published_on: date) -> date:
    if code not in _STARTS_STANDSTILL:
        name = NOTICE_NAMES[code].lower()
        raise RuleError(f"A {name} announces no standstill. The contract award notice does.", rule="R071")
    return standstill(_STARTS_STANDSTILL[code], published_on, work.rulebook).ends_on


@act("claim_logged", words="log a claim", by=(Role.BROKER,))
def log_claim(work: Work, *, package_id: str, notified_on: date, by: str, about: str) -> Claim:
    """Log a claim that was notified in standstill: it holds the signing until it is settled. Source: R073.

    Raises:
        RuleError: nobody is named, or the day lies ahead.
    """
    package = work.of(Package).get(package_id)
    if not by.strip() or not about.strip():
        raise RuleError("Write who claims and what about.", rule="R073")
    if notified_on > work.today:
        day = in_words(notified_on)
        raise RuleError(f"The claim is dated {day}, after today. Correct the day.", rule="R073")
    made = Claim(work.new_id(), package.id, notified_on, by.strip(), about.strip(), work.at)
    work.of(Claim).add(made)
    work.cite("R073")
    journey.stamp(work, package.id, Step.AWARD, f"Claim by {made.by} logged; signing is held")
    return made


def claims_of(desk: Desk, package_id: str) -> tuple[Claim, ...]:
    """Claims of a package, open and settled, the oldest first. Source: docs/rules.md R073."""
    with desk.reading() as unit:
        return unit.of(Claim).find(package_id=package_id)


@act("claim_settled", words="settle a claim", by=(Role.BROKER,))
def settle_claim(work: Work, *, claim_id: str, settled_on: date, outcome: str) -> Claim:
    """Note that a claim is settled, and how. Source: docs/rules.md R073.

    Raises:
        RuleError: nothing says how, or the day does not fit.
    """
    held = work.of(Claim).get(claim_id)
    if not outcome.strip():
        raise RuleError("Write how the claim was settled.", rule="R073")
    if not held.notified_on <= settled_on <= work.today:
        raise RuleError("The claim was settled between its notice and today. Correct the day.", rule="R073")
    work.cite("R073")
    journey.stamp(work, held.package_id, Step.AWARD, f"Claim by {held.by} settled: {outcome.strip()}")
    return work.of(Claim).replace(replace(held, settled_on=settled_on, outcome=outcome.strip()))


@act("leave_recorded", words="record leave from a rule", by=(Role.BROKER, Role.APPROVER))
def record_override(
    work: Work, *, package_id: str, location_id: str, rule: str, allowed_by: str, post: str, reason: str,
    given_on: date,
) -> GateOverride:
    """Record that a named manager or director allowed what a rule stops; only two rules allow that.

    Source: docs/rules.md R105 (suspended), R119 (inadequate).

    Raises:
        RuleError: no leave can be given from that rule, a name, post or reason is missing, the day lies
            ahead, or the broker of the package gave it herself.
    """
    package = work.of(Package).get(package_id)
    if rule not in OVERRIDES:
        raise RuleError(f"Nobody can give leave from {rule}. Mend what it asks for.", rule=rule)
    if not (allowed_by.strip() and post.strip() and reason.strip()):
        raise RuleError(f"Write the name and post of {OVERRIDES[rule]}, and the reason.", rule=rule)
    if given_on > work.today:
        raise RuleError(f"The leave is dated {in_words(given_on)}, after today. Correct the day.", rule=rule)
    _check_post(work, rule, post)
    broker = work.of(Officer).get(package.created_by)
    if is_same_name(allowed_by, broker.name) or may_be_same_name(allowed_by, broker.name):
        raise RuleError(f"{broker.name} brokered this package, so someone else gives leave.", rule=rule)
    made = GateOverride(
        work.new_id(), package.id, location_id, rule, allowed_by.strip(), post.strip(), reason.strip(),
        given_on, work.at, work.officer.id,
    )  # fmt: skip
    work.of(GateOverride).add(made)
    work.cite(rule)
    journey.stamp(work, package.id, Step.AWARD, f"Leave by {made.allowed_by} recorded ({rule})")
    return made


def _check_post(work: Work, rule: str, post: str) -> None:
    """Refuse leave by a post that may not give it. Source: docs/rules.md R105, R119.

    Raises:
        RuleError: with the posts that may.
    """
    able = [word.strip() for word in work.rulebook.policy(_LEAVE_POSTS[rule], work.today).split(";")]
    if not {*re.findall(r"[a-z]+", post.casefold())} & {*able}:
        raise RuleError(
            f"Leave is given by {OVERRIDES[rule]}, and “{post.strip()}” names none of: {', '.join(able)}.",
            rule=rule,
        )


def keep_duties(work: Work, package: Package, award: Award, duties: tuple[NoticeDuty, ...]) -> None:
    """Keep what an award brings; what was published before it now belongs to it. Source: R056 to R064."""
    early = [
        n for n in notices_of(work.unit, package.id)
        if not n.award_id and not n.code.startswith("s19") and n.serves(award.location_id)
    ]  # fmt: skip
    for notice in early:
        work.of(NoticeDue).replace(replace(notice, award_id=award.id))
    known = {notice.code for notice in early}
    for duty in duties:
        if duty.is_kept and duty.code not in known:
            work.of(NoticeDue).add(_kept(work, package, award, duty))


def _kept(work: Work, package: Package, award: Award, duty: NoticeDuty) -> NoticeDue:
    return NoticeDue(
        work.new_id(), package.id, award.id, duty.code, duty.due_on, duty.is_before_signing, duty.why,
        duty.rule, duty.section, work.at,
    )  # fmt: skip


def drop_duties(work: Work, package: Package, why: str) -> None:
    """What a withdrawn award brought is not due any more; an announced procurement is ended by a UK12.

    Source: docs/rules.md R065.
    """
    announced = False
    for notice in notices_of(work.unit, package.id):
        announced = announced or (notice.code in ("UK4", "UK5") and notice.done_on is not None)
        if notice.is_open and notice.award_id:
            work.of(NoticeDue).replace(replace(notice, dropped_why=why))
    if announced:
        reason = "A tender or transparency notice was published and no award followed"
        notice = NoticeDue(
            work.new_id(), package.id, "", "UK12", work.today, False, reason, "R065", "s55", work.at
        )
        work.of(NoticeDue).add(notice)


def end_duties(work: Work, package: Package, award: Award) -> None:
    """A contract that was entered into has ended: its notices stay due, and its end is told from today.

    Source: docs/rules.md R058, R060, R064.
    """
    for notice in notices_of(work.unit, package.id):
        if notice.award_id == award.id and notice.is_open and notice.code == "UK11":
            work.of(NoticeDue).replace(
                replace(notice, due_on=termination_notice_due(work.today, work.rulebook), why=_ENDED)
            )


def keep_urgent_assessments(work: Work, package: Package) -> None:
    """Care begins before its assessments: both get a last day, once. Source: docs/rules.md R048, R083."""
    if any(notice.code.startswith("s19") for notice in notices_of(work.unit, package.id)):
        return
    begins = max(work.today, package.need.starts_on)
    by = last_day_of(begins, work.rulebook.number("urgent_assessment_days", work.today))
    why = "Care began before it, under Care Act 2014 s19"
    for code in ("s19-assessment", "s19-finance"):
        work.of(NoticeDue).add(
            NoticeDue(work.new_id(), package.id, "", code, by, False, why, "R048", "s19(3)", work.at)
        )


def keep_imca_duty(work: Work, award: Award) -> None:
    """An urgent placement came before its IMCA, who is to be instructed by its first day. Source: R112."""
    by = max(work.today, award.starts_on)
    why = "The placement was urgent, so it came before the advocate"
    work.of(NoticeDue).add(
        NoticeDue(
            work.new_id(), award.package_id, award.id, "imca", by, False, why, "R112", "MCA s39(4)", work.at
        )
    )


def keep_exclusion_notice(work: Work, check: ExclusionCheck) -> None:
    """An exclusion is told to the centre within its days. Source: docs/rules.md R078, E7."""
    by = last_day_of(check.checked_on, work.rulebook.number("exclusion_notice_days", check.checked_on))
    why = f"{check.location_id} was excluded"
    work.of(NoticeDue).add(
        NoticeDue(
            work.new_id(), check.package_id, "", "exclusion", by, False, why, "R078", "s59(2)", work.at
        )
    )
