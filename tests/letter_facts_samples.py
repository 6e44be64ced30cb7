"""Invented facts that letters are composed of in tests: nobody in them is real."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from brokerdesk.core.domain.agreement_facts import (
    AgreementFacts,
    Billing,
    CaredFor,
    RefusalFacts,
    Registered,
    TopUpFacts,
    WithdrawalFacts,
)
from brokerdesk.core.domain.choice import Choice, ChosenBy, Option, Payer, SignsAs
from brokerdesk.core.domain.choice_record import (
    Ability,
    Advocacy,
    Alternative,
    CapacityFinding,
    CapacityOutcome,
    ChoiceRecord,
    Consulted,
    OptionRefusal,
    Presented,
    RefusalCode,
    Unsuitable,
)
from brokerdesk.core.domain.letter_choice import ChoicePaperFacts
from brokerdesk.core.domain.letter_facts import (
    Addressee,
    AwardLetterFacts,
    Contact,
    Criterion,
    FirstWeek,
    FrameworkLot,
    Header,
    PersonLetterFacts,
    Price,
    Provider,
    RequirementFacts,
    RoundNoticeFacts,
    Route,
    Scores,
    Sender,
    Service,
    Shares,
    Signatory,
    Term,
    UnsuccessfulLetterFacts,
    VisitRow,
)
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.price_lines import PriceLine
from brokerdesk.core.domain.topup_agreement import TopUpAgreementFacts

WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
FINGERPRINT = "ab" * 32
PRIVATE = ("Winifred", "Larkspur", "999 000 0018", "WN5 9AA", "4 Quarry Row")

SENDER = Sender(
    authority="Northmere Council",
    team="Adult care brokerage",
    address=("Civic Hall", "Northmere NM1 1AA"),
    phone="01632 960100",
    email="brokerage@northmere.example",
)
CONTACT = Contact(name="Asha Penhaligon", phone="01632 960101", email="brokerage@northmere.example")
SIGNATORY = Signatory(name="Gideon Fairweather", post="Head of Commissioning")
LOT = FrameworkLot(
    name="Care at Home Framework 2025", reference="NM-F-2025-02", lot="Lot 2 home care", tier="1"
)
SERVICE = Service(
    name="Home care",
    visits=tuple(
        VisitRow(days=WEEK, at=at, minutes=minutes, carers=2)
        for at, minutes in (("08:00", 45), ("12:30", 30), ("17:00", 30), ("21:00", 45))
    ),
    tasks=("Washing and dressing", "Prompting medication"),
    carer_hours="35.00",
)
TERM = Term(starts_on=date(2026, 12, 14), expected_weeks=52)


def scores(quality: str, price: str, fit: str, total: str, rank: int) -> Scores:
    """E17's shape: quality 40, price 40, continuity and choice 20."""
    rows = (("Quality", 40, quality), ("Price", 40, price), ("Continuity and choice", 20, fit))
    return Scores(
        criteria=tuple(
            Criterion(
                name=name,
                weight=Decimal(weight),
                points=Decimal(given) * 100 / weight,
                weighted=Decimal(given),
            )
            for name, weight, given in rows
        ),
        total=Decimal(total),
        rank=rank,
        offers=2,
    )


WINNER = scores("28.00", "40.00", "18.00", "86.00", 1)
SECOND = scores("32.00", "38.01", "12.00", "82.01", 2)


def header(reference: str, to: Addressee, *, is_demo: bool = True) -> Header:
    """The top of a letter of package KVB-0007."""
    return Header(
        reference=reference,
        package_reference="KVB-0007",
        version=1,
        issued_on=date(2026, 12, 9),
        sender=SENDER,
        recipient=to,
        is_demo=is_demo,
    )


def award_facts() -> AwardLetterFacts:
    """E1's week, awarded under a framework."""
    return AwardLetterFacts(
        header=header(
            "KVB-0007-L1",
            Addressee(
                name="Wrenhollow Home Care Limited",
                attention="Ellis Varley",
                address=("2 Mill Lane", "Northmere NM2 4BB"),
            ),
        ),
        provider=Provider(
            name="Wrenhollow Home Care Limited",
            provider_id="1-900000001",
            location="Wrenhollow Northmere",
            location_id="1-100000001",
            regulated_activity="Personal care",
            rating="Good",
            directory_date=date(2026, 12, 1),
        ),
        framework=LOT,
        route=Route(
            name="Call-off from a framework",
            section="Procurement Act 2023, section 45",
            reason="The framework covers the service and its own selection steps were followed.",
        ),
        round_deadline_at=datetime(2026, 12, 7, 12, 0),
        awarded_on=date(2026, 12, 9),
        service=SERVICE,
        term=TERM,
        price=Price(
            rate="£24.10 for each carer hour",
            rounding="week",
            weekly=Money.parse("843.50"),
            working="17.50 visit hours × 2 carers = 35.00 carer hours; 35.00 × £24.10 = £843.50",
            annual=Money.parse("43982.50"),
        ),
        shares=Shares(
            council=Money.parse("743.50"), person=Money.parse("100.00"), third_party=Money(0), nhs=Money(0)
        ),
        scores=WINNER,
        reasons=("Highest total of the two offers", "Every visit is offered at the time asked"),
        reviews=(date(2027, 1, 25), date(2027, 12, 13)),
        notice_period="28 days",
        terms=(
            ("Call monitoring", "Electronic, minutes planned"),
            ("Uplift", "1 April each year, framework rule 7"),
        ),
        contact=CONTACT,
        sign_by=date(2026, 12, 11),
        signatory=SIGNATORY,
        fingerprint=FINGERPRINT,
    )


def late_start(facts: AwardLetterFacts) -> AwardLetterFacts:
    """The same award from a Thursday, E3's part week."""
    first = FirstWeek(cost=Money.parse("482.00"), working="4 of 7 days are 20.00 carer hours at £24.10")
    return replace(
        facts,
        term=replace(facts.term, starts_on=date(2026, 12, 17)),
        price=replace(facts.price, first_week=first),
    )


def unsuccessful_facts() -> UnsuccessfulLetterFacts:
    """To the second of two."""
    return UnsuccessfulLetterFacts(
        header=header("KVB-0007-L2", Addressee(name="Marrowby Homecare", attention="Toma Ridley")),
        framework=LOT,
        service_name="Home care",
        round_deadline_at=datetime(2026, 12, 7, 12, 0),
        awarded_on=date(2026, 12, 9),
        winner="Wrenhollow Home Care Limited",
        winner_scores=WINNER,
        scores=SECOND,
        reasons=("The morning call was offered 45 minutes later than asked",),
        complaints="the Head of Procurement, Civic Hall, Northmere NM1 1AA",
        contact=CONTACT,
        signatory=SIGNATORY,
        fingerprint=FINGERPRINT,
    )


def person_facts() -> PersonLetterFacts:
    """To the person."""
    to = Addressee(name="Mrs Winifred Larkspur", address=("4 Quarry Row", "Northmere", "WN5 9AA"))
    return PersonLetterFacts(
        header=header("KVB-0007-L3", to),
        salutation="Dear Mrs Larkspur",
        provider="Wrenhollow Home Care Limited",
        provider_phone="01632 960200",
        chosen_because="You chose Wrenhollow because you know the carers",
        service=SERVICE,
        term=TERM,
        their_share=Money.parse("100.00"),
        reviews=(date(2027, 1, 25),),
        contact=CONTACT,
        complaints="the Complaints Team, Civic Hall, Northmere NM1 1AA, 01632 960111",
        signatory=SIGNATORY,
        fingerprint=FINGERPRINT,
    )


def requirement_facts() -> RequirementFacts:
    """What both were asked."""
    return RequirementFacts(
        header=header("KVB-0007-R1", Addressee(name="Providers of Lot 2 home care")),
        framework=LOT,
        cohort="Adult",
        age_band="80 to 89",
        outcode="WN5",
        needs=("Help with washing and dressing, two carers", "Hoist in place"),
        preferences=("A carer who can cook",),
        service=SERVICE,
        term=TERM,
        answer_by=datetime(2026, 12, 7, 12, 0),
        weights=(("Quality", Decimal(40)), ("Price", Decimal(40)), ("Continuity and choice", Decimal(20))),
        contact=CONTACT,
    )


def round_facts(**other: object) -> RoundNoticeFacts:
    """What everyone asked is told about a round."""
    asked = requirement_facts()
    stated: dict[str, Any] = {
        "header": asked.header, "framework": asked.framework, "contact": asked.contact,
        "answer_by": asked.answer_by,
    }  # fmt: skip
    return RoundNoticeFacts(**{**stated, **other})


def agreement_facts() -> AgreementFacts:
    """The agreement that goes with the award letter."""
    award = award_facts()
    return AgreementFacts(
        header=replace(award.header, reference="KVB-0007-A1"),
        award_reference="KVB-0007-L1",
        provider=award.provider,
        registered=Registered(
            address=("2 Mill Lane", "Northmere", "NM2 4BB"),
            phone="01632 960200",
            company_number="09990001",
            contact="Ellis Varley, ellis.varley@wrenhollow.example",
            out_of_hours="Duty manager, 01632 960299",
        ),
        person=CaredFor(
            name="Winifred Larkspur",
            reference="NM-204417",
            born_on=date(1942, 5, 3),
            address=("4 Quarry Row", "WN5 9AA"),
        ),
        framework=replace(LOT, test="Most advantageous tender"),
        call_off="Mini-competition",
        route=award.route,
        awarded_on=award.awarded_on,
        service=SERVICE,
        term=TERM,
        place="Where the person lives, WN5 9AA",
        price=award.price,
        lines=(
            PriceLine("Visits", "35.00 carer hours", "£24.10 an hour", Money.parse("843.50")),
        ),
        shares=award.shares,
        funding="",
        terms=(
            ("Uplift", "1 April each year, framework rule 7"),
            ("Notice", "28 days"),
            ("Notice by the provider", "56 days where two carers come"),
            ("Hospital stays", "Paid in full for 7 days, then nothing"),
            ("Call monitoring", "Electronic, minutes planned"),
            ("Key safe", "The provider looks after the code"),
        ),
        billing=Billing(
            purchase_order="4500098765", cost_centre="A4410", subjective_code="52110",
            invoices_to="Accounts payable, Civic Hall, Northmere NM1 1AA",
        ),
        emergency="Emergency duty team, 01632 960199",
        reviews=award.reviews,
        contact=CONTACT,
        sign_by=date(2026, 12, 11),
        signatory=SIGNATORY,
        fingerprint=FINGERPRINT,
    )


def choice_paper_facts() -> ChoicePaperFacts:
    """A choice of three homes: one chosen, one turned down, one judged not suitable."""
    shown = datetime(2026, 12, 1, 10, tzinfo=UTC)
    first = Option(
        "o1", "1-1", "Rose Lodge", "Good", date(2026, 5, 1), "2.4", Money.parse("1050.00"),
        Money.parse("1050.00"), Money.parse("90.00"), False, date(2026, 12, 14), shown,
        "1 Invented Yard, NM2 2BB", Money.parse("100.00"), True, datetime(2026, 12, 10, 17, tzinfo=UTC),
    )  # fmt: skip
    second = replace(
        first, offer_id="o2", provider="Thornfield House", top_up=Money(0), is_within_budget=True,
        available_until=None, weekly_cost=Money.parse("945.00"),
    )  # fmt: skip
    third = replace(second, offer_id="o3", provider="Orchard Court", rating=None, rating_on=None)
    record = ChoiceRecord(
        told_on=date(2026, 12, 3), presented=(Presented.LARGE_PRINT, Presented.SCREEN), place="Ward 7",
        present="Her daughter and the social worker", communication="A hearing loop",
        capacity=CapacityFinding(
            CapacityOutcome.LACKS, date(2026, 12, 2), "R. Assessor", (Ability.RETAIN,), "Dementia",
            "What is told is lost within minutes", "Pictures and short words, twice", is_unbefriended=False,
        ),
        advocacy=Advocacy((Ability.WEIGH,), advocate="Northmere Advocacy, ref 12", advocate_said="Agrees"),
        alternatives=(Alternative("Shared Lives", "Nobody near has a room without stairs"),),
        decision_maker="Rowena Larkspur",
        consulted=(Consulted("Her daughter", "Wants her near the garden"),),
        unsuitable=(Unsuitable("o3", "No lift to the free room"),),
    )  # fmt: skip
    choice = Choice(
        "c1", "p1", "r1", "o1", "1-1", "Rose Lodge", ChosenBy.ATTORNEY, "LPA registered, seen 2 December",
        "She knows two people there", (second, first, third), "", None,
        datetime(2026, 12, 3, 11, tzinfo=UTC), "f1", record=record,
    )  # fmt: skip
    refusal = OptionRefusal(
        "x1", "p1", "r1", "o2", "1-2", "Thornfield House", RefusalCode.TOO_FAR, "Too far for her daughter",
        "attorney", date(2026, 12, 2), shown, "f1",
    )  # fmt: skip
    return ChoicePaperFacts(
        header=replace(person_facts().header, reference="KVB-0007-C"), person="Mrs Winifred Larkspur",
        reference="NM-204417", choice=choice, refusals=(refusal,),
        refusals_counted="1 option turned down: too far from people who matter (1).",
        imca="Not due for this decision", refused_preference="", recorded_by="Asha Penhaligon",
        contact=CONTACT,
    )  # fmt: skip


def top_up_facts() -> TopUpFacts:
    """E4's top-up, paid by a daughter."""
    weekly = Money.parse("90.00")
    return TopUpFacts(
        header=header(
            "KVB-0007-L5", Addressee(name="Ms Rowena Larkspur", address=("8 Bridge Street", "Northmere"))
        ),
        agreed=TopUpAgreementFacts(
            person="Winifred Larkspur",
            home="Rose Lodge",
            payer=Payer.THIRD_PARTY,
            payer_name="Rowena Larkspur",
            signs_as=SignsAs.THIRD_PARTY,
            signed_by="Rowena Larkspur",
            starts_on=date(2026, 12, 14),
            weekly=weekly,
            four_weekly=Money.parse("360.00"),
            yearly=Money.parse("4692.86"),
            budget=Money.parse("960.00"),
            price=Money.parse("1317.68"),
            nhs=Money.parse("267.68"),
            payment_frequency="Every four weeks, in advance",
            payee="Northmere Council, which pays the home in full",
            review_provision="Once a year, and when either side asks",
            review_on=date(2027, 12, 13),
            if_payments_stop="We talk to you first; the person may have to move to a home within the budget",
            provider_price_rises="We write to you before; your share may rise by more than ours",
            payer_finances_change="Tell us at once, and we look at the agreement again",
            first_party_ground="",
            disregard_ends_on=None,
            evidence="Bank statements and a signed budget, seen by A. Penhaligon",
            evidence_on=date(2026, 12, 2),
            affordable_home="Thornfield House",
            affordable_weekly=Money.parse("945.00"),
            affordable_offered_on=date(2026, 12, 1),
            affordable_answer="Too far for her daughter to visit",
        ),
        contact=CONTACT,
        complaints="the Complaints Team, Civic Hall, Northmere NM1 1AA, 01632 960111",
        signatory=SIGNATORY,
        fingerprint=FINGERPRINT,
    )


def refusal_facts() -> RefusalFacts:
    """Why the preferred home was refused."""
    person = person_facts()
    return RefusalFacts(
        header=replace(person.header, reference="KVB-0007-L1"),
        salutation=person.salutation,
        preferred="Orchard Court",
        chosen="Thornfield House",
        decided_by="Gideon Fairweather, Head of Commissioning",
        decided_on=date(2026, 12, 4),
        reasons=("Orchard Court has no lift to the first floor, where its free room is",),
        conditions=("It is not suitable for the assessed needs",),
        contact=CONTACT,
        complaints=person.complaints,
        signatory=SIGNATORY,
        fingerprint=FINGERPRINT,
    )


def withdrawal_facts() -> WithdrawalFacts:
    """The award taken back, as the provider is told."""
    return WithdrawalFacts(
        header=replace(award_facts().header, reference="KVB-0007-L6", issued_on=date(2026, 12, 10)),
        provider="Wrenhollow Home Care Limited",
        awarded_on=date(2026, 12, 9),
        withdrawn_on=date(2026, 12, 10),
        withdrawn=("KVB-0007-L1", "KVB-0007-A1"),
        reason="The provider told us that it has no two carers for the morning call",
        contact=CONTACT,
        complaints="the Head of Procurement, Civic Hall, Northmere NM1 1AA",
        signatory=SIGNATORY,
        fingerprint=FINGERPRINT,
    )
