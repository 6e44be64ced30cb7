"""`python -m bench --json FILE`: run every contest, print one table, keep it as JSON."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.contest import rows_of
from bench.machine import machine
from bench.sizes import REAL, Sizes
from bench.table import table

WORKLOADS = {
    "P-01": "bench.starting",
    "P-04": "bench.judging",
    "P-05": "bench.waiting",
    "P-07": "bench.importing",
    "P-09": "bench.letters",
    "P-14": "bench.register",
}
"""Module of each workload by the id of its first row; each has `contests(sizes)`."""


def main(arguments: Sequence[str] | None = None, *, sizes: Sizes = REAL) -> int:
    """Run the bench.

    Args:
        arguments: what stands after the program's name; the process's own where none are given.
        sizes: how much is measured.

    Returns:
        0 where every answer was the oracle's, whatever the speed; 1 where one was not.
    """
    given = _read(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    wanted = given.only or list(WORKLOADS)
    sizes = replace(sizes, letters=given.letters or sizes.letters)
    rows = [row for id, module in WORKLOADS.items() if id in wanted for row in _rows(module, sizes)]
    result = {"machine": machine(), "rows": rows}
    if given.json:
        given.json.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(table(rows))
    return 0 if all(row["equal"] for row in rows) else 1


def _rows(module: str, sizes: Sizes) -> list[dict[str, Any]]:
    return [row for contest in import_module(module).contests(sizes) for row in rows_of(contest)]


def _read(arguments: Sequence[str] | None) -> Namespace:
    parser = ArgumentParser(prog="python -m bench", description="Side-by-side speed of what a broker does.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the result there")
    only = "run only this workload; may be given more than once"
    parser.add_argument("--only", action="append", choices=tuple(WORKLOADS), metavar="ID", help=only)
    many = "letters of a batch where not 100; 1,000 of them take a quarter of an hour with all peers"
    parser.add_argument("--letters", type=int, metavar="N", help=many)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
