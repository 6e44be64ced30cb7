"""Referral lists: the template, good rows, and every value that is checked."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Cohort
from brokerdesk.core.domain.referral_rows import HEADINGS, ReferralRead, ReferralRow, referral_of
from brokerdesk.core.domain.visits import Visit, Weekday
from brokerdesk.core.exchange.referrals import read_referrals, write_referral_template

GOOD = {
    "reference": "R-1", "cohort": "adult", "team": "North", "first_names": "Test", "family_name": "Person",
    "born_on": "1941-02-03", "nhs_number": "999 000 0018", "postcode": "wn59aa", "service": "home care",
    "needs": "dementia; catheter care", "preferences": "a morning call",
    "starts_on": "2026-12-14",
    "expected_weeks": "52", "urgent_since": "2026-11-23T09:00", "funding": "council",
    "personal_budget": "985.00",
    "visits": "Mon 08:00 45 2; Tue 08:00 45 2",
}  # fmt: skip


def read_rows(tmp_path: Path, *rows: dict[str, str]) -> ReferralRead:
    path = tmp_path / "referrals.csv"
    lines = [",".join(HEADINGS), *(",".join(row.get(name, "") for name in HEADINGS) for row in rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return read_referrals(path)


def test_a_good_referral_is_read_to_the_values_it_states(tmp_path: Path) -> None:
    read = read_rows(tmp_path, GOOD)
    assert read.problems == ()
    assert read.rows == (
        ReferralRow(
            reference="R-1", cohort=Cohort.ADULT, team="North", first_names="Test", family_name="Person",
            born_on=date(1941, 2, 3), nhs_number="9990000018", postcode="WN5 9AA", service="home care",
            needs=("dementia", "catheter care"), preferences="a morning call", starts_on=date(2026, 12, 14),
            expected_weeks=52, urgent_since=datetime(2026, 11, 23, 9, tzinfo=UTC), funding="council",
            personal_budget=Money(98_500),
            visits=(Visit(Weekday.MON, time(8), 45, 2), Visit(Weekday.TUE, time(8), 45, 2)),
        ),
    )  # fmt: skip


def test_what_is_not_stated_stays_not_stated(tmp_path: Path) -> None:
    must = ("reference", "cohort", "first_names", "family_name", "postcode", "starts_on")
    (row,) = read_rows(tmp_path, {name: GOOD[name] for name in must}).rows
    assert (row.expected_weeks, row.nhs_number, row.personal_budget, row.visits) == (None, None, None, ())


def test_a_summer_time_is_read_as_london_clocks_show_it(tmp_path: Path) -> None:
    (row,) = read_rows(tmp_path, {**GOOD, "urgent_since": "2026-06-01T09:00"}).rows
    assert row.urgent_since == datetime(2026, 6, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("column", "text", "wanted"),
    [
        ("nhs_number", "9990000019", "whose last digit checks"),
        ("postcode", "WN5", "a postcode such as WN5 9AA"),
        ("cohort", "senior", "one of adult, child"),
        ("starts_on", "14/12/2026", "a date such as 2026-12-14"),
        ("personal_budget", "£985", "without £ and separators"),
        ("expected_weeks", "1.5", "a whole number"),
        ("visits", "Mon 08:00 45 5", "1 to 4 carers"),
        ("visits", "Monday at eight", "day, time, minutes, carers"),
        ("funding", "lottery", "one of council"),
        ("born_on", "2027-01-01", "before starts_on"),
        ("first_names", "", "first names"),
    ],
)
def test_a_value_that_cannot_be_read_is_named_and_the_other_rows_stay(
    tmp_path: Path, column: str, text: str, wanted: str
) -> None:
    read = read_rows(tmp_path, {**GOOD, column: text}, {**GOOD, "reference": "R-2"})
    (problem,) = read.problems
    assert (problem.row, problem.column, problem.found) == (2, column, text or "nothing")
    assert wanted in problem.wanted
    assert [row.reference for row in read.rows] == ["R-2"]


def test_the_same_reference_twice_is_a_row_problem(tmp_path: Path) -> None:
    read = read_rows(tmp_path, GOOD, {**GOOD, "reference": "r-1"})
    assert [(p.row, p.column, p.found) for p in read.problems] == [(3, "reference", "r-1")]
    assert len(read.rows) == 1


def test_a_misspelt_heading_is_offered_its_nearest_name_and_nothing_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "referrals.csv"
    heads = ",".join(HEADINGS).replace("family_name", "family name")
    path.write_text(f"{heads}\n" + ",".join(GOOD[name] for name in HEADINGS))
    read = read_referrals(path)
    assert (1, "family name", "family_name, which is not there") in [
        (p.row, p.column, p.wanted) for p in read.problems
    ]
    assert read.rows == ()


def test_another_list_is_no_referral_list(directory_files: Path) -> None:
    with pytest.raises(InputError, match="not a referral list") as refusal:
        read_referrals(directory_files / "website.csv")
    assert refusal.value.unreadable


def test_the_template_holds_the_headings_and_reads_as_no_referrals(tmp_path: Path) -> None:
    path = tmp_path / "template.csv"
    write_referral_template(path)
    assert path.read_text(encoding="utf-8-sig").split() == [",".join(HEADINGS)]
    assert read_referrals(path).rows == ()


def test_one_referral_is_read_from_texts_by_name() -> None:
    assert referral_of(GOOD).postcode == "WN5 9AA"
    with pytest.raises(InputError) as refusal:
        referral_of({**GOOD, "postcode": "nowhere", "starts_on": "soon"})
    assert [problem.column for problem in refusal.value.problems] == ["postcode", "starts_on"]
