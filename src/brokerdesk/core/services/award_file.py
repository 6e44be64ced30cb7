"""An award as its letters state it: read once, and the facts that several of them share."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from brokerdesk.core.domain import choice_rules, letter_facts, pricing
from brokerdesk.core.domain.agreement_details import AgreementDetails
from brokerdesk.core.domain.anonymise import portrait_of, refuse_identity
from brokerdesk.core.domain.award import Award, Route
from brokerdesk.core.domain.choice import Choice
from brokerdesk.core.domain.costs import annual_cost
from brokerdesk.core.domain.deadlines import review_dates
from brokerdesk.core.domain.directory import KnownLocation
from brokerdesk.core.domain.framework import Framework, Lot
from brokerdesk.core.domain.letter import Letter, LetterKind, texts_of
from brokerdesk.core.domain.letter_wording import Wordings
from brokerdesk.core.domain.money import ZERO, Money
from brokerdesk.core.domain.notice_due import NoticeDue
from brokerdesk.core.domain.officer import Authority
from brokerdesk.core.domain.outside import invitation_outside
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.paper_basis import Basis
from brokerdesk.core.domain.routes import ROUTE_WORDS
from brokerdesk.core.domain.sourcing import Invitation, Offer, Round
from brokerdesk.core.domain.visits import NightKind
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import awards, journey, paper_facts, route_decisions
from brokerdesk.core.services.agreement_details import details_in
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.offer_forms import reference_of
from brokerdesk.core.services.offers import Comparison, OfferSideBySide, comparison_of
from brokerdesk.core.services.requirement import own_words
from brokerdesk.core.services.templates import InForce

_NOTICE_TERMS = ("notice period", "notice")
"""Names of the framework's term that states the notice both ways."""
DIRECT = frozenset({Route.USER_CHOICE, Route.URGENT, Route.DIRECT_S41, Route.SWITCH_S43})
"""Routes of an award that compares no offers. Source: docs/rules.md R005."""
_FREE = ("s117", "chc")
"""Funding under which the person is not charged. Source: docs/rules.md R094, R114."""
_YEAR = 365
"""Days from which on letters state the price of a year."""
_NO_VALUE = "no value is known, so 0 points"
_NO_NOTICE = "a reasonable time"
"""Reads `The notice is a reasonable time`, where the framework states none."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One composed letter and to whom it goes."""

    kind: LetterKind
    location_id: str
    addressee: str
    letter: Letter
    template_edition: int = 0
    """Edition of the standard paragraphs; 0: as shipped."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Where the numbers of an award's letters begin, so that no number of a package is used twice."""

    first: int
    agreement: str
    """Reference of the award's agreement, such as `KVB-0007-A1`."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one letter stands among those of its award."""

    reference: str
    """The letter's own, such as `KVB-0007-L1`."""
    version: int
    numbers: Numbers


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
    in_force: InForce
    route_reason: str = ""
    """Why the route is the one, where it was decided; empty on awards without a route decision."""
    notices: tuple[NoticeDue, ...] = ()
    """Of this award and of its package before any award."""
    details: AgreementDetails | None = None
    """None: neither finance nor the provider told anything yet."""

    @classmethod
    def of(cls, desk: Desk, unit: UnitOfWork, award: Award) -> AwardOnFile:
        """Read once for all letters."""
        package = unit.of(Package).get(award.package_id)
        framework, lot, rates = awards.offered_prices(unit, package, award)
        opened = unit.of(Round).get(award.round_id)
        decision = route_decisions.current_route(unit, package.id)
        comparison = comparison_of(unit, opened)
        return cls(
            desk=desk, authority=unit.of(Authority).find()[0], award=award, package=package,
            framework=framework, lot=lot, rates=rates, round=opened,
            choice=unit.of(Choice).get(award.choice_id), offer=unit.of(Offer).get(award.offer_id),
            comparison=comparison,
            invitations=_asked(unit, opened, comparison.offers),
            known=unit.directory.known([award.location_id]).get(award.location_id),
            fingerprint=fingerprint_of(desk.keys.signing_key().certificate_pem),
            in_force=InForce.on(desk, unit, desk.today()),
            notices=_noticed(unit, award),
            details=details_in(unit, package.id),
            route_reason=decision.explanation if decision else "",
        )  # fmt: skip

    def wordings(self, kind: LetterKind) -> Wordings:
        """The standard paragraphs of a kind of letter, as in force today."""
        return self.in_force.wordings(kind)

    def paper(self, kind: LetterKind, location_id: str, addressee: str, letter: Letter) -> Paper:
        """A composed letter in the council's own looks, with the edition that it was made from."""
        dressed = replace(letter, look=self.in_force.look)
        return Paper(kind, location_id, addressee, dressed, self.in_force.edition(kind))

    @property
    def others(self) -> tuple[OfferSideBySide, ...]:
        """Every other offer that was not taken back, best first."""
        return tuple(
            side
            for side in self.comparison.offers
            if side.offer.id != self.offer.id and side.offer.withdrawn_at is None
        )

    @property
    def basis(self) -> Basis:
        """How the award stands to the framework."""
        made_on = paper_facts.local_day(self.award.made_at)
        return Basis(
            route=self.award.facts.route, regime=self.framework.regime,
            is_live=self.framework.is_live(made_on), is_member=not self.offer.is_outside,
        )  # fmt: skip

    @property
    def winner(self) -> OfferSideBySide:
        """The awarded offer in the comparison."""
        return next(side for side in self.comparison.offers if side.offer.id == self.offer.id)


def _asked(unit: UnitOfWork, opened: Round, made: tuple[OfferSideBySide, ...]) -> dict[str, Invitation]:
    """Who was asked, by location; an offer from outside the framework stands beside them (R046)."""
    asked = {held.location_id: held for held in journey.invitations_of(unit, opened.id)}
    outside = {s.offer.location_id: invitation_outside(s.offer) for s in made if s.offer.is_outside}
    return asked | outside


def _noticed(unit: UnitOfWork, award: Award) -> tuple[NoticeDue, ...]:
    kept = unit.of(NoticeDue).find(package_id=award.package_id)
    return tuple(notice for notice in kept if notice.award_id in ("", award.id))


def fingerprint_of(certificate_pem: bytes) -> str:
    """SHA-256 of a certificate, hex, as the council publishes it. Source: docs/rules.md R143."""
    body = b"".join(line for line in certificate_pem.splitlines() if line and not line.startswith(b"-----"))
    return hashlib.sha256(base64.b64decode(body)).hexdigest()


def addressee_of(invitation: Invitation) -> letter_facts.Addressee:
    """The provider, for the attention of whom the framework names."""
    return paper_facts.addressee(invitation.provider, invitation.contact_name)


def provider_of(file: AwardOnFile) -> letter_facts.Provider:
    """The provider as it was on the day of the award."""
    facts, award = file.known.facts if file.known else None, file.award
    return letter_facts.Provider(
        name=award.provider, provider_id=award.provider_id,
        location=(facts.location_name if facts else None) or award.provider, location_id=award.location_id,
        regulated_activity=award.activity, rating=award.rating or "",
        directory_date=award.directory_dated_on or paper_facts.local_day(award.made_at),
    )  # fmt: skip


def route_of(file: AwardOnFile) -> letter_facts.Route:
    """The route of the award in words, and why."""
    name, section = ROUTE_WORDS[file.award.facts.route]
    decided = file.route_reason or (file.award.facts.reason if is_direct(file) else "")
    return letter_facts.Route(name=name, section=section, reason=decided)


def is_direct(file: AwardOnFile) -> bool:
    """Whether it was awarded by itself and not called off by comparing offers. Source: docs/rules.md R046."""
    return file.award.facts.route in DIRECT


def reasons_of(file: AwardOnFile) -> tuple[str, ...]:
    """Why this offer was accepted, where that is not the reason of the route alone."""
    reason = file.award.facts.reason
    return () if reason == route_of(file).reason else (reason,)


def is_before_deadline(file: AwardOnFile) -> bool:
    """Whether everyone had answered before the deadline, so that the award could come before it."""
    return file.award.made_at < file.round.closes_at


def service_of(file: AwardOnFile, *, with_prices: bool, is_private: bool) -> letter_facts.Service:
    """What is bought.

    Args:
        file: the award.
        with_prices: whether nights state their price.
        is_private: whether the reader may know the person; others read cleaned tasks (R125).
    """
    need, nights = file.package.need, file.rates.nights
    prices = {
        NightKind.SLEEP_IN: nights.sleep_in or nights.per_night,
        NightKind.WAKING: None if nights.waking_hour else nights.per_night,
    }
    tasks = need.tasks if is_private else portrait_of(need, on=file.award.starts_on).tasks
    return paper_facts.service(
        need, file.lot, pricing.price_need(need, file.rates).carer_hours, tasks=tasks,
        night_prices={kind: price for kind, price in prices.items() if price} if with_prices else None,
        bed_price=file.offer.weekly_cost,
    )  # fmt: skip


def term_of(file: AwardOnFile) -> letter_facts.Term:
    """When the service runs."""
    weeks = file.package.need.expected_weeks
    return letter_facts.Term(starts_on=file.award.starts_on, ends_on=file.award.ends_on, expected_weeks=weeks)


def price_of(file: AwardOnFile) -> letter_facts.Price:
    """What it costs, with its working. Source: docs/rules.md R157 to R164."""
    need, award = file.package.need, file.award
    priced = pricing.price_need(need, file.rates)
    pricing.check_awarded(priced, award.weekly_cost)
    first = None
    if award.starts_on.weekday() != 0:
        part = pricing.price_need(need, file.rates, from_day=award.starts_on)
        first = letter_facts.FirstWeek(cost=part.weekly, working=" ".join(part.working))
    return letter_facts.Price(
        rate=pricing.rate_sentence(file.rates), rounding=file.rates.rounding.value, weekly=priced.weekly,
        working=" ".join(priced.working), annual=annual_cost(priced.weekly), first_week=first,
        **_until_it_ends(award, priced.weekly),
    )  # fmt: skip


def _until_it_ends(award: Award, weekly: Money) -> dict[str, Any]:
    """What a service that ends within a year costs in all; nothing for a longer one."""
    days = 0 if award.ends_on is None else (award.ends_on - award.starts_on).days + 1
    if not 0 < days < _YEAR:
        return {}
    return {"until_it_ends": annual_cost(weekly, days=days), "term_basis": f"weekly cost × {days} ÷ 7"}


def contribution_of(file: AwardOnFile) -> Money | None:
    """What the person pays a week; nothing for after-care and continuing healthcare. Source: R094, R114."""
    need = file.package.need
    return ZERO if need.funding in _FREE else need.client_contribution


def published_of(file: AwardOnFile) -> str:
    """The notices of the award that are published, with their references; the one typed where none is kept.

    Source: docs/rules.md R056, R057, R068.
    """
    told = sorted((n.code, n.reference) for n in file.notices if n.done_on and n.code.startswith("UK"))
    return "; ".join(f"{code} {reference}" for code, reference in told) or file.award.facts.notice


def shares_of(file: AwardOnFile) -> letter_facts.Shares:
    """Who pays how much of the week. Source: docs/rules.md R086, R148, R115."""
    person = contribution_of(file)
    stated = replace(file.package.need, client_contribution=person)
    paid = choice_rules.who_pays(file.offer, stated, file.choice.top_up)
    return letter_facts.Shares(
        council=None if person is None else paid.council, person=person, third_party=paid.third_party,
        nhs=paid.nhs, own_top_up=paid.own_top_up,
    )  # fmt: skip


def scores_of(file: AwardOnFile, side: OfferSideBySide) -> letter_facts.Scores | None:
    """One offer's points; none where it was not scored."""
    scored = side.scored
    if scored is None:
        return None
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


def reviews_of(file: AwardOnFile) -> tuple[date, ...]:
    """The first look and the yearly review, as far as the service lasts. Source: docs/rules.md R097, R098."""
    dates = review_dates(file.award.starts_on, file.desk.rulebook, has_direct_payment=False)
    return dates.within(file.award.ends_on)


def signatory_of(desk: Desk) -> letter_facts.Signatory:
    """The signed-in officer."""
    me = desk.operator
    return letter_facts.Signatory(name=me.name, post=me.post or "Care broker")


def contact_of(file: AwardOnFile) -> letter_facts.Contact:
    """Whom to ask about a letter of this award."""
    return paper_facts.contact(file.desk.operator, file.in_force.head)


def complaints_of(file: AwardOnFile) -> str:
    """Where a complaint goes, as a phrase."""
    return paper_facts.complaints(file.authority, file.in_force.head)


def notice_of(framework: Framework) -> str:
    """The notice both ways: the framework's own term of that name."""
    stated = (term.value for term in framework.terms if term.name.casefold() in _NOTICE_TERMS)
    return next(stated, _NO_NOTICE)


def header_of(file: AwardOnFile, place: Place, to: letter_facts.Addressee) -> letter_facts.Header:
    """What stands at the top of a letter of this award."""
    return paper_facts.header(
        file.authority, file.package, reference=place.reference, version=place.version,
        issued_on=file.desk.today(), recipient=to, head=file.in_force.head,
    )  # fmt: skip


def requirement_of(file: AwardOnFile) -> str:
    """Reference of the requirement that the awarded provider answered; empty where it was not asked."""
    if file.offer.is_outside:
        return ""
    return reference_of(file.package, file.round, file.invitations[file.award.location_id])


def person_addressee(file: AwardOnFile) -> letter_facts.Addressee:
    """The person at home."""
    return paper_facts.person_at_home(file.package.need)


def refuse_person(file: AwardOnFile, letter: Letter, invitation: Invitation) -> None:
    """Refuse a letter to a provider that would tell who the person is. Source: docs/rules.md R125.

    Raises:
        RuleError: it would.
    """
    head = file.in_force.head
    printed = (head.team, *head.address, head.complaints) if head else ()
    terms = (text for term in file.framework.terms for text in (term.name, term.value))
    own = own_words(
        file.authority, file.framework, invitation.provider, invitation.contact_name, file.award.provider,
        file.desk.operator.name, *printed, *terms,
    )  # fmt: skip
    refuse_identity(" ".join(texts_of(letter)), file.package.need, own_words=own)
