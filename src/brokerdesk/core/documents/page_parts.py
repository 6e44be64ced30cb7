"""Draws the pages of a PDF from outside, in the reading process, as plain dots."""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from brokerdesk.core.documents.preview import POINTS_PER_INCH, picture_of


def read_parts(
    path: Path, caps: Any, say: Callable[[int, int | None], None]
) -> tuple[dict[str, Any], Iterator[list[Any]]]:
    """Head with the file's SHA-256 and a row per page: width, height, RGBA dots packed and in base64.

    A file of more pages than the cap is drawn so far; a page of more dots than the cap is passed over.
    """
    data = path.read_bytes()
    say(0, None)
    return {"sha256": hashlib.sha256(data).hexdigest()}, _pages(data, caps)


def _pages(data: bytes, caps: Any) -> Iterator[list[Any]]:
    import pypdfium2

    scale = caps.page_dpi / POINTS_PER_INCH
    with pypdfium2.PdfDocument(data) as document:
        document.init_forms()
        for index in range(min(len(document), caps.pages)):
            page = document[index]
            if page.get_width() * page.get_height() * scale**2 <= caps.page_dots:
                wide, high, dots = picture_of(page, scale)
                yield [wide, high, base64.b64encode(zlib.compress(dots, 1)).decode()]
