"""What an analyst would type: pandas reads the file as it does by default and puts the frame into SQLite.

Run as `python -m bench.frame_import FILE` in a process of its own, because pandas holds gigabytes for a
large ODS; prints seconds and answer as JSON.
"""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from sqlalchemy import Engine, create_engine, text

from bench.contest import timed
from bench.directory_file import SHEET, digest

_FACTS = (
    'SELECT "Location ID", "Location Name", "Location Postal Code", "Location Latest Overall Rating", '
    '"Care homes beds" FROM location'
)


def main(path: Path) -> None:
    """Read, write, then say how long it took and what stands in the table."""
    warnings.simplefilter("ignore")  # of columns with mixed types, which a script would let pass
    with TemporaryDirectory() as place:
        engine = create_engine(f"sqlite:///{Path(place) / 'list.db'}")
        seconds, _ = timed(lambda: _take_in(path, engine))
        with engine.connect() as connection:
            rows = connection.execute(text(_FACTS)).all()
        engine.dispose()
    answer = digest((row[0], row[1], row[2], row[3] or "", int(row[4])) for row in rows)
    print(json.dumps({"seconds": seconds, "answer": answer}))


def _take_in(path: Path, engine: Engine) -> None:
    frame = pd.read_excel(path, sheet_name=SHEET) if path.suffix == ".ods" else pd.read_csv(path)
    frame.to_sql("location", engine, index=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
