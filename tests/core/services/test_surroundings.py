"""What lies around a person: postcodes of her zones, positions of providers, and no network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from brokerdesk.core.domain.directory import KnownLocation
from brokerdesk.core.services import surroundings
from brokerdesk.core.services.desk import Desk
from council_sample import PROVIDERS, a_need, make_council, record_need


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with make_council(tmp_path / "desk").open() as desk:
        yield desk


def test_the_home_is_the_postcode_where_a_table_names_it(desk: Desk) -> None:
    found = surroundings.around(desk, record_need(desk).id, ())
    assert found.home == (53.541, -2.672)
    assert found.zones == ("West",)


def test_the_home_is_the_district_where_only_that_is_known(desk: Desk) -> None:
    package = record_need(desk, a_need(postcode="WN5 8AB"))
    assert surroundings.around(desk, package.id, ()).home == (53.54, -2.67)


def test_there_is_no_home_where_no_table_names_the_postcode(desk: Desk) -> None:
    package = record_need(desk, a_need(postcode="WN2 1AA"))
    assert surroundings.around(desk, package.id, ()).home is None


def test_postcodes_of_the_persons_zone_are_told_from_those_around_it(desk: Desk) -> None:
    with desk.units.writing() as unit:
        unit.directory.keep_positions([("WN6 1AA", 53.56, -2.7), ("WN6 1AB", 53.58, -2.72)])
        unit.commit()
    found = surroundings.around(desk, record_need(desk).id, ())
    assert all(is_inside for _, _, is_inside in found.postcodes)
    north, east, name = next(middle for middle in found.districts if middle[2] == "WN6")
    assert name == "WN6"
    assert (round(north, 4), round(east, 4)) == (53.5633, -2.7067)


def test_a_provider_stands_where_its_file_says_or_else_at_its_postcode(desk: Desk) -> None:
    first, second = PROVIDERS[0][0], PROVIDERS[1][0]
    with desk.units.writing() as unit:
        known = unit.directory.known([second])[second]
        facts = replace(known.facts, latitude=None, longitude=None, postcode="WN6 8AA")
        origins = {n: o for n, o in known.origins.items() if n not in ("latitude", "longitude")}
        unit.directory.keep([KnownLocation(facts, origins)])
        unit.commit()
    found = surroundings.around(desk, record_need(desk).id, (first, second, "1-unknown"))
    assert found.places == {first: (53.532, -2.668), second: (53.55, -2.7)}
