"""Turns what a letter says into the flow of a page: tables, lists, the signature's place."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer
from reportlab.platypus import Paragraph as Flow
from reportlab.platypus import Table as Grid
from reportlab.platypus.tables import TableStyle

from brokerdesk.core.documents.fields import AUTHORITY, PROVIDER, FieldPlace
from brokerdesk.core.documents.fonts import BOLD, REGULAR
from brokerdesk.core.documents.styles import DEEP, HAIRLINE, INK, PALE, PEN, QUIET, TEXT_WIDTH, Sheet
from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.letter import (
    Align,
    Block,
    Bullets,
    Facts,
    Heading,
    Letter,
    Paragraph,
    SignatureLine,
    Table,
)
from brokerdesk.core.domain.letter_words import written_day

STAMP_WIDTH, STAMP_HEIGHT = 88 * mm, 24 * mm
_SHORT = 46
"""Values up to this many characters stand on the right, as sums do; longer ones read from the left."""
_LARGEST_PICTURE = 4_000_000
"""Pixels; a drawn signature is far smaller."""


def tidy(text: str) -> str:
    """The text as it is drawn: composed characters, one space between words."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def flow(text: str, style: Any, **more: str) -> Flow:
    """A paragraph that prints its text literally, whatever it looks like."""
    return Flow(escape(tidy(text)), style, **more)


def story_of(letter: Letter, sheet: Sheet, picture: bytes | None) -> list[Flowable]:
    """Everything between header and footer, in reading order."""
    story: list[Flowable] = [_address(letter, sheet), Spacer(0, 4 * mm)]
    story.append(flow(letter.title, sheet.title))
    if letter.subject:
        story.append(flow(letter.subject, sheet.subject))
    for block in letter.blocks:
        story.extend(_drawn(block, sheet))
    if letter.signature:
        story.append(KeepTogether(_signed(letter.signature, sheet, picture)))
    if letter.counter_signature:
        story.append(KeepTogether(_to_be_signed(letter.counter_signature, sheet)))
    story.extend(flow(note, sheet.note) for note in letter.footer)
    return story


def _address(letter: Letter, sheet: Sheet) -> Grid:
    left = [flow(line, sheet.cell) for line in letter.recipient] or [Spacer(0, 0)]
    right = [
        flow(written_day(letter.issued_on), sheet.cell_right),
        flow(f"Our reference: {letter.reference}", sheet.cell_right),
    ]
    grid = Grid([[left, right]], colWidths=[TEXT_WIDTH * 0.58, TEXT_WIDTH * 0.42])
    grid.setStyle(
        TableStyle([*_PLAIN, ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0)])
    )
    return grid


def _drawn(block: Block, sheet: Sheet) -> list[Flowable]:
    match block:
        case Heading(text=text):
            return [CondPageBreak(sheet.body.fontSize * 9), flow(text, sheet.heading)]
        case Paragraph(text=text):
            return [flow(text, sheet.body)]
        case Facts():
            return [_facts(block, sheet), Spacer(0, sheet.body.fontSize * 0.8)]
        case Table():
            return [
                CondPageBreak(sheet.body.fontSize * 7),
                flow(block.caption, sheet.caption),
                _table(block, sheet),
                Spacer(0, sheet.body.fontSize * 0.8),
            ]
        case Bullets(points=points):
            listed: list[Flowable] = [flow(point, sheet.bullet, bulletText="•") for point in points]
            return [*listed, Spacer(0, sheet.body.fontSize * 0.3)]


_PLAIN: list[tuple[Any, ...]] = [
    ("FONT", (0, 0), (-1, -1), REGULAR),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("TOPPADDING", (0, 0), (-1, -1), 1.8),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2.9),
    ("LEFTPADDING", (0, 0), (-1, -1), 4),
    ("RIGHTPADDING", (0, 0), (-1, -1), 4),
]
_RULED: list[tuple[Any, ...]] = [
    ("LINEABOVE", (0, 0), (-1, 0), 0.6, HAIRLINE),
    ("LINEBELOW", (0, 0), (-1, -1), 0.6, HAIRLINE),
]


def _facts(block: Facts, sheet: Sheet) -> Grid:
    short = all(len(value) <= _SHORT for _, value in block.rows)
    plain = sheet.cell_right if short else sheet.cell
    strong = sheet.strong_right if short else sheet.strong
    rows = [
        [
            flow(label, sheet.strong if label in block.strong else sheet.cell),
            flow(value, strong if label in block.strong else plain),
        ]
        for label, value in block.rows
    ]
    share = 0.46 if short else 0.32
    grid = Grid(rows, colWidths=[TEXT_WIDTH * share, TEXT_WIDTH * (1 - share)], splitInRow=1)
    grid.setStyle(TableStyle([*_PLAIN, *_RULED]))
    return grid


def _table(block: Table, sheet: Sheet) -> Grid:
    heads = [
        flow(text, sheet.head_right if side is Align.RIGHT else sheet.head)
        for text, side in zip(block.heads, block.align, strict=True)
    ]
    last = len(block.cells) - 1
    rows = [
        [
            flow(text, _cell_style(sheet, side, strong=block.has_total and at == last))
            for text, side in zip(row, block.align, strict=True)
        ]
        for at, row in enumerate(block.cells)
    ]
    grid = Grid([heads, *rows], colWidths=_widths(block), repeatRows=1, splitInRow=1)
    grid.setStyle(TableStyle([*_PLAIN, *_RULED, ("BACKGROUND", (0, 0), (-1, 0), PALE)]))
    return grid


def _cell_style(sheet: Sheet, side: Align, *, strong: bool) -> Any:
    if side is Align.RIGHT:
        return sheet.strong_right if strong else sheet.cell_right
    return sheet.strong if strong else sheet.cell


def _widths(block: Table) -> list[float]:
    """Columns share the width by their longest text, within reason."""
    columns = zip(block.heads, *block.cells, strict=True)
    lengths = [min(max(len(text) for text in column), 34) + 4 for column in columns]
    return [TEXT_WIDTH * length / sum(lengths) for length in lengths]


def _signed(line: SignatureLine, sheet: Sheet, picture: bytes | None) -> list[Flowable]:
    spoken = f"Signature of {tidy(line.name)} for {tidy(line.on_behalf_of)}"
    return [
        Spacer(0, sheet.body.fontSize),
        flow(line.closing, sheet.body),
        SignaturePlace(AUTHORITY, spoken, name=tidy(line.name), picture=picture),
        *_signatory(line, sheet),
    ]


def _to_be_signed(line: SignatureLine, sheet: Sheet) -> list[Flowable]:
    spoken = f"Signature for {tidy(line.on_behalf_of)}"
    return [
        Spacer(0, sheet.body.fontSize),
        flow(line.closing, sheet.body),
        SignaturePlace(PROVIDER, spoken),
        *_signatory(line, sheet),
    ]


def _signatory(line: SignatureLine, sheet: Sheet) -> list[Flowable]:
    said = ((line.name, sheet.strong), (line.post, sheet.cell), (f"For {line.on_behalf_of}", sheet.cell))
    lines = [flow(text, style) for text, style in said if text]
    return [Spacer(0, 2 * mm), *lines, Spacer(0, sheet.body.fontSize)]


class SignaturePlace(Flowable):  # type: ignore[misc]  # reportlab is untyped
    """A line for a drawn, typed or handwritten signature, and beside it the field for the electronic one."""

    def __init__(self, field: str, spoken: str, *, name: str = "", picture: bytes | None = None) -> None:
        super().__init__()
        self.width, self.height = TEXT_WIDTH, STAMP_HEIGHT
        self._field = field
        self._spoken = spoken
        self._name = name
        self._picture = opened_picture(picture) if picture else None

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The room it takes."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the signature, the line under it and the field."""
        canvas = self.canv
        room = TEXT_WIDTH - STAMP_WIDTH - 6 * mm
        if self._picture is not None:
            self._draw_picture(self._picture, room)
        elif self._name:
            canvas.setFillColor(PEN)
            canvas.setFont(REGULAR, min(20.0, 20.0 * room / canvas.stringWidth(self._name, REGULAR, 20)))
            canvas.drawString(0, self.height * 0.35, self._name)
        left = TEXT_WIDTH - STAMP_WIDTH
        canvas.setStrokeColor(HAIRLINE)
        canvas.setLineWidth(0.6)
        canvas.line(0, self.height * 0.18, room, self.height * 0.18)
        canvas.roundRect(left + 0.4, 0.4, STAMP_WIDTH - 0.8, STAMP_HEIGHT - 0.8, 4, stroke=1, fill=0)
        x, y = canvas.absolutePosition(left, 0)
        box = (x, y, x + STAMP_WIDTH, y + STAMP_HEIGHT)
        canvas.add_signature_field(FieldPlace(self._field, self._spoken, canvas.getPageNumber(), box))

    def _draw_picture(self, picture: Any, room: float) -> None:
        wide, high = picture.getSize()
        scale = min(room / wide, self.height * 0.78 / high)
        self.canv.drawImage(picture, 0, self.height * 0.2, wide * scale, high * scale, mask="auto")


def opened_picture(picture: bytes) -> Any:
    """A drawn signature ready for the page.

    Raises:
        InputError: it is no picture, or far larger than a signature.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(picture), formats=("PNG", "JPEG")) as image:
            wide, high = image.size
        if not 0 < wide * high <= _LARGEST_PICTURE:
            raise InputError(
                "The drawn signature is larger than 4 million dots. Save it smaller and try again."
            )
        reader = ImageReader(BytesIO(picture))
        reader.getRGBData()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as why:
        raise InputError("The drawn signature is not a PNG or JPEG picture. Draw it again.") from why
    return reader


def draw_stamp(canvas: Any, lines: tuple[str, ...]) -> None:
    """Draw the visible stamp on a page of its own size, first line strong, each line fitted to the width."""
    canvas.setFillColor(PALE)
    canvas.setStrokeColor(HAIRLINE)
    canvas.setLineWidth(0.6)
    canvas.roundRect(0.4, 0.4, STAMP_WIDTH - 0.8, STAMP_HEIGHT - 0.8, 4, stroke=1, fill=1)
    canvas.setFillColor(DEEP)
    canvas.rect(0.4, 5, 2.4, STAMP_HEIGHT - 10, stroke=0, fill=1)
    room, step = STAMP_WIDTH - 18, (STAMP_HEIGHT - 14) / len(lines)
    for at, line in enumerate(lines):
        font, size = (BOLD, 9.0) if at == 0 else (REGULAR, 7.6)
        size = min(size, size * room / max(canvas.stringWidth(line, font, size), 1))
        canvas.setFillColor(INK if at == 0 else QUIET)
        canvas.setFont(font, size)
        canvas.drawString(11, STAMP_HEIGHT - 7 - step * (at + 0.75), line)
