"""Tells what a file from outside really is, and refuses what is not a list."""

from __future__ import annotations

from pathlib import Path

from brokerdesk.core.exchange.caps import MIB, Caps
from brokerdesk.core.exchange.packed import password
from brokerdesk.core.exchange.refusal import UnreadableError, too_large

WORKBOOKS = frozenset({".xlsx", ".ods"})
TEXTS = frozenset({".csv", ".txt", ".tsv"})

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_OLE = "EncryptedPackage".encode("utf-16-le")
_MACRO_ENDINGS = frozenset({".xlsm", ".xltm", ".xlam", ".xlsb"})
_FOREIGN = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
    b"Rar!": "a compressed file",
    b"MZ": "a program",
    b"\x7fELF": "a program",
    b"SQLite format 3": "a database",
}


def kind_of(path: Path, caps: Caps) -> str:
    """What the file is: `workbook`, `text` or `json`.

    Raises:
        UnreadableError: too large, empty, or of a kind that is not read, in a sentence.
    """
    size = path.stat().st_size
    _check_size(path.name, size, caps)
    with path.open("rb") as file:
        start = file.read(64)
    ending = path.suffix.lower()
    if start.startswith(_OLE):
        raise UnreadableError(_old_or_locked(path))
    _refuse_foreign(path.name, start)
    if start.startswith(b"PK\x03\x04"):
        _check_workbook_ending(path.name, ending)
        return "workbook"
    if ending in WORKBOOKS | _MACRO_ENDINGS | {".xls"}:
        raise UnreadableError(
            f"“{path.name}” is named like a workbook but is none. Open it in the program that made it and "
            "save it "
            "as .xlsx, or rename it to what it is."
        )
    return _text_kind(path.name, ending, start)


def _check_size(name: str, size: int, caps: Caps) -> None:
    if size > caps.file_mib * MIB:
        raise UnreadableError(too_large(name, size, caps))
    if size == 0:
        raise UnreadableError(f"“{name}” is empty. Ask the sender for the file again, or save it once more.")


def _old_or_locked(path: Path) -> str:
    # A locked modern workbook lies in the same old container as an .xls; its name stands in the
    # container's directory.
    with path.open("rb") as file:
        while piece := file.read(MIB):
            if _LOCKED_OLE in piece:
                return password(path.name)
    return (
        f"“{path.name}” is an old Excel file (.xls), which BrokerDesk does not read. Open it in your "
        "spreadsheet "
        "program, save it as .xlsx and import that."
    )


def _refuse_foreign(name: str, start: bytes) -> None:
    for mark, words in _FOREIGN.items():
        if start.startswith(mark):
            raise UnreadableError(
                f"“{name}” is {words}, not a list. Choose an .xlsx, .ods, .csv or .json file."
            )


def _check_workbook_ending(name: str, ending: str) -> None:
    if ending in _MACRO_ENDINGS:
        raise UnreadableError(
            f"“{name}” is of a kind that may hold macros, which BrokerDesk never opens. Save it as .xlsx "
            "and try again."
        )
    if ending not in WORKBOOKS:
        raise UnreadableError(
            f"“{name}” is a workbook or a zipped file under another name. Rename it to .xlsx or .ods if it "
            "is a "
            "workbook; unpack it first if it is zipped."
        )


def _text_kind(name: str, ending: str, start: bytes) -> str:
    if ending == ".json":
        return "json"
    if ending not in TEXTS:
        raise UnreadableError(
            f"BrokerDesk does not read files that end in “{ending or 'nothing'}”, such as “{name}”. "
            "Choose an .xlsx, .ods, .csv or .json file."
        )
    return "text"
