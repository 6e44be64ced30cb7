"""All letters of an award in one zip with an index; the same letters, the same bytes."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

from brokerdesk.core.domain.award import FiledLetter, LetterStatus
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.file_names import free_name, safe_name
from brokerdesk.core.domain.letter_return import LetterRevision, RevisionKind
from brokerdesk.core.domain.package import Package
from brokerdesk.core.files import write_safely
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.letters import letter_of

INDEX = "index.csv"
_HEADS = ("File", "Title", "Kind", "Number", "Version", "To", "State", "Short code", "SHA-256")
_STATES = {
    RevisionKind.TIME_STAMPED: "time-stamped later",
    RevisionKind.COUNTER_SIGNED: "signed by the provider too",
    RevisionKind.WET_INK: "signed by the provider in ink",
}
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""Zip knows no earlier time; none is told, so that the same letters give the same bytes."""


def pack_name(desk: Desk, award_id: str) -> str:
    """Name for the pack of an award: `KVB-0007 letters.zip`."""
    with desk.reading() as unit:
        letters = unit.of(FiledLetter).pick("package_id", award_id=award_id)
        reference = unit.of(Package).get(letters[0][0]).reference if letters else "award"
    return safe_name(f"{reference} letters.zip")


def write_pack(desk: Desk, *, award_id: str, path: Path) -> Path:
    """Write every issued letter of an award and every later file of it into one zip with an index.

    Raises:
        RuleError: a letter is not issued yet.
        PlaceError: the zip cannot be written; what stood there is as it was.

    Source: docs/rules.md R148.
    """
    with desk.reading() as unit:
        letters = unit.of(FiledLetter).find(award_id=award_id)
        later = {
            held.id: unit.of(LetterRevision).find(letter_id=held.id, is_filed=True) for held in letters
        }
    waiting = sum(held.status is not LetterStatus.ISSUED for held in letters)
    if waiting or not letters:
        raise RuleError("A pack holds issued letters. Sign and issue them first.")
    write_safely(path, _zipped(letters, later))
    return path


def _zipped(letters: tuple[FiledLetter, ...], later: dict[str, tuple[LetterRevision, ...]]) -> bytes:
    out, rows, names = io.BytesIO(), list[tuple[object, ...]](), frozenset({INDEX})
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for filed in letters:
            for content, sha256, state, ending in _files_of(filed, later[filed.id]):
                stem = Path(filed.file_name).stem
                name = free_name(safe_name(f"{stem}{ending}"), names)
                names |= {name}
                packed.writestr(zipfile.ZipInfo(name, _EARLIEST), content, zipfile.ZIP_DEFLATED)
                rows.append(_row(name, filed, state, sha256))
        packed.writestr(zipfile.ZipInfo(INDEX, _EARLIEST), _index(rows), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _files_of(
    filed: FiledLetter, later: tuple[LetterRevision, ...]
) -> tuple[tuple[bytes, str, str, str], ...]:
    """Content, SHA-256, state and ending of each file of a letter, as issued first."""
    found = [(filed.pdf, filed.sha256, "as issued", ".pdf")]
    for held in later:
        ending = Path(held.file_name).suffix.lower() or ".pdf"
        found.append((held.content, held.sha256, _STATES[held.kind], f"-{held.kind.value}{ending}"))
    return tuple(found)


def _row(name: str, filed: FiledLetter, state: str, sha256: str) -> tuple[object, ...]:
    letter = letter_of(filed)
    return (
        name, letter.title, filed.kind, letter.reference, letter.version, filed.addressee, state,
        filed.short_code, sha256,
    )  # fmt: skip


def _index(rows: list[tuple[object, ...]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_HEADS)
    writer.writerows([_typed(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _typed(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
