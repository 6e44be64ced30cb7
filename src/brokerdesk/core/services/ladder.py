"""Asking by the framework's own ladder: who is asked first, who next, who is passed over, who outside it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from brokerdesk.core.domain import cascade, ranking
from brokerdesk.core.domain.cascade import Move
from brokerdesk.core.domain.eligibility import judge, requirement_of
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.framework import Framework, Member
from brokerdesk.core.domain.framework_rules import Order, Rung
from brokerdesk.core.domain.ladder_plan import Skip, plan
from brokerdesk.core.domain.london import LONDON, london_day
from brokerdesk.core.domain.package import Package, Step
from brokerdesk.core.domain.sourcing import (
    Invitation,
    InvitationStatus,
    Round,
    Shortlist,
    ShortlistedIn,
)
from brokerdesk.core.domain.working_time import end_after
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import cascading, journey, requirement, shortlists
from brokerdesk.core.services.acts import Work

OUTSIDE = "outside"
"""Stands for the framework of a place that stands in for a membership."""


@dataclass(frozen=True, slots=True)
class OutsideProvider:
    """A provider outside the framework, and whom to ask there."""

    location_id: str
    contact_name: str = ""
    contact_email: str = ""


def check_ground(ground: str, known: Mapping[str, str], why: str) -> None:
    """Refuse to go on without a coded ground. Source: docs/rules.md R040, R050.

    Raises:
        RuleError: none is given, or it is none of those that the rules admit.
    """
    if not ground.strip():
        raise RuleError(f"{why} Give one of the coded grounds: {', '.join(known)}.", rule="R050")
    if ground not in known:
        raise RuleError(
            f"“{ground}” is not a coded ground here. Use one of: {', '.join(known)}.", rule="R040"
        )


def first_hours(framework: Framework, rung: int, *, is_urgent: bool) -> Decimal:
    """Time to answer on a rung.

    Raises:
        RuleError: neither the rung nor the framework states any. Source: docs/rules.md R024.
    """
    step = framework.rules.ladder[rung]
    hours = cascade.hours_of(step, framework, is_urgent=is_urgent)
    if hours is None:
        raise RuleError(
            f"{step.name} states no hours to answer, and neither does the framework. Give them its rules.",
            rule="R024",
        )
    return hours


def places(
    work: Work, framework: Framework, included: tuple[ShortlistedIn, ...]
) -> list[tuple[ShortlistedIn, Member, int]]:
    """Everyone who stands on a rung, in the order of asking, with the rung. Source: docs/rules.md R050."""
    rows = {row.location_id: row for row in included}
    members = {row.member_id: work.of(Member).get(row.member_id) for row in included}
    ladder = framework.rules.ladder
    rotates = any(rung.order is Order.ROTATION for rung in ladder)
    order = plan(ladder, included, members, _last_asked(work.unit, framework) if rotates else {})
    return [
        (rows[place.location_id], members[rows[place.location_id].member_id], place.rung) for place in order
    ]


def _last_asked(unit: UnitOfWork, framework: Framework) -> dict[str, datetime]:
    """When each location was last asked in any round on any edition of the framework."""
    editions = {held.id for held in unit.of(Framework).find(reference=framework.reference)}
    rounds = {held.id for held in unit.of(Round).find() if held.framework_id in editions}
    found: dict[str, datetime] = {}
    for held in unit.of(Invitation).find():
        if held.round_id in rounds and held.invited_at is not None:
            earlier = found.get(held.location_id, held.invited_at)
            found[held.location_id] = max(earlier, held.invited_at)
    return found


def waiting(
    work: Work, opened: Round, row: ShortlistedIn, member: Member, rung: int, place: int
) -> Invitation:
    """An invitation that waits its turn on a rung."""
    return Invitation(
        id=work.new_id(), round_id=opened.id, package_id=opened.package_id, member_id=member.id,
        location_id=row.location_id, provider=row.provider, contact_name=member.contact_name,
        contact_email=member.contact_email, tier=row.tier, rank=place, status=InvitationStatus.WAITING,
        invited_at=None, answer_by=None, rung=rung,
    )  # fmt: skip


def left_out(work: Work, opened: Round, code: str, held: Iterable[Invitation]) -> None:
    """Pass over those whom the broker does not ask, for a coded reason. Source: docs/rules.md R050.

    Raises:
        RuleError: no coded reason is given.
    """
    known = check_reason(work, code, "To leave a provider out of the framework's order takes a reason.")
    for invitation in held:
        work.of(Invitation).replace(
            replace(invitation, status=InvitationStatus.SKIPPED, skip_why=known[code], off_rank=code)
        )


def check_reason(work: Work, code: str, why: str) -> dict[str, str]:
    """The coded reasons for leaving the order, once one of them is given. Source: docs/rules.md R050.

    Raises:
        RuleError: none is given, or it is none of them.
    """
    known = cascading.off_rank_reasons(work.rulebook, work.today)
    if not code.strip():
        raise RuleError(f"{why} Give one of: {', '.join(known)}.", rule="R050")
    if code not in known:
        raise RuleError(
            f"“{code}” is no coded reason for leaving the order. Use one of: {', '.join(known)}.", rule="R050"
        )
    return known


def ask_on(work: Work, opened: Round, reason: str = "") -> tuple[Invitation, ...]:
    """Note who let the time pass and whom the rules pass over, then ask those who are next.

    Source: docs/rules.md R024, R034, R050.

    Raises:
        RuleError: somebody may still answer, the next rung needs a reason, or nobody is left.
    """
    package = work.of(Package).get(opened.package_id)
    seen = cascading.look_in(work.unit, work.rulebook, package, opened, work.at)
    standing = seen.cascade
    _check_move(opened, standing, reason)
    settle(work, standing.lapsed, standing.passed_over, seen.skips)
    if standing.move is Move.OPEN_RUNG:
        opened = replace(opened, opened_because=reason.strip())
        work.note(opened_because=reason.strip())
    return _send(work, package, replace(opened, rung=standing.rung), standing.following)


def ask_out_of_turn(work: Work, opened: Round, location_id: str, code: str) -> Invitation:
    """Ask one that waits before its turn, for a coded reason that is counted. Source: docs/rules.md R050.

    Raises:
        RuleError: it does not wait, no coded reason is given, or somebody asked alone may still answer.
    """
    check_reason(work, code, "To ask out of the framework's order takes a reason.")
    package = work.of(Package).get(opened.package_id)
    seen = cascading.look_in(work.unit, work.rulebook, package, opened, work.at)
    held = next(
        (i for i in journey.invitations_of(work.unit, opened.id) if i.location_id == location_id), None
    )
    if held is None or held.status is not InvitationStatus.WAITING:
        raise RuleError(f"{held.provider if held else location_id} does not wait its turn in this round.")
    if seen.cascade.awaited:
        raise _may_still_answer(seen.cascade.awaited[0])
    if held.id in seen.skips:
        raise RuleError(
            f"{held.provider} cannot be asked: {seen.skips[held.id].why}. Ask another.", rule="R050"
        )
    settle(work, seen.cascade.lapsed, (), seen.skips)
    off_rank = "" if held in seen.cascade.following else code
    work.note(off_rank=off_rank)
    return _send(work, package, opened, (replace(held, off_rank=off_rank),))[0]


def settle(
    work: Work, lapsed: Iterable[Invitation], passed: Iterable[Invitation], skips: Mapping[str, Skip]
) -> None:
    """Keep who let the time pass and who was passed over, each with the reason."""
    for held in lapsed:
        work.of(Invitation).replace(replace(held, status=InvitationStatus.LAPSED))
    for held in passed:
        skip = skips[held.id]
        work.of(Invitation).replace(
            replace(held, status=InvitationStatus.SKIPPED, skip=skip.reason, skip_why=skip.why)
        )
        journey.stamp(work, held.package_id, Step.INVITATIONS, f"{held.provider} passed over: {skip.why}")


def _check_move(opened: Round, standing: cascade.Cascade, reason: str) -> None:
    match standing.move:
        case Move.WAIT:
            raise _may_still_answer(standing.awaited[0])
        case Move.CLOSE:
            raise RuleError("There is an offer and nobody is left to ask before it. Close the round.")
        case Move.OPEN_SPOT:
            raise RuleError(
                "Everyone on the framework was asked. Name a provider outside it with a coded ground, or "
                "close the round.",
                rule="R050",
            )
        case Move.END:
            raise RuleError("Everyone on the ladder was asked. Close the round, or widen the search.")
        case Move.OVER:
            raise RuleError(f"Round {opened.number} is {opened.status.value}, so nobody can be asked in it.")
        case Move.OPEN_RUNG if not reason.strip():
            name = opened.rules.ladder[standing.rung].name
            raise RuleError(f"{name} is opened by the broker. Say why it is opened now.", rule="R050")
        case Move.OPEN_RUNG | Move.ASK:
            return


def _may_still_answer(held: Invitation) -> RuleError:
    until = f" until {held.answer_by.astimezone(LONDON):%H:%M on %d %B}" if held.answer_by else ""
    return RuleError(
        f"{held.provider} may still answer{until}. Wait for it, or record its answer.", rule="R024"
    )


def _send(
    work: Work, package: Package, opened: Round, asked: tuple[Invitation, ...]
) -> tuple[Invitation, ...]:
    """Ask them now, with one deadline in working hours, once their sheets are found free of the person."""
    framework = work.of(Framework).get(opened.framework_id)
    hours = cascading.hours_on(opened, framework, package, asked[0].rung) or Decimal(
        opened.closes_after_hours
    )
    by = end_after(work.at, hours, opened.rules.working_hours, work.rulebook.calendar)
    opened = replace(opened, closes_at=max(opened.closes_at, by))
    kept = work.of(Round).replace(opened)
    sent = []
    for held in asked:
        going = replace(held, status=InvitationStatus.ASKED, invited_at=work.at, answer_by=by)
        sheet = requirement.proved_sheet(work.desk, work.unit, package, kept, going)
        proved = replace(going, sheet_sha256=sheet.content_hash, identity_checked_at=work.at)
        sent.append(work.of(Invitation).replace(proved))
    work.cite("R024", "R050", "R125")
    work.note(rung=opened.rules.ladder[asked[0].rung].name, asked=len(sent), answer_by=by)
    names = ", ".join(held.provider for held in sent)
    journey.stamp(work, package.id, Step.INVITATIONS, f"{names} asked")
    return tuple(sent)


def begin(work: Work, package: Package, opened: Round) -> tuple[Invitation, ...]:
    """The first asking of a round that was just opened; nobody where the ladder begins outside."""
    seen = cascading.look_in(work.unit, work.rulebook, package, opened, work.at)
    if seen.cascade.move in (Move.OPEN_SPOT, Move.END):
        settle(work, (), seen.cascade.passed_over, seen.skips)
        return ()
    return ask_on(work, opened, reason="The rungs before it hold nobody who may be asked")


def ask_outside(
    work: Work, opened: Round, providers: tuple[OutsideProvider, ...], ground: str
) -> tuple[Invitation, ...]:
    """Ask providers outside the framework on a coded ground, each judged like a member. Source: R040, R050.

    Raises:
        RuleError: the ladder has no such rung or has others first, no coded ground is given, or one of
            them may not be asked.
    """
    place = next((n for n, rung in enumerate(opened.rules.ladder) if rung.is_spot), None)
    if place is None:
        raise RuleError(
            "The framework's rules do not provide for going outside it. Close the round instead.", rule="R050"
        )
    package = work.of(Package).get(opened.package_id)
    seen = cascading.look_in(work.unit, work.rulebook, package, opened, work.at)
    standing = seen.cascade
    if standing.move not in (Move.OPEN_SPOT, Move.END):
        _check_move(opened, standing, "")
        raise RuleError(
            "There are members still to be asked before anyone outside the framework.", rule="R050"
        )
    name = opened.rules.ladder[place].name
    check_ground(ground, seen.grounds, f"{name} goes outside the framework.")
    if not providers:
        raise RuleError("Name the provider outside the framework that is to be asked.")
    settle(work, standing.lapsed, standing.passed_over, seen.skips)
    opened = replace(opened, rung=place, ground=opened.ground or ground)
    held = _outside_invitations(work, package, opened, providers)
    work.cite("R040", "R050")
    work.note(ground=ground)
    return _send(work, package, replace(opened, shortlist_id=held[0]), held[1])


def _outside_invitations(
    work: Work, package: Package, opened: Round, providers: tuple[OutsideProvider, ...]
) -> tuple[str, tuple[Invitation, ...]]:
    """A shortlist that holds them beside the members, so that it replays, and their invitations."""
    framework, kept = work.of(Framework).get(opened.framework_id), work.of(Shortlist).get(opened.shortlist_id)
    wanted = requirement_of(
        package.need, framework, on=london_day(work.at), rulebook=work.rulebook, asks_after_term=True
    )
    members = tuple(_stand_in(work, wanted.lot.name, provider) for provider in providers)
    found = shortlists.candidates_outside(work.unit, package.need, framework, wanted, members)
    for candidate in found:
        if reasons := judge(wanted, candidate).reasons:
            name, first = candidate.member.provider, reasons[0]
            raise RuleError(f"{name} may not be asked: {first.text}.", rule=first.rule)
    requirement_kept, known = ranking.read_inputs(kept.inputs)
    lists = ranking.make_shortlist(requirement_kept, (*known, *found))
    work.of(Member).add_many(members)
    wider = replace(
        kept, id=work.new_id(), made_at=work.at, included=lists.included, excluded=lists.excluded,
        inputs=ranking.shortlist_inputs(requirement_kept, (*known, *found)), version=1,
    )  # fmt: skip
    work.of(Shortlist).add(wider)
    rows = {row.member_id: row for row in lists.included}
    last = max((i.rank for i in journey.invitations_of(work.unit, opened.id)), default=0)
    made = tuple(
        waiting(work, opened, rows[member.id], member, opened.rung, last + place)
        for place, member in enumerate(members, 1)
    )
    work.of(Invitation).add_many(made)
    return wider.id, made


def _stand_in(work: Work, lot: str, provider: OutsideProvider) -> Member:
    known = work.unit.directory.known([provider.location_id]).get(provider.location_id)
    if known is None:
        raise RuleError(
            f"{provider.location_id} is not in the regulator's directory. Check the CQC location id.",
            rule="R150",
        )
    facts = known.facts
    return Member(
        id=work.new_id(), framework_id=OUTSIDE, location_id=provider.location_id,
        provider_id=facts.provider_id or "", provider=facts.location_name or provider.location_id, lot=lot,
        zone=None, tier=None, rank=None, quality=None, capacity=None, capacity_unit=None,
        contact_name=provider.contact_name, contact_email=provider.contact_email, needs=(),
    )  # fmt: skip


def check_close(work: Work, opened: Round) -> None:
    """Refuse to close a round whose ladder has members left to ask and no offer. Source: docs/rules.md R050.

    Raises:
        RuleError: with who is next.
    """
    package = work.of(Package).get(opened.package_id)
    seen = cascading.look_in(work.unit, work.rulebook, package, opened, work.at)
    standing = seen.cascade
    offered = cascading.offered_in_time(work.unit, opened.id)
    if standing.move in (Move.ASK, Move.OPEN_RUNG) and not offered:
        rung: Rung = opened.rules.ladder[standing.rung]
        who = rung.name if rung.order is Order.ALL_AT_ONCE else standing.following[0].provider
        raise RuleError(
            f"Nobody has offered, and {who} is next by the framework's rules. Ask on, or withdraw the round "
            "with a reason.",
            rule="R050",
        )


def hours_kept(hours: Decimal) -> int:
    """Whole hours as a round keeps them, rounded up."""
    return max(1, math.ceil(hours))
