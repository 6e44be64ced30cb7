"""The hard blocks 1 and 2: the route, the notices that come first, standstill and claims."""

from __future__ import annotations

from datetime import date, timedelta

from brokerdesk.core.domain.award import AwardFacts, GateRow
from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.gate_facts import GateFacts, advice, met, passes_by, stop
from brokerdesk.core.domain.notices import needs_notice_before_award, needs_notice_before_signing
from brokerdesk.core.domain.route_decision import WAY_WORDS, RouteDecision, Way
from brokerdesk.core.domain.routes import ROUTE_WORDS, check_route, value_words
from brokerdesk.core.domain.sourcing import Asking


def route_row(facts: GateFacts) -> GateRow:
    """Block 1: the route may be taken. Source: R002, R005, R007, R011, R014, R039, R047, R122."""
    title = "Award route"
    problem = contradiction(facts) or check_route(facts.route_facts, facts.stated)
    if problem:
        return stop(1, problem[0], title, problem[1])
    name, provision = ROUTE_WORDS[facts.stated.route]
    decided = f" Decided on {_day(facts.decision)}." if facts.decision else ""
    return met(
        1, "R005", title,
        f"{name} ({provision}). {value_words(facts.value)}. {facts.stated.reason.strip()}{decided}",
    )  # fmt: skip


def _day(decision: RouteDecision) -> str:
    return in_words(decision.decided_at.date())


def contradiction(facts: GateFacts) -> tuple[str, str] | None:
    """Where the award's facts contradict the route decision that is kept, rule and sentence; else none.

    Source: docs/rules.md R005, R040, R047.
    """
    decision, stated = facts.decision, facts.stated
    if decision is None:
        return None
    if stated.route is not decision.route:
        return "R005", (
            f"The route decided on {_day(decision)} is {ROUTE_WORDS[decision.route][0].lower()}, and the "
            f"award states {ROUTE_WORDS[stated.route][0].lower()}. Award by the route decided, or decide it "
            "again."
        )
    if decision.ground and stated.ground.strip() and stated.ground.strip() != decision.ground:
        return "R040", (
            f"The route was decided on the ground “{decision.ground}”, and the award states "
            f"“{stated.ground.strip()}”. Use the ground decided, or decide the route again."
        )
    return _asked_otherwise(facts, decision) or _runs_on(facts, decision)


def _asked_otherwise(facts: GateFacts, decision: RouteDecision) -> tuple[str, str] | None:
    """A competition that was not held, or an order that was not kept; a ladder may mix both."""
    if facts.asked.rules.ladder:
        return None
    asked = {Way.CALL_OFF: Asking.RANK_ORDER, Way.MINI_COMPETITION: Asking.ALL_AT_ONCE}.get(decision.way)
    if asked is None or asked is facts.asked.asking:
        return None
    how = "one member after another" if facts.asked.asking is Asking.RANK_ORDER else "all members at once"
    return "R005", (
        f"The route decided is “{WAY_WORDS[decision.way]}”, and the round asked {how}. "
        "Decide the route again, or ask again in the way decided."
    )


def _runs_on(facts: GateFacts, decision: RouteDecision) -> tuple[str, str] | None:
    """Urgent care that is to last beyond its end date. Source: docs/rules.md R047."""
    last, weeks = decision.ends_on, facts.need.expected_weeks
    if last is None or weeks is None:
        return None
    ends_on = facts.offer.starts_on + timedelta(days=7 * weeks - 1)
    if ends_on <= last:
        return None
    return "R047", (
        f"The urgent award was decided until {in_words(last)}, and the care is to last until "
        f"{in_words(ends_on)}. Shorten it, or decide the route again for what comes after."
    )


def transparency_row(facts: GateFacts) -> GateRow:
    """Block 1: a direct award is announced first. Source: docs/rules.md R043, R056."""
    title, route = "Transparency notice", facts.stated.route
    if not needs_notice_before_award(route, facts.value):
        return passes_by(1, "R056", title, f"Only before a direct award of a public contract; {_here(facts)}")
    held = facts.published("UK5")
    reference = facts.stated.transparency_notice.strip() or (held.reference if held else "")
    if not reference:
        return stop(
            1, "R056", title,
            f"{value_words(facts.value)}, and it is awarded directly, so a transparency notice (UK5) must be "
            "published first. Publish it and record its reference.",
        )  # fmt: skip
    return met(1, "R056", title, f"UK5 {reference}{_on(held.done_on if held else None)}")


def _here(facts: GateFacts) -> str:
    return f"this is {ROUTE_WORDS[facts.stated.route][0].lower()}"


def _on(day: date | None) -> str:
    return f", published on {in_words(day)}" if day else ""


def notice_row(facts: GateFacts) -> GateRow:
    """Block 1 and 2: the notice that must come before signing. Source: docs/rules.md R043, R057."""
    title = "Notice before signing"
    if not needs_notice_before_signing(facts.stated.route, facts.value):
        why = (
            f"No notice comes first: {ROUTE_WORDS[facts.stated.route][0].lower()}, {value_words(facts.value)}"
        )
        return passes_by(1, "R057", title, why)
    held = facts.published("UK6")
    reference = facts.stated.notice.strip() or (held.reference if held else "")
    if not reference:
        return stop(
            1, "R057", title,
            f"{value_words(facts.value)}, so a contract award notice (UK6) must be published before signing. "
            "Publish it and record its reference.",
        )  # fmt: skip
    when = _on(held.done_on if held else None)
    return met(1, "R057", title, f"UK6 {reference}{when}. {value_words(facts.value)}")


def standstill_row(facts: GateFacts) -> GateRow:
    """Block 2: no announced standstill is running and no claim is open. Source: R069, R071, R072, R073."""
    title = "Standstill"
    if facts.has_open_claim:
        who = ", ".join(claim.by for claim in facts.claims if claim.settled_on is None)
        by = f" by {who}" if who else ""
        return stop(
            2, "R073", title,
            f"A claim notified in standstill{by} is still open. Settle it before you sign.",
        )  # fmt: skip
    ends_on = facts.standstill_ends_on
    if ends_on is None:
        return passes_by(2, "R071", title, "Not required for light touch care, and none was announced")
    if facts.on <= ends_on:
        first = in_words(ends_on + timedelta(days=1))
        return stop(
            2,
            "R071",
            title,
            f"The standstill that was announced runs to {in_words(ends_on)}. Sign from {first}.",
        )
    return met(2, "R071", title, f"It ended on {in_words(ends_on)}")


def split_row(facts: GateFacts) -> GateRow:
    """A warning where one person's care is cut into short awards. Source: docs/rules.md R012."""
    title = "Valued as one contract"
    if not facts.splitting:
        return passes_by(None, "R012", title, "No award of this person to this provider comes just before it")
    reason = facts.decision.answer("split") if facts.decision else ""
    kept = f". Reason kept: {reason}" if reason and reason != "individual" else ""
    return advice(None, "R012", title, f"{facts.splitting}{kept}")


def urgency_row(facts: GateFacts) -> GateRow:
    """A warning where an urgent award has no kept answers. Source: docs/rules.md R047, R048."""
    title, decision = "Urgent award", facts.decision
    if facts.stated.route.value != "URGENT":
        return passes_by(None, "R047", title, "The award does not rest on urgency")
    if decision is None or decision.ends_on is None:
        return advice(
            None, "R047", title,
            "Why it is strictly necessary, unforeseeable and not our doing is not on file. Decide the route.",
        )  # fmt: skip
    return met(
        None, "R047", title,
        f"{decision.answer('urgent_necessary')} Until {in_words(decision.ends_on)} and no longer",
    )  # fmt: skip


def facts_from(decision: RouteDecision) -> AwardFacts:
    """What the award states by itself once its route is decided. Source: docs/rules.md R005, R042."""
    return AwardFacts(
        route=decision.route,
        reason=decision.explanation,
        ground=decision.ground,
        block_contract=decision.answer("block_contract"),
        preference_said_by=decision.answer("said_by"),
        preference_said_on=decision.day("said_on"),
        preference_said_how=decision.answer("said_how"),
        best_interests=decision.answer("best_interests"),
    )
