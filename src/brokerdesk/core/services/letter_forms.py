"""The person's letters in large print and as a page for the screen, kept with the letter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from brokerdesk.core.domain.award import FiledLetter, LetterStatus
from brokerdesk.core.domain.changes import Outcome
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.letter import LetterKind
from brokerdesk.core.domain.letter_form import FormKind, LetterForm
from brokerdesk.core.domain.letter_set import TO_THE_PERSON
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.files import write_safely
from brokerdesk.core.services import letters
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.desk import Desk

AT_ONCE = 20
"""Letters whose forms are kept in one transaction."""
ENDINGS = {FormKind.LARGE_PRINT: "-large-print.pdf", FormKind.PAGE: ".html"}
"""What takes the place of `.pdf` in the file's name."""


def has_forms(filed: FiledLetter) -> bool:
    """Whether a letter is for the person, and so comes in other forms too. Source: docs/rules.md R147."""
    return LetterKind(filed.kind) in TO_THE_PERSON


def forms_of(desk: Desk, letter_id: str) -> tuple[LetterForm, ...]:
    """The forms kept of a letter; none before it is issued."""
    with desk.reading() as unit:
        return unit.of(LetterForm).find(letter_id=letter_id)


def keep_forms(
    desk: Desk, letter_id: str, *, signature_picture: bytes | None = None
) -> Outcome[tuple[LetterForm, ...]]:
    """Make both forms of an issued letter to the person and keep them; the large print is signed like it.

    A letter to anyone else, or one whose forms are kept already, is left as it is. Source: R147.

    Raises:
        RuleError: the letter is not issued yet, or was written for another officer's signature.
    """
    keep_forms_of(desk, (letter_id,), signature_picture=signature_picture)
    return Outcome(forms_of(desk, letter_id))


def keep_forms_of(
    desk: Desk, letter_ids: Iterable[str], *, signature_picture: bytes | None = None
) -> None:
    """The forms of issued letters, made as a batch of letters is: on every core, some kept at a time.

    Cancelling leaves out those that are not made yet; each is made when somebody asks for it. Source: R147.

    Raises:
        RuleError: a letter is not issued yet, or was written for another officer's signature.
    """
    waiting = [filed for letter_id in letter_ids if (filed := _without_forms(desk, letter_id))]
    if not waiting:
        return
    identity = letters.identity_of(desk)
    for filed in waiting:
        letters.check_is_hers(desk, letters.letter_of(filed), identity)
    larges = (replace(letters.letter_of(filed), is_large_print=True) for filed in waiting)
    made = desk.press.press_all(larges, identity=identity, at=desk.now(), picture=signature_picture)
    try:
        for start in range(0, len(waiting), AT_ONCE):
            if desk.progress.is_cancelled():
                return
            some = waiting[start : start + AT_ONCE]
            _keep(desk, [(filed, next(made).pdf) for filed in some])
    finally:
        made.close()  # type: ignore[attr-defined]  # the press is a generator


def _without_forms(desk: Desk, letter_id: str) -> FiledLetter | None:
    """An issued letter whose forms are wanted and not kept yet."""
    with desk.reading() as unit:
        filed = unit.of(FiledLetter).get(letter_id)
        kept = unit.of(LetterForm).pick("id", letter_id=letter_id)
    if not has_forms(filed) or kept:
        return None
    if filed.status is not LetterStatus.ISSUED:
        raise RuleError(f"The letter {filed.file_name} is not issued yet. Issue it first.")
    return filed


def _keep(desk: Desk, made: list[tuple[FiledLetter, bytes]]) -> None:
    """Put the bytes into the desk; the act that follows vouches for them."""
    with desk.units.writing() as unit:
        unit.of(LetterForm).add_many(form for filed, large in made for form in _both(desk, filed, large))
        unit.commit()
    if len(made) == 1:
        keep_letter_forms(desk, letter_id=made[0][0].id)
    else:
        keep_forms_of_letters(desk, letter_ids=tuple(filed.id for filed, _ in made))


def _both(desk: Desk, filed: FiledLetter, large: bytes) -> tuple[LetterForm, ...]:
    page = desk.renderer.page(letters.letter_of(filed))
    return tuple(
        LetterForm(
            desk.make_id(), filed.id, filed.package_id, kind, letters.sha256_of(data), desk.now(), data
        )
        for kind, data in ((FormKind.LARGE_PRINT, large), (FormKind.PAGE, page))
    )


@act("letter_forms_kept", words="keep the forms of a letter", by=(Role.BROKER,))
def keep_letter_forms(work: Work, *, letter_id: str) -> tuple[LetterForm, ...]:
    """Vouch for the large print and the page of a letter, by their SHA-256. Source: docs/rules.md R147."""
    kept = _vouched_for(work, letter_id)
    work.cite("R147")
    work.note(files={form.kind.value: form.sha256 for form in kept})
    return kept


@act("letters_forms_kept", words="keep the forms of letters", by=(Role.BROKER,))
def keep_forms_of_letters(work: Work, *, letter_ids: tuple[str, ...]) -> int:
    """Vouch for the forms of letters of a batch, by their SHA-256. Source: docs/rules.md R147."""
    kept = {letter_id: _vouched_for(work, letter_id) for letter_id in letter_ids}
    work.cite("R147")
    files = {id: {form.kind.value: form.sha256 for form in forms} for id, forms in kept.items()}
    work.note(files=files)
    return len(kept)


def _vouched_for(work: Work, letter_id: str) -> tuple[LetterForm, ...]:
    kept = work.of(LetterForm).find(letter_id=letter_id)
    if any(letters.sha256_of(form.data) != form.sha256 for form in kept):
        raise RuleError("A form of this letter is not the one that was made. Issue the letter again.")
    return kept


def form_name(filed: FiledLetter, kind: FormKind) -> str:
    """Name of a saved copy: `04-person-1-100000001-large-print.pdf`."""
    return filed.file_name.removesuffix(".pdf") + ENDINGS[kind]


def save_form(desk: Desk, letter_id: str, kind: FormKind, path: Path) -> Path:
    """Write a form's own bytes to a file.

    Raises:
        RuleError: the letter has no such form, or is not issued yet.
    """
    with desk.reading() as unit:
        filed = unit.of(FiledLetter).get(letter_id)
    if has_forms(filed) and filed.status is LetterStatus.ISSUED:
        keep_forms(desk, letter_id)  # made now where the batch that issued it was stopped before
    form = next((held for held in forms_of(desk, letter_id) if held.kind is kind), None)
    if form is None:
        raise RuleError(f"The letter {filed.file_name} is not kept in that form. Issue it first.")
    target = path / form_name(filed, kind) if path.is_dir() else path
    write_safely(target, form.data)
    return target
