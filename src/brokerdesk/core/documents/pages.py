"""The paper that a letter is drawn on: header, footer, page numbers, the demo mark, same bytes every time."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from brokerdesk.core.documents.drawing import STAMP_HEIGHT, STAMP_WIDTH, draw_stamp, story_of, tidy
from brokerdesk.core.documents.fields import FieldPlace, empty_look, widget_of
from brokerdesk.core.documents.fonts import BOLD, REGULAR
from brokerdesk.core.documents.marks import draw_demo, draw_shield
from brokerdesk.core.documents.styles import (
    BOTTOM,
    DEEP,
    HAIRLINE,
    INK,
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    QUIET,
    TEXT_WIDTH,
    TOP,
    sheet_for,
)
from brokerdesk.core.domain.letter import Letter, letter_hash

rl_config.useA85 = 0  # binary streams: smaller, and nothing reads them as text
_HEADER = 27 * mm


class LetterCanvas(Canvas):  # type: ignore[misc]  # reportlab is untyped
    """Keeps every page until the last is known, so that each can say `Page 1 of 3`."""

    letter: Letter

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initialFontName": REGULAR, "pdfVersion": (1, 7)})
        self._kept: list[dict[str, Any]] = []
        self._widgets: list[Any] = []

    def add_signature_field(self, place: FieldPlace) -> None:
        """Put a signature field on the page that is being drawn."""
        look = self._doc.Reference(empty_look(place))
        widget = widget_of(place, look)
        self._addAnnotation(widget, place.name)
        self._widgets.append(self._doc.Reference(widget))

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        """Keep the page and start the next."""
        self._kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Number the pages, list the signature fields, and write the file."""
        for page in self._kept:
            self.__dict__.update(page)
            _draw_footer(self, self.letter, len(self._kept))
            super().showPage()
        if self._widgets:
            self._doc.Catalog.AcroForm = PDFDictionary({"Fields": PDFArray(self._widgets)})
        super().save()


def draw_letter(letter: Letter, picture: bytes | None) -> bytes:
    """Draw a letter as A4 PDF; equal letters and pictures give equal bytes."""
    out = BytesIO()

    def make_canvas(*args: Any, **kwargs: Any) -> LetterCanvas:
        canvas = LetterCanvas(*args, **kwargs)
        canvas.letter = letter
        _date_of(canvas, letter.issued_on)
        canvas.setProducer("BrokerDesk")
        return canvas

    template = _template(out, letter)
    template.build(story_of(letter, sheet_for(letter), picture), canvasmaker=make_canvas)
    return out.getvalue()


def draw_stamp_page(lines: tuple[str, ...]) -> bytes:
    """The visible stamp as a one-page PDF of its own size."""
    out = BytesIO()
    canvas = Canvas(
        out, pagesize=(STAMP_WIDTH, STAMP_HEIGHT), invariant=1, pageCompression=1, initialFontName=REGULAR
    )
    draw_stamp(canvas, tuple(tidy(line) for line in lines))
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _template(out: BytesIO, letter: Letter) -> Any:
    template = BaseDocTemplate(
        out,
        title=tidy(letter.title),
        author=tidy(letter.sender[0]),
        subject=tidy(letter.subject),
        creator="BrokerDesk",
        lang=letter.language,
        displayDocTitle=True,
        invariant=1,
        pageCompression=1,
        initialFontName=REGULAR,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
    )
    frame = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
    first_height = PAGE_HEIGHT - TOP - BOTTOM - _header_height(letter)
    first = Frame(MARGIN, BOTTOM, TEXT_WIDTH, first_height, **frame)
    later = Frame(MARGIN, BOTTOM, TEXT_WIDTH, PAGE_HEIGHT - TOP - BOTTOM - 6 * mm, **frame)

    def on_first(canvas: Any, _: Any) -> None:
        if letter.is_demo:
            draw_demo(canvas)
        _draw_header(canvas, letter)

    def on_later(canvas: Any, _: Any) -> None:
        if letter.is_demo:
            draw_demo(canvas)
        _draw_running_head(canvas, letter)

    template.addPageTemplates(
        [
            PageTemplate("first", [first], onPage=on_first, autoNextPageTemplate="later"),
            PageTemplate("later", [later], onPage=on_later),
        ]
    )
    return template


def _date_of(canvas: Canvas, day: date) -> None:
    """Date the file by its letter: the clock must not show in its bytes."""
    stamp = canvas._doc._timeStamp
    stamp.YMDhms = (day.year, day.month, day.day, 0, 0, 0)
    stamp.dhh = stamp.dmm = 0


def _header_height(letter: Letter) -> float:
    return float(max(_HEADER, (len(letter.sender) * 13.5) + 3 * mm))


def _draw_header(canvas: Any, letter: Letter) -> None:
    top = PAGE_HEIGHT - TOP
    draw_shield(canvas, MARGIN, top)
    for at, line in enumerate(letter.sender):
        font, size = (BOLD, 11.5) if at == 0 else (REGULAR, 9.2)
        _fit(canvas, tidy(line), font, size, TEXT_WIDTH * 0.8)
        canvas.setFillColor(DEEP if at == 0 else INK)
        canvas.drawRightString(MARGIN + TEXT_WIDTH, top - 9 - at * 13.5, tidy(line))


def _draw_running_head(canvas: Any, letter: Letter) -> None:
    sender, title = tidy(letter.sender[0]), tidy(letter.title)
    canvas.setFillColor(QUIET)
    _fit(canvas, sender, REGULAR, 8, TEXT_WIDTH * 0.48)
    canvas.drawString(MARGIN, PAGE_HEIGHT - TOP + 4, sender)
    _fit(canvas, title, REGULAR, 8, TEXT_WIDTH * 0.48)
    canvas.drawRightString(MARGIN + TEXT_WIDTH, PAGE_HEIGHT - TOP + 4, title)


def _fit(canvas: Any, line: str, font: str, size: float, room: float) -> None:
    """Set the font no larger than the line has room."""
    canvas.setFont(font, size * min(1.0, room / max(canvas.stringWidth(line, font, size), 1.0)))


def _draw_footer(canvas: Any, letter: Letter, pages: int) -> None:
    line = 15 * mm
    canvas.setStrokeColor(HAIRLINE)
    canvas.setLineWidth(0.6)
    canvas.line(MARGIN, line + 10, MARGIN + TEXT_WIDTH, line + 10)
    canvas.setFont(REGULAR, 7.6)
    canvas.setFillColor(QUIET)
    canvas.drawString(MARGIN, line, f"{tidy(letter.reference)}, version {letter.version}")
    canvas.drawRightString(MARGIN + TEXT_WIDTH, line, f"Page {canvas.getPageNumber()} of {pages}")
    canvas.setFont(REGULAR, 6.4)
    canvas.drawString(MARGIN, line - 10, f"SHA-256 of what this letter says: {letter_hash(letter)}")
