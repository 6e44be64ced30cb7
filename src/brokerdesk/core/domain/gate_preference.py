"""Hard block 5 at the award gate: what an award that rests on the person’s own choice needs."""

from __future__ import annotations

from brokerdesk.core.domain.award import AwardFacts, GateRow, Route
from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.choice import ChosenBy
from brokerdesk.core.domain.gate_facts import GateFacts, met, passes_by, stop
from brokerdesk.core.domain.routes import coded_ground

_SINGLE_SUPPLIER = "single_supplier"


def user_choice_row(facts: GateFacts) -> GateRow:
    """Block 5: user choice has its preference and best-interests reason. Source: docs/rules.md R042, R045."""
    title, stated = "The person’s preference", facts.stated
    if stated.route is not Route.USER_CHOICE:
        return passes_by(5, "R042", title, "The award does not rest on user choice")
    problem = _preference_problem(facts) or _single_problem(facts)
    if problem:
        return stop(5, "R042", title, problem)
    if not stated.best_interests.strip():
        return stop(
            5,
            "R042",
            title,
            "User choice needs the reason why a competition is not in the person’s best interests. Write it.",
        )
    said = (
        f"Said by {stated.preference_said_by} on {in_words(stated.preference_said_on)}, "
        f"{stated.preference_said_how}"
        if _says_preference(stated) and stated.preference_said_on
        else f"Only one supplier can provide it: {_why_single(facts)}"
    )
    below = (
        ""
        if facts.value.is_above_threshold
        else " Below the threshold the council’s own rules would do (R045)."
    )
    return met(5, "R042", title, f"{said}. {stated.best_interests.strip()}{below}")


def _says_preference(stated: AwardFacts) -> bool:
    return bool(
        stated.preference_said_by.strip() and stated.preference_said_on and stated.preference_said_how.strip()
    )


def _is_single(facts: GateFacts) -> bool:
    return coded_ground(facts.stated.ground) == _SINGLE_SUPPLIER and not _says_preference(facts.stated)


def _why_single(facts: GateFacts) -> str:
    return facts.decision.answer("single_why").strip() if facts.decision else ""


def _preference_problem(facts: GateFacts) -> str:
    """Why the preference does not carry this award; empty where it does. Source: docs/rules.md R042."""
    stated, preferred = facts.stated, facts.need.preferred_location_id
    said_on = stated.preference_said_on
    if _is_single(facts):
        return ""
    if not _says_preference(stated):
        return "User choice needs the preference: who said it, on what day and how. Record all three."
    if said_on is not None and said_on > facts.on:
        return f"The preference is dated {in_words(said_on)}, after today. Correct the day."
    if preferred is not None and preferred != facts.offer.location_id:
        return (
            f"The person’s preference on file is for {preferred}, and {facts.offer.provider} is at "
            f"{facts.offer.location_id}. Award what is preferred, correct the need, or choose another route."
        )
    if preferred is None and facts.choice is not None and facts.choice.by is ChosenBy.BROKER:
        return (
            f"Nothing on file says that {facts.offer.provider} is preferred, and the broker chose "
            "it. Record the "
            "preferred provider in the need, or choose another route."
        )
    return ""


def _single_problem(facts: GateFacts) -> str:
    """Why “only one supplier can” does not carry this award; empty where it does. Source: R042."""
    if not _is_single(facts):
        return ""
    if not _why_single(facts):
        return "Why only one supplier can provide it is not on file. Decide the route, which asks for it."
    others = facts.other_providers
    if not others:
        return ""
    return (
        f"{', '.join(others)} offered too, so not only one supplier can provide it. Choose another route, or "
        "record with the choice why each is not suitable."
    )
