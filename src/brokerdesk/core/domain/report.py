"""Reports: columns declared once, a printed definition, and a true reason where there is nothing to count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from brokerdesk.core.domain.award import Award
from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.framework import Framework
from brokerdesk.core.domain.london import london_day
from brokerdesk.core.domain.money import ZERO, Money
from brokerdesk.core.domain.package import Cohort

NOT_TIERED = "not tiered"


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """One column of a report, declared once for screen, csv and xlsx."""

    name: str
    kind: str
    """`text`, `count`, `money` or `date`."""
    unit: str
    """Such as `packages` or `pounds a week`; empty for text."""
    blank: str
    """What a blank cell means."""


Cell = str | int | Money | date | None


@dataclass(frozen=True, slots=True)
class Report:
    """A table with its definition printed on it."""

    name: str
    title: str
    definition: str
    columns: tuple[ReportColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...]

    @property
    def heads(self) -> tuple[str, ...]:
        """Column names."""
        return tuple(column.name for column in self.columns)


AWARDS_BY_TIER = "awards"
AWARDS_COLUMNS = (
    ReportColumn("Cohort", "text", "", "never blank"),
    ReportColumn("Framework", "text", "", "no framework: see Tier"),
    ReportColumn("Lot", "text", "", "no award in the period"),
    ReportColumn("Tier", "text", "", "never blank"),
    ReportColumn("Packages", "count", "packages awarded", "never blank"),
    ReportColumn("People", "count", "different packages' people", "never blank"),
    ReportColumn("Weekly cost", "money", "pounds a week, gross", "no award in the period"),
)
DEFINITION = (
    "One package is one decision to award, made between the two days (both counted, by the day in London) "
    "and not withdrawn since; variations are not counted. People are counted once, however many packages "
    "they were awarded. Tier is the provider's tier on the day of award."
)


@dataclass(frozen=True, slots=True)
class _Group:
    cohort: Cohort
    framework: str
    lot: str
    tier: str


def awards_by_tier(
    awards: Iterable[Award],
    frameworks: Iterable[Framework],
    *,
    from_on: date,
    to_on: date,
    people: dict[str, str] | None = None,
) -> Report:
    """Packages awarded between two days, adults and children apart, by tier. Source: R135, R136.

    One row per cohort, framework, lot and tier; a cohort without an award has one row that says why.
    Columns are `AWARDS_COLUMNS`; sorted by cohort (adults first), framework, lot, tier (not tiered last).

    Args:
        awards: all awards, withdrawn ones among them.
        frameworks: every edition on the desk, to say why there is nothing.
        from_on: first day.
        to_on: last day.
        people: what tells people apart, by package id; without it each package counts as one person.

    Raises:
        InputError: the last day is before the first.
    """
    if to_on < from_on:
        raise InputError(
            f"The last day, {in_words(to_on)}, is before the first, {in_words(from_on)}. Check both dates.",
            unreadable=True,
        )
    everything = tuple(awards)
    counted = [award for award in everything if _counts(award, from_on, to_on)]
    rows = [
        row
        for cohort in Cohort
        for row in _rows_of(cohort, counted, tuple(frameworks), from_on, to_on, people or {})
    ]
    return Report(
        name=AWARDS_BY_TIER,
        title=f"Packages awarded from {in_words(from_on)} to {in_words(to_on)}",
        definition=DEFINITION,
        columns=AWARDS_COLUMNS,
        rows=tuple(rows),
        notes=_notes(everything, from_on, to_on),
    )


def awarded_on(award: Award) -> date:
    """The day of award in London."""
    return london_day(award.made_at)


def _counts(award: Award, from_on: date, to_on: date) -> bool:
    return award.withdrawn_at is None and from_on <= awarded_on(award) <= to_on


def _rows_of(
    cohort: Cohort,
    awards: Iterable[Award],
    frameworks: tuple[Framework, ...],
    from_on: date,
    to_on: date,
    people: dict[str, str],
) -> list[tuple[Cell, ...]]:
    groups: dict[_Group, list[Award]] = {}
    for award in awards:
        if award.cohort == cohort.value:
            groups.setdefault(_group(award, cohort), []).append(award)
    if not groups:
        why = none_because(cohort, frameworks, from_on, to_on)
        return [(_plural(cohort), None, None, f"none, because {why}", 0, 0, None)]
    ordered = sorted(groups, key=lambda g: (g.framework, g.lot, g.tier == NOT_TIERED, _natural(g.tier)))
    return [_row(group, groups[group], people) for group in ordered]


def _natural(tier: str) -> tuple[int, str]:
    digits = tier.removeprefix("tier ")
    return (int(digits), "") if digits.isdigit() else (0, tier)


def _group(award: Award, cohort: Cohort) -> _Group:
    tier = NOT_TIERED if award.tier is None else f"tier {award.tier}"
    return _Group(cohort, award.framework_reference, award.lot, tier)


def _row(group: _Group, awards: list[Award], people: dict[str, str]) -> tuple[Cell, ...]:
    weekly = sum((award.weekly_cost for award in awards), ZERO)
    persons = {people.get(award.package_id, award.package_id) for award in awards}
    return (
        _plural(group.cohort), group.framework, group.lot, group.tier, len(awards), len(persons), weekly,
    )  # fmt: skip


def _plural(cohort: Cohort) -> str:
    return "Adults" if cohort is Cohort.ADULT else "Children"


def none_because(cohort: Cohort, frameworks: Iterable[Framework], from_on: date, to_on: date) -> str:
    """Why nothing was awarded: no live framework in the period (with when the last ended), or no such award.

    Source: docs/rules.md R135.
    """
    held = tuple(frameworks)
    if not held:
        return "no framework is on this desk"
    if any(framework.starts_on <= to_on and framework.last_day >= from_on for framework in held):
        return f"no package for {_plural(cohort).lower()} was awarded in the period"
    ended = [framework for framework in held if framework.last_day < from_on]
    if ended:
        last = max(ended, key=lambda framework: framework.last_day)
        return f"there was no live framework: {last.name} ended on {in_words(last.last_day)}"
    first = min(held, key=lambda framework: framework.starts_on)
    return f"there was no live framework: {first.name} begins on {in_words(first.starts_on)}"


def _notes(awards: Iterable[Award], from_on: date, to_on: date) -> tuple[str, ...]:
    withdrawn = sum(
        award.withdrawn_at is not None and from_on <= awarded_on(award) <= to_on for award in awards
    )
    if not withdrawn:
        return ()
    return (f"Left out: {withdrawn} awarded in the period and withdrawn since.",)
