"""Pages as pictures for the screen."""

from __future__ import annotations

import pytest

from brokerdesk.core.documents.preview import read_text, render_pages
from brokerdesk.core.domain.errors import InputError


def test_a_page_is_a_picture_of_a4_at_the_asked_size(signed_letters: dict[str, bytes]) -> None:
    pages = render_pages(signed_letters["award"], 72)
    assert len(pages) == 4
    for width, height, dots in pages:
        assert (width, height) == (596, 842)
        assert len(dots) == width * height * 4
        assert dots[:4] == b"\xff\xff\xff\xff"


def test_colours_come_in_the_order_red_green_blue(signed_letters: dict[str, bytes]) -> None:
    width, height, dots = render_pages(signed_letters["award"], 72)[0]
    at = ((height - 820) * width + width // 2 - 58) * 4
    red, green, blue, alpha = dots[at : at + 4]
    assert red > 200
    assert red > green > blue
    assert alpha == 255


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7 torn"])
def test_what_cannot_be_shown_is_said(data: bytes) -> None:
    with pytest.raises(InputError, match="damaged or not a PDF"):
        render_pages(data, 72)
    with pytest.raises(InputError, match="damaged or not a PDF"):
        read_text(data)
