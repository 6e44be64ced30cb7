"""Report files: nothing in them can run, and what was written is read back."""

from __future__ import annotations

import csv
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.table_text import marked
from brokerdesk.core.exchange.caps import read_caps
from brokerdesk.core.exchange.raw_sheets import read_sheets
from brokerdesk.core.exchange.report_files import csv_bytes, write_table
from brokerdesk.core.exchange.texts import rows_of

FULL_WIDTH = "".join(map(chr, (0xFF1D, 0xFF0B, 0xFF0D, 0xFF20)))
PAYLOADS = (
    *("=1+1", "+44 1942 000000", "-5", "@SUM(1)", "\t=1", " =1", "'=1", "''=1", "=cmd|' /C calc'!A0", "\r=1"),
    *(f"{mark}1+1" for mark in FULL_WIDTH),
)
RISKY = "=+-@\t\r" + FULL_WIDTH


def test_texts_that_could_run_are_marked_in_csv_and_our_reader_takes_the_mark_off(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    write_table(path, ["Provider", "Amount"], [[payload, "x"] for payload in PAYLOADS])
    with path.open(encoding="utf-8-sig", newline="") as file:
        written = [row[0] for row in csv.reader(file)][1:]
    assert all(cell[0] == "'" for cell in written)
    read = [row.cells[0] for row in read_sheets(path).rows["report"]][1:]
    assert read == [payload.strip() for payload in PAYLOADS]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_any_text_comes_back_as_it_was_but_for_control_characters(text: str) -> None:
    made = csv_bytes(["text", "end"], [[text, "end"]]).decode("utf-8-sig")
    _, (back, _end) = list(rows_of(made, "report.csv", read_caps()))
    assert back == "".join(c for c in text if c in "\t\n\r" or (c >= " " and c not in "\x7f\ufffe\uffff"))


@given(st.text(alphabet=st.sampled_from(RISKY + "'a1 "), min_size=1, max_size=8))
def test_no_marked_text_begins_like_a_formula(text: str) -> None:
    assert marked(text).lstrip()[:1] not in set(RISKY)


def test_a_workbook_report_holds_texts_numbers_and_dates_and_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    row = [
        "=1+1",
        7,
        Decimal("2.50"),
        Money(1_000),
        date(2026, 12, 14),
        None,
        True,
        datetime(2026, 1, 2, tzinfo=UTC),
    ]
    write_table(path, list("abcdefgh"), [row, ["http://a.example", *[None] * 7]])
    got = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert got[1][:5] == ["=1+1", 7.0, 2.5, 10.0, date(2026, 12, 14)]
    assert (got[1][5], got[1][6]) == ("", "yes")
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet


def test_the_same_report_is_the_same_file(tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        write_table(tmp_path / name, ["a"], [["b"]])
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_another_ending_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="written as .csv or .xlsx"):
        write_table(tmp_path / "report.docx", ["a"], [])
