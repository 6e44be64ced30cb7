"""What leaves the desk does not tell who the person is: hard block 11."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokerdesk.core.domain import anonymise
from brokerdesk.core.domain.anonymise import cleaned, identity_left, portrait_of, refuse_identity
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.identity_words import private_words
from sourcing_samples import TODAY, a_need

MARY = a_need(
    first_names="Mary-Anne Zoë", family_name="O’Brien", nhs_number="9990123454", born_on=date(1942, 3, 5)
)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Mary-Anne likes tea", "the person likes tea"),
        ("MARY ANNE O'BRIEN likes tea", "the person likes tea"),
        ("Mrs O’Brien’s daughter", "the person’s daughter"),
        ("zoe is kind", "the person is kind"),
        ("NHS 999 012 3454", "NHS [number removed]"),
        ("NHS 999-012-3454, 9990123454", "NHS [number removed], [number removed]"),
        ("another patient 943 476 5919", "another patient [number removed]"),
        ("lives at WN59aa", "lives at WN5"),
        ("daughter in WN6 8AB", "daughter in WN6"),
        ("at 12 Rose Hill Street, second door", "at [address removed], second door"),
        ("Flat 3, 14b Mill Lane", "[address removed]"),
        ("ring 01942 555123", "ring [telephone removed]"),
        ("or (0161) 496 0123", "or [telephone removed]"),
        ("mobile +44 7700 900123", "mobile [telephone removed]"),
        ("write to kin@example.org", "write to [e-mail removed]"),
        ("born 05/03/1942", "born [date of birth removed]"),
        ("born 5.3.42", "born [date of birth removed]"),
        ("born 5th of March 1942", "born [date of birth removed]"),
        ("born March 5, 1942", "born [date of birth removed]"),
        ("born 1942-03-05", "born [date of birth removed]"),
        ("aged 84", "aged 80 to 89"),
        ("an 84-year-old", "an aged 80 to 89"),
        ("four calls a day, 45 minutes at 08:00", "four calls a day, 45 minutes at 08:00"),
        ("start 14 December 2026", "start 14 December 2026"),
    ],
)
def test_free_text_loses_what_identifies(text: str, left: str) -> None:
    assert cleaned(text, MARY) == left


def test_a_name_that_is_a_word_goes_only_with_its_capital() -> None:
    may = a_need(first_names="June", family_name="May")
    assert (
        cleaned("She may need help. May likes tea in june.", may)
        == "She may need help. the person likes tea in june."
    )


def test_a_name_inside_another_word_stays() -> None:
    assert cleaned("Leeds and leeks", a_need(first_names="Lee", family_name="Ek")) == "Leeds and leeks"


def test_providers_learn_age_band_and_district_only() -> None:
    portrait = portrait_of(
        a_need(
            needs=("Dementia",),
            preferences="Winifred prefers women.\n\nNo dogs.",
            tasks=("washing Mrs Larkspur",),
        ),
        on=TODAY,
    )
    assert (portrait.age_band, portrait.outcode, portrait.cohort) == ("80 to 89", "WN5", "Adult")
    assert portrait.preferences == ("the person prefers women.", "No dogs.")
    assert portrait.tasks == ("washing the person",)
    assert portrait.needs == ("Dementia",)


@pytest.mark.parametrize(
    ("born_on", "band"),
    [
        (date(1936, 11, 23), "90 or over"),
        (date(1936, 11, 24), "80 to 89"),
        (date(2008, 11, 23), "18 to 19"),
        (date(2008, 11, 24), "16 to 17"),
        (date(2011, 1, 1), "10 to 15"),
        (None, "not stated"),
        (date(1920, 1, 1), "90 or over"),
        (date(2025, 1, 1), "0 to 4"),
    ],
)
def test_an_age_is_told_as_a_band(born_on: date | None, band: str) -> None:
    assert anonymise.age_band(born_on, on=TODAY) == band


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Care for Winifred", ("name",)),
        ("mrs larkspur", ("name",)),
        ("WN5 9AA", ("postcode",)),
        ("wn59aa", ("postcode",)),
        ("999 012\n3454", ("NHS number",)),
        ("5 March 1942", ("date of birth",)),
        ("05031942", ("date of birth",)),
        ("A person of 80 to 89 in WN5, Dementia", ()),
        ("WN5 9AB", ()),
    ],
)
def test_the_proof_finds_what_was_left(text: str, found: tuple[str, ...]) -> None:
    assert identity_left(text, a_need()) == found


def test_our_own_wording_is_not_taken_for_the_person() -> None:
    need = a_need(first_names="Test", family_name="Person")
    assert identity_left("The person may need a test. Care Person Ltd", need) == ()
    assert identity_left("for Test Person", need) == ("name",)
    assert identity_left("Mr Person rang", need) == ("name",)


def test_a_providers_own_name_is_no_trace() -> None:
    assert identity_left("To Larkspur Care: who can help?", a_need(), own_words=("Larkspur Care",)) == ()
    assert identity_left("To Larkspur Care for Larkspur", a_need(), own_words=("Larkspur Care",)) == ("name",)


def test_a_paper_that_tells_who_it_is_does_not_leave() -> None:
    with pytest.raises(RuleError, match="would show the person’s name and postcode") as refused:
        refuse_identity("Winifred, WN5 9AA", a_need())
    assert refused.value.rule == "R125"
    assert "Winifred" not in refused.value.message


def test_the_private_words_leave_ordinary_words_alone() -> None:
    assert private_words(a_need(first_names="Test", family_name="Person", nhs_number=None, born_on=None)) == (
        "Test Person",
        "WN5 9AA",
        "WN59AA",
    )
    assert {"larkspur", "winifred", "9990123454", "999 012 3454", "5 March 1942"} <= set(
        private_words(a_need())
    )


names = st.text(st.sampled_from("abcdefghijklmnoprstuvwyzéëłşŵ-'’ "), min_size=2, max_size=18).map(str.title)
around = st.text(max_size=20)


@given(first=names, family=names, before=around, after=around, upper=st.booleans())
def test_cleaned_text_never_tells_the_name(
    first: str, family: str, before: str, after: str, upper: bool
) -> None:
    need = a_need(first_names=first, family_name=family)
    said = need.person_name.upper() if upper else need.person_name
    assert identity_left(cleaned(f"{before} {said} {after}", need), need) == ()


@given(before=around, after=around, gap=st.sampled_from(["", " ", "  ", "-"]), lower=st.booleans())
def test_cleaned_text_never_tells_postcode_or_number(before: str, after: str, gap: str, lower: bool) -> None:
    need = a_need()
    place = f"WN5{gap}9AA"
    text = f"{before} {place.lower() if lower else place} {gap.join(('999', '012', '3454'))} {after}"
    assert identity_left(cleaned(text, need), need) == ()
