"""What a file would bring, the same for every kind of file: figures, problems, examples and the act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from brokerdesk.core.domain.changes import Outcome
from brokerdesk.core.domain.errors import InputProblem
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.services import frameworks, providers
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.frameworks import FrameworkPreview
from brokerdesk.core.services.providers import ImportPreview
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.pages.fact_words import FACT_WORDS, day_of


class FileKind(Enum):
    """What a file is taken for."""

    DIRECTORY = "directory"
    POSTCODES = "postcodes"
    FRAMEWORK = "framework"


KIND_WORDS = {
    FileKind.DIRECTORY: say("The regulator’s directory: CQC locations, ratings or registrations"),
    FileKind.POSTCODES: say("A postcode table: latitude and longitude by postcode"),
    FileKind.FRAMEWORK: say("A framework workbook: lots, zones, members, rates"),
}
FILE_KINDS = {
    FileKind.DIRECTORY: say("Directory files (*.csv *.ods *.xlsx *.json *.zip);;Every file (*)"),
    FileKind.POSTCODES: say("Postcode tables (*.csv *.zip *.txt);;Every file (*)"),
    FileKind.FRAMEWORK: say("Framework workbooks (*.xlsx);;Every file (*)"),
}
MAY_IMPORT = {
    FileKind.DIRECTORY: frozenset({Role.BROKER, Role.FRAMEWORK_MANAGER}),
    FileKind.POSTCODES: frozenset({Role.BROKER, Role.FRAMEWORK_MANAGER}),
    FileKind.FRAMEWORK: frozenset({Role.FRAMEWORK_MANAGER}),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the preview."""

    count: int
    words: str
    detail: str
    is_bad: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """A file that was looked at; nothing of it is kept yet."""

    kind: FileKind
    path: Path
    sha256: str
    line: str
    figures: tuple[Figure, ...]
    problems: tuple[InputProblem, ...]
    examples: tuple[tuple[str, str, str], ...]
    """Id, name and what would change, of the first few."""
    notes: tuple[str, ...]
    ready: int
    """What would be taken in; nought leaves nothing to agree to."""
    words: str
    """Of the button."""
    sentence: str
    """What is ready."""
    read_back: tuple[str, ...] = ()
    """How a framework would be used, in plain English."""


def look_at(desk: Desk, kind: FileKind, path: Path) -> Look:
    """Read a file and count what it would bring; keeps nothing.

    Raises:
        InputError: the file as a whole cannot be read.
    """
    match kind:
        case FileKind.DIRECTORY:
            return _of_providers(kind, path, providers.preview_directory(desk, path))
        case FileKind.POSTCODES:
            return _of_providers(kind, path, providers.preview_postcodes(desk, path))
        case FileKind.FRAMEWORK:
            return _of_framework(path, frameworks.preview_framework(desk, path))


def agree(desk: Desk, look: Look) -> Outcome[object]:
    """Take in the file that was looked at, by the act of its kind."""
    acts: dict[FileKind, Callable[..., Outcome[object]]] = {
        FileKind.DIRECTORY: providers.agree_directory_import,  # type: ignore[dict-item]  # outcomes differ, none is read
        FileKind.POSTCODES: providers.agree_postcode_import,  # type: ignore[dict-item]  # as above
        FileKind.FRAMEWORK: frameworks.agree_framework_import,  # type: ignore[dict-item]  # as above
    }
    return acts[look.kind](desk, path=str(look.path), sha256=look.sha256)


def _of_providers(kind: FileKind, path: Path, found: ImportPreview) -> Look:
    is_directory = kind is FileKind.DIRECTORY
    skipped = sum(left.rows for left in found.skipped)
    ready = 0 if found.is_known else found.new + found.changed
    one, many = (
        (say("{count:,} location"), say("{count:,} locations"))
        if is_directory
        else (say("{count:,} postcode"), say("{count:,} postcodes"))
    )
    counted = say_many(one, many, ready)
    told = say("{count} ready: {new:,} new and {changed:,} changed.", count=counted, new=found.new,
               changed=found.changed)  # fmt: skip
    if found.is_known:
        told = say("This very file was taken in before, so nothing would change.")
    elif not ready:
        told = say("Everything in this file is known already, so no fact would change.")
    line = say("{name}, {layout}, {rows:,} rows, of {day} ({how}). Nothing is saved until you agree",
               name=found.file_name, layout=found.layout, rows=found.rows_read, day=day_of(found.dated_on),
               how=found.dated_by)  # fmt: skip
    return Look(
        kind=kind, path=path, sha256=found.sha256, line=line,
        figures=(
            Figure(found.new, say("new"), say("not seen before")),
            Figure(found.changed, say("changed"), say("some fact differs")),
            Figure(found.same, say("the same"), say("nothing to do")),
            Figure(found.bad, say("with problems"), say("read in part, or left out"), is_bad=True),
            Figure(skipped, say("left out"), say("on purpose")),
        ),
        problems=found.problems,
        examples=tuple(
            (example.location_id, example.name, _facts(example.facts)) for example in found.examples
        ),
        notes=_left_out(found), ready=ready, words=say("Import {count}", count=counted), sentence=told,
    )  # fmt: skip


def _left_out(found: ImportPreview) -> tuple[str, ...]:
    return tuple(
        say_many("{count:,} row left out: {reason}.", "{count:,} rows left out: {reason}.", left.rows,
                 reason=left.reason.rstrip("."))
        for left in found.skipped
    )  # fmt: skip


def _facts(names: tuple[str, ...]) -> str:
    return ", ".join(FACT_WORDS.get(name, name) for name in names) if names else say("New")


def _of_framework(path: Path, found: FrameworkPreview) -> Look:
    count, bad = found.counts, found.counts.get("bad", 0)
    line = say("{file}, {reference} {name}, would be edition {edition}. Nothing is saved until you agree",
               file=found.file_name, reference=found.reference, name=found.name,
               edition=found.edition)  # fmt: skip
    parts = (("lots", say("lots")), ("members", say("members")), ("rates", say("rates")))
    figures = [Figure(count.get(key, 0), words, say("rows read")) for key, words in parts]
    others = sum(count.get(key, 0) for key in ("zones", "suspensions", "terms"))
    figures.append(Figure(others, say("other rows"), say("zones, suspensions, terms")))
    figures.append(Figure(bad, say("with problems"), say("left out until corrected"), is_bad=True))
    words = say("Import edition {edition}", edition=found.edition)
    told = say("Edition {edition} of {reference} is ready; packages keep the edition they began with.",
               edition=found.edition, reference=found.reference)  # fmt: skip
    if not found.reference:
        told = say("The sheet Framework cannot be read, so there is nothing to import yet.")
    return Look(
        kind=FileKind.FRAMEWORK, path=path, sha256=found.sha256, line=line, figures=tuple(figures),
        problems=found.problems, examples=(), notes=found.notes, ready=1 if found.reference else 0,
        words=words, sentence=told, read_back=found.read_back,
    )  # fmt: skip
