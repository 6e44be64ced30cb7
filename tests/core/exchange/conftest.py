"""Makes small files of the kinds that arrive from outside, good and bad."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
import xlsxwriter

from brokerdesk.core.domain.workbook import RegimeDates

Sheets = Mapping[str, Sequence[Sequence[str]]]
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "directory"

_ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>"
)
_ODS_FOOT = "</office:spreadsheet></office:body></office:document-content>"
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/">{}</manifest:file-entry></manifest:manifest>'
)


@pytest.fixture
def directory_files() -> Path:
    return FIXTURES


@pytest.fixture
def regime_dates() -> RegimeDates:
    return RegimeDates(pa23_start=date(2025, 2, 24), dps_last_end=date(2029, 2, 23))


@pytest.fixture
def make_ods(tmp_path: Path) -> Callable[..., Path]:
    def make(sheets: Sheets, *, name: str = "list.ods", manifest: str = "") -> Path:
        path = tmp_path / name
        tables = "".join(
            f'<table:table table:name="{escape(title)}">{"".join(map(_ods_row, rows))}</table:table>'
            for title, rows in sheets.items()
        )
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("META-INF/manifest.xml", _MANIFEST.format(manifest))
            archive.writestr("content.xml", _ODS_HEAD + tables + _ODS_FOOT)
        return path

    return make


def _ods_row(cells: Sequence[str]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, cells))}</table:table-row>"


def _ods_cell(text: str) -> str:
    if not text:
        return "<table:table-cell/>"
    formula = f' table:formula="of:{escape(text)}"' if text.startswith("=") else ""
    shown = "7" if formula else escape(text)
    return (
        f'<table:table-cell{formula} office:value-type="string"><text:p>{shown}</text:p></table:table-cell>'
    )


@pytest.fixture
def make_xlsx(tmp_path: Path) -> Callable[..., Path]:
    """A workbook of texts; a text that begins with = is a formula."""

    def make(sheets: Sheets, *, name: str = "list.xlsx") -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(path) as book:
            for title, rows in sheets.items():
                sheet = book.add_worksheet(title)
                for line, row in enumerate(rows):
                    for place, text in enumerate(row):
                        if text.startswith("="):
                            sheet.write_formula(line, place, text, None, 7)
                        elif text:
                            sheet.write_string(line, place, text)
        return path

    return make


@pytest.fixture
def with_part(tmp_path: Path) -> Callable[[Path, str, bytes], Path]:
    """A copy of a workbook with one more part, or one part put in place of another."""

    def add(source: Path, part: str, content: bytes) -> Path:
        path = tmp_path / f"changed_{source.name}"
        with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for entry in old.infolist():
                if entry.filename != part:
                    new.writestr(entry.filename, old.read(entry.filename))
            new.writestr(part, content)
        return path

    return add
