"""Members and locations as the register shows them: rows, what to watch, and the facts of one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from brokerdesk.core.domain.directory import KnownLocation, Rating
from brokerdesk.core.domain.framework import RateLine, Suspension
from brokerdesk.core.services.membership import MemberFacts
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.pages.fact_words import day_of
from brokerdesk.ui.widgets.table_values import Cell, ChipCell, Column, NumberCell, TableRow, TwoLines

COLUMNS = (
    Column("provider", say("Provider"), "strong", 220, is_stretched=True),
    Column("tier", say("Tier"), "number", 56),
    Column("rating", say("CQC rating"), width=160),
    Column("zones", say("Zones"), width=96),
    Column("capacity", say("Free"), "number", 84),
    Column("packages", say("Packages"), "number", 80),
    Column("watch", say("Watch"), width=136),
)
_TONES = {Rating.INADEQUATE: "bad", Rating.REQUIRES_IMPROVEMENT: "warn"}


def suspension_now(member: MemberFacts, today: date) -> Suspension | None:
    """The suspension that bites today, whatever its scope."""
    return next((held for held in member.suspensions if bites(held, today)), None)


def bites(held: Suspension, today: date) -> bool:
    """Whether a suspension stands today, whatever its scope."""
    has_ended = held.lifted_at is not None or (held.to_on is not None and held.to_on < today)
    return held.from_on <= today and not has_ended


def member_row(member: MemberFacts, today: date) -> TableRow:
    """One member of one framework."""
    ledger = member.ledger
    amount = ledger.free if ledger is not None else None
    free = _free_words(amount, ledger.unit) if ledger is not None and amount is not None else "–"
    return TableRow(
        key_of(member.framework.id, member.location_id),
        (
            member.provider,
            NumberCell("–" if member.tier is None else str(member.tier), member.tier or 99),
            rating_cell(member.known),
            ", ".join(member.zones) or "–",
            NumberCell(free, Decimal(-1) if amount is None else amount),
            NumberCell(str(member.live_packages), member.live_packages),
            watch_cell(member, today),
        ),
    )


def _free_words(amount: Decimal, unit: str) -> str:
    """How much is free, in the framework's unit; one of it without its plural."""
    words = unit.removesuffix("s") if amount == 1 else unit
    return f"{amount.normalize():f} {words}".strip()


def location_row(known: KnownLocation) -> TableRow:
    """One location of the directory that is on no framework."""
    facts = known.facts
    name = facts.location_name or facts.provider_name or facts.location_id
    watch = ChipCell(say("Not registered"), "bad") if facts.is_registered is False else ""
    not_here = NumberCell("–", Decimal(-1))
    return TableRow(
        key_of("", facts.location_id),
        (
            name,
            NumberCell("–", 99),
            rating_cell(known),
            say("on no framework"),
            not_here,
            NumberCell("–", -1),
            watch,
        ),
    )


def key_of(framework_id: str, location_id: str) -> str:
    """One key for a location on a framework, or on none."""
    return f"{framework_id}|{location_id}"


def rating_cell(known: KnownLocation | None) -> Cell:
    """The rating with its day; a low one is toned, an unknown one says so."""
    if known is None or known.facts.rating is None:
        return say("Not known")
    rating = known.facts.rating
    on = day_of(known.facts.rating_on) if known.facts.rating_on else ""
    if rating in _TONES:
        return TwoLines(rating.value, on, is_bold=False, tone=_TONES[rating])
    return TwoLines(rating.value, on, is_bold=False)


def watch_cell(member: MemberFacts, today: date) -> Cell:
    """The most pressing thing to know before work is placed here."""
    facts = member.known.facts if member.known else None
    if (held := suspension_now(member, today)) is not None:
        return ChipCell(say("Removed") if held.is_removal else say("Suspended"), "bad")
    if facts is not None and facts.is_registered is False:
        return ChipCell(say("Not registered"), "bad")
    if facts is not None and facts.rating is Rating.INADEQUATE:
        return ChipCell(say("Inadequate"), "bad")
    if facts is None:
        return ChipCell(say("Not in the directory"), "advisory")
    if facts.regulated_activities is None:
        return ChipCell(say("Activity not known"), "advisory")
    is_over = member.ledger is not None and member.ledger.is_over
    return ChipCell(say("Over-committed"), "bad") if is_over else ""


def standing_chip(member: MemberFacts | None, today: date) -> tuple[str, str]:
    """Words and kind of the chip beside the name."""
    if member is None:
        return say("On no framework"), "quiet"
    cell = watch_cell(member, today)
    return (cell.words, cell.kind) if isinstance(cell, ChipCell) else (say("May be asked"), "met")


def member_facts(member: MemberFacts, today: date) -> tuple[tuple[str, str, str], ...]:
    """What the framework says of a member: label, value, source."""
    source = say("{reference}, edition {edition}", reference=member.framework.reference,
                 edition=member.framework.edition)  # fmt: skip
    facts = [(say("Framework"), f"{member.framework.name}: {', '.join(member.lots)}", source)]
    quality = next((place.quality for place in member.places if place.quality is not None), None)
    if quality is not None:
        facts.append((say("Quality score"), say("{score} of 100", score=f"{quality.normalize():f}"), source))
    facts += [(say("Rate"), rate_words(line), source) for line in member.rates]
    contact = next((p for p in member.places if p.contact_name or p.contact_email), None)
    if contact is not None:
        reached = ", ".join(filter(None, (contact.contact_name, contact.contact_email)))
        facts.append((say("Contact"), reached, source))
    facts += [
        (say("Capacity, {lot}", lot=lot), held.sentence, source)
        for lot in member.lots
        if (held := member.ledgers.get(lot.casefold())) is not None and held.sentence
    ]
    facts += [(say("Suspension"), suspension_words(held), source) for held in member.suspensions]
    live = say_many("{count} live package", "{count} live packages", member.live_packages)
    return (*facts, (say("Work here"), live, say("this desk, {day}", day=day_of(today))))


def rate_words(line: RateLine) -> str:
    """A rate with what it buys and where."""
    told = [line.rate.shown]
    if line.band_minutes is not None:
        told.append(say("for a visit of {minutes} minutes", minutes=line.band_minutes))
    told.append(line.lot)
    if line.zone:
        told.append(line.zone)
    if line.from_on:
        told.append(say("from {day}", day=day_of(line.from_on)))
    return ", ".join(told)


def suspension_words(held: Suspension) -> str:
    """Scope, days and reason of a suspension."""
    scope = say("everything") if held.scope.casefold() == "all" else held.scope
    until = say("until lifted") if held.to_on is None else say("to {day}", day=day_of(held.to_on))
    told = say("{scope} from {day} {until}: {reason}", scope=scope, day=day_of(held.from_on), until=until,
               reason=held.reason.rstrip("."))  # fmt: skip
    return say("{told} (lifted)", told=told) if held.lifted_at else told
