"""Start BrokerDesk: the window without arguments (or with `--demo`), the tour, or a command."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

_STOPPED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the arguments ask for; 0 done, 1 refused, 2 unread, 3 the place, 4 our fault, 130 stopped.

    Args:
        arguments: what stands after the program's name; the process's own where none are given.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _start(given)
    except KeyboardInterrupt:
        return _STOPPED


def _start(given: list[str]) -> int:
    # Named, not imported above: a command shall not wait for Qt, nor the window for the commands.
    if not given:
        return int(import_module("brokerdesk.app").main())
    if given == ["--demo"]:
        return int(import_module("brokerdesk.app").main(is_demo=True))
    if given[0] == "tour":
        folder = _tour_folder(given[1:])
        return int(import_module("brokerdesk.app").tour(folder))
    return int(import_module("brokerdesk.cli").main(given))


def _tour_folder(given: list[str]) -> Path:
    """Where the tour leaves its letters and pictures: `--out FOLDER`, else `out` in the current folder."""
    from argparse import ArgumentParser

    meaning = "Walk the whole journey off-screen and leave letters and pictures."
    parser = ArgumentParser(prog="brokerdesk tour", description=meaning)
    parser.add_argument("--out", type=Path, default=Path("out"), help="folder for letters, screens, summary")
    return Path(parser.parse_args(given).out)


if __name__ == "__main__":
    sys.exit(main())
