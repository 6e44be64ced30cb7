"""Invented letters that several tests read: nobody in them is real."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from brokerdesk.core.domain.letter import Letter, LetterKind
from brokerdesk.core.domain.letter_award import compose_award_letter
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
from brokerdesk.core.domain.letter_person import compose_person_letter
from brokerdesk.core.domain.letter_requirement import compose_requirement_sheet
from brokerdesk.core.domain.letter_round import compose_clarification, compose_round_withdrawn
from brokerdesk.core.domain.letter_unsuccessful import compose_unsuccessful_letter
from brokerdesk.core.domain.letter_wording import Wordings
from brokerdesk.core.domain.money import Money

RESOURCES = Path(__file__).resolve().parents[1] / "resources"
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


def wordings(kind: LetterKind) -> Wordings:
    """The standard paragraphs as they are shipped."""
    return Wordings(
        kind, tomllib.loads((RESOURCES / "letters" / f"{kind.value}.toml").read_text(encoding="utf-8"))
    )


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


def award_letter() -> Letter:
    """The award letter."""
    return compose_award_letter(award_facts(), wordings(LetterKind.AWARD))


def unsuccessful_letter() -> Letter:
    """The unsuccessful letter."""
    return compose_unsuccessful_letter(unsuccessful_facts(), wordings(LetterKind.UNSUCCESSFUL))


def person_letter() -> Letter:
    """The person's letter."""
    return compose_person_letter(person_facts(), wordings(LetterKind.PERSON))


def requirement_sheet() -> Letter:
    """The requirement sheet."""
    return compose_requirement_sheet(requirement_facts(), wordings(LetterKind.REQUIREMENT))


def amended_sheet() -> Letter:
    """A requirement sheet that takes the place of an earlier one, with a question answered."""
    facts = replace(
        requirement_facts(),
        differences=(
            ("Starts", "14 December 2026", "16 December 2026"),
            ("Nights a week", "none", "Mon sleep-in"),
        ),
        amended_because="The person leaves hospital two days later.",
        questions=(("Is there a key safe?", "Yes, by the front door."),),
    )
    return compose_requirement_sheet(facts, wordings(LetterKind.REQUIREMENT))


def round_facts(**other: object) -> RoundNoticeFacts:
    """What everyone asked is told about a round."""
    asked = requirement_facts()
    stated: dict[str, Any] = {
        "header": asked.header, "framework": asked.framework, "contact": asked.contact,
        "answer_by": asked.answer_by,
    }  # fmt: skip
    return RoundNoticeFacts(**{**stated, **other})


def clarification() -> Letter:
    """Questions and answers for everyone."""
    facts = round_facts(questions=(("Is there a key safe?", "Yes, by the front door."),))
    return compose_clarification(facts, wordings(LetterKind.CLARIFICATION))


def round_withdrawn() -> Letter:
    """A round that ends without a choice."""
    facts = round_facts(reason="The person will stay with family, so the care is not needed now.")
    return compose_round_withdrawn(facts, wordings(LetterKind.ROUND_WITHDRAWN))


LETTERS = {
    "award": award_letter,
    "unsuccessful": unsuccessful_letter,
    "person": person_letter,
    "requirement": requirement_sheet,
    "requirement_amended": amended_sheet,
    "clarification": clarification,
    "round_withdrawn": round_withdrawn,
}
