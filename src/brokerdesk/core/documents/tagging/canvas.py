"""A canvas on which everything painted says whose it is; it writes structure, links and signature fields."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObjectReference, PDFString
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from brokerdesk.core.documents.fields import FieldPlace, empty_look, widget_of
from brokerdesk.core.documents.fonts import refuse_unwritable
from brokerdesk.core.documents.tagging.elements import (
    Element,
    Kind,
    ParentTree,
    StructureRoot,
    refuse_skipped_headings,
)
from brokerdesk.core.documents.tagging.marks import Mark, Owner, resolve
from brokerdesk.core.documents.tagging.writer import ArchivalDocument

_PRINTED = 4
_ESCAPED = {byte: escapePDF(bytes([byte])) for byte in range(256)}
"""How a page says each byte of a string."""


class EmbeddedCanvas(Canvas):  # type: ignore[misc]  # reportlab is untyped
    """A canvas that paints with embedded fonts only, and refuses a character that they lack."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        fixed = {"pdfVersion": (1, 7), "enforceColorSpace": "rgb", "invariant": 1, "pageCompression": 1}
        super().__init__(*args, **{**kwargs, **fixed})
        self._doc.__class__ = ArchivalDocument

    def _escape(self, held: bytes | str) -> str:
        """A string as a page says it; the same as the drawing library's own, which walks byte by byte."""
        text = held if isinstance(held, str) else held.decode("latin-1")
        return text.translate(_ESCAPED)

    def setFont(self, psfontname: str, size: float, leading: float | None = None) -> None:  # noqa: N802 - reportlab's name
        """Set an embedded font."""
        if not pdfmetrics.getFont(psfontname)._dynamicFont:
            raise ValueError(f"the font {psfontname} is not embedded")
        super().setFont(psfontname, size, leading)

    def beginText(self, x: float = 0, y: float = 0, direction: str | None = None) -> Any:  # noqa: N802 - reportlab's name
        """A text object that leaves no character out."""
        return _CompleteText(self, x, y, direction=direction)


class _CompleteText(PDFTextObject):  # type: ignore[misc]  # reportlab is untyped
    """Text none of whose characters vanishes in silence."""

    def _formatText(self, text: str) -> str:  # noqa: N802 - reportlab's name
        refuse_unwritable((text,))
        return str(super()._formatText(text))


class TaggedCanvas(EmbeddedCanvas):
    """A canvas whose every mark on the paper belongs to an element or is declared an artifact."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.root = Element(Kind.DOCUMENT)
        self._owner: Owner | None = None
        self._kept: list[dict[str, Any]] = []
        self._owners: list[list[Element]] = []
        self._places: list[tuple[PDFDictionary, Element]] = []
        self._fields: list[Any] = []

    @contextmanager
    def owned(self, owner: Owner) -> Iterator[None]:
        """What is painted inside belongs to an element or is an artifact."""
        before, self._owner = self._owner, owner
        self._code.append(Mark(owner=owner))
        try:
            yield
        finally:
            self._owner = before
            self._code.append(Mark(owner=before))

    def attach(self, element: Element) -> None:
        """Give an element its place here, though nothing of it is painted, such as an empty cell."""
        self._code.append(Mark(element=element))

    def drawText(self, aTextObject: Any) -> None:  # noqa: N802, N803 - reportlab's names
        """Add a text object's operators one by one, so that marks may stand between them."""
        aTextObject.getCode()
        self._code.extend(aTextObject._code)
        self._code.append(Mark(owner=self._owner))

    def add_signature_field(self, element: Element, place: FieldPlace) -> None:
        """Put a signature field on the page that is being drawn. Source: docs/rules.md R146."""
        look = self._doc.Reference(empty_look(place))
        widget = widget_of(place, look)
        self._code.append(self._put(widget, element))
        self._fields.append(self._doc.Reference(widget))

    def add_link(
        self, element: Element, address: str, words: str, box: tuple[float, float, float, float]
    ) -> Mark:
        """Make a place on the page that is being drawn lead to an address; the mark goes after its words."""
        link = {
            "Type": PDFName("Annot"),
            "Subtype": PDFName("Link"),
            "Contents": PDFString(words),
            "Rect": PDFArray([round(edge, 2) for edge in box]),
            "Border": PDFArray([0, 0, 0]),
            "F": _PRINTED,
            "P": PDFObjectReference(f"Page{self._pageNumber}"),
            "A": PDFDictionary({"Type": PDFName("Action"), "S": PDFName("URI"), "URI": PDFString(address)}),
        }
        return self._put(PDFDictionary(link), element)

    def _put(self, annotation: PDFDictionary, element: Element) -> Mark:
        reference = self._doc.Reference(annotation)
        self._annotationrefs.append(reference)
        self._places.append((annotation, element))
        return Mark(element=element, place=reference)

    def _addAnnotation(self, annotation: Any, name: Any = None, addtopage: int = 1) -> None:  # noqa: N802 - as above
        raise ValueError("links and fields are added with their element")

    def _setAnnotations(self, page: Any) -> None:  # noqa: N802 - reportlab's name
        super()._setAnnotations(page)
        page.Trans = None
        page.Tabs = PDFName("S")
        page.StructParents = self._pageNumber - 1
        page.__NoDefault__ = (*page.__NoDefault__, "Tabs", "StructParents")

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        """Keep the page and start the next; it is written when the number of pages is known."""
        self._kept.append(dict(self.__dict__))
        self._startPage()

    def finish_page(self, pages: int) -> None:
        """Draw what needs the number of pages, such as a footer."""

    def save(self) -> None:
        """Finish every page, write the structure, then the file."""
        for page in self._kept:
            self.__dict__.update(page)
            self.finish_page(len(self._kept))
            code, owners = resolve(self._code, self._pageNumber - 1)
            self._code[:] = code
            self._owners.append(owners)
            super().showPage()
        self._write_structure()
        super().save()

    def _write_structure(self) -> None:
        refuse_skipped_headings(self.root)
        document, first = self._doc, len(self._owners)
        for at, (annotation, _) in enumerate(self._places):
            annotation["StructParent"] = first + at
        tree = ParentTree(self._owners, [element for _, element in self._places])
        document.structure_root = StructureRoot(self.root, tree, first + len(self._places))
        for part in (document.structure_root, tree, *self.root.walk()):
            document.Reference(part)
        document.Catalog.StructTreeRoot = document.structure_root
        document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        if self._fields:
            document.Catalog.AcroForm = PDFDictionary({"Fields": PDFArray(self._fields)})
