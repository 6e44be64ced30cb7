"""Numbers and codes are read whatever their spacing, and checked by their own rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokerdesk.core.domain.identifiers import (
    is_test_nhs_number,
    is_usual_cqc_id,
    is_valid_nhs_number,
    is_valid_vat_number,
    nhs_check_digit,
    outcode,
    show_nhs_number,
    tidy_company_number,
    tidy_postcode,
)


@pytest.mark.parametrize(
    "number", ["9434765919", "943 476 5919", "943-476-5919", "999 012 3454", "9876543210"]
)
def test_an_nhs_number_with_its_check_digit_is_valid(number: str) -> None:
    assert is_valid_nhs_number(number)


@pytest.mark.parametrize(
    "number", ["943 476 5918", "999 000 0000", "999 000 0001", "94347659", "94347659190", "943476591x", ""]
)
def test_an_nhs_number_that_does_not_check_is_not_valid(number: str) -> None:
    assert not is_valid_nhs_number(number)


def test_digits_of_another_script_are_no_nhs_number() -> None:
    assert not is_valid_nhs_number("".join(chr(0x660 + int(digit)) for digit in "9434765919"))


def test_nine_digits_whose_check_would_be_ten_begin_no_number() -> None:
    assert nhs_check_digit("999000000") is None
    assert not any(is_valid_nhs_number(f"999000000{digit}") for digit in range(10))


@given(st.text("0123456789", min_size=9, max_size=9))
def test_at_most_one_tenth_digit_makes_nine_digits_a_number(first_nine: str) -> None:
    valid = [digit for digit in range(10) if is_valid_nhs_number(f"{first_nine}{digit}")]
    weighted = sum((10 - place) * int(digit) for place, digit in enumerate(first_nine))
    assert valid == [digit for digit in range(10) if (weighted + digit) % 11 == 0]


@given(st.text("0123456789", min_size=9, max_size=9), st.integers(0, 8), st.integers(1, 9))
def test_one_mistyped_digit_is_always_caught(first_nine: str, place: int, shift: int) -> None:
    check = nhs_check_digit(first_nine)
    if check is None:
        return
    wrong = str((int(first_nine[place]) + shift) % 10)
    assert not is_valid_nhs_number(first_nine[:place] + wrong + first_nine[place + 1 :] + str(check))


def test_an_nhs_number_is_shown_in_groups() -> None:
    assert show_nhs_number("9990123454") == "999 012 3454"
    assert is_test_nhs_number("999 012 3454")


@pytest.mark.parametrize(
    "number", ["831 4958 16", "831495816", "GB 831 4958 16", "831 4958 58", "831 4958 16 001"]
)
def test_a_vat_number_checks_in_the_old_or_the_new_series(number: str) -> None:
    assert is_valid_vat_number(number)


@pytest.mark.parametrize("number", ["831 4958 17", "83149581", "8314958160", "83149581a", ""])
def test_a_vat_number_that_does_not_check_is_not_valid(number: str) -> None:
    assert not is_valid_vat_number(number)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("wn59aa", "WN5 9AA"),
        (" Wn5  9aa ", "WN5 9AA"),
        ("m11ae", "M1 1AE"),
        ("b338th", "B33 8TH"),
        ("W1A0AX", "W1A 0AX"),
        ("cr26xh", "CR2 6XH"),
        ("DN551PT", "DN55 1PT"),
        ("ec1a1bb", "EC1A 1BB"),
        ("zz993vz", "ZZ99 3VZ"),
    ],
)
def test_a_postcode_is_kept_in_one_form_whatever_its_case_and_spacing(written: str, kept: str) -> None:
    assert tidy_postcode(written) == kept
    assert outcode(kept) == kept.split()[0]


@pytest.mark.parametrize(
    "written", ["", "WN5", "WN5 9A", "QA1 1AA", "AI1 1AA", "WN5 9CA", "WN5 9AAA", "W\u0660 9AA"]
)
def test_what_is_not_a_postcode_has_no_form(written: str) -> None:
    assert tidy_postcode(written) is None


def test_usual_cqc_ids_are_known_and_others_only_warned_of() -> None:
    assert is_usual_cqc_id("1-100000001")
    assert is_usual_cqc_id("RW6")
    assert not is_usual_cqc_id("2-100000001")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("445790", "00445790"),
        ("sc123456", "SC123456"),
        (" 0123 4567", "01234567"),
        ("IP27701R", "IP27701R"),
        ("R0123456", "R0123456"),
    ],
)
def test_a_company_number_gets_its_lost_zeros_back(written: str, kept: str) -> None:
    assert tidy_company_number(written) == kept


def test_what_is_not_a_company_number_has_no_form() -> None:
    assert tidy_company_number("123456789") is None
    assert tidy_company_number("ABC12345") is None
    assert tidy_company_number("") is None
