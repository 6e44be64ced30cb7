"""Abnormally low prices: ask the provider to explain, record its answer, then accept it or set it aside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from brokerdesk.core.domain import low_price
from brokerdesk.core.domain.conflict import BROKER
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.low_price import PriceCheck, PriceOutcome, PriceQuery
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.package import Package, Step
from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.domain.sourcing import Offer, Round, RoundStatus
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import capacity, conflicts, journey
from brokerdesk.core.services.acts import Work, act


def price_check(unit: UnitOfWork, offer: Offer, rulebook: Rulebook, on: date) -> PriceCheck | None:
    """An offer's hourly price beside the floors of a day. Source: docs/rules.md R023, R165."""
    package = unit.of(Package).get(offer.package_id)
    lot = journey.framework_of(unit, package).lot(package.need.lot)
    return None if lot is None else low_price.check_price(offer, package.need, lot, rulebook, on)


def queries_of(unit: UnitOfWork, round_id: str) -> dict[str, PriceQuery]:
    """The last query of each offer of a round, by offer id."""
    return {query.offer_id: query for query in unit.of(PriceQuery).find(round_id=round_id)}


@act("price_explanation_asked", words="ask a provider to explain its price", by=(Role.BROKER,))
def ask_price_explanation(
    work: Work, *, offer_id: str, notified_on: date, answer_by: date, question: str
) -> PriceQuery:
    """Record that a provider was told its price looks abnormally low, and until when it may show that it can.

    Source: docs/rules.md R023.

    Raises:
        RuleError: the price is not low, it is asked already, nothing is written, or the days do not fit.
    """
    offer = work.of(Offer).get(offer_id)
    _closed(work, offer)
    held = low_or_none(work, offer)
    if held is None:
        raise RuleError(
            f"The price of {offer.provider} is below no floor of the council’s own, so nothing is "
            "to explain; the "
            "sector’s minimum price only advises.",
            rule="R023",
        )
    before = work.of(PriceQuery).find(offer_id=offer.id)
    if before and before[-1].is_open:
        raise RuleError(f"{offer.provider} was asked already. Record what it answers.", rule="R023")
    if not question.strip():
        raise RuleError("Write what the provider was told and asked.", rule="R023")
    low_price.check_notified(notified_on, answer_by, work.today)
    check, floor, name = held
    made = PriceQuery(
        id=work.new_id(), package_id=offer.package_id, round_id=offer.round_id, offer_id=offer.id,
        location_id=offer.location_id, provider=offer.provider, hourly=check.hourly, floor=floor,
        floor_name=name, question=question.strip(), notified_on=notified_on, answer_by=answer_by,
        answered_on=None, answer="", outcome=PriceOutcome.ASKED, reason="", asked_at=work.at,
        asked_by=work.officer.id,
    )  # fmt: skip
    work.of(PriceQuery).add(made)
    _stamp(work, made, f"{offer.provider} was told that its price looks too low")
    return made


def low_or_none(work: Work, offer: Offer) -> tuple[PriceCheck, Money, str] | None:
    """The check, the council's own floor that an offer lies below and who states it; none where it does not.

    The sector's minimum price only advises, so nothing is set aside by it. Source: docs/rules.md R023, R165.
    """
    check = price_check(work.unit, offer, work.rulebook, work.today)
    row = check.floor if check and check.is_low else None
    if check is None or row is None or not isinstance(row.figure, Money):
        return None
    return check, row.figure, row.source


@act("price_explanation_recorded", words="record how a provider explains its price", by=(Role.BROKER,))
def record_price_explanation(work: Work, *, query_id: str, answered_on: date, answer: str) -> PriceQuery:
    """Keep what a provider says of its price, or that nothing came by its day. Source: docs/rules.md R023.

    Raises:
        RuleError: nothing is written, the day does not fit, it is decided already, or nothing came and the
            provider may still answer.
    """
    query = work.of(PriceQuery).get(query_id)
    low_price.check_answered(query, answered_on, answer, work.today)
    if low_price.is_silence(answer, work.rulebook, work.today):
        low_price.check_silence(query, work.today)
    _stamp(work, query, f"{query.provider} explained its price")
    return work.of(PriceQuery).replace(
        replace(query, answered_on=answered_on, answer=answer.strip(), outcome=PriceOutcome.ANSWERED)
    )


@act("price_accepted", words="accept a low price", by=(Role.BROKER,))
def accept_price(work: Work, *, query_id: str, reason: str) -> PriceQuery:
    """Let an offer stand although its price is low. Source: docs/rules.md R023.

    Raises:
        RuleError: no reason is given, or it is decided already.
    """
    query = work.of(PriceQuery).get(query_id)
    if not query.is_open:
        raise RuleError(f"The price of {query.provider} is {query.outcome.value} already.", rule="R023")
    if not reason.strip():
        raise RuleError("Write why the price can stand, such as what the answer shows.", rule="R023")
    _stamp(work, query, f"The price of {query.provider} was accepted")
    return _decided(work, query, PriceOutcome.ACCEPTED, reason)


@act("offer_disregarded", words="set an abnormally low offer aside", by=(Role.BROKER,))
def disregard_offer(work: Work, *, query_id: str, reason: str) -> PriceQuery:
    """Set an offer aside as abnormally low, once its provider was told and heard. Source: docs/rules.md R023.

    Raises:
        RuleError: no notification with its answer is on file, no reason is given, she has not declared, or
            the offer is chosen.
    """
    query = work.of(PriceQuery).get(query_id)
    conflicts.check(work, work.of(Round).get(query.round_id), BROKER)
    low_price.check_disregard(query, reason)
    choice = journey.current_choice(work.unit, query.package_id)
    if choice is not None:
        raise RuleError("A choice was made from these offers. Withdraw the round to begin anew.", rule="R023")
    offer = work.of(Offer).get(query.offer_id)
    work.of(Offer).replace(replace(offer, is_disregarded=True))
    capacity.release_offer(work, offer.id)
    _stamp(work, query, f"The offer of {query.provider} was set aside as abnormally low")
    return _decided(work, query, PriceOutcome.DISREGARDED, reason)


def _decided(work: Work, query: PriceQuery, outcome: PriceOutcome, reason: str) -> PriceQuery:
    return work.of(PriceQuery).replace(
        replace(query, outcome=outcome, reason=reason.strip(), decided_at=work.at, decided_by=work.officer.id)
    )


def _closed(work: Work, offer: Offer) -> None:
    opened = work.of(Round).get(offer.round_id)
    if opened.status is not RoundStatus.CLOSED:
        told = f"Round {opened.number} is {opened.status.value}, so prices are not looked at."
        raise RuleError(told, rule="R024")
    if not offer.counts:
        told = f"The offer of {offer.provider} cannot be chosen anyway, so nothing is asked."
        raise RuleError(told, rule="R024")


def _stamp(work: Work, query: PriceQuery, words: str) -> None:
    work.cite("R023")
    journey.stamp(work, query.package_id, Step.OFFERS, words)
