"""The letters of an award, composed from what the desk keeps."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from brokerdesk.core.domain import choice_rules, letter_facts, pricing
from brokerdesk.core.domain.anonymise import portrait_of, refuse_identity
from brokerdesk.core.domain.award import Award
from brokerdesk.core.domain.choice import Choice, ChosenBy
from brokerdesk.core.domain.costs import annual_cost
from brokerdesk.core.domain.deadlines import review_dates
from brokerdesk.core.domain.directory import KnownLocation
from brokerdesk.core.domain.framework import Framework, Lot
from brokerdesk.core.domain.letter import Letter, LetterKind, texts_of
from brokerdesk.core.domain.letter_award import compose_award_letter
from brokerdesk.core.domain.letter_person import compose_person_letter
from brokerdesk.core.domain.letter_unsuccessful import compose_unsuccessful_letter
from brokerdesk.core.domain.money import ZERO, Money
from brokerdesk.core.domain.officer import Authority
from brokerdesk.core.domain.outside import invitation_outside
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.routes import ROUTE_WORDS
from brokerdesk.core.domain.sourcing import Invitation, Offer, Round
from brokerdesk.core.domain.visits import NightKind
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import awards, journey, paper_facts
from brokerdesk.core.services.desk import LONDON, Desk
from brokerdesk.core.services.offers import Comparison, OfferSideBySide, comparison_of
from brokerdesk.core.services.requirement import own_words

_NOTICE_TERMS = ("notice period", "notice")
"""Names of the framework's term that states the notice both ways."""
_NO_VALUE = "no value is known, so 0 points"
_NO_NOTICE = "reasonable"
"""Reads `by reasonable notice in writing`, where the framework states none."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One composed letter and to whom it goes."""

    kind: LetterKind
    location_id: str
    addressee: str
    letter: Letter


@dataclass(frozen=True)
class AwardOnFile:
    """Everything that the letters of one award are composed of."""

    desk: Desk
    authority: Authority
    award: Award
    package: Package
    framework: Framework
    lot: Lot
    rates: pricing.Rates
    round: Round
    choice: Choice
    offer: Offer
    comparison: Comparison
    invitations: dict[str, Invitation]
    known: KnownLocation | None
    fingerprint: str

    @classmethod
    def of(cls, desk: Desk, unit: UnitOfWork, award: Award) -> AwardOnFile:
        """Read once for all letters."""
        package = unit.of(Package).get(award.package_id)
        framework, lot, rates = awards.offered_prices(unit, package, award)
        opened = unit.of(Round).get(award.round_id)
        comparison = comparison_of(unit, opened)
        return cls(
            desk=desk, authority=unit.of(Authority).find()[0], award=award, package=package,
            framework=framework, lot=lot, rates=rates, round=opened,
            choice=unit.of(Choice).get(award.choice_id), offer=unit.of(Offer).get(award.offer_id),
            comparison=comparison,
            invitations=_asked(unit, opened, comparison.offers),
            known=unit.directory.known([award.location_id]).get(award.location_id),
            fingerprint=fingerprint_of(desk.keys.signing_key().certificate_pem),
        )  # fmt: skip

    @property
    def winner(self) -> OfferSideBySide:
        """The awarded offer in the comparison."""
        return next(side for side in self.comparison.offers if side.offer.id == self.offer.id)


def _asked(
    unit: UnitOfWork, opened: Round, made: tuple[OfferSideBySide, ...]
) -> dict[str, Invitation]:
    """Who was asked, by location; an offer from outside the framework stands beside them (R046)."""
    asked = {held.location_id: held for held in journey.invitations_of(unit, opened.id)}
    outside = {s.offer.location_id: invitation_outside(s.offer) for s in made if s.offer.is_outside}
    return asked | outside


def fingerprint_of(certificate_pem: bytes) -> str:
    """SHA-256 of a certificate, hex, as the council publishes it. Source: docs/rules.md R143."""
    body = b"".join(line for line in certificate_pem.splitlines() if line and not line.startswith(b"-----"))
    return hashlib.sha256(base64.b64decode(body)).hexdigest()


def compose_papers(file: AwardOnFile) -> tuple[Paper, ...]:
    """To the winner, to each unsuccessful provider in order of rank, to the person. Source: R148, R125.

    A provider that declined or did not answer gets no letter.

    Raises:
        RuleError: a letter to a provider would tell who the person is.
    """
    losers = [side for side in file.comparison.offers if side.offer.id != file.offer.id]
    return (
        _award_letter(file),
        *(_unsuccessful_letter(file, side, number) for number, side in enumerate(losers, 2)),
        _person_letter(file, len(losers) + 2),
    )


def _award_letter(file: AwardOnFile) -> Paper:
    award = file.award
    invitation = file.invitations[award.location_id]
    facts = letter_facts.AwardLetterFacts(
        header=_header(file, 1, _addressee(invitation)),
        provider=_provider(file), framework=paper_facts.framework_lot(file.framework, file.lot, award.tier),
        route=_route(file), notice_reference=award.facts.notice,
        round_deadline_at=file.round.closes_at.astimezone(LONDON),
        awarded_on=paper_facts.local_day(award.made_at), service=_service(file, with_prices=True),
        term=_term(file), price=_price(file), shares=_shares(file), scores=_scores(file, file.winner),
        reasons=(award.facts.reason,), reviews=_reviews(file), notice_period=_notice(file.framework),
        terms=tuple((term.name, term.value) for term in file.framework.terms),
        contact=paper_facts.contact(file.desk.operator), signatory=_signatory(file),
        fingerprint=file.fingerprint,
    )  # fmt: skip
    letter = compose_award_letter(facts, file.desk.wordings(LetterKind.AWARD))
    _refuse_person(file, letter, invitation)
    return Paper(LetterKind.AWARD, award.location_id, award.provider, letter)


def _unsuccessful_letter(file: AwardOnFile, side: OfferSideBySide, number: int) -> Paper:
    offer, invitation = side.offer, file.invitations[side.offer.location_id]
    facts = letter_facts.UnsuccessfulLetterFacts(
        header=_header(file, number, _addressee(invitation)),
        framework=paper_facts.framework_lot(file.framework, file.lot, invitation.tier),
        service_name=file.lot.service or file.lot.name,
        round_deadline_at=file.round.closes_at.astimezone(LONDON),
        awarded_on=paper_facts.local_day(file.award.made_at), winner=file.award.provider,
        winner_scores=_scores(file, file.winner), scores=_scores(file, side) if side.scored else None,
        not_scored_because=_not_scored_because(offer),
        reasons=_why_not(file, side), complaints=_complaints(file),
        contact=paper_facts.contact(file.desk.operator), signatory=_signatory(file),
        fingerprint=file.fingerprint,
    )  # fmt: skip
    letter = compose_unsuccessful_letter(facts, file.desk.wordings(LetterKind.UNSUCCESSFUL))
    _refuse_person(file, letter, invitation)
    return Paper(LetterKind.UNSUCCESSFUL, offer.location_id, offer.provider, letter)


def _not_scored_because(offer: Offer) -> str:
    if offer.is_disregarded:
        return "Its price was found abnormally low, after you were told and had the chance to explain it"
    return "" if offer.counts else "It came after the deadline that bound every provider"


def _person_letter(file: AwardOnFile, number: int) -> Paper:
    need = file.package.need
    to = paper_facts.addressee(need.person_name, address=(need.postcode,))
    facts = letter_facts.PersonLetterFacts(
        header=_header(file, number, to), salutation=f"Dear {need.person_name}", provider=file.award.provider,
        provider_phone=(file.known.facts.phone or "") if file.known else "",
        chosen_because=_chosen_because(file), service=_service(file, with_prices=False), term=_term(file),
        their_share=need.client_contribution, third_party_share=_top_up(file) or None,
        reviews=_reviews(file), contact=paper_facts.contact(file.desk.operator),
        complaints=_complaints(file), signatory=_signatory(file), fingerprint=file.fingerprint,
    )  # fmt: skip
    letter = compose_person_letter(facts, file.desk.wordings(LetterKind.PERSON))
    return Paper(LetterKind.PERSON, file.award.location_id, need.person_name, letter)


def _refuse_person(file: AwardOnFile, letter: Letter, invitation: Invitation) -> None:
    own = own_words(
        file.authority, file.framework, invitation.provider, invitation.contact_name, file.award.provider,
        file.desk.operator.name, *(text for term in file.framework.terms for text in (term.name, term.value)),
    )  # fmt: skip
    refuse_identity(" ".join(texts_of(letter)), file.package.need, own_words=own)


def _header(file: AwardOnFile, number: int, to: letter_facts.Addressee) -> letter_facts.Header:
    return paper_facts.header(
        file.authority, file.package, reference=f"{file.package.reference}-L{number}", version=1,
        issued_on=file.desk.today(), recipient=to,
    )  # fmt: skip


def _addressee(invitation: Invitation) -> letter_facts.Addressee:
    return paper_facts.addressee(invitation.provider, invitation.contact_name)


def _provider(file: AwardOnFile) -> letter_facts.Provider:
    facts, award = file.known.facts if file.known else None, file.award
    return letter_facts.Provider(
        name=award.provider, provider_id=award.provider_id,
        location=(facts.location_name if facts else None) or award.provider, location_id=award.location_id,
        regulated_activity=award.activity, rating=award.rating or "",
        directory_date=award.directory_dated_on or paper_facts.local_day(award.made_at),
    )  # fmt: skip


def _route(file: AwardOnFile) -> letter_facts.Route:
    name, section = ROUTE_WORDS[file.award.facts.route]
    return letter_facts.Route(name=name, section=section, reason=file.award.facts.reason)


def _service(file: AwardOnFile, *, with_prices: bool) -> letter_facts.Service:
    need, nights = file.package.need, file.rates.nights
    prices = {
        NightKind.SLEEP_IN: nights.sleep_in or nights.per_night,
        NightKind.WAKING: None if nights.waking_hour else nights.per_night,
    }
    tasks = portrait_of(need, on=file.award.starts_on).tasks if with_prices else need.tasks
    return paper_facts.service(
        need, file.lot, pricing.price_need(need, file.rates).carer_hours, tasks=tasks,
        night_prices={kind: price for kind, price in prices.items() if price} if with_prices else None,
        bed_price=file.offer.weekly_cost,
    )  # fmt: skip


def _term(file: AwardOnFile) -> letter_facts.Term:
    weeks = file.package.need.expected_weeks
    return letter_facts.Term(starts_on=file.award.starts_on, ends_on=file.award.ends_on, expected_weeks=weeks)


def _price(file: AwardOnFile) -> letter_facts.Price:
    need, award = file.package.need, file.award
    priced = pricing.price_need(need, file.rates)
    first = None
    if award.starts_on.weekday() != 0:
        part = pricing.price_need(need, file.rates, from_day=award.starts_on)
        first = letter_facts.FirstWeek(cost=part.weekly, working=" ".join(part.working))
    return letter_facts.Price(
        rate=pricing.rate_sentence(file.rates), rounding=file.rates.rounding.value, weekly=priced.weekly,
        working=" ".join(priced.working), annual=annual_cost(priced.weekly), first_week=first,
    )  # fmt: skip


def _top_up(file: AwardOnFile) -> Money:
    return file.choice.top_up.additional_cost if file.choice.top_up else ZERO


def _shares(file: AwardOnFile) -> letter_facts.Shares:
    need = file.package.need
    person, fnc = need.client_contribution, choice_rules.fnc_of(need)
    left = choice_rules.council_weekly(file.offer, need, file.choice.top_up)
    return letter_facts.Shares(
        council=None if person is None else left - person, person=person, third_party=_top_up(file), nhs=fnc
    )


def _scores(file: AwardOnFile, side: OfferSideBySide) -> letter_facts.Scores:
    scored = side.scored
    if scored is None:
        raise AssertionError("an offer that is not scored has no scores to print")
    criteria = tuple(
        letter_facts.Criterion(
            name=points.criterion.capitalize(), weight=points.weight, points=points.raw or Decimal(0),
            weighted=points.weighted, working=_NO_VALUE if points.raw is None else "",
        )
        for points in scored.points
    )  # fmt: skip
    ranked = sum(held.scored is not None for held in file.comparison.offers)
    # A step's first sentence says what the test found; the next names who is left, and stays here.
    tests = tuple(f"{step.partition('. ')[0].rstrip('.')}." for step in scored.tests)
    return letter_facts.Scores(
        criteria=criteria, total=scored.total, rank=scored.rank, offers=ranked, tests=tests
    )


def _why_not(file: AwardOnFile, side: OfferSideBySide) -> tuple[str, ...]:
    """Reasons of this offer alone: lateness, start, or that the person chose another."""
    if side.offer.is_disregarded:
        return ("The accepted offer satisfied the criteria at a price that can last",)
    if not side.offer.counts:
        return (f"The offer of {file.award.provider} came in time and was accepted",)
    reasons = []
    if side.offer.starts_on > file.award.starts_on:
        reasons.append("The accepted offer could start earlier")
    if side.scored and file.winner.scored and side.scored.rank < file.winner.scored.rank:
        reasons.append(
            "Your offer scored higher, and the person, who may choose between the offers, chose the other"
        )
    if side.scored and side.scored.tests:
        return tuple(reasons) or ("The accepted offer stood before yours by the tests",)
    return tuple(reasons) or ("The accepted offer had the higher total",)


def _chosen_because(file: AwardOnFile) -> str:
    by = {
        ChosenBy.PERSON: "You chose",
        ChosenBy.ATTORNEY: "Your attorney chose",
        ChosenBy.DEPUTY: "Your deputy chose",
        ChosenBy.BEST_INTERESTS: "A best-interests decision chose",
        ChosenBy.BROKER: "We chose",
    }[file.choice.by]
    reason = f" The reason: {file.choice.reason}" if file.choice.reason.strip() else ""
    return f"{by} {file.award.provider}.{reason}"


def _reviews(file: AwardOnFile) -> tuple[date, ...]:
    """The first look and the yearly review. Source: docs/rules.md R097, R098."""
    dates = review_dates(file.award.starts_on, file.desk.rulebook, has_direct_payment=False)
    return dates.check_to, dates.annual_review_by


def _signatory(file: AwardOnFile) -> letter_facts.Signatory:
    me = file.desk.operator
    return letter_facts.Signatory(name=me.name, post=me.post or "Care broker")


def _complaints(file: AwardOnFile) -> str:
    return file.authority.contact or f"{file.authority.name}, complaints"


def _notice(framework: Framework) -> str:
    """The notice both ways: the framework's own term of that name."""
    stated = (term.value for term in framework.terms if term.name.casefold() in _NOTICE_TERMS)
    return next(stated, _NO_NOTICE)
