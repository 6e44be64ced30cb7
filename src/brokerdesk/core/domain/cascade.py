"""The cascade of asking: who may still answer, who let the time pass, who is next and what is to be done."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum

from brokerdesk.core.domain.framework import Framework
from brokerdesk.core.domain.framework_rules import Opens, Order, Pick, Rung
from brokerdesk.core.domain.sourcing import Invitation, InvitationStatus, Round, RoundStatus


class Move(Enum):
    """What is to be done now; each but `WAIT` and `OVER` is for the broker to do."""

    WAIT = "wait"
    """Somebody may still answer."""
    ASK = "ask"
    """Ask those who are next."""
    OPEN_RUNG = "open the next rung"
    """Those who are next stand on a rung that the broker opens with a reason."""
    OPEN_SPOT = "go outside the framework"
    """Everyone on the framework was asked; a provider outside it may be asked on a coded ground."""
    CLOSE = "close"
    """Close the round: its offers can be opened."""
    END = "end"
    """Nobody offered and nobody is left to ask."""
    OVER = "over"
    """The round is closed or withdrawn."""


@dataclass(frozen=True, slots=True)
class Cascade:
    """Where a round on a ladder stands at a moment."""

    move: Move
    awaited: tuple[Invitation, ...] = ()
    """Those who may still answer."""
    lapsed: tuple[Invitation, ...] = ()
    """Those whose time ran out without an answer, though nobody has noted it yet."""
    following: tuple[Invitation, ...] = ()
    """Those who are asked next: now where the move says so, else if nobody awaited offers."""
    rung: int = 0
    """On which rung they stand; the rung under way where nobody follows."""
    passed_over: tuple[Invitation, ...] = ()
    """Those before them who would be passed over by a skip rule."""
    until: datetime | None = None
    """When the last of those awaited has run out of time."""


@dataclass(frozen=True, slots=True)
class _Facts:
    asked: Round
    invitations: tuple[Invitation, ...]
    offered: Collection[str]
    to_skip: Collection[str]

    @property
    def ladder(self) -> tuple[Rung, ...]:
        return self.asked.rules.ladder


def look(
    asked: Round, invitations: Iterable[Invitation], *, offered: Collection[str], now: datetime,
    to_skip: Collection[str] = (),
) -> Cascade:  # fmt: skip
    """Where a round on a ladder stands.

    One at a time is asked on a rung by rank or rotation; a rung that is asked all at once has one deadline.
    The next rung opens when this one is exhausted without an offer, and by the broker's reason where its
    rule says so. Source: docs/rules.md R024, R050.

    Args:
        asked: the round, with the rules that it opened with.
        invitations: all of it.
        offered: ids of the invitations with an offer that came in time.
        now: the moment.
        to_skip: ids of those still waiting whom a skip rule of their rung passes over.
    """
    held = tuple(sorted(invitations, key=lambda invitation: (invitation.rung, invitation.rank)))
    facts = _Facts(asked, held, offered, to_skip)
    if asked.status is not RoundStatus.OPEN:
        return Cascade(Move.OVER, rung=asked.rung)
    out = [i for i in held if i.status is InvitationStatus.ASKED]
    awaited = tuple(i for i in out if i.answer_by is not None and i.answer_by >= now)
    lapsed = tuple(i for i in out if i not in awaited)
    until = max((i.answer_by for i in awaited if i.answer_by), default=None)
    move, following, rung = _onward(facts)
    if awaited:
        move = Move.WAIT
    return Cascade(move, awaited, lapsed, following, rung, _passed(facts, following, rung), until)


def _passed(facts: _Facts, following: tuple[Invitation, ...], rung: int) -> tuple[Invitation, ...]:
    """Those whom a skip rule passes over before the ones that follow; all of them where nobody follows."""
    passed = tuple(i for i in facts.invitations if i.id in facts.to_skip and _waits(i))
    if not following:
        return passed
    is_together = facts.ladder[rung].order is Order.ALL_AT_ONCE
    return tuple(
        i
        for i in passed
        if i.rung < rung or (i.rung == rung and (is_together or i.rank < following[0].rank))
    )


def _waits(held: Invitation) -> bool:
    return held.status is InvitationStatus.WAITING


def _onward(facts: _Facts) -> tuple[Move, tuple[Invitation, ...], int]:
    """What would be done if nobody were awaited."""
    place = facts.asked.rung
    rung, has_offer = facts.ladder[place], bool(facts.offered)
    here = _next_on(facts, place)
    if has_offer and (rung.pick is Pick.FIRST_ACCEPTANCE or not here):
        return Move.CLOSE, (), place
    if here:
        return Move.ASK, here, place
    return _above(facts, place)


def _above(facts: _Facts, place: int) -> tuple[Move, tuple[Invitation, ...], int]:
    needs_reason = False
    for higher in range(place + 1, len(facts.ladder)):
        needs_reason = needs_reason or facts.ladder[higher - 1].opens_next is Opens.BROKER
        if facts.ladder[higher].is_spot:
            return Move.OPEN_SPOT, (), higher
        if found := _next_on(facts, higher):
            return Move.OPEN_RUNG if needs_reason else Move.ASK, found, higher
    return Move.END, (), place


def _next_on(facts: _Facts, place: int) -> tuple[Invitation, ...]:
    able = tuple(
        i
        for i in facts.invitations
        if i.rung == place and _waits(i) and i.id not in facts.to_skip
    )
    return able if facts.ladder[place].order is Order.ALL_AT_ONCE else able[:1]


def hours_of(rung: Rung, framework: Framework, *, is_urgent: bool) -> Decimal | None:
    """Time to answer on a rung; the framework's own where it states none. Source: docs/rules.md R024."""
    own = rung.hours_urgent if is_urgent else rung.hours_standard
    stated = framework.response_hours_urgent if is_urgent else framework.response_hours_standard
    if own is not None:
        return own
    return None if stated is None else Decimal(stated)
