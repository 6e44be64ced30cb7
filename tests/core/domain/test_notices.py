"""The notice matrix cell by cell, its days against a slow count, and the fixed days of the year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokerdesk.core.domain.award import Route
from brokerdesk.core.domain.calendar import Division
from brokerdesk.core.domain.deadlines import standstill
from brokerdesk.core.domain.framework import Regime
from brokerdesk.core.domain.notice_matrix import MATRIX, NOTICE_NAMES, UK_CODES, Column, Kind
from brokerdesk.core.domain.notices import NoticeDuty, column_of, notices_for, periodic_due
from brokerdesk.core.domain.routes import award_value
from brokerdesk.core.domain.rulebook import Rulebook
from sourcing_samples import TODAY, a_need, pounds

ENTERED = date(2026, 12, 14)
YES, IF, NO, OTHER = Kind.YES, Kind.IF, Kind.NO, Kind.OTHER
# As the notice matrix of the rules reads: competed, call-off, user choice, urgent, notifiable below, 2015.
COLUMNS = (
    Column.COMPETED, Column.CALL_OFF, Column.USER_CHOICE, Column.URGENT, Column.NOTIFIABLE, Column.PCR2015,
)  # fmt: skip
AS_WRITTEN = {
    "UK1": (IF, NO, NO, NO, NO, NO),
    "UK2": (IF, NO, NO, NO, NO, NO),
    "UK4": (YES, NO, NO, NO, IF, NO),
    "UK5": (NO, NO, NO, YES, NO, NO),
    "UK6": (YES, YES, NO, YES, NO, OTHER),
    "standstill": (IF, IF, NO, NO, NO, OTHER),
    "UK7": (YES, YES, NO, YES, YES, OTHER),
    "copy": (YES, YES, NO, YES, NO, NO),
    "UK8": (IF, IF, IF, IF, NO, NO),
    "UK9": (NO, NO, NO, NO, NO, NO),
    "UK10": (NO, NO, NO, NO, NO, OTHER),
    "UK11": (YES, YES, NO, YES, NO, NO),
    "UK17": (YES, YES, YES, YES, NO, OTHER),
}


def duties(
    rulebook: Rulebook, route: Route, weekly: str, weeks: int | None, *, entered: date = ENTERED
) -> dict[str, NoticeDuty]:
    need = a_need(expected_weeks=weeks)
    value = award_value(need, pounds(weekly), entered, commenced_on=TODAY, rulebook=rulebook)
    found = notices_for(route, value, rulebook, entered_on=entered, ends_on=date(2027, 3, 31))
    return {duty.code: duty for duty in found}


@pytest.mark.parametrize("code", AS_WRITTEN)
def test_every_cell_of_the_matrix_is_as_the_rules_have_it(code: str) -> None:
    assert tuple(MATRIX[code][column].kind for column in COLUMNS) == AS_WRITTEN[code]


def test_every_cell_says_why_by_which_rule_and_under_which_section() -> None:
    assert tuple(MATRIX) == UK_CODES == tuple(AS_WRITTEN)
    for code, row in MATRIX.items():
        assert set(row) == set(Column), code
        assert all(cell.why and cell.section and cell.rule.startswith("R") for cell in row.values()), code
        assert NOTICE_NAMES[code]


@pytest.mark.parametrize(
    ("route", "weekly", "weeks", "column"),
    [
        (Route.COMPETITIVE, "843.50", None, Column.COMPETED),
        (Route.FRAMEWORK_S45, "843.50", None, Column.CALL_OFF),
        (Route.USER_CHOICE, "843.50", None, Column.USER_CHOICE),
        (Route.URGENT, "843.50", None, Column.URGENT),
        (Route.DIRECT_S41, "843.50", None, Column.URGENT),
        (Route.SWITCH_S43, "843.50", None, Column.URGENT),
        (Route.FRAMEWORK_S45, "843.50", 52, Column.NOTIFIABLE),
        (Route.BELOW_THRESHOLD, "843.50", 52, Column.NOTIFIABLE),
        (Route.USER_CHOICE, "843.50", 52, Column.NOTIFIABLE),  # Part 6 spares user choice nothing (R045)
        (Route.BELOW_THRESHOLD, "100.00", 52, Column.SMALL),
        (Route.PCR2015_CALLOFF, "843.50", None, Column.PCR2015),
        (Route.PSR, "100.00", 52, Column.PSR),
        (Route.BLOCK_PLACE, "843.50", None, Column.BLOCK),
    ],
)
def test_the_column_follows_the_route_and_the_value(
    rulebook: Rulebook, route: Route, weekly: str, weeks: int | None, column: Column
) -> None:
    value = award_value(
        a_need(expected_weeks=weeks), pounds(weekly), ENTERED, commenced_on=TODAY, rulebook=rulebook
    )
    assert column_of(route, value) is column


def test_user_choice_needs_none_of_the_five_and_names_each_section(rulebook: Rulebook) -> None:
    found = duties(rulebook, Route.USER_CHOICE, "843.50", None)
    sections = {code: found[code].section for code in ("UK5", "UK6", "UK7", "copy", "UK11")}
    assert sections == {
        "UK5": "s44(3)", "UK6": "s50(6)(b)", "UK7": "s53(6)(b)", "copy": "s53(6)(b)", "UK11": "s80(4)(b)",
    }  # fmt: skip
    assert all(found[code].due_on is None and found[code].rule == "R043" for code in sections)
    assert found["UK17"].is_required


def test_example_e7_days_count_the_first_as_one(rulebook: Rulebook) -> None:
    found = duties(rulebook, Route.FRAMEWORK_S45, "6000000.00", 52)
    assert found["UK7"].due_on == date(2027, 4, 12)
    assert found["copy"].due_on == date(2027, 6, 11)
    assert found["UK11"].due_on == date(2027, 4, 29)


def test_a_direct_award_is_announced_the_day_before_at_the_latest(rulebook: Rulebook) -> None:
    found = duties(rulebook, Route.URGENT, "843.50", None)
    assert (found["UK5"].due_on, found["UK6"].due_on) == (date(2026, 12, 13), ENTERED)
    assert not found["copy"].is_required


def test_the_nhs_regime_has_an_award_notice_within_thirty_days(rulebook: Rulebook) -> None:
    found = duties(rulebook, Route.PSR, "843.50", None)
    assert [code for code, duty in found.items() if duty.is_required] == ["PSR-award"]
    assert (found["PSR-award"].due_on, found["PSR-award"].rule) == (date(2027, 1, 12), "R016")
    assert found["PSR-intention"].condition


def test_a_council_may_switch_the_small_details_notice_off_and_its_row_says_who_decided(
    rulebook: Rulebook,
) -> None:
    from dataclasses import replace

    name = "uk7_individual_placements"
    (row,) = rulebook.history(name)
    off = replace(row, figure="off", source="monitoring officer, 3 March 2026")
    changed = replace(rulebook, rows={**rulebook.rows, name: (off,)})
    duty = duties(changed, Route.BELOW_THRESHOLD, "843.50", 52)["UK7"]
    assert not duty.is_required
    assert "monitoring officer" in duty.why


@pytest.mark.parametrize(
    ("code", "day", "due"),
    [
        ("UK1", date(2026, 12, 14), date(2027, 5, 26)),
        ("UK8", date(2026, 7, 1), date(2026, 7, 29)),
        ("UK8", date(2026, 10, 1), date(2026, 10, 29)),
        ("UK8", date(2027, 1, 1), date(2027, 1, 29)),
        ("UK8", date(2027, 4, 1), date(2027, 4, 29)),
        ("UK17", date(2026, 4, 1), date(2026, 4, 29)),
        ("UK17", date(2026, 10, 1), date(2026, 10, 29)),
    ],
)
def test_example_e8_periodic_notices(rulebook: Rulebook, code: str, day: date, due: date) -> None:
    assert periodic_due(code, day, rulebook) == due
    assert periodic_due(code, due, rulebook) == due
    assert periodic_due(code, due + timedelta(days=1), rulebook) > due


@pytest.mark.parametrize(
    ("published", "signing"),
    [
        (date(2026, 12, 1), date(2026, 12, 11)),
        (date(2026, 12, 21), date(2027, 1, 6)),
        (date(2026, 11, 25), date(2026, 12, 8)),
        (date(2026, 6, 10), date(2026, 6, 23)),
        (date(2026, 12, 5), date(2026, 12, 17)),
    ],
)
def test_example_e5_every_case(rulebook: Rulebook, published: date, signing: date) -> None:
    assert standstill(Regime.PA23, published, rulebook).earliest_signing_on == signing


@pytest.mark.parametrize(
    ("published", "ends"),
    [(date(2026, 12, 21), date(2027, 1, 6)), (date(2026, 11, 25), date(2026, 12, 8))],
)
def test_example_e6_both_cases(rulebook: Rulebook, published: date, ends: date) -> None:
    assert standstill(Regime.PSR, published, rulebook).ends_on == ends


DAYS = st.dates(date(2025, 3, 1), date(2028, 11, 1))


def slow_standstill(rulebook: Rulebook, published: date, divisions: list[Division], *, begins: date) -> date:
    """Cross days off one by one, as on a wall calendar."""
    off = {day for division in divisions for day in rulebook.calendar.holidays[division]}
    day, crossed = begins, 0
    while True:
        if day.isoweekday() not in (6, 7) and day not in off:
            crossed += 1
        if crossed == 8:
            return day
        day += timedelta(days=1)


@given(published=DAYS)
def test_a_standstill_ends_where_a_wall_calendar_ends_it(rulebook: Rulebook, published: date) -> None:
    whole = slow_standstill(rulebook, published, list(Division), begins=published)
    assert standstill(Regime.PA23, published, rulebook).ends_on == whole
    england = slow_standstill(
        rulebook, published, [Division.ENGLAND_WALES], begins=published + timedelta(days=2)
    )
    assert standstill(Regime.PSR, published, rulebook).ends_on == england


@given(
    entered=DAYS, route=st.sampled_from(list(Route)), weeks=st.one_of(st.none(), st.integers(1, 1500)),
    pence=st.integers(1, 900_000_00),
)  # fmt: skip
def test_every_last_day_is_found_by_counting_days_one_by_one(
    rulebook: Rulebook, entered: date, route: Route, weeks: int | None, pence: int
) -> None:
    found = duties(rulebook, route, f"{pence / 100:.2f}", weeks, entered=entered)
    lengths = {"UK7": 30 if found["UK7"].rule == "R060" else 120, "copy": 180, "PSR-award": 30}
    for code, days in lengths.items():
        duty = found.get(code)
        if duty is not None and duty.is_required:
            day = entered
            for _ in range(days - 1):
                day += timedelta(days=1)
            assert duty.due_on == day
    for duty in found.values():
        assert duty.why
        assert duty.section
        assert not (duty.is_required and duty.condition)
