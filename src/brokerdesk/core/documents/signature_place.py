"""Where people sign: a line for a drawn, typed or handwritten signature, beside it the electronic field."""

from __future__ import annotations

from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from brokerdesk.core.documents.fields import FieldPlace
from brokerdesk.core.documents.fonts import BOLD, REGULAR
from brokerdesk.core.documents.styles import DEEP, HAIRLINE, INK, PALE, PAPER, PEN, QUIET, TEXT_WIDTH
from brokerdesk.core.documents.tagging.elements import Element, Kind
from brokerdesk.core.documents.tagging.figure import draw_picture, draw_qr, opened_picture
from brokerdesk.core.documents.tagging.marks import Artifact

STAMP_WIDTH, STAMP_HEIGHT = 88 * mm, 24 * mm
_ROOM = TEXT_WIDTH - STAMP_WIDTH - 6 * mm


class SignaturePlace(Flowable):  # type: ignore[misc]  # reportlab is untyped
    """One signer's place in the flow of the letter. Source: docs/rules.md R146."""

    def __init__(
        self, root: Element, field: str, spoken: str, *, name: str = "", picture: bytes | None = None
    ) -> None:
        """Declare a place.

        Args:
            root: the document.
            field: name of the electronic field.
            spoken: what a screen reader says of it.
            name: typed as a signature where nothing is drawn; blank leaves the line for a pen.
            picture: the drawn signature, PNG or JPEG.
        """
        super().__init__()
        self.width, self.height = TEXT_WIDTH, STAMP_HEIGHT
        self._root = root
        self._field = field
        self._spoken = spoken
        self._name = name
        self._picture = opened_picture(picture, "drawn signature") if picture else None

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The room it takes."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the signature, the line under it and the field."""
        canvas = self.canv
        if self._picture is not None:
            self._draw_picture(canvas, self._picture)
        elif self._name:
            self._draw_name(canvas)
        left = TEXT_WIDTH - STAMP_WIDTH
        with canvas.owned(Artifact.LAYOUT):
            canvas.setStrokeColor(HAIRLINE)
            canvas.setLineWidth(0.6)
            canvas.line(0, self.height * 0.18, _ROOM, self.height * 0.18)
            canvas.roundRect(left + 0.4, 0.4, STAMP_WIDTH - 0.8, STAMP_HEIGHT - 0.8, 4, stroke=1, fill=0)
        x, y = canvas.absolutePosition(left, 0)
        box = (x, y, x + STAMP_WIDTH, y + STAMP_HEIGHT)
        form = Element(Kind.FORM, self._root, alternative=self._spoken)
        canvas.add_signature_field(form, FieldPlace(self._field, self._spoken, canvas.getPageNumber(), box))

    def _draw_name(self, canvas: Any) -> None:
        with canvas.owned(Element(Kind.P, self._root)):
            canvas.setFillColor(PEN)
            canvas.setFont(REGULAR, min(20.0, 20.0 * _ROOM / canvas.stringWidth(self._name, REGULAR, 20)))
            canvas.drawString(0, self.height * 0.35, self._name)

    def _draw_picture(self, canvas: Any, picture: Any) -> None:
        wide, high = picture.getSize()
        scale = min(_ROOM / wide, self.height * 0.78 / high)
        figure = Element(Kind.FIGURE, self._root, alternative=f"{self._spoken}, drawn by hand")
        draw_picture(canvas, figure, picture, (0, self.height * 0.2, wide * scale, high * scale))


def draw_stamp(canvas: Any, lines: tuple[str, ...], code: str) -> None:
    """Draw the visible stamp on a page of its own size: lines fitted to the width, beside them a QR code.

    Args:
        canvas: of reportlab.
        lines: the first is strong.
        code: words of the QR code.
    """
    canvas.setFillColor(PALE)
    canvas.setStrokeColor(HAIRLINE)
    canvas.setLineWidth(0.6)
    canvas.roundRect(0.4, 0.4, STAMP_WIDTH - 0.8, STAMP_HEIGHT - 0.8, 4, stroke=1, fill=1)
    canvas.setFillColor(DEEP)
    canvas.rect(0.4, 5, 2.4, STAMP_HEIGHT - 10, stroke=0, fill=1)
    side = STAMP_HEIGHT - 5
    canvas.setFillColor(PAPER)
    canvas.rect(STAMP_WIDTH - side - 2.5, 2.5, side, side, stroke=0, fill=1)
    draw_qr(canvas, code, (STAMP_WIDTH - side - 2.5, 2.5, side, side), INK)
    room, step = STAMP_WIDTH - side - 18, (STAMP_HEIGHT - 14) / len(lines)
    for at, line in enumerate(lines):
        font, size = (BOLD, 9.0) if at == 0 else (REGULAR, 7.6)
        size = min(size, size * room / max(canvas.stringWidth(line, font, size), 1))
        canvas.setFillColor(INK if at == 0 else QUIET)
        canvas.setFont(font, size)
        canvas.drawString(11, STAMP_HEIGHT - 7 - step * (at + 0.75), line)
