"""What is remembered or read in one step is what the libraries write and read step by step."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from reportlab.lib import rl_accel

from brokerdesk.core.documents import quick_reader
from brokerdesk.core.documents.fonts import refuse_unwritable
from brokerdesk.core.documents.quick_numbers import USERS, written
from brokerdesk.core.documents.renderer import LetterRenderer
from brokerdesk.core.documents.stamps import stamp_of, stamp_page
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
