"""Whom one could ask for every package that waits, at once: the same as asking for each by itself."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from brokerdesk.core.domain.framework import Member, RateLine
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Package
from brokerdesk.core.ports import Cancelled
from brokerdesk.core.services import backlog, referrals, shortlists
from brokerdesk.core.services.desk import Desk
from council_sample import (
    BROKER,
    HOME_CARE,
    PROVIDERS,
    a_need,
    four_calls_a_day,
    keep_list,
    make_council,
    open_round,
    record_need,
)
from fakes import StopAfter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with make_council(tmp_path / "desk").open(BROKER) as opened:
        yield opened


def waiting(desk: Desk) -> list[Package]:
    """Packages whose needs, homes and wishes differ; one carer to four."""
    needs = (
        a_need(),
        a_need("Ivor", "Larkspur", postcode="WN6 8AA", visits=four_calls_a_day(1)),
        a_need("Rhoda", "Larkspur", preferred_location_id=PROVIDERS[2][0], needs=()),
        a_need("Odile", "Larkspur", postcode="WN9 9ZZ"),
        a_need("Cyril", "Larkspur", visits=four_calls_a_day(4)),
    )
    return [record_need(desk, need) for need in needs]


def asked_one_by_one(desk: Desk, packages: list[Package]) -> list[object]:
    """Head and counts of each list as the Shortlist page judges it."""
    lists = [shortlists.who_may_be_asked(desk, package.id) for package in packages]
    return [(held.included[: backlog.MOST], len(held.included), len(held.excluded)) for held in lists]


def asked_at_once(desk: Desk) -> list[object]:
    """The same of the backlog."""
    rows = [row.best for row in backlog.who_can_be_asked(desk)]
    return [best and (best.rows, best.may_be_asked, best.left_out) for best in rows]


def test_every_waiting_package_gets_the_head_of_its_own_shortlist(desk: Desk) -> None:
    packages = waiting(desk)
    assert asked_at_once(desk) == asked_one_by_one(desk, packages)
    assert [row.reference for row in backlog.who_can_be_asked(desk)] == [held.reference for held in packages]


def test_where_prices_follow_the_visits_each_need_has_its_own(desk: Desk) -> None:
    with desk.units.writing() as unit:
        first = unit.of(RateLine).get("r1")
        unit.of(RateLine).replace(replace(first, band_minutes=30))
        dearer = first.rate + Money.parse("9.00")
        unit.of(RateLine).add(replace(first, id="r1b", band_minutes=45, rate=dearer))
        unit.commit()
    packages = waiting(desk)
    assert asked_at_once(desk) == asked_one_by_one(desk, packages)


def test_a_figure_too_fine_for_columns_is_judged_one_by_one(desk: Desk) -> None:
    with desk.units.writing() as unit:
        member = unit.of(Member).get("m1")
        unit.of(Member).replace(replace(member, quality=Decimal("80.123")))
        unit.commit()
    packages = waiting(desk)[:2]
    assert asked_at_once(desk)[:2] == asked_one_by_one(desk, packages)


def test_a_package_that_cannot_be_judged_says_why_and_those_asked_already_are_left_out(desk: Desk) -> None:
    asked, waits = record_need(desk), record_need(desk, a_need("Ivor"))
    keep_list(desk, asked)
    open_round(desk, asked)
    nowhere = referrals.record_referral(desk, need=a_need("Odile")).value
    with desk.units.writing() as unit:
        held = unit.of(Package).get(nowhere.id)
        unit.of(Package).replace(replace(held, framework_id=None))
        unit.commit()
    found = list(backlog.who_can_be_asked(desk))
    assert [row.package_id for row in found] == [waits.id, nowhere.id]
    assert found[1].best is None
    assert "Choose one in the need" in found[1].trouble


def test_it_stops_when_it_is_asked_to_and_what_was_given_stands(desk: Desk) -> None:
    waiting(desk)
    watched = replace(desk, progress=StopAfter(1))
    rows = backlog.who_can_be_asked(watched)
    assert next(rows).best is not None
    with pytest.raises(Cancelled):
        next(rows)


def test_the_list_is_written_as_a_table(desk: Desk, tmp_path: Path) -> None:
    packages = waiting(desk)
    path = backlog.write_backlog(desk, tmp_path / "waiting.csv")
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert tuple(rows[0]) == backlog.HEADS
    assert [row[0] for row in rows[1:]] == [held.reference for held in packages]
    assert rows[1][1] == HOME_CARE
    best = shortlists.who_may_be_asked(desk, packages[0].id).included
    assert rows[1][6] == best[0].provider
    assert rows[1][4] == str(len(best))
