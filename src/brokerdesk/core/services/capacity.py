"""The capacity ledger: what offers hold until they lapse, what awards take, and what is left of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from brokerdesk.core.domain import capacity_ledger
from brokerdesk.core.domain.award import Award
from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.capacity_ledger import Ledger, Promise, Reservation, ReservationStatus
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.framework import Framework, Member
from brokerdesk.core.domain.london import LONDON, london_day
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.package import Package, PackageStatus, Step
from brokerdesk.core.domain.sourcing import Offer, Round, RoundStatus
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import journey
from brokerdesk.core.services.acts import Work, act

Key = tuple[str, str]
"""Location id and the lot's name, casefolded."""


def key_of(location_id: str, lot: str) -> Key:
    """Where a ledger is looked up."""
    return location_id, lot.casefold()


def hold(work: Work, offer: Offer, package: Package, until: date | None) -> Reservation | None:
    """Reserve what an offer takes until it lapses; a late offer and one of nights alone reserve nothing.

    Args:
        work: the act that records the offer.
        offer: just kept.
        package: whose need it answers.
        until: last day on which the provider keeps the place; none for the rulebook's own days.
    """
    taken = capacity_ledger.taken_by(package.need)
    if taken is None or not offer.counts:
        return None
    days = work.rulebook.number("capacity_held_days", work.today)
    last = until or london_day(offer.received_at) + timedelta(days=days)
    amount, unit = taken
    made = Reservation(
        id=work.new_id(), package_id=package.id, offer_id=offer.id, location_id=offer.location_id,
        lot=package.need.lot, amount=amount, unit=unit, until=_end_of(last), status=ReservationStatus.HELD,
        made_at=work.at,
    )  # fmt: skip
    _settle_lapsed(work, offer.location_id)
    work.of(Reservation).add(made)
    return made


def _end_of(day: date) -> datetime:
    midnight = datetime(day.year, day.month, day.day, tzinfo=LONDON) + timedelta(days=1)
    return (midnight - timedelta(seconds=1)).astimezone(UTC)


def _settle_lapsed(work: Work, location_id: str) -> None:
    """Write down what the clock has ended, so that what is kept says it too."""
    shelf = work.of(Reservation)
    for held in shelf.find(location_id=location_id, status=ReservationStatus.HELD):
        if not held.is_held(work.at):
            shelf.replace(replace(held, status=ReservationStatus.LAPSED, ended_at=held.until))


def release(work: Work, package_id: str, *, but: str = "") -> None:
    """Give back what the offers of a package hold, all but one offer's."""
    shelf = work.of(Reservation)
    for held in shelf.find(package_id=package_id, status=ReservationStatus.HELD):
        if held.offer_id != but:
            shelf.replace(replace(held, status=ReservationStatus.RELEASED, ended_at=work.at))


def release_offer(work: Work, offer_id: str) -> None:
    """Give back what one offer holds: it was withdrawn or set aside."""
    shelf = work.of(Reservation)
    for held in shelf.find(offer_id=offer_id, status=ReservationStatus.HELD):
        shelf.replace(replace(held, status=ReservationStatus.RELEASED, ended_at=work.at))


@act("hold_extended", words="record until when a provider keeps a place", by=(Role.BROKER,))
def extend_hold(work: Work, *, offer_id: str, until: date, said_by: str) -> Reservation:
    """Keep that a provider still holds what it offered, and until when: the broker asked again. Source: R110.

    Raises:
        RuleError: the day is past, nobody is named, the offer cannot be chosen, or its round is over.
    """
    offer = work.of(Offer).get(offer_id)
    package, opened = work.of(Package).get(offer.package_id), work.of(Round).get(offer.round_id)
    if until < work.today:
        raise RuleError(f"{in_words(until)} is past. Ask {offer.provider} until when it keeps the place now.")
    if not said_by.strip():
        raise RuleError(f"Write who at {offer.provider} said so.")
    is_over = opened.status is not RoundStatus.CLOSED or journey.live_award(work.unit, package.id)
    if is_over or not offer.counts:
        raise RuleError(f"The offer of {offer.provider} is not one to choose from now, so it holds nothing.")
    release_offer(work, offer.id)
    made = hold(work, offer, package, until)
    if made is None:
        raise RuleError("An offer of nights alone holds no hours and no bed.")
    told = f"{offer.provider} keeps the place until {in_words(until)} ({said_by.strip()})"
    journey.stamp(work, package.id, Step.OFFERS, told)
    return made


def use(work: Work, award: Award) -> None:
    """The award takes what its offer held; the other offers of the package give theirs back."""
    shelf = work.of(Reservation)
    for held in shelf.find(offer_id=award.offer_id, status=ReservationStatus.HELD):
        shelf.replace(replace(held, status=ReservationStatus.USED, ended_at=work.at))
    release(work, award.package_id, but=award.offer_id)


def ledgers(unit: UnitOfWork, framework: Framework, moment: datetime) -> Mapping[Key, Ledger]:
    """What every location of an edition has free in each lot, at a moment.

    What is free was stated with the edition, so awards of earlier editions are in it already; holds and
    awards of this edition are taken off. Source: docs/adr/0007.
    """
    return _count_up(unit, framework, journey.members_of(unit, framework), moment)


def ledger_of(unit: UnitOfWork, member: Member, moment: datetime, *, but: str = "") -> Ledger:
    """What one member has free in its lot, at a moment; what one package holds may be left out."""
    framework = unit.of(Framework).get(member.framework_id)
    own = unit.of(Member).find(framework_id=framework.id, location_id=member.location_id)
    counted = _count_up(unit, framework, own, moment, but)
    return counted[key_of(member.location_id, member.lot)]


def free(unit: UnitOfWork, member: Member, moment: datetime, *, but: str = "") -> Decimal | None:
    """Free hours or beds of a member in its lot; below nought: over-committed; none: not stated."""
    return ledger_of(unit, member, moment, but=but).free


def _count_up(
    unit: UnitOfWork, framework: Framework, members: Iterable[Member], moment: datetime, but: str = ""
) -> dict[Key, Ledger]:
    stated = _stated(members)
    holds: dict[Key, list[Reservation]] = {}
    for held in unit.of(Reservation).find(status=ReservationStatus.HELD):
        is_other = held.package_id != but
        if is_other and unit.of(Package).get(held.package_id).framework_id == framework.id:
            holds.setdefault(key_of(held.location_id, held.lot), []).append(held)
    promised: dict[Key, list[Promise]] = {}
    for promise in _awarded(unit, framework, moment):
        promised.setdefault(key_of(promise.location_id, promise.lot), []).append(promise)
    return {
        key: capacity_ledger.ledger(
            amount, kind, holds.get(key, ()), promised.get(key, ()), moment=moment
        )
        for key, (amount, kind) in stated.items()
    }  # fmt: skip


def _stated(members: Iterable[Member]) -> dict[Key, tuple[Decimal | None, str]]:
    """The largest amount that a location states for a lot: its zones share what it has."""
    found: dict[Key, tuple[Decimal | None, str]] = {}
    for member in members:
        key = key_of(member.location_id, member.lot)
        before = found.get(key, (None, ""))[0]
        if before is None or (member.capacity is not None and member.capacity > before):
            found[key] = member.capacity, member.capacity_unit or ""
    return found


def _awarded(unit: UnitOfWork, framework: Framework, moment: datetime) -> Iterable[Promise]:
    today = london_day(moment)
    for award in unit.of(Award).find(framework_id=framework.id):
        if award.withdrawn_at is not None or (award.ends_on is not None and award.ends_on < today):
            continue
        package = unit.of(Package).get(award.package_id)
        taken = capacity_ledger.taken_by(package.need)
        if taken is not None and package.status is not PackageStatus.CLOSED:
            yield Promise(award.location_id, award.lot, *taken)


def is_available(unit: UnitOfWork, offer: Offer, moment: datetime) -> tuple[bool, str]:
    """Whether what an offer promises can still be had at a moment, and why, in a sentence.

    It can while the provider holds it, and once an award of it runs; after the hold has lapsed only where the
    ledger still shows room. An offer of nights alone, or from before holds were kept, stands as offered.
    """
    held = unit.of(Reservation).find(offer_id=offer.id)
    if not held:
        return True, f"{offer.provider} offered it on {in_words(london_day(offer.received_at))}."
    last = held[-1]
    match last.status_at(moment):
        case ReservationStatus.HELD:
            until = f" until {in_words(london_day(last.until))}" if last.until else ""
            return True, f"{offer.provider} holds it{until}."
        case ReservationStatus.USED:
            return True, f"{offer.provider} gives it under the award."
        case ReservationStatus.LAPSED:
            return _after_lapse(unit, offer, last, moment)
    ended = f" on {in_words(london_day(last.ended_at))}" if last.ended_at else ""
    return False, f"What {offer.provider} offered was given back{ended}. Ask it again."


def _after_lapse(unit: UnitOfWork, offer: Offer, last: Reservation, moment: datetime) -> tuple[bool, str]:
    framework = journey.framework_of(unit, unit.of(Package).get(offer.package_id))
    found = ledgers(unit, framework, moment).get(key_of(offer.location_id, last.lot))
    day = in_words(london_day(last.until)) if last.until else ""
    if found is not None and found.has_room(last.amount):
        return True, f"{offer.provider} held it until {day}, and still has room: {found.sentence}."
    return False, f"{offer.provider} held it until {day} only. Ask whether the place is still free."


def holds_of(unit: UnitOfWork, package_id: str) -> Mapping[str, Reservation]:
    """The last hold of each offer of a package, by offer id."""
    return {held.offer_id: held for held in unit.of(Reservation).find(package_id=package_id)}
