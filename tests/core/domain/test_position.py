"""Distances and grid references."""

from __future__ import annotations

import pytest

from brokerdesk.core.domain.position import Position, miles_between, position_from_grid


def test_wigan_to_wokingham_is_161_miles_and_nowhere_is_no_way() -> None:
    wigan, wokingham = Position(53.54698, -2.63508), Position(51.4112, -0.8339)
    assert miles_between(wigan, wokingham) == pytest.approx(165.6, abs=0.5)
    assert miles_between(wigan, wigan) == 0


def test_one_degree_north_is_69_miles() -> None:
    assert miles_between(Position(52, -1), Position(53, -1)) == pytest.approx(69.09, abs=0.01)


def test_the_ordnance_survey_example_point_is_met_within_five_metres() -> None:
    found = position_from_grid(651_409.903, 313_177.270)
    wanted = Position(52.6579786, 1.7160519)
    assert miles_between(found, wanted) * 1_609.344 < 5
