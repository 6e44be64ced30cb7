"""What is free: stated less held less awarded; never below nought without being flagged."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from brokerdesk.core.domain.capacity_ledger import (
    BEDS,
    HOURS,
    Promise,
    Reservation,
    ReservationStatus,
    ledger,
    taken_by,
)
from sourcing_samples import a_bed_need, a_need

NOW = datetime(2026, 12, 8, 12, 0, tzinfo=UTC)


def held(
    amount: str = "35", *, until: int | None = 24, status: ReservationStatus = ReservationStatus.HELD
) -> Reservation:
    ends = None if until is None else NOW + timedelta(hours=until)
    return Reservation("r", "p", "o", "1-1", "home care", Decimal(amount), HOURS, ends, status, NOW)


HOLDS = st.builds(
    held, st.integers(1, 60).map(str), until=st.one_of(st.none(), st.integers(-48, 48)),
    status=st.sampled_from(ReservationStatus),
)  # fmt: skip


@given(
    st.one_of(st.none(), st.integers(0, 200)),
    st.lists(HOLDS, max_size=8),
    st.lists(st.integers(1, 60), max_size=5),
)
def test_totals_agree_with_an_obvious_count_and_below_nought_is_flagged(
    stated: int | None, holds: list[Reservation], awards: list[int]
) -> None:
    promises = [Promise("1-1", "home care", Decimal(hours), HOURS) for hours in awards]
    found = ledger(
        None if stated is None else Decimal(stated), HOURS, holds, promises, moment=NOW
    )  # fmt: skip
    count = 0
    for hold in holds:
        if hold.status is not ReservationStatus.HELD:
            continue
        if hold.until is not None and hold.until < NOW:
            continue
        count += int(hold.amount)
    assert found.held == count
    assert found.awarded == sum(awards)
    if stated is None:
        assert found.free is None
        assert not found.is_over
    else:
        assert found.free == stated - count - sum(awards)
        assert found.is_over == (stated < count + sum(awards))
        assert ("over-committed" in found.sentence) == found.is_over


def test_a_hold_lapses_by_the_clock_whoever_looks() -> None:
    hold = held(until=24)
    assert hold.status_at(NOW + timedelta(hours=24)) is ReservationStatus.HELD
    assert hold.status_at(NOW + timedelta(hours=24, seconds=1)) is ReservationStatus.LAPSED
    assert held(until=None).is_held(NOW + timedelta(days=900))


def test_a_used_or_released_hold_never_comes_back() -> None:
    for status in (ReservationStatus.USED, ReservationStatus.RELEASED, ReservationStatus.LAPSED):
        assert held(status=status, until=None).status_at(NOW) is status


def test_a_week_of_visits_takes_carer_hours_and_a_place_takes_a_bed() -> None:
    assert taken_by(a_need()) == (Decimal("35.00"), HOURS)
    assert taken_by(a_bed_need()) == (Decimal(1), BEDS)
    assert taken_by(a_need(visits=())) is None


def test_the_sentence_says_how_what_is_free_comes_about() -> None:
    promise = Promise("1-1", "home care", Decimal(30), HOURS)
    found = ledger(Decimal(52), HOURS, [held()], [promise], moment=NOW)
    assert found.sentence == (
        "52 hours stated, 35 hours held by 1 offer, 30 hours awarded: over-committed by 13 hours"
    )
    assert ledger(Decimal(1), BEDS, [], [], moment=NOW).sentence == "1 bed stated"
    assert not found.has_room(Decimal(1))
