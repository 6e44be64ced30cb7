"""Asking providers: open a round, ask the next in rank order, close it, or withdraw it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.framework import Framework, Member
from brokerdesk.core.domain.framework_rules import RateKind
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.package import Need, Package, PackageStatus, Step
from brokerdesk.core.domain.ranking import asking_order
from brokerdesk.core.domain.release import Said
from brokerdesk.core.domain.scoring import check_weights
from brokerdesk.core.domain.sourcing import (
    Asking,
    Invitation,
    InvitationStatus,
    OutReason,
    Round,
    RoundStatus,
    Shortlist,
    ShortlistedIn,
)
from brokerdesk.core.services import (
    amendments,
    capacity,
    cascading,
    conflicts,
    exclusions,
    journey,
    ladder,
    released,
    requirement,
    sealed_rounds,
)
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.desk import LONDON
from brokerdesk.core.services.ladder import OutsideProvider

_MOST_HOURS = 24 * 92


@act("round_opened", words="open a round", by=(Role.BROKER,))
def open_round(
    work: Work,
    *,
    package_id: str,
    asking: Asking | None = None,
    closes_after_hours: int | None = None,
    leave_out: tuple[str, ...] = (),
    ground: str = "",
    off_rank: str = "",
    rate_kind: RateKind = RateKind.STANDARD,
    excludable_because: str = "",
) -> Round:
    """Ask those on the kept shortlist, weights frozen and one deadline for all.

    Source: docs/rules.md R021, R024, R034, R050.

    Args:
        work: the act.
        package_id: whose need.
        asking: all at once, in rank order (only the first is asked), or by the framework's own ladder; none
            for the ladder where the framework has one, else all at once.
        closes_after_hours: none for the framework's own response hours; a ladder states its own.
        leave_out: location ids that the broker does not ask this time.
        ground: coded ground, where the framework's rules want one for every call-off.
        off_rank: coded reason for leaving somebody out of a ladder's order.
        rate_kind: rate at which offers are asked.
        excludable_because: the decision to ask those that a ground may exclude, in words.

    Raises:
        RuleError: nobody may be asked, the list was kept on another day, a ground is missing, somebody may
            be excluded and nothing is decided, or the sheet would name the person.
    """
    package = work.of(Package).get(package_id)
    framework = journey.framework_of(work.unit, package)
    asking = _way_of_asking(framework, asking)
    if asking is Asking.FRAMEWORK:
        _refuse_own_hours(closes_after_hours)
        plan = _LadderPlan(ground, off_rank, rate_kind, leave_out, excludable_because)
        return _open_by_ladder(work, package, framework, plan)
    kept = _kept_today(work, package)
    chosen = _chosen(kept, leave_out)
    _decide_on_excludable(work, package, chosen, excludable_because)
    check_weights(framework.weights)
    struck = _struck(work, package)
    hours = _hours(package.need, framework, closes_after_hours)
    opened = replace(_new_round(work, package, framework, kept, asking, hours), rate_kind=rate_kind)
    work.of(Round).add(opened)
    amendments.keep_first_edition(work, package, opened, struck)
    sealed_rounds.seal_round(work, opened)
    invitations = _invitations(work, opened, chosen)
    work.of(Invitation).add_many(_proved(work, package, opened, invitations))
    work.cite("R021", "R024", "R125")
    work.note(reference=package.reference, invited=len(invitations), weights=opened.weights)
    asked = sum(held.status is InvitationStatus.ASKED for held in invitations)
    journey.stamp(work, package.id, Step.INVITATIONS, f"Round {opened.number} opened, {asked} asked")
    journey.move(work, package, PackageStatus.ASKING)
    return opened


def _struck(work: Work, package: Package) -> frozenset[str]:
    """What the broker struck when she looked at what goes out. Source: docs/rules.md R125, hard block 11."""
    release = released.release_of(work.unit, package.need, on=work.today, rulebook=work.rulebook)
    return released.struck_of(work.unit, package.id, release)


@dataclass(frozen=True)
class _LadderPlan:
    """What the broker says as she opens a round on a ladder."""

    ground: str
    off_rank: str
    rate_kind: RateKind
    leave_out: tuple[str, ...]
    excludable_because: str


def _decide_on_excludable(
    work: Work, package: Package, chosen: tuple[ShortlistedIn, ...], because: str
) -> None:
    """Ask one that a ground may exclude only once that is decided. Source: docs/rules.md R034.

    Raises:
        RuleError: somebody may be excluded and no decision is given.
    """
    found = exclusions.exclusions_of(work.unit)
    doubted = [row for row in chosen if row.location_id in found]
    since = [row.provider for row in doubted if found[row.location_id].is_excluded]
    if since:
        raise RuleError(
            f"{since[0]} was found to be an excluded supplier after the list was kept. Keep the list again.",
            rule="R034",
        )
    names = [row.provider for row in doubted]
    if not names:
        return
    if not because.strip():
        raise RuleError(
            f"A ground that may exclude {names[0]} is on file. Decide: leave it out, or write down why it "
            "is asked all the same.",
            rule="R034",
        )
    work.cite("R034")
    work.note(asked_though_excludable=names, excludable_because=because.strip())
    told = f"{', '.join(names)} asked though a ground may exclude: {because.strip()}"
    journey.stamp(work, package.id, Step.INVITATIONS, told)


def _way_of_asking(framework: Framework, asking: Asking | None) -> Asking:
    """The framework's ladder where it has one; nothing else may be chosen then. Source: R050."""
    has_ladder = bool(framework.rules.ladder)
    if asking is None:
        return Asking.FRAMEWORK if has_ladder else Asking.ALL_AT_ONCE
    if has_ladder and asking is not Asking.FRAMEWORK:
        raise RuleError(
            f"{framework.name} says itself in what order providers are asked. Ask by its rules.", rule="R050"
        )
    if asking is Asking.FRAMEWORK and not has_ladder:
        raise RuleError(
            f"{framework.name} has no rules of asking yet. Set them on the page Frameworks, or ask all at "
            "once or by rank.",
            rule="R050",
        )
    return asking


def _refuse_own_hours(hours: int | None) -> None:
    if hours is not None:
        raise RuleError(
            "The framework's rules state how long providers have to answer. Leave the hours out.", rule="R024"
        )


def _open_by_ladder(work: Work, package: Package, framework: Framework, said: _LadderPlan) -> Round:
    """Everyone gets a place on the ladder; those who are first by its rules are asked. Source: R024, R050."""
    kept = _kept_today(work, package, may_be_empty=framework.rules.ladder[-1].is_spot)
    meant = tuple(row for row in kept.included if row.location_id not in said.leave_out)
    _decide_on_excludable(work, package, meant, said.excludable_because)
    check_weights(framework.weights)
    placed = ladder.places(work, framework, kept.included)
    if not placed and not framework.rules.ladder[-1].is_spot:
        raise RuleError("Nobody who may be asked stands on a rung of the framework's rules.", rule="R050")
    hours = ladder.hours_kept(_ladder_hours(package.need, framework))
    opened = replace(
        _new_round(work, package, framework, kept, Asking.FRAMEWORK, hours),
        closes_at=work.at, rules=framework.rules, rate_kind=said.rate_kind, ground=said.ground.strip(),
    )  # fmt: skip
    if framework.rules.ground_needed:
        known = cascading.grounds_of(opened, work.rulebook, work.today)
        why = f"{framework.name} wants a ground for every call-off."
        ladder.check_ground(said.ground.strip(), known, why)
        work.cite("R040")
    struck = _struck(work, package)
    work.of(Round).add(opened)
    amendments.keep_first_edition(work, package, opened, struck)
    sealed_rounds.seal_round(work, opened)
    held = [
        ladder.waiting(work, opened, row, member, rung, place)
        for place, (row, member, rung) in enumerate(placed, 1)
    ]
    work.of(Invitation).add_many(held)
    if said.leave_out:
        _chosen(kept, said.leave_out)
        ladder.left_out(work, opened, said.off_rank, [i for i in held if i.location_id in said.leave_out])
    work.cite("R021", "R024", "R050")
    work.note(reference=package.reference, placed=len(held), weights=opened.weights)
    asked = ladder.begin(work, package, opened)
    told = f"Round {opened.number} opened by the framework's rules, {len(asked)} asked"
    journey.stamp(work, package.id, Step.INVITATIONS, told)
    journey.move(work, package, PackageStatus.ASKING)
    return work.of(Round).get(opened.id)


def _ladder_hours(need: Need, framework: Framework) -> Decimal:
    return ladder.first_hours(framework, 0, is_urgent=need.urgent_since is not None)


@act("next_provider_asked", words="ask the next provider", by=(Role.BROKER,))
def ask_next(work: Work, *, round_id: str, location_id: str = "", reason: str = "") -> Invitation:
    """Ask who is next: by rank with as much time as the first had, or as the framework's ladder says.

    On a ladder that asks all at once the first of them is answered; each has its invitation.
    Source: docs/rules.md R024, R050.

    Args:
        work: the act.
        round_id: the round.
        location_id: one to ask before its turn; blank for whoever is next.
        reason: the coded reason for asking out of turn, or why the broker opens the next rung.

    Raises:
        RuleError: the round asks all at once, is closed, has nobody left, somebody may still answer, or a
            reason is missing.
    """
    opened = work.of(Round).get(round_id)
    if opened.has_ladder:
        _check_open(opened)
        if location_id:
            return ladder.ask_out_of_turn(work, opened, location_id, reason)
        return ladder.ask_on(work, opened, reason)[0]
    if location_id:
        raise RuleError("Only a round by the framework's rules has an order to be left with a reason.")
    if opened.asking is not Asking.RANK_ORDER:
        raise RuleError("This round asked everyone at once, so there is no next provider to ask.")
    _check_open(opened)
    _let_lapse(work, opened)
    waiting = _without_excluded(work, opened)
    if not waiting:
        raise RuleError("Everyone on the shortlist has been asked. Close the round, or widen the search.")
    by = work.at + timedelta(hours=opened.closes_after_hours)
    asked = replace(waiting[0], status=InvitationStatus.ASKED, invited_at=work.at, answer_by=by)
    work.of(Round).replace(replace(opened, closes_at=max(opened.closes_at, by)))
    work.cite("R024")
    journey.stamp(work, opened.package_id, Step.INVITATIONS, f"{asked.provider} asked next")
    return work.of(Invitation).replace(asked)


def _without_excluded(work: Work, opened: Round) -> list[Invitation]:
    """Those who still wait their turn; one found excluded meanwhile is left out. Source: R034."""
    found = exclusions.exclusions_of(work.unit)
    left = []
    for held in journey.invitations_of(work.unit, opened.id):
        exclusion = found.get(held.location_id)
        if held.status is not InvitationStatus.WAITING:
            continue
        if exclusion is None or not exclusion.is_excluded:
            left.append(held)
            continue
        why = f"Found to be an excluded supplier on {in_words(exclusion.found_on)}"
        work.of(Invitation).replace(replace(held, status=InvitationStatus.SKIPPED, skip_why=why))
        work.cite("R034")
        journey.stamp(work, held.package_id, Step.INVITATIONS, f"{held.provider} left out: {why}")
    return left


@act("outside_asked", words="ask a provider outside the framework", by=(Role.BROKER,))
def ask_outside(
    work: Work, *, round_id: str, providers: tuple[OutsideProvider, ...], ground: str
) -> tuple[Invitation, ...]:
    """Ask outside the framework once everyone on its ladder was asked, on a coded ground. Source: R040, R050.

    Args:
        work: the act.
        round_id: the round.
        providers: known to the regulator's directory; each is judged like a member.
        ground: code of the ground.

    Raises:
        RuleError: members are left to ask, no coded ground is given, or one of them may not be asked.
    """
    opened = work.of(Round).get(round_id)
    _check_open(opened)
    return ladder.ask_outside(work, opened, providers, ground)


@act("round_closed", words="close a round", by=(Role.BROKER,))
def close_round(work: Work, *, round_id: str) -> Round:
    """Open the answers: nobody is awaited any more, or the deadline is past. Source: docs/rules.md R024.

    Raises:
        RuleError: an answer is still awaited and there is time left for it.
    """
    opened = work.of(Round).get(round_id)
    _check_open(opened)
    sealed_rounds.refuse_unopened(work, opened)
    awaited = [i for i in journey.invitations_of(work.unit, opened.id) if i.status is InvitationStatus.ASKED]
    early = [i for i in awaited if i.answer_by and i.answer_by >= work.at]
    if early:
        until = early[0].answer_by.astimezone(LONDON) if early[0].answer_by else work.at
        raise RuleError(
            f"{early[0].provider} may still answer until {until:%H:%M on %d %B}. Wait, or record its answer.",
            rule="R024",
        )
    if opened.has_ladder:
        ladder.check_close(work, opened)
    for held in awaited:
        work.of(Invitation).replace(replace(held, status=InvitationStatus.LAPSED))
    return _closed(work, opened)


@act("round_withdrawn", words="withdraw a round", by=(Role.BROKER,))
def withdraw_round(work: Work, *, round_id: str, reason: str) -> Round:
    """End a round without a choice; the package looks for a provider again.

    Raises:
        RuleError: no reason is given, the broker has not looked at it, or an award rests on the round.
    """
    opened = work.of(Round).get(round_id)
    if not reason.strip():
        raise RuleError("Say why the round is withdrawn; those who were asked may want to know.")
    if journey.live_award(work.unit, opened.package_id):
        raise RuleError("An award rests on this round. Withdraw the award first.")
    package = work.of(Package).get(opened.package_id)
    told = amendments.told_to_everyone(work, package, Said(reason=reason)).reason
    journey.void_decisions(work, package.id)
    capacity.release(work, package.id)
    journey.stamp(work, package.id, Step.INVITATIONS, f"Round {opened.number} withdrawn: {told}")
    journey.move(work, package, PackageStatus.NEEDS_PROVIDER)
    return work.of(Round).replace(
        replace(opened, status=RoundStatus.WITHDRAWN, withdrawn_reason=told)
    )


def _kept_today(work: Work, package: Package, *, may_be_empty: bool = False) -> Shortlist:
    kept = journey.last_shortlist(work.unit, package.id)
    if kept is None:
        raise RuleError(f"Nobody has been judged for {package.reference} yet. Keep the shortlist first.")
    if kept.made_at.astimezone(LONDON).date() != work.today or kept.framework_id != package.framework_id:
        raise RuleError(
            "The shortlist was kept on another day, and the day of asking counts. Keep it again, then ask.",
            rule="R105",
        )
    if not kept.included and not may_be_empty:
        raise nobody(kept)
    return kept


def nobody(kept: Shortlist) -> RuleError:
    """That nobody may be asked, with the reason that leaves out the most members."""
    reasons = [reason for out in kept.excluded for reason in out.reasons]
    if not reasons:
        return RuleError(
            f"The framework has no member for the lot {kept.lot}. Add members, or choose another lot."
        )
    first = max(reasons, key=lambda reason: sum(_alike(reason, other) for other in reasons))
    return RuleError(
        f"Nobody may be asked: {first.text}. The shortlist shows every member with its reasons.",
        rule=first.rule,
    )


def _alike(one: OutReason, other: OutReason) -> bool:
    return (one.rule, one.text) == (other.rule, other.text)


def _chosen(kept: Shortlist, leave_out: tuple[str, ...]) -> tuple[ShortlistedIn, ...]:
    unknown = set(leave_out) - {row.location_id for row in kept.included}
    if unknown:
        raise RuleError(
            f"{sorted(unknown)[0]} is not on the shortlist, so it cannot be left out of the round."
        )
    chosen = tuple(row for row in kept.included if row.location_id not in leave_out)
    if not chosen:
        raise RuleError("Everyone on the shortlist would be left out. Ask at least one provider.")
    return chosen


def _hours(need: Need, framework: Framework, wanted: int | None) -> int:
    standard = framework.response_hours_urgent if need.urgent_since else framework.response_hours_standard
    hours = wanted if wanted is not None else standard
    if hours is None:
        raise RuleError(
            "The framework states no response hours. Say how many hours providers have.", rule="R024"
        )
    rules, is_urgent = framework.rules, need.urgent_since is not None
    least = rules.least_hours_urgent if is_urgent else rules.least_hours_standard
    if least is not None and hours < least:
        raise RuleError(
            f"{framework.name} gives providers at least {least:f} hours to answer, not {hours}. Give more.",
            rule="R024",
        )
    if not 1 <= hours <= _MOST_HOURS:
        raise RuleError(f"A round is open for 1 to {_MOST_HOURS:,} hours, not {hours:,}.", rule="R024")
    return hours


def _new_round(
    work: Work, package: Package, framework: Framework, kept: Shortlist, asking: Asking, hours: int
) -> Round:
    earlier = work.of(Round).find(package_id=package.id)
    return Round(
        id=work.new_id(), package_id=package.id, framework_id=framework.id, shortlist_id=kept.id,
        number=len(earlier) + 1, asking=asking, opened_at=work.at, closes_at=work.at + timedelta(hours=hours),
        closes_after_hours=hours, weights=dict(framework.weights), status=RoundStatus.OPEN,
        declares_interests=work.rulebook.policy("interests_declared", work.today) == conflicts.REQUIRED,
        rules=framework.rules,
    )  # fmt: skip


def _invitations(work: Work, opened: Round, chosen: tuple[ShortlistedIn, ...]) -> list[Invitation]:
    members = {row.member_id: work.of(Member).get(row.member_id) for row in chosen}
    rows = {row.location_id: row for row in chosen}
    first_only = opened.asking is Asking.RANK_ORDER
    return [
        _invitation(work, opened, rows[location_id], members[rows[location_id].member_id], place, first_only)
        for place, location_id in enumerate(asking_order(chosen, members, opened.asking), 1)
    ]


def _invitation(
    work: Work, opened: Round, row: ShortlistedIn, member: Member, place: int, first_only: bool
) -> Invitation:
    asked = place == 1 or not first_only
    return Invitation(
        id=work.new_id(), round_id=opened.id, package_id=opened.package_id, member_id=member.id,
        location_id=row.location_id, provider=row.provider, contact_name=member.contact_name,
        contact_email=member.contact_email, tier=row.tier, rank=place,
        status=InvitationStatus.ASKED if asked else InvitationStatus.WAITING,
        invited_at=work.at if asked else None, answer_by=opened.closes_at if asked else None,
    )  # fmt: skip


def _proved(work: Work, package: Package, opened: Round, invitations: list[Invitation]) -> list[Invitation]:
    """Each invitation once its sheet is found free of who the person is. Source: R125, hard block 11."""
    proved = []
    for held in invitations:
        sheet = requirement.proved_sheet(work.desk, work.unit, package, opened, held)
        proved.append(replace(held, sheet_sha256=sheet.content_hash, identity_checked_at=work.at))
    return proved


def _check_open(opened: Round) -> None:
    if opened.status is not RoundStatus.OPEN:
        raise RuleError(
            f"Round {opened.number} is {opened.status.value}, so nobody can be asked or awaited in it."
        )


def _let_lapse(work: Work, opened: Round) -> None:
    for held in journey.invitations_of(work.unit, opened.id):
        if held.status is not InvitationStatus.ASKED:
            continue
        if held.answer_by and held.answer_by >= work.at:
            raise RuleError(
                f"{held.provider} may still answer. Wait for it, or record its answer.", rule="R024"
            )
        work.of(Invitation).replace(replace(held, status=InvitationStatus.LAPSED))


def _closed(work: Work, opened: Round) -> Round:
    package = work.of(Package).get(opened.package_id)
    offers = [offer for offer in journey.offers_of(work.unit, opened.id) if offer.counts]
    work.cite("R024")
    work.note(reference=package.reference, offers=len(offers))
    journey.stamp(work, package.id, Step.OFFERS, f"Round {opened.number} closed with {len(offers)} offers")
    journey.move(work, package, PackageStatus.CHOOSING if offers else PackageStatus.NEEDS_PROVIDER)
    return work.of(Round).replace(replace(opened, status=RoundStatus.CLOSED))
