"""P-07: the regulator's directory, from a file to a desk that keeps it, signs for it and has checked it."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.contest import Contest, Contestant, Run, Target, timed
from bench.desks import empty_desk
from bench.directory_columns import HEADINGS
from bench.directory_file import SHEET, Facts, digest, locations, write_csv, write_ods
from bench.sizes import Sizes
from bench.starting import ROOT
from brokerdesk.core.exchange.outside import sha256_of
from brokerdesk.core.services.providers import agree_directory_import

_PLACES = [
    HEADINGS.index(name)
    for name in (
        "Location ID",
        "Location Name",
        "Location Postal Code",
        "Location Latest Overall Rating",
        "Care homes beds",
    )
]


def contests(sizes: Sizes) -> Iterator[Contest]:
    """The same locations as CSV and as ODS."""
    oracle = digest(location.facts for location in locations(sizes.locations))
    with TemporaryDirectory() as place:
        as_csv, as_ods = Path(place) / "directory.csv", Path(place) / "directory.ods"
        write_csv(as_csv, locations(sizes.locations))
        yield Contest(
            id="P-07",
            name=f"directory import, CSV, {sizes.locations:,} rows of {len(HEADINGS)} columns",
            ours=lambda: _ours(as_csv),
            oracle=oracle,
            target=Target("at most 3 s", 3.0),
            peers=(Contestant("pandas read_csv + to_sql", lambda: _frame(as_csv)),),
            limit=Contestant("csv module + one executemany", lambda: _bare(as_csv)),
            libraries=("pandas", "SQLAlchemy", "sqlcipher3"),
            rounds=sizes.rounds,
        )
        write_ods(as_ods, locations(sizes.locations))
        yield Contest(
            id="P-07",
            name=f"directory import, ODS, {sizes.locations:,} rows of {len(HEADINGS)} columns",
            ours=lambda: _ours(as_ods),
            oracle=oracle,
            target=Target("at most 5 s and 25 x as fast as pandas' default", 5.0, 25.0),
            peers=(_frame_of_ods(as_ods),),
            limit=Contestant("python-calamine + one executemany", lambda: _bare(as_ods)),
            libraries=("pandas", "odfpy", "python-calamine", "SQLAlchemy", "sqlcipher3"),
            rounds=sizes.rounds,
        )


def _frame_of_ods(path: Path) -> Contestant:
    why_not = "" if find_spec("odf") else "odfpy is not installed"
    return Contestant("pandas read_excel (odfpy) + to_sql", lambda: _frame(path), why_not)


def _ours(path: Path) -> Run:
    """Read in the child, merge, keep and register on a new desk; then read the facts back."""
    sha = sha256_of(path)
    with empty_desk() as opened:
        seconds, _ = timed(lambda: agree_directory_import(opened.desk, path=str(path), sha256=sha))
        with opened.desk.reading() as unit:
            known = [held.facts for held in unit.directory.known().values()]
    kept: Iterator[Facts] = (
        (f.location_id, f.location_name or "", f.postcode or "", str(f.rating or ""), f.beds or 0)
        for f in known
    )
    return Run(seconds, digest(kept))


def _frame(path: Path) -> Run:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src")))}
    ended = subprocess.run(  # noqa: S603 - our own module, no shell
        [sys.executable, "-m", "bench.frame_import", str(path)],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    said = json.loads(ended.stdout)
    return Run(said["seconds"], tuple(said["answer"]))


def _bare(path: Path) -> Run:
    """Every cell into a table of a plain database, nothing looked at."""
    with TemporaryDirectory() as place:
        connection = sqlite3.connect(Path(place) / "list.db")
        seconds, _ = timed(lambda: _pour(path, connection))
        names = ", ".join(f"c{column}" for column in _PLACES)
        rows = connection.execute(f"SELECT {names} FROM location").fetchall()  # noqa: S608 - our own names
        connection.close()
    return Run(seconds, digest((*row[:4], int(float(row[4]))) for row in rows))


def _pour(path: Path, connection: sqlite3.Connection) -> None:
    columns = range(len(HEADINGS))
    connection.execute(f"CREATE TABLE location ({', '.join(f'c{n}' for n in columns)})")
    connection.executemany(
        f"INSERT INTO location VALUES ({', '.join('?' for _ in columns)})",  # noqa: S608 - our own names
        _rows(path),
    )
    connection.commit()


def _rows(path: Path) -> Iterable[Sequence[Any]]:
    if path.suffix == ".ods":
        from python_calamine import CalamineWorkbook

        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(SHEET).to_python()
        return ([str(cell) for cell in row] for row in sheet[1:])
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]
