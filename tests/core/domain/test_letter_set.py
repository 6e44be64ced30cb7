"""Which letters an award produces, and who is told when it is withdrawn."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from brokerdesk.core.domain.letter import LetterKind
from brokerdesk.core.domain.letter_set import ABOUT_AN_AWARD, Awarded, letter_set, withdrawal_set

OTHERS = (("1-100000002", "Marrowby Homecare"), ("1-100000003", "Tindlebeck Care"))
AWARDED = Awarded("1-100000001", "Wrenhollow Home Care", "Winifred Larkspur", OTHERS)


def test_an_award_tells_the_winner_each_other_offer_and_the_person_and_makes_the_agreement() -> None:
    assert [(due.kind.value, due.addressee) for due in letter_set(AWARDED)] == [
        ("award", "Wrenhollow Home Care"),
        ("unsuccessful", "Marrowby Homecare"),
        ("unsuccessful", "Tindlebeck Care"),
        ("person", "Winifred Larkspur"),
        ("agreement", "Wrenhollow Home Care"),
    ]


def test_every_letter_says_why_it_is_written() -> None:
    assert all(due.why.endswith(".") for due in letter_set(AWARDED))


def test_a_top_up_is_agreed_in_writing_by_who_pays() -> None:
    awarded = replace(AWARDED, others=(), top_up_payer="Rowena Larkspur")
    assert letter_set(awarded)[-1].kind is LetterKind.TOP_UP
    assert letter_set(awarded)[-1].addressee == "Rowena Larkspur"


@given(st.lists(st.tuples(st.uuids().map(str), st.text(min_size=1)), max_size=6))
def test_each_other_offer_has_one_letter_and_the_winner_none_of_those(others: list[tuple[str, str]]) -> None:
    awarded = Awarded("1-1", "Winner", "Person", tuple(others))
    lost = [due.location_id for due in letter_set(awarded) if due.kind is LetterKind.UNSUCCESSFUL]
    assert lost == [location for location, _ in others]


def test_who_was_told_of_an_award_is_told_of_its_withdrawal() -> None:
    told = withdrawal_set(AWARDED, frozenset({LetterKind.AWARD, LetterKind.PERSON}))
    assert [(due.kind.value, due.addressee) for due in told] == [
        ("withdrawal-provider", "Wrenhollow Home Care"),
        ("withdrawal-person", "Winifred Larkspur"),
    ]


def test_what_was_only_prepared_told_nobody() -> None:
    assert withdrawal_set(AWARDED, frozenset()) == ()
    assert withdrawal_set(AWARDED, frozenset({LetterKind.UNSUCCESSFUL})) == ()


def test_a_withdrawal_does_not_hang_on_the_award_that_it_withdraws() -> None:
    assert LetterKind.WITHDRAWAL not in ABOUT_AN_AWARD
    assert LetterKind.REFUSAL not in ABOUT_AN_AWARD
