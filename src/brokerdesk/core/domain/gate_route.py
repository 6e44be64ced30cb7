"""Hard block 1 at the award gate: the route, what was decided of it, and what each route must rest on."""

from __future__ import annotations

from datetime import timedelta

from brokerdesk.core.domain.award import GateRow, Route
from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.gate_facts import GateFacts, met, passes_by, stop
from brokerdesk.core.domain.psr_process import PSR_PROCESSES
from brokerdesk.core.domain.route_decision import WAY_WORDS, RouteDecision, Way
from brokerdesk.core.domain.routes import ROUTE_WORDS, check_route, coded_ground, direct_grounds, value_words
from brokerdesk.core.domain.sourcing import Asking

_DECIDED_FIRST = {
    Route.COMPETITIVE: "R005",
    Route.DIRECT_S41: "R039",
    Route.SWITCH_S43: "R049",
    Route.URGENT: "R047",
}
"""Routes whose evidence only the route decision asks for, where they lead to a public contract."""


def route_row(facts: GateFacts) -> GateRow:
    """Block 1: the route may be taken. Source: R002, R005, R007, R011, R014, R039, R047, R049, R122."""
    title = "Award route"
    problem = (
        contradiction(facts)
        or check_route(facts.route_facts, facts.stated)
        or _ended_framework(facts)
        or _unlisted_ground(facts)
        or _no_failed_competition(facts)
        or _undecided(facts)
    )
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


def _ended_framework(facts: GateFacts) -> tuple[str, str] | None:
    """A public contract called off from what is not live. Source: docs/rules.md R005."""
    is_call_off = facts.stated.route in (Route.FRAMEWORK_S45, Route.PCR2015_CALLOFF)
    is_live = facts.framework.is_live(facts.on)
    has_ground = bool(facts.stated.ground.strip())
    if not is_call_off or is_live or not has_ground or not facts.value.is_above_threshold:
        return None
    return "R005", (
        f"{facts.framework.name} is not live, and {value_words(facts.value)}: no ground makes "
        "such a contract a "
        "call-off. Decide the route by the ground itself, or compete it."
    )


def _unlisted_ground(facts: GateFacts) -> tuple[str, str] | None:
    """A direct award on a ground that is not among those listed. Source: docs/rules.md R039, R040."""
    if facts.stated.route is not Route.DIRECT_S41:
        return None
    listed = direct_grounds(facts.rulebook, facts.on)
    if coded_ground(facts.stated.ground) in listed:
        return None
    return "R039", (
        f"“{facts.stated.ground.strip()}” is not a listed ground of a direct award. "
        f"Name one of: {', '.join(listed)}; or choose another route."
    )


def _no_failed_competition(facts: GateFacts) -> tuple[str, str] | None:
    """A switch without a competition that brought no suitable tender. Source: docs/rules.md R049, R050."""
    if facts.stated.route is not Route.SWITCH_S43 or facts.failed_round:
        return None
    return "R049", (
        "No competition outside a live framework has closed without a suitable tender, so there "
        "is nothing to "
        "switch from. Choose another route; where a framework’s own round brought nothing, "
        "follow its next step."
    )


def _undecided(facts: GateFacts) -> tuple[str, str] | None:
    """A public contract whose route rests on answers that nobody gave. Source: R005, R039, R047, R049."""
    route = facts.stated.route
    rule = _DECIDED_FIRST.get(route)
    if rule is None or facts.decision is not None or not facts.value.is_above_threshold:
        return None
    return rule, (
        f"{value_words(facts.value)}, and what this route must rest on is not on file. Decide the "
        "route, which "
        "asks for it."
    )


def health_row(facts: GateFacts) -> GateRow:
    """Block 1: which process of the NHS regime it is. Source: docs/rules.md R016, R072."""
    title = "Process of the NHS regime"
    if facts.stated.route is not Route.PSR or check_route(facts.route_facts, facts.stated):
        return passes_by(1, "R016", title, "The NHS regime does not govern this award")
    chosen = facts.decision.answer("psr_process") if facts.decision else ""
    if chosen not in PSR_PROCESSES:
        return stop(
            1, "R016", title,
            "Whether this is direct award A, B or C, the most suitable provider process or a "
            "competition is not "
            "on file. Decide the route, which asks for it.",
        )  # fmt: skip
    if chosen == "direct_a" and facts.other_providers:
        return stop(
            1, "R016", title,
            f"{', '.join(facts.other_providers)} offered too, so not only one provider is "
            "capable. Decide the route "
            "again by the process that was followed.",
        )  # fmt: skip
    why = facts.decision.answer("psr_why") if facts.decision else ""
    return met(1, "R016", title, ". ".join(part for part in (PSR_PROCESSES[chosen], why) if part))
