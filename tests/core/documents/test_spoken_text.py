"""What a screen reader finds in a letter, in which order, in which language, and what it passes over."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from pikepdf import Dictionary, Name, Pdf
from PIL import Image

import letter_samples as samples
import letter_stories as stories
from brokerdesk.core.documents.fonts import REGULAR
from brokerdesk.core.documents.preview import render_pages
from brokerdesk.core.documents.renderer import LetterRenderer
from brokerdesk.core.documents.tagging.canvas import EmbeddedCanvas, TaggedCanvas
from brokerdesk.core.documents.tagging.elements import Element, Kind
from brokerdesk.core.documents.tagging.figure import opened_picture
from brokerdesk.core.documents.tagging.marks import Artifact, UntaggedError
from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.letter import Align, Figure, Heading, Letter, Paragraph, Span, Table, WideCell
from spoken_text import meant, spoken


@pytest.mark.parametrize("name", stories.all_letters())
def test_a_letter_is_spoken_in_the_order_in_which_it_is_meant(
    renderer: LetterRenderer, name: str, tmp_path: Path
) -> None:
    letter = stories.all_letters()[name]()
    path = tmp_path / "letter.pdf"
    path.write_bytes(renderer.render(letter))
    assert spoken(path) == meant(letter)


def test_signing_changes_nothing_that_is_spoken(
    renderer: LetterRenderer, signed_letters: dict[str, bytes], tmp_path: Path
) -> None:
    path = tmp_path / "letter.pdf"
    for kind, pdf in signed_letters.items():
        path.write_bytes(pdf)
        assert spoken(path) == meant(samples.LETTERS[kind]())


def elements(pdf: bytes, kind: str) -> list[dict[str, str]]:
    """Language, words and attributes of every element of a kind."""
    with Pdf.open(BytesIO(pdf)) as opened:
        found = [
            one for one in opened.objects if isinstance(one, Dictionary) and one.get("/S") == Name(f"/{kind}")
        ]
        return [_said(one) for one in found]


def _said(element: Any) -> dict[str, str]:
    held = {name[1:]: str(element[name]) for name in ("/Lang", "/Alt") if name in element}
    return {**held, **{name[1:]: str(value) for name, value in element.get("/A", {}).items()}}


def test_each_part_in_another_language_says_which(renderer: LetterRenderer) -> None:
    pdf = renderer.render(stories.links_and_languages())
    assert [one["Lang"] for one in elements(pdf, "Span")] == ["cy"]
    assert [one["Lang"] for one in elements(pdf, "H2")] == ["cy"]
    assert [one["Lang"] for one in elements(pdf, "L")] == ["pl"]


def test_a_link_leads_where_it_says_from_every_line_that_it_stands_on(renderer: LetterRenderer) -> None:
    pdf = renderer.render(stories.links_and_languages())
    with Pdf.open(BytesIO(pdf)) as opened:
        places = [one for page in opened.pages for one in page.obj.get("/Annots", [])]
        led = [(str(one.A.URI), str(one.Contents)) for one in places if one.Subtype == Name.Link]
    addresses = [address for address, _ in led]
    assert addresses.count("https://northmere.example/complain?a=1&b=(2)") == 2
    assert ("mailto:brokerage@northmere.example", "Write to us") in led
    assert len(elements(pdf, "Link")) == 3


def test_a_table_names_its_heads_once_however_many_pages_it_runs_over(renderer: LetterRenderer) -> None:
    pdf = renderer.render(stories.table_over_pages())
    assert len(render_pages(pdf, 10)) > 3
    assert [one["Scope"] for one in elements(pdf, "TH")] == ["/Column"] * 4
    assert len(elements(pdf, "TD")) == 111 * 4
    assert len(elements(pdf, "Table")) == 1


def test_a_cell_that_stands_over_columns_says_over_how_many(renderer: LetterRenderer) -> None:
    pdf = renderer.render(stories.wide_cells())
    assert [one.get("ColSpan") for one in elements(pdf, "TD")].count("3") == 2


def test_a_picture_is_spoken_by_its_words(renderer: LetterRenderer) -> None:
    spoken_of = [one["Alt"] for one in elements(renderer.render(stories.figures()), "Figure")]
    assert "A line in RGBA" in spoken_of
    assert "QR code: the letter’s code" in spoken_of


def test_a_drawn_signature_is_spoken_by_whose_it_is(renderer: LetterRenderer) -> None:
    pdf = renderer.render(samples.person_letter(), signature_picture=stories.picture("RGBA"))
    said = "Signature of Gideon Fairweather for Northmere Council"
    assert [one["Alt"] for one in elements(pdf, "Figure")] == [f"{said}, drawn by hand"]
    assert [one["Alt"] for one in elements(pdf, "Form")] == [said]


def test_a_telephone_reads_the_qr_code_off_the_page(renderer: LetterRenderer) -> None:
    pictures = [
        Image.frombytes("RGBA", (width, height), dots).convert("L")
        for width, height, dots in render_pages(renderer.render(stories.figures()), 150)
    ]
    read = {found.text for picture in pictures for found in zxingcpp.read_barcodes(picture)}
    assert read == {"https://northmere.example/l/7A4F2C199B0D", "Ŵyn"}


def test_a_picture_in_the_colours_of_a_printing_press_is_refused(renderer: LetterRenderer) -> None:
    out = BytesIO()
    Image.new("CMYK", (10, 10)).save(out, "JPEG")
    with pytest.raises(InputError, match="printing press"):
        renderer.render(stories.saying(Figure("A square", out.getvalue())))


def canvas() -> TaggedCanvas:
    return TaggedCanvas(BytesIO(), pagesize=(200, 200), initialFontName=REGULAR)


PAINTED: dict[str, Callable[[Any], object]] = {
    "a text": lambda paper: paper.drawString(10, 10, "x"),
    "a line": lambda paper: paper.line(0, 0, 10, 10),
    "a ground": lambda paper: paper.rect(0, 0, 10, 10, stroke=0, fill=1),
    "a circle": lambda paper: paper.circle(5, 5, 3),
    "a picture": lambda paper: paper.drawImage(opened_picture(stories.picture()), 0, 0, 10, 10),
}


@pytest.mark.parametrize("what", PAINTED)
def test_what_nobody_has_claimed_is_refused_while_drawing(renderer: LetterRenderer, what: str) -> None:
    paper = canvas()
    paper.setFont(REGULAR, 9)
    PAINTED[what](paper)
    paper.showPage()
    with pytest.raises(UntaggedError, match="page 1"):
        paper.save()


@pytest.mark.parametrize("what", PAINTED)
def test_what_is_declared_an_artifact_is_drawn(renderer: LetterRenderer, what: str) -> None:
    paper = canvas()
    with paper.owned(Element(Kind.H1, paper.root)):
        paper.setFont(REGULAR, 9)
        paper.drawString(10, 50, "Title")
    with paper.owned(Artifact.LAYOUT):
        PAINTED[what](paper)
    paper.showPage()
    paper.save()
    assert paper.root.kids


def test_a_font_that_is_not_embedded_is_refused(renderer: LetterRenderer) -> None:
    with pytest.raises(ValueError, match="Helvetica"):
        canvas().setFont("Helvetica", 9)


def test_a_character_without_a_glyph_never_reaches_the_page(renderer: LetterRenderer) -> None:
    paper = EmbeddedCanvas(BytesIO(), pagesize=(200, 200), initialFontName=REGULAR)
    with pytest.raises(InputError, match=r"U\+685C"):
        paper.drawString(10, 10, "桜")


def test_an_annotation_without_an_element_is_refused(renderer: LetterRenderer) -> None:
    with pytest.raises(ValueError, match="with their element"):
        canvas().linkURL("https://northmere.example", (0, 0, 10, 10))


def test_a_heading_that_skips_a_level_is_refused(renderer: LetterRenderer) -> None:
    with pytest.raises(ValueError, match="level 3 follows one of level 1"):
        renderer.render(stories.saying(Heading(3, "Too deep")))


@pytest.mark.parametrize(
    ("kind", "parent"),
    [(Kind.CELL, Kind.TABLE), (Kind.ITEM, Kind.P), (Kind.H2, Kind.P), (Kind.LABEL, Kind.LIST)],
)
def test_an_element_in_the_wrong_place_is_refused(kind: Kind, parent: Kind) -> None:
    root = Element(Kind.DOCUMENT)
    with pytest.raises(ValueError, match="cannot stand in"):
        Element(kind, Element(parent, root))


def test_words_for_those_who_cannot_see_are_never_left_out() -> None:
    with pytest.raises(ValueError, match="needs its words"):
        Element(Kind.FIGURE, Element(Kind.DOCUMENT), alternative=" ")
    with pytest.raises(ValueError, match="needs words"):
        Figure(" ", b"x")
    with pytest.raises(ValueError, match="either a picture or a QR code"):
        Figure("Both", b"x", qr="y")


def test_a_span_must_stand_in_its_paragraph_and_lead_to_a_page_or_a_mailbox() -> None:
    with pytest.raises(ValueError, match="does not stand"):
        Paragraph("Call us.", spans=(Span("Write to us"),))
    for address in ("javascript:alert(1)", "http://x.example", "file:///etc/passwd"):
        with pytest.raises(ValueError, match="cannot lead to"):
            Span("here", address=address)


def test_a_wide_cell_covers_blank_cells_only() -> None:
    for wide in (WideCell(0, 0, 2), WideCell(0, 1, 2)):
        with pytest.raises(ValueError, match="no room for its wide cell"):
            Table("t", ("a", "b"), (("1", "2"),), (Align.LEFT, Align.LEFT), wide_cells=(wide,))


def test_reading_order_survives_a_reader_that_knows_no_structure(
    renderer: LetterRenderer, tmp_path: Path
) -> None:
    letter: Letter = replace(samples.person_letter(), is_demo=False)
    path = tmp_path / "letter.pdf"
    path.write_bytes(renderer.render(letter))
    plain = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True).stdout.decode()
    squeezed, at = "".join(plain.split()), 0
    for text in meant(letter)[:20]:
        at = squeezed.index("".join(text.split()), at)
