"""The structure of a document: what each part of it is, in the order in which screen readers read it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any, NamedTuple

from reportlab.pdfbase.pdfdoc import PDFObject, PDFString


class Kind(Enum):
    """The standard kinds of structure elements that letters are made of; there are no others."""

    DOCUMENT = "Document"
    H1 = "H1"
    H2 = "H2"
    H3 = "H3"
    H4 = "H4"
    P = "P"
    LIST = "L"
    ITEM = "LI"
    LABEL = "Lbl"
    BODY = "LBody"
    TABLE = "Table"
    CAPTION = "Caption"
    ROW = "TR"
    HEAD_CELL = "TH"
    CELL = "TD"
    FIGURE = "Figure"
    FORM = "Form"
    LINK = "Link"
    SPAN = "Span"


HEADINGS = (Kind.H1, Kind.H2, Kind.H3, Kind.H4)
_TEXTS = frozenset((*HEADINGS, Kind.P, Kind.BODY, Kind.HEAD_CELL, Kind.CELL, Kind.CAPTION))
_PLACES = frozenset({Kind.DOCUMENT})
PARENTS: dict[Kind, frozenset[Kind]] = {
    **dict.fromkeys((*HEADINGS, Kind.P, Kind.TABLE, Kind.FORM), _PLACES),
    Kind.FIGURE: _PLACES | {Kind.CELL},
    Kind.LIST: _PLACES | {Kind.BODY},
    Kind.ITEM: frozenset({Kind.LIST}),
    Kind.LABEL: frozenset({Kind.ITEM}),
    Kind.BODY: frozenset({Kind.ITEM}),
    Kind.CAPTION: frozenset({Kind.TABLE}),
    Kind.ROW: frozenset({Kind.TABLE}),
    Kind.HEAD_CELL: frozenset({Kind.ROW}),
    Kind.CELL: frozenset({Kind.ROW}),
    Kind.LINK: _TEXTS,
    Kind.SPAN: _TEXTS,
}
"""Which kinds an element may stand in. Source: docs/rules.md R146."""


class Content(NamedTuple):
    """A run of painting on a page that belongs to an element."""

    page: int
    """Counted from 0."""
    number: int
    """The run's number on its page."""


class Annotated(NamedTuple):
    """A link's or a signature's place on a page that belongs to an element."""

    page: int
    reference: Any


class Element(PDFObject):  # type: ignore[misc]  # reportlab is untyped
    """One element: declared with its parent, and given its place in it when its content is painted."""

    __RefOnly__ = 1

    def __init__(
        self,
        kind: Kind,
        parent: Element | None = None,
        *,
        language: str = "",
        alternative: str = "",
        attributes: dict[str, str] | None = None,
    ) -> None:
        """Declare an element.

        Args:
            kind: what it is.
            parent: the element that it stands in; the document alone has none.
            language: of its words, such as `cy`, where it is not the document's.
            alternative: what a figure shows or a field is for, in words.
            attributes: with their owner `O`, as they are written, such as `{"O": "/Table", "Scope": "/Row"}`.
        """
        _refuse_wrong_place(kind, parent)
        if kind in (Kind.FIGURE, Kind.FORM) and not alternative.strip():
            raise ValueError(f"a {kind.value} needs its words")
        self.kind = kind
        self.parent = parent
        self.language = language
        self.alternative = alternative
        self.attributes = attributes or {}
        self.kids: list[Element | Content | Annotated] = []
        self._is_placed = parent is None

    def __deepcopy__(self, _: object) -> Element:
        return self

    def place(self) -> None:
        """Take the next place in the parent, which takes its own before; only the first call counts."""
        if self._is_placed or self.parent is None:
            return
        self.parent.place()
        self.parent.kids.append(self)
        self._is_placed = True

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    def format(self, document: Any) -> bytes:
        """The element as the file has it."""
        numbers = document.idToObjectNumberAndVersion
        parts = [
            b"<</Type/StructElem/S/%s" % self.kind.value.encode(),
            b"/P %s" % _reference(self.parent or document.structure_root, numbers),
        ]
        page = next((kid.page for kid in self.kids if isinstance(kid, Content)), None)
        if page is not None:
            parts.append(b"/Pg %s" % _page(page, numbers))
        for name, text in ((b"Lang", self.language), (b"Alt", self.alternative)):
            if text:
                parts.append(b"/%s %s" % (name, PDFString(text).format(document)))
        if self.attributes:
            held = " ".join(f"/{name} {value}" for name, value in self.attributes.items())
            parts.append(b"/A<<%s>>" % held.encode("ascii"))
        kids = [_kid(kid, page, numbers, document) for kid in self.kids]
        if len(kids) == 1:  # not in a list: pyHanko knows a field that is signed only by this path
            parts.append(b"/K %s>>" % kids[0])
        else:
            parts.append(b"/K[%s]>>" % b" ".join(kids))
        return b"".join(parts)


class ParentTree(PDFObject):  # type: ignore[misc]  # reportlab is untyped
    """The way back: from a run of painting on a page, or from a place on it, to its element."""

    __RefOnly__ = 1

    def __init__(self, pages: list[list[Element]], places: list[Element]) -> None:
        self._pages = pages
        self._places = places

    def format(self, document: Any) -> bytes:
        """The tree as the file has it: pages first, then places."""
        numbers = document.idToObjectNumberAndVersion
        rows = [
            b"%d [%s]" % (at, b" ".join(_reference(owner, numbers) for owner in owners))
            for at, owners in enumerate(self._pages)
        ]
        first = len(rows)
        rows += [b"%d %s" % (first + at, _reference(one, numbers)) for at, one in enumerate(self._places)]
        return b"<</Nums[\n%s\n]>>" % b"\n".join(rows)


class StructureRoot(PDFObject):  # type: ignore[misc]  # reportlab is untyped
    """The top of the structure."""

    __RefOnly__ = 1

    def __init__(self, document: Element, tree: ParentTree, next_key: int) -> None:
        self._document = document
        self._tree = tree
        self._next_key = next_key

    def format(self, document: Any) -> bytes:
        """The root as the file has it."""
        numbers = document.idToObjectNumberAndVersion
        return b"<</Type/StructTreeRoot/K[%s]/ParentTree %s/ParentTreeNextKey %d>>" % (
            _reference(self._document, numbers),
            _reference(self._tree, numbers),
            self._next_key,
        )


def refuse_skipped_headings(root: Element) -> None:
    """Headings start at the first level and go down one at a time. Source: docs/rules.md R147.

    Raises:
        ValueError: one level is left out.
    """
    level = 0
    for element in root.walk():
        if element.kind in HEADINGS:
            found = HEADINGS.index(element.kind) + 1
            if found > level + 1:
                raise ValueError(f"a heading of level {found} follows one of level {level}")
            level = found


def _refuse_wrong_place(kind: Kind, parent: Element | None) -> None:
    found = parent.kind if parent else None
    if found not in PARENTS.get(kind, frozenset({None})):
        raise ValueError(f"a {kind.value} cannot stand in {found.value if found else 'nothing'}")


def _kid(kid: Element | Content | Annotated, page: int | None, numbers: Any, document: Any) -> bytes:
    match kid:
        case Element():
            return _reference(kid, numbers)
        case Content(page=found, number=number):
            if found == page:
                return b"%d" % number
            return b"<</Type/MCR/Pg %s/MCID %d>>" % (_page(found, numbers), number)
        case Annotated(page=found, reference=reference):
            return b"<</Type/OBJR/Pg %s/Obj %s>>" % (_page(found, numbers), reference.format(document))


def _reference(held: Any, numbers: Any) -> bytes:
    return b"%d 0 R" % numbers[held.__InternalName__][0]


def _page(at: int, numbers: Any) -> bytes:
    return b"%d 0 R" % numbers[f"Page{at + 1}"][0]
