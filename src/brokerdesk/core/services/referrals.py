"""Recording what a person needs: by form, by list, and amending it before anyone was asked."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from brokerdesk.core.domain import pricing
from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.errors import InputError, InputProblem, RuleError
from brokerdesk.core.domain.framework import Framework, Member
from brokerdesk.core.domain.identifiers import is_valid_nhs_number, outcode, tidy_nhs_number, tidy_postcode
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.package import Cohort, Draft, Need, Package, PackageStatus, Step
from brokerdesk.core.domain.referral_rows import ReferralRead, ReferralRow
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import journey
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.once import changed_since

_ADULT_FROM = 18
_MOST_WEEKS = 5_200
"""A hundred years; a longer duration is a slip, and the calendar ends."""


def save_draft(desk: Desk, draft_id: str, content: Mapping[str, str]) -> None:
    """Keep unfinished work of the signed-in officer; it is no act and leaves no register entry."""
    draft = Draft(f"{draft_id}@{desk.operator.id}", desk.operator.id, desk.now(), dict(content))
    with desk.units.writing() as unit:
        known = unit.of(Draft).find(id=draft.id)
        if known:
            unit.of(Draft).replace(replace(draft, version=known[0].version))
        else:
            unit.of(Draft).add(draft)
        unit.commit()


def draft(desk: Desk, draft_id: str) -> dict[str, str] | None:
    """Unfinished work as it was kept last; none where there is none."""
    with desk.reading() as unit:
        found = unit.of(Draft).find(id=f"{draft_id}@{desk.operator.id}")
    return found[0].content if found else None


def drop_draft(desk: Desk, draft_id: str) -> None:
    """Forget unfinished work, because the act that uses it was done or the officer gave it up."""
    with desk.units.writing() as unit:
        if unit.of(Draft).find(id=f"{draft_id}@{desk.operator.id}"):
            unit.of(Draft).remove(f"{draft_id}@{desk.operator.id}")
            unit.commit()


@act("referral_recorded", words="record a referral", by=(Role.BROKER,))
def record_referral(work: Work, *, need: Need, framework_reference: str | None = None) -> Package:
    """Take in a need as a new package of care. Source: docs/rules.md R011, R122, R149, R155.

    Args:
        work: the act.
        need: what the council has assessed.
        framework_reference: the framework to source from; the live one with such a lot where none is named.

    Raises:
        InputError: the postcode, the NHS number or a day cannot be right.
        RuleError: it would start before today, or no framework has such a lot.
    """
    tidy = check_need(need, work.today)
    framework = framework_for(work.unit, tidy, framework_reference, work.today)
    package = _new_package(work, tidy, framework)
    work.of(Package).add(package)
    work.note(reference=package.reference, framework=framework.reference, edition=framework.edition)
    journey.stamp(work, package.id, Step.NEED, _recorded_words(tidy))
    return package


@act("need_amended", words="amend a need", by=(Role.BROKER,))
def amend_need(work: Work, *, package_id: str, need: Need) -> Package:
    """Change a need before anyone was asked; afterwards the round is withdrawn first.

    Raises:
        InputError: the postcode, the NHS number or a day cannot be right.
        RuleError: providers have already been asked for the need as it was.
    """
    package = work.of(Package).get(package_id)
    if package.status is not PackageStatus.NEEDS_PROVIDER:
        raise RuleError(
            f"Providers were already asked for {package.reference} as it stands. Withdraw the round, "
            "then amend."
        )
    tidy = check_need(need, work.today)
    named = journey.framework_of(work.unit, package).reference if package.framework_id else None
    framework = framework_for(work.unit, tidy, named, work.today)
    cost, hours = guide_cost(work.unit, tidy, framework, work.today)
    journey.stamp(work, package.id, Step.NEED, "Need amended")
    return work.of(Package).replace(
        replace(package, need=tidy, framework_id=framework.id, weekly_cost=cost, carer_hours=hours)
    )


def check_need(need: Need, today: date) -> Need:
    """The need with its numbers as they are kept. Source: docs/rules.md R122, R149, R155.

    Raises:
        InputError: a number or day cannot be right; every such field is in `problems`.
        RuleError: it would start before today, or the age does not fit the cohort.
    """
    postcode, problems = tidy_postcode(need.postcode), []
    if postcode is None:
        problems.append(InputProblem(None, "postcode", need.postcode[:80], "a postcode such as WN5 9AA"))
    if need.nhs_number and not is_valid_nhs_number(need.nhs_number):
        wanted = "ten digits of which the last checks the others"
        problems.append(InputProblem(None, "nhs_number", need.nhs_number[:80], wanted))
    if need.born_on and need.born_on > today:
        problems.append(InputProblem(None, "born_on", str(need.born_on), f"a day up to {in_words(today)}"))
    if not need.person_name:
        problems.append(InputProblem(None, "family_name", "", "the person's name"))
    if not (need.visits or need.nights or need.bed):
        problems.append(InputProblem(None, "visits", "", "at least one visit, night or place"))
    if need.expected_weeks is not None and not 1 <= need.expected_weeks <= _MOST_WEEKS:
        wanted = f"whole weeks from 1 to {_MOST_WEEKS:,}, or nothing where it is unknown"
        problems.append(InputProblem(None, "expected_weeks", str(need.expected_weeks)[:80], wanted))
    if problems:
        first = problems[0]
        rule = {"postcode": "R155", "nhs_number": "R149"}.get(first.column or "")
        raise InputError(
            f"The need cannot be recorded yet: {first.column} is “{first.found}”, and {first.wanted} "
            "is wanted.",
            problems=tuple(problems), rule=rule,
        )  # fmt: skip
    _check_start(need, today)
    number = tidy_nhs_number(need.nhs_number) if need.nhs_number else None
    return replace(need, postcode=postcode or need.postcode, nhs_number=number)


def _check_start(need: Need, today: date) -> None:
    if need.starts_on < today:
        raise RuleError(
            f"The care would have started on {in_words(need.starts_on)}, and today is {in_words(today)}. "
            "Give a start from today on."
        )
    if need.born_on is None:
        return
    age = age_on(need.born_on, need.starts_on)
    fits = age >= _ADULT_FROM if need.cohort is Cohort.ADULT else age < _ADULT_FROM
    if not fits:
        raise RuleError(
            f"The person will be {age} on the day the care starts, which does not fit “{need.cohort.value}”. "
            "Correct the date of birth or the cohort.",
            rule="R122",
        )


def age_on(born_on: date, day: date) -> int:
    """Whole years of age on a day."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def framework_for(unit: UnitOfWork, need: Need, reference: str | None, today: date) -> Framework:
    """The edition to source from: the latest of the one named, else the live one with such a lot.

    Raises:
        RuleError: there is none, or it has no such lot.
    """
    latest: dict[str, Framework] = {}
    for edition in unit.of(Framework).find():
        held = latest.get(edition.reference)
        if held is None or edition.edition > held.edition:
            latest[edition.reference] = edition
    if reference is not None and reference not in latest:
        near = difflib.get_close_matches(reference, latest, 1)
        raise RuleError(
            f"There is no framework {reference} on this desk."
            + (f" Did you mean {near[0]}?" if near else " Import its workbook first.")
        )
    named = [latest[reference]] if reference else list(latest.values())
    with_lot = [framework for framework in named if framework.lot(need.lot)]
    if with_lot:
        return max(with_lot, key=lambda f: (f.is_live(today), f.last_day, f.reference))
    if not named:
        raise RuleError("This desk has no framework yet. Import a framework workbook first.")
    raise journey.no_such_lot(named[0], need.lot)


def guide_cost(
    unit: UnitOfWork, need: Need, framework: Framework, today: date
) -> tuple[Money | None, Decimal | None]:
    """The week's price and carer hours at the rates of the first member, by tier and rank, that has them all.

    Source: docs/rules.md R157 to R163.
    """
    lines, zones = journey.rates_of(unit, framework), framework.zones_of(outcode(need.postcode))
    members = [m for m in journey.members_of(unit, framework) if m.lot.casefold() == need.lot.casefold()]
    for member in sorted(members, key=framework_order):
        rates = pricing.rates_of(
            framework, lines, location_id=member.location_id, need=need, zones=zones, on=today
        )
        if rates is None:
            continue
        try:
            priced = pricing.price_need(need, rates)
        except InputError:
            continue  # a rate is missing, or a visit length has no band: no guide from this member
        return priced.weekly, priced.carer_hours
    return None, None


def framework_order(member: Member) -> tuple[bool, int, bool, int, str]:
    """By tier, then the framework's own rank, not stated last."""
    return member.tier is None, member.tier or 0, member.rank is None, member.rank or 0, member.location_id


def _new_package(work: Work, need: Need, framework: Framework) -> Package:
    cost, hours = guide_cost(work.unit, need, framework, work.today)
    return Package(
        id=work.new_id(), reference=work.unit.next_reference(), need=need,
        status=PackageStatus.NEEDS_PROVIDER, framework_id=framework.id, created_at=work.at,
        created_by=work.officer.id, weekly_cost=cost,
        carer_hours=hours,
    )  # fmt: skip


def _recorded_words(need: Need) -> str:
    if need.expected_weeks is None:
        return "Referral recorded; the duration is unknown"
    return f"Referral recorded, expected to run {need.expected_weeks} weeks"


@dataclass(frozen=True, slots=True)
class ReferralPreview:
    """What a referral list would bring; nothing is kept yet."""

    file_name: str
    sha256: str
    counts: dict[str, int]
    """`new`, `known` (the reference is on the desk already) and `bad` rows."""
    problems: tuple[InputProblem, ...]
    notes: tuple[str, ...]


def preview_referrals(desk: Desk, path: Path) -> ReferralPreview:
    """Read a referral list and count its rows; nothing is kept.

    Raises:
        InputError: the file as a whole cannot be read.
    """
    read = _read_list(desk, path)
    with desk.reading() as unit:
        known = _references(unit)
    new = sum(row.reference not in known for row in read.rows)
    bad = len({problem.row for problem in read.problems})
    counts = {"new": new, "known": len(read.rows) - new, "bad": bad}
    return ReferralPreview(path.name, read.file_sha256, counts, read.problems, read.notes)


@act("referrals_imported", words="import referrals", by=(Role.BROKER,))
def agree_referral_import(work: Work, *, path: str, sha256: str) -> tuple[str, ...]:
    """Record every good row of a referral list as a package; a reference that is known stays as it is.

    Returns:
        The references of the new packages.

    Raises:
        ConflictError: the file changed since it was shown.
        InputError: a row's need cannot be recorded; nothing is kept.
    """
    read = _read_list(work.desk, Path(path))
    if read.file_sha256 != sha256:
        raise changed_since(read.file_name)
    known, made = _references(work.unit), []
    for row in read.rows:
        if row.reference in known:
            continue
        need = check_need(_need_of(row), work.today)
        framework = framework_for(work.unit, need, None, work.today)
        package = _new_package(work, need, framework)
        work.of(Package).add(package)
        journey.stamp(work, package.id, Step.NEED, _recorded_words(need))
        made.append(package.reference)
    work.note(file_sha256=sha256, rows=len(made))
    return tuple(made)


def _read_list(desk: Desk, path: Path) -> ReferralRead:
    read: ReferralRead = desk.referral_reader.read_referrals(path, desk.progress)
    return read


def _references(unit: UnitOfWork) -> frozenset[str]:
    return frozenset(package.need.reference for package in unit.of(Package).find() if package.need.reference)


def _need_of(row: ReferralRow) -> Need:
    """A row as a need; its service names the lot."""
    return Need(
        cohort=row.cohort, lot=row.service, first_names=row.first_names, family_name=row.family_name,
        postcode=row.postcode, starts_on=row.starts_on, reference=row.reference, team=row.team,
        born_on=row.born_on, nhs_number=row.nhs_number, service=row.service, needs=row.needs,
        preferences=row.preferences, expected_weeks=row.expected_weeks, urgent_since=row.urgent_since,
        funding=row.funding, personal_budget=row.personal_budget, visits=row.visits,
    )  # fmt: skip
