"""Visits offered beside visits asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.domain.visit_fit import Fit, fit_of, gaps_of, same_visit_minutes
from brokerdesk.core.domain.visits import Visit, Weekday, in_order

FARTHEST = 180
EARLY = Visit(Weekday.MON, time(7, 30), 45, 2)
LATE = Visit(Weekday.MON, time(20, 30), 45, 2)


def fits(offered: tuple[Visit, ...]) -> list[tuple[Fit, int]]:
    return [(found.fit, found.moved) for found in fit_of((EARLY, LATE), offered, FARTHEST)]


def test_an_offer_that_names_no_visits_takes_the_week_as_asked() -> None:
    assert fits(()) == [(Fit.AS_ASKED, 0), (Fit.AS_ASKED, 0)]


def test_a_visit_half_an_hour_earlier_is_moved_by_thirty_minutes() -> None:
    assert fits((EARLY, replace(LATE, at=time(20)))) == [(Fit.AS_ASKED, 0), (Fit.MOVED, -30)]


def test_a_visit_that_is_not_there_is_not_offered() -> None:
    assert fits((EARLY,)) == [(Fit.AS_ASKED, 0), (Fit.MISSING, 0)]


def test_a_visit_on_another_day_does_not_stand_for_one_that_was_asked() -> None:
    assert fits((EARLY, replace(LATE, day=Weekday.TUE)))[1] == (Fit.MISSING, 0)


def test_a_shorter_visit_or_one_with_fewer_carers_says_by_how_much_it_is_short() -> None:
    offered = (replace(EARLY, minutes=30), replace(LATE, carers=1, at=time(20)))
    shorter, fewer = fit_of((EARLY, LATE), offered, FARTHEST)
    assert (shorter.fit, shorter.minutes_short, shorter.carer_minutes_short) == (Fit.SHORTER, 15, 30)
    assert (fewer.fit, fewer.carers_short, fewer.moved, fewer.carer_minutes_short) == (Fit.FEWER, 1, -30, 45)


def test_a_visit_hours_away_is_no_answer_to_the_one_asked() -> None:
    morning, evening = replace(EARLY, minutes=30), replace(LATE, at=time(16, 30))
    found = fit_of((EARLY, evening), (morning,), FARTHEST)
    assert [fit.fit for fit in found] == [Fit.SHORTER, Fit.MISSING]


def test_how_far_is_another_visit_is_a_row_of_the_rulebook(rulebook: Rulebook) -> None:
    evening = replace(LATE, at=time(17, 30))
    farthest = same_visit_minutes(rulebook, date(2026, 12, 8))
    assert farthest == FARTHEST
    assert [fit.fit for fit in fit_of((LATE,), (evening,), farthest)] == [Fit.MOVED]
    assert [fit.fit for fit in fit_of((LATE,), (evening,), farthest - 1)] == [Fit.MISSING]


def test_the_gaps_are_counted_over_the_week() -> None:
    found = gaps_of(fit_of((EARLY, LATE), (replace(EARLY, minutes=30),), FARTHEST))
    assert (found.as_asked, found.shorter, found.missing, found.unmet) == (0, 1, 1, 2)
    assert found.carer_hours_short == Decimal("2.00")


VISITS = st.builds(
    Visit,
    day=st.sampled_from([Weekday.MON, Weekday.TUE]),
    at=st.integers(7, 20).map(time),
    minutes=st.sampled_from([15, 30, 45]),
    carers=st.sampled_from([1, 2]),
)


@given(st.lists(VISITS, max_size=6), st.lists(VISITS, max_size=6))
def test_no_visit_offered_stands_for_two_and_no_gap_is_made_up(
    asked: list[Visit], offered: list[Visit]
) -> None:
    found = fit_of(asked, offered, FARTHEST)
    gaps = gaps_of(found)
    assert [fit.asked for fit in found] == list(in_order(asked))
    assert gaps.as_asked + gaps.moved + gaps.shorter + gaps.fewer + gaps.missing == len(asked)
    if not offered:
        assert gaps.as_asked == len(asked)
        return
    for day in (Weekday.MON, Weekday.TUE):
        given_there = sum(visit.day is day for visit in offered)
        matched = sum(fit.asked.day is day and fit.fit is not Fit.MISSING for fit in found)
        asked_there = sum(visit.day is day for visit in asked)
        assert matched <= min(given_there, asked_there)
    assert all(abs(fit.moved) <= FARTHEST for fit in found)
    for fit in found:
        assert 0 <= fit.carer_minutes_short <= fit.asked.minutes * fit.asked.carers
        assert (fit.fit in (Fit.AS_ASKED, Fit.MOVED)) == (fit.carer_minutes_short == 0)


def test_a_visit_at_its_time_is_never_taken_for_a_neighbour() -> None:
    lunch = Visit(Weekday.MON, time(8), 45, 2)
    found = fit_of((EARLY, lunch), (lunch,), FARTHEST)
    assert [(f.fit, f.moved) for f in found] == [(Fit.MISSING, 0), (Fit.AS_ASKED, 0)]
