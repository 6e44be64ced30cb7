"""The address of a posted letter stands in the window of a DL envelope, and nothing else does."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw
import pytest

import letter_samples as samples
from brokerdesk.core.documents.envelope import read_window
from brokerdesk.core.documents.renderer import LetterRenderer
from brokerdesk.core.documents.styles import LARGE_PRINT
from brokerdesk.core.domain.errors import PlaceError
from brokerdesk.core.domain.letter import Letter

MM = 72 / 25.4
SHEET = 297
ENVELOPE = tomllib.loads((samples.RESOURCES / "layouts" / "envelope.toml").read_text(encoding="utf-8"))
BOX = ENVELOPE["address"]
ADDRESSES = {
    "short": ("Mrs Winifred Larkspur", "4 Quarry Row", "Northmere", "WN5 9AA"),
    "long": (
        "Mrs Winifred Larkspur", "c/o Lucasta Fernhollow-Applegarth", "Flat 12, The Old Maltings",
        "144 Upper Quarry Row", "Northmere", "WN5 9AA",
    ),
    "wide": (
        "Brackenthwaite and Lower Northmere Domiciliary Care Partnership Limited",
        "For the attention of Lucasta Fernhollow-Applegarth, registered manager", "2 Mill Lane", "NM2 4BB",
    ),
}  # fmt: skip

Box = tuple[float, float, float, float]


def boxes(pdf: bytes) -> list[tuple[str, Box]]:
    """Every character of the first page with its left, top, right and bottom in millimetres."""
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[0].get_textpage()
        found = []
        for at in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(at)
            box = (left / MM, SHEET - top / MM, right / MM, SHEET - bottom / MM)
            found.append((text.get_text_range(at, 1), box))
        return found


def shown_by_the_window(found: list[tuple[str, Box]]) -> list[tuple[str, Box]]:
    """What is written on the address's side of the sheet, where a window may show it."""
    right, low = ENVELOPE["nothing_else"]["right"], ENVELOPE["nothing_else"]["bottom"]
    return [
        (sign, box)
        for sign, box in found
        if sign.strip() and box[0] < right and box[1] < low and box[3] > BOX["top"]
    ]


@pytest.mark.parametrize("is_large", [False, True])
@pytest.mark.parametrize("which", ADDRESSES)
def test_the_address_stands_in_the_window(renderer: LetterRenderer, which: str, is_large: bool) -> None:
    recipient = ADDRESSES[which]
    letter = replace(samples.person_letter(), recipient=recipient, is_large_print=is_large)
    shown = shown_by_the_window(boxes(renderer.render(letter)))
    assert "".join(sign for sign, _ in shown) == "".join("".join(recipient).split())
    lefts, tops, rights, bottoms = zip(*(box for _, box in shown), strict=True)
    assert min(lefts) >= BOX["left"]
    assert max(rights) <= BOX["right"]
    assert min(tops) >= BOX["top"]
    assert max(bottoms) <= BOX["bottom"]


def test_an_address_in_large_print_stays_large_while_it_has_room(renderer: LetterRenderer) -> None:
    letter = replace(samples.person_letter(), recipient=ADDRESSES["short"], is_large_print=True)
    with pypdfium2.PdfDocument(renderer.render(letter)) as document:
        text = document[0].get_textpage()
        found = text.search("4 Quarry Row").get_next()
        assert found is not None
        assert raw.FPDFText_GetFontSize(text, found[0]) == pytest.approx(LARGE_PRINT)


def test_a_letter_that_names_no_address_keeps_its_room(renderer: LetterRenderer) -> None:
    named: Letter = replace(samples.person_letter(), recipient=("Mrs Winifred Larkspur",))
    posted = replace(named, recipient=ADDRESSES["short"])

    def title_at(letter: Letter) -> float:
        found = boxes(renderer.render(letter))
        words = "".join(sign for sign, _ in found)
        return found[words.index(letter.title)][1][1]

    assert title_at(named) < ENVELOPE["nothing_else"]["bottom"] <= title_at(posted)


def test_a_window_that_is_not_told_is_a_place_error(tmp_path: Path) -> None:
    with pytest.raises(PlaceError, match="envelope"):
        read_window(tmp_path)
