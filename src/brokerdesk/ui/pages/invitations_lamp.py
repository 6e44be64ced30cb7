"""What comes next in a round: ask, wait, ask the next, close, compare, or begin again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from brokerdesk.core.domain.package import PackageStatus
from brokerdesk.core.domain.sourcing import Asking, InvitationStatus, Round, RoundStatus
from brokerdesk.core.domain.status import Standing
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.pages.invitations_texts import is_open, moment
from brokerdesk.ui.pages.page import Deed, Lamp, LampForm


@dataclass(frozen=True, slots=True)
class Doing:
    """What the page can do."""

    record: Callable[[], object]
    ask_next: Callable[[], object]
    close: Callable[[], object]
    save: Callable[[], object]
    go: Callable[[str], object]
    """To a step of the package."""
    open_sealed: Callable[[], object]


def lamp_of_asking(count: int, *, how: Asking, ask: Callable[[], object]) -> Lamp:
    """Before the round: the button says how many are asked at once."""
    if how is Asking.FRAMEWORK:
        told = say("Open the round; the framework’s rules say who is asked first.")
        return Lamp(told, Deed(say("Open the round by the rules"), ask))
    in_order = how is Asking.RANK_ORDER
    words = say_many("Ask {count} provider", "Ask {count} providers", 1 if in_order else count)
    waits = "" if count else say("Everyone on the list is unticked. Tick at least one in Providers.")
    sentence = say("Open the round; everyone asked gets the same sheet and the same deadline.")
    if in_order:
        sentence = say("Open the round; the first in rank order is asked, the others wait their turn.")
    return Lamp(sentence, Deed(words, ask, waits_for=waits))


def lamp_of_round(standing: Standing, asked: Round, doing: Doing) -> Lamp:
    """While it is open and after; there is always one next step."""
    if asked.status is RoundStatus.CLOSED:
        return _closed(standing, doing)
    statuses = [held.status for held in standing.invitations]
    awaited = statuses.count(InvitationStatus.ASKED)
    in_time = is_open(asked, standing.now)
    if awaited and in_time:
        sentence = say_many("{count} answer is awaited", "{count} answers are awaited", awaited)
        until = say(
            "{awaited} until {until}. Everyone has the same time, so the round closes then, or earlier once "
            "all have answered.",
            awaited=sentence,
            until=moment(asked.closes_at),
        )
        record, save = Deed(say("Record an answer"), doing.record), Deed(say("Save the papers"), doing.save)
        return Lamp(until, record, save, form=LampForm.WAITING, lead=say("Waiting"))
    held = statuses.count(InvitationStatus.HELD)
    if held and not in_time:
        sentence = say_many(
            "The deadline is past. {count} answer lies unopened; two officers open it together.",
            "The deadline is past. {count} answers lie unopened; two officers open them together.",
            held,
        )
        return Lamp(sentence, Deed(say("Open the sealed answers"), doing.open_sealed))
    if held:
        until = moment(asked.closes_at)
        sentence = say(
            "Everyone has answered. Sealed answers stay unopened until {until} all the same; two officers "
            "open them then.",
            until=until,
        )
        save = Deed(say("Save the papers"), doing.save)
        return Lamp(sentence, save, form=LampForm.WAITING, lead=say("Waiting"))
    close = Deed(say("Close the round"), doing.close)
    if asked.asking is Asking.RANK_ORDER and InvitationStatus.WAITING in statuses:
        return _next_in_order(standing, doing, close)
    why = (
        say("Everyone who was asked has answered, so nobody’s time is cut short.")
        if in_time
        else say("The deadline is past.")
    )
    sentence = say("{why} Close the round to open the offers.", why=why)
    return Lamp(sentence, close, Deed(say("Record an answer"), doing.record) if awaited else None)


def _next_in_order(standing: Standing, doing: Doing, close: Deed) -> Lamp:
    ask_next = Deed(say("Ask the next provider"), doing.ask_next)
    if standing.in_time:
        sentence = say("There is an offer. Close the round to open it, or ask the next in rank order.")
        return Lamp(sentence, close, ask_next)
    following = next(
        held.provider for held in standing.invitations if held.status is InvitationStatus.WAITING
    )
    sentence = say("Nobody asked so far can take it. {provider} is next in rank order.", provider=following)
    return Lamp(sentence, ask_next, close)


def _closed(standing: Standing, doing: Doing) -> Lamp:
    if not standing.in_time:
        sentence = say("The round is closed and nobody offered. Keep the list again, then ask once more.")
        again = Deed(say("See who may be asked"), lambda: doing.go("providers"))
        return Lamp(sentence, again)
    sentence = say_many(
        "The round is closed with {count} offer.",
        "The round is closed with {count} offers.",
        len(standing.in_time),
    )
    compare = Deed(say("Compare the offers"), lambda: doing.go("offers"))
    is_next = standing.package.status is PackageStatus.CHOOSING
    if is_next:
        return Lamp(sentence, compare)
    return Lamp(sentence, compare, form=LampForm.WAITING, lead=say("Done"))
