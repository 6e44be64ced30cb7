"""Every letter of a package with how it stands, and who is still to be told of a withdrawal."""

from __future__ import annotations

from dataclasses import dataclass

from brokerdesk.core.domain.award import Award, FiledLetter, LetterStatus
from brokerdesk.core.domain.letter import LetterKind
from brokerdesk.core.domain.letter_set import ABOUT_AN_AWARD
from brokerdesk.core.services.desk import Desk


@dataclass(frozen=True, slots=True)
class LettersOnFile:
    """The letters of one package, in the order of their numbers and versions."""

    letters: tuple[FiledLetter, ...]
    withdrawn: frozenset[str]
    """Ids of the letters whose award was withdrawn."""
    to_tell: str
    """Id of a withdrawn award whose withdrawal is not told yet; empty where there is none."""

    def is_void(self, filed: FiledLetter) -> bool:
        """Whether a letter no longer holds: superseded, or of a withdrawn award."""
        return bool(filed.superseded_by) or filed.id in self.withdrawn

    @property
    def unissued(self) -> tuple[FiledLetter, ...]:
        """The letters that are prepared and may be issued."""
        return tuple(
            held
            for held in self.letters
            if held.status is LetterStatus.PREPARED and held.id not in self.withdrawn
        )

    @property
    def in_force(self) -> tuple[FiledLetter, ...]:
        """The letters that hold, issued or not."""
        return tuple(held for held in self.letters if not self.is_void(held))

    def can_be_corrected(self, filed: FiledLetter) -> bool:
        """Whether a letter is one that a correction may follow. Source: docs/rules.md R148, block 10."""
        is_followed = any(held.corrects == filed.id for held in self.letters)
        is_about = LetterKind(filed.kind) in ABOUT_AN_AWARD
        issued = filed.status is LetterStatus.ISSUED
        return issued and is_about and not is_followed and not self.is_void(filed)


def letters_on_file(desk: Desk, package_id: str) -> LettersOnFile:
    """Every letter of a package; prepared letters of a withdrawn award told nobody and are left out."""
    with desk.reading() as unit:
        kept = unit.of(FiledLetter).find(package_id=package_id)
        gone = [held.id for held in unit.of(Award).find(package_id=package_id) if held.withdrawn_at]
    about = [held for held in kept if held.award_id in gone and LetterKind(held.kind) in ABOUT_AN_AWARD]
    silent = {held.id for held in about if held.status is LetterStatus.PREPARED}
    shown = sorted(
        (held for held in kept if held.id not in silent), key=lambda held: (held.number, held.letter_version)
    )
    withdrawn = frozenset(held.id for held in about)
    return LettersOnFile(tuple(shown), withdrawn, _to_tell(kept, gone))


def _to_tell(kept: tuple[FiledLetter, ...], gone: list[str]) -> str:
    """The latest withdrawn award that someone was told of and no letter of withdrawal answers."""
    for award_id in reversed(gone):
        own = [held for held in kept if held.award_id == award_id]
        told = any(_tells_of_an_award(held) for held in own)
        answered = any(LetterKind(held.kind) not in ABOUT_AN_AWARD for held in own)
        if told and not answered:
            return award_id
    return ""


def _tells_of_an_award(held: FiledLetter) -> bool:
    kinds = (LetterKind.AWARD, LetterKind.AGREEMENT, LetterKind.PERSON)
    return held.status is LetterStatus.ISSUED and LetterKind(held.kind) in kinds
