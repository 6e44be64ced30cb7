"""Signature fields that a letter carries from the start, so that signing only fills them in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObjectReference,
    PDFStream,
    PDFString,
)

AUTHORITY = "Authority"
"""Name of the field that the council's officer signs."""
PROVIDER = "Provider"
"""Name of the field that the provider signs, in letters that are counter-signed."""
_PRINTED_AND_LOCKED = 4 + 128


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """Where a signature goes, and what a screen reader says of it."""

    name: str
    spoken: str
    """Such as `Signature of Gideon Fairweather for Northmere Council`."""
    page: int
    """Counted from 1."""
    box: tuple[float, float, float, float]
    """Left, bottom, right, top in points."""


def widget_of(place: FieldPlace, empty_look: Any) -> PDFDictionary:
    """Field and its place on the page in one object, as signing programs expect it.

    Source: docs/rules.md R146.
    """
    return PDFDictionary(
        {
            "Type": PDFName("Annot"),
            "Subtype": PDFName("Widget"),
            "FT": PDFName("Sig"),
            "T": PDFString(place.name),
            "TU": PDFString(place.spoken),
            "Contents": PDFString(place.spoken),
            "F": _PRINTED_AND_LOCKED,
            "P": PDFObjectReference(f"Page{place.page}"),
            "Rect": PDFArray([round(edge, 2) for edge in place.box]),
            "AP": PDFDictionary({"N": empty_look}),
        }
    )


def empty_look(place: FieldPlace) -> PDFStream:
    """What stands in the place until somebody signs: nothing, but archives want it said."""
    left, bottom, right, top = place.box
    look = PDFStream(content=b"", filters=[])
    look.dictionary = PDFDictionary(
        {
            "Type": PDFName("XObject"),
            "Subtype": PDFName("Form"),
            "BBox": PDFArray([0, 0, round(right - left, 2), round(top - bottom, 2)]),
        }
    )
    return look
