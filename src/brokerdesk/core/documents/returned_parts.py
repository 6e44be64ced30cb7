"""Looks at a file that came back, in the reading process: signatures, revisions, codes on its pages.

The reading process names this module by `read_parts`; what it finds goes back as plain values.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from brokerdesk.core.documents.seen import LARGEST
from brokerdesk.core.documents.signature_facts import plain_facts

_DPI = 200
_MOST_PAGES = 20
"""Of a scan that are looked at for a code."""
_MOST_DOTS = 60_000_000
_HALF = 0.5
"""Of a page: a picture that covers so much makes it a scanned one."""


def read_parts(
    path: Path, caps: Any, say: Callable[[int, int | None], None]
) -> tuple[dict[str, Any], Iterator[list[Any]]]:
    """Head of plain values, as `returned.file_of` reads them; no rows."""
    if path.stat().st_size > LARGEST:
        return {"is_too_large": True}, iter(())
    data = path.read_bytes()
    say(0, None)
    is_pdf = data.startswith(b"%PDF")
    head: dict[str, Any] = {
        "sha256": hashlib.sha256(data).hexdigest(),
        "is_pdf": is_pdf,
        "is_scan": not is_pdf,
        "signatures": [],
        "revisions": [],
        "codes": [],
    }
    if is_pdf:
        head |= _signed(data)
    if not head["signatures"] and "is_broken" not in head:
        head |= _scanned(data) if is_pdf else {"codes": _codes(_picture(data))}
    return head, iter(())


def _signed(data: bytes) -> dict[str, Any]:
    from brokerdesk.core.documents.judging import read_signatures

    try:
        found = read_signatures(data)
    except Exception:  # whatever a torn or forged file does to the parser, it cannot be relied on
        return {"is_broken": True} if b"/ByteRange" in data else {}  # scanners write loosely
    ends = dict.fromkeys(one.ends_at for one in found)
    return {
        "signatures": [plain_facts(one) for one in found],
        "revisions": [[end, hashlib.sha256(data[:end]).hexdigest()] for end in ends],
    }


def _scanned(data: bytes) -> dict[str, Any]:
    import pypdfium2

    codes: list[str] = []
    is_scan = False
    with pypdfium2.PdfDocument(data) as document:
        document.init_forms()
        for index in range(min(len(document), _MOST_PAGES)):
            page = document[index]
            is_scan = is_scan or _is_picture(page)
            if page.get_width() * page.get_height() * (_DPI / 72) ** 2 < _MOST_DOTS:
                codes += _codes(page.render(scale=_DPI / 72, may_draw_forms=True).to_pil())
            page.close()
    return {"is_scan": is_scan, "codes": codes}


def _is_picture(page: Any) -> bool:
    """Whether pictures cover at least half of a page."""
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    whole = page.get_width() * page.get_height()
    for image in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) >= whole * _HALF:
            return True
    return False


def _picture(data: bytes) -> Any:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = _MOST_DOTS
    picture = Image.open(BytesIO(data), formats=("PNG", "JPEG"))
    return picture.convert("L")


def _codes(picture: Any) -> list[str]:
    import zxingcpp

    squares = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    found = zxingcpp.read_barcodes(picture.convert("L"), formats=squares)
    return [one.text for one in found if one.valid]
