"""Pictures with words for those who cannot see them."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Any

from reportlab.lib.colors import Color
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable

from brokerdesk.core.documents.tagging.elements import Element
from brokerdesk.core.domain.errors import InputError

_LARGEST = 4_000_000
"""Dots of a picture; a letter needs far fewer."""
_DARK = 128
"""Of 255."""
Box = tuple[float, float, float, float]
"""Left, bottom, width, height in points."""


class Picture(Flowable):  # type: ignore[misc]  # reportlab is untyped
    """A picture of its own in the flow of the text."""

    def __init__(self, element: Element, reader: Any, width: float, height: float) -> None:
        super().__init__()
        self._element = element
        self._reader = reader
        self.width, self.height = width, height

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The room it takes."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw it at the origin."""
        draw_picture(self.canv, self._element, self._reader, (0, 0, self.width, self.height))


class QrCode(Flowable):  # type: ignore[misc]  # reportlab is untyped
    """A code that a telephone reads, in the flow of the text."""

    def __init__(self, element: Element, text: str, side: float, ink: Color) -> None:
        super().__init__()
        self._element = element
        self._text = text
        self._ink = ink
        self.width = self.height = side

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The room it takes."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw it at the origin."""
        canvas = self.canv
        frame(canvas, self._element, (0, 0, self.width, self.height))
        with canvas.owned(self._element):
            draw_qr(canvas, self._text, (0, 0, self.width, self.height), self._ink)


def draw_picture(canvas: Any, element: Element, reader: Any, box: Box) -> None:
    """Draw a picture as a figure on a tagged canvas."""
    frame(canvas, element, box)
    with canvas.owned(element):
        canvas.drawImage(reader, *box, mask="auto")


def frame(canvas: Any, element: Element, box: Box) -> None:
    """Note where on the page a figure stands, as readers that reflow the page want to know."""
    left, bottom, width, height = box
    edges = (*canvas.absolutePosition(left, bottom), *canvas.absolutePosition(left + width, bottom + height))
    shown = " ".join(f"{edge:.2f}" for edge in edges)
    element.attributes = {"O": "/Layout", "Placement": "/Block", "BBox": f"[{shown}]"}


def draw_qr(canvas: Any, text: str, box: Box, ink: Color) -> None:
    """Draw a QR code as one filled path, sharp at any size, with the four blank modules around it."""
    left, bottom, side, _ = box
    rows = qr_rows(text)
    step = side / (len(rows) + 8)
    path = canvas.beginPath()
    for at, row in enumerate(rows):
        y = bottom + side - (at + 5) * step
        for start, length in row:
            path.rect(left + (start + 4) * step, y, length * step, step)
    canvas.setFillColor(ink)
    canvas.drawPath(path, stroke=0, fill=1)


@lru_cache(maxsize=64)
def qr_rows(text: str) -> tuple[tuple[tuple[int, int], ...], ...]:
    """A QR code's rows, each as its dark runs: where one begins and how long it is, in modules."""
    import zxingcpp

    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image: Any = made.to_image(scale=1, add_quiet_zones=False)
    rows: Any = memoryview(image).tolist()
    return tuple(tuple(_runs([dot < _DARK for dot in row])) for row in rows)


def _runs(dark: list[bool]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for at, is_dark in enumerate(dark):
        if is_dark and found and sum(found[-1]) == at:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif is_dark:
            found.append((at, 1))
    return found


def opened_picture(picture: bytes, name: str = "picture") -> Any:
    """A picture ready for the page.

    Args:
        picture: PNG or JPEG.
        name: what people call it, such as `drawn signature`.

    Raises:
        InputError: it is no picture, far larger than a letter needs, or in the colours of a printing press.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(picture), formats=("PNG", "JPEG")) as image:
            wide, high, mode = *image.size, image.mode
        if not 0 < wide * high <= _LARGEST:
            raise InputError(f"The {name} is larger than 4 million dots. Save it smaller and try again.")
        if mode == "CMYK":
            raise InputError(f"The {name} is in a printing press’s colours. Save it in RGB and try again.")
        reader = ImageReader(BytesIO(picture))
        reader.getRGBData()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as why:
        raise InputError(f"The {name} is not a PNG or JPEG picture. Draw it again.") from why
    return reader
