"""The visible stamp: drawn for each letter on a page whose fonts are made once for all letters alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from brokerdesk.core.documents.drawing import tidy
from brokerdesk.core.documents.fonts import REGULAR, let_go
from brokerdesk.core.documents.signature_place import STAMP_HEIGHT, STAMP_WIDTH, draw_stamp
from brokerdesk.core.documents.tagging.canvas import EmbeddedCanvas

_SIZE = (STAMP_WIDTH, STAMP_HEIGHT)


@dataclass(frozen=True, slots=True)
class Stamp:
    """One letter's stamp."""

    page: bytes
    """A one-page PDF of the stamp's size, whose fonts hold every character of the strokes."""
    strokes: bytes
    """What is painted, in the operators of PDF, with the names that the page gives its fonts."""


def stamp_of(lines: tuple[str, ...], code: str) -> Stamp:
    """Draw the stamp of a letter.

    Args:
        lines: what it says; the first is strong.
        code: words of its QR code.
    """
    said = tuple(tidy(line) for line in lines)
    canvas = _drawn(said, code)
    strokes = "\n".join((canvas._preamble, *canvas._code, " ")) + "\n"
    let_go(canvas._doc)
    return Stamp(_page(_rare(said[:1]), _rare(said[1:])), strokes.encode("latin-1"))


def stamp_page(lines: tuple[str, ...], code: str) -> bytes:
    """The stamp as a PDF of its own."""
    canvas = _drawn(lines, code)
    canvas.showPage()
    canvas.save()
    return bytes(canvas._filename.getvalue())


@lru_cache(maxsize=16)
def _page(strong: str, quiet: str) -> bytes:
    """The page of all stamps with the same rare characters: a font numbers them in the order of their use."""
    return stamp_page((f"A{strong}", f"A{quiet}"), "A")


def _rare(lines: tuple[str, ...]) -> str:
    """Characters beyond those that every font of a letter holds in any case, each once, in their order."""
    return "".join(dict.fromkeys(sign for line in lines for sign in line if not sign.isascii()))


def _drawn(lines: tuple[str, ...], code: str) -> EmbeddedCanvas:
    canvas = EmbeddedCanvas(BytesIO(), pagesize=_SIZE, initialFontName=REGULAR)
    draw_stamp(canvas, lines, code)
    return canvas
