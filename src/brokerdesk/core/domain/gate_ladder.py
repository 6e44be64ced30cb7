"""The framework's own order at the award gate: a ground outside it, and a reason where it was left."""

from __future__ import annotations

from brokerdesk.core.domain.award import GateRow, Route
from brokerdesk.core.domain.gate_facts import GateFacts, advice, met, passes_by, stop
from brokerdesk.core.domain.gate_house import grounds
from brokerdesk.core.domain.rulebook import coded
from brokerdesk.core.domain.sourcing import Invitation

_CALL_OFF = (Route.FRAMEWORK_S45, Route.PCR2015_CALLOFF)


def ladder_rows(facts: GateFacts) -> tuple[GateRow, ...]:
    """What the framework's own rules ask of an award; nothing for a round without them."""
    if not facts.asked.has_ladder or facts.offer.is_outside:
        return ()
    return ground_row(facts), order_row(facts)


def ground_row(facts: GateFacts) -> GateRow:
    """A coded ground outside the framework, or where every call-off needs one. Source: R040, R050."""
    title, rules = "Ground for going outside", facts.asked.rules
    is_outside = _invitation(facts).rung == _outside_rung(facts)
    if not is_outside and not rules.ground_needed:
        return passes_by(None, "R050", title, "A member of the framework was asked by its rules")
    why = "The provider is outside the framework" if is_outside else "Every call-off needs a coded ground"
    known = {code: words for code, words in grounds(facts).items() if code in (rules.grounds or (code,))}
    code = facts.stated.ground.strip() or facts.asked.ground
    if code not in known:
        named = f", and “{code}” is none of them" if code else ""
        return stop(None, "R050", title, f"{why}{named}. Give one of the coded grounds: {', '.join(known)}.")
    if is_outside and facts.stated.route in _CALL_OFF:
        return stop(
            None, "R050", title,
            f"{facts.offer.provider} is outside the framework, so nothing can be called off from it. "
            "Choose the route that the ground opens.",
        )  # fmt: skip
    return advice(None, "R050", title, f"{why}. Ground: {known[code]}")


def order_row(facts: GateFacts) -> GateRow:
    """The award goes to whom the framework's rule prefers, or a coded reason says why not. Source: R050."""
    title, picked = "In the framework’s order", facts.picked
    known = coded(facts.rulebook.policy("off_rank_reasons", facts.on))
    code = off_rank_code(facts)
    if picked is None or picked.offer_id == facts.offer.id:
        if _invitation(facts).off_rank:
            return advice(None, "R050", title, f"Asked before its turn: {known.get(code, code)}")
        steps = " ".join(picked.steps) if picked else ""
        return met(None, "R050", title, steps or "Asked and awarded as the framework’s rules say")
    first = f"By the framework’s rules {picked.provider} comes before {facts.offer.provider}"
    if code not in known:
        return stop(None, "R050", title, f"{first}. Give a coded reason: {', '.join(known)}.")
    return advice(None, "R050", title, f"{first}. Reason: {known[code]}")


def off_rank_code(facts: GateFacts) -> str:
    """Code of the reason for leaving the order; empty where it was kept. Source: docs/rules.md R050."""
    asked_early = _invitation(facts).off_rank
    left = facts.picked is not None and facts.picked.offer_id != facts.offer.id
    return (facts.stated.off_rank.strip() or asked_early) if left or asked_early else ""


def _invitation(facts: GateFacts) -> Invitation:
    return next(held for held in facts.invitations if held.id == facts.offer.invitation_id)


def _outside_rung(facts: GateFacts) -> int | None:
    ladder = facts.asked.rules.ladder
    return next((place for place, rung in enumerate(ladder) if rung.is_spot), None)
