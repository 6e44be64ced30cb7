"""Standard paragraphs: checked before a letter is written, and how letters write things."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

import letter_samples as samples
from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.letter import LetterKind, grouped, short_code
from brokerdesk.core.domain.letter_award import compose_award_letter
from brokerdesk.core.domain.letter_wording import Wordings
from brokerdesk.core.domain.letter_words import (
    days_in_words,
    in_a_row,
    plain_number,
    sentence,
    written_date,
    written_day,
    written_moment,
)


def award_with(**changed: str) -> Wordings:
    return Wordings(LetterKind.AWARD, {**samples.wordings(LetterKind.AWARD).paragraphs, **changed})


def test_an_unknown_variable_is_named_with_the_nearest() -> None:
    with pytest.raises(InputError) as refused:
        compose_award_letter(samples.award_facts(), award_with(payment="We pay {provder} in 30 days."))
    assert "{provder}" in refused.value.message
    assert "{provider}" in refused.value.message
    assert [problem.column for problem in refused.value.problems] == ["payment"]


def test_a_lone_brace_is_named() -> None:
    with pytest.raises(InputError, match="a brace on its own"):
        compose_award_letter(samples.award_facts(), award_with(payment="We pay {in 30 days."))


def test_a_variable_cannot_reach_into_the_program() -> None:
    with pytest.raises(InputError, match="a brace on its own"):
        compose_award_letter(samples.award_facts(), award_with(payment="{provider.__class__}"))


def test_a_missing_paragraph_is_named() -> None:
    paragraphs = dict(samples.wordings(LetterKind.AWARD).paragraphs)
    del paragraphs["data_protection"]
    with pytest.raises(InputError, match="data_protection"):
        compose_award_letter(samples.award_facts(), Wordings(LetterKind.AWARD, paragraphs))


def test_an_unknown_paragraph_is_named_with_the_nearest() -> None:
    with pytest.raises(InputError) as refused:
        compose_award_letter(samples.award_facts(), award_with(paymnt="We pay."))
    assert "payment" in refused.value.message


def test_braces_in_a_fact_stay_what_they_are() -> None:
    said = Wordings(LetterKind.AWARD, {"a": "To {provider}."}).say(
        "a", {"provider": "The {lot} Ltd", "lot": "X"}
    )
    assert said == "To The {lot} Ltd."


def test_dates_are_written_as_letters_print_them() -> None:
    assert written_date(date(2026, 12, 14)) == "14 December 2026"
    assert written_day(date(2026, 12, 14)) == "Monday 14 December 2026"
    at = datetime(2026, 12, 7, 12, 0)
    assert written_moment(at) == "12:00 on Monday 7 December 2026"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), "Every day"),
        (("Mon", "Tue", "Wed", "Thu", "Fri"), "Monday to Friday"),
        (("Mon", "Wed", "Fri"), "Monday, Wednesday and Friday"),
        (("Sat", "Sun"), "Saturday and Sunday"),
        (("Tue",), "Tuesday"),
        (("bank holidays",), "bank holidays"),
    ],
)
def test_days_are_told_as_people_say_them(days: tuple[str, ...], words: str) -> None:
    assert days_in_words(days) == words


def test_numbers_lose_needless_noughts_only() -> None:
    assert [plain_number(Decimal(text)) for text in ("40", "40.00", "17.5", "100")] == [
        "40",
        "40",
        "17.5",
        "100",
    ]


def test_lists_and_sentences_end_as_people_write_them() -> None:
    assert in_a_row(("price", "quality", "distance")) == "price, quality and distance"
    assert in_a_row(()) == ""
    assert [sentence(text) for text in ("No", "No.", " Why? ", "")] == ["No.", "No.", "Why?", ""]


def test_codes_are_grouped_to_be_read_out() -> None:
    assert short_code("7a4f2c199b0d" + "0" * 52) == "7A4F 2C19 9B0D"
    assert grouped("abcdef", 4) == "ABCD EF"
