"""What a screen reader says of a letter, as poppler finds it in the structure, and what it should say."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from brokerdesk.core.domain.letter import (
    Block,
    Bullets,
    Facts,
    Figure,
    Heading,
    Idea,
    Letter,
    Paragraph,
    SignatureLine,
    Table,
)
from brokerdesk.core.domain.letter_words import written_day

_ELEMENT = re.compile(r'^( *)(?!")([A-Z][A-Za-z0-9]*)\b')
_TEXT = re.compile(r'^( *)"(.*)"$')
_OF_ITS_OWN = {"P", "H1", "H2", "H3", "H4", "Lbl", "LBody", "TH", "TD", "Caption"}


def spoken(pdf: Path) -> list[str]:
    """The texts of the structure in reading order: one a paragraph, heading, cell or part of a point."""
    shown = subprocess.run(["pdfinfo", "-struct-text", pdf], capture_output=True, check=True).stdout.decode()
    found: list[str] = []
    for line in shown.splitlines():
        text, element = _TEXT.match(line), _ELEMENT.match(line)
        if text and found:
            found[-1] += text[2]
        elif element and element[2] in _OF_ITS_OWN:
            found.append("")
    return [one for one in (" ".join(text.split()) for text in found) if one]


def meant(letter: Letter) -> list[str]:
    """The texts that a letter says, in the order in which it is meant to be read."""
    said = ["DEMO: nobody in it is real"] if letter.is_demo else []
    said += [*letter.sender, *letter.recipient, written_day(letter.issued_on)]
    said += [f"Our reference: {letter.reference}", letter.title, letter.subject]
    for block in letter.blocks:
        said += _of_block(block)
    if letter.signature:
        said += _of_signature(letter.signature)
    if letter.counter_signature:
        line = letter.counter_signature  # its box is still empty, so the name stands only under it
        said += [line.closing, line.name, line.post, f"For {line.on_behalf_of}"]
    tidy = (" ".join(unicodedata.normalize("NFC", text).split()) for text in (*said, *letter.footer))
    return [text for text in tidy if text]


def _of_block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text=text) | Paragraph(text=text) | Idea(text=text):
            yield text
        case Facts(rows=rows):
            yield from (text for row in rows for text in row)
        case Table():
            yield from (block.caption, *block.heads, *(text for row in block.cells for text in row))
        case Bullets(points=points):
            yield from (text for point in points for text in ("•", point))
        case Figure():
            return


def _of_signature(line: SignatureLine) -> Iterator[str]:
    """The name stands twice: typed as a signature, and under it."""
    yield from (line.closing, line.name, line.name, line.post, f"For {line.on_behalf_of}")
