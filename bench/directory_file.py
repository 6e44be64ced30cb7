"""Invented directory files in the layout with filters: 119 columns, as CSV and as streamed ODS."""

from __future__ import annotations

import csv
import hashlib
import random
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

from bench.directory_columns import ACTIVITIES, BANDS, HEADINGS, SERVICES

SHEET = "HSCA_Active_Locations"
Cell = str | float | date | None
Facts = tuple[str, str, str, str, int]
"""What is compared of a location: id, name, postcode, rating, beds."""
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>"
    '<table:table table:name="README"><table:table-row><table:table-cell office:value-type="string">'
    "<text:p>Invented locations as at 3 November 2026</text:p></table:table-cell></table:table-row>"
    f'</table:table><table:table table:name="{SHEET}">'
)
_FOOT = "</table:table></office:spreadsheet></office:body></office:document-content>"
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
    'manifest:version="1.2"><manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_TOWNS = ("Northmere", "Wrenhollow", "Marrowby", "Alderwick", "Saltbeck")
_RATINGS = ("Good", "Good", "Good", "Outstanding", "Requires improvement", "Inadequate", "")


@dataclass(frozen=True, slots=True)
class Location:
    """One invented location: its facts that are compared, and its row."""

    facts: Facts
    cells: tuple[Cell, ...]


def locations(count: int) -> Iterator[Location]:
    """The same invented locations at every run."""
    chance = random.Random(119)  # noqa: S311 - invented locations, not a secret
    return (_location(number, chance) for number in range(count))


def digest(found: Iterable[Facts]) -> tuple[int, str]:
    """How many locations, and one hash over their facts whatever their order."""
    lines = sorted("|".join(map(str, facts)) for facts in found)
    return len(lines), hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _location(number: int, chance: random.Random) -> Location:
    is_home = chance.random() < 0.5
    town, name = chance.choice(_TOWNS), f"Invented {'House' if is_home else 'Homecare'} {number}"
    postcode = f"WN{chance.randint(1, 8)} {chance.randint(1, 9)}{chance.choice('ABD')}{chance.choice('EFG')}"
    rating, beds = chance.choice(_RATINGS), chance.randint(8, 90) if is_home else 0
    opened = date(2010, 10, 1) + timedelta(days=chance.randint(0, 5000))
    latitude, longitude = 53 + chance.random(), -2 - chance.random()
    held: dict[str, Cell] = {
        "Location ID": f"1-9{number:08d}", "Location HSCA start date": opened, "Dormant (Y/N)": "N",
        "Care home?": "Y" if is_home else "N", "Location Name": name, "Location ODS Code": f"V{number:05d}",
        "Location Telephone Number": f"01632{number:06d}", "Care homes beds": float(beds),
        "Location Type/Sector": "Social Care Org", "Location Inspection Directorate": "Adult social care",
        "Location Primary Inspection Category": "Residential social care" if is_home else "Home care",
        "Location Latest Overall Rating": rating or None, "Inherited Rating (Y/N)": "N",
        "Publication Date": date(2025, 1, 6) + timedelta(days=number % 600) if rating else None,
        "Location Region": "North West", "Location NHS Region": "North West",
        "Location Local Authority": town, "Location ONSPD CCG Code": f"E380{number % 99:05d}",
        "Location ONSPD CCG": f"NHS {town}", "Location Street Address": f"{number % 200 + 1} Mill Lane",
        "Location City": town, "Location County": "Northshire", "Location Postal Code": postcode,
        "Location PAF ID": f"{number:08d}", "Location UPRN ID": f"1000{number:08d}",
        "Location Latitude": round(latitude, 6), "Location Longitude": round(longitude, 6),
        "Location Parliamentary Constituency": f"{town} North",
    }  # fmt: skip
    held |= _provider(number // 3, town, round(latitude, 6), round(longitude, 6))
    held |= dict.fromkeys(_ticked(is_home, chance), "Y")
    facts = (f"1-9{number:08d}", name, postcode, rating, beds)
    return Location(facts, tuple(held.get(heading) for heading in HEADINGS))


def _provider(number: int, town: str, latitude: float, longitude: float) -> dict[str, Cell]:
    name = f"Invented Care {number} Limited"
    return {
        "Provider Companies House Number": f"{number % 9_000_000 + 1_000_000:08d}",
        "Provider ID": f"1-8{number:08d}", "Provider Name": name,
        "Provider HSCA start date": date(2010, 10, 1), "Provider Type/Sector": "Social Care Org",
        "Provider Inspection Directorate": "Adult social care",
        "Provider Primary Inspection Category": "Residential social care",
        "Provider Ownership Type": "Organisation", "Provider Telephone Number": f"01632{number:06d}",
        "Provider Web Address": f"www.invented{number}.example", "Provider City": town,
        "Provider Street Address": f"{number % 90 + 1} High Street", "Provider County": "Northshire",
        "Provider Postal Code": "WN5 9AA", "Provider PAF ID": f"{number:08d}",
        "Provider Local Authority": town, "Provider Region": "North West",
        "Provider NHS Region": "North West", "Provider Latitude": latitude, "Provider Longitude": longitude,
        "Provider Parliamentary Constituency": f"{town} South", "Provider Main Partner Name": "*",
    }  # fmt: skip


def _ticked(is_home: bool, chance: random.Random) -> Iterator[str]:
    yield ACTIVITIES[0] if is_home else ACTIVITIES[8]
    yield SERVICES[4 if is_home else 16]
    yield from chance.sample(BANDS, 3)


def write_csv(path: Path, rows: Iterable[Location]) -> None:
    """Write the rows as CSV, days with the day first as the published file has them."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows([_csv_cell(cell) for cell in row.cells] for row in rows)


def _csv_cell(cell: Cell) -> str:
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return "" if cell is None else f"{cell:.15g}" if isinstance(cell, float) else cell


def write_ods(path: Path, rows: Iterable[Location]) -> None:
    """Write the rows as ODS without holding them: its XML goes row by row into the archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), _MIMETYPE)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        with archive.open("content.xml", "w", force_zip64=True) as part:
            part.write((_HEAD + _ods_row(HEADINGS)).encode())
            for row in rows:
                part.write(_ods_row(row.cells).encode())
            part.write(_FOOT.encode())


def _ods_row(cells: tuple[Cell, ...]) -> str:
    parts, blanks = ["<table:table-row>"], 0
    for cell in (*cells, ""):
        if cell is None:
            blanks += 1
            continue
        if blanks:
            parts.append(f'<table:table-cell table:number-columns-repeated="{blanks}"/>')
            blanks = 0
        if cell != "":
            parts.append(_ods_cell(cell))
    return "".join((*parts, "</table:table-row>"))


def _ods_cell(cell: Cell) -> str:
    start = "<table:table-cell office:value-type="
    if isinstance(cell, date):
        shown = f"{cell:%d/%m/%Y}"
        return f'{start}"date" office:date-value="{cell}"><text:p>{shown}</text:p></table:table-cell>'
    if isinstance(cell, float):
        return f'{start}"float" office:value="{cell:.15g}"><text:p>{cell:.15g}</text:p></table:table-cell>'
    return f'{start}"string"><text:p>{escape(str(cell))}</text:p></table:table-cell>'
