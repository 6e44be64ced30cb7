"""A referral as a list or a scenario states it, before a desk makes a package of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from brokerdesk.core.domain import cells
from brokerdesk.core.domain.errors import InputError, InputProblem
from brokerdesk.core.domain.identifiers import is_valid_nhs_number, tidy_nhs_number
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Cohort
from brokerdesk.core.domain.sheets import Column, RawRow, ReadRow, SheetPlan, read_rows
from brokerdesk.core.domain.visits import Visit, parse_visits

FUNDING = ("council", "joint", "s117", "chc", "self")


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """One referral."""

    reference: str
    """The case system's own reference."""
    cohort: Cohort
    first_names: str
    family_name: str
    postcode: str
    starts_on: date
    team: str = ""
    born_on: date | None = None
    nhs_number: str | None = None
    service: str = ""
    needs: tuple[str, ...] = ()
    preferences: str = ""
    expected_weeks: int | None = None
    """None: the duration is unknown (R011)."""
    urgent_since: datetime | None = None
    """UTC."""
    funding: str = "council"
    personal_budget: Money | None = None
    """Pounds a week."""
    visits: tuple[Visit, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferralRead:
    """What a referral list says; only good rows, with the problems of the others beside them."""

    rows: tuple[ReferralRow, ...]
    problems: tuple[InputProblem, ...]
    notes: tuple[str, ...] = ()
    rows_read: int = 0
    file_name: str = ""
    file_sha256: str = ""


def _nhs_number(text: str) -> str:
    """Source: docs/rules.md R149."""
    if not is_valid_nhs_number(text):
        raise ValueError("an NHS number of ten digits whose last digit checks")
    return tidy_nhs_number(text)


def _visits(text: str) -> tuple[Visit, ...]:
    try:
        return parse_visits(text)
    except InputError as refusal:
        wanted = refusal.problems[0].wanted if refusal.problems else refusal.message
        raise ValueError(wanted) from refusal


PLAN = SheetPlan(
    "Referrals",
    (
        Column("reference", cells.plain_text, "the case system's reference", must=True),
        Column("cohort", cells.one_of(Cohort), "adult or child", must=True),
        Column("team", cells.plain_text, "the team that owns it"),
        Column("first_names", cells.plain_text, "first names", must=True),
        Column("family_name", cells.plain_text, "family name", must=True),
        Column("born_on", cells.day, "date of birth"),
        Column("nhs_number", _nhs_number, "NHS number"),
        Column("postcode", cells.postcode, "a postcode such as WN5 9AA", must=True),
        Column("service", cells.plain_text, "the service that is needed"),
        Column("needs", cells.several, "needs, joined by ;"),
        Column("preferences", cells.plain_text, "what the person prefers"),
        Column("starts_on", cells.day, "a date such as 2026-12-14", must=True),
        Column("expected_weeks", cells.whole(1, 5200), "weeks; blank: not known"),
        Column("urgent_since", cells.moment, "when it became urgent; blank: it is not"),
        Column("funding", cells.word_of(*FUNDING), "who pays", choices=FUNDING),
        Column("personal_budget", cells.money, "pounds a week"),
        Column("visits", _visits, "visits such as Mon 08:00 45 2, joined by ;"),
    ),
    must=True,
)
HEADINGS = tuple(column.name for column in PLAN.columns)


def referrals_of(raw: Sequence[RawRow]) -> ReferralRead:
    """Read the rows of a referral list; the first is the heading.

    Source: docs/rules.md R149, R155.
    """
    sheet = read_rows(PLAN, raw)
    problems = [*sheet.problems, *_twice(sheet.rows), *_born_later(sheet.rows)]
    bad = {problem.row for problem in problems}
    # A heading that cannot be used spoils every row.
    good = () if raw and raw[0].number in bad else tuple(row for row in sheet.rows if row.number not in bad)
    ordered = tuple(sorted(problems, key=lambda problem: problem.row or 0))
    return ReferralRead(tuple(map(_referral, good)), ordered, sheet.notes, len(sheet.rows))


def referral_of(texts: Mapping[str, str]) -> ReferralRow:
    """Read one referral from texts by column.

    Raises:
        InputError: a column that is not known or a value that cannot be read, all of them collected.
    """
    raw = (RawRow(1, tuple(texts)), RawRow(2, tuple(texts.values())))
    read = referrals_of(raw)
    if not read.rows:
        problems = tuple(InputProblem(None, p.column, p.found, p.wanted) for p in read.problems)
        raise InputError("This referral cannot be read. Correct what is listed.", problems=problems)
    return read.rows[0]


def _twice(rows: Sequence[ReadRow]) -> list[InputProblem]:
    first: dict[str, int] = {}
    problems = []
    for row in rows:
        text = row.texts["reference"]
        if text and text.casefold() in first:
            wanted = f"each reference once; row {first[text.casefold()]} has it already"
            problems.append(InputProblem(row.number, "reference", text[:80], wanted))
        first.setdefault(text.casefold(), row.number)
    return problems


def _born_later(rows: Sequence[ReadRow]) -> list[InputProblem]:
    return [
        InputProblem(row.number, "born_on", row.texts["born_on"], "a date of birth before starts_on")
        for row in rows
        if row.values["born_on"]
        and row.values["starts_on"]
        and row.values["born_on"] > row.values["starts_on"]
    ]


def _referral(row: ReadRow) -> ReferralRow:
    stated: dict[str, Any] = {name: value for name, value in row.values.items() if value is not None}
    return ReferralRow(**stated)
