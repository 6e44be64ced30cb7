"""The regulator's directory and postcode positions: looked at first, taken in when the officer agrees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from brokerdesk.core.domain.directory import (
    DirectoryRead,
    FactOrigin,
    KnownLocation,
    Skipped,
    changed_facts,
    with_newer,
)
from brokerdesk.core.domain.errors import ConflictError, InputProblem, RuleError
from brokerdesk.core.domain.identifiers import tidy_postcode
from brokerdesk.core.domain.imported_file import ImportedFile
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.ports import Cancelled, Progress, UnitOfWork
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.desk import LONDON, Desk

_MAY_IMPORT = (Role.FRAMEWORK_MANAGER, Role.BROKER)
_EXAMPLES = 20


@dataclass(frozen=True, slots=True)
class Example:
    """One location that would be new or change."""

    location_id: str
    name: str
    facts: tuple[str, ...]
    """Names of the facts that differ; empty where the location is new."""


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What taking in a file would do; nothing is kept yet."""

    file_name: str
    sha256: str
    kind: str
    layout: str
    dated_on: date
    dated_by: str
    """How the file's day was found, in words."""
    rows_read: int
    new: int
    changed: int
    same: int
    bad: int
    skipped: tuple[Skipped, ...]
    problems: tuple[InputProblem, ...]
    examples: tuple[Example, ...]
    is_known: bool
    """The same file was taken in before, so nothing would change."""


@dataclass(frozen=True, slots=True)
class _Merged:
    """What a directory file does to what is known."""

    written: tuple[KnownLocation, ...]
    """Locations whose facts or whose facts' origins differ."""
    new: int
    changed: int
    same: int
    examples: tuple[Example, ...]


def preview_directory(desk: Desk, path: Path) -> ImportPreview:
    """Read a directory file and count what it would change; keeps nothing.

    Raises:
        InputError: the file as a whole cannot be read.
    """
    read: DirectoryRead = desk.directory_reader.read_directory(path, desk.progress)
    with desk.reading() as unit:
        if _is_known(unit, read.file_sha256):
            return _directory_preview(path, read, _Merged((), 0, 0, len(read.rows), ()), is_known=True)
        return _directory_preview(path, read, _merge(unit, path, read, desk.progress), is_known=False)


@act("directory_imported", words="import the directory", by=_MAY_IMPORT)
def agree_directory_import(work: Work, *, path: str, sha256: str) -> ImportedFile:
    """Take in the directory file that was looked at: the later file wins fact by fact, a blank never erases.

    Args:
        work: the act under way.
        path: the file.
        sha256: of the file as it was looked at.

    Raises:
        ConflictError: it is another file now.
        InputError: it cannot be read.
    """
    file = Path(path)
    read: DirectoryRead = work.desk.directory_reader.read_directory(file, work.desk.progress)
    _check_same(file, read.file_sha256, sha256)
    known = work.of(ImportedFile).find(id=sha256)
    if known:
        return _nothing_new(work, known[0], len(read.rows))
    merged = _merge(work.unit, file, read, work.desk.progress)
    work.unit.directory.keep(merged.written)
    return _keep_file(work, _directory_preview(file, read, merged, is_known=False))


def preview_postcodes(desk: Desk, path: Path) -> ImportPreview:
    """Read a postcode table and count what it would change; keeps nothing.

    Raises:
        InputError: the file as a whole cannot be read.
    """
    read = desk.directory_reader.read_postcodes(path, desk.progress)
    with desk.reading() as unit:
        return _postcode_preview(unit, path, read)


@act("postcodes_imported", words="import postcode positions", by=_MAY_IMPORT)
def agree_postcode_import(work: Work, *, path: str, sha256: str) -> ImportedFile:
    """Take in the postcode table that was looked at.

    Raises:
        ConflictError: it is another file now.
        InputError: it cannot be read.
    """
    file = Path(path)
    read = work.desk.directory_reader.read_postcodes(file, work.desk.progress)
    _check_same(file, read.file_sha256, sha256)
    known = work.of(ImportedFile).find(id=sha256)
    if known:
        return _nothing_new(work, known[0], len(read.rows))
    preview = _postcode_preview(work.unit, file, read)
    work.unit.directory.keep_positions(read.rows)
    return _keep_file(work, preview)


def find_locations(desk: Desk, text: str, limit: int = 50) -> tuple[KnownLocation, ...]:
    """Locations whose name, provider, id, postcode or town holds every word of the text, by name."""
    with desk.reading() as unit:
        return unit.directory.search(tidy_postcode(text) or text, limit)


def location(desk: Desk, location_id: str) -> KnownLocation:
    """All that is known of one location.

    Raises:
        RuleError: no file has named it.
    """
    with desk.reading() as unit:
        found: KnownLocation | None = unit.directory.known((location_id,)).get(location_id)
    if found is None:
        raise RuleError(f"No directory file names location {location_id}. Import the regulator's latest one.")
    return found


def imported_files(desk: Desk) -> tuple[ImportedFile, ...]:
    """Every file that was taken in, in order."""
    with desk.reading() as unit:
        return unit.of(ImportedFile).find()


def directory_dated_on(unit: UnitOfWork) -> date | None:
    """The latest day that a directory file speaks of; none where none was taken in."""
    return max((file.dated_on for file in unit.of(ImportedFile).find(kind="directory")), default=None)


def _check_same(file: Path, found: str, wanted: str) -> None:
    if found != wanted:
        raise ConflictError(f"“{file.name}” has changed since you looked at it. Look again, then agree.")


def _is_known(unit: UnitOfWork, sha256: str) -> bool:
    return bool(unit.of(ImportedFile).find(id=sha256))


def _merge(unit: UnitOfWork, path: Path, read: DirectoryRead, progress: Progress) -> _Merged:
    origin = FactOrigin(read.file_sha256, _dated_on(path, read.file_dated_on))
    before = unit.directory.known(facts.location_id for facts in read.rows)
    written: list[KnownLocation] = []
    examples: list[Example] = []
    counts: Counter[str] = Counter()
    for later in _merged_rows(read, before, origin, progress):
        known = before.get(later.location_id)
        differing = () if known is None or known.facts == later.facts else changed_facts(known, later)
        counts["new" if known is None else "changed" if differing else "same"] += 1
        if later != known:
            written.append(later)
        if (known is None or differing) and len(examples) < _EXAMPLES:
            name = later.facts.location_name or later.facts.provider_name or ""
            examples.append(Example(later.location_id, name, differing))
    return _Merged(tuple(written), counts["new"], counts["changed"], counts["same"], tuple(examples))


def _merged_rows(
    read: DirectoryRead, before: Mapping[str, Any], origin: FactOrigin, progress: Progress
) -> Iterator[KnownLocation]:
    for number, facts in enumerate(read.rows):
        if number % 1_000 == 0:
            _report(progress, number, len(read.rows), "Comparing with what is known")
        yield with_newer(before.get(facts.location_id), facts, origin)


def _report(progress: Progress, done: int, total: int, what: str) -> None:
    progress.report(done, total, what)
    if progress.is_cancelled():
        raise Cancelled


def _dated_on(path: Path, stated: date | None) -> date:
    """The day that a file speaks of; where it does not say, the day it was last written."""
    if stated is not None:
        return stated
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone(LONDON).date()


def _directory_preview(path: Path, read: DirectoryRead, merged: _Merged, *, is_known: bool) -> ImportPreview:
    return ImportPreview(
        file_name=read.file_name, sha256=read.file_sha256, kind="directory", layout=read.layout,
        dated_on=_dated_on(path, read.file_dated_on),
        dated_by=read.dated_by if read.file_dated_on else "the day the file was last written",
        rows_read=read.rows_read, new=merged.new, changed=merged.changed, same=merged.same,
        bad=_bad_rows(read.problems), skipped=read.skipped, problems=read.problems,
        examples=merged.examples, is_known=is_known,
    )


def _postcode_preview(unit: UnitOfWork, path: Path, read: Any) -> ImportPreview:
    before = unit.directory.positions(row[0] for row in read.rows)
    rows = {row[0]: (row[1], row[2]) for row in read.rows}
    new = sum(code not in before for code in rows)
    changed = sum(code in before and before[code] != place for code, place in rows.items())
    return ImportPreview(
        file_name=read.file_name, sha256=read.file_sha256, kind="postcodes", layout="postcode table",
        dated_on=_dated_on(path, None), dated_by="the day the file was last written",
        rows_read=read.rows_read, new=new, changed=changed, same=len(rows) - new - changed,
        bad=_bad_rows(read.problems), skipped=read.skipped, problems=read.problems, examples=(),
        is_known=_is_known(unit, read.file_sha256),
    )


def _bad_rows(problems: tuple[InputProblem, ...]) -> int:
    return len({problem.row for problem in problems})


def _keep_file(work: Work, preview: ImportPreview) -> ImportedFile:
    kept = ImportedFile(
        id=preview.sha256, kind=preview.kind, name=preview.file_name, layout=preview.layout,
        dated_on=preview.dated_on, imported_at=work.at, officer_id=work.officer.id, new=preview.new,
        changed=preview.changed, same=preview.same, bad=preview.bad,
        skipped=sum(left_out.rows for left_out in preview.skipped),
    )
    work.of(ImportedFile).add(kept)
    work.note(new=kept.new, changed_rows=kept.changed, same=kept.same, bad=kept.bad, skipped=kept.skipped)
    return kept


def _nothing_new(work: Work, known: ImportedFile, rows: int) -> ImportedFile:
    """The answer where the same file was taken in before: nothing is written but the register's entry."""
    work.note(new=0, changed_rows=0, same=rows, bad=known.bad, skipped=known.skipped)
    return ImportedFile(
        id=known.id, kind=known.kind, name=known.name, layout=known.layout, dated_on=known.dated_on,
        imported_at=known.imported_at, officer_id=known.officer_id, new=0, changed=0, same=rows,
        bad=known.bad, skipped=known.skipped, version=known.version,
    )
