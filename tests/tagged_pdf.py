"""Judges a tagged PDF with tools that share nothing with what drew it.

pikepdf takes it apart, fontTools its fonts.
The conditions are those of the Matterhorn protocol that a program can judge and that letters can break.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Object, Operator, Pdf, parse_content_stream

_PAINTS = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "INLINE IMAGE", "Tj", "TJ", "'", '"'}
_INSIDE = {
    "Document": {None},
    **{kind: {"Document"} for kind in ("H1", "H2", "H3", "H4", "P", "Table", "Form")},
    "Figure": {"Document", "TD"},
    "L": {"Document", "LBody"},
    "LI": {"L"},
    "Lbl": {"LI"},
    "LBody": {"LI"},
    "Caption": {"Table"},
    "TR": {"Table"},
    "TH": {"TR"},
    "TD": {"TR"},
    **{kind: {"P", "H1", "H2", "H3", "H4", "LBody", "TH", "TD", "Caption"} for kind in ("Link", "Span")},
}
_FORBIDDEN = ("/OCProperties", "/EmbeddedFiles", "/JavaScript", "/XFA", "/OpenAction", "/RoleMap")


def faults(pdf: bytes) -> list[str]:
    """Everything wrong with a file, one sentence each; nothing wrong is an empty list."""
    with Pdf.open(BytesIO(pdf)) as opened:
        return list(_Judge(opened).faults())


class _Judge:
    """One file under judgement."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._root = pdf.Root
        self._tree: dict[int, Any] = {}
        self._elements: list[tuple[Object, Object | None]] = []

    def faults(self) -> Iterator[str]:
        """Every fault found."""
        yield from self._catalog()
        tree = self._root.get("/StructTreeRoot")
        if tree is None:
            yield "no structure"
            return
        numbers = list(tree.ParentTree.Nums)
        self._tree = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
        self._elements = list(_walk(tree, None))
        yield from self._structure()
        yield from self._headings()
        for number, page in enumerate(self._pdf.pages):
            yield from (f"page {number + 1}: {fault}" for fault in self._page(page.obj))
        yield from self._fonts()

    def _catalog(self) -> Iterator[str]:
        root = self._root
        if not root.get("/MarkInfo", {}).get("/Marked", False):
            yield "not marked"
        if not str(root.get("/Lang", "")):
            yield "no language"
        if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
            yield "the title is not shown"
        said = root.Metadata.read_bytes().decode() if "/Metadata" in root else ""
        for wanted in ("<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<", "<dc:title>"):
            if wanted not in said:
                yield f"the metadata do not say {wanted}"
        held = b"".join(repr(one).encode() for one in self._pdf.objects if isinstance(one, Dictionary))
        yield from (f"{name} is there" for name in _FORBIDDEN if name.encode() in held)
        if "/OutputIntents" not in root:
            yield "no output intent"

    def _structure(self) -> Iterator[str]:
        for element, parent in self._elements:
            kind = _kind(element)
            above = _kind(parent) if parent is not None else None
            if above not in _INSIDE.get(kind, set()):
                yield f"{kind} in {above}"
            if parent is not None and element.P.objgen != parent.objgen:
                yield f"{kind} names another parent"
            if not _kids(element) and kind not in ("TD", "TH"):
                yield f"{kind} is empty"
            attributes = element.get("/A", {})
            if kind in ("Figure", "Form") and not str(element.get("/Alt", "")).strip():
                yield f"{kind} without words"
            if kind == "Figure" and "/BBox" not in attributes:
                yield "Figure without its place"
            if kind == "TH" and str(attributes.get("/Scope", "")) not in ("/Row", "/Column"):
                yield "TH without scope"
            if kind == "Table":
                yield from _regular(element)
            if kind == "L" and "/ListNumbering" not in attributes:
                yield "L without its numbering"

    def _headings(self) -> Iterator[str]:
        level = 0
        for element, _ in self._elements:
            if re.fullmatch("H[1-6]", _kind(element)):
                found = int(_kind(element)[1])
                if found > level + 1:
                    yield f"H{found} after H{level}"
                level = found
        if not level:
            yield "no heading"

    def _page(self, page: Object) -> Iterator[str]:
        if page.get("/Tabs") != Name.S:
            yield "tab order is not the structure's"
        yield from self._content(page)
        for annotation in page.get("/Annots", []):
            yield from self._annotation(annotation)

    def _content(self, page: Object) -> Iterator[str]:
        owners = list(self._tree[int(page.StructParents)])
        seen: list[int] = []
        opened: str | None = None
        in_text = opened_in_text = False
        for operands, operator in parse_content_stream(page):
            name = str(operator)
            if name in ("BT", "ET"):
                in_text = name == "BT"
                if opened:
                    yield f"{opened} straddles {name}"
            elif name in ("BDC", "BMC"):
                if opened:
                    yield f"{operands[0]} inside {opened}"
                opened, opened_in_text = str(operands[0]), in_text
                if opened != "/Artifact":
                    yield from self._run(page, opened, int(operands[1].MCID), owners, seen)
            elif name == "EMC":
                if not opened or opened_in_text != in_text:
                    yield "an end of a mark without its begin"
                opened = None
            elif name in _PAINTS and not opened:
                yield f"{name} paints unmarked"
        if sorted(seen) != list(range(len(owners))):
            yield "numbers of runs and the way back differ"

    def _run(
        self, page: Object, tag: str, number: int, owners: list[Object], seen: list[int]
    ) -> Iterator[str]:
        if number in seen or number >= len(owners):
            yield f"run {number} is marked twice or leads nowhere"
            return
        seen.append(number)
        owner = owners[number]
        if str(owner.S) != tag:
            yield f"run {number} is tagged {tag} and belongs to {owner.S}"
        if not any(_is_run(kid, owner, page, number) for kid in _kids(owner)):
            yield f"run {number} is unknown to its {owner.S}"

    def _annotation(self, annotation: Object) -> Iterator[str]:
        kind = {"/Link": "Link", "/Widget": "Form"}.get(str(annotation.Subtype))
        if kind is None:
            yield f"{annotation.Subtype} on the page"
            return
        if not str(annotation.get("/Contents", "")).strip():
            yield f"{kind} without contents"
        if kind == "Form" and not str(annotation.get("/TU", "")).strip():
            yield "a field without a name to be spoken"
        if int(annotation.get("/F", 0)) & 4 == 0 or int(annotation.get("/F", 0)) & 2:
            yield f"{kind} is hidden or not printed"
        owner = self._tree.get(int(annotation.get("/StructParent", -1)))
        if owner is None:
            yield f"{kind} has no element"
        elif _kind(owner) != kind or not any(_is_place(kid, annotation) for kid in _kids(owner)):
            yield f"{kind} and its element do not know each other"

    def _fonts(self) -> Iterator[str]:
        used: dict[tuple[int, int], set[int]] = defaultdict(set)
        fonts: dict[tuple[int, int], Object] = {}
        for stream, resources in _streams(self._pdf):
            for font, codes in _shown(stream, resources):
                fonts[font.objgen] = font
                used[font.objgen] |= codes
        if not used:
            yield "no text at all"
        for key, font in fonts.items():
            yield from _font(font, used[key])


def _walk(element: Object, parent: Object | None) -> Iterator[tuple[Object, Object | None]]:
    for kid in _kids(element):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid, parent
            yield from _walk(kid, kid)


def _kids(element: Object) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, Array) else [kids]


def _kind(element: Object) -> str:
    return str(element.S)[1:]


def _is_run(kid: Any, owner: Object, page: Object, number: int) -> bool:
    if isinstance(kid, Dictionary):
        return kid.get("/MCID") == number and kid.get("/Pg", owner.get("/Pg")).objgen == page.objgen
    return bool(kid == number and owner.Pg.objgen == page.objgen)


def _is_place(kid: Any, annotation: Object) -> bool:
    is_reference = isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR
    return bool(is_reference and kid.Obj.objgen == annotation.objgen)


def _regular(table: Object) -> Iterator[str]:
    rows = [kid for kid in _kids(table) if isinstance(kid, Dictionary) and kid.get("/S") == Name.TR]
    widths = {sum(int(cell.get("/A", {}).get("/ColSpan", 1)) for cell in _kids(row)) for row in rows}
    if len(widths) != 1:
        yield f"a table whose rows have {sorted(widths)} columns"


def _streams(pdf: Pdf) -> Iterator[tuple[Object, Object]]:
    """Every stream that paints, with its resources: pages, pictures' forms, looks of fields."""
    for page in pdf.pages:
        yield page.obj, page.obj.Resources
        for annotation in page.obj.get("/Annots", []):
            look = annotation.get("/AP", {}).get("/N")
            if look is not None:
                yield from _forms(look)


def _forms(form: Object) -> Iterator[tuple[Object, Object]]:
    resources = form.get("/Resources", Dictionary())
    yield form, resources
    for inner in resources.get("/XObject", {}).values():
        if inner.get("/Subtype") == Name.Form:
            yield from _forms(inner)


def _shown(stream: Object, resources: Object) -> Iterator[tuple[Object, set[int]]]:
    font: Object | None = None
    for operands, operator in parse_content_stream(stream):
        if operator == Operator("Tf"):
            font = resources.Font[str(operands[0])]
        elif operator in (Operator("Tj"), Operator("TJ")):
            pieces = operands[0] if isinstance(operands[0], Array) else [operands[0]]
            for piece in pieces:
                if font is not None and not isinstance(piece, int | float):
                    yield font, set(bytes(piece))


def _font(font: Object, codes: set[int]) -> Iterator[str]:
    name = str(font.get("/BaseFont", "?"))
    descriptor = font.get("/FontDescriptor", {})
    if "/FontFile2" not in descriptor:
        yield f"{name} is not embedded"
        return
    if "/Encoding" in font or not int(descriptor.Flags) & 4:
        yield f"{name} is not symbolic"
    program = TTFont(BytesIO(descriptor.FontFile2.read_bytes()))
    tables = program["cmap"].tables
    if len(tables) != 1:
        yield f"{name} has {len(tables)} maps to glyphs"
    glyphs = {code & 0xFF: glyph for code, glyph in tables[0].cmap.items()}
    spoken = _spoken(font.ToUnicode.read_bytes().decode("latin-1")) if "/ToUnicode" in font else {}
    em, widths, first = program["head"].unitsPerEm, font.Widths, int(font.FirstChar)
    for code in sorted(codes):
        glyph = glyphs.get(code, ".notdef")
        if glyph == ".notdef" or program.getGlyphID(glyph) == 0:
            yield f"{name} has no glyph for code {code}"
            continue
        if not spoken.get(code, "\0").strip("\0\ufeff\ufffe"):
            yield f"{name} does not say what code {code} means"
        if abs(program["hmtx"][glyph][0] * 1000 / em - float(widths[code - first])) > 1:
            yield f"{name} has another width for code {code}"


def _spoken(map_text: str) -> dict[int, str]:
    blocks = re.findall(r"(\d+) beginbfchar(.*?)endbfchar", map_text, re.DOTALL)
    found: dict[int, str] = {}
    for count, block in blocks:
        rows = re.findall(r"<([0-9A-F]{2})>\s*<([0-9A-F]+)>", block)
        if len(rows) == int(count) <= 100:
            found |= {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in rows}
    return found
