"""Looks into a workbook's parts before any reader opens them: bombs, macros, passwords, DTDs, formulas."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from brokerdesk.core.exchange.caps import MIB, Caps
from brokerdesk.core.exchange.refusal import UnreadableError

_CHUNK = 1 << 20
_OVERLAP = 64
_DTD = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_MACROS = re.compile(r"(^|/)vbaProject\.bin$|^Basic/|^Scripts/|macrosheets/", re.IGNORECASE)
# Looking for these bytes first is ten times as fast as the patterns themselves.
_FORMULA_HINTS = {"xlsx": (b"<f", b":f"), "ods": (b"formula",)}
_FORMULA = {
    "xlsx": re.compile(rb"<(?:\w+:)?f[\s/>]"),
    "ods": re.compile(rb"\s(?:\w+:)?formula\s*="),
}
_WIDE_ENCODINGS = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")


@dataclass(frozen=True, slots=True)
class PackedWorkbook:
    """A workbook that has passed the look inside."""

    kind: str
    """`xlsx` or `ods`."""
    formula_parts: frozenset[str]
    """Parts in which a formula stands somewhere."""


def look_inside(path: Path, caps: Caps, content: bytes | None = None) -> PackedWorkbook:
    """Check the parts of a zipped workbook, unpacking each once without keeping it.

    Args:
        path: the file, or only its name where its content is given.
        caps: the limits.
        content: of the workbook, where it lies nowhere.

    Raises:
        UnreadableError: not a workbook, or one that may do harm, in a sentence.
    """
    try:
        with zipfile.ZipFile(path if content is None else io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_directory(path.name, entries, caps)
            kind = _kind(path.name, archive, {entry.filename for entry in entries})
            return PackedWorkbook(kind, frozenset(_scan(path.name, archive, entries, kind, caps)))
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ) as why:
        raise UnreadableError(
            f"“{path.name}” is not a whole workbook: part of it is missing or damaged. "
            "Open it in your spreadsheet program, save it again as .xlsx and try once more."
        ) from why


def _check_directory(name: str, entries: list[zipfile.ZipInfo], caps: Caps) -> None:
    """Refuse by what the directory says of itself, before anything is unpacked."""
    if len(entries) > caps.parts:
        raise UnreadableError(
            f"“{name}” holds {len(entries):,} parts and a workbook has at most {caps.parts:,}, so it was "
            "not opened. "
            "Save only the sheet that you need as a new file."
        )
    if sum(entry.file_size for entry in entries) > caps.unpacked_mib * MIB:
        raise UnreadableError(_bomb(name))
    for entry in entries:
        _check_ratio(name, entry, entry.file_size, caps)
        if entry.flag_bits & 1:
            raise UnreadableError(password(name))


def _check_ratio(name: str, entry: zipfile.ZipInfo, unpacked: int, caps: Caps) -> None:
    if unpacked > caps.ratio_from_mib * MIB and unpacked > caps.unpacked_ratio * max(entry.compress_size, 1):
        raise UnreadableError(_bomb(name))


def _kind(name: str, archive: zipfile.ZipFile, names: set[str]) -> str:
    if any(_MACROS.search(part) for part in names):
        raise UnreadableError(
            f"“{name}” holds macros, which BrokerDesk never opens. Save it as a workbook without macros "
            "(.xlsx) "
            "and try again."
        )
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names:
        if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise UnreadableError(password(name))
        return "ods"
    raise UnreadableError(
        f"“{name}” is a zipped file but not a workbook. Unpack it first, or choose an .xlsx, .ods or .csv "
        "file."
    )


def _scan(
    name: str, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], kind: str, caps: Caps
) -> Iterator[str]:
    """Unpack every part once, because the directory can lie; name those in which a formula stands."""
    total, formula, hints = 0, _FORMULA[kind], _FORMULA_HINTS[kind]
    for entry in entries:
        size, found = 0, False
        for chunk in _chunks(archive, entry):
            if size == 0:
                _check_encoding(name, entry.filename, chunk)
            size += len(chunk) - min(len(chunk), _OVERLAP if size else 0)
            _check_ratio(name, entry, size, caps)
            if total + size > caps.unpacked_mib * MIB:
                raise UnreadableError(_bomb(name))
            if _is_xml(entry.filename):
                _refuse_dtd(name, chunk)
                found = found or (any(hint in chunk for hint in hints) and formula.search(chunk) is not None)
        total += size
        if found:
            yield entry.filename


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part in pieces, each beginning with the end of the one before, so that no mark is cut in two."""
    tail = b""
    with archive.open(entry) as part:
        while piece := part.read(_CHUNK):
            yield tail + piece
            tail = piece[-_OVERLAP:].rjust(_OVERLAP) if len(piece) < _OVERLAP else piece[-_OVERLAP:]


def _is_xml(part: str) -> bool:
    return part.lower().endswith((".xml", ".rels", ".vml"))


def _check_encoding(name: str, part: str, start: bytes) -> None:
    # The marks below are looked for as ASCII; a part in a wide encoding could hide them, and no program
    # writes one.
    if _is_xml(part) and start.startswith(_WIDE_ENCODINGS):
        raise UnreadableError(
            f"“{name}” is written in a form that spreadsheet programs do not use. Open it in one, save it "
            "again as "
            ".xlsx and try once more."
        )


def _refuse_dtd(name: str, chunk: bytes) -> None:
    if b"<!" in chunk and _DTD.search(chunk):
        raise UnreadableError(
            f"“{name}” holds definitions (a DTD) that no spreadsheet program writes and that can do harm, "
            "so it was "
            "not opened. Ask the sender for a plain .xlsx or .csv file."
        )


def _bomb(name: str) -> str:
    return (
        f"“{name}” would unpack to far more than a list of this kind should hold, so it was not opened. "
        "Save only the sheet that you need as a new file and try again."
    )


def password(name: str) -> str:
    """Sentence for a workbook that is locked with a password."""
    return (
        f"“{name}” is locked with a password. Open it in your spreadsheet program, save a copy without the "
        "password "
        "and import that."
    )
