"""The optional sheets Rules, Ladder and Ceilings: written, read back, and what does not hold together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from brokerdesk.core.domain.framework_rules import FrameworkRules, Order, Pick, RateKind
from brokerdesk.core.domain.workbook import FrameworkRead, RegimeDates
from brokerdesk.core.exchange.framework_writer import write_framework_template, write_framework_workbook
from brokerdesk.core.exchange.frameworks import read_framework_workbook

DATES = RegimeDates(date(2025, 2, 24), date(2029, 2, 23), ("urgency", "below_threshold", "continuity"))
FRAMEWORK = {
    "name": "Demo home care", "reference": "DHC-1", "kind": "framework", "regime": "PA23",
    "first_trigger_on": "2025-04-01", "starts_on": "2025-06-01", "ends_on": "2029-05-31", "rounding": "week",
    "weight_price": "40", "weight_quality": "60", "response_hours_standard": "24",
}  # fmt: skip
SHEETS = {
    "Framework": [FRAMEWORK],
    "Lots": [{"lot": "home care", "service": "home care", "unit": "HOUR", "personal_care": "yes"}],
    "Zones": [{"zone": "North", "outcode": "WN5"}],
    "Members": [
        {"cqc_provider_id": "1-200000001", "cqc_location_id": "1-100000001", "provider": "Wrenhollow Care",
         "lot": "home care", "zone": "North", "tier": "1", "rank": "1"},
    ],
    "Rates": [{"cqc_location_id": "1-100000001", "lot": "home care", "rate": "24.10"}],
}  # fmt: skip
RULES = {
    "working_days": "Mon; Tue; Fri", "opens": "08:30", "closes": "17:30", "least_hours_standard": "2",
    "direct_call_off": "yes", "mechanism": "In the order of rank", "grounds": "urgency", "scorers": "2",
}  # fmt: skip
LADDER = [
    {"rung": "Tier 1", "tiers": "1", "order": "rank", "hours_standard": "4"},
    {"rung": "Tier 2", "tiers": "2; 3", "order": "all_at_once", "skips": "no_capacity; above_ceiling"},
    {"rung": "Spot", "outside": "yes"},
]
CEILINGS = [
    {"lot": "home care", "zone": "North", "kind": "enhanced_1", "ceiling": "28.00",
     "starts_on": "2026-04-01", "ends_on": "2027-03-31", "source": "Schedule of rates 2026"},
]  # fmt: skip
WITH_RULES = {**SHEETS, "Rules": [RULES], "Ladder": LADDER, "Ceilings": CEILINGS}


def make(path: Path, sheets: Mapping[str, list[dict[str, Any]]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            heads = list(dict.fromkeys(key for row in rows for key in row))
            for place, head in enumerate(heads):
                sheet.write_string(0, place, head)
                for line, row in enumerate(rows, 1):
                    sheet.write_string(line, place, row.get(head, ""))
    return path


def read(path: Path, **sheets: list[dict[str, Any]]) -> FrameworkRead:
    return read_framework_workbook(make(path, {**WITH_RULES, **sheets}), DATES)


def test_a_workbook_of_the_first_journey_still_imports_with_empty_rules(tmp_path: Path) -> None:
    found = read_framework_workbook(make(tmp_path / "old.xlsx", SHEETS), DATES)
    assert found.problems == ()
    assert found.rules == FrameworkRules()
    assert found.rates[0].kind is RateKind.STANDARD


def test_the_shipped_workbook_of_the_first_journey_has_no_rules(project: Path) -> None:
    found = read_framework_workbook(project / "resources" / "scenarios" / "framework.xlsx", DATES)
    assert found.problems == ()
    assert found.rules == FrameworkRules()


def test_rules_ladder_and_ceilings_are_read_and_written_to_the_same_values(tmp_path: Path) -> None:
    found = read(tmp_path / "rules.xlsx")
    assert found.problems == ()
    assert [rung.name for rung in found.rules.ladder] == ["Tier 1", "Tier 2", "Spot"]
    assert (found.rules.ladder[1].order, found.rules.ladder[1].pick) == (Order.ALL_AT_ONCE, Pick.BEST_SCORE)
    assert found.rules.ladder[1].tiers == (2, 3)
    assert found.rules.working_hours is not None
    assert f"{found.rules.working_hours.opens:%H:%M}" == "08:30"
    write_framework_workbook(tmp_path / "again.xlsx", found)
    again = read_framework_workbook(tmp_path / "again.xlsx", DATES)
    assert (again.rules, again.rates, again.problems) == (found.rules, found.rates, ())


def test_the_template_holds_the_sheets_and_says_that_they_may_stay_empty(tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    write_framework_template(tmp_path / "template.xlsx")
    book = CalamineWorkbook.from_path(tmp_path / "template.xlsx")
    assert {"Rules", "Ladder", "Ceilings"} <= set(book.sheet_names)
    said = " ".join(str(cell) for row in book.get_sheet_by_name("Guidance").to_python() for cell in row)
    assert "They may stay empty" in said
    assert "all_at_once" in said


BAD = [
    ({"Ladder": [{**LADDER[0], "order": "randomly"}]}, "Ladder.order", "one of rank, rotation, all_at_once"),
    ({"Ladder": [{**LADDER[0], "hours_standard": "soon"}]}, "Ladder.hours_standard", "a number from 0"),
    ({"Ladder": [{**LADDER[0], "tiers": "first"}]}, "Ladder.tiers", "a whole number from 1 to 99"),
    ({"Ladder": [LADDER[2], LADDER[0]]}, "Ladder.outside", "(R050)"),
    ({"Ladder": [{**LADDER[0], "hours_standard": "1"}]}, "Ladder.hours_standard", "the least is 2 hours"),
    ({"Rules": [{**RULES, "mechanism": ""}]}, "Rules.mechanism", "(R025)"),
    ({"Rules": [{**RULES, "opens": "nine"}]}, "Rules.opens", "a time of day such as 09:00"),
    ({"Rules": [{**RULES, "closes": ""}]}, "Rules.closes", "as opens is filled"),
    ({"Rules": [{**RULES, "working_days": "Mon; Someday"}]}, "Rules.working_days", "one of Mon"),
    ({"Rules": [{**RULES, "grounds": "urgncy"}]}, "Rules.grounds", "Did you mean urgency?"),
    ({"Rules": [RULES, RULES]}, "Rules.working_days", "one row of rules"),
    ({"Ceilings": [{**CEILINGS[0], "lot": "nights"}]}, "Ceilings.lot", "does not have"),
    ({"Ceilings": [{**CEILINGS[0], "ceiling": "£28"}]}, "Ceilings.ceiling", "pounds"),
    ({"Ceilings": [{**CEILINGS[0], "kind": "double"}]}, "Ceilings.kind", "one of standard"),
]


@pytest.mark.parametrize(("sheets", "column", "words"), BAD)
def test_what_does_not_hold_together_is_a_problem_of_its_row(
    sheets: dict[str, list[dict[str, Any]]], column: str, words: str, tmp_path: Path
) -> None:
    found = read(tmp_path / "bad.xlsx", **sheets)
    problem = next(problem for problem in found.problems if problem.column == column)
    assert words in problem.wanted
    assert problem.row is not None
