"""Reads a postcode table in the child process: positions in degrees, or on the national grid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from brokerdesk.core.domain.cells import district
from brokerdesk.core.domain.identifiers import tidy_postcode
from brokerdesk.core.domain.position import position_from_grid
from brokerdesk.core.exchange.caps import Caps
from brokerdesk.core.exchange.child import Parts, Say
from brokerdesk.core.exchange.headings import plain_heading
from brokerdesk.core.exchange.refusal import UnreadableError
from brokerdesk.core.exchange.tables import cell_text, take_apart

_CODES = ("pcds", "postcode", "pcd", "pcd8", "pcd7", "pcd2", "outcode", "pc")
_LATITUDES, _LONGITUDES = ("latitude", "lat"), ("longitude", "long", "lon", "lng")
_EASTINGS = ("eastings", "easting", "ea", "oseast1m", "east1m")
_NORTHINGS = ("northings", "northing", "no", "osnrth1m", "north1m")
_DECIMALS = 6
_TELL_EVERY = 20_000
_NO_POSITION = "no position"
# Great Britain and Northern Ireland; anything beyond is a mark for "none", such as 99.999999.
_LAT_RANGE, _LON_RANGE = (49.0, 61.5), (-9.5, 2.5)


@dataclass(frozen=True, slots=True)
class _Places:
    """Columns of the file."""

    code: int
    first: int
    """Latitude or easting."""
    second: int
    is_grid: bool


def read_parts(path: Path, caps: Caps, say: Say) -> Parts:
    """Read a postcode table.

    Returns:
        A head (counts and problems, filled when the rows are exhausted), and rows of postcode or district,
        latitude
        and longitude; the last of a postcode that stands twice counts.
    """
    outside = take_apart(path, caps)
    for sheet in outside.sheets:
        found = _find(sheet.rows)
        if found:
            places, start = found
            head: dict[str, Any] = {}
            return head, _rows(sheet.rows, start, places, head, say)
    raise UnreadableError(
        f"“{path.name}” is not a postcode table: it has no columns for postcode and position (latitude and "
        "longitude, or eastings and northings). Check that you chose the right file."
    )


def _find(rows: list[list[Any]]) -> tuple[_Places, int] | None:
    for index, row in enumerate(rows[:5]):
        places = _by_heading([plain_heading(cell_text(cell)) for cell in row])
        if places:
            return places, index + 1
    # Code-Point Open has no headings: postcode, quality, eastings, northings.
    first = [cell_text(cell) for cell in rows[0]] if rows else []
    if len(first) >= 4 and tidy_postcode(first[0]) and all(cell.isdigit() for cell in first[1:4]):
        return _Places(0, 2, 3, is_grid=True), 0
    return None


def _by_heading(headings: list[str]) -> _Places | None:
    code = _first(headings, _CODES)
    degrees = (_first(headings, _LATITUDES), _first(headings, _LONGITUDES))
    grid = (_first(headings, _EASTINGS), _first(headings, _NORTHINGS))
    for (first, second), is_grid in ((degrees, False), (grid, True)):
        if code is not None and first is not None and second is not None:
            return _Places(code, first, second, is_grid)
    return None


def _first(headings: list[str], names: tuple[str, ...]) -> int | None:
    return next((headings.index(name) for name in names if name in headings), None)


def _rows(
    rows: list[list[Any]], start: int, places: _Places, head: dict[str, Any], say: Say
) -> Iterator[list[Any]]:
    positions: dict[str, tuple[float, float]] = {}
    skipped: Counter[str] = Counter()
    problems: list[list[Any]] = []
    seen = 0
    for number, row in enumerate(rows[start:], start + 1):
        cells = [
            cell_text(row[p]) if p < len(row) else "" for p in (places.code, places.first, places.second)
        ]
        if not any(cells):
            continue
        seen += 1
        _take(number, cells, places, positions, skipped, problems)
        if seen % _TELL_EVERY == 0:
            say(seen, len(rows) - start)
    head.update(rows=seen, problems=problems, skipped=list(skipped.items()))
    for code, (latitude, longitude) in positions.items():
        yield [code, latitude, longitude]


def _take(
    number: int,
    cells: list[str],
    places: _Places,
    positions: dict[str, tuple[float, float]],
    skipped: Counter[str],
    problems: list[list[Any]],
) -> None:
    code = _code(cells[0])
    if code is None:
        problems.append(
            [number, "postcode", cells[0][:80], "a postcode such as WN5 9AA or a district such as WN5"]
        )
        return
    try:
        position = _position(cells[1], cells[2], is_grid=places.is_grid)
    except ValueError:
        problems.append([number, "position", f"{cells[1]}, {cells[2]}"[:80], "a position in numbers"])
        return
    if position is None:
        skipped[_NO_POSITION] += 1
    else:
        positions[code] = position


def _code(text: str) -> str | None:
    whole = tidy_postcode(text)
    if whole:
        return whole
    try:
        return district(text)
    except ValueError:
        return None


def _position(first: str, second: str, *, is_grid: bool) -> tuple[float, float] | None:
    """Latitude and longitude; None where the file has none for it."""
    if not first or not second:
        return None
    if not is_grid:
        latitude, longitude = float(first), float(second)
    elif float(first) <= 0 or float(second) <= 0:
        return None
    else:
        place = position_from_grid(float(first), float(second))
        latitude, longitude = place.latitude, place.longitude
    inside = _LAT_RANGE[0] <= latitude <= _LAT_RANGE[1] and _LON_RANGE[0] <= longitude <= _LON_RANGE[1]
    return (round(latitude, _DECIMALS), round(longitude, _DECIMALS)) if inside else None
