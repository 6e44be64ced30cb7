"""What a letter says, not how it looks."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from functools import lru_cache

from brokerdesk.core.domain.letter_words import written_date
from brokerdesk.core.domain.plain import Plain, plain_json, to_plain


class LetterKind(Enum):
    """To whom and why a letter goes."""

    AWARD = "award"
    UNSUCCESSFUL = "unsuccessful"
    PERSON = "person"
    REQUIREMENT = "requirement"
    OPTIONS = "options"
    """What the person can choose from, in plain words or large print."""
    EASY_OPTIONS = "options-easy"
    """The same in easy words: one idea a line."""
    CHOICE = "choice-record"
    """What was chosen, by whom with what authority and why; the person or who decided signs it."""
    CLARIFICATION = "clarification"
    ROUND_WITHDRAWN = "round_withdrawn"
    EVIDENCE = "evidence"
    AGREEMENT = "agreement"
    """The call-off order, which is the individual service agreement; both parties sign."""
    TOP_UP = "top-up"
    """The agreement of who pays a top-up; the payer signs too."""
    REFUSAL = "refusal"
    """Why the home that the person prefers was refused."""
    WITHDRAWAL = "withdrawal-provider"
    WITHDRAWAL_PERSON = "withdrawal-person"


class Align(Enum):
    """Side on which a column of a table stands."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the letter; the title is level 1, so these start at 2."""

    level: int
    text: str
    language: str = ""
    """Such as `cy` for Welsh, where it is not the letter's; so on every block."""


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a paragraph that are in another language or lead somewhere."""

    words: str
    language: str = ""
    address: str = ""
    """A web page (`https://`) or an e-mail address (`mailto:`)."""

    def __post_init__(self) -> None:
        if self.address and not self.address.startswith(("https://", "mailto:")):
            raise ValueError(f"{self.words!r} cannot lead to {self.address!r}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of running text."""

    text: str
    language: str = ""
    spans: tuple[Span, ...] = ()
    """In the order in which their words stand in the text."""

    def __post_init__(self) -> None:
        at = 0
        for span in self.spans:
            at = self.text.find(span.words, at) + len(span.words)
            if at < len(span.words):
                raise ValueError(f"{span.words!r} does not stand in the paragraph")


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and their values, one below the other."""

    rows: tuple[tuple[str, str], ...]
    strong: tuple[str, ...] = ()
    """Labels of the rows that matter most."""
    language: str = ""


@dataclass(frozen=True, slots=True)
class WideCell:
    """A cell that stands over those to its right, which are blank."""

    row: int
    """Counted from 0, heads left out."""
    column: int
    columns: int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; every row has as many cells as there are headings."""

    caption: str
    heads: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    align: tuple[Align, ...]
    has_total: bool = False
    """The last row adds up those above it."""
    language: str = ""
    wide_cells: tuple[WideCell, ...] = ()

    def __post_init__(self) -> None:
        widths = {len(self.heads), len(self.align), *(len(row) for row in self.cells)}
        if len(widths) != 1:
            raise ValueError(f"table {self.caption!r} has rows of different lengths")
        for wide in self.wide_cells:
            covered = self.cells[wide.row][wide.column + 1 : wide.column + wide.columns]
            if len(covered) != wide.columns - 1 or any(covered):
                raise ValueError(f"table {self.caption!r} has no room for its wide cell in row {wide.row}")

    def columns_of(self, row: int, column: int) -> int:
        """How many columns a cell stands over."""
        found = (wide.columns for wide in self.wide_cells if (wide.row, wide.column) == (row, column))
        return next(found, 1)


@dataclass(frozen=True, slots=True)
class Bullets:
    """Short points, in no order that matters."""

    points: tuple[str, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, or a QR code, with words for those who cannot see it."""

    alternative: str
    """What it shows, in words; never blank."""
    picture: bytes = b""
    """PNG or JPEG; blank where a QR code is drawn."""
    qr: str = ""
    """What the QR code says."""
    width_mm: int = 40
    language: str = ""

    def __post_init__(self) -> None:
        if not self.alternative.strip():
            raise ValueError("a figure needs words for those who cannot see it")
        if bool(self.picture) == bool(self.qr):
            raise ValueError("a figure is either a picture or a QR code")


@dataclass(frozen=True, slots=True)
class Idea:
    """One idea in easy words: a line with its picture at the left, or the room for one."""

    text: str
    picture: bytes = b""
    """PNG or JPEG; blank leaves its room free, for a picture of the council's own."""
    alternative: str = ""
    """What the picture shows, in words."""
    language: str = ""

    def __post_init__(self) -> None:
        if self.picture and not self.alternative.strip():
            raise ValueError("a picture needs words for those who cannot see it")


Block = Heading | Paragraph | Facts | Table | Bullets | Figure | Idea


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """Who signs, and what stands beside the signature."""

    closing: str
    """Such as `Yours faithfully`."""
    name: str
    post: str
    on_behalf_of: str


@dataclass(frozen=True, slots=True)
class Look:
    """What a letter keeps of the council's letterhead, so that it is drawn alike for ever."""

    accent: str = ""
    """Colour of titles, as `#11363C`."""
    crest: str = ""
    """PNG in base64; empty: a plain shield."""
    crest_alt: str = ""
    """What the crest shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Everything that a letter says, in reading order."""

    kind: LetterKind
    reference: str
    version: int
    """Which version of the award (or round) the letter speaks of."""
    issued_on: date
    title: str
    sender: tuple[str, ...]
    """The authority's name first, then team, address and how to reach it."""
    recipient: tuple[str, ...]
    subject: str
    blocks: tuple[Block, ...]
    signature: SignatureLine | None = None
    counter_signature: SignatureLine | None = None
    """Where the addressee signs too; its closing says to what, its name and post may be unknown."""
    footer: tuple[str, ...] = ()
    language: str = "en-GB"
    is_demo: bool = False
    is_large_print: bool = False
    look: Look | None = None
    """None: the council has no letterhead of its own."""


def corrected(letter: Letter, *, of: date, reason: str) -> Letter:
    """The letter as a correction: it says first which version it replaces and what was wrong.

    Args:
        letter: the later version.
        of: the day on which the version before it was issued.
        reason: what was wrong, as a sentence.
    """
    note = Facts(
        (
            ("Corrects", f"{letter.reference}, version {letter.version - 1}, of {written_date(of)}"),
            ("What was wrong", reason),
            ("What holds", f"This version {letter.version}; the one before no longer holds"),
        ),
        strong=("Corrects",),
    )
    return replace(letter, blocks=(note, *letter.blocks))


@lru_cache(maxsize=16)
def letter_hash(letter: Letter) -> str:
    """SHA-256 (hex) of all that the letter says, printed in its footer. Source: docs/rules.md R148."""
    return hashlib.sha256(plain_json(_without_blanks(to_plain(letter))).encode()).hexdigest()


def _without_blanks(plain: Plain) -> Plain:
    """The value without what is left unsaid, so that a field added later changes no earlier hash."""
    match plain:
        case dict():
            return {name: _without_blanks(held) for name, held in plain.items() if held}
        case list():
            return [_without_blanks(held) for held in plain]
    return plain


def short_code(digest: str) -> str:
    """First twelve characters of a hash in groups of four, as people read them out: `7A4F 2C19 9B0D`."""
    return grouped(digest[:12], 4)


def grouped(digest: str, size: int = 4) -> str:
    """A hash in capitals, in groups divided by spaces."""
    capitals = digest.upper()
    return " ".join(capitals[at : at + size] for at in range(0, len(capitals), size))


def texts_of(letter: Letter) -> tuple[str, ...]:
    """Every text that the letter prints, in reading order, its characters composed as they are printed."""
    texts = [letter.title, *letter.sender, *letter.recipient, letter.reference, letter.subject]
    for block in letter.blocks:
        texts.extend(texts_in(block))
    for line in (letter.signature, letter.counter_signature):
        if line:
            texts.extend((line.closing, line.name, line.post, line.on_behalf_of))
    return tuple(unicodedata.normalize("NFC", text) for text in (*texts, *letter.footer))


def texts_in(block: Block) -> tuple[str, ...]:
    """Every text of one block, in reading order."""
    match block:
        case Heading(text=text) | Paragraph(text=text) | Idea(text=text):
            return (text,)
        case Facts(rows=rows):
            return tuple(text for row in rows for text in row)
        case Table():
            return (block.caption, *block.heads, *(cell for row in block.cells for cell in row))
        case Bullets(points=points):
            return points
        case Figure():
            return ()
