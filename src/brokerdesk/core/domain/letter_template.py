"""What the council makes its own of a letter: standard paragraphs and letterhead, in dated editions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from brokerdesk.core.domain.contrast import refuse_faint
from brokerdesk.core.domain.errors import InputError, InputProblem, RuleError
from brokerdesk.core.domain.letter import LetterKind, Look
from brokerdesk.core.domain.letter_agreement import AGREEMENT_PARAGRAPHS, AGREEMENT_VARIABLES
from brokerdesk.core.domain.letter_award import AWARD_PARAGRAPHS, AWARD_VARIABLES
from brokerdesk.core.domain.letter_person import PERSON_PARAGRAPHS, PERSON_VARIABLES
from brokerdesk.core.domain.letter_refusal import REFUSAL_PARAGRAPHS, REFUSAL_VARIABLES
from brokerdesk.core.domain.letter_requirement import REQUIREMENT_PARAGRAPHS, REQUIREMENT_VARIABLES
from brokerdesk.core.domain.letter_top_up import TOP_UP_PARAGRAPHS, TOP_UP_VARIABLES
from brokerdesk.core.domain.letter_unsuccessful import UNSUCCESSFUL_PARAGRAPHS, UNSUCCESSFUL_VARIABLES
from brokerdesk.core.domain.letter_withdrawal import (
    WITHDRAWAL_PARAGRAPHS,
    WITHDRAWAL_PERSON_PARAGRAPHS,
    WITHDRAWAL_VARIABLES,
)
from brokerdesk.core.domain.letter_wording import Wordings, check_wordings

DEFAULT_ACCENT = "#11363C"
"""Colour of titles where the council has none of its own."""
LONGEST = 2_000
"""Characters of one standard paragraph: half a page."""


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """One edition of the standard paragraphs of a kind of letter; never changed, only followed by another."""

    id: str
    kind: LetterKind
    edition: int
    """From 1; 0 is what is shipped."""
    from_on: date
    """First day on which letters are made from it."""
    paragraphs: dict[str, str]
    note: str
    """Why it was made."""
    made_at: datetime
    made_by: str
    """Name of the officer."""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Letterhead:
    """One edition of how the council heads its letters."""

    id: str
    edition: int
    from_on: date
    team: str
    address: tuple[str, ...]
    phone: str
    email: str
    complaints: str
    """Where a complaint goes, as a phrase; empty: the authority's own contact."""
    accent: str
    """Colour of titles, as `#11363C`."""
    crest: str
    """PNG in base64; empty: a plain shield."""
    crest_alt: str
    """What the crest shows, for those who do not see it."""
    made_at: datetime
    made_by: str
    emergency: str = ""
    """Whom a provider calls when nobody is in the office; printed in agreements."""
    invoices_to: str = ""
    """Where invoices go, as one line; printed in agreements."""
    version: int = 1


@dataclass(frozen=True, slots=True)
class TemplateParts:
    """Which paragraphs a kind of letter prints, and which facts it can put into them."""

    paragraphs: frozenset[str]
    variables: frozenset[str]


PARTS: Mapping[LetterKind, TemplateParts] = {
    LetterKind.AWARD: TemplateParts(AWARD_PARAGRAPHS, AWARD_VARIABLES),
    LetterKind.UNSUCCESSFUL: TemplateParts(UNSUCCESSFUL_PARAGRAPHS, UNSUCCESSFUL_VARIABLES),
    LetterKind.PERSON: TemplateParts(PERSON_PARAGRAPHS, PERSON_VARIABLES),
    LetterKind.AGREEMENT: TemplateParts(AGREEMENT_PARAGRAPHS, AGREEMENT_VARIABLES),
    LetterKind.TOP_UP: TemplateParts(TOP_UP_PARAGRAPHS, TOP_UP_VARIABLES),
    LetterKind.REFUSAL: TemplateParts(REFUSAL_PARAGRAPHS, REFUSAL_VARIABLES),
    LetterKind.WITHDRAWAL: TemplateParts(WITHDRAWAL_PARAGRAPHS, WITHDRAWAL_VARIABLES),
    LetterKind.WITHDRAWAL_PERSON: TemplateParts(WITHDRAWAL_PERSON_PARAGRAPHS, WITHDRAWAL_VARIABLES),
    LetterKind.REQUIREMENT: TemplateParts(REQUIREMENT_PARAGRAPHS, REQUIREMENT_VARIABLES),
}
"""The closed list of what a template may hold, by kind."""


class Dated(Protocol):
    """An edition with the day from which it counts."""

    @property
    def from_on(self) -> date:
        """First day."""

    @property
    def edition(self) -> int:
        """Its number."""


Edition = TypeVar("Edition", bound=Dated)


def in_force(editions: Iterable[Edition], day: date) -> Edition | None:
    """The edition that counts on a day: of those begun the latest, of equal days the later one made."""
    begun = [held for held in editions if held.from_on <= day]
    return max(begun, key=lambda held: (held.from_on, held.edition), default=None)


def check_template(kind: LetterKind, paragraphs: Mapping[str, str]) -> None:
    """Refuse paragraphs that a letter could not use. Source: docs/adr/0013.

    A template is text with `{variable}` in it, from a closed list; nothing in it is ever run.

    Raises:
        InputError: an unknown paragraph or variable, with the nearest name; a brace that stands alone; an
            empty or too long paragraph; a control character.
        RuleError: the kind has no standard paragraphs.
    """
    if kind not in PARTS:
        raise RuleError(
            f"A letter of the kind “{kind.value}” has no standard paragraphs, so there are none to change. "
            f"Those that have: {', '.join(held.value for held in PARTS)}."
        )
    problems = tuple(_shape_problems(paragraphs))
    if problems:
        first = problems[0]
        raise InputError(
            f"The paragraph “{first.column}” cannot be used: {first.found} was found where {first.wanted} is "
            "wanted. Correct it and try again.",
            problems=problems,
        )
    parts = PARTS[kind]
    check_wordings(Wordings(kind, paragraphs), names=parts.paragraphs, variables=parts.variables)


def _shape_problems(paragraphs: Mapping[str, str]) -> Iterable[InputProblem]:
    for name, text in paragraphs.items():
        if not text.strip():
            yield InputProblem(None, name, "nothing", "a sentence")
        if len(text) > LONGEST:
            yield InputProblem(None, name, f"{len(text)} characters", f"at most {LONGEST:,}")
        if any(not char.isprintable() and char != "\n" for char in text):
            yield InputProblem(None, name, "a character that cannot be printed", "plain text")


def look_of(head: Letterhead | None) -> Look | None:
    """What a letter keeps of the letterhead's looks; none where the council has none of its own."""
    return None if head is None else Look(head.accent, head.crest, head.crest_alt)


def check_letterhead(head: Letterhead) -> None:
    """Refuse a letterhead that cannot be read or is not described. Source: docs/rules.md R147.

    Raises:
        InputError: the colour is too faint, a crest has no description, or there is no address.
    """
    refuse_faint(head.accent)
    if head.crest and not head.crest_alt.strip():
        raise InputError("Say in a few words what the crest shows, for those who do not see it.", rule="R147")
    if not any(line.strip() for line in head.address):
        raise InputError("The letterhead has no address. Write at least one line.")
