"""Visits offered beside visits asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from brokerdesk.core.domain.visit_fit import Fit, fit_of
from brokerdesk.core.domain.visits import Visit, Weekday

EARLY = Visit(Weekday.MON, time(7, 30), 45, 2)
LATE = Visit(Weekday.MON, time(20, 30), 45, 2)


def fits(offered: tuple[Visit, ...]) -> list[tuple[Fit, int]]:
    return [(found.fit, found.moved) for found in fit_of((EARLY, LATE), offered)]


def test_an_offer_that_names_no_visits_takes_the_week_as_asked() -> None:
    assert fits(()) == [(Fit.AS_ASKED, 0), (Fit.AS_ASKED, 0)]


def test_a_visit_half_an_hour_earlier_is_moved_by_thirty_minutes() -> None:
    assert fits((EARLY, replace(LATE, at=time(20)))) == [(Fit.AS_ASKED, 0), (Fit.MOVED, -30)]


def test_a_visit_that_is_not_there_is_not_offered() -> None:
    assert fits((EARLY,)) == [(Fit.AS_ASKED, 0), (Fit.MISSING, 0)]


def test_a_visit_on_another_day_does_not_stand_for_one_that_was_asked() -> None:
    assert fits((EARLY, replace(LATE, day=Weekday.TUE)))[1] == (Fit.MISSING, 0)


def test_a_shorter_visit_or_one_with_fewer_carers_is_not_what_was_asked() -> None:
    assert fits((replace(EARLY, minutes=30), replace(LATE, carers=1))) == [(Fit.MISSING, 0), (Fit.MISSING, 0)]


def test_a_visit_at_its_time_is_never_taken_for_a_neighbour() -> None:
    lunch = Visit(Weekday.MON, time(8), 45, 2)
    found = fit_of((EARLY, lunch), (lunch,))
    assert [(f.fit, f.moved) for f in found] == [(Fit.MISSING, 0), (Fit.AS_ASKED, 0)]
