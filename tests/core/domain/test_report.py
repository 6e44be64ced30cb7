"""The first report: packages awarded between two dates."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokerdesk.core.domain.award import Award
from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.report import AWARDS_COLUMNS, Report, awards_by_tier
from sourcing_samples import a_framework, an_award, pounds

FROM, TO = date(2026, 11, 1), date(2026, 11, 30)


def report_of(*awards: Award, **facts: Any) -> Report:
    known: dict[str, Any] = {"frameworks": (a_framework(),), "from_on": FROM, "to_on": TO}
    return awards_by_tier(awards, **known | facts)


def test_adults_and_children_stand_apart_by_tier() -> None:
    found = report_of(
        an_award(),
        an_award(id="w2", package_id="p2", weekly_cost=pounds("100.00")),
        an_award(id="w3", package_id="p3", tier=2),
        an_award(id="w4", package_id="p4", tier=None),
        an_award(id="w5", package_id="p5", tier=10),
        an_award(id="w6", package_id="p6", cohort="child"),
    )
    assert [(row[0], row[3], row[4], str(row[6])) for row in found.rows] == [
        ("Adults", "tier 1", 2, "943.50"),
        ("Adults", "tier 2", 1, "843.50"),
        ("Adults", "tier 10", 1, "843.50"),
        ("Adults", "not tiered", 1, "843.50"),
        ("Children", "tier 1", 1, "843.50"),
    ]


def test_a_cohort_without_an_award_says_why() -> None:
    found = report_of(an_award())
    assert found.rows[-1] == (
        "Children",
        None,
        None,
        "none, because no package for children was awarded in the period",
        0,
        0,
        None,
    )


@pytest.mark.parametrize(
    ("frameworks", "why"),
    [
        ((), "no framework is on this desk"),
        (
            (a_framework(ends_on=date(2026, 9, 3)), a_framework(name="Older", ends_on=date(2024, 3, 31))),
            "there was no live framework: Care Framework ended on 3 September 2026",
        ),
        (
            (a_framework(starts_on=date(2027, 4, 1)),),
            "there was no live framework: Care Framework begins on 1 April 2027",
        ),
        ((a_framework(ends_on=FROM),), "no package for adults was awarded in the period"),
    ],
)
def test_where_there_is_no_live_framework_the_reason_is_the_answer(frameworks: Any, why: str) -> None:
    assert report_of(frameworks=frameworks).rows[0][3] == f"none, because {why}"


def test_the_day_of_award_is_the_day_in_london() -> None:
    late = an_award(made_at=datetime(2026, 10, 31, 23, 30, tzinfo=UTC))
    assert report_of(late).rows[0][4] == 0
    summer = an_award(made_at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    assert report_of(summer, from_on=date(2026, 7, 1), to_on=date(2026, 7, 1)).rows[0][4] == 1


def test_both_days_count_and_withdrawn_awards_are_left_out_with_a_note() -> None:
    first = an_award(made_at=datetime(2026, 11, 1, 0, 0, tzinfo=UTC))
    last = an_award(id="w2", package_id="p2", made_at=datetime(2026, 11, 30, 23, 59, tzinfo=UTC))
    gone = an_award(id="w3", withdrawn_at=datetime(2026, 11, 24, tzinfo=UTC))
    found = report_of(first, last, gone)
    assert found.rows[0][4] == 2
    assert found.notes == ("Left out: 1 awarded in the period and withdrawn since.",)


def test_people_are_counted_once_beside_the_packages() -> None:
    found = report_of(
        an_award(), an_award(id="w2", package_id="p2"), people={"p1": "9990123454", "p2": "9990123454"}
    )
    assert found.rows[0][4:6] == (2, 1)


def test_the_definition_is_printed_and_every_column_is_declared() -> None:
    found = report_of(an_award())
    assert "withdrawn" in found.definition
    assert found.columns == AWARDS_COLUMNS
    assert all(len(row) == len(found.heads) for row in found.rows)
    assert found.title == "Packages awarded from 1 November 2026 to 30 November 2026"


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(InputError, match="before the first"):
        report_of(from_on=TO, to_on=FROM)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["adult", "child"]),
            st.none() | st.integers(1, 3),
            st.integers(0, 10**6),
            st.datetimes(datetime(2026, 10, 1), datetime(2026, 12, 31)),
        ),
        max_size=20,
    )
)
def test_the_rows_add_up_to_the_awards_of_the_period(made: list[Any]) -> None:
    awards = [
        an_award(
            id=f"w{i}",
            package_id=f"p{i}",
            cohort=c,
            tier=t,
            weekly_cost=Money(w),
            made_at=at.replace(tzinfo=UTC),
        )
        for i, (c, t, w, at) in enumerate(made)
    ]
    found = report_of(*awards)
    counted = [award for award in awards if FROM <= award.made_at.date() <= TO]
    assert sum(row[4] for row in found.rows) == len(counted)
    assert sum(row[6].pence for row in found.rows if row[6]) == sum(a.weekly_cost.pence for a in counted)
