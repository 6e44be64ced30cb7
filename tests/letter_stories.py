"""Letters that strain the drawing: every block, texts and tables over pages, hostile names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

import letter_samples as samples
from brokerdesk.core.domain.letter import (
    Align,
    Block,
    Bullets,
    Facts,
    Figure,
    Heading,
    Idea,
    Letter,
    Paragraph,
    Span,
    Table,
    WideCell,
)

HOSTILE = 'Rose <Leeds> & Sons (No. 2) \\ <img src="x"/> </para> %PDF endstream BT ET 100% "Ŵ" Ωμέγα Їжак Ặ'
"""A name with everything that markup, content streams and fonts could trip over."""
_LONG = "The visit is made at the time that the care plan says, by carers whom the person knows. "


def saying(*blocks: Block) -> Letter:
    """The award letter with other blocks."""
    return replace(samples.award_letter(), blocks=blocks)


@cache
def picture(mode: str = "RGB", kind: str = "PNG") -> bytes:
    """A small drawing, in a mode that photographs or drawings come in."""
    ground = {"RGB": (255, 255, 255), "RGBA": (0, 0, 0, 0), "L": 255, "1": 1, "P": 0}[mode]
    image = Image.new(mode, (120, 60), ground)
    ink = {"RGB": (20, 60, 120), "RGBA": (20, 60, 120, 160), "L": 30, "1": 0, "P": 1}[mode]
    ImageDraw.Draw(image).line((5, 50, 40, 10, 70, 45, 115, 8), fill=ink, width=4)
    out = BytesIO()
    image.save(out, kind)
    return out.getvalue()


def hostile_names() -> Letter:
    """Names that look like code, in every place that a name has."""
    letter = saying(
        Heading(2, HOSTILE),
        Paragraph(HOSTILE),
        Bullets((HOSTILE, HOSTILE)),
        Facts(((HOSTILE, HOSTILE),), strong=(HOSTILE,)),
        Table(HOSTILE, (HOSTILE, "b"), ((HOSTILE, "c"),), (Align.LEFT, Align.RIGHT)),
    )
    line = samples.award_letter().signature
    assert line is not None
    return replace(
        letter,
        title=HOSTILE,
        sender=(HOSTILE, HOSTILE),
        recipient=(HOSTILE,),
        subject=HOSTILE,
        signature=replace(line, name=HOSTILE, post=HOSTILE, on_behalf_of=HOSTILE),
        footer=(HOSTILE,),
    )


def texts_over_pages() -> Letter:
    """A paragraph, points, a fact and a cell that are each longer than a page."""
    long = _LONG * 90
    return saying(
        Paragraph(long),
        Bullets(("short", long, "short")),
        Facts((("Why", long),)),
        Table("Long cell", ("a", "b"), (("1", long), ("2", "short")), (Align.LEFT, Align.LEFT)),
    )


def table_over_pages() -> Letter:
    """A table of three pages, with empty cells and a total."""
    rows = tuple((f"Row {n}", "" if n % 3 else _LONG, str(n), "") for n in range(110))
    align = (Align.LEFT, Align.LEFT, Align.RIGHT, Align.RIGHT)
    total = ("Total", "", "5995", "")
    return saying(Table("Many rows", ("Name", "Note", "Sum", ""), (*rows, total), align, has_total=True))


def wide_cells() -> Letter:
    """Rows that stand over all columns, as groups have."""
    rows = (("Mornings", "", ""), ("08:00", "45", "2"), ("Evenings", "", ""), ("21:00", "45", ""))
    wide = (WideCell(0, 0, 3), WideCell(2, 0, 3))
    align = (Align.LEFT, Align.RIGHT, Align.RIGHT)
    return saying(Table("Visits", ("At", "Minutes", "Carers"), rows, align, wide_cells=wide))


def links_and_languages() -> Letter:
    """Links over lines, Welsh and Polish words and blocks."""
    complaint = "how to complain about us and what happens then, step by step, with every form that you need"
    return saying(
        Heading(2, "Yn Gymraeg", language="cy"),
        Paragraph("Mae'r llythyr hwn yn Gymraeg: Ŵyn, Tŷ, Siân.", language="cy"),
        Paragraph(
            f"The page tells you {complaint}. In Welsh: croeso i chi. Write to us.",
            spans=(
                Span(complaint, address="https://northmere.example/complain?a=1&b=(2)"),
                Span("croeso i chi", language="cy"),
                Span("Write to us", address="mailto:brokerage@northmere.example"),
            ),
        ),
        Paragraph("all of it a link", spans=(Span("all of it a link", address="https://northmere.example"),)),
        Bullets(("Dzień dobry", "Żółć"), language="pl"),
        Facts((("Imię", "Świętosława"),), language="pl"),
    )


def figures() -> Letter:
    """Pictures in every mode, and QR codes."""
    shown = tuple(Figure(f"A line in {mode}", picture(mode)) for mode in ("RGB", "RGBA", "L", "1", "P"))
    photograph = Figure("A photograph of a line", picture("RGB", "JPEG"), width_mm=60)
    code = Figure("QR code: the letter’s code", qr="https://northmere.example/l/7A4F2C199B0D", width_mm=30)
    return saying(*shown, photograph, code, Figure("QR code: cy", qr="Ŵyn", language="cy"))


def ideas() -> Letter:
    """Easy words: pictures beside their lines, room where there is none, and a line that is long."""
    long = "This line is longer than the others and says one idea in so many words that it breaks in two."
    return saying(
        Heading(2, "Choice 1: Rose Lodge"),
        Idea("It is near your home.", picture("RGB"), "Picture: a house"),
        Idea(long, picture("RGBA"), "Picture: caring hands"),
        Idea("There is no picture here."),
        Idea("Dzień dobry.", picture("L"), "Picture: słońce", language="pl"),
    )


def headings() -> Letter:
    """Headings of every level, down and up again."""
    return saying(*(Heading(level, f"Level {level}") for level in (2, 3, 4, 2, 3, 2)), Paragraph("x"))


def long_words() -> Letter:
    """Words longer than a line, of letters and of signs; hyphens; blanks of other widths."""
    words = "x" * 300 + " " + "ŴŶ" * 120 + " well-known\u00a0north-east " + "a-b" * 80
    return saying(Paragraph(words), Bullets((words,)), Facts(((words[:200], words),)))


def hardly_anything() -> Letter:
    """A letter without blocks, addressee, subject or notes."""
    return replace(saying(), recipient=(), subject="", footer=())


STORIES: dict[str, Callable[[], Letter]] = {
    story.__name__: story
    for story in (
        hostile_names,
        texts_over_pages,
        table_over_pages,
        wide_cells,
        links_and_languages,
        figures,
        ideas,
        headings,
        long_words,
        hardly_anything,
    )
}


def all_letters() -> dict[str, Callable[[], Letter]]:
    """Every kind of letter that is drawn, each in large print too, and every story."""
    kinds: dict[str, Callable[[], Letter]] = dict(samples.LETTERS)
    large = {
        f"{kind}_large": (lambda compose=compose: replace(compose(), is_large_print=True))
        for kind, compose in samples.LETTERS.items()
    }
    return {**kinds, **large, **STORIES}
