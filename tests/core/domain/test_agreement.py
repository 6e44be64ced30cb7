"""The individual service agreement, the top-up agreement, the refusal and the withdrawal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import letter_facts_samples as given_facts
import letter_samples as samples
from brokerdesk.core.domain import agreement_terms as terms
from brokerdesk.core.domain.agreement_facts import Billing
from brokerdesk.core.domain.costs import NightPrice
from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.framework import Rounding, Unit
from brokerdesk.core.domain.letter import Letter, LetterKind, Table, texts_of
from brokerdesk.core.domain.letter_agreement import compose_agreement
from brokerdesk.core.domain.letter_refusal import compose_refusal_letter
from brokerdesk.core.domain.letter_top_up import compose_top_up_agreement, statutory_items
from brokerdesk.core.domain.money import ZERO, Money
from brokerdesk.core.domain.package import Bed, Cohort, Need
from brokerdesk.core.domain.price_lines import price_lines
from brokerdesk.core.domain.pricing import Rates, price_need
from brokerdesk.core.domain.visits import Night, NightKind, Visit, Weekday

TO_PROVIDERS_NOT_CHOSEN = ("unsuccessful", "correction", "award", "withdrawal-provider", "requirement")


def said(letter: Letter) -> str:
    return "\n".join(texts_of(letter))


@pytest.mark.parametrize(
    "wanted",
    [
        "KVB-0007-A1, version 1", "individual contract between Northmere Council and Wrenhollow",
        "replaces every earlier agreement", "changes only by a recorded variation", "Mini-competition",
        "Care at Home Framework 2025 (NM-F-2025-02)", "Lot 2 home care", "letter KVB-0007-L1",
        "Civic Hall, Northmere NM1 1AA", "Asha Penhaligon, 01632 960101", "1-900000001", "1-100000001",
        "09990001", "Ellis Varley", "Winifred Larkspur", "3 May 1942", "4 Quarry Row, WN5 9AA",
        "Monday 14 December 2026", "Do not move the person elsewhere", "Every day", "45",
        "Prompting medication",
        "35.00 carer hours", "£24.10 an hour", "£843.50", "£43,982.50", "£743.50", "£100.00",
        "1 April each year, framework rule 7",
        "Paid in full for 7 days, then nothing", "28 days", "56 days where two carers come",
        "Not stated in the framework", "within 30 days", "Electronic, minutes planned",
        "Emergency duty team, 01632 960199", "Duty manager, 01632 960299", "4500098765", "A4410", "52110",
        "Accounts payable, Civic Hall", "KVB-0007, KVB-0007-A1 and purchase order 4500098765",
        "Key safe: The provider looks after the code", "UK GDPR", "both parties have signed it",
    ],
)  # fmt: skip
def test_an_agreement_states_all_that_the_field_asks_of_it(wanted: str) -> None:
    assert wanted in said(samples.agreement())


def test_what_is_not_known_of_the_billing_is_left_out_or_said_to_follow() -> None:
    facts = samples.agreement_facts()
    registered = replace(facts.registered, out_of_hours="")
    bare = replace(facts, billing=Billing(), emergency="", registered=registered)
    words = said(compose_agreement(bare, samples.wordings(LetterKind.AGREEMENT)))
    assert "We send its number before the first invoice is due" in words
    assert "quoting KVB-0007 and KVB-0007-A1, never" in words
    assert "Told to us before the service starts" in words
    for absent in ("Cost centre", "Subjective code", "Invoices go to", "In an emergency"):
        assert absent not in words


def test_both_parties_sign_an_agreement() -> None:
    letter = samples.agreement()
    assert letter.signature is not None
    assert letter.counter_signature is not None
    assert letter.counter_signature.on_behalf_of == "Wrenhollow Home Care Limited"


def test_lines_that_do_not_add_up_to_the_week_are_refused() -> None:
    facts = samples.agreement_facts()
    wrong = replace(facts.lines[0], amount=Money.parse("843.49"))
    with pytest.raises(InputError, match="The lines come to £843.49 a week and the price is £843.50"):
        compose_agreement(replace(facts, lines=(wrong,)), samples.wordings(LetterKind.AGREEMENT))


def test_a_term_that_the_framework_does_not_state_is_said_to_be_absent() -> None:
    assert terms.terms_about(terms.DEATH, (("Uplift", "CPI"),)) == terms.NOT_STATED


def test_notice_of_one_side_stands_before_the_notice_that_holds_for_both() -> None:
    held = terms.notice_both_ways((("notice period", "28 days"), ("Notice by the council", "7 days")))
    assert held == (("Notice by the council", "7 days"), ("Notice by the provider", "28 days"))


def test_every_term_of_the_framework_is_on_the_agreement_once() -> None:
    words = said(samples.agreement())
    for name, value in samples.agreement_facts().terms:
        assert value in words, name


VISITS = st.lists(
    st.builds(
        Visit, day=st.sampled_from(Weekday), at=st.just(time(8)), minutes=st.integers(1, 240),
        carers=st.integers(1, 4),
    ),
    max_size=12,
)  # fmt: skip
NIGHTS = st.lists(
    st.one_of(
        st.builds(Night, day=st.sampled_from(Weekday), kind=st.just(NightKind.SLEEP_IN), hours=st.none()),
        st.builds(
            Night, day=st.sampled_from(Weekday), kind=st.just(NightKind.WAKING),
            hours=st.sampled_from([Decimal("7.25"), Decimal("9.5"), Decimal(10)]),
        ),
    ),
    max_size=7,
)  # fmt: skip
PENCE = st.integers(1, 200_000).map(Money)


def need_of(visits: list[Visit], nights: list[Night], bed: Bed | None) -> Need:
    return Need(
        cohort=Cohort.ADULT, lot="lot", first_names="Test", family_name="Person", postcode="WN5 9AA",
        starts_on=date(2026, 12, 14), visits=tuple(visits), nights=tuple(nights), bed=bed,
    )  # fmt: skip


UNITS = st.sampled_from([Unit.HOUR, Unit.VISIT])


@given(VISITS, NIGHTS, PENCE, PENCE, PENCE, UNITS, st.sampled_from(Rounding))
def test_the_lines_of_an_agreement_add_up_to_the_week_to_the_penny(
    visits: list[Visit], nights: list[Night], rate: Money, night: Money, hour: Money, unit: Unit,
    rounding: Rounding,
) -> None:  # fmt: skip
    need = need_of(visits, nights, None)
    rates = Rates(unit, rounding, rate, {}, NightPrice(night, hour, night))
    lines = price_lines(need, rates)
    assert sum((line.amount for line in lines), ZERO) == price_need(need, rates).weekly


@given(PENCE)
def test_a_place_in_a_home_is_one_line(rate: Money) -> None:
    need = need_of([], [], Bed(rate, ZERO))
    rates = Rates(Unit.WEEK, Rounding.WEEK, rate, {})
    assert [line.amount for line in price_lines(need, rates)] == [price_need(need, rates).weekly]


def test_banded_visits_have_a_line_for_each_length() -> None:
    visits = [Visit(Weekday.MON, time(8), 30, 2), Visit(Weekday.TUE, time(8), 45, 1)]
    rates = Rates(Unit.HOUR, Rounding.WEEK, None, {30: Money.parse("14.50"), 45: Money.parse("20.00")})
    lines = price_lines(need_of(visits, [], None), rates)
    assert [(line.what, line.quantity, line.rate, line.amount.shown) for line in lines] == [
        ("Visits of 30 minutes", "2 carer visits", "£14.50 a visit", "£29.00"),
        ("Visits of 45 minutes", "1 carer visits", "£20.00 a visit", "£20.00"),
    ]


def test_a_top_up_agreement_states_eight_items_and_seven_for_after_care() -> None:
    agreed = samples.top_up_facts().agreed
    assert len(statutory_items(agreed)) == 8
    after_care = statutory_items(replace(agreed, budget=None))
    assert len(after_care) == 7
    assert not any("budget" in title for title, _ in after_care)
    assert "£960.00" not in said(samples.section_117_top_up())


ITEMS = (
    "payment_frequency", "payee", "review_provision", "if_payments_stop", "provider_price_rises",
    "payer_finances_change",
)  # fmt: skip


@pytest.mark.parametrize("item", ITEMS)
def test_a_blank_item_stops_the_top_up_agreement(item: str) -> None:
    facts = samples.top_up_facts()
    blank = replace(facts, agreed=replace(facts.agreed, **{item: " "}))  # type: ignore[arg-type]  # a text field
    with pytest.raises(InputError, match="does not state") as refused:
        compose_top_up_agreement(blank, samples.wordings(LetterKind.TOP_UP))
    assert refused.value.rule == "R092"


@pytest.mark.parametrize("changed", [{"weekly": ZERO}, {"budget": ZERO}])
def test_a_top_up_of_nothing_is_no_agreement(changed: dict[str, Money]) -> None:
    facts = samples.top_up_facts()
    with pytest.raises(InputError, match="does not state"):
        compose_top_up_agreement(
            replace(facts, agreed=replace(facts.agreed, **changed)),  # type: ignore[arg-type]  # money fields
            samples.wordings(LetterKind.TOP_UP),
        )


def test_who_pays_signs_the_top_up_agreement_and_its_sum_adds_up() -> None:
    letter = samples.top_up_agreement()
    assert letter.counter_signature is not None
    assert letter.counter_signature.name == "Rowena Larkspur"
    table = next(block for block in letter.blocks if isinstance(block, Table))
    amounts = [Money.parse(row[1].replace("£", "").replace(",", "")) for row in table.cells]
    assert sum(amounts[:-1], ZERO) == amounts[-1]


def test_a_refusal_says_its_reasons_who_decided_and_how_to_complain() -> None:
    words = said(samples.refusal_letter())
    for wanted in (
        "Orchard Court", "no lift to the first floor", "Gideon Fairweather", "Ombudsman", "Thornfield House",
        "Choice of Accommodation", "not suitable for the assessed needs",
    ):  # fmt: skip
        assert wanted in words


def test_a_refusal_without_a_reason_is_not_written() -> None:
    with pytest.raises(InputError, match="gives no reason") as refused:
        compose_refusal_letter(
            replace(samples.refusal_facts(), reasons=(" ",)), samples.wordings(LetterKind.REFUSAL)
        )
    assert refused.value.rule == "R089"


def test_a_correction_says_which_version_it_replaces_and_what_was_wrong() -> None:
    words = said(samples.correction())
    assert "KVB-0007-L2, version 1, of 9 December 2026" in words
    assert "The contact for feedback was wrong." in words
    assert samples.correction().version == 2


@pytest.mark.parametrize("kind", TO_PROVIDERS_NOT_CHOSEN)
def test_no_letter_to_a_provider_but_the_agreement_names_the_person(kind: str) -> None:
    words = said(samples.LETTERS[kind]())
    assert not [private for private in given_facts.PRIVATE if private in words]


def test_the_person_s_letters_speak_of_nobody_else_s_offer() -> None:
    for kind in ("person", "refusal", "withdrawal-person"):
        words = said(samples.LETTERS[kind]())
        assert "Marrowby" not in words
        assert "scored" not in words
