"""Writes the file as archives want it: ends of lines, maps from codes to characters, a true ID."""

from __future__ import annotations

import hashlib
import zlib
from functools import lru_cache
from itertools import count
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    PDFCrossReferenceTable,
    PDFDocument,
    PDFFile,
    PDFIndirectObject,
    PDFStreamFilterZCompress,
    PDFTrailer,
)
from reportlab.pdfbase.ttfonts import SUBSETN

_STREAM_END = b"endstream\nendobj\n"
_MAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<00> <FF>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
_BLOCK = 100
"""Most entries that a block of such a map may have."""


class ArchivalDocument(PDFDocument):  # type: ignore[misc]  # reportlab is untyped
    """A document that writes itself without what archives refuse; a canvas's document becomes one."""

    def GetPDFData(self, canvas: Any) -> bytes:  # noqa: N802 - reportlab's name
        """The whole file."""
        subsets = self._subsets()
        for font in self.delayedFonts:
            font.addObjects(self)
        for name, subset in subsets.items():
            self.idToObject[name].content = unicode_map(tuple(subset))
        for name, held in self.idToObject.items():
            if name.startswith("fontFile:"):
                held.filters = [_ONCE]
        self.Reference(self.Catalog)
        self.Reference(self.info)
        self.Catalog.Outlines = None
        return self.format()

    def _subsets(self) -> dict[str, list[tuple[int, int]]]:
        """By the name of its map, each font subset's codes with their characters."""
        found = {}
        for font in self.delayedFonts:
            held = font.face.charToGlyph
            for at, subset in enumerate(font.state[self].subsets):
                name = font.face.name.decode("ascii")
                codes = [(code, point) for code, point in enumerate(subset) if point and point in held]
                found[f"toUnicodeCMap:{_subset_tag(at)}+{name}"] = codes
        return found

    def format(self) -> bytes:
        """Number the objects, write each, then where each stands."""
        file, digest, names = PDFFile(self._pdfVersion), hashlib.sha256(), []
        for number in count(1):
            name = self.numberToId.get(number)
            if name is None:
                break
            body = with_line_end(PDFIndirectObject(name, self.idToObject[name]).format(self))
            digest.update(body)
            self.idToOffset[name] = file.add(body)
            names.append(name)
        file.add(self._trailer(file, names, digest.hexdigest()[:32]))
        return bytes(file.format(self))

    def _trailer(self, file: PDFFile, names: list[str], mark: str) -> bytes:
        table = PDFCrossReferenceTable()
        table.addsection(0, names)
        start = file.add(table.format(self))
        trailer = PDFTrailer(
            startxref=start,
            Size=len(names) + 1,
            Root=self.Reference(self.Catalog),
            Info=self.Reference(self.info),
            ID=f"[<{mark}> <{mark}>]",
        )
        return bytes(trailer.format(self))


def with_line_end(body: bytes) -> bytes:
    """An object's bytes; where it is a stream, with the end of line that must stand before `endstream`."""
    if body.endswith(_STREAM_END):
        return body[: -len(_STREAM_END)] + b"\n" + _STREAM_END
    return body


class _CompressedOnce(PDFStreamFilterZCompress):  # type: ignore[misc]  # reportlab is untyped
    """Compresses what many letters share, such as fonts, once."""

    def encode(self, text: bytes) -> bytes:
        """The same bytes as compressing anew."""
        return _compressed(text)


_ONCE = _CompressedOnce()


@lru_cache(maxsize=32)
def _compressed(content: bytes) -> bytes:
    return zlib.compress(content)


@lru_cache(maxsize=32)
def unicode_map(codes: tuple[tuple[int, int], ...]) -> str:
    """The map from a font's codes to characters, in blocks of the size allowed."""
    blocks = []
    for at in range(0, len(codes), _BLOCK):
        some = codes[at : at + _BLOCK]
        rows = "\n".join(f"<{code:02X}> <{_utf16(point)}>" for code, point in some)
        blocks.append(f"{len(some)} beginbfchar\n{rows}\nendbfchar")
    return _MAP.format(blocks="\n".join(blocks))


def _utf16(point: int) -> str:
    return chr(point).encode("utf-16-be").hex().upper()


def _subset_tag(at: int) -> str:
    return str(SUBSETN(at).decode("ascii"))
