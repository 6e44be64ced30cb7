"""The award: route, exclusion check, gate and decision; and withdrawing it with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from brokerdesk.core.domain import approval_rules, choice_rules, pricing
from brokerdesk.core.domain.availability import Availability
from brokerdesk.core.domain.award import (
    CLEAR,
    EXCLUDABLE,
    EXCLUDED,
    Agreement,
    Award,
    AwardFacts,
    ExclusionCheck,
    FiledLetter,
    GateRow,
    Route,
)
from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.capacity_ledger import Reservation
from brokerdesk.core.domain.choice import Choice
from brokerdesk.core.domain.conflict import ConflictDeclaration
from brokerdesk.core.domain.eligibility import rating_of, registered_location
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.framework import Framework, Lot, Member, Suspension
from brokerdesk.core.domain.gate import award_gate, first_block
from brokerdesk.core.domain.gate_facts import GateFacts
from brokerdesk.core.domain.gate_ladder import off_rank_code
from brokerdesk.core.domain.gate_law import is_imca_owed
from brokerdesk.core.domain.notice_due import Claim, GateOverride
from brokerdesk.core.domain.notices import NoticeDuty, notices_for
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.outside import member_outside
from brokerdesk.core.domain.package import Package, PackageStatus, Step
from brokerdesk.core.domain.procurement import VatTreatment
from brokerdesk.core.domain.routes import RouteAdvice, award_value, route_facts, suggest_route
from brokerdesk.core.domain.sourcing import Invitation, Offer, Round, RoundStatus
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import (
    approval_levels,
    brokers,
    capacity,
    cascading,
    conflicts,
    exclusions,
    journey,
    notice_desk,
    offers,
    paper_facts,
    replays,
    route_decisions,
)
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.desk import Desk

OUTCOMES = (CLEAR, EXCLUDABLE, EXCLUDED)
"""Of an exclusion check. Source: docs/rules.md R076."""


def suggest(desk: Desk, package_id: str) -> RouteAdvice:
    """The award route to take for the chosen offer, with every other and why. Source: R002, R005, R011."""
    with desk.reading() as unit:
        package = unit.of(Package).get(package_id)
        framework, choice = journey.framework_of(unit, package), _choice(unit, package)
        offer, opened = unit.of(Offer).get(choice.offer_id), unit.of(Round).get(choice.round_id)
    value = award_value(
        package.need, offer.weekly_cost, offer.starts_on,
        commenced_on=paper_facts.local_day(opened.opened_at), rulebook=desk.rulebook,
    )  # fmt: skip
    return suggest_route(route_facts(package.need, framework, value, on=desk.today()))


def gate(desk: Desk, package_id: str, facts: AwardFacts) -> tuple[GateRow, ...]:
    """Every rule that the award must pass, met or not, with its evidence. Source: hard blocks."""
    with desk.reading() as unit:
        return award_gate(_gate_facts(desk, unit, unit.of(Package).get(package_id), facts, desk.today()))


def notices(desk: Desk, award_id: str) -> tuple[NoticeDuty, ...]:
    """Which notice is due by when for an award, or why none. Source: docs/rules.md, the notice matrix."""
    with desk.reading() as unit:
        award = unit.of(Award).get(award_id)
        package, opened = unit.of(Package).get(award.package_id), unit.of(Round).get(award.round_id)
        decision = route_decisions.current_route(unit, package.id)
    value = award_value(
        package.need, award.weekly_cost, award.starts_on,
        commenced_on=paper_facts.local_day(opened.opened_at), rulebook=desk.rulebook,
        vat=decision.vat if decision else VatTreatment.EXEMPT,
    )  # fmt: skip
    on = paper_facts.local_day(award.made_at)
    return notices_for(award.facts.route, value, desk.rulebook, entered_on=on, ends_on=award.ends_on)


@act("exclusion_checked", words="record an exclusion check", by=(Role.BROKER,))
def record_exclusion_check(
    work: Work, *, package_id: str, location_id: str, checked_on: date, outcome: str = "clear", note: str = ""
) -> ExclusionCheck:
    """Keep the dated look at the exclusion grounds and the debarment list. Source: docs/rules.md R076, R077.

    Raises:
        RuleError: the day lies ahead, the outcome is no known one, or a finding has no note.
    """
    package = work.of(Package).get(package_id)
    if checked_on > work.today:
        raise RuleError(
            f"The check is dated {in_words(checked_on)}, after today. Correct the day.", rule="R077"
        )
    if outcome not in OUTCOMES:
        raise RuleError(f"“{outcome}” is no outcome of a check. It is one of: {', '.join(OUTCOMES)}.")
    if outcome != "clear" and not note.strip():
        raise RuleError(
            f"Write down why the supplier is {outcome}, and where that can be found.", rule="R076"
        )
    made = ExclusionCheck(work.new_id(), package.id, location_id, checked_on, outcome, note, work.officer.id)
    work.of(ExclusionCheck).add(made)
    work.cite("R076", "R077")
    if outcome == "excluded":
        notice_desk.keep_exclusion_notice(work, made)
        work.cite("R078")
    journey.stamp(work, package.id, Step.AWARD, f"Exclusion and debarment checked: {outcome}")
    return made


@act("award_made", words="make an award", by=(Role.BROKER,))
def make_award(work: Work, *, package_id: str, facts: AwardFacts) -> Award:
    """Award the package to the chosen provider, once every rule of the gate is met.

    Source: docs/rules.md R005, hard blocks 1 to 11.

    Raises:
        RuleError: the first rule that is not met, or it is awarded already.
    """
    package = work.of(Package).get(package_id)
    if journey.live_award(work.unit, package.id):
        raise RuleError(f"{package.reference} is awarded already. Withdraw that award first.")
    choice = _choice(work.unit, package)
    conflicts.check_settled(work, work.of(Round).get(choice.round_id))
    read = _gate_facts(work.desk, work.unit, package, facts, work.today)
    rows = award_gate(read)
    refusal = first_block(rows)
    if refusal is not None:
        raise refusal
    award = _award(work, package, choice, read, rows)
    work.of(Award).add(award)
    capacity.use(work, award)
    duties = notices_for(
        award.facts.route, read.value, work.rulebook, entered_on=work.today, ends_on=award.ends_on
    )
    notice_desk.keep_duties(work, package, award, duties)
    if is_imca_owed(rows):
        notice_desk.keep_imca_duty(work, award)
        work.cite("R112")
    work.cite("R005", *(row.rule for row in rows if row.rule and row.state.value == "met"))
    work.note(reference=package.reference, location_id=award.location_id, tier=award.tier)
    journey.stamp(work, package.id, Step.AWARD, f"Awarded to {award.provider}")
    journey.move(work, package, PackageStatus.AWARDED, weekly_cost=award.weekly_cost)
    return award


@act("award_withdrawn", words="withdraw an award", by=(Role.BROKER,))
def withdraw_award(work: Work, *, award_id: str, reason: str) -> Award:
    """Take an award back; the package looks for a provider again and the award stays on file as withdrawn.

    Raises:
        RuleError: no reason is given, or it was withdrawn before.
    """
    award = work.of(Award).get(award_id)
    if award.withdrawn_at is not None:
        raise RuleError("This award was withdrawn before.")
    if not reason.strip():
        raise RuleError("Say why the award is withdrawn; the register keeps it.")
    package = work.of(Package).get(award.package_id)
    journey.void_decisions(work, package.id)
    capacity.release(work, package.id)
    if _was_agreed(work.unit, award):
        notice_desk.end_duties(work, package, award)
        work.cite("R058", "R064")
    else:
        notice_desk.drop_duties(work, package, reason)
    # Its round is spent: whoever offered then may have filled the place since, so providers are asked anew.
    asked = work.of(Round).get(award.round_id)
    work.of(Round).replace(replace(asked, status=RoundStatus.WITHDRAWN))
    work.note(reference=package.reference)
    journey.stamp(work, package.id, Step.AWARD, f"Award to {award.provider} withdrawn: {reason}")
    journey.move(work, package, PackageStatus.NEEDS_PROVIDER)
    return work.of(Award).replace(replace(award, withdrawn_at=work.at, withdrawn_reason=reason))


def _was_agreed(unit: UnitOfWork, award: Award) -> bool:
    """Whether the provider had signed the agreement too, so that a contract was entered into."""
    return any(unit.of(FiledLetter).find(award_id=award.id, agreement=Agreement.AGREED))


def _choice(unit: UnitOfWork, package: Package) -> Choice:
    choice = journey.current_choice(unit, package.id)
    if choice is None:
        raise RuleError(f"No choice is recorded for {package.reference} yet. Record what was chosen first.")
    return choice


def _gate_facts(desk: Desk, unit: UnitOfWork, package: Package, stated: AwardFacts, on: date) -> GateFacts:
    framework, choice = journey.framework_of(unit, package), _choice(unit, package)
    asked, offer = unit.of(Round).get(choice.round_id), unit.of(Offer).get(choice.offer_id)
    known = unit.directory.known([offer.location_id]).get(offer.location_id)
    invitations = journey.invitations_of(unit, asked.id)
    member = _member(unit, framework, package, invitations, offer)
    ids = brokers.brokers_of(unit, package, choice)
    return GateFacts(
        on=on, rulebook=desk.rulebook, need=package.need, package_broker_id=package.created_by,
        framework=framework, member=member, location=registered_location(known), asked=asked,
        suspensions=_suspensions(unit, framework, offer.location_id),
        invitations=_that_went_out(invitations), offer=offer, offers=journey.offers_of(unit, asked.id),
        scored_weights=replays.weights_scored_by(unit, asked), choice=choice,
        approval=journey.current_approval(unit, package.id),
        annual_cost=approval_rules.annual_spend(choice_rules.net_weekly(offer, package.need)),
        exclusion=exclusions.check_at_award(unit, package.id, offer.location_id), stated=stated,
        picked=cascading.picked_in(unit, package, asked),
        refusal_letter=journey.refusal_letter(unit, package.id),
        refused=journey.standing_refusal(unit, package.id),
        availability=_availability(desk, unit, choice),
        broker_names=brokers.names_of(unit, ids), broker_ids=ids,
        **_law_facts(desk, unit, package, asked, offer), **_approval_facts(desk, unit, package, choice, on),
    )  # fmt: skip


def _member(
    unit: UnitOfWork, framework: Framework, package: Package, invitations: tuple[Invitation, ...],
    offer: Offer,
) -> Member:  # fmt: skip
    if not offer.is_outside:
        invited = next(i for i in invitations if i.location_id == offer.location_id)
        return unit.of(Member).get(invited.member_id)
    known = unit.directory.known([offer.location_id]).get(offer.location_id)
    provider_id = (known.facts.provider_id if known else None) or ""
    return member_outside(framework, journey.lot_of(framework, package), offer, provider_id)


def _availability(desk: Desk, unit: UnitOfWork, choice: Choice) -> Availability:
    """What the ledger said of the options when the choice was made. Source: docs/rules.md R087."""
    holds = (
        hold for option in choice.options for hold in unit.of(Reservation).find(offer_id=option.offer_id)
    )
    unsuitable = choice.record.unsuitable if choice.record else ()
    known = unit.directory.known({option.location_id for option in choice.options}).values()
    wait = desk.rulebook.number("affordable_wait_days", paper_facts.local_day(choice.made_at))
    then = Availability(at=choice.made_at, holds=tuple(holds), wait_days=wait).without(unsuitable)
    return then.knowing(held.facts for held in known)


def _law_facts(
    desk: Desk, unit: UnitOfWork, package: Package, asked: Round, offer: Offer
) -> dict[str, Any]:
    """What is kept of route, notices, claims, leave, interests and capacity."""
    claims = unit.of(Claim).find(package_id=package.id)
    leave = unit.of(GateOverride).find(package_id=package.id, location_id=offer.location_id)
    return {
        "decision": route_decisions.current_route(unit, package.id),
        # What was published for an award that was withdrawn since says nothing of this one.
        "notices": tuple(n for n in notice_desk.notices_of(unit, package.id) if not n.award_id),
        "standstill_ends_on": notice_desk.standstill_end(unit, package.id, offer.location_id),
        "failed_round": route_decisions.failed_round(unit, package),
        "claims": claims,
        "has_open_claim": any(claim.settled_on is None for claim in claims),
        "overrides": leave,
        "conflicts": unit.of(ConflictDeclaration).find(round_id=asked.id, is_current=True),
        "reservations": unit.of(Reservation).find(offer_id=offer.id),
        "splitting": route_decisions.splitting_of(desk, unit, package, offer),
    }


def _approval_facts(
    desk: Desk, unit: UnitOfWork, package: Package, choice: Choice, on: date
) -> dict[str, Any]:
    """What the levels ask for and what is there, by the levels in force on the day of the approval."""
    approval = journey.current_approval(unit, package.id)
    day = approval.decided_on if approval else on
    found = approval_levels.asked(unit, desk.rulebook, package, choice, day)
    # Levels that were set after the approval leave it as it was.
    is_older = approval is not None and found.scheme is not None and approval.made_at < found.scheme.made_at
    return {
        "signings": () if is_older else found.signings, "signatures": found.signatures, "panel": found.panel,
        "executive": found.executive,
    }  # fmt: skip


def _suspensions(unit: UnitOfWork, framework: Framework, location_id: str) -> tuple[Suspension, ...]:
    return tuple(s for s in journey.suspensions_of(unit, framework) if s.location_id == location_id)


def _that_went_out(invitations: tuple[Invitation, ...]) -> tuple[Invitation, ...]:
    return tuple(held for held in invitations if held.invited_at is not None)


def _award(work: Work, package: Package, choice: Choice, read: GateFacts, rows: tuple[GateRow, ...]) -> Award:
    offer, approval, check = read.offer, read.approval, read.exclusion
    if approval is None or check is None:
        raise AssertionError("the gate lets no award through without approval and exclusion check")
    starts_on = max(offer.starts_on, package.need.starts_on)
    invitation = next((i for i in read.invitations if i.location_id == offer.location_id), None)
    return Award(
        id=work.new_id(), package_id=package.id, round_id=read.asked.id, offer_id=offer.id,
        choice_id=choice.id, approval_id=approval.id, location_id=offer.location_id,
        provider_id=read.member.provider_id, provider=offer.provider, cohort=package.need.cohort.value,
        framework_id=read.framework.id, framework_reference=read.framework.reference, lot=read.lot.name,
        method=read.asked.asking.value, tier=invitation.tier if invitation else None,
        facts=read.stated, gate=rows,
        weekly_cost=offer.weekly_cost, annual_cost=read.annual_cost, starts_on=starts_on,
        ends_on=_last_day(read, starts_on),
        exclusion_checked_on=check.checked_on, activity=read.activity or "none needed for this service",
        rating=rating_of(read.location),
        directory_dated_on=read.location.dated_on if read.location else None, made_at=work.at,
        made_by=work.officer.id, off_rank=off_rank_code(read) if read.asked.has_ladder else "",
    )  # fmt: skip


def _last_day(read: GateFacts, starts_on: date) -> date | None:
    """The expected end, or the end that an urgent award was decided for. Source: docs/rules.md R011, R047."""
    expected = paper_facts.ends_on(replace(read.need, starts_on=starts_on))
    is_urgent = read.stated.route is Route.URGENT and read.decision is not None
    urgent_end = read.decision.ends_on if is_urgent and read.decision else None
    return expected if expected is not None else urgent_end


def offered_prices(unit: UnitOfWork, package: Package, award: Award) -> tuple[Framework, Lot, pricing.Rates]:
    """The framework edition, the lot and the prices that the awarded offer was made at. Source: R148."""
    framework = unit.of(Framework).get(award.framework_id)
    offer = unit.of(Offer).get(award.offer_id)
    asked_on = paper_facts.local_day(offer.received_at)
    rates = offers.offered_rates(
        unit, framework, package, offer.location_id, offer.rate, offer.rates, asked_on
    )
    lot = journey.lot_of(framework, package)
    return framework, lot, pricing.as_offered(lot, rates, offer.rate, offer.nights)
