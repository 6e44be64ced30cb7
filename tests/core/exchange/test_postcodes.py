"""Postcode tables of several publishers."""

from __future__ import annotations

from pathlib import Path

import pytest

from brokerdesk.core.domain.directory import Skipped
from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.exchange.postcodes import read_postcodes


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "codes.csv"
    path.write_text(text)
    return path


def test_postcodes_without_a_space_and_in_small_letters_are_read(tmp_path: Path) -> None:
    path = written(tmp_path, "Postcode,lat,long\nRG100AA,51.4607,-0.8747\nwn1 1aa,53.5469,-2.635\n")
    assert read_postcodes(path).rows == (("RG10 0AA", 51.4607, -0.8747), ("WN1 1AA", 53.5469, -2.635))


def test_a_postcode_without_a_position_is_counted_and_left_out(tmp_path: Path) -> None:
    path = written(tmp_path, "pcds,lat,long\nWN1 1AA,,0.00000\nWN1 1AB,99.999999,0.0\nWN1 1AD,53.5,-2.6\n")
    read = read_postcodes(path)
    assert (read.rows, read.skipped) == ((("WN1 1AD", 53.5, -2.6),), (Skipped("no position", 2),))


def test_grid_references_become_degrees(tmp_path: Path) -> None:
    headed = written(tmp_path, "PCD,OSEAST1M,OSNRTH1M\nWN1 1AA,357940,405840\n")
    ((_, latitude, longitude),) = read_postcodes(headed).rows
    assert (latitude, longitude) == (pytest.approx(53.5475, abs=0.001), pytest.approx(-2.6363, abs=0.001))


def test_code_point_open_is_read_without_headings(tmp_path: Path) -> None:
    path = written(tmp_path, '"NR13 3TP",10,651410,313177,"E92000001"\n')
    ((code, latitude, longitude),) = read_postcodes(path).rows
    assert code == "NR13 3TP"
    assert (latitude, longitude) == (pytest.approx(52.65798, abs=1e-4), pytest.approx(1.71605, abs=1e-4))


def test_what_is_no_postcode_and_no_number_is_a_row_problem(tmp_path: Path) -> None:
    read = read_postcodes(
        written(tmp_path, "outcode,latitude,longitude\nNPT,51.5,-3\nWN5,north,west\nWN6,53.5,-2.6\n")
    )
    assert [(p.row, p.column) for p in read.problems] == [(2, "postcode"), (3, "position")]
    assert read.rows == (("WN6", 53.5, -2.6),)


def test_another_list_is_no_postcode_table(directory_files: Path) -> None:
    with pytest.raises(InputError, match="not a postcode table"):
        read_postcodes(directory_files / "dashboard.csv")


@pytest.mark.parametrize(
    ("name", "read_rows", "positions", "problems"),
    [
        ("postcodes_WN_2025.csv", 9_389, 9_365, 0),
        ("postcodes_RG_2025.csv", 46_554, 46_464, 0),
        ("outcode_centroids_uk_2025.csv", 3_077, 3_076, 1),
        ("outcodes_2017_with_town_region.csv", 2_856, 2_856, 0),
        ("trafford_postcodes_with_ward_lsoa_every4th.csv", 2_816, 2_816, 0),
    ],
)
def test_real_postcode_tables_are_read_whole(
    shared_data: Path, name: str, read_rows: int, positions: int, problems: int
) -> None:
    read = read_postcodes(shared_data / "postcodes" / name)
    assert (read.rows_read, len(read.rows), len(read.problems)) == (read_rows, positions, problems)
