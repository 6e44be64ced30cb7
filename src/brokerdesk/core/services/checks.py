"""Whether the desk is whole: database, register, checkpoints and letters."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from brokerdesk.core.domain.award import FiledLetter, LetterStatus
from brokerdesk.core.services.desk import Desk

_ISSUING = frozenset({"letter_issued", "letters_issued"})
"""Acts that vouch for a letter's file."""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One thing that was checked."""

    name: str
    holds: bool
    sentence: str


def check_desk(desk: Desk) -> tuple[CheckLine, ...]:
    """Check everything that the desk keeps; changes nothing. Source: docs/rules.md R146."""
    lines = tuple(CheckLine(*found) for found in desk.backups.check(desk.progress))
    if not all(line.holds for line in lines if line.name in {"pages", "tables"}):
        return (*lines, CheckLine("letters", False, "The letters cannot be checked on a damaged database."))
    return (*lines, _letters(desk))


def _letters(desk: Desk) -> CheckLine:
    with desk.reading() as unit:
        issued = unit.of(FiledLetter).find(status=LetterStatus.ISSUED)
        in_register = frozenset(
            found for entry, details in unit.register() if entry.act in _ISSUING
            for found in _texts(details)
        )
    wrong = [sentence for letter in issued for sentence in _wrong_with(letter, in_register)]
    if wrong:
        return CheckLine("letters", False, " ".join(wrong))
    return CheckLine("letters", True, f"All {len(issued)} issued letters are as the register says.")


def _wrong_with(letter: FiledLetter, in_register: frozenset[str]) -> Iterator[str]:
    if hashlib.sha256(letter.pdf).hexdigest() != letter.sha256:
        yield f"{letter.file_name} is not the file that was issued."
    if letter.sha256 not in in_register:
        yield f"{letter.file_name} is not in the register as issued."


def _texts(found: object) -> Iterator[str]:
    """Every text in an entry's details, however deep."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for held in found.values():
            yield from _texts(held)
    elif isinstance(found, list):
        for held in found:
            yield from _texts(held)
