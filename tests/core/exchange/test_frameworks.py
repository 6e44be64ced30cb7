"""Framework workbooks: written, read back, and every rule of what may stand in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.framework import FrameworkKind, Lot, Regime, Rounding, Term, Unit, Zone
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.table_text import without_control
from brokerdesk.core.domain.workbook import (
    FrameworkRead,
    FrameworkRow,
    MemberRow,
    RateRow,
    RegimeDates,
    SuspensionRow,
)
from brokerdesk.core.domain.workbook_plan import SHEETS
from brokerdesk.core.exchange.framework_writer import write_framework_template, write_framework_workbook
from brokerdesk.core.exchange.frameworks import read_framework_workbook

Make = Callable[..., Path]
FRAMEWORK = {
    "name": "Demo home care",
    "reference": "DHC-1",
    "kind": "framework",
    "regime": "PA23",
    "first_trigger_on": "2025-04-01",
    "starts_on": "2025-06-01",
    "ends_on": "2029-05-31",
    "rounding": "week",
    "weight_price": "40",
    "weight_quality": "35",
    "weight_distance": "15",
    "weight_continuity": "5",
    "weight_choice": "5",
}
SHEETS_GOOD = {
    "Guidance": [{"anything": "at all"}],
    "Framework": [FRAMEWORK],
    "Lots": [
        {"lot": "home care", "service": "home care", "unit": "HOUR", "personal_care": "yes",
         "rating_floor": "Good", "ceiling": "24.60"},
        {"lot": "nights", "service": "sleep-in", "unit": "NIGHT_SLEEP", "personal_care": "no"},
    ],
    "Zones": [{"zone": "North", "outcode": "WN5"}, {"zone": "North", "outcode": "wn6"}],
    "Members": [
        {"cqc_provider_id": "1-200000001", "cqc_location_id": "1-100000001", "provider": "Rose & Co",
         "lot": "Home Care", "zone": "north", "tier": "1", "rank": "2", "quality": "80.5", "capacity": "120",
         "capacity_unit": "hours", "needs": "dementia; catheter care"},
    ],
    "Rates": [
        {"cqc_location_id": "1-100000001", "lot": "home care", "zone": "North", "rate": "24.10",
         "from_on": "2025-06-01"},
        {"cqc_location_id": "1-100000001", "lot": "home care", "band_minutes": "30", "rate": "14.50"},
        {"cqc_location_id": "1-100000001", "lot": "nights", "rate": "61.00"},
    ],
    "Suspensions": [
        {"cqc_location_id": "1-100000001", "scope": "HOME CARE", "from_on": "2026-01-01",
         "reason": "Quality"},
    ],
    "Terms": [{"name": "Payment", "value": "30 days"}],
}  # fmt: skip


def with_change(sheet: str, row: int, **cells: str) -> dict[str, list[dict[str, str]]]:
    """The good workbook with some cells of one row changed; the first row below the heading is 0."""
    rows = [dict(held) for held in SHEETS_GOOD[sheet]]
    rows[row] |= cells
    return {**SHEETS_GOOD, sheet: rows}


def tables(sheets: dict[str, list[dict[str, str]]]) -> dict[str, list[list[str]]]:
    made = {}
    for name, rows in sheets.items():
        heads = list(dict.fromkeys(head for row in rows for head in row))
        made[name] = [heads, *[[row.get(head, "") for head in heads] for row in rows]]
    return made


@pytest.fixture
def read(make_xlsx: Make, regime_dates: RegimeDates) -> Callable[..., FrameworkRead]:
    def read_sheets(sheets: dict[str, list[dict[str, str]]]) -> FrameworkRead:
        return read_framework_workbook(make_xlsx(tables(sheets)), regime_dates)

    return read_sheets


def found_in(read: FrameworkRead) -> list[tuple[int | None, str | None, str]]:
    return [(problem.row, problem.column, problem.found) for problem in read.problems]


def test_a_good_workbook_is_read_to_the_values_it_states(read: Callable[..., FrameworkRead]) -> None:
    got = read(SHEETS_GOOD)
    assert (got.problems, got.notes) == ((), ())
    assert got.framework == FrameworkRow(
        "Demo home care", "DHC-1", FrameworkKind.FRAMEWORK, Regime.PA23, date(2025, 4, 1), date(2025, 6, 1),
        date(2029, 5, 31), Rounding.WEEK,
        weights={
            "price": Decimal(40), "quality": Decimal(35), "distance": Decimal(15), "continuity": Decimal(5),
            "choice": Decimal(5),
        },
    )  # fmt: skip
    assert got.lots == (
        Lot("home care", "home care", Unit.HOUR, True, "Good", Money(2460)),
        Lot("nights", "sleep-in", Unit.NIGHT_SLEEP, False, None, None),
    )
    assert got.zones == (Zone("North", ("WN5", "WN6")),)
    (member,) = got.members
    assert (member.lot, member.zone, member.quality) == ("home care", "North", Decimal("80.5"))
    assert member.needs == ("dementia", "catheter care")
    assert [rate.rate for rate in got.rates] == [Money(2410), Money(1450), Money(6100)]
    assert got.rates[1].band_minutes == 30
    assert (got.suspensions[0].scope, got.suspensions[0].to_on) == ("home care", None)
    assert got.terms == (Term("Payment", "30 days"),)


def test_what_is_written_is_read_back_equal(tmp_path: Path, regime_dates: RegimeDates) -> None:
    wanted = FrameworkRead(
        FrameworkRow(
            "=Tricky, name", "F-1", FrameworkKind.DPS, Regime.PCR2015, date(2024, 4, 1), date(2024, 6, 1),
            date(2027, 5, 31), Rounding.VISIT, date(2029, 2, 23), True, 24, 4,
            {"price": Decimal("50.5"), "quality": Decimal("49.5"), "distance": Decimal(0),
             "continuity": Decimal(0), "choice": Decimal(0)},
        ),
        (Lot("00123", "beds", Unit.WEEK, True, None, None),),
        (Zone("North", ("WN5", "WN6")),),
        (MemberRow("1-200000001", "1-100000001", "+44 Care", "00123", None, 1, 1, None, Decimal("3"), "beds",
                   "A. Contact", "a@b.example", ("dementia", "bariatric")),),
        (RateRow("1-100000001", "00123", Money(110_000), None, None, date(2024, 6, 1)),),
        (SuspensionRow("1-100000001", "all", date(2026, 1, 1), date(2026, 2, 1), "-1 visits"),),
        (Term("Notice", "28 days"),),
    )  # fmt: skip
    path = tmp_path / "framework.xlsx"
    write_framework_workbook(path, wanted)
    got = read_framework_workbook(path, regime_dates)
    assert replace(got, file_name="", file_sha256="") == wanted
    first = path.read_bytes()
    write_framework_workbook(path, wanted)
    assert path.read_bytes() == first


def test_the_template_has_every_sheet_and_heading_and_only_lacks_rows(
    tmp_path: Path, regime_dates: RegimeDates
) -> None:
    path = tmp_path / "template.xlsx"
    write_framework_template(path)
    book = CalamineWorkbook.from_path(str(path))
    assert book.sheet_names == ["Guidance", *(plan.name for plan in SHEETS)]
    for plan in SHEETS:
        assert book.get_sheet_by_name(plan.name).to_python() == [[column.name for column in plan.columns]]
    got = read_framework_workbook(path, regime_dates)
    assert {problem.found for problem in got.problems} == {"no rows"}


@pytest.mark.parametrize(
    ("sheet", "row", "cells", "where", "found", "wanted"),
    [
        ("Lots", 0, {"ceiling": "1,024.60"}, (2, "Lots.ceiling"), "1,024.60", "without £ and separators"),
        ("Lots", 0, {"ceiling": "£24.60"}, (2, "Lots.ceiling"), "£24.60", "without £"),
        ("Lots", 0, {"unit": "HOURS"}, (2, "Lots.unit"), "HOURS", "NIGHT_SLEEP"),
        ("Lots", 0, {"personal_care": "true"}, (2, "Lots.personal_care"), "true", "yes or no"),
        ("Lots", 1, {"lot": "Home care"}, (3, "Lots.lot"), "Home care", "row 2 has it already"),
        ("Framework", 0, {"starts_on": "01/06/2025"}, (2, "Framework.starts_on"), "01/06/2025", "2026-12-14"),
        (
            "Framework",
            0,
            {"starts_on": "2025-02-30"},
            (2, "Framework.starts_on"),
            "2025-02-30",
            "that exists",
        ),
        ("Framework", 0, {"ends_on": "2025-05-31"}, (2, "Framework.ends_on"), "2025-05-31", "starts_on"),
        ("Framework", 0, {"rounding": "day"}, (2, "Framework.rounding"), "day", "week, visit"),
        (
            "Framework",
            0,
            {"weight_price": "41"},
            (2, "Framework.weight_price"),
            "101 together",
            "exactly 100",
        ),
        ("Framework", 0, {"name": ""}, (2, "Framework.name"), "nothing", "the framework's name"),
        (
            "Framework",
            0,
            {"extension_taken": "yes"},
            (2, "Framework.extension_ends_on"),
            "nothing",
            "was taken",
        ),
        ("Zones", 1, {"outcode": "WN5 9AA"}, (3, "Zones.outcode"), "WN5 9AA", "district such as WN5"),
        ("Members", 0, {"lot": "homecare"}, (2, "Members.lot"), "homecare", "perhaps home care"),
        ("Members", 0, {"zone": "South"}, (2, "Members.zone"), "South", "Zones"),
        ("Members", 0, {"capacity_unit": ""}, (2, "Members.capacity_unit"), "nothing", "hours or beds"),
        ("Members", 0, {"quality": "101"}, (2, "Members.quality"), "101", "from 0 to 100"),
        (
            "Rates",
            0,
            {"cqc_location_id": "1-999999999"},
            (2, "Rates.cqc_location_id"),
            "1-999999999",
            "Members",
        ),
        ("Rates", 1, {"rate": "0.00"}, (3, "Rates.rate"), "0.00", "above 0.00"),
        ("Rates", 1, {"band_minutes": "0"}, (3, "Rates.band_minutes"), "0", "from 1 to 1,440"),
        ("Suspensions", 0, {"to_on": "2025-12-31"}, (2, "Suspensions.to_on"), "2025-12-31", "from_on"),
        ("Suspensions", 0, {"scope": "lot 9"}, (2, "Suspensions.scope"), "lot 9", "all, or Lots or Zones"),
    ],
)
def test_a_cell_that_does_not_fit_is_named_with_row_column_and_what_is_wanted(
    read: Callable[..., FrameworkRead], sheet: str, row: int, cells: dict[str, str],
    where: tuple[int, str], found: str, wanted: str,
) -> None:  # fmt: skip
    problem = read(with_change(sheet, row, **cells)).problems[0]
    assert (problem.row, problem.column, problem.found) == (*where, found)
    assert wanted in problem.wanted


@pytest.mark.parametrize(
    ("regime", "trigger", "wanted"),
    [
        (
            "PA23",
            "2025-02-23",
            "PCR2015, because first_trigger_on 2025-02-23 is before 24 February 2025 (R002)",
        ),
        (
            "PCR2015",
            "2025-02-24",
            "PA23, because first_trigger_on 2025-02-24 is not before 24 February 2025 (R001)",
        ),
    ],
)
def test_a_regime_that_contradicts_the_first_trigger_is_a_row_problem(
    read: Callable[..., FrameworkRead], regime: str, trigger: str, wanted: str
) -> None:
    got = read(with_change("Framework", 0, regime=regime, first_trigger_on=trigger))
    (problem,) = got.problems
    assert (problem.row, problem.column) == (2, "Framework.regime")
    assert wanted in problem.wanted
    assert got.framework is None


def test_a_regime_that_agrees_with_the_first_trigger_is_taken(read: Callable[..., FrameworkRead]) -> None:
    assert read(with_change("Framework", 0, regime="PCR2015", first_trigger_on="2025-02-23")).problems == ()
    assert read(with_change("Framework", 0, regime="PSR", first_trigger_on="2025-02-23")).problems == ()


@pytest.mark.parametrize(("ends_on", "problems"), [("2029-02-23", 0), ("2029-02-24", 1)])
def test_an_old_dps_ends_on_23_february_2029_at_the_latest(
    read: Callable[..., FrameworkRead], ends_on: str, problems: int
) -> None:
    change = {"kind": "DPS", "regime": "PCR2015", "first_trigger_on": "2024-01-01", "ends_on": ends_on}
    assert len(read(with_change("Framework", 0, **change)).problems) == problems


def test_a_member_twice_in_one_lot_and_zone_is_a_row_problem(read: Callable[..., FrameworkRead]) -> None:
    (member,) = SHEETS_GOOD["Members"]
    got = read({**SHEETS_GOOD, "Members": [member, {**member, "zone": ""}, {**member, "tier": "2"}]})
    assert found_in(got) == [(4, "Members.cqc_location_id", "1-100000001, Home Care, north")]
    assert len(got.members) == 2


def test_a_heading_near_a_known_one_is_asked_about_and_a_strange_one_passed_over(
    read: Callable[..., FrameworkRead],
) -> None:
    lots = [dict(row) for row in SHEETS_GOOD["Lots"]]
    lots[0]["ceilling"] = lots[0].pop("ceiling")
    (problem,) = read({**SHEETS_GOOD, "Lots": lots}).problems
    assert (problem.row, problem.column, problem.wanted) == (
        1,
        "Lots.ceilling",
        "ceiling, which is not there",
    )
    got = read({**with_change("Lots", 0, carbon_score="7"), "Uplifts": [{"year": "2027"}]})
    assert got.problems == ()
    assert any("“Uplifts”" in note for note in got.notes)
    assert any("“carbon_score”" in note for note in got.notes)


def test_columns_may_stand_in_any_order(make_xlsx: Make, regime_dates: RegimeDates) -> None:
    turned = {name: [row[::-1] for row in rows] for name, rows in tables(SHEETS_GOOD).items()}
    assert read_framework_workbook(make_xlsx(turned), regime_dates).problems == ()


def test_a_formula_in_a_column_that_is_read_is_a_row_problem(read: Callable[..., FrameworkRead]) -> None:
    got = read(with_change("Rates", 0, rate="=20+4.1"))
    assert found_in(got) == [(2, "Rates.rate", "a formula")]


def test_a_workbook_without_the_sheet_framework_is_no_framework_workbook(
    make_xlsx: Make, regime_dates: RegimeDates
) -> None:
    with pytest.raises(InputError, match="no sheet named Framework") as refusal:
        read_framework_workbook(make_xlsx({"Sheet1": [["a"]]}), regime_dates)
    assert refusal.value.unreadable


def test_an_unusual_cqc_id_is_noted_and_not_refused(read: Callable[..., FrameworkRead]) -> None:
    got = read(with_change("Members", 0, cqc_provider_id="PROVIDER-7"))
    assert got.problems == ()
    assert got.notes == ("Members row 2: “PROVIDER-7” is not shaped like a CQC id (R150). Check it.",)


def test_naughty_strings_survive_in_every_text_cell_of_a_workbook(
    shared_data: Path, tmp_path: Path, regime_dates: RegimeDates, read: Callable[..., FrameworkRead]
) -> None:
    lines = (
        (shared_data / "badinput/text/big_list_of_naughty_strings.txt")
        .read_text(encoding="utf-8")
        .split("\n")
    )
    texts = [line.strip() for line in lines if without_control(line).strip()]
    good = read(SHEETS_GOOD)
    terms = tuple(Term(f"term {number}", text) for number, text in enumerate(texts))
    path = tmp_path / "naughty.xlsx"
    write_framework_workbook(path, replace(good, terms=terms))
    got = read_framework_workbook(path, regime_dates)
    assert [term.value for term in got.terms] == [without_control(text).strip() for text in texts]
    assert len(texts) > 500
    assert got.problems == ()
