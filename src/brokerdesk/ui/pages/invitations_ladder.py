"""A round on a ladder as the Invitations step shows it: what is due, the working clock, each rung."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from brokerdesk.core.domain.cascade import Move
from brokerdesk.core.domain.cascade_words import due_sentence, then_sentence, who
from brokerdesk.core.domain.sourcing import Invitation, InvitationStatus, Round, RoundStatus
from brokerdesk.core.domain.status import Standing
from brokerdesk.core.services.cascading import LadderLook
from brokerdesk.core.wording import say
from brokerdesk.ui.pages.invitations_texts import short_moment
from brokerdesk.ui.pages.page import Deed, Lamp, LampForm


@dataclass(frozen=True, slots=True)
class LadderDoing:
    """What the page can do while a round goes by its ladder."""

    record: Callable[[], object]
    ask_next: Callable[[], object]
    open_rung: Callable[[], object]
    ask_outside: Callable[[], object]
    close: Callable[[], object]
    save: Callable[[], object]


def lamp_of_ladder(asked: Round, seen: LadderLook, doing: LadderDoing) -> Lamp:
    """The one next step that the cascade proposes; the broker does it."""
    standing, ladder = seen.cascade, asked.rules.ladder
    sentence = due_sentence(standing, ladder)
    record, close = Deed(say("Record an answer"), doing.record), Deed(say("Close the round"), doing.close)
    match standing.move:
        case Move.WAIT:
            then = then_sentence(standing, ladder)
            told = f"{sentence} {then}." if then else sentence
            save = Deed(say("Save the papers"), doing.save)
            return Lamp(told, record, save, form=LampForm.WAITING, lead=say("Waiting"))
        case Move.ASK:
            return Lamp(sentence, Deed(say("Ask {who}", who=who(standing, ladder)), doing.ask_next), record)
        case Move.OPEN_RUNG:
            rung = ladder[standing.rung].name
            return Lamp(sentence, Deed(say("Open {rung}", rung=rung), doing.open_rung), record)
        case Move.OPEN_SPOT:
            return Lamp(sentence, Deed(say("Ask outside the framework"), doing.ask_outside), close)
        case Move.CLOSE | Move.END | Move.OVER:
            return Lamp(sentence, close, record if standing.lapsed else None)


def opens_sealed(asked: Round, seen: LadderLook) -> bool:
    """Whether what comes next is to open sealed offers, which is the round's own way and not the ladder's."""
    return asked.rules.is_sealed and seen.cascade.move is Move.CLOSE


def left_in_working_hours(asked: Round, seen: LadderLook) -> tuple[float, str, str]:
    """Share of the time left, the time in words, and what it is."""
    standing = seen.cascade
    if asked.status is not RoundStatus.OPEN:
        return 0, say("Closed"), ""
    if standing.until is None:
        return 0, say("Your turn"), say("nobody is awaited")
    minutes = seen.left_seconds // 60
    whole = max(1, asked.closes_after_hours * 3600)
    words = say("{hours} h {minutes:02d}", hours=minutes // 60, minutes=minutes % 60)
    under = say("working time left") if asked.rules.working_hours else say("left to answer")
    return min(1.0, seen.left_seconds / whole), words, under


def title_of_ladder(asked: Round, seen: LadderLook) -> str:
    """The card's title: the rung under way."""
    if asked.status is not RoundStatus.OPEN:
        return say("Round {number} is {status}", number=asked.number, status=asked.status.value)
    rung = asked.rules.ladder[asked.rung].name
    if seen.cascade.until is None:
        return say("Round {number}, {rung}: nobody is awaited", number=asked.number, rung=rung)
    until = short_moment(seen.cascade.until)
    return say("Round {number}, {rung}: until {until}", number=asked.number, rung=rung, until=until)


def line_of_ladder(asked: Round, seen: LadderLook) -> str:
    """Who is next, or that the clock stands outside working hours."""
    then = then_sentence(seen.cascade, asked.rules.ladder)
    working = asked.rules.working_hours
    if working is None:
        clock = say("The clock runs day and night.")
    else:
        clock = say(
            "The clock runs {opens} to {closes} on working days.",
            opens=f"{working.opens:%H:%M}", closes=f"{working.closes:%H:%M}",
        )  # fmt: skip
    return f"{then}. {clock}" if then else clock


def rungs_told(standing: Standing, asked: Round) -> str:
    """What happened at each rung, a line each."""
    return "\n".join(
        say("{rung}: {told}", rung=rung.name, told=_rung_told(standing.invitations, place, asked.rung))
        for place, rung in enumerate(asked.rules.ladder)
    )


def _rung_told(invitations: tuple[Invitation, ...], place: int, under_way: int) -> str:
    here = [held for held in invitations if held.rung == place]
    if not here:
        return say("nobody asked")
    told = ", ".join(
        f"{count} {words}"
        for status, words in _STATUS_WORDS.items()
        if (count := sum(held.status is status for held in here))
    )
    return told if place <= under_way else say("{told}, not opened", told=told)


_STATUS_WORDS = {
    InvitationStatus.WAITING: say("waiting"),
    InvitationStatus.ASKED: say("asked"),
    InvitationStatus.HELD: say("held unopened"),
    InvitationStatus.OFFERED: say("offered"),
    InvitationStatus.DECLINED: say("declined"),
    InvitationStatus.LAPSED: say("without an answer"),
    InvitationStatus.SKIPPED: say("passed over"),
}
