"""Writes to a desk until it is killed, and says on its output what was acknowledged; run by the tests."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

from brokerdesk import wiring
from brokerdesk.core.services import council, letter_batch, providers
from builders import BROKER, CHEAP, NOON, PASSPHRASES, a_directory, a_location
from fakes import FakeDirectoryReader


class Telling:
    """Says on the output how many letters are issued."""

    def report(self, done: int, total: int | None, what: str) -> None:
        """Say it."""
        print(done, flush=True)

    def is_cancelled(self) -> bool:
        """Never."""
        return False


def main(folder: str, what: str) -> None:
    """Do acts without end, one import that is too large to finish, or one batch of letters."""
    officer = "C. Manager" if what == "acts" else BROKER
    with wiring.open_desk(
        Path(folder), officer_name=officer, passphrase=PASSPHRASES[officer], cost=CHEAP,
        clock=wiring.SettableClock(NOON) if what == "batch" else None,
    ) as opened:
        print("open", flush=True)
        if what == "batch":
            ready = [held.letter_id for held in letter_batch.ready_letters(opened.desk)]
            desk = dataclasses.replace(opened.desk, progress=Telling())
            letter_batch.issue_letters(desk, letter_ids=ready)
            print("done", flush=True)
            return
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
