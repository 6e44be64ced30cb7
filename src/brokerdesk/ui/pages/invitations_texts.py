"""A round as the Invitations step shows it: rows, the clock and its words, from frozen values."""

from __future__ import annotations

from datetime import datetime, timedelta

from brokerdesk.core.domain.framework import Criterion
from brokerdesk.core.domain.london import LONDON
from brokerdesk.core.domain.sourcing import (
    Asking,
    Decline,
    DeclineCode,
    Invitation,
    InvitationStatus,
    Offer,
    Round,
    RoundStatus,
)
from brokerdesk.core.domain.status import Standing
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.dialogs.answer import DECLINE_WORDS
from brokerdesk.ui.widgets.round_bar import Came, RoundTimes
from brokerdesk.ui.widgets.table_values import ChipCell, Column, NumberCell, TableRow, TwoLines

ASKING_WORDS = {
    Asking.ALL_AT_ONCE: say("all at once"),
    Asking.RANK_ORDER: say("in rank order"),
    Asking.FRAMEWORK: say("by the framework’s rules"),
}
COLUMNS = (
    Column("rank", "", "number", 38),
    Column("provider", say("Provider"), "strong", 200),
    Column("asked", say("Asked"), width=124),
    Column("answer", say("Answer"), width=136),
    Column("came", say("Came in"), "number", 92),
    Column("said", say("What they said"), width=260, is_stretched=True),
)
_CHIPS = {
    InvitationStatus.WAITING: (say("Waits its turn"), "quiet"),
    InvitationStatus.ASKED: (say("Not answered"), "waiting"),
    InvitationStatus.HELD: (say("Answer held"), "sealed"),
    InvitationStatus.DECLINED: (say("Declined"), "declined"),
    InvitationStatus.LAPSED: (say("No answer"), "declined"),
    InvitationStatus.SKIPPED: (say("Passed over"), "quiet"),
}


NO_REPLY = say("No reply")


def is_no_reply(decline: Decline | None) -> bool:
    """Whether nobody answered, which the desk keeps among the noes and nobody should read as one."""
    return decline is not None and decline.code is DeclineCode.NO_REPLY


def moment(at: datetime) -> str:
    """A moment as `Fri 4 Dec, 16:05`."""
    local = at.astimezone(LONDON)
    return f"{local:%a} {local.day} {local:%b}, {local:%H:%M}"


def short_moment(at: datetime) -> str:
    """A moment as `Fri 16:05`."""
    return f"{at.astimezone(LONDON):%a %H:%M}"


def is_open(asked: Round, now: datetime) -> bool:
    """Whether answers in time can still come."""
    return asked.status is RoundStatus.OPEN and now <= asked.closes_at


def rows_of(standing: Standing) -> list[TableRow]:
    """One row an invitation; what an offer says is not shown while the round is open."""
    offers = {offer.invitation_id: offer for offer in standing.offers}
    declines = {decline.invitation_id: decline for decline in standing.declines}
    closed = standing.asked is not None and standing.asked.status is RoundStatus.OPEN
    rungs = standing.asked.rules.ladder if standing.asked else ()
    return [
        _row(
            held, offers.get(held.id), declines.get(held.id), closed=closed,
            rung=rungs[held.rung].name if rungs else "",
        )
        for held in standing.invitations
    ]  # fmt: skip


def _row(
    held: Invitation, offer: Offer | None, decline: Decline | None, *, closed: bool, rung: str = ""
) -> TableRow:
    answer = offer or decline
    asked = (
        TwoLines(short_moment(held.invited_at), say("sheet by e-mail"), is_bold=False)
        if held.invited_at
        else ""
    )
    return TableRow(
        held.id,
        (
            NumberCell(str(held.rank), held.rank),
            TwoLines(held.provider, rung) if rung else held.provider,
            asked,
            ChipCell(NO_REPLY, "declined") if is_no_reply(decline) else _chip(held, offer, closed=closed),
            NumberCell(short_moment(answer.received_at), answer.received_at.timestamp()) if answer else "",
            _said(held, offer, decline, closed=closed),
        ),
    )


def _chip(held: Invitation, offer: Offer | None, *, closed: bool) -> ChipCell:
    if offer is not None:
        words = say("Offer came in") if closed else say("Offer")
        if offer.withdrawn_at is not None:
            return ChipCell(say("Taken back"), "declined")
        late = say("Late, admitted") if offer.counts else say("Late offer")
        return ChipCell(late, "advisory") if offer.is_late else ChipCell(words, "sealed")
    return ChipCell(*_CHIPS[held.status])


def _said(held: Invitation, offer: Offer | None, decline: Decline | None, *, closed: bool) -> str:
    if decline is not None:
        return ": ".join(filter(None, (DECLINE_WORDS[decline.code], decline.note)))
    if offer is not None:
        if offer.withdrawn_at is not None:
            return say("Taken back: {who}", who=offer.withdrawn_because)
        if closed:
            return say("Opens when the round is closed")
        late = say(", came late") if offer.is_late else ""
        return say("{cost} a week{late}", cost=offer.weekly_cost.shown, late=late)
    if held.status is InvitationStatus.HELD:
        return say("Unopened; two officers open it after the deadline")
    if held.status is InvitationStatus.SKIPPED:
        return held.skip_why
    if held.status is InvitationStatus.ASKED and held.answer_by is not None:
        return say("May answer until {until}", until=short_moment(held.answer_by))
    return ""


def is_apart(offer: Offer) -> bool:
    """Whether it came late, and nobody admitted or took it back since."""
    return offer.is_late and not offer.admitted_because and offer.withdrawn_at is None


def counts_of(standing: Standing) -> str:
    """`2 offers, 2 declined, 2 not answered`."""
    awaited = sum(
        held.status in (InvitationStatus.ASKED, InvitationStatus.LAPSED) for held in standing.invitations
    )
    waiting = sum(held.status is InvitationStatus.WAITING for held in standing.invitations)
    held = sum(one.status is InvitationStatus.HELD for one in standing.invitations)
    silent = sum(is_no_reply(decline) for decline in standing.declines)
    told = [
        say_many("{count} offer", "{count} offers", len(standing.offers)),
        say_many("{count} declined", "{count} declined", len(standing.declines) - silent),
        say_many("{count} not answered", "{count} not answered", awaited),
    ]
    if silent:
        told.append(say_many("{count} without a reply", "{count} without a reply", silent))
    if held:
        told.insert(0, say_many("{count} held unopened", "{count} held unopened", held))
    if waiting:
        told.append(say_many("{count} waits its turn", "{count} wait their turn", waiting))
    return ", ".join(told)


def times_of(standing: Standing, asked: Round) -> RoundTimes:
    """What the bar of the round shows."""
    came = [Came(offer.received_at.astimezone(LONDON), is_offer=True) for offer in standing.offers]
    came += [Came(decline.received_at.astimezone(LONDON), is_offer=False) for decline in standing.declines]
    return RoundTimes(
        asked.opened_at.astimezone(LONDON),
        asked.closes_at.astimezone(LONDON),
        standing.now.astimezone(LONDON),
        tuple(came),
    )


def left_words(asked: Round, now: datetime) -> tuple[float, str, str]:
    """Share of the time left, the time in words, and what it is."""
    left = asked.closes_at - now
    if asked.status is not RoundStatus.OPEN:
        return 0, say("Closed"), ""
    if left <= timedelta():
        return 0, say("Over"), say("time to close")
    whole = max(timedelta(minutes=1), asked.closes_at - asked.opened_at)
    minutes = int(left.total_seconds() // 60)
    days, hours = divmod(minutes // 60, 24)
    words = f"{days} d {hours} h" if days else f"{hours} h {minutes % 60:02d}"
    return left / whole, words, say("left to answer")


def title_of(asked: Round, now: datetime) -> str:
    """The card's title: when the round closes or was closed."""
    number, day = asked.number, asked.closes_at.astimezone(LONDON).date()
    if asked.status is RoundStatus.CLOSED:
        return say("Round {number} is closed", number=number)
    if not is_open(asked, now):
        return say("The time of round {number} is over", number=number)
    if day == now.astimezone(LONDON).date():
        at = f"{asked.closes_at.astimezone(LONDON):%H:%M}"
        return say("Round {number} closes today at {at}", number=number, at=at)
    return say("Round {number} closes {at}", number=number, at=moment(asked.closes_at))


def line_of_round(asked: Round) -> str:
    """How long providers have, how they are asked, and when their offers are seen."""
    hours = say_many("{count} hour", "{count} hours", asked.closes_after_hours)
    told = say("{hours} to answer, asked {how}.", hours=hours, how=ASKING_WORDS[asked.asking])
    if asked.rules.is_sealed:
        return f"{told} {say('Offers are sealed; two officers open them after the deadline.')}"
    return f"{told} {say('Offers are not shown until the round is closed.')}"


def weights_line(asked: Round) -> str:
    """The weights as they were fixed when the round opened."""
    known = ((criterion.value, asked.weights.get(criterion.value)) for criterion in Criterion)
    weights = ", ".join(f"{name} {weight.normalize():f}" for name, weight in known if weight)
    return say("Weights fixed when the round opened: {weights}.", weights=weights)
