"""The regulator's directory in its five layouts, invented and real."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from brokerdesk.core.domain.directory import LocationFacts, Rating, Skipped
from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.exchange.directory import read_directory

PERSONAL_CARE = "Personal care"
ACCOMMODATION = "Accommodation for persons who require nursing or personal care"


def by_id(rows: tuple[LocationFacts, ...]) -> dict[str, LocationFacts]:
    return {row.location_id: row for row in rows}


def test_the_layout_with_filters_states_every_fact_of_a_location(directory_files: Path) -> None:
    read = read_directory(directory_files / "with_filters.csv")
    assert (read.layout, read.rows_read, read.problems) == ("care directory with filters", 4, ())
    assert (read.file_dated_on, read.dated_by) == (date(2026, 11, 3), "the file's own note")
    assert by_id(read.rows)["1-100000001"] == LocationFacts(
        location_id="1-100000001",
        provider_id="1-200000001",
        location_name="Rosewood Home Care",
        provider_name="Rosewood Home Care Limited",
        address_lines=("1 Test Street", "Demotown"),
        postcode="WN5 9AA",
        latitude=53.53,
        longitude=-2.69,
        local_authority="Demo Borough",
        region="North West",
        phone="01942000001",
        is_registered=True,
        registered_on=date(2019, 4, 1),
        is_dormant=False,
        is_care_home=False,
        sector="Social Care Org",
        category="Community based adult social care services",
        service_types=("Domiciliary care service", "Supported living service"),
        regulated_activities=(PERSONAL_CARE,),
        specialisms=("Caring for adults over 65 yrs", "Dementia"),
        rating=Rating.GOOD,
        rating_on=date(2025, 3, 14),
        beds=0,
        company_number="01234567",
        ods_code="VT001",
    )


def test_a_row_without_any_activity_says_not_known_and_never_not_registered(directory_files: Path) -> None:
    rows = by_id(read_directory(directory_files / "with_filters.csv").rows)
    assert rows["1-100000003"].regulated_activities is None
    assert rows["1-100000002"].regulated_activities == (
        ACCOMMODATION,
        "Treatment of disease, disorder or injury",
    )


def test_lost_zeros_and_small_letters_are_put_right(directory_files: Path) -> None:
    larch = by_id(read_directory(directory_files / "with_filters.csv").rows)["1-100000002"]
    assert (larch.company_number, larch.postcode, larch.beds) == ("01234568", "WN6 8AB", 42)


def test_other_sectors_are_counted_and_left_out(directory_files: Path) -> None:
    read = read_directory(directory_files / "with_filters.csv")
    assert "1-100000004" not in by_id(read.rows)
    assert read.skipped == (Skipped("another sector than adult social care", 1),)


def test_names_of_registered_managers_are_never_read(directory_files: Path) -> None:
    for file in sorted(directory_files.iterdir()):
        assert "Nobody" not in repr(read_directory(file).rows)


def test_the_same_rows_read_the_same_from_the_second_sheet_of_an_ods_and_an_xlsx(
    directory_files: Path, make_ods: Callable[..., Path], make_xlsx: Callable[..., Path]
) -> None:
    with (directory_files / "with_filters.csv").open(encoding="utf-8", newline="") as file:
        note, *table = list(csv.reader(file))
    sheets = {"README": [note], "HSCA_Active_Locations": table}
    wanted = read_directory(directory_files / "with_filters.csv")
    for path in (make_ods(sheets), make_xlsx(sheets)):
        read = read_directory(path)
        assert (read.rows, read.file_dated_on) == (wanted.rows, date(2026, 11, 3))


def test_only_the_overall_row_of_a_location_carries_its_rating(directory_files: Path) -> None:
    read = read_directory(directory_files / "02_November_2026_Latest_ratings.csv")
    rows = by_id(read.rows)
    assert set(rows) == {"1-100000001", "1-100000002"}
    assert (rows["1-100000001"].rating, rows["1-100000001"].rating_on) == (Rating.GOOD, date(2025, 3, 14))
    assert rows["1-100000002"].rating is Rating.NOT_RATED
    assert rows["1-100000001"].regulated_activities is None
    assert (read.file_dated_on, read.dated_by) == (date(2026, 11, 2), "the file's name")


def test_the_website_export_leaves_out_providers_and_dentists_and_says_so(directory_files: Path) -> None:
    read = read_directory(directory_files / "website.csv")
    (rosewood,) = read.rows
    assert rosewood.location_name == "Rosewood Home Care"
    assert rosewood.service_types == ("Domiciliary care service", "Supported living service")
    assert rosewood.specialisms == ("Caring for children", "Dementia")
    assert (rosewood.rating, rosewood.is_registered) == (None, None)
    assert {(s.reason, s.rows) for s in read.skipped} == {
        ("no location id", 1),
        ("another sector than adult social care", 1),
    }
    assert (read.file_dated_on, read.dated_by) == (date(2026, 10, 16), "the newest date in its rows")


def test_the_dashboard_dates_have_the_month_first_and_terms_may_hold_commas(directory_files: Path) -> None:
    rows = by_id(read_directory(directory_files / "dashboard.csv").rows)
    rosewood, larch = rows["1-100000001"], rows["1-100000002"]
    assert (rosewood.rating, rosewood.rating_on) == (Rating.REQUIRES_IMPROVEMENT, date(2025, 3, 14))
    assert rosewood.company_number == "01234567"
    assert larch.company_number == "IP29627R"
    assert (larch.is_registered, larch.deregistered_on) == (False, date(2026, 9, 30))
    assert (larch.rating, larch.rating_on) == (None, None)
    assert larch.service_types == (
        "Care home service with nursing",
        "Hospital services for people with mental health needs, learning disabilities and problems with "
        "substance misuse",
    )


def test_the_api_says_who_is_no_longer_registered(directory_files: Path) -> None:
    rows = by_id(read_directory(directory_files / "api_details.json").rows)
    assert rows["1-100000001"].regulated_activities == (PERSONAL_CARE,)
    assert rows["1-100000001"].rating is Rating.OUTSTANDING
    closed = rows["1-100000009"]
    assert (closed.is_registered, closed.deregistered_on) == (False, date(2026, 7, 17))
    assert closed.regulated_activities is None


def test_the_api_list_states_names_and_postcodes_only(directory_files: Path) -> None:
    read = read_directory(directory_files / "api_list.json")
    assert read.rows[1] == LocationFacts("1-100000008", location_name="New Place", postcode="WN5 9AD")
    assert (read.file_dated_on, read.dated_by) == (None, "nothing in the file")


def test_a_value_that_cannot_be_read_keeps_its_row_out_and_says_where(
    directory_files: Path, tmp_path: Path
) -> None:
    text = (directory_files / "with_filters.csv").read_text(encoding="utf-8")
    path = tmp_path / "bad.csv"
    path.write_text(text.replace("14/03/2025", "31/02/2025").replace("Requires improvement", "Splendid"))
    read = read_directory(path)
    assert [(p.row, p.column, p.found) for p in read.problems] == [
        (3, "Publication Date", "31/02/2025"),
        (4, "Location Latest Overall Rating", "Splendid"),
    ]
    assert set(by_id(read.rows)) == {"1-100000003"}


def test_a_formula_in_a_column_that_is_read_is_a_row_problem(
    directory_files: Path, make_ods: Callable[..., Path], make_xlsx: Callable[..., Path]
) -> None:
    with (directory_files / "with_filters.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.reader(file))
    table[2][table[1].index("Location Name")] = "=1+6"
    for path in (make_ods({"Sheet": table}), make_xlsx({"Sheet": table})):
        read = read_directory(path)
        assert [(p.row, p.column, p.found) for p in read.problems] == [(3, "Location Name", "a formula")]


def test_a_list_that_is_no_directory_is_told_which_layout_is_nearest(tmp_path: Path) -> None:
    path = tmp_path / "half.csv"
    path.write_text("Location ID,Location Name,Provider ID\n1-100000001,Rosewood,1-200000001\n")
    with pytest.raises(
        InputError, match="nearest to the care directory with filters.*Personal care"
    ) as refusal:
        read_directory(path)
    assert refusal.value.unreadable


@pytest.mark.parametrize(
    ("name", "layout", "read_rows", "locations", "skipped", "dated_on"),
    [
        (
            "hsca_active_locations_2021_49rows.ods",
            "care directory with filters",
            49,
            21,
            28,
            date(2021, 5, 4),
        ),
        (
            "cqc_latest_ratings_2022_wigan_wokingham_wiltshire_lewisham.csv",
            "latest ratings",
            1649,
            515,
            1134,
            date(2021, 1, 21),
        ),
        ("cqc_website_search_2026_500rows.csv", "website search results", 500, 150, 350, date(2025, 8, 20)),
        ("cqc_powerbi_locations_2026_999rows.csv", "dashboard export", 999, 999, 0, date(2025, 8, 26)),
        (
            "cqc_api_location_details_oldham_2025_38.json",
            "API location details",
            38,
            38,
            0,
            date(2024, 12, 10),
        ),
        ("cqc_api_locations_list_oldham_2025.json", "API list of locations", 451, 451, 0, None),
    ],
)
def test_real_directory_files_import_with_every_row_accounted_for(
    shared_data: Path,
    name: str,
    layout: str,
    read_rows: int,
    locations: int,
    skipped: int,
    dated_on: date | None,
) -> None:
    read = read_directory(shared_data / "cqc" / name)
    counts = (
        read.layout,
        read.rows_read,
        len(read.rows),
        sum(s.rows for s in read.skipped),
        read.file_dated_on,
    )
    assert counts == (layout, read_rows, locations, skipped, dated_on)
    assert read.problems == ()
    assert len({row.location_id for row in read.rows}) == locations


def test_both_spellings_of_a_rating_count_as_one_in_the_real_dashboard(shared_data: Path) -> None:
    read = read_directory(shared_data / "cqc" / "cqc_powerbi_locations_2026_999rows.csv")
    ratings = [row.rating for row in read.rows]
    assert ratings.count(Rating.REQUIRES_IMPROVEMENT) == 95
    assert ratings.count(None) == 251
