"""Reading what people type into money, date, time and postcode fields, and showing it tidily."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from brokerdesk.core.domain.identifiers import tidy_postcode
from brokerdesk.core.domain.money import Money
from brokerdesk.core.wording import say

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONEY = re.compile(r"£?\s*(\d{1,3}(?:,\d{3})+|\d+(?:,\d{3})*)(\.\d{1,2})?")
_NUMBERS = re.compile(r"(\d{1,2})[\s/.\-]+(\d{1,2})(?:[\s/.\-]+(\d{4}|\d{2}))?")
_NAMED = re.compile(r"(\d{1,2})[\s\-]*([a-z]{3,9})\.?[\s\-]*(\d{4}|\d{2})?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SHIFT = re.compile(r"([+-])\s*(\d{1,3})\s*([dwm]?)")


class UnreadableTextError(ValueError):
    """What was typed cannot be read; the message is the sentence to show under the field."""


def read_money(text: str) -> Money:
    """Read `£1,234.5`, `1234.50` or `24` as pounds.

    Raises:
        UnreadableTextError: it is not an amount.
    """
    found = _MONEY.fullmatch(text.strip())
    if not found:
        raise UnreadableTextError(say("Write pounds and pence, such as 24.10."))
    return Money.parse(found[1].replace(",", "") + (found[2] or ""))


def show_money(amount: Money) -> str:
    """Pounds and pence without the sign, thousands marked: `1,234.50`."""
    return f"{amount.pounds:,.2f}"


def read_date(text: str, today: date) -> date:
    """Read `14 12 26`, `14 dec`, `2026-12-14`, `today`, `+7` or `+2w`; a day without a year is the next one.

    Raises:
        UnreadableTextError: it is not a day.
    """
    words = _without_weekday(text.strip().lower())
    try:
        return _read_day(words, today)
    except ValueError as why:
        raise UnreadableTextError(
            say("Write a date such as 14 Dec 2026, or +7 for a week from today.")
        ) from why


def _without_weekday(text: str) -> str:
    return re.sub(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*[\s,]+", "", text)


def _read_day(text: str, today: date) -> date:
    if text in ("today", "tomorrow"):
        return today + timedelta(days=int(text == "tomorrow"))
    if found := _SHIFT.fullmatch(text):
        days = int(found[2]) * {"": 1, "d": 1, "w": 7, "m": 28}[found[3]]
        return today + timedelta(days=days if found[1] == "+" else -days)
    if found := _ISO.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(text):
        return _in_year(int(found[1]), int(found[2]), found[3], today)
    if (found := _NAMED.fullmatch(text)) and found[2][:3] in MONTHS:
        return _in_year(int(found[1]), MONTHS.index(found[2][:3]) + 1, found[3], today)
    raise ValueError(text)


def _in_year(day: int, month: int, year: str | None, today: date) -> date:
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)


def show_date(day: date) -> str:
    """A day as people say it: `Mon 14 Dec 2026`."""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"


def read_time(text: str) -> time:
    """Read `7:30`, `0730`, `7.30` or `7` as a time of day.

    Raises:
        UnreadableTextError: it is not a time.
    """
    digits = re.sub(r"[:.\s]", "", text.strip())
    if not digits.isdigit() or len(digits) > 4:
        raise UnreadableTextError(say("Write a time such as 07:30."))
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    try:
        return time(hours, minutes)
    except ValueError as why:
        raise UnreadableTextError(say("Write a time between 00:00 and 23:59.")) from why


def read_postcode(text: str) -> str:
    """A postcode in its tidy form, `WN5 9ZX`.

    Raises:
        UnreadableTextError: it is not a postcode.
    """
    tidy = tidy_postcode(text)
    if tidy is None:
        raise UnreadableTextError(say("Write a full postcode, such as WN5 9ZX."))
    return tidy
