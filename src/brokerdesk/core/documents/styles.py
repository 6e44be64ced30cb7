"""How letters look: paper, colours, type sizes and paragraph styles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from brokerdesk.core.documents.fonts import BOLD, REGULAR
from brokerdesk.core.domain.letter import Letter, LetterKind

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN = 22 * mm
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN
TOP = 20 * mm
BOTTOM = 24 * mm

INK: Color = HexColor("#1B2428")
QUIET: Color = HexColor("#56646A")
HAIRLINE: Color = HexColor("#B9C2C4")
DEEP: Color = HexColor("#11363C")
LAMP: Color = HexColor("#E9A23B")
PALE: Color = HexColor("#F3F5F4")
PAPER: Color = HexColor("#FFFFFF")
FAINT: Color = HexColor("#F1F3F3")
PEN: Color = HexColor("#1F4E8C")


_TO_THE_PERSON = (
    LetterKind.PERSON, LetterKind.OPTIONS, LetterKind.TOP_UP, LetterKind.REFUSAL,
    LetterKind.WITHDRAWAL_PERSON,
)  # fmt: skip
"""Kinds that people read who are not of the trade: set larger."""

LARGE_PRINT = 17.0
"""Points of the body where large print is asked for."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Every paragraph style of one type size."""

    body: ParagraphStyle
    cell: ParagraphStyle
    cell_right: ParagraphStyle
    strong: ParagraphStyle
    strong_right: ParagraphStyle
    head: ParagraphStyle
    head_right: ParagraphStyle
    title: ParagraphStyle
    subject: ParagraphStyle
    heading: ParagraphStyle
    subheading: ParagraphStyle
    """Of the third level and below."""
    caption: ParagraphStyle
    sender: ParagraphStyle
    sender_name: ParagraphStyle
    bullet: ParagraphStyle
    note: ParagraphStyle


def sheet_for(letter: Letter) -> Sheet:
    """The sheet for a letter: larger for a person, larger still where asked. Source: docs/rules.md R147."""
    accent = accent_of(letter)
    if letter.kind is LetterKind.EASY_OPTIONS:
        return sheet(19.0, accent)
    if letter.is_large_print:
        return sheet(LARGE_PRINT, accent)
    return sheet(12.5 if letter.kind in _TO_THE_PERSON else 9.2, accent)


def note_scale(size: float) -> float:
    """Notes are small, but in large print nothing is. Source: docs/rules.md R147."""
    return 1.0 if size >= LARGE_PRINT else min(0.82, 8.0 / size)


def accent_of(letter: Letter) -> Color:
    """The colour of titles: the council's own where it has one, checked when it was kept."""
    own = letter.look.accent if letter.look is not None else ""
    return HexColor(own) if own else DEEP


@lru_cache(maxsize=32)
def sheet(size: float, accent: Color = DEEP) -> Sheet:
    """All styles from one body size in points and the colour of titles."""

    def style(
        name: str,
        *,
        scale: float = 1.0,
        font: str = REGULAR,
        right: bool = False,
        color: Color = INK,
        before: float = 0,
        after: float = 0,
        **more: float | str | bool,
    ) -> ParagraphStyle:
        return ParagraphStyle(
            name,
            fontName=font,
            fontSize=size * scale,
            leading=size * scale * 1.42,
            textColor=color,
            alignment=TA_RIGHT if right else TA_LEFT,
            spaceBefore=before,
            spaceAfter=after,
            bulletFontName=REGULAR,
            bulletFontSize=size * scale,
            splitLongWords=1,
            **more,
        )

    return Sheet(
        body=style("body", after=size * 0.65),
        cell=style("cell"),
        cell_right=style("cell_right", right=True),
        strong=style("strong", font=BOLD),
        strong_right=style("strong_right", font=BOLD, right=True),
        head=style("head", scale=0.9, font=BOLD, color=QUIET),
        head_right=style("head_right", scale=0.9, font=BOLD, color=QUIET, right=True),
        title=style("title", scale=1.5, font=BOLD, color=accent, before=size * 0.9, after=size * 0.1),
        subject=style("subject", scale=1.05, color=QUIET, after=size * 0.9),
        heading=style(
            "heading",
            scale=1.15,
            font=BOLD,
            color=accent,
            before=size * 0.95,
            after=size * 0.4,
        ),
        subheading=style("subheading", font=BOLD, color=DEEP, before=size * 0.6, after=size * 0.3),
        caption=style(
            "caption",
            scale=0.9,
            color=QUIET,
            before=size * 0.2,
            after=size * 0.25,
        ),
        sender=style("sender", right=True),
        sender_name=style("sender_name", font=BOLD, right=True),
        bullet=style("bullet", after=size * 0.3, leftIndent=size * 1.4, bulletIndent=size * 0.4),
        note=style("note", scale=note_scale(size), color=QUIET, before=size * 0.3),
    )
