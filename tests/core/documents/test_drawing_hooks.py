"""Every private hook of the drawing library that the tagging stands on is still there."""

from __future__ import annotations

import pytest
from reportlab.pdfbase.pdfdoc import PDFCatalog, PDFDocument, PDFPage, PDFStream
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

HOOKS = {
    Canvas: ("_setAnnotations", "_addAnnotation", "_startPage", "beginText", "drawText", "showPage"),
    PDFTextObject: ("_formatText", "getCode", "setTextOrigin"),
    PDFDocument: ("GetPDFData", "format", "Reference"),
    TTFont: ("_dynamicFont", "addObjects", "splitString"),
    PDFCatalog: ("__NoDefault__",),
    PDFPage: ("__NoDefault__", "setPageTransition"),
}


@pytest.mark.parametrize("owner", HOOKS)
def test_each_hook_is_there(owner: type) -> None:
    assert [hook for hook in HOOKS[owner] if not hasattr(owner, hook)] == []


def test_what_the_hooks_work_on_is_there() -> None:
    canvas = Canvas("unused.pdf")
    for name in ("_code", "_annotationrefs", "_doc", "_pageNumber"):
        assert hasattr(canvas, name)
    for name in ("idToObject", "numberToId", "idToOffset", "idToObjectNumberAndVersion", "delayedFonts"):
        assert hasattr(canvas._doc, name)
    assert canvas.beginText()._code[0] == "BT"
    assert SUBSETN(0) == b"AAAAAA"


def test_a_stream_still_ends_as_the_writer_mends_it() -> None:
    stream = PDFStream(content=b"x", filters=[])
    assert stream.format(PDFDocument()).endswith(b"stream\nxendstream\n")
