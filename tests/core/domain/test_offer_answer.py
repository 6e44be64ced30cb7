from __future__ import annotations

from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from brokerdesk.core.domain.framework import Unit
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.offer_answer import (
    DeclineRead,
    OfferRead,
    RawAnswer,
    RawText,
    RawVisit,
    WasAsked,
    read_answer,
    written_day,
)
from brokerdesk.core.domain.sourcing import DeclineCode
from brokerdesk.core.domain.visits import Visit, Weekday

MONDAY = Visit(Weekday.MON, time(8), 45, 2)
TUESDAY = Visit(Weekday.TUE, time(8), 45, 2)
ASKED = WasAsked(Unit.HOUR, (), (MONDAY, TUESDAY))
AS_ASKED = (RawVisit("yes"), RawVisit("yes"))
GOOD = {
    "can_start": "Yes", "starts_on": "14/12/2026", "rate": "£24.1", "needs_assessment": "no",
    "has_conflicts": "no", "answered_by": "R. Tallow",
}  # fmt: skip


def answered(visits: tuple[RawVisit, ...] = AS_ASKED, asked: WasAsked = ASKED, **changed: str) -> RawAnswer:
    return RawAnswer({key: RawText(text) for key, text in {**GOOD, **changed}.items()}, visits)


def test_an_offer_as_asked_says_its_rate_and_start() -> None:
    read = read_answer(answered(), ASKED)
    assert read.problems == ()
    assert isinstance(read.answer, OfferRead)
    assert (read.answer.rate, read.answer.starts_on) == (Money.parse("24.10"), date(2026, 12, 14))
    assert read.answer.visits == ()


def test_a_visit_at_another_time_and_one_refused_are_told_from_those_asked() -> None:
    read = read_answer(answered((RawVisit("another time", "08:15", "30"), RawVisit("no"))), ASKED)
    assert isinstance(read.answer, OfferRead)
    assert read.answer.visits == (Visit(Weekday.MON, time(8, 15), 30, 2),)


def test_no_to_every_visit_is_no_offer() -> None:
    read = read_answer(answered((RawVisit("no"), RawVisit("no"))), ASKED)
    assert read.answer is None
    assert read.problems[0].wanted == "at least one visit, or a no to the package"


def test_a_row_that_was_moved_is_not_taken_for_another_visit() -> None:
    rows = (RawVisit("yes", row=2, asked="Tue 08:00"), RawVisit("yes", row=3, asked="Mon 08:00"))
    assert read_answer(answered(rows), ASKED).problems[0].row == 2


def test_a_provider_paid_by_visit_length_gives_a_price_for_each_length() -> None:
    banded = WasAsked(Unit.HOUR, (45,), (MONDAY, TUESDAY))
    read = read_answer(answered(rate_45="18.90"), banded)
    assert isinstance(read.answer, OfferRead)
    assert (read.answer.rate, read.answer.rates) == (None, {"45": Money.parse("18.90")})
    assert read_answer(answered(), banded).problems[0].wanted == "pounds such as 24.10"


def test_a_no_needs_its_reason_and_another_reason_needs_words() -> None:
    read = read_answer(answered(can_start="no", decline_code="timing"), ASKED)
    assert read.answer == DeclineRead(DeclineCode.TIMING, "", "R. Tallow")
    assert read_answer(answered(can_start="no"), ASKED).answer is None
    other = read_answer(answered(can_start="no", decline_code="Another reason"), ASKED)
    assert other.problems[0].wanted == "the reason in a few words"


def test_no_reply_is_the_brokers_to_say_and_not_the_providers() -> None:
    assert read_answer(answered(can_start="no", decline_code="no_reply"), ASKED).answer is None


def test_an_interest_that_is_declared_is_named() -> None:
    read = read_answer(answered(has_conflicts="yes"), ASKED)
    assert read.problems[0].wanted == "what the interest is"


def test_every_gap_of_a_half_filled_form_is_listed_in_the_order_of_the_form() -> None:
    read = read_answer(RawAnswer({"can_start": RawText("yes", 2)}, AS_ASKED), ASKED)
    assert [problem.column for problem in read.problems] == [
        "The day on which you can start",
        "Your rate for an hour of one carer, in pounds",
        "Do you need to assess the person before you start?",
        "Do you have an interest to declare?",
        "Your name and post",
    ]


def test_a_formula_is_no_answer() -> None:
    fields = {**answered().fields, "rate": RawText("24.10", 5, is_formula=True)}
    problem = read_answer(RawAnswer(fields, AS_ASKED), ASKED).problems[0]
    assert (problem.row, problem.found) == (5, "a formula")


def test_days_are_read_however_people_write_them() -> None:
    day = date(2026, 12, 14)
    for text in ("14/12/2026", "14.12.2026", "14 Dec 2026", "14 December 2026", "2026-12-14", "46370"):
        assert written_day(text) == day, text
    for text in ("12/31/2026", "31/02/2027", "soon", "", "14/12/26"):
        assert written_day(text) is None, text


KEYS = st.sampled_from([*GOOD, "decline_code", "conflicts", "held_until"])


@given(st.dictionaries(KEYS, st.text(max_size=60)))
def test_no_words_of_a_provider_break_the_reading(fields: dict[str, str]) -> None:
    read = read_answer(RawAnswer({key: RawText(text) for key, text in fields.items()}, AS_ASKED), ASKED)
    assert (read.answer is None) == bool(read.problems)


@given(st.tuples(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20)))
def test_no_words_beside_a_visit_break_the_reading(words: tuple[str, str, str]) -> None:
    read = read_answer(answered((RawVisit(*words), RawVisit("yes"))), ASKED)
    assert (read.answer is None) == bool(read.problems)
