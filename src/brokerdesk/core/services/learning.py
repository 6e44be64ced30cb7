"""Reads the rounds of the desk for the reports of what they teach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from brokerdesk.core.domain import learning
from brokerdesk.core.domain.award import Agreement, Award, FiledLetter
from brokerdesk.core.domain.identifiers import outcode
from brokerdesk.core.domain.learning import Answered, OffRank, Unsigned, Waits, Won
from brokerdesk.core.domain.letter_return import LetterRevision, RevisionKind
from brokerdesk.core.domain.officer import Officer
from brokerdesk.core.domain.package import Package, PackageStatus
from brokerdesk.core.domain.report import Report
from brokerdesk.core.domain.sourcing import Decline, Invitation, Offer, Round
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services.desk import LONDON, Desk
from brokerdesk.core.services.paper_facts import local_day
from brokerdesk.core.services.scores import scored_offers

_DONE = (PackageStatus.AWARDED, PackageStatus.CLOSED)


def learning_report(desk: Desk, name: str, from_on: date, to_on: date) -> Report:
    """One of the reports of what past rounds teach.

    Raises:
        InputError: the last day is before the first.
    """
    learning.check_days(from_on, to_on)
    with desk.reading() as unit:
        if name == learning.REFUSALS:
            return learning.refusals(_answered(unit), from_on, to_on)
        if name == learning.LOWEST_PRICE:
            return learning.lowest_price(_won(unit), from_on, to_on)
        if name == learning.PROVIDERS:
            return learning.providers(_answered(unit), _awards(unit, from_on, to_on), from_on, to_on)
        if name == learning.WAITING:
            return learning.waiting(_waits(unit, to_on), to_on)
        if name == learning.NOT_AGREED:
            return learning.not_agreed(_unsigned(unit, to_on), to_on)
        return learning.off_rank(_off_rank(unit), from_on, to_on)


def _answered(unit: UnitOfWork) -> list[Answered]:
    packages = {package.id: package for package in unit.of(Package).find()}
    lots = {opened.id: opened for opened in unit.of(Round).find()}
    offers = {offer.invitation_id: offer for offer in unit.of(Offer).find()}
    declines = {decline.invitation_id: decline for decline in unit.of(Decline).find()}
    every = unit.of(Invitation).find()
    began = _began_with(every)
    found = []
    for held in every:
        if not held.was_asked or held.invited_at is None or held.round_id not in lots:
            continue
        package = packages[held.package_id]
        offer, decline = offers.get(held.id), declines.get(held.id)
        given = offer or decline
        found.append(
            Answered(
                provider=held.provider, location_id=held.location_id, lot=package.need.lot,
                outcode=outcode(package.need.postcode), needs=package.need.needs,
                first_call_hour=min((visit.at.hour for visit in package.need.visits), default=None),
                asked_at=held.invited_at, answered_at=given.received_at if given else None,
                answer="offer" if offer else "decline" if decline else "silent",
                code=decline.code.value if decline and not offer else "", note=given.note if given else "",
                was_first=began.get(held.round_id) == held.id,
            )
        )  # fmt: skip
    return found


def _began_with(invitations: Iterable[Invitation]) -> dict[str, str]:
    """The invitation with which each round began, by round, where it began with one provider alone."""
    first: dict[str, list[Invitation]] = {}
    for held in invitations:
        if held.invited_at is None:
            continue
        known = first.get(held.round_id, [])
        earliest = known[0].invited_at if known else None
        if earliest is None or held.invited_at < earliest:
            first[held.round_id] = [held]
        elif held.invited_at == earliest:
            known.append(held)
    return {round_id: began[0].id for round_id, began in first.items() if len(began) == 1}


def _won(unit: UnitOfWork) -> Iterable[Won]:
    packages = {package.id: package for package in unit.of(Package).find()}
    rounds = {opened.id: opened for opened in unit.of(Round).find()}
    made: dict[str, list[Offer]] = {}
    for offer in unit.of(Offer).find(is_superseded=False):
        made.setdefault(offer.round_id, []).append(offer)
    for award in unit.of(Award).find():
        if award.withdrawn_at is not None:
            continue
        counting = tuple(offer for offer in made.get(award.round_id, ()) if offer.counts)
        chosen = next((offer for offer in counting if offer.id == award.offer_id), None)
        if chosen is None:
            continue
        scored = scored_offers(rounds[award.round_id], packages[award.package_id], counting)
        best = min(scored.values(), key=lambda held: held.scored.rank) if scored else None
        yield Won(
            lot=award.lot, awarded_on=local_day(award.made_at), offers=len(counting),
            is_lowest=chosen.weekly_cost <= min(offer.weekly_cost for offer in counting),
            is_best_score=None if best is None else best.scored.offer_id == chosen.id,
        )  # fmt: skip


def _awards(unit: UnitOfWork, from_on: date, to_on: date) -> Counter[str]:
    return Counter(
        award.location_id
        for award in unit.of(Award).find()
        if award.withdrawn_at is None and from_on <= local_day(award.made_at) <= to_on
    )


def _waits(unit: UnitOfWork, on: date) -> Iterable[Waits]:
    for package in unit.of(Package).find():
        since = package.created_at.astimezone(LONDON).date()
        if package.status not in _DONE and since <= on:
            yield Waits(lot=package.need.lot, status=package.status.value, days=(on - since).days)


def _unsigned(unit: UnitOfWork, on: date) -> Iterable[Unsigned]:
    """Letters that were issued by a day and were not agreed at its end. Source: docs/rules.md R142."""
    withdrawn = {
        id for id, at in unit.of(Award).pick("id", "withdrawn_at") if at is not None and local_day(at) <= on
    }
    returned = unit.of(LetterRevision).pick("letter_id", "kind", "made_at", is_filed=True)
    agreed = {
        letter_id
        for letter_id, kind, at in returned
        if kind is not RevisionKind.TIME_STAMPED and local_day(at) <= on
    }
    for id, award_id, provider, issued_at, agreement in unit.of(FiledLetter).pick(
        "id", "award_id", "addressee", "issued_at", "agreement"
    ):
        if agreement is Agreement.NOT_NEEDED or issued_at is None or local_day(issued_at) > on:
            continue
        if id not in agreed and award_id not in withdrawn:
            yield Unsigned(provider=provider, days=(on - local_day(issued_at)).days)


def _off_rank(unit: UnitOfWork) -> Iterable[OffRank]:
    names = {officer.id: officer.name for officer in unit.of(Officer).find()}
    brokers = {package.id: names.get(package.created_by, "") for package in unit.of(Package).find()}
    for held in unit.of(Invitation).find():
        if held.off_rank and held.was_asked and held.invited_at is not None:
            yield OffRank(
                at=local_day(held.invited_at), broker=brokers[held.package_id], provider=held.provider,
                what="asked", reason=held.off_rank,
            )  # fmt: skip
    for award in unit.of(Award).find():
        if award.off_rank:
            yield OffRank(
                at=local_day(award.made_at), broker=names.get(award.made_by, ""), provider=award.provider,
                what="awarded", reason=award.off_rank,
            )  # fmt: skip
