"""Notices, standstill and call-in fall on the day that the law counts to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokerdesk.core.domain.calendar import UNITED_KINGDOM, last_day_of_period
from brokerdesk.core.domain.deadlines import call_in, standstill, termination_notice_due
from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.framework import Regime
from brokerdesk.core.domain.open_framework import open_framework
from brokerdesk.core.domain.rulebook import Rulebook

published = st.dates(date(2019, 1, 1), date(2028, 11, 30))


def test_e7_a_contract_that_ends_on_31_march_needs_its_notice_by_29_april(rulebook: Rulebook) -> None:
    assert termination_notice_due(date(2027, 3, 31), rulebook) == date(2027, 4, 29)


def test_a_call_off_under_the_old_regulations_has_no_standstill_here(rulebook: Rulebook) -> None:
    with pytest.raises(InputError, match="2015 regulations"):
        standstill(Regime.PCR2015, date(2026, 12, 1), rulebook)


@given(published)
def test_a_standstill_holds_eight_working_days_and_the_day_after_may_be_any(
    rulebook: Rulebook, day: date
) -> None:
    found = standstill(Regime.PA23, day, rulebook)
    span = [day + timedelta(days=ahead) for ahead in range((found.ends_on - day).days + 1)]
    assert sum(rulebook.calendar.is_working_day(on, UNITED_KINGDOM) for on in span) == 8
    assert found.earliest_signing_on - found.ends_on == timedelta(days=1)


@given(published)
def test_the_nhs_standstill_begins_later_but_knows_fewer_holidays(rulebook: Rulebook, day: date) -> None:
    nhs = standstill(Regime.PSR, day, rulebook)
    assert nhs.counted[0] >= day + timedelta(days=2)
    assert len(nhs.counted) == 8


@given(published, st.integers(1, 10))
def test_a_decision_takes_effect_on_the_working_day_after_call_in(
    rulebook: Rulebook, day: date, count: int
) -> None:
    found = call_in(day, count, rulebook)
    assert day < found.counted[0]
    assert len(found.counted) == count
    assert found.deadline_on < found.in_force_on


@given(st.dates(date(2025, 2, 24), date(2040, 1, 1)), st.integers(1, 1090), st.booleans())
def test_an_open_framework_never_asks_for_an_award_after_its_end(
    rulebook: Rulebook, first: date, later: int, single: bool
) -> None:
    second = first + timedelta(days=later)
    found = open_framework(first, [second], rulebook, single_supplier=single)
    assert found.scheme_ends_on == last_day_of_period(first, years=4 if single else 8)
    assert found.next_award_due_on is None or second < found.next_award_due_on <= found.scheme_ends_on
