"""Who already comes to a person or her street: others are counted, never named."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from brokerdesk.core.domain.nearby import LiveCare, is_same_person, look_around, sector
from sourcing_samples import a_need

ME = a_need(postcode="WN5 9AA", nhs_number="9990123454")
POSTCODES = ("WN5 9AA", "WN5 9AB", "WN5 8AA", "WN6 1AA")


def other(postcode: str) -> LiveCare:
    return LiveCare("1-1", a_need(postcode=postcode, nhs_number=None, family_name="Other"))


@given(st.lists(st.sampled_from(POSTCODES), max_size=12))
def test_counts_agree_with_an_obvious_count(postcodes: list[str]) -> None:
    found = look_around(ME, [other(postcode) for postcode in postcodes])
    if not postcodes:
        assert found == {}
        return
    around = found["1-1"]
    assert around.in_postcode == postcodes.count("WN5 9AA")
    assert around.in_sector == sum(p.startswith("WN5 9") for p in postcodes)
    assert around.in_district == sum(p.startswith("WN5") for p in postcodes)
    assert around.is_close == bool(around.in_sector)
    assert "Other" not in around.sentence


def test_the_sentence_goes_from_near_to_far() -> None:
    around = look_around(ME, [other("WN5 9AA"), other("WN5 9AB"), other("WN5 8AA"), LiveCare("1-1", ME)])[
        "1-1"
    ]
    assert around.sentence == (
        "Gives care to this person already. Visits 1 other person at this postcode already. "
        "Visits 1 other person in the streets around. Visits 1 other person elsewhere in the district"
    )


def test_a_person_is_known_by_nhs_number_else_by_names_and_birth() -> None:
    assert is_same_person(ME, a_need(nhs_number="999 012 3454", family_name="Typed-Otherwise"))
    assert is_same_person(a_need(nhs_number=None), a_need(nhs_number="9990123454"))
    assert not is_same_person(a_need(nhs_number=None, born_on=None), a_need(nhs_number=None, born_on=None))


def test_a_sector_is_the_district_and_the_first_figure() -> None:
    assert sector("WN5 9AA") == "WN5 9"
