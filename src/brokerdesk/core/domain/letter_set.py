"""Which letters an award produces, to whom and why; shown to the broker before they are written."""

from __future__ import annotations

from dataclasses import dataclass

from brokerdesk.core.domain.letter import LetterKind

BOTH_SIGN = frozenset({LetterKind.AGREEMENT, LetterKind.TOP_UP})
"""Kinds that a second party signs after the authority: agreements, not letters."""
ABOUT_AN_AWARD = frozenset(
    {
        LetterKind.AWARD, LetterKind.UNSUCCESSFUL, LetterKind.PERSON, LetterKind.AGREEMENT,
        LetterKind.TOP_UP,
    }
)  # fmt: skip
"""Kinds that hold only while the award stands."""
OF_WITHDRAWAL = frozenset({LetterKind.WITHDRAWAL, LetterKind.WITHDRAWAL_PERSON})
"""Kinds that say that an award was withdrawn, and so are written after it was."""
BINDING = frozenset({LetterKind.AWARD, LetterKind.AGREEMENT})
"""Kinds that bind the council to a provider, so that their signing waits for a standstill and for claims."""
TO_THE_PERSON = frozenset({LetterKind.PERSON, LetterKind.REFUSAL, LetterKind.WITHDRAWAL_PERSON})
"""Kinds that the person reads; each also comes in large print and as a page for the screen (R147)."""


@dataclass(frozen=True, slots=True)
class DueLetter:
    """One letter that is to be written."""

    kind: LetterKind
    location_id: str
    addressee: str
    why: str
    """As a sentence."""


@dataclass(frozen=True, slots=True)
class Awarded:
    """What decides the set of letters."""

    location_id: str
    provider: str
    person: str
    others: tuple[tuple[str, str], ...]
    """Location id and provider of every other offer, best first; declines are not among them."""
    top_up_payer: str = ""
    """Who signs the top-up agreement; blank where there is no top-up."""


def letter_set(awarded: Awarded) -> tuple[DueLetter, ...]:
    """The letters of an award in the order of their numbers. Source: docs/rules.md R148, R125, R092.

    A provider that declined or did not answer gets none. The refusal of a preferred home is a letter of its
    own, written before anything is awarded.
    """
    place, person = awarded.location_id, awarded.person
    due = [
        DueLetter(LetterKind.AWARD, place, awarded.provider, "Its offer was accepted."),
        *(
            DueLetter(LetterKind.UNSUCCESSFUL, other, name, "It offered, and another offer was accepted.")
            for other, name in awarded.others
        ),
        DueLetter(LetterKind.PERSON, place, person, "The person is told who comes, when and at what cost."),
        DueLetter(LetterKind.AGREEMENT, place, awarded.provider, "Both parties sign the call-off order."),
    ]
    if awarded.top_up_payer:
        why = "Whoever pays a top-up agrees to its eight items in writing."
        due.append(DueLetter(LetterKind.TOP_UP, place, awarded.top_up_payer, why))
    return tuple(due)


def withdrawal_set(awarded: Awarded, issued: frozenset[LetterKind]) -> tuple[DueLetter, ...]:
    """Who is told that an award was withdrawn: those who were told that it was made.

    Args:
        awarded: the award that was withdrawn.
        issued: kinds of its letters that were issued; what was only prepared told nobody.
    """
    place, due = awarded.location_id, []
    if issued & {LetterKind.AWARD, LetterKind.AGREEMENT}:
        why = "It has a letter that says that the package is its own."
        due.append(DueLetter(LetterKind.WITHDRAWAL, place, awarded.provider, why))
    if issued & TO_THE_PERSON:
        why = "The person has a letter that says who will come."
        due.append(DueLetter(LetterKind.WITHDRAWAL_PERSON, place, awarded.person, why))
    return tuple(due)
