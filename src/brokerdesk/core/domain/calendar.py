"""Working days, bank holidays and periods of months and years."""

from __future__ import annotations

import calendar as almanac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from itertools import islice

from brokerdesk.core.domain.errors import RuleError


class Division(Enum):
    """Parts of the United Kingdom with bank holidays of their own."""

    ENGLAND_WALES = "england_wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"


ENGLAND: frozenset[Division] = frozenset({Division.ENGLAND_WALES})
"""For prices, call-in and the NHS regime. Source: docs/rules.md R072, R161."""
UNITED_KINGDOM: frozenset[Division] = frozenset(Division)
"""For the Procurement Act and freedom of information. Source: docs/rules.md R070, R132."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Bank holidays of the three divisions between two days."""

    from_on: date
    """First day that the holiday data covers."""
    to_on: date
    """Last day that it covers."""
    holidays: Mapping[Division, Mapping[date, str]]
    """Name of each bank holiday by division and day."""

    def holiday_name(self, day: date, divisions: frozenset[Division]) -> str | None:
        """What is kept on that day in any of the divisions; none where nothing is."""
        for division in Division:
            if division in divisions and day in self.holidays[division]:
                return self.holidays[division][day]
        return None

    def is_working_day(self, day: date, divisions: frozenset[Division]) -> bool:
        """Neither Saturday, Sunday nor a bank holiday in any of the divisions.

        Raises:
            RuleError: the holiday data does not reach that day. Source: docs/rules.md R070.
        """
        self.check_covers(day)
        return day.weekday() < 5 and self.holiday_name(day, divisions) is None

    def check_covers(self, day: date) -> None:
        """Refuse a day that the holiday data does not reach.

        Raises:
            RuleError: with the sentence.
        """
        if not self.from_on <= day <= self.to_on:
            raise RuleError(
                f"{in_words(day)} is outside the bank holiday data, which runs from {in_words(self.from_on)} "
                f"to {in_words(self.to_on)}. Add the holidays to the rulebook first.",
                rule="R070",
            )

    def working_days_from(self, day: date, divisions: frozenset[Division]) -> Iterator[date]:
        """Working days in order, the day itself first where it is one."""
        while True:
            if self.is_working_day(day, divisions):
                yield day
            day += timedelta(days=1)

    def first_working_days(self, day: date, count: int, divisions: frozenset[Division]) -> tuple[date, ...]:
        """So many working days, the day itself counted where it is one."""
        self.check_covers(day)
        return tuple(islice(self.working_days_from(day, divisions), count))

    def working_days_after(self, day: date, count: int, divisions: frozenset[Division]) -> tuple[date, ...]:
        """So many working days, counted from the day after."""
        self.check_covers(day)
        return self.first_working_days(day + timedelta(days=1), count, divisions)


def in_words(day: date) -> str:
    """A date as people read it: `14 December 2026`."""
    return f"{day.day} {day:%B %Y}"


def with_weekday(day: date) -> str:
    """A date with its weekday: `Monday 14 December 2026`."""
    return f"{day:%A} {in_words(day)}"


def last_day_of_period(starts_on: date, *, years: int = 0, months: int = 0) -> date:
    """Last day of a period of years and months that begins on a day.

    The day before the same day that many months on; where that month has no such day, its last day.

    Raises:
        RuleError: the period would end after the year 9999.
    """
    ahead = starts_on.month - 1 + months + 12 * years
    year, month = starts_on.year + ahead // 12, ahead % 12 + 1
    if year > date.max.year:
        raise RuleError("The period would end after the year 9999. Check the years.")
    longest = almanac.monthrange(year, month)[1]
    if starts_on.day > longest:
        return date(year, month, longest)
    return date(year, month, starts_on.day) - timedelta(days=1)


def last_day_of(starts_on: date, days: int) -> date:
    """Last of so many days beginning with a day, which counts as day 1. Source: docs/rules.md R058."""
    return starts_on + timedelta(days=days - 1)


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the charging week that holds a day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)
