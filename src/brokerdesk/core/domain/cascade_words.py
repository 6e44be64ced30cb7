"""What a cascade says is to be done, in sentences."""

from __future__ import annotations

from datetime import datetime

from brokerdesk.core.domain.cascade import Cascade, Move
from brokerdesk.core.domain.framework_rules import Order, Rung
from brokerdesk.core.domain.london import LONDON
from brokerdesk.core.domain.sourcing import Invitation


def due_sentence(standing: Cascade, ladder: tuple[Rung, ...]) -> str:
    """What is to be done now, after who let the time pass. Source: docs/rules.md R050."""
    return " ".join(filter(None, (lapsed_words(standing), _due(standing, ladder))))


def _due(standing: Cascade, ladder: tuple[Rung, ...]) -> str:
    rung = ladder[standing.rung].name
    match standing.move:
        case Move.WAIT:
            return f"{_awaited(standing)} until {_moment(standing.until)}." if standing.until else ""
        case Move.ASK:
            return f"Ask {who(standing, ladder)} now, {rung}."
        case Move.OPEN_RUNG:
            return f"{rung} is next: {who(standing, ladder)}. You open it, with a reason."
        case Move.OPEN_SPOT:
            return f"Everyone on the framework was asked. {rung}: outside it only on a coded ground."
        case Move.CLOSE:
            return "There is an offer. Close the round to open it."
        case Move.END:
            return "Nobody offered and nobody is left to ask. Close the round."
        case Move.OVER:
            return "The round is over."


def who(standing: Cascade, ladder: tuple[Rung, ...]) -> str:
    """Those who are next: one name, or how many where all are asked together."""
    following = standing.following
    if not following:
        return ""
    if ladder[standing.rung].order is Order.ALL_AT_ONCE and len(following) > 1:
        return f"all {len(following)}"
    return following[0].provider


def then_sentence(standing: Cascade, ladder: tuple[Rung, ...]) -> str:
    """Who follows if nobody awaited offers; empty while nobody is awaited or follows."""
    if standing.move is not Move.WAIT or not standing.following:
        return ""
    return f"Then {who(standing, ladder)}, {ladder[standing.rung].name}"


def lapsed_words(standing: Cascade) -> str:
    """Who let the time pass, and when it was over; empty where nobody did."""
    ended = [held for held in standing.lapsed if held.answer_by is not None]
    if not ended:
        return ""
    if len(ended) > 1:
        return f"{len(ended)} providers let the time pass."
    return f"{ended[0].provider} let the time pass, {_moment_of(ended[0])}."


def _awaited(standing: Cascade) -> str:
    if len(standing.awaited) == 1:
        return f"{standing.awaited[0].provider} may answer"
    return f"{len(standing.awaited)} providers may answer"


def _moment_of(held: Invitation) -> str:
    return "" if held.answer_by is None else _moment(held.answer_by)


def _moment(at: datetime) -> str:
    local = at.astimezone(LONDON)
    return f"{local:%a} {local.day} {local:%b}, {local:%H:%M}"
