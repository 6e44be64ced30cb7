"""Turns what a letter says into the flow of a page, each part declared for what it is."""

from __future__ import annotations

import unicodedata
from typing import Any

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, KeepTogether, Spacer

from brokerdesk.core.documents.envelope import AddressPlace
from brokerdesk.core.documents.fields import AUTHORITY, PROVIDER
from brokerdesk.core.documents.keeping import Group, in_flow
from brokerdesk.core.documents.signature_place import SignaturePlace
from brokerdesk.core.documents.styles import HAIRLINE, INK, PALE, TEXT_WIDTH, Sheet
from brokerdesk.core.documents.tagging.beside import Beside
from brokerdesk.core.documents.tagging.columns import Columns
from brokerdesk.core.documents.tagging.elements import HEADINGS, Element, Kind
from brokerdesk.core.documents.tagging.figure import Picture, QrCode, opened_picture
from brokerdesk.core.documents.tagging.table import Cell, Grid, Row, Ruling, cell, head_cell
from brokerdesk.core.documents.tagging.text import Label, Part, Text
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
    SignatureLine,
    Table,
)
from brokerdesk.core.domain.letter_words import written_day

_SHORT = 46
"""Values up to this many characters stand on the right, as sums do; longer ones read from the left."""
_PICTURE, _PICTURE_ROOM = 15 * mm, 22 * mm
"""Side of a picture beside a line of easy words, and the room that is kept for it."""
_LABELS = 0.46
"""Part of the width that labels have beside short values."""
_AIR = 4.0
"""Points beside a value."""
_RULING = Ruling(line=HAIRLINE, head=PALE)


def tidy(text: str) -> str:
    """The text as it is drawn: composed characters, one space between words."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def story_of(
    letter: Letter, root: Element, sheet: Sheet, picture: bytes | None, place: AddressPlace, below: float
) -> list[Flowable]:
    """Everything between header and footer, in reading order, under the document's root.

    Args:
        letter: what it says.
        root: of the structure.
        sheet: how it looks.
        picture: the officer's drawn signature.
        place: of the address.
        below: where the letterhead ends, in points from the top.
    """
    story: list[Flowable] = [_address(letter, root, sheet, place, below), Spacer(0, 4 * mm)]
    story.append(Text(tidy(letter.title), sheet.title, Element(Kind.H1, root)))
    if letter.subject:
        story.append(said(letter.subject, sheet.subject, root))
    groups = [Group(block, _drawn(block, root, sheet)) for block in letter.blocks]
    ending = _signed(letter.signature, root, sheet, picture) if letter.signature else []
    answer = _to_be_signed(letter.counter_signature, root, sheet) if letter.counter_signature else []
    # The notes never stand on a page alone: they go with the last signature.
    (answer or ending).extend(said(note, sheet.note, root) for note in letter.footer)
    story.extend(in_flow(groups, ending, sheet.body.fontSize))
    if answer:
        story.append(KeepTogether(answer))
    return story


def said(text: str, style: Any, root: Element) -> Text:
    """A paragraph that prints its text literally, whatever it looks like."""
    return Text(tidy(text), style, Element(Kind.P, root))


def _address(letter: Letter, root: Element, sheet: Sheet, place: AddressPlace, below: float) -> Columns:
    style = sheet.cell.clone("address", fontSize=place.size, leading=place.leading)
    left = [said(line, style, root) for line in letter.recipient]
    right = [
        said(written_day(letter.issued_on), sheet.cell_right, root),
        said(f"Our reference: {letter.reference}", sheet.cell_right, root),
    ]
    nothing: list[Text] = []
    gap = TEXT_WIDTH - place.beside - place.width
    beside = (right, place.beside, below - place.start)
    return Columns(((left, place.width, 0.0), (nothing, gap, 0.0), beside), place.height)


def _drawn(block: Block, root: Element, sheet: Sheet) -> list[Flowable]:
    size = sheet.body.fontSize
    match block:
        case Heading():
            element = Element(HEADINGS[block.level - 1], root, language=block.language)
            style = sheet.heading if element.kind is Kind.H2 else sheet.subheading
            return [Text(tidy(block.text), style, element)]
        case Paragraph():
            return [_paragraph(block, root, sheet)]
        case Facts():
            return [_facts(block, root, sheet), Spacer(0, size * 0.8)]
        case Table():
            return [*_table(block, root, sheet), Spacer(0, size * 0.8)]
        case Bullets():
            return [*_bullets(block, root, sheet), Spacer(0, size * 0.3)]
        case Figure():
            return [_figure(block, root), Spacer(0, size * 0.3)]
        case Idea():
            return [_idea(block, root, sheet)]


def _paragraph(block: Paragraph, root: Element, sheet: Sheet) -> Text:
    element, text, parts, at = Element(Kind.P, root, language=block.language), tidy(block.text), [], 0
    for span in block.spans:
        words = tidy(span.words)
        start = text.index(words, at)
        at = start + len(words)
        kind = Kind.LINK if span.address else Kind.SPAN
        parts.append(Part(start, at, Element(kind, element, language=span.language), span.address))
    return Text(text, sheet.body, element, parts=tuple(parts))


def _bullets(block: Bullets, root: Element, sheet: Sheet) -> list[Text]:
    numbering = {"O": "/List", "ListNumbering": "/Disc"}
    points = Element(Kind.LIST, root, language=block.language, attributes=numbering)
    drawn = []
    for point in block.points:
        item = Element(Kind.ITEM, points)
        label = Label(Element(Kind.LABEL, item), "•")
        drawn.append(Text(tidy(point), sheet.bullet, Element(Kind.BODY, item), label=label))
    return drawn


def _facts(block: Facts, root: Element, sheet: Sheet) -> Grid:
    short = all(len(value) <= _SHORT and _fits(value, sheet) for _, value in block.rows)
    table = Element(Kind.TABLE, root, language=block.language)
    rows = []
    for label, value in block.rows:
        element, is_strong = Element(Kind.ROW, table), label in block.strong
        style = _cell_style(sheet, Align.RIGHT if short else Align.LEFT, strong=is_strong)
        name = _cell_style(sheet, Align.LEFT, strong=is_strong)
        cells = (
            Cell(Text(tidy(label), name, head_cell(element, scope="Row"))),
            Cell(Text(tidy(value), style, cell(element))),
        )
        rows.append(Row(element, cells))
    share = _LABELS if short else 0.32
    return Grid(tuple(rows), (TEXT_WIDTH * share, TEXT_WIDTH * (1 - share)), _RULING)


def _fits(value: str, sheet: Sheet) -> bool:
    """Whether no word of a value, such as an e-mail address in large print, is broken on the right."""
    room = TEXT_WIDTH * (1 - _LABELS) - 2 * _AIR
    font, size = sheet.strong.fontName, sheet.strong.fontSize
    return all(stringWidth(word, font, size) <= room for word in value.split())


def _table(block: Table, root: Element, sheet: Sheet) -> list[Flowable]:
    table = Element(Kind.TABLE, root, language=block.language)
    caption = Text(tidy(block.caption), sheet.caption, Element(Kind.CAPTION, table))
    top = Element(Kind.ROW, table)
    heads = tuple(
        Cell(
            Text(
                tidy(text),
                sheet.head_right if side is Align.RIGHT else sheet.head,
                head_cell(top, scope="Column"),
            )
        )
        for text, side in zip(block.heads, block.align, strict=True)
    )
    rows = [Row(top, heads, is_head=True)]
    rows += [_row(block, at, Element(Kind.ROW, table), sheet) for at in range(len(block.cells))]
    return [caption, Grid(tuple(rows), tuple(_widths(block)), _RULING)]


def _row(block: Table, at: int, element: Element, sheet: Sheet) -> Row:
    strong = block.has_total and at == len(block.cells) - 1
    cells, column = [], 0
    while column < len(block.heads):
        wide = block.columns_of(at, column)
        style = _cell_style(sheet, block.align[column], strong=strong)
        text = tidy(block.cells[at][column])
        cells.append(Cell(Text(text, style, cell(element, columns=wide)), wide))
        column += wide
    return Row(element, tuple(cells))


def _cell_style(sheet: Sheet, side: Align, *, strong: bool) -> Any:
    if side is Align.RIGHT:
        return sheet.strong_right if strong else sheet.cell_right
    return sheet.strong if strong else sheet.cell


def _widths(block: Table) -> list[float]:
    """Columns share the width by their longest text, within reason."""
    columns = zip(block.heads, *block.cells, strict=True)
    lengths = [min(max(len(text) for text in column), 34) + 4 for column in columns]
    return [TEXT_WIDTH * length / sum(lengths) for length in lengths]


def _figure(block: Figure, root: Element) -> Flowable:
    element = Element(Kind.FIGURE, root, language=block.language, alternative=tidy(block.alternative))
    width = min(block.width_mm * mm, TEXT_WIDTH)
    if block.qr:
        return QrCode(element, block.qr, width, INK)
    reader = opened_picture(block.picture)
    wide, high = reader.getSize()
    return Picture(element, reader, width, width * high / wide)


def _idea(block: Idea, root: Element, sheet: Sheet) -> Beside:
    """A line of easy words: its picture at the left is read before it. Source: docs/rules.md R147."""
    picture = None
    if block.picture:
        words = tidy(block.alternative)
        figure = Element(Kind.FIGURE, root, language=block.language, alternative=words)
        picture = (figure, opened_picture(block.picture))
    text = Text(tidy(block.text), sheet.body, Element(Kind.P, root, language=block.language))
    return Beside(text, _PICTURE_ROOM, picture, _PICTURE, sheet.body.fontSize * 0.5)


def _signed(line: SignatureLine, root: Element, sheet: Sheet, picture: bytes | None) -> list[Flowable]:
    name, behalf = tidy(line.name), tidy(line.on_behalf_of)
    spoken = f"Signature of {name} for {behalf}"
    closing = [Spacer(0, sheet.body.fontSize), said(line.closing, sheet.body, root)]
    place = SignaturePlace(root, AUTHORITY, spoken, name=name, picture=picture)
    return [*closing, place, *_signatory(line, root, sheet)]


def _to_be_signed(line: SignatureLine, root: Element, sheet: Sheet) -> list[Flowable]:
    closing = [Spacer(0, sheet.body.fontSize), said(line.closing, sheet.body, root)]
    place = SignaturePlace(root, PROVIDER, f"Signature for {tidy(line.on_behalf_of)}")
    return [*closing, place, *_signatory(line, root, sheet)]


def _signatory(line: SignatureLine, root: Element, sheet: Sheet) -> list[Flowable]:
    said_of = ((line.name, sheet.strong), (line.post, sheet.cell), (f"For {line.on_behalf_of}", sheet.cell))
    lines = [said(text, style, root) for text, style in said_of if text]
    return [Spacer(0, 2 * mm), *lines, Spacer(0, sheet.body.fontSize)]
