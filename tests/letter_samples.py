"""Invented letters that several tests read, composed of the facts beside this module: nobody is real."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

from brokerdesk.core.domain.letter import Letter, LetterKind, Look, corrected
from brokerdesk.core.domain.letter_agreement import compose_agreement
from brokerdesk.core.domain.letter_award import compose_award_letter
from brokerdesk.core.domain.letter_choice import compose_choice_record
from brokerdesk.core.domain.letter_person import compose_person_letter
from brokerdesk.core.domain.letter_refusal import compose_refusal_letter
from brokerdesk.core.domain.letter_requirement import compose_requirement_sheet
from brokerdesk.core.domain.letter_round import compose_clarification, compose_round_withdrawn
from brokerdesk.core.domain.letter_top_up import compose_top_up_agreement
from brokerdesk.core.domain.letter_unsuccessful import compose_unsuccessful_letter
from brokerdesk.core.domain.letter_withdrawal import compose_person_withdrawal, compose_withdrawal_letter
from brokerdesk.core.domain.letter_wording import Wordings
from letter_facts_samples import (
    agreement_facts,
    award_facts,
    choice_paper_facts,
    person_facts,
    refusal_facts,
    requirement_facts,
    round_facts,
    top_up_facts,
    unsuccessful_facts,
    withdrawal_facts,
)

RESOURCES = Path(__file__).resolve().parents[1] / "resources"

CREST = (
    "iVBORw0KGgoAAAANSUhEUgAAAGAAAABABAMAAAAXGm89AAAAGFBMVEUfTowAAADpojv///8AAAAAAAAAAAAAAADMuQi3AAAA"
    "CHRSTlP/AP//AAAAAL8MOAcAAADkSURBVHja7ZbBDcMgDEUfVgcgG6Cu0P136AQRI7BAQw+kObSQ2Ihc2uYSJN7Pt7GT2E3Y"
    "LjHyXADISYE6vzmo+JUSNb9yAiRt/LkIsj7jBGIwgNxxrGKJCFKPQ7Lgucehq5c+nxNgNjhIAK56gQRoKaqC8HY/Eohqs2JQ"
    "tRhRB9HudjuExnqcw08KYmM9zmGpLocmHXdSqAqWnYjqIcW2QV2wFHLWF26JLR6Mv93pG7r19fW+HZKP+/+dNjTH+b3kLbjr"
    "SdpZcN91rN6SAoIlJl8K5w0GyDbyKkdjQa0olDt9un8COgsn51pnpFUAAAAASUVORK5CYII="
)
"""An invented crest, PNG in base64."""


def wordings(kind: LetterKind) -> Wordings:
    """The standard paragraphs as they are shipped."""
    return Wordings(
        kind, tomllib.loads((RESOURCES / "letters" / f"{kind.value}.toml").read_text(encoding="utf-8"))
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


def clarification() -> Letter:
    """Questions and answers for everyone."""
    facts = round_facts(questions=(("Is there a key safe?", "Yes, by the front door."),))
    return compose_clarification(facts, wordings(LetterKind.CLARIFICATION))


def round_withdrawn() -> Letter:
    """A round that ends without a choice."""
    facts = round_facts(reason="The person will stay with family, so the care is not needed now.")
    return compose_round_withdrawn(facts, wordings(LetterKind.ROUND_WITHDRAWN))


def agreement() -> Letter:
    """The individual service agreement."""
    return compose_agreement(agreement_facts(), wordings(LetterKind.AGREEMENT))


def top_up_agreement() -> Letter:
    """The top-up agreement."""
    return compose_top_up_agreement(top_up_facts(), wordings(LetterKind.TOP_UP))


def section_117_top_up() -> Letter:
    """The same for after-care, with seven items."""
    facts = top_up_facts()
    agreed = replace(facts.agreed, budget=None)
    return compose_top_up_agreement(replace(facts, agreed=agreed), wordings(LetterKind.TOP_UP))


def refusal_letter() -> Letter:
    """The refusal of a preferred home."""
    return compose_refusal_letter(refusal_facts(), wordings(LetterKind.REFUSAL))


def withdrawal_letter() -> Letter:
    """The withdrawal, to the provider."""
    return compose_withdrawal_letter(withdrawal_facts(), wordings(LetterKind.WITHDRAWAL))


def person_withdrawal() -> Letter:
    """The withdrawal, to the person."""
    person = person_facts()
    facts = replace(
        withdrawal_facts(),
        header=replace(person.header, reference="KVB-0007-L7", issued_on=date(2026, 12, 10)),
        salutation=person.salutation,
        complaints=person.complaints,
    )
    return compose_person_withdrawal(facts, wordings(LetterKind.WITHDRAWAL_PERSON))


def large_print() -> Letter:
    """The person's letter in large print."""
    return replace(person_letter(), is_large_print=True)


def correction() -> Letter:
    """The unsuccessful letter, corrected."""
    letter = replace(unsuccessful_letter(), version=2)
    return corrected(letter, of=date(2026, 12, 9), reason="The contact for feedback was wrong.")


def with_letterhead() -> Letter:
    """The award letter that comes with an agreement, under the council's own crest and colour."""
    facts = replace(award_facts(), agreement="KVB-0007-A1", requirement="KVB-0007-R1-01")
    letter = compose_award_letter(facts, wordings(LetterKind.AWARD))
    return replace(letter, look=Look("#1F4E8C", CREST, "An invented crest: a sun over water"))


def choice_record() -> Letter:
    """The record of a choice, to be signed."""
    return compose_choice_record(choice_paper_facts(), wordings(LetterKind.CHOICE))


LETTERS = {
    "letterhead": with_letterhead,
    "agreement": agreement,
    "top-up": top_up_agreement,
    "top-up-s117": section_117_top_up,
    "refusal": refusal_letter,
    "withdrawal-provider": withdrawal_letter,
    "withdrawal-person": person_withdrawal,
    "person-large-print": large_print,
    "correction": correction,
    "award": award_letter,
    "unsuccessful": unsuccessful_letter,
    "person": person_letter,
    "requirement": requirement_sheet,
    "requirement_amended": amended_sheet,
    "choice-record": choice_record,
    "clarification": clarification,
    "round_withdrawn": round_withdrawn,
}
