from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokerdesk.core.domain import learning
from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.learning import Answered, OffRank, Waits, Won

AT = datetime(2026, 12, 7, 9, 0, tzinfo=UTC)
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)


def answered(provider: str = "Wrenhollow", hours: float | None = 2, **other: object) -> Answered:
    stated: dict[str, object] = {
        "provider": provider, "location_id": f"1-{provider}", "lot": "home care", "outcode": "WN5",
        "needs": ("hoist",), "first_call_hour": 7, "asked_at": AT,
        "answered_at": None if hours is None else AT + timedelta(hours=hours), "answer": "offer",
    }  # fmt: skip
    return Answered(**{**stated, **other})  # type: ignore[arg-type]  # invented values by name


def test_declines_are_counted_by_lot_district_time_need_and_reason_most_first() -> None:
    no = {"answer": "decline", "code": "no_capacity"}
    found = learning.refusals(
        [answered(**no), answered("Marrowby", **no), answered(**{**no, "code": "price"}), answered()],
        FIRST, LAST,
    )  # fmt: skip
    assert found.rows == (
        ("home care", "WN5", "morning", "hoist", "no capacity", 2, 67),
        ("home care", "WN5", "morning", "hoist", "price", 1, 33),
    )


def test_the_share_won_by_the_lowest_price_counts_only_awards_with_a_choice() -> None:
    day = date(2026, 12, 7)
    won = [
        Won(lot="home care", awarded_on=day, offers=3, is_lowest=True, is_best_score=True),
        Won(lot="home care", awarded_on=day, offers=2, is_lowest=False, is_best_score=True),
        Won(lot="home care", awarded_on=day, offers=1, is_lowest=True, is_best_score=True),
        Won(lot="nursing", awarded_on=day, offers=1, is_lowest=True, is_best_score=None),
    ]
    found = learning.lowest_price(won, FIRST, LAST)
    assert found.rows == (
        ("home care", 3, 2, 1, 50, 2), ("nursing", 1, 0, 0, None, 0), ("All lots", 4, 2, 1, 50, 2),
    )  # fmt: skip


def test_a_provider_has_its_rate_its_median_hours_and_its_awards() -> None:
    given_answers = [
        answered(hours=1, was_first=True), answered(hours=5, answer="decline"),
        answered(hours=None, answer="silent"),
        answered("Marrowby", hours=None, answer="silent"),
    ]  # fmt: skip
    found = learning.providers(given_answers, {"1-Wrenhollow": 2}, FIRST, LAST)
    assert found.rows == (
        ("Marrowby", "1-Marrowby", 1, 0, 0, 1, 0, None, 0, 0),
        ("Wrenhollow", "1-Wrenhollow", 3, 1, 1, 1, 33, "3.0", 1, 2),
    )


def test_who_waits_is_counted_by_age() -> None:
    held = [Waits(lot="home care", status="asking providers", days=days) for days in (0, 1, 2, 14, 15, 90)]
    assert learning.waiting(held, LAST).rows == (("home care", "asking providers", 2, 1, 0, 1, 2, 6),)


def test_leaving_the_order_is_counted_by_broker_provider_and_reason() -> None:
    case = OffRank(at=date(2026, 12, 7), broker="A. Broker", provider="Wrenhollow", what="asked",
                   reason="continuity")  # fmt: skip
    found = learning.off_rank([case, case], FIRST, LAST)
    assert found.rows == (("A. Broker", "Wrenhollow", "asked", "continuity", 2),)
    assert learning.off_rank([], FIRST, LAST).notes == ("The order was kept throughout.",)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(InputError, match="Check both dates"):
        learning.check_days(LAST, FIRST)


ANSWERS = st.lists(
    st.builds(
        answered, provider=st.sampled_from(["A", "B", "C"]),
        answer=st.sampled_from(["offer", "decline", "silent"]),
        code=st.sampled_from(["price", "risk"]),
    )
)  # fmt: skip


@given(ANSWERS)
def test_every_invitation_is_counted_once_and_every_decline_once(given_answers: list[Answered]) -> None:
    table = learning.providers(given_answers, {}, FIRST, LAST).rows
    assert sum(int(str(row[2])) for row in table) == len(given_answers)
    assert all(row[2] == int(str(row[3])) + int(str(row[4])) + int(str(row[5])) for row in table)
    said_no = learning.refusals(given_answers, FIRST, LAST).rows
    assert sum(int(str(row[5])) for row in said_no) == sum(a.answer == "decline" for a in given_answers)
