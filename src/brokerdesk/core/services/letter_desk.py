"""Letters as an officer works with them: looked at, signed one after the other, saved, drafted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from brokerdesk.core.domain.award import FiledLetter, LetterStatus
from brokerdesk.core.domain.letter import texts_of
from brokerdesk.core.domain.signing import Verdict
from brokerdesk.core.files import write_safely
from brokerdesk.core.services import letters
from brokerdesk.core.services.desk import Desk

Picture = tuple[int, int, bytes]
"""Width, height and RGBA bytes of a page."""


@dataclass(frozen=True, slots=True)
class LetterOnView:
    """One letter as the screen shows it."""

    letter_id: str
    pictures: tuple[Picture, ...]
    text: str
    """What it says, for screen readers."""
    verdict: Verdict | None
    """None while it is prepared, not issued."""


@dataclass(frozen=True, slots=True)
class FileJudged:
    """The verdict on a file, with its pages where it has any."""

    name: str
    verdict: Verdict
    pictures: tuple[Picture, ...]


def look_at(desk: Desk, filed: FiledLetter, *, dpi: int) -> LetterOnView:
    """Draw a letter for the screen and, where it is issued, judge its file. Source: docs/rules.md R143."""
    pdf = letters.preview(desk, filed.id)
    verdict = None
    if filed.status is LetterStatus.ISSUED:
        verdict = letters.verify_letter(desk.checker, desk, pdf).verdict
    text = "\n".join(texts_of(letters.letter_of(filed)))
    return LetterOnView(filed.id, tuple(desk.renderer.pictures(pdf, dpi=dpi)), text, verdict)


def pictures_of(desk: Desk, letter_id: str, *, dpi: int) -> tuple[Picture, ...]:
    """The pages of a letter, from the same bytes as its file, for the printer."""
    return tuple(desk.renderer.pictures(letters.preview(desk, letter_id), dpi=dpi))


def save_copies(desk: Desk, letter_ids: Iterable[str], folder: Path) -> tuple[Path, ...]:
    """Write issued letters' own bytes into a folder.

    Raises:
        RuleError: one is not issued yet.
    """
    return tuple(letters.save_copy(desk, letter_id, folder) for letter_id in letter_ids)


def save_drafts(desk: Desk, filed: Iterable[FiledLetter], folder: Path) -> tuple[Path, ...]:
    """Write an e-mail draft for each issued letter into a folder; nothing is sent.

    Raises:
        RuleError: one is not issued yet.
    """
    made = []
    for held in filed:
        path = folder / Path(held.file_name).with_suffix(".eml").name
        write_safely(path, letters.email_draft(desk, held.id))
        made.append(path)
    return tuple(made)


def judge_file(desk: Desk, path: Path) -> FileJudged:
    """Say whether a file is what this desk signed and issued. Source: docs/rules.md R143.

    Raises:
        InputError: the file cannot be read.
    """
    verdict = letters.verify_file(desk.checker, desk.returns, desk, path, at=desk.now())
    pages = desk.returns.read_pages(path, verdict.sha256, desk.progress) if verdict.is_as_issued else ()
    return FileJudged(path.name, verdict, pages)
