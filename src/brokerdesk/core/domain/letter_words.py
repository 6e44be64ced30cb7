"""How letters write dates, numbers and lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def written_date(day: date) -> str:
    """A date as letters print it, in no computer's own language: `14 December 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def written_day(day: date) -> str:
    """A date with its weekday: `Monday 14 December 2026`."""
    return f"{WEEKDAYS[day.weekday()]} {written_date(day)}"


def written_moment(moment: datetime) -> str:
    """A local time with its date: `12:00 on Monday 7 December 2026`. The caller gives local time."""
    return f"{moment:%H:%M} on {written_day(moment.date())}"


def in_a_row(words: Sequence[str], last: str = "and") -> str:
    """Words as people list them: `price, quality and distance`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def days_in_words(days: Sequence[str]) -> str:
    """Days of a week, shortest clear form: `Every day`, `Monday to Friday`, `Monday and Thursday`."""
    full = [next((day for day in WEEKDAYS if day[:3] == name[:3].title()), name) for name in days]
    places = [WEEKDAYS.index(day) for day in full if day in WEEKDAYS]
    if len(places) != len(full):
        return in_a_row(full)
    if places == list(range(7)):
        return "Every day"
    if len(places) > 2 and places == list(range(places[0], places[-1] + 1)):
        return f"{full[0]} to {full[-1]}"
    return in_a_row(full)


def points(value: Decimal) -> str:
    """Points with two decimals, as the assessment states them."""
    return f"{value:.2f}"


def plain_number(value: Decimal) -> str:
    """A number without needless noughts: `40`, `17.5`."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: `1 week`, `52 weeks`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def capital(text: str) -> str:
    """The text with a capital at its beginning; the rest stays as it was typed."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """The text with a full stop at its end, whoever typed it."""
    trimmed = text.strip()
    return trimmed if not trimmed or trimmed[-1] in ".!?" else trimmed + "."
