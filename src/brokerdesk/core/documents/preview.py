"""Pages of a PDF as pictures and as words, for the screen and for reading back."""

from __future__ import annotations

import re
from threading import Lock
from typing import TYPE_CHECKING

from brokerdesk.core.domain.errors import InputError

if TYPE_CHECKING:
    import pypdfium2

_BGRA = 4
"""FPDFBitmap_BGRA; with the byte order turned round the bytes come as RGBA."""
_LINE_END_HYPHEN = re.compile("[\x02\ufffe]")
"""What PDFium writes for a hyphen at a line's end."""
_ONE_AT_A_TIME = Lock()
"""PDFium keeps one global state and may be called by one thread at a time."""
POINTS_PER_INCH = 72


def render_pages(pdf: bytes, dpi: int) -> list[tuple[int, int, bytes]]:
    """Every page as (width, height, RGBA bytes), signature stamps included.

    Args:
        pdf: the file's bytes.
        dpi: dots an inch; 96 is a screen's own size.

    Raises:
        InputError: the file cannot be read as PDF.
    """
    import pypdfium2

    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as why:
            raise InputError(
                "This file cannot be shown: it is damaged or not a PDF.", unreadable=True
            ) from why
        with document:
            document.init_forms()
            return [picture_of(document[index], dpi / POINTS_PER_INCH) for index in range(len(document))]


def read_text(pdf: bytes, *, head: float = 0, foot: float = 0) -> str:
    """The words on its pages, in reading order, a form feed between pages.

    Args:
        pdf: the file's bytes.
        head: points at the top of each page that are passed over, such as a running head.
        foot: points at the bottom that are.

    Raises:
        InputError: the file cannot be read as PDF.
    """
    import pypdfium2

    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as why:
            raise InputError(
                "This file cannot be read: it is damaged or not a PDF.", unreadable=True
            ) from why
        with document:
            return "\f".join(_words(document[index], head, foot) for index in range(len(document)))


def picture_of(page: pypdfium2.PdfPage, scale: float) -> tuple[int, int, bytes]:
    """One page as width, height and RGBA bytes; it is closed after."""
    bitmap = page.render(scale=scale, may_draw_forms=True, force_bitmap_format=_BGRA, rev_byteorder=True)
    try:
        return bitmap.width, bitmap.height, _rows(bytes(bitmap.buffer), bitmap.stride, bitmap.width * 4)
    finally:
        bitmap.close()
        page.close()


def _rows(held: bytes, stride: int, wide: int) -> bytes:
    if stride == wide:
        return held
    return b"".join(held[at : at + wide] for at in range(0, len(held), stride))


def _words(page: pypdfium2.PdfPage, head: float, foot: float) -> str:
    textpage = page.get_textpage()
    try:
        words = str(textpage.get_text_bounded(bottom=foot, top=page.get_height() - head))
        return _LINE_END_HYPHEN.sub("-", words.replace("\r\n", "\n"))
    finally:
        textpage.close()
        page.close()
