from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from brokerdesk.core.domain.award import FiledLetter, LetterStatus
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.services.acts import ACTS, Work, act
from brokerdesk.core.services.checks import CheckLine, check_desk
from brokerdesk.core.services.desk import Desk
from builders import NOON, make_desk

PDF = b"%PDF-1.7 what was issued"


@act("letter_issued", words="file a letter", by=(Role.BROKER,))
def file_letter(work: Work, *, sha256: str) -> None:
    """File a letter as issuing it does; only for these tests."""
    work.of(FiledLetter).add(FiledLetter(
        "l1", "p1", "a1", 1, "award", "1-100000001", "Wrenhollow", LetterStatus.ISSUED, "{}", NOON, NOON,
        "o1", sha256, "KVB", PDF,
    ))


del ACTS["file_letter"]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with make_desk(tmp_path / "desk").open() as opened:
        file_letter(opened.desk, sha256=hashlib.sha256(PDF).hexdigest())
        yield opened.desk


def letters(desk: Desk) -> CheckLine:
    return check_desk(desk)[-1]


def test_letters_that_are_what_was_issued_hold(desk: Desk) -> None:
    assert [line.name for line in check_desk(desk)] == [
        "pages", "tables", "references", "register", "checkpoints", "letters",
    ]
    assert letters(desk) == CheckLine("letters", True, "All 1 issued letters are as the register says.")


def test_a_letter_whose_bytes_changed_is_named(desk: Desk) -> None:
    with desk.units.writing() as unit:
        unit.of(FiledLetter).replace(replace(unit.of(FiledLetter).get("l1"), pdf=PDF + b" and more"))
        unit.commit()
    assert letters(desk).sentence == "01-award-1-100000001.pdf is not the file that was issued."


def test_a_letter_that_the_register_does_not_know_is_named(desk: Desk) -> None:
    other = b"%PDF-1.7 put there by hand"
    with desk.units.writing() as unit:
        unit.of(FiledLetter).replace(replace(
            unit.of(FiledLetter).get("l1"), pdf=other, sha256=hashlib.sha256(other).hexdigest()
        ))
        unit.commit()
    assert letters(desk).sentence == "01-award-1-100000001.pdf is not in the register as issued."
