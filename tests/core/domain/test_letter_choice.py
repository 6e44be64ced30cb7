"""The choice record as a paper says what the law asks to be on record, and asks for a signature."""

from __future__ import annotations

from dataclasses import replace

import pytest

import letter_facts_samples as given_facts
import letter_samples as samples
from brokerdesk.core.domain.choice import ChosenBy
from brokerdesk.core.domain.choice_record import ChoiceRecord
from brokerdesk.core.domain.letter import Figure, Letter, LetterKind, texts_of
from brokerdesk.core.domain.letter_choice import CHOOSERS, compose_choice_record

WORDINGS = samples.wordings(LetterKind.CHOICE)


def said(letter: Letter) -> str:
    return "\n".join(texts_of(letter))


@pytest.mark.parametrize(
    "wanted",
    [
        "using or weighing it",
        "Record of choice, KVB-0007", "Rose Lodge, chosen on 3 December 2026", "Mrs Winifred Larkspur",
        "1 Invented Yard, NM2 2BB", "Good, 1 May 2026", "2.4 miles", "£1,050.00 a week",
        "£90.00 a week above the budget", "£100.00 a week", "14 December 2026",
        "Yes, held until 17:00 on Thursday 10 December 2026", "Turned down: Too far for her daughter.",
        "Judged not suitable: No lift to the free room.", "Chosen", "An attorney for health and welfare",
        "Rowena Larkspur", "LPA registered, seen 2 December", "She knows two people there",
        "too far from people who matter (1)", "Shared Lives: Nobody near has a room without stairs.",
        "Assessed: lacks capacity for this decision", "R. Assessor, 2 December 2026", "retain", "Dementia",
        "What is told is lost within minutes", "Pictures and short words, twice", "Not due for this decision",
        "Northmere Advocacy, ref 12", "Agrees", "Her daughter: Wants her near the garden.", "A hearing loop",
        "Large print and face to face on screen", "Ward 7", "Her daughter and the social worker",
        "Asha Penhaligon",
    ],
)  # fmt: skip
def test_the_paper_says_everything_that_is_on_record(wanted: str) -> None:
    assert wanted in said(samples.choice_record())


def test_who_decided_signs_it_and_a_signature_drawn_on_the_screen_stands_in_its_place() -> None:
    unsigned = samples.choice_record()
    assert unsigned.signature is None
    assert unsigned.counter_signature is not None
    assert unsigned.counter_signature.on_behalf_of == "Mrs Winifred Larkspur"
    facts = given_facts.choice_paper_facts()
    drawn = replace(facts, choice=replace(facts.choice, signature=b"\x89PNG"))
    letter = compose_choice_record(drawn, WORDINGS)
    assert letter.counter_signature is None
    assert isinstance(letter.blocks[-1], Figure)
    assert letter.blocks[-1].picture == b"\x89PNG"
    assert "Signed on the screen by An attorney for health and welfare on 3 December 2026:" in said(letter)


def test_a_bare_choice_says_what_is_not_on_record_and_leaves_the_rest_out() -> None:
    facts = given_facts.choice_paper_facts()
    bare = replace(facts.choice, record=ChoiceRecord(), by=ChosenBy.PERSON, authority="")
    words = said(compose_choice_record(replace(facts, choice=bare, refusals=()), WORDINGS))
    for wanted in (
        "Nothing was turned down.", "No other way of meeting the need is on record.",
        CHOOSERS[ChosenBy.PERSON], "Presumed; nothing called it into question",
    ):  # fmt: skip
        assert wanted in words
    for absent in ("None", "Assessed by", "Where that authority", "Consulted", "Ward"):
        assert absent not in words
