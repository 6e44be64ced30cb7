"""A council with many who wait and many locations, put on its desk at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from brokerdesk.core.domain.framework import Member, RateLine
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Package
from brokerdesk.core.services.desk import Desk
from council_sample import NOW, PROVIDERS, _location, record_need


def add_locations(desk: Desk, count: int) -> None:
    """Put more members on the framework, each with its rate and its place in the directory."""
    known = _location(PROVIDERS[0])
    with desk.units.writing() as unit:
        member, rate = unit.of(Member).get("m1"), unit.of(RateLine).get("r1")
        for number in range(count):
            location = f"1-8{number:09}"
            unit.of(Member).add(
                replace(
                    member, id=f"many-{number}", location_id=location, provider=f"Hedgerow Care {number}",
                    rank=100 + number, quality=Decimal(40 + number % 50),
                )
            )  # fmt: skip
            price = Money.parse(f"{22 + number % 5}.{number % 100:02}")
            unit.of(RateLine).add(replace(rate, id=f"many-r{number}", location_id=location, rate=price))
        unit.directory.keep(
            [
                replace(known, facts=replace(known.facts, location_id=f"1-8{number:09}"))
                for number in range(count)
            ]
        )
        unit.commit()


def add_waiting(desk: Desk, count: int) -> list[Package]:
    """Put more people on the desk who wait, each a minute longer than the one before her."""
    first = record_need(desk)
    more = [
        replace(
            first, id=str(UUID(int=number)), reference=f"MNY-{number:04}",
            created_at=NOW - timedelta(days=1, minutes=number),
            need=replace(first.need, family_name=f"Ashby-{number}"),
        )
        for number in range(1, count)
    ]  # fmt: skip
    with desk.units.writing() as unit:
        for package in more:
            unit.of(Package).add(package)
        unit.commit()
    return [first, *more]
