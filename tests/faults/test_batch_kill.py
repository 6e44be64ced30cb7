"""A batch of letters that is killed without warning goes on with none doubled and none lost."""

from __future__ import annotations

import dataclasses
import os
import random
import subprocess
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from brokerdesk.core.domain.award import Award, AwardFacts, FiledLetter, LetterStatus, Route
from brokerdesk.core.domain.letter import SignatureLine, grouped, letter_hash, short_code
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.plain import to_json
from brokerdesk.core.services import letter_batch
from brokerdesk.core.services.award_file import fingerprint_of
from brokerdesk.core.services.checks import check_desk
from builders import BROKER, NOON, Made, make_desk
from faults.test_kill import kill_after, start
from letter_samples import award_letter

LETTERS = 44
KILLS = 4


def an_award(id: str) -> Award:
    day = NOON.date()
    return Award(
        id, "p", "r", "o", "c", "a", "1-100000001", "1-200000001", "Wrenhollow Home Care", "adult",
        "f", "F1", "L2", "all_at_once", 1, AwardFacts(Route.FRAMEWORK_S45, "first"), (), Money(100),
        Money(100), day, None, day, "Personal care", "Good", day, NOON, "A. Broker",
    )  # fmt: skip


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A desk with letters prepared for its broker."""
    made = make_desk(tmp_path / "desk")
    with made.open(BROKER) as opened, opened.store.units.writing() as unit:
        mark = grouped(fingerprint_of(opened.desk.keys.signing_key().certificate_pem))
        like = award_letter()
        unit.of(Award).add(an_award("award"))
        for number in range(LETTERS):
            line = SignatureLine("Yours faithfully", "A. Broker", "Broker", "Demo Borough Council")
            letter = dataclasses.replace(
                like, reference=f"KVB-{number:04d}-L1", signature=line, footer=(f"Fingerprint {mark}",)
            )
            unit.of(FiledLetter).add(
                FiledLetter(
                    f"letter{number}", "p", "award", number + 1, "award", "1-100000001", "Wrenhollow",
                    LetterStatus.PREPARED, to_json(letter), NOON, short_code=short_code(letter_hash(letter)),
                )
            )  # fmt: skip
        unit.commit()
    return made


def in_register(desk: Any) -> list[str]:
    found: list[str] = []
    with desk.reading() as unit:
        for entry, details in unit.register():
            if entry.act == "letter_issued":
                found.append(details["arguments"]["letter_id"])
            if entry.act == "letters_issued":
                found += [held["letter_id"] for held in details["arguments"]["files"]]
    return found


def children_of(parent: int) -> list[int]:
    said = subprocess.run(["pgrep", "-P", str(parent)], capture_output=True, text=True, check=False).stdout
    return [int(number) for number in said.split()]


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_killed_batch_goes_on_and_every_letter_is_issued_exactly_once(made: Made, project: Path) -> None:
    chance = random.Random(20261128)  # noqa: S311 - when to kill, not a secret
    for round_number in range(KILLS):
        process = start(made, project, "batch")
        word = "open" if round_number % 2 == 0 else "20"
        kill_after(process, word, chance.uniform(0.0, 2.0))
        with made.open(BROKER) as opened:
            with opened.desk.reading() as unit:
                issued = {held.id for held in unit.of(FiledLetter).find(status=LetterStatus.ISSUED)}
            assert set(in_register(opened.desk)) == issued
            assert all(line.holds for line in check_desk(opened.desk))
    with made.open(BROKER) as opened:
        rest = [held.letter_id for held in letter_batch.ready_letters(opened.desk)]
        if rest:
            letter_batch.issue_letters(opened.desk, letter_ids=rest)
        assert Counter(in_register(opened.desk)) == Counter(f"letter{number}" for number in range(LETTERS))
        with opened.desk.reading() as unit:
            for held in unit.of(FiledLetter).find():
                assert held.status is LetterStatus.ISSUED
                assert opened.desk.checker.check(held.pdf).is_good
        assert all(line.holds for line in check_desk(opened.desk))


def test_a_killed_batch_leaves_no_process_behind(made: Made, project: Path) -> None:
    process = start(made, project, "batch")
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "open"
    until = time.monotonic() + 60
    while not (children := children_of(process.pid)) and time.monotonic() < until:
        time.sleep(0.05)
    assert children
    process.kill()
    process.stdout.close()
    process.wait()
    until = time.monotonic() + 60
    while any(is_running(child) for child in children) and time.monotonic() < until:
        time.sleep(0.1)
    assert not any(is_running(child) for child in children)
