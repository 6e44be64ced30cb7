"""Writes to a desk until it is killed, and says on its output what was acknowledged; run by the tests."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

from brokerdesk import wiring
from brokerdesk.core.services import council, providers
from builders import BROKER, CHEAP, PASSPHRASES, a_directory, a_location
from fakes import FakeDirectoryReader


def main(folder: str, what: str) -> None:
    """Do acts without end, or one import that is too large to finish."""
    officer = BROKER if what == "import" else "C. Manager"
    with wiring.open_desk(
        Path(folder), officer_name=officer, passphrase=PASSPHRASES[officer], cost=CHEAP
    ) as opened:
        print("open", flush=True)
        if what == "import":
            rows = (a_location(number) for number in range(200_000))
            reader = FakeDirectoryReader({"big.csv": a_directory(*rows, sha256="f" * 64)})
            desk = dataclasses.replace(opened.desk, directory_reader=reader)
            print("importing", flush=True)
            providers.agree_directory_import(desk, path="big.csv", sha256="f" * 64)
            print("done", flush=True)
        number = 0
        while True:
            number += 1
            council.describe_authority(opened.desk, name=f"Demo Borough Council {number}")
            print(number, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
