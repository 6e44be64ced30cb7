"""Finds the cells of a workbook that hold a formula: their values are somebody's sum, not somebody's word."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

# Parts with a DTD were refused before one is read here, and all of it runs in the child process.

Cell = tuple[int, int]
"""Row and column, both from 1."""

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def formula_cells(
    path: Path, kind: str, parts: frozenset[str], content: bytes | None = None
) -> dict[str, frozenset[Cell]]:
    """Formula cells by name of sheet.

    Args:
        path: a workbook that `look_inside` has passed, or only its name where its content is given.
        kind: `xlsx` or `ods`.
        parts: the parts in which a formula stands somewhere; no other is read.
        content: of the workbook, where it lies nowhere.
    """
    if not parts:
        return {}
    with zipfile.ZipFile(path if content is None else io.BytesIO(content)) as archive:
        if kind == "ods":
            return _in_ods(archive) if "content.xml" in parts else {}
        sheets = _sheet_parts(archive)
        return {name: _in_sheet(archive, part) for name, part in sheets.items() if part in parts}


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Part of each sheet by the sheet's name."""
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - as above
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - as above
    found = {}
    for sheet in book.iter():
        if _local(sheet.tag) == "sheet":
            link = next((value for key, value in sheet.attrib.items() if _local(key) == "id"), None)
            target = targets.get(link, "")
            found[sheet.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _in_sheet(archive: zipfile.ZipFile, part: str) -> frozenset[Cell]:
    found: set[Cell] = set()
    with archive.open(part) as stream:
        for _, node in ElementTree.iterparse(stream):  # noqa: S314 - as above
            name = _local(node.tag)
            if name == "c" and any(_local(inner.tag) == "f" for inner in node):
                where = _REFERENCE.fullmatch(node.get("r", ""))
                if where:
                    found.add((int(where[2]), _column_number(where[1])))
            if name == "row":
                node.clear()
    return frozenset(found)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _in_ods(archive: zipfile.ZipFile) -> dict[str, frozenset[Cell]]:
    found: dict[str, set[Cell]] = {}
    sheet, row, column = "", 0, 0
    with archive.open("content.xml") as stream:
        for event, node in ElementTree.iterparse(stream, events=("start", "end")):  # noqa: S314 - as above
            name = _local(node.tag)
            if event == "start" and name == "table":
                sheet, row = _attribute(node, "name"), 0
            elif event == "start" and name == "table-row":
                row, column = row + 1, 0
            elif event == "start" and name in {"table-cell", "covered-table-cell"}:
                column += 1
                if _attribute(node, "formula"):
                    found.setdefault(sheet, set()).add((row, column))
                column += _repeated(node, "number-columns-repeated") - 1
            elif event == "end" and name == "table-row":
                row += _repeated(node, "number-rows-repeated") - 1
                node.clear()
    return {name: frozenset(cells) for name, cells in found.items()}


def _attribute(node: ElementTree.Element, name: str) -> str:
    return next((value for key, value in node.attrib.items() if _local(key) == name), "")


def _repeated(node: ElementTree.Element, name: str) -> int:
    written = _attribute(node, name)
    return int(written) if written.isascii() and written.isdigit() else 1
