"""Letters as PDF: the same bytes, embedded fonts, literal text, nothing left out in silence."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

import letter_samples as samples
from brokerdesk.core.documents.preview import read_text, render_pages
from brokerdesk.core.documents.renderer import LetterRenderer, read_wordings
from brokerdesk.core.domain.errors import InputError, PlaceError
from brokerdesk.core.domain.letter import Letter, LetterKind, Paragraph, Table, letter_hash


def one_line(text: str) -> str:
    return " ".join(text.split())


def saying(text: str) -> Letter:
    return replace(samples.award_letter(), blocks=(Paragraph(text),))


@pytest.mark.parametrize("kind", samples.LETTERS)
def test_the_same_letter_gives_the_same_bytes(renderer: LetterRenderer, kind: str) -> None:
    assert renderer.render(samples.LETTERS[kind]()) == renderer.render(samples.LETTERS[kind]())


@pytest.mark.parametrize("kind", samples.LETTERS)
def test_every_font_in_a_letter_is_embedded(renderer: LetterRenderer, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(renderer.render(samples.LETTERS[kind]()))
    listed = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout
    fonts = listed.splitlines()[2:]
    assert fonts
    assert all(re.search(r"NotoSans.*TrueType +\S+ +yes yes yes", line) for line in fonts), listed


@pytest.mark.parametrize("kind", samples.LETTERS)
def test_a_letter_carries_no_link_script_or_attachment(renderer: LetterRenderer, kind: str) -> None:
    pdf = renderer.render(samples.LETTERS[kind]())
    for forbidden in (b"/URI", b"/JavaScript", b"/JS", b"/EmbeddedFile", b"/Launch", b"/OpenAction"):
        assert forbidden not in pdf


def test_a_letter_says_its_title_and_language(renderer: LetterRenderer) -> None:
    pdf = renderer.render(samples.award_letter())
    assert b"/Lang (en-GB)" in pdf
    assert b"/DisplayDocTitle true" in pdf
    assert b"(Award of care package KVB-0007)" in pdf


def test_the_footer_prints_the_hash_of_what_the_letter_says(renderer: LetterRenderer) -> None:
    letter = samples.award_letter()
    pages = read_text(renderer.render(letter)).split("\f")
    assert len(pages) == 4
    for number, page in enumerate(pages, 1):
        assert letter_hash(letter) in page
        assert f"Page {number} of 4" in one_line(page)


def test_markup_in_a_name_is_printed_as_it_was_typed(renderer: LetterRenderer) -> None:
    typed = 'Rose <Leeds> Lodge & Sons <img src="/etc/passwd"/> <b>bold</b> &amp; <a href="http://x.example">x</a>'
    pdf = renderer.render(saying(typed))
    assert one_line(typed) in one_line(read_text(pdf))
    assert b"/URI" not in pdf


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Smile 😀", "grinning face"),
        ("桜の家", "U+685C"),
        ("bell\x07", "U+0007"),
        ("turned \u202e round", "U+202E"),
        ("نور", "U+0646"),
        ("हरि", "U+0939"),
    ],
)
def test_a_character_that_the_fonts_lack_is_named(renderer: LetterRenderer, text: str, named: str) -> None:
    with pytest.raises(InputError) as refused:
        renderer.render(saying(text))
    assert named in refused.value.message


def test_a_person_s_letter_is_set_larger_and_large_print_larger_still(renderer: LetterRenderer) -> None:
    ordinary, large = samples.person_letter(), replace(samples.person_letter(), is_large_print=True)
    assert len(render_pages(renderer.render(large), 20)) > len(render_pages(renderer.render(ordinary), 20))


def test_demo_stands_on_every_page_of_a_demo_letter_and_on_no_other(renderer: LetterRenderer) -> None:
    letter = samples.award_letter()
    assert all("DEMO" in page for page in read_text(renderer.render(letter)).split("\f"))
    assert "DEMO" not in read_text(renderer.render(replace(letter, is_demo=False)))


def test_a_long_table_repeats_its_heading_on_every_page(renderer: LetterRenderer) -> None:
    table = samples.requirement_sheet().blocks[-3]
    assert isinstance(table, Table)
    long = replace(table, cells=tuple((f"Criterion {n}", str(n)) for n in range(120)))
    pages = read_text(renderer.render(replace(samples.requirement_sheet(), blocks=(long,)))).split("\f")
    assert len(pages) > 2
    assert all("Weight" in page for page in pages)


def test_a_drawn_signature_changes_the_page(renderer: LetterRenderer) -> None:
    out = BytesIO()
    Image.new("RGBA", (300, 90), (20, 40, 160, 255)).save(out, "PNG")
    letter = samples.person_letter()
    drawn = renderer.render(letter, signature_picture=out.getvalue())
    assert drawn != renderer.render(letter)
    assert drawn == renderer.render(letter, signature_picture=out.getvalue())
    assert render_pages(drawn, 40)[1][2] != render_pages(renderer.render(letter), 40)[1][2]


@pytest.mark.parametrize("picture", [b"not a picture", b"\x89PNG\r\n\x1a\n" + b"0" * 40, b"%PDF-1.7"])
def test_a_signature_that_is_no_picture_is_refused(renderer: LetterRenderer, picture: bytes) -> None:
    with pytest.raises(InputError, match="Draw it again"):
        renderer.render(samples.person_letter(), signature_picture=picture)


def test_a_signature_picture_of_monstrous_size_is_refused(renderer: LetterRenderer) -> None:
    out = BytesIO()
    Image.new("1", (3000, 3000)).save(out, "PNG")
    with pytest.raises(InputError, match="larger than 4 million dots"):
        renderer.render(samples.person_letter(), signature_picture=out.getvalue())


def test_missing_fonts_are_said(tmp_path: Path) -> None:
    with pytest.raises(PlaceError, match="fonts"):
        LetterRenderer(tmp_path).render(samples.award_letter())


@pytest.mark.parametrize("kind", LetterKind)
def test_the_shipped_paragraphs_are_read(kind: LetterKind) -> None:
    assert read_wordings(samples.RESOURCES, kind) == samples.wordings(kind)


def test_a_broken_paragraph_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "award.toml").write_text("opening = ", encoding="utf-8")
    with pytest.raises(PlaceError, match=r"award\.toml"):
        read_wordings(tmp_path, LetterKind.AWARD)
