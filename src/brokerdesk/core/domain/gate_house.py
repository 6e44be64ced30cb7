"""The house's and the framework's own rules at the award gate."""

from __future__ import annotations

from datetime import date

from brokerdesk.core.domain.approval_rules import approval_stands, check_approver, doubtful_approver
from brokerdesk.core.domain.award import GateRow
from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.capacity_ledger import ReservationStatus
from brokerdesk.core.domain.eligibility import (
    NOT_RATED,
    Candidate,
    rating_of,
    rule_of_term,
    suspension_on,
)
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.gate_facts import GateFacts, advice, met, passes_by, stop
from brokerdesk.core.domain.gate_signing import split_row, urgency_row
from brokerdesk.core.domain.london import london_day
from brokerdesk.core.domain.notice_due import GateOverride
from brokerdesk.core.domain.outside import outside_row
from brokerdesk.core.domain.record_rules import record_problem
from brokerdesk.core.domain.routes import coded_ground
from brokerdesk.core.domain.rulebook import Rulebook, coded


def house_rows(facts: GateFacts) -> tuple[GateRow, ...]:
    """The framework's term, suspension, rating, ceiling, the choice, the approval and the start."""
    return (
        outside_row(facts),
        term_row(facts),
        suspension_row(facts),
        rating_row(facts),
        late_row(facts),
        ceiling_row(facts),
        choice_row(facts),
        approval_row(facts),
        interests_row(facts),
        capacity_row(facts),
        split_row(facts),
        urgency_row(facts),
        start_row(facts),
    )


def grounds(facts: GateFacts) -> dict[str, str]:
    """The coded grounds for an award that no live framework covers, with their meaning. Source: R040."""
    return coded_grounds(facts.rulebook, facts.on)


def coded_grounds(rulebook: Rulebook, on: date) -> dict[str, str]:
    """The coded grounds in force on a day, with their meaning. Source: docs/rules.md R040."""
    return coded(rulebook.policy("award_grounds", on))


def term_row(facts: GateFacts) -> GateRow:
    """No call-off from a framework that is not live, but on a coded ground. Source: R003, R005, R040."""
    title, framework = "Live framework", facts.framework
    rule = rule_of_term(framework)
    if facts.offer.is_outside:
        return passes_by(None, rule, title, "Nothing is called off from a framework")
    if framework.is_live(facts.on):
        return met(None, rule, title, f"{framework.name} runs to {in_words(framework.last_day)}")
    ended = (
        f"{framework.name} ended on {in_words(framework.last_day)}"
        if facts.on > framework.last_day
        else f"{framework.name} begins on {in_words(framework.starts_on)}"
    )
    known = grounds(facts)
    code = coded_ground(facts.stated.ground)
    if not code:
        return stop(
            None,
            rule,
            title,
            f"{ended}, so nothing can be called off from it. Give one of the coded grounds.",
        )
    if code not in known:
        return stop(
            None,
            rule,
            title,
            f"{ended}, and “{facts.stated.ground}” is not a coded ground. Use one of: {', '.join(known)}.",
        )
    return advice(None, rule, title, f"{ended}. Ground: {known[code]}")


def suspension_row(facts: GateFacts) -> GateRow:
    """Not suspended, and not removed, on the day of award. Source: docs/rules.md R033, R105."""
    title = "Not suspended"
    held = Candidate(member=facts.member, suspensions=facts.suspensions)
    found = suspension_on(held, facts.on, lot=facts.lot.name, zones=facts.zones)
    if found is None:
        return met(None, "R105", title, f"No suspension covers {in_words(facts.on)}")
    if found.is_removal:
        return stop(
            None, "R033", title,
            f"{facts.offer.provider} was removed from {facts.framework.name} on {in_words(found.from_on)}: "
            f"{found.reason}. Award to another provider.",
        )  # fmt: skip
    until = "until lifted" if found.to_on is None else f"to {in_words(found.to_on)}"
    leave = override_for(facts, "R105")
    if leave is not None:
        return advice(None, "R105", title, f"Suspended {until}: {found.reason}. {leave_words(leave)}")
    return stop(
        None, "R105", title,
        f"{facts.offer.provider} is suspended from {in_words(found.from_on)} {until}: {found.reason}. "
        "Award to another provider, have the suspension lifted, or record a named manager’s leave.",
    )  # fmt: skip


def rating_row(facts: GateFacts) -> GateRow:
    """What the CQC rating does, by the council's policy. Source: docs/rules.md R119."""
    title, rating = "CQC rating", rating_of(facts.location)
    policy = facts.rulebook.rating_policy(rating or NOT_RATED, facts.on)
    dated = facts.location.rating_on if facts.location else None
    words = f"{rating or 'Not rated'}{f', {in_words(dated)}' if dated else ''}"
    if policy == "block":
        leave = override_for(facts, "R119")
        if leave is not None:
            return advice(None, "R119", title, f"{words}. {leave_words(leave)}")
        return stop(
            None, "R119", title,
            f"{facts.offer.provider} is rated {words}. Award to another provider, or record a director’s "
            "leave.",
        )  # fmt: skip
    if policy == "warn" or rating is None:
        return advice(None, "R119", title, words)
    return met(None, "R119", title, words)


def late_row(facts: GateFacts) -> GateRow:
    """The offer came in time, or was admitted with a reason on file. Source: docs/rules.md R024."""
    title = "Offer in time"
    if facts.offer.admitted_because:
        return met(None, "R024", title, f"Late, and admitted: {facts.offer.admitted_because}")
    if facts.offer.is_late:
        return stop(
            None,
            "R024",
            title,
            f"The offer of {facts.offer.provider} came late. Choose one that came in time.",
        )
    return met(
        None,
        "R024",
        title,
        f"Received on {in_words(london_day(facts.offer.received_at))}, before the deadline",
    )


def ceiling_row(facts: GateFacts) -> GateRow:
    """An offer above the lot's ceiling has its exception."""
    title, offer = "Within the ceiling", facts.offer
    if offer.ceiling is None:
        return passes_by(None, None, title, "The lot has no ceiling")
    if not offer.is_above_ceiling:
        return met(None, None, title, f"The lot’s ceiling is {offer.ceiling.shown}")
    if not facts.stated.exception.strip():
        over = "" if offer.rate is None else f"{(offer.rate - offer.ceiling).shown} "
        return stop(
            None, None, title,
            f"This offer is {over}above the ceiling of {offer.ceiling.shown} for {facts.lot.name}. "
            "Ask the provider to revise it, or record an exception.",
        )  # fmt: skip
    return advice(
        None, None, title, f"Above {offer.ceiling.shown}; exception: {facts.stated.exception.strip()}"
    )


def choice_row(facts: GateFacts) -> GateRow:
    """A choice of this very offer is on file. Source: docs/rules.md R110, R113."""
    title, choice = "Choice recorded", facts.choice
    if choice is None or not choice.is_current:
        return stop(
            None,
            "R110",
            title,
            "No choice is recorded. Put the options to the person and record what was chosen.",
        )
    if choice.offer_id != facts.offer.id:
        return stop(
            None,
            "R110",
            title,
            f"{choice.provider} was chosen, not {facts.offer.provider}. Award what was chosen.",
        )
    problem = choice.record and record_problem(choice.record, choice.by, choice.authority, facts.need)
    if problem:
        return stop(None, problem[0], title, problem[1])
    return met(
        None,
        "R110",
        title,
        f"{choice.provider}, by {choice.by.value.replace('_', ' ')}. {choice.reason}".strip(),
    )


def approval_row(facts: GateFacts) -> GateRow:
    """Someone else approved this very spend, within her limit: a rule of the house."""
    title, approval, choice = "Someone else approved", facts.approval, facts.choice
    problem = approval_stands(approval, choice, facts.annual_cost)
    if problem or approval is None or choice is None:
        return stop(None, None, title, problem)
    try:
        check_approver(
            approver_id=approval.approver_id, approver_name=approval.approver_name, choice=choice,
            package_broker_id=facts.package_broker_id, broker_names=facts.broker_names,
            broker_ids=facts.broker_ids,
        )  # fmt: skip
    except RuleError as refusal:
        return stop(None, None, title, refusal.message)
    limit = "no limit on file" if approval.limit is None else f"limit {approval.limit.shown}"
    how = f", recorded from: {approval.evidence}" if approval.recorded_by else ""
    who = f"{approval.approver_name}, {limit}, on {in_words(approval.decided_on)}{how}"
    doubt = doubtful_approver(approval.approver_id, approval.approver_name, facts.broker_names)
    told = f"{who}. {facts.annual_cost.shown} a year"
    return advice(None, None, title, f"{told}. {doubt}") if doubt else met(None, None, title, told)


def override_for(facts: GateFacts, rule: str) -> GateOverride | None:
    """The leave that was given by that rule for this location, the latest. Source: R105, R119."""
    given = [held for held in facts.overrides if held.rule == rule and held.given_on <= facts.on]
    return given[-1] if given else None


def leave_words(leave: GateOverride) -> str:
    """Who allowed it, when and why."""
    return (
        f"Allowed by {leave.allowed_by}, {leave.post}, on {in_words(leave.given_on)}: {leave.reason.strip()}"
    )


def interests_row(facts: GateFacts) -> GateRow:
    """No declared interest is left open. Source: docs/rules.md R075."""
    title = "Interests settled"
    declared = [held for held in facts.conflicts if held.is_current]
    open_ones = [held for held in declared if not held.is_settled]
    if open_ones:
        held = open_ones[0]
        return stop(
            None, "R075", title,
            f"{held.officer_name} ({held.part}) declares an interest: {held.interest.strip()}. "
            "Another officer "
            "records what is done about it, or the work goes to someone else.",
        )  # fmt: skip
    if not declared:
        return passes_by(None, "R075", title, "Nobody has declared an interest in this round")
    names = ", ".join(f"{held.officer_name} ({held.part})" for held in declared)
    day = max(held.made_at for held in declared)
    return met(None, "R075", title, f"Declared by {names}, last on {in_words(london_day(day))}")


def capacity_row(facts: GateFacts) -> GateRow:
    """Whether the capacity that the offer held is still held."""
    title = "Capacity still held"
    if not facts.reservations:
        return passes_by(None, None, title, "No hours or bed are held for this offer")
    held = facts.reservations[-1]
    what = f"{held.amount:f} {held.unit}"
    if held.status is ReservationStatus.HELD:
        until = f" until {in_words(london_day(held.until))}" if held.until else ""
        return met(None, None, title, f"{what} held{until}")
    return advice(None, None, title, f"{what} were held and are {held.status.value}. Ask the provider again")


def start_row(facts: GateFacts) -> GateRow:
    """When care begins, seen from the day of award."""
    title, starts_on = "Start date", facts.offer.starts_on
    if starts_on < facts.on:
        return advice(None, None, title, f"Care began on {in_words(starts_on)}, before this award")
    return met(None, None, title, f"Starts on {in_words(starts_on)}")
