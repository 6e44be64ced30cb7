"""Three invented cases on which a council looks at its templates; nobody in them is real."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from brokerdesk.core.domain import agreement_facts as agreed
from brokerdesk.core.domain import letter_facts as facts
from brokerdesk.core.domain.choice import Payer, SignsAs
from brokerdesk.core.domain.letter import Letter, LetterKind
from brokerdesk.core.domain.letter_agreement import compose_agreement
from brokerdesk.core.domain.letter_award import compose_award_letter
from brokerdesk.core.domain.letter_person import compose_person_letter
from brokerdesk.core.domain.letter_refusal import compose_refusal_letter
from brokerdesk.core.domain.letter_requirement import compose_requirement_sheet
from brokerdesk.core.domain.letter_template import Letterhead, look_of
from brokerdesk.core.domain.letter_top_up import compose_top_up_agreement
from brokerdesk.core.domain.letter_unsuccessful import compose_unsuccessful_letter
from brokerdesk.core.domain.letter_withdrawal import compose_person_withdrawal, compose_withdrawal_letter
from brokerdesk.core.domain.letter_wording import Wordings
from brokerdesk.core.domain.money import ZERO, Money
from brokerdesk.core.domain.price_lines import PriceLine
from brokerdesk.core.domain.topup_agreement import TopUpAgreementFacts


class Case(Enum):
    """Which invented case."""

    HOME_CARE = "home_care"
    CARE_HOME = "care_home_with_top_up"
    UNSUCCESSFUL = "unsuccessful"


@dataclass(frozen=True, slots=True)
class SampleSender:
    """Who writes: the authority, with the letterhead that is looked at."""

    authority: str
    head: Letterhead | None


Say = Callable[[LetterKind], Wordings]

_WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ISSUED, _STARTS, _DEADLINE = date(2026, 12, 9), date(2026, 12, 14), datetime(2026, 12, 7, 12, 0)
_REVIEWS = (date(2027, 2, 8), date(2027, 12, 13))
_CONTACT = facts.Contact(name="Asha Sample, care broker", phone="01632 960101")
_SIGNATORY = facts.Signatory(name="Gideon Sample", post="Head of Commissioning")
_FINGERPRINT = "ab" * 32
_PERSON, _PAYER = "Winifred Sample", "Rowena Sample"
_COMPLAINTS = "the Complaints Team, 01632 960111"
_TERMS = (
    ("Uplift", "1 April each year"), ("Notice period", "28 days"), ("Hospital stays", "Paid for 7 days"),
    ("Invoicing", "Every four weeks in arrears"),
)  # fmt: skip
_LOT = facts.FrameworkLot(
    name="Sample Care Framework", reference="SCF-2025", lot="Lot 2", tier="1", test="Most advantageous tender"
)
_ROUTE = facts.Route(
    name="Call-off from a framework", section="Procurement Act 2023, section 45",
    reason="The framework covers the service and its selection steps were followed.",
)  # fmt: skip


def sample_letter(case: Case, kind: LetterKind, say: Say, sender: SampleSender) -> Letter:
    """A letter of a case; a kind that the case has not is shown as the case's first kind.

    Args:
        case: which case.
        kind: that is looked at.
        say: the standard paragraphs by kind.
        sender: who writes.

    Raises:
        InputError: the paragraphs cannot be used.
    """
    makers = _MAKERS[case]
    wanted = kind if kind in makers else next(iter(makers))
    letter = makers[wanted](sender, say(wanted))
    return replace(letter, look=look_of(sender.head))


def _header(sender: SampleSender, reference: str, to: facts.Addressee) -> facts.Header:
    head = sender.head
    own = facts.Sender(authority=sender.authority, team="Care brokerage", address=("1 Sample Street",))
    if head is not None:
        own = replace(own, team=head.team, address=head.address, phone=head.phone, email=head.email)
    return facts.Header(
        reference=reference, package_reference="AAA-0001", version=1, issued_on=_ISSUED, sender=own,
        recipient=to, is_demo=True,
    )  # fmt: skip


_PROVIDER = facts.Addressee(name="Wrenhollow Care", attention="Ellis Sample")
_AT_HOME = facts.Addressee(name=_PERSON, address=("4 Sample Row", "AA1 1AA"))


def _service(case: Case) -> facts.Service:
    if case is Case.CARE_HOME:
        bed = facts.Bed(price_per_week=Money.parse("1317.68"), fnc=Money.parse("267.68"))
        return facts.Service(name="Care home with nursing", bed=bed, tasks=("Nursing care",))
    visits = (
        facts.VisitRow(days=_WEEK, at="08:00", minutes=45, carers=2),
        facts.VisitRow(days=_WEEK, at="20:00", minutes=30, carers=2),
    )
    tasks = ("Washing and dressing", "Prompting medication")
    return facts.Service(name="Home care", visits=visits, tasks=tasks, carer_hours="17.50")


def _price(case: Case) -> facts.Price:
    if case is Case.CARE_HOME:
        weekly, annual = Money.parse("1317.68"), Money.parse("68707.60")
        working = "The place costs £1,317.68 a week; less £267.68 that the NHS pays for nursing, £1,050.00."
        return facts.Price(
            rate="£1,317.68 a week", rounding="week", weekly=weekly, working=working, annual=annual
        )
    weekly, annual = Money.parse("421.75"), Money.parse("21991.25")
    working = "17.50 carer hours at £24.10 are £421.75."
    return facts.Price(rate="£24.10 an hour", rounding="week", weekly=weekly, working=working, annual=annual)


def _shares(case: Case) -> facts.Shares:
    person = Money.parse("86.40")
    if case is Case.CARE_HOME:
        council = Money.parse("873.60")
        return facts.Shares(
            council=council, person=person, third_party=Money.parse("90.00"), nhs=Money.parse("267.68")
        )
    return facts.Shares(council=Money.parse("335.35"), person=person, third_party=ZERO, nhs=ZERO)


def _scores(quality: str, price: str, rank: int) -> facts.Scores:
    rows = (("Quality", quality), ("Price", price))
    criteria = tuple(
        facts.Criterion(name=name, weight=Decimal(50), points=Decimal(points) * 2, weighted=Decimal(points))
        for name, points in rows
    )
    return facts.Scores(criteria=criteria, total=Decimal(quality) + Decimal(price), rank=rank, offers=2)


_BEST, _SECOND = _scores("41.00", "50.00", 1), _scores("44.00", "46.50", 2)
_WHO = facts.Provider(
    name="Wrenhollow Care", provider_id="1-900000001", location="Wrenhollow Northmere",
    location_id="1-100000001", regulated_activity="Personal care", rating="Good",
    directory_date=date(2026, 12, 1),
)  # fmt: skip
_TERM = facts.Term(starts_on=_STARTS, expected_weeks=52)


def _award_of(case: Case) -> Callable[[SampleSender, Wordings], Letter]:
    def make(sender: SampleSender, wordings: Wordings) -> Letter:
        return compose_award_letter(_award(case, sender), wordings)

    return make


def _award(case: Case, sender: SampleSender) -> facts.AwardLetterFacts:
    return facts.AwardLetterFacts(
        header=_header(sender, "AAA-0001-L1", _PROVIDER), provider=_WHO, framework=_LOT, route=_ROUTE,
        round_deadline_at=_DEADLINE, requirement="AAA-0001-R1-01", agreement="AAA-0001-A1",
        awarded_on=_ISSUED, service=_service(case), term=_TERM, price=_price(case), shares=_shares(case),
        scores=_BEST, reasons=("Best score and the person’s own choice",), reviews=_REVIEWS,
        notice_period="28 days", terms=_TERMS, contact=_CONTACT, signatory=_SIGNATORY,
        fingerprint=_FINGERPRINT,
    )  # fmt: skip


def _agreement_of(case: Case) -> Callable[[SampleSender, Wordings], Letter]:
    def make(sender: SampleSender, wordings: Wordings) -> Letter:
        award, price = _award(case, sender), _price(case)
        quantity = "1 week" if case is Case.CARE_HOME else "17.50 carer hours"
        line = PriceLine(award.service.name, quantity, price.rate, price.weekly)
        person = agreed.CaredFor(name=_PERSON, reference="S-1", address=_AT_HOME.address)
        return compose_agreement(
            agreed.AgreementFacts(
                header=replace(award.header, reference="AAA-0001-A1"), award_reference="AAA-0001-L1",
                provider=_WHO, registered=agreed.Registered(phone="01632 960200"), person=person,
                framework=_LOT, call_off="Mini-competition", route=_ROUTE, awarded_on=_ISSUED,
                service=award.service, term=_TERM, place="4 Sample Row, AA1 1AA", price=price, lines=(line,),
                shares=award.shares, funding="", terms=_TERMS, reviews=_REVIEWS, contact=_CONTACT,
                signatory=_SIGNATORY, fingerprint=_FINGERPRINT,
            ),
            wordings,
        )  # fmt: skip

    return make


def _unsuccessful(sender: SampleSender, wordings: Wordings) -> Letter:
    to = facts.Addressee(name="Marrowby Homecare", attention="Toma Sample")
    return compose_unsuccessful_letter(
        facts.UnsuccessfulLetterFacts(
            header=_header(sender, "AAA-0001-L2", to), framework=_LOT, service_name="Home care",
            round_deadline_at=_DEADLINE, awarded_on=_ISSUED, winner="Wrenhollow Care", winner_scores=_BEST,
            scores=_SECOND,
            reasons=("The accepted offer can start on 14 December 2026; yours could on 16 December 2026",),
            complaints=_COMPLAINTS, contact=_CONTACT, signatory=_SIGNATORY, fingerprint=_FINGERPRINT,
        ),
        wordings,
    )  # fmt: skip


def _person_of(case: Case) -> Callable[[SampleSender, Wordings], Letter]:
    def make(sender: SampleSender, wordings: Wordings) -> Letter:
        shares = _shares(case)
        return compose_person_letter(
            facts.PersonLetterFacts(
                header=_header(sender, "AAA-0001-L3", _AT_HOME), salutation=f"Dear {_PERSON}",
                provider="Wrenhollow Care", provider_phone="01632 960200",
                chosen_because="You chose Wrenhollow Care because you know the carers",
                service=_service(case), term=_TERM, their_share=shares.person,
                third_party_share=shares.third_party or None, reviews=_REVIEWS, contact=_CONTACT,
                complaints=_COMPLAINTS, signatory=_SIGNATORY, fingerprint=_FINGERPRINT,
            ),
            wordings,
        )  # fmt: skip

    return make


def _top_up(sender: SampleSender, wordings: Wordings) -> Letter:
    weekly = Money.parse("90.00")
    stated = TopUpAgreementFacts(
        person=_PERSON, home="Wrenhollow Care", payer=Payer.THIRD_PARTY, payer_name=_PAYER,
        signs_as=SignsAs.THIRD_PARTY, signed_by=_PAYER, starts_on=_STARTS, weekly=weekly,
        four_weekly=Money.parse("360.00"), yearly=Money.parse("4692.86"), budget=Money.parse("960.00"),
        price=Money.parse("1317.68"), nhs=Money.parse("267.68"), payment_frequency="Every four weeks",
        payee="The council, which pays the home", review_provision="Once a year",
        review_on=date(2027, 12, 8), if_payments_stop="We talk to you first; a move may follow",
        provider_price_rises="We write to you before", payer_finances_change="Tell us at once",
        first_party_ground="", disregard_ends_on=None, evidence="A signed budget", evidence_on=_ISSUED,
        affordable_home="Thornfield House", affordable_weekly=Money.parse("945.00"),
        affordable_offered_on=date(2026, 12, 1), affordable_answer="Too far to visit",
    )  # fmt: skip
    return compose_top_up_agreement(
        agreed.TopUpFacts(
            header=_header(sender, "AAA-0001-L5", facts.Addressee(name=_PAYER)), agreed=stated,
            contact=_CONTACT, complaints=_COMPLAINTS, signatory=_SIGNATORY, fingerprint=_FINGERPRINT,
        ),
        wordings,
    )  # fmt: skip


def _refusal(sender: SampleSender, wordings: Wordings) -> Letter:
    return compose_refusal_letter(
        agreed.RefusalFacts(
            header=_header(sender, "AAA-0001-L1", _AT_HOME), salutation=f"Dear {_PERSON}",
            preferred="Orchard Court", chosen="Thornfield House", decided_by="Gideon Sample",
            decided_on=_ISSUED, reasons=("Its free room has no lift",), contact=_CONTACT,
            complaints=_COMPLAINTS, signatory=_SIGNATORY, fingerprint=_FINGERPRINT,
        ),
        wordings,
    )  # fmt: skip


def _withdrawal(sender: SampleSender, wordings: Wordings) -> Letter:
    return compose_withdrawal_letter(_withdrawn(_header(sender, "AAA-0001-L6", _PROVIDER)), wordings)


def _person_withdrawal(sender: SampleSender, wordings: Wordings) -> Letter:
    return compose_person_withdrawal(_withdrawn(_header(sender, "AAA-0001-L7", _AT_HOME)), wordings)


def _withdrawn(header: facts.Header) -> agreed.WithdrawalFacts:
    return agreed.WithdrawalFacts(
        header=header, salutation=f"Dear {_PERSON}", provider="Wrenhollow Care", awarded_on=_ISSUED,
        withdrawn_on=_ISSUED, withdrawn=("AAA-0001-L1", "AAA-0001-A1"),
        reason="The provider has no two carers for the morning", contact=_CONTACT, complaints=_COMPLAINTS,
        signatory=_SIGNATORY, fingerprint=_FINGERPRINT,
    )  # fmt: skip


def _requirement_of(case: Case) -> Callable[[SampleSender, Wordings], Letter]:
    def make(sender: SampleSender, wordings: Wordings) -> Letter:
        return compose_requirement_sheet(
            facts.RequirementFacts(
                header=_header(sender, "AAA-0001-R1-01", facts.Addressee(name="Wrenhollow Care")),
                framework=_LOT, cohort="Adult", age_band="80 to 89", outcode="AA1",
                needs=("Help with washing and dressing",), preferences=(), service=_service(case),
                term=_TERM, answer_by=_DEADLINE, weights=(("Quality", Decimal(50)), ("Price", Decimal(50))),
                contact=_CONTACT,
            ),
            wordings,
        )  # fmt: skip

    return make


def _of_an_award(case: Case) -> dict[LetterKind, Callable[[SampleSender, Wordings], Letter]]:
    return {
        LetterKind.AWARD: _award_of(case),
        LetterKind.PERSON: _person_of(case),
        LetterKind.AGREEMENT: _agreement_of(case),
        LetterKind.REQUIREMENT: _requirement_of(case),
        LetterKind.WITHDRAWAL: _withdrawal,
        LetterKind.WITHDRAWAL_PERSON: _person_withdrawal,
    }


_MAKERS: dict[Case, dict[LetterKind, Callable[[SampleSender, Wordings], Letter]]] = {
    Case.HOME_CARE: _of_an_award(Case.HOME_CARE),
    Case.CARE_HOME: {
        **_of_an_award(Case.CARE_HOME), LetterKind.TOP_UP: _top_up, LetterKind.REFUSAL: _refusal,
    },
    Case.UNSUCCESSFUL: {LetterKind.UNSUCCESSFUL: _unsuccessful},
}  # fmt: skip


def case_for(kind: LetterKind) -> Case:
    """The first case that has letters of a kind."""
    return next(case for case, makers in _MAKERS.items() if kind in makers)
