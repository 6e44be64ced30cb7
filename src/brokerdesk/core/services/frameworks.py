"""Framework workbooks in, as editions; suspensions and extensions as acts of the framework manager."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from brokerdesk.core.domain import removal
from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.errors import InputError, InputProblem, RuleError
from brokerdesk.core.domain.framework import Framework, Member, RateLine, Suspension
from brokerdesk.core.domain.framework_law import check_next_edition, law_notes
from brokerdesk.core.domain.gate_house import coded_grounds
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.read_back import read_back
from brokerdesk.core.domain.removal import Removal
from brokerdesk.core.domain.workbook import FrameworkRead, FrameworkRow
from brokerdesk.core.domain.workbook_rules import as_framework
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.desk import Desk


@dataclass(frozen=True, slots=True)
class FrameworkPreview:
    """What a workbook would bring; nothing is kept yet."""

    file_name: str
    sha256: str
    reference: str
    name: str
    edition: int
    """The edition that it would become."""
    counts: dict[str, int]
    """Good rows by sheet, and `bad` rows."""
    problems: tuple[InputProblem, ...]
    notes: tuple[str, ...]
    read_back: tuple[str, ...] = ()
    """How it would be used, in plain English; empty where the framework itself cannot be read."""


def preview_framework(desk: Desk, path: Path) -> FrameworkPreview:
    """Read a workbook and count its rows; nothing is kept.

    Raises:
        InputError: the file as a whole cannot be read.
    """
    read = read_workbook(desk, path)
    with desk.reading() as unit:
        edition = _next_edition(unit, read.framework)
    row = read.framework
    return FrameworkPreview(
        file_name=path.name, sha256=read.file_sha256, reference=row.reference if row else "",
        name=row.name if row else "", edition=edition, counts=counts_of(read), problems=read.problems,
        notes=(*read.notes, *_law_notes(desk, read)), read_back=_read_back(desk, read),
    )  # fmt: skip


def _read_back(desk: Desk, read: FrameworkRead) -> tuple[str, ...]:
    if read.framework is None:
        return ()
    edition = as_framework(read.framework, lots=read.lots, zones=read.zones, terms=read.terms)
    return read_back(edition, read.rules, coded_grounds(desk.rulebook, desk.today()))


def _law_notes(desk: Desk, read: FrameworkRead) -> tuple[str, ...]:
    """What the law says of the framework as a whole. Source: docs/rules.md R026, R027, R032, R035."""
    if read.framework is None:
        return ()
    edition = as_framework(read.framework, lots=read.lots, zones=read.zones, terms=read.terms)
    return tuple(f"{note.sentence} ({note.rule})" for note in law_notes(edition, desk.rulebook))


def read_workbook(desk: Desk, path: Path) -> FrameworkRead:
    """The typed rows of a workbook, read in a child process."""
    read: FrameworkRead = desk.workbooks.read_framework(path, desk.progress)
    return read


def counts_of(read: FrameworkRead) -> dict[str, int]:
    """Good rows by sheet, and how many rows are bad."""
    bad = {(problem.row, (problem.column or "").split(".")[0]) for problem in read.problems}
    return {
        "lots": len(read.lots), "zones": len(read.zones), "members": len(read.members),
        "rates": len(read.rates), "suspensions": len(read.suspensions), "terms": len(read.terms),
        "bad": len(bad),
    }  # fmt: skip


@act("framework_imported", words="import a framework", by=(Role.FRAMEWORK_MANAGER,))
def agree_framework_import(work: Work, *, path: str, sha256: str) -> Framework:
    """Keep a workbook's good rows as a new edition. Source: docs/rules.md R001, R002, R003, R021.

    Args:
        work: the act.
        path: the workbook.
        sha256: of the file as it was shown.

    Raises:
        ConflictError: the file changed since it was shown.
        InputError: the framework itself cannot be read from it.
    """
    read = read_workbook(work.desk, Path(path))
    _check_same(read, sha256)
    if read.framework is None:
        raise InputError(
            "The sheet Framework of this workbook cannot be kept. Mend its rows first.",
            problems=read.problems,
        )
    framework = _edition(work, read, read.framework)
    _check_next(work, framework, {row.location_id for row in read.members})
    work.of(Framework).add(framework)
    work.of(Member).add_many(_members(work.new_id, framework.id, read))
    work.of(RateLine).add_many(_rates(work.new_id, framework.id, read))
    work.of(Suspension).add_many(_suspensions(work.new_id, framework.id, read))
    work.cite("R001", "R002", "R021")
    work.note(
        file_sha256=sha256, reference=framework.reference, edition=framework.edition, rows=counts_of(read)
    )
    return framework


@act("member_suspended", words="suspend a member", by=(Role.FRAMEWORK_MANAGER,))
def suspend_member(
    work: Work,
    *,
    framework_id: str,
    location_id: str,
    scope: str,
    from_on: date,
    to_on: date | None,
    reason: str,
) -> Suspension:
    """Stop a member from being asked or awarded, within a scope and dates. Source: docs/rules.md R105.

    Raises:
        RuleError: it is no member, the scope is no lot or zone, or no reason is given.
    """
    framework = work.of(Framework).get(framework_id)
    if not work.of(Member).find(framework_id=framework.id, location_id=location_id):
        raise RuleError(f"{location_id} is not a member of {framework.reference}.")
    scopes = {"all", *(lot.name for lot in framework.lots), *(zone.name for zone in framework.zones)}
    if scope not in scopes:
        raise RuleError(
            f"“{scope}” is no scope of {framework.reference}. It is one of: {', '.join(sorted(scopes))}."
        )
    if not reason.strip():
        raise RuleError("Say why the member is suspended; the reason is shown wherever it is left out.")
    if to_on is not None and to_on < from_on:
        raise RuleError(f"The suspension would end on {in_words(to_on)}, before it begins. Correct the days.")
    made = Suspension(work.new_id(), framework.id, location_id, scope, from_on, to_on, reason)
    work.of(Suspension).add(made)
    work.cite("R105")
    return made


@act("suspension_lifted", words="lift a suspension", by=(Role.FRAMEWORK_MANAGER,))
def lift_suspension(work: Work, *, suspension_id: str) -> Suspension:
    """End a suspension today; what it barred until now stays barred. Source: docs/rules.md R105.

    Raises:
        RuleError: it was lifted before.
    """
    known = work.of(Suspension).get(suspension_id)
    if known.is_removal:
        raise RuleError(
            "This member was removed, not suspended. Where it joins again, the next edition names it.",
            rule="R033",
        )
    if known.lifted_at:
        raise RuleError("This suspension was lifted before.")
    work.cite("R105")
    return work.of(Suspension).replace(replace(known, lifted_at=work.at.isoformat()))


def removal_letter(
    desk: Desk, *, framework_id: str, location_id: str, ground: str, reason: str, from_on: date
) -> str:
    """What the provider is to be told before it is removed; nothing is kept. Source: docs/rules.md R033."""
    with desk.reading() as unit:
        told = _removal(desk, unit, framework_id, location_id, ground, reason, from_on)
    return removal.removal_letter(told, removal.removal_grounds(desk.rulebook, desk.today()))


@act("member_removed", words="remove a member", by=(Role.FRAMEWORK_MANAGER,))
def remove_member(
    work: Work,
    *,
    framework_id: str,
    location_id: str,
    ground: str,
    reason: str,
    from_on: date,
    told_on: date | None,
) -> Suspension:
    """Remove a member that was told first, with the reasons; its packages stay. Source: docs/rules.md R033.

    Raises:
        RuleError: it is no member, was removed before, or ground, reasons or the telling are missing.
    """
    framework = work.of(Framework).get(framework_id)
    held = work.of(Suspension).find(framework_id=framework.id, location_id=location_id)
    told = _removal(work.desk, work.unit, framework.id, location_id, ground, reason, from_on)
    if any(known.is_removal for known in held):
        raise RuleError(f"{told.provider} was removed before.", rule="R033")
    grounds = removal.removal_grounds(work.rulebook, work.today)
    removal.check_removal(told, grounds, told_on, work.today)
    made = Suspension(
        work.new_id(), framework.id, location_id, "all", from_on, None, reason.strip(), ground=ground,
        told_on=told_on,
    )  # fmt: skip
    work.of(Suspension).add(made)
    work.cite("R033")
    work.note(ground=ground, told_on=told_on, letter=removal.removal_letter(told, grounds))
    return made


def _removal(
    desk: Desk, unit: UnitOfWork, framework_id: str, location_id: str, ground: str, reason: str, from_on: date
) -> Removal:
    framework = unit.of(Framework).get(framework_id)
    places = unit.of(Member).find(framework_id=framework.id, location_id=location_id)
    if not places:
        raise RuleError(f"{location_id} is not a member of {framework.reference}.")
    return Removal(
        desk.authority().name, framework.name, places[0].provider, ground, reason, from_on
    )


@act("extension_taken", words="take an extension", by=(Role.FRAMEWORK_MANAGER,))
def take_extension(work: Work, *, framework_id: str) -> Framework:
    """Take the extension that the framework provides for. Source: docs/rules.md R005.

    Raises:
        RuleError: there is none, or it is taken already.
    """
    framework = work.of(Framework).get(framework_id)
    if framework.extension_ends_on is None:
        raise RuleError(f"{framework.reference} provides for no extension.")
    if framework.extension_taken:
        raise RuleError(f"The extension to {in_words(framework.extension_ends_on)} is taken already.")
    if not framework.is_live(work.today):
        raise RuleError(
            f"{framework.reference} ended on {in_words(framework.last_day)}; it can no longer be extended."
        )
    return work.of(Framework).replace(replace(framework, extension_taken=True))


def list_frameworks(desk: Desk) -> tuple[Framework, ...]:
    """The latest edition of every framework, by reference."""
    latest: dict[str, Framework] = {}
    with desk.reading() as unit:
        for edition in unit.of(Framework).find():
            held = latest.get(edition.reference)
            latest[edition.reference] = edition if held is None or edition.edition > held.edition else held
    return tuple(latest[reference] for reference in sorted(latest))


def _check_same(read: FrameworkRead, sha256: str) -> None:
    if read.file_sha256 != sha256:
        from brokerdesk.core.services.once import changed_since

        raise changed_since(read.file_name)


def _next_edition(unit: UnitOfWork, row: FrameworkRow | None) -> int:
    if row is None:
        return 1
    return max((held.edition for held in unit.of(Framework).find(reference=row.reference)), default=0) + 1


def _edition(work: Work, read: FrameworkRead, row: FrameworkRow) -> Framework:
    return Framework(
        id=work.new_id(), reference=row.reference, edition=_next_edition(work.unit, row), name=row.name,
        kind=row.kind, regime=row.regime, first_trigger_on=row.first_trigger_on, starts_on=row.starts_on,
        ends_on=row.ends_on, extension_ends_on=row.extension_ends_on, extension_taken=row.extension_taken,
        rounding=row.rounding, response_hours_standard=row.response_hours_standard,
        response_hours_urgent=row.response_hours_urgent, weights=dict(row.weights), lots=read.lots,
        zones=read.zones, terms=read.terms, rules=read.rules,
    )  # fmt: skip


def _check_next(work: Work, made: Framework, members: set[str]) -> None:
    """A dynamic market keeps its conditions and its members. Source: docs/rules.md R032, R033."""
    editions = work.of(Framework).find(reference=made.reference)
    if not editions:
        return
    before = max(editions, key=lambda held: held.edition)
    removed = [held for held in work.of(Suspension).find(framework_id=before.id) if held.is_removal]
    check_next_edition(
        before, made, members_before={m.location_id for m in work.of(Member).find(framework_id=before.id)},
        members_after=members, removed={held.location_id for held in removed}, on=work.today,
    )  # fmt: skip
    work.cite("R032")


def _members(new_id: Callable[[], str], framework_id: str, read: FrameworkRead) -> list[Member]:
    return [
        Member(
            id=new_id(), framework_id=framework_id, location_id=row.location_id, provider_id=row.provider_id,
            provider=row.provider, lot=row.lot, zone=row.zone, tier=row.tier, rank=row.rank,
            quality=row.quality, capacity=row.capacity, capacity_unit=row.capacity_unit,
            contact_name=row.contact_name, contact_email=row.contact_email, needs=row.needs,
        )
        for row in read.members
    ]  # fmt: skip


def _rates(new_id: Callable[[], str], framework_id: str, read: FrameworkRead) -> list[RateLine]:
    return [
        RateLine(
            new_id(),
            framework_id,
            row.location_id,
            row.lot,
            row.zone,
            row.band_minutes,
            row.rate,
            row.from_on,
            row.kind,
        )
        for row in read.rates
    ]


def _suspensions(new_id: Callable[[], str], framework_id: str, read: FrameworkRead) -> list[Suspension]:
    return [
        Suspension(new_id(), framework_id, row.location_id, row.scope, row.from_on, row.to_on, row.reason)
        for row in read.suspensions
    ]
