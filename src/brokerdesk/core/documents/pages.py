"""The paper that a letter is drawn on: header, footer, page numbers, the demo mark, same bytes every time."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from brokerdesk.core.documents.drawing import story_of, tidy
from brokerdesk.core.documents.envelope import AddressPlace, Window, address_place
from brokerdesk.core.documents.fonts import BOLD, REGULAR
from brokerdesk.core.documents.marks import draw_demo, draw_demo_words, draw_shield
from brokerdesk.core.documents.styles import (
    BOTTOM,
    HAIRLINE,
    INK,
    LARGE_PRINT,
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    QUIET,
    TEXT_WIDTH,
    TOP,
    accent_of,
    sheet_for,
)
from brokerdesk.core.documents.tagging.archive import Identity, describe
from brokerdesk.core.documents.tagging.canvas import TaggedCanvas
from brokerdesk.core.documents.tagging.elements import Element, Kind
from brokerdesk.core.documents.tagging.figure import draw_picture, opened_picture
from brokerdesk.core.documents.tagging.marks import Artifact, Owner
from brokerdesk.core.domain.letter import Letter, Look, letter_hash

rl_config.useA85 = 0  # binary streams: smaller, and nothing reads them as text
_HEADER = 27 * mm
_CREST = (44 * mm, 20 * mm)
"""Room for the crest."""


class LetterCanvas(TaggedCanvas):
    """A letter's paper: the footer is drawn once the number of pages is known."""

    letter: Letter
    hash: str

    def finish_page(self, pages: int) -> None:
        """Draw the footer."""
        with self.owned(Artifact.FOOTER):
            _draw_footer(self, self.letter, self.hash, pages)


def draw_letter(letter: Letter, picture: bytes | None, profile: bytes, window: Window) -> bytes:
    """Draw a letter as A4 PDF; equal letters and pictures give equal bytes.

    Args:
        letter: what it says.
        picture: the officer's drawn signature, PNG or JPEG.
        profile: the ICC profile of its colours.
        window: of the envelope that shows its address.
    """
    out = BytesIO()
    canvas = LetterCanvas(out, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), initialFontName=REGULAR)
    canvas.letter, canvas.hash = letter, letter_hash(letter)
    identity = Identity(tidy(letter.title), tidy(letter.sender[0]), letter.language, letter.issued_on)
    describe(canvas._doc, identity, profile)
    below, sheet = TOP + _header_height(letter), sheet_for(letter)
    place = address_place(letter, window, sheet.cell, below)
    story = story_of(letter, canvas.root, sheet, picture, place, below)
    _template(out, letter, place).build(story, canvasmaker=lambda *_, **__: canvas)
    return out.getvalue()


def _template(out: BytesIO, letter: Letter, place: AddressPlace) -> Any:
    template = BaseDocTemplate(out, initialFontName=REGULAR, pagesize=(PAGE_WIDTH, PAGE_HEIGHT))
    frame = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
    first = Frame(MARGIN, BOTTOM, TEXT_WIDTH, PAGE_HEIGHT - BOTTOM - place.start, **frame)
    later = Frame(MARGIN, BOTTOM, TEXT_WIDTH, PAGE_HEIGHT - TOP - BOTTOM - 6 * mm, **frame)

    def on_first(canvas: Any, _: Any) -> None:
        if letter.is_demo:
            _mark_as_demo(canvas, Element(Kind.P, canvas.root))
        _draw_header(canvas, letter, place)

    def on_later(canvas: Any, _: Any) -> None:
        if letter.is_demo:
            _mark_as_demo(canvas, Artifact.REPEATED)
        with canvas.owned(Artifact.HEADER):
            _draw_running_head(canvas, letter)

    template.addPageTemplates(
        [
            PageTemplate("first", [first], onPage=on_first, autoNextPageTemplate="later"),
            PageTemplate("later", [later], onPage=on_later),
        ]
    )
    return template


def _mark_as_demo(canvas: TaggedCanvas, label: Owner) -> None:
    with canvas.owned(Artifact.LAYOUT):
        draw_demo(canvas)
    with canvas.owned(label):
        draw_demo_words(canvas)


def _header_height(letter: Letter) -> float:
    return float(max(_HEADER, (len(letter.sender) * 13.5 * _head_scale(letter)) + 3 * mm))


def _head_scale(letter: Letter) -> float:
    """In large print the letterhead is large too. Source: docs/rules.md R147."""
    return LARGE_PRINT / 9.2 if letter.is_large_print else 1.0


def _draw_header(canvas: Any, letter: Letter, place: AddressPlace) -> None:
    top, scale = PAGE_HEIGHT - TOP, _head_scale(letter)
    if letter.look is not None and letter.look.crest:
        _draw_crest(canvas, letter.look, top)
    else:
        with canvas.owned(Artifact.LAYOUT):
            draw_shield(canvas, MARGIN, top)
    for at, line in enumerate(letter.sender):
        font, size = (BOLD, 11.5) if at == 0 else (REGULAR, 9.2)
        is_beside = TOP + (9 + at * 13.5) * scale > place.start
        room = place.beside if is_beside else TEXT_WIDTH * 0.8
        with canvas.owned(Element(Kind.P, canvas.root)):
            _fit(canvas, tidy(line), font, size * scale, room)
            canvas.setFillColor(accent_of(letter) if at == 0 else INK)
            canvas.drawRightString(MARGIN + TEXT_WIDTH, top - (9 + at * 13.5) * scale, tidy(line))


def _draw_crest(canvas: Any, look: Look, top: float) -> None:
    """The council's crest, with its words for those who do not see it. Source: docs/rules.md R147."""
    reader = opened_picture(base64.b64decode(look.crest))
    wide, high = reader.getSize()
    scale = min(_CREST[0] / wide, _CREST[1] / high)
    box = (MARGIN, top - high * scale, wide * scale, high * scale)
    draw_picture(canvas, Element(Kind.FIGURE, canvas.root, alternative=look.crest_alt), reader, box)


def _draw_running_head(canvas: Any, letter: Letter) -> None:
    sender, title = tidy(letter.sender[0]), tidy(letter.title)
    canvas.setFillColor(QUIET)
    _fit(canvas, sender, REGULAR, 8, TEXT_WIDTH * 0.48)
    canvas.drawString(MARGIN, PAGE_HEIGHT - TOP + 4, sender)
    _fit(canvas, title, REGULAR, 8, TEXT_WIDTH * 0.48)
    canvas.drawRightString(MARGIN + TEXT_WIDTH, PAGE_HEIGHT - TOP + 4, title)


def _fit(canvas: Any, line: str, font: str, size: float, room: float) -> None:
    """Set the font no larger than the line has room."""
    canvas.setFont(font, size * min(1.0, room / max(canvas.stringWidth(line, font, size), 1.0)))


def _draw_footer(canvas: Any, letter: Letter, said: str, pages: int) -> None:
    line = 15 * mm
    canvas.setStrokeColor(HAIRLINE)
    canvas.setLineWidth(0.6)
    size = 12.0 if letter.is_large_print else 7.6
    canvas.line(MARGIN, line + size + 2.4, MARGIN + TEXT_WIDTH, line + size + 2.4)
    canvas.setFont(REGULAR, size)
    canvas.setFillColor(QUIET)
    canvas.drawString(MARGIN, line, f"{tidy(letter.reference)}, version {letter.version}")
    canvas.drawRightString(MARGIN + TEXT_WIDTH, line, f"Page {canvas.getPageNumber()} of {pages}")
    canvas.setFont(REGULAR, 6.4)
    canvas.drawString(MARGIN, line - 10, f"SHA-256 of what this letter says: {said}")
