"""What each letter says: everything a broker would look for, and nothing it may not say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

import letter_facts_samples as given_facts
import letter_samples as samples
from brokerdesk.core.domain.advantages import relative_advantages
from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.letter import Bullets, Facts, Letter, LetterKind, Table, letter_hash, texts_of
from brokerdesk.core.domain.letter_agreement import compose_agreement
from brokerdesk.core.domain.letter_award import compose_award_letter
from brokerdesk.core.domain.letter_facts import Bed, NightRow, Route, Service, VisitRow
from brokerdesk.core.domain.letter_person import compose_person_letter
from brokerdesk.core.domain.letter_unsuccessful import compose_unsuccessful_letter
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.plain import from_plain, to_plain

AWARD = samples.wordings(LetterKind.AWARD)
UNSUCCESSFUL = samples.wordings(LetterKind.UNSUCCESSFUL)
PERSON = samples.wordings(LetterKind.PERSON)


def said(letter: Letter) -> str:
    return "\n".join(texts_of(letter))


@pytest.mark.parametrize(
    "wanted",
    [
        "Northmere Council", "Wrenhollow Home Care Limited (1-900000001)",
        "Wrenhollow Northmere (1-100000001)",
        "Care at Home Framework 2025 (NM-F-2025-02)", "Lot 2 home care", "Call-off from a framework",
        "Procurement Act 2023, section 45", "its own selection steps were followed",
        "Home care, 4 calls a day, two carers", "14 December 2026", "Expected to run 52 weeks",
        "£24.10 for each carer hour", "once for each week", "35.00 × £24.10 = £843.50.", "£843.50",
        "£43,982.50 (weekly cost × 365 ÷ 7)", "£743.50", "£100.00", "25 January 2027 and 13 December 2027",
        "The notice is 28 days", "within 30 days", "Personal care",
        "Good, CQC file of 1 December 2026", "UK GDPR",
        "Gideon Fairweather", "Head of Commissioning", "published by Northmere Council: ABAB ABAB",
        "advanced electronic signature at most", "Electronic, minutes planned", "86.00",
    ],
)  # fmt: skip
def test_an_award_letter_states_all_that_it_must(wanted: str) -> None:
    assert wanted in said(samples.award_letter())


def test_an_award_letter_does_not_name_the_person() -> None:
    for word in given_facts.PRIVATE:
        assert word not in said(samples.award_letter())


def test_a_start_within_the_charging_week_states_the_first_week_s_cost() -> None:
    letter = compose_award_letter(given_facts.late_start(samples.award_facts()), AWARD)
    assert "£482.00. 4 of 7 days are 20.00 carer hours at £24.10." in said(letter)
    assert "First week" not in said(samples.award_letter())


def test_a_start_within_the_charging_week_without_its_cost_is_refused() -> None:
    facts = given_facts.late_start(samples.award_facts())
    with pytest.raises(InputError, match="Thursday 17 December 2026.*Work out"):
        compose_award_letter(replace(facts, price=replace(facts.price, first_week=None)), AWARD)


def test_a_share_that_is_not_decided_says_so() -> None:
    facts = samples.award_facts()
    letter = compose_award_letter(replace(facts, shares=replace(facts.shares, person=None)), AWARD)
    assert "To be confirmed" in said(letter)


@pytest.mark.parametrize(("council", "person"), [("743.49", "100.00"), ("843.51", None)])
def test_shares_that_do_not_add_up_to_the_price_are_refused(council: str, person: str | None) -> None:
    facts = samples.award_facts()
    shares = replace(
        facts.shares, council=Money.parse(council), person=Money.parse(person) if person else None
    )
    with pytest.raises(InputError, match="the price is £843.50"):
        compose_award_letter(replace(facts, shares=shares), AWARD)


def test_an_unknown_duration_is_said() -> None:
    facts = samples.award_facts()
    letter = compose_award_letter(replace(facts, term=replace(facts.term, expected_weeks=None)), AWARD)
    assert "No end date; the duration is not known yet" in said(letter)


def test_an_award_with_an_end_states_it() -> None:
    facts = samples.award_facts()
    letter = compose_award_letter(replace(facts, term=replace(facts.term, ends_on=date(2027, 3, 7))), AWARD)
    assert "7 March 2027" in said(letter)


def test_a_nursing_bed_states_its_price_before_and_after_funded_nursing() -> None:
    facts = samples.award_facts()
    bed = Bed(price_per_week=Money.parse("1417.68"), fnc=Money.parse("267.68"))
    letter = compose_award_letter(
        replace(
            facts,
            service=replace(facts.service, name="Nursing care", visits=(), bed=bed),
            price=replace(facts.price, weekly=bed.price_per_week),
            shares=replace(facts.shares, council=Money.parse("1050.00"), nhs=bed.fnc),
        ),
        AWARD,
    )
    for wanted in ("Nursing care, one place", "£1,417.68", "£267.68", "£1,150.00"):
        assert wanted in said(letter)


def test_nights_state_their_kind_hours_and_price() -> None:
    facts = samples.award_facts()
    nights = (
        NightRow(days=given_facts.WEEK, kind="Sleep-in", price=Money.parse("65.00")),
        NightRow(days=("Sat", "Sun"), kind="Waking night", hours="10", price=Money.parse("220.00")),
    )
    letter = compose_award_letter(replace(facts, service=replace(facts.service, nights=nights)), AWARD)
    table = next(
        block for block in letter.blocks if isinstance(block, Table) and block.caption.startswith("Nights")
    )
    assert table.cells == (
        ("Every day", "Sleep-in", "–", "£65.00"),
        ("Saturday and Sunday", "Waking night", "10", "£220.00"),
    )


def test_uneven_days_are_told_by_the_week() -> None:
    facts = samples.award_facts()
    visits = (
        VisitRow(days=("Mon", "Tue", "Wed", "Thu", "Fri"), at="09:00", minutes=60, carers=1),
        VisitRow(days=("Mon", "Thu"), at="19:00", minutes=30, carers=1),
    )
    letter = compose_award_letter(replace(facts, service=replace(facts.service, visits=visits)), AWARD)
    assert "Home care, 7 calls a week, one carer" in said(letter)
    assert "Monday to Friday" in said(letter)
    assert "Monday and Thursday" in said(letter)


def test_the_scores_add_up_to_the_total_of_e17() -> None:
    table = next(
        block for block in samples.award_letter().blocks
        if isinstance(block, Table) and block.caption == "Criteria, weights and points"
    )  # fmt: skip
    assert sum(Decimal(row[3]) for row in table.cells[:-1]) == Decimal(table.cells[-1][3]) == Decimal("86.00")


def test_a_direct_award_is_not_said_to_be_called_off_or_compared() -> None:
    urgent = Route(name="Extreme and unavoidable urgency", section="Schedule 5, paragraph 13", reason="Now.")
    why = "This is a direct award, so no offers were compared"
    facts = samples.award_facts()
    own = replace(facts.framework, is_called_off=False, test="")
    direct = replace(
        facts, framework=own, route=urgent, round_deadline_at=None, scores=None, not_scored_because=why,
        reasons=(),
    )  # fmt: skip
    words = said(compose_award_letter(direct, AWARD))
    assert "under the Schedule 5, paragraph 13. The offer accepted" in words
    assert f"{why}." in words
    for absent in ("following the round", "ranked", "Why this offer was accepted", "advantageous tender"):
        assert absent not in words
    agreed = replace(
        samples.agreement_facts(), framework=own, route=urgent, call_off="Direct award, urgent"
    )
    words = said(compose_agreement(agreed, samples.wordings(LetterKind.AGREEMENT)))
    assert "awarded under the Schedule 5, paragraph 13" in words
    assert "Called off" not in words
    assert "called off" not in words
    assert "Call-off" not in words


def test_the_only_offer_is_not_ranked_and_an_early_award_says_why_it_could_be() -> None:
    facts = samples.award_facts()
    alone = replace(facts, scores=replace(given_facts.WINNER, offers=1), is_before_deadline=True)
    words = said(compose_award_letter(alone, AWARD))
    assert "It was the only offer, so no other stood beside it." in words
    assert "ranked" not in words
    assert "12:00 on Monday 7 December 2026; everyone had answered before" in words


def test_a_home_is_written_of_as_a_home() -> None:
    bed = Bed(price_per_week=Money.parse("1317.68"), fnc=Money.parse("267.68"))
    home = Service(name="Care home with nursing", bed=bed, tasks=("nursing care",))
    words = said(compose_person_letter(replace(samples.person_facts(), service=home), PERSON))
    assert "We have arranged a place for you at Wrenhollow Home Care Limited." in words
    for absent in ("who will come", "cannot come", "change the times"):
        assert absent not in words
    words = said(compose_award_letter(replace(samples.award_facts(), service=home), AWARD))
    assert "In the home, as the care plan says:" in words
    assert "Nursing care" in words
    assert "At each visit" not in words


def test_an_unsuccessful_letter_gives_own_scores_and_the_winner_s_total() -> None:
    letter = samples.unsuccessful_letter()
    facts = next(block for block in letter.blocks if isinstance(block, Facts))
    assert ("Your total", "82.01") in facts.rows
    assert ("Total of the accepted offer", "86.00") in facts.rows
    assert "Your offer scored 82.01." in said(letter)
    for wanted in ("38.01", "95.02", "the Head of Procurement", "Asha Penhaligon"):
        assert wanted in said(letter)


def test_the_reasons_are_this_provider_s_own() -> None:
    differences = next(block for block in samples.unsuccessful_letter().blocks if isinstance(block, Bullets))
    assert differences.points == (
        "Continuity and choice: the accepted offer gained 6.00 more (18.00 against your 12.00).",
        "Price: the accepted offer gained 1.99 more (40.00 against your 38.01); its price was lower.",
        "Quality: your offer gained 4.00 more (28.00 against your 32.00).",
        "The morning call was offered 45 minutes later than asked.",
    )


def test_a_higher_total_that_did_not_win_is_not_hidden() -> None:
    assert relative_advantages(given_facts.WINNER, given_facts.SECOND)[-1] == (
        "Your total of 86.00 is not below the accepted offer’s 82.01: "
        "the points alone did not decide this award."
    )


def test_an_offer_that_was_not_scored_is_told_why() -> None:
    facts = replace(
        samples.unsuccessful_facts(), scores=None, not_scored_because="It came after the deadline"
    )
    letter = compose_unsuccessful_letter(facts, UNSUCCESSFUL)
    assert "It came after the deadline." in said(letter)
    assert "Not scored" in said(letter)


@pytest.mark.parametrize(
    "wanted",
    [
        "Dear Mrs Larkspur,", "You chose Wrenhollow because you know the carers.",
        "Wrenhollow Home Care Limited",
        "01632 960200", "Every day at 08:00: two carers for 45 minutes.", "Monday 14 December 2026",
        "You pay £100.00 a week.", "Asha Penhaligon", "01632 960101", "Complaints Team", "Ombudsman",
        "Yours sincerely", "25 January 2027",
    ],
)  # fmt: skip
def test_the_person_s_letter_says_who_comes_when_what_it_costs_and_whom_to_call(wanted: str) -> None:
    assert wanted in said(samples.person_letter())


@pytest.mark.parametrize(
    ("share", "wanted"), [(None, "not finished working out what you pay"), (Money(0), "You pay nothing.")]
)
def test_the_person_s_letter_is_honest_about_a_cost_that_is_nothing_or_unknown(
    share: Money | None, wanted: str
) -> None:
    assert wanted in said(compose_person_letter(replace(samples.person_facts(), their_share=share), PERSON))


def test_a_top_up_is_told_to_the_person() -> None:
    facts = replace(samples.person_facts(), third_party_share=Money.parse("165.00"))
    assert "a top-up of £165.00 a week" in said(compose_person_letter(facts, PERSON))


def test_the_person_s_letter_uses_no_procurement_words() -> None:
    text = said(samples.person_letter()).lower()
    for word in ("framework", "call-off", "lot ", "tier", "criterion", "procurement", "provider"):
        assert word not in text


def test_a_requirement_sheet_gives_age_band_and_outcode_only() -> None:
    text = said(samples.requirement_sheet())
    for wanted in (
        "80 to 89",
        "WN5",
        "12:00 on Monday 7 December 2026",
        "Hoist in place",
        "35.00",
        "KVB-0007",
    ):
        assert wanted in text
    for word in given_facts.PRIVATE:
        assert word not in text


@pytest.mark.parametrize("kind", samples.LETTERS)
def test_a_letter_can_be_kept_as_plain_values_and_read_again(kind: str) -> None:
    letter = samples.LETTERS[kind]()
    again = from_plain(Letter, to_plain(letter))
    assert again == letter
    assert letter_hash(again) == letter_hash(letter)


def test_any_change_of_a_letter_changes_its_hash() -> None:
    letter = samples.award_letter()
    assert letter_hash(replace(letter, version=2)) != letter_hash(letter)


def test_a_table_with_a_ragged_row_is_our_fault() -> None:
    table = next(block for block in samples.award_letter().blocks if isinstance(block, Table))
    with pytest.raises(ValueError, match="different lengths"):
        replace(table, cells=(("one",),))


def test_an_award_that_is_not_called_off_names_its_provision_and_no_framework() -> None:
    facts = given_facts.award_facts()
    lot = replace(facts.framework, is_called_off=False, tier="")
    route = replace(facts.route, name="Below the threshold", section="the council’s own contract rules")
    alone = replace(facts, framework=lot, route=route, round_deadline_at=None)
    words = said(compose_award_letter(alone, AWARD))
    assert "under the council’s own contract rules. The offer accepted" in words
    assert "The individual service agreement governs this award" in words
    for untrue in (lot.name, lot.reference, "framework’s terms", "unless the", "Deadline for offers"):
        assert untrue not in words


def test_a_provider_of_an_ended_framework_is_not_told_that_it_remains_on_it() -> None:
    facts = given_facts.unsuccessful_facts()
    ended = replace(facts, framework=replace(facts.framework, is_live=False, is_called_off=False, test=""))
    words = said(compose_unsuccessful_letter(ended, UNSUCCESSFUL))
    assert "You remain on the framework" not in words
    assert facts.framework.name not in words
    assert "We will ask you again when a package fits." in words


def test_care_that_ends_before_its_first_review_is_looked_at_by_its_last_day_and_priced_to_its_end() -> None:
    """R097: no day of review lies after the end; four weeks are not told by what a year would cost."""
    facts = given_facts.award_facts()
    term = replace(facts.term, ends_on=date(2026, 12, 31), expected_weeks=None)
    price = replace(facts.price, until_it_ends=Money.parse("2169.00"), term_basis="weekly cost × 18 ÷ 7")
    words = said(compose_award_letter(replace(facts, term=term, price=price, reviews=()), AWARD))
    assert "The package is reviewed on 31 December 2026, its last day, or sooner." in words
    assert "£2,169.00 (weekly cost × 18 ÷ 7)" in words
    assert "Price a year" not in words


def test_a_letter_written_once_care_has_started_does_not_ask_for_anything_before_that_day() -> None:
    facts = given_facts.award_facts()
    late = replace(facts, header=replace(facts.header, issued_on=date(2026, 12, 22)))
    words = said(compose_award_letter(late, AWARD))
    assert "Before 14 December 2026" not in words
    assert "Today: confirm the start" in words
