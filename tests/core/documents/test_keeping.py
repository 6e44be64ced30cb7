"""What stays together on a page: no heading, signature, total or single line stands alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import letter_samples as samples
from brokerdesk.core.documents.renderer import LetterRenderer
from brokerdesk.core.domain.letter import Align, Bullets, Heading, Paragraph, Table

RENDERER = LetterRenderer(samples.RESOURCES)
LINE = Paragraph("Words that fill one line and no more.")


def pages(*blocks: object) -> list[str]:
    """The words of each page, with no footer and no running head."""
    from pypdfium2 import PdfDocument

    letter = replace(samples.award_letter(), blocks=blocks, is_demo=False, footer=(), counter_signature=None)
    with PdfDocument(RENDERER.render(letter)) as pdf:
        return [pdf[at].get_textpage().get_text_range() for at in range(len(pdf))]


@settings(max_examples=12, deadline=None)
@given(st.integers(8, 40))
def test_a_signature_never_stands_on_a_page_without_words_before_it(lines: int) -> None:
    found = pages(*[LINE] * lines, Paragraph("The last words before the signature."))
    page = next(text for text in found if "Yours faithfully" in text)
    assert "The last words before the signature." in page


@pytest.mark.parametrize("lines", range(20, 40))
def test_a_heading_over_one_line_is_not_left_behind(lines: int) -> None:
    found = pages(*[LINE] * lines, Heading(2, "What comes"), Paragraph("One line."), LINE, LINE)
    page = next(text for text in found if "What comes" in text)
    assert "One line." in page


@settings(max_examples=12, deadline=None)
@given(st.integers(8, 40))
def test_a_heading_and_a_lead_in_stay_with_what_follows(lines: int) -> None:
    points = Bullets(("The first point.", "The second point."))
    found = pages(*[LINE] * lines, Heading(2, "What comes"), Paragraph("These count:"), points)
    page = next(text for text in found if "What comes" in text)
    assert "These count:" in page
    assert "The first point." in page


@pytest.mark.parametrize("lines", range(8, 24, 2))
def test_the_notes_at_the_end_go_with_the_last_signature(lines: int) -> None:
    from pypdfium2 import PdfDocument

    letter = replace(samples.agreement(), blocks=(LINE,) * lines, is_demo=False)
    with PdfDocument(RENDERER.render(letter)) as pdf:
        found = [pdf[at].get_textpage().get_text_range() for at in range(len(pdf))]
    page = next(text for text in found if "advanced electronic signature" in text)
    assert "Signed for the provider." in page


@pytest.mark.parametrize("lines", range(18, 34, 3))
def test_a_short_table_stays_whole_and_a_total_is_never_alone(lines: int) -> None:
    rows = tuple((f"Row {at}", f"{at}.00") for at in range(4))
    sums = Table("Sums", ("What", "How much"), (*rows, ("Total", "6.00")), (Align.LEFT, Align.RIGHT), True)
    found = pages(*[LINE] * lines, sums, LINE)
    page = next(text for text in found if "Row 0" in text)
    assert "Total" in page
    many = tuple((f"Row {at}", f"{at}.00") for at in range(lines * 2))
    long = Table("Sums", ("What", "How much"), (*many, ("Total", "9.00")), (Align.LEFT, Align.RIGHT), True)
    page = next(text for text in pages(long, LINE) if "Total" in text)
    assert f"Row {lines * 2 - 1}" in page


@pytest.mark.parametrize("rows", range(26, 40))
def test_no_row_of_a_table_stands_on_its_last_page_alone(rows: int) -> None:
    cells = tuple((f"Row {at}.", f"{at}") for at in range(rows))
    found = pages(Table("Sums", ("What", "How much"), cells, (Align.LEFT, Align.RIGHT)), LINE)
    page = next(text for text in found if f"Row {rows - 1}." in text)
    assert f"Row {rows - 2}." in page
