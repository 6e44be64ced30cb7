"""What is remembered or read in one step is what the libraries write and read step by step."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from asn1crypto.x509 import NameTypeAndValue
from hypothesis import given
from hypothesis import strategies as st
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from reportlab.lib import rl_accel
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from brokerdesk.core.documents import pades, quick_names, quick_reader
from brokerdesk.core.documents.fonts import REGULAR, let_go, refuse_unwritable
from brokerdesk.core.documents.quick_numbers import USERS, written
from brokerdesk.core.documents.renderer import LetterRenderer
from brokerdesk.core.documents.stamps import stamp_of, stamp_page
from brokerdesk.core.documents.tagging.canvas import EmbeddedCanvas
from brokerdesk.core.domain.errors import InputError

_ODDITIES = st.lists(
    st.sampled_from([b"<", b">", b" ", b"\n", b"%", b"4a", b"4A", b"f", b"00", b"x", b"\x00", b"feff0041"]),
    max_size=12,
).map(b"".join)


def read(way: object, held: bytes) -> tuple[object, int]:
    stream = BytesIO(held)
    try:
        return way(stream), stream.tell()  # type: ignore[operator]  # both ways are functions
    except PdfError as why:
        return type(why), -1


@given(_ODDITIES)
def test_a_string_of_hex_digits_is_read_as_pyhanko_reads_it(inside: bytes) -> None:
    held = b"<" + inside
    assert read(quick_reader.read_hex_string, held) == read(quick_reader._digit_by_digit, held)


def test_a_string_longer_than_one_step_is_read_whole() -> None:
    held = b"<" + b"5e" * quick_reader._MOST + b"> 7"
    assert read(quick_reader.read_hex_string, held) == read(quick_reader._digit_by_digit, held)


@given(st.lists(st.floats(-1e6, 1e6) | st.integers(-9999, 9999), min_size=1, max_size=6))
def test_numbers_are_written_as_the_drawing_library_writes_them(numbers: list[float]) -> None:
    assert written(*numbers) == rl_accel.fp_str(*numbers)
    assert written(numbers) == rl_accel.fp_str(*numbers)


def test_every_module_that_writes_numbers_remembers_them(renderer: LetterRenderer) -> None:
    renderer.prepare()
    assert {user.fp_str for user in USERS} == {written}  # type: ignore[attr-defined]  # patched there


@pytest.mark.parametrize("lines", [
    ("Signed by Gideon Fairweather", "Commissioner", "14:05", "Code 12AB"),
    ("Signed by Zoë Łukasz", "Café – “west”", "14:05", "Code 12AB"),
    ("Signed by Siân Ŵyn", "Ŵest Ðale", "23:59", "Code FFFF"),
])  # fmt: skip
def test_a_stamp_on_a_shared_page_is_the_stamp_on_its_own(
    renderer: LetterRenderer, lines: tuple[str, ...]
) -> None:
    renderer.prepare()
    for code in ("BROKERDESK:1", "BROKERDESK:2"):
        shared, own = stamp_of(lines, code), stamp_page(lines, code)
        assert shared.strokes == opened(own)["/Contents"].data
        fonts, wanted = (
            {name: parts(font.get_object()) for name, font in opened(page)["/Resources"]["/Font"].items()}
            for page in (shared.page, own)
        )
        assert fonts == wanted


def opened(page: bytes) -> dict[str, object]:
    found: dict[str, object] = PdfFileReader(BytesIO(page)).root["/Pages"]["/Kids"][0]
    return found


def parts(font: dict[str, object]) -> tuple[bytes, bytes, str]:
    """Of a font: the outlines, the map of its codes to characters, the widths."""
    outlines = font["/FontDescriptor"]["/FontFile2"].data  # type: ignore[index]  # a dictionary
    return outlines, font["/ToUnicode"].data, str(font["/Widths"])  # type: ignore[attr-defined]  # a stream


def test_a_character_is_refused_however_often_the_others_were_looked_up(renderer: LetterRenderer) -> None:
    renderer.prepare()
    refuse_unwritable(("Hello", "Hello"))
    for _ in range(2):
        with pytest.raises(InputError, match="U\\+4E2D"):
            refuse_unwritable(("Hello", "Hello 中"))


@given(st.binary(max_size=40))
def test_a_string_is_escaped_as_the_drawing_library_escapes_it(held: bytes) -> None:
    canvas = EmbeddedCanvas.__new__(EmbeddedCanvas)
    assert canvas._escape(held) == rl_accel.escapePDF(held)
    assert canvas._escape(held.decode("latin-1")) == rl_accel.escapePDF(held)


_WRITTEN = st.lists(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x500), max_size=12), max_size=40)


@given(_WRITTEN)
def test_codes_of_a_text_are_those_that_the_drawing_library_gives(
    renderer: LetterRenderer, texts: list[str]
) -> None:
    renderer.prepare()
    font, one, other = pdfmetrics.getFont(REGULAR), _Document(), _Document()
    for text in (*texts, *texts):
        assert font.splitString(text, one) == list(TTFont.splitString(font, text, other))
    let_go(one)
    let_go(other)


class _Document:
    """What a font keeps its codes by."""


@given(st.text(max_size=30))
def test_names_are_prepared_as_the_certificate_library_prepares_them(words: str) -> None:
    own, theirs = (outcome(way, words) for way in (_through_the_library, quick_names._by_the_book))
    assert own == theirs
    assert NameTypeAndValue._ldap_string_prep is not quick_names._by_the_book, pades


def _through_the_library(_: None, words: str) -> str:
    found: str = NameTypeAndValue({"type": "common_name"})._ldap_string_prep(words)
    return found


def outcome(way: Callable[[None, str], str], words: str) -> str:
    """What it makes of words, or why it refuses them."""
    try:
        return way(None, words)
    except ValueError as why:
        return f"refused: {why}"
