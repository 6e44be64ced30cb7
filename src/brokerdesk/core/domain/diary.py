"""Days for a calendar: what is due when, in words that name no person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DiaryEntry:
    """One day to keep."""

    uid: str
    """The same for the same duty, so that a second file changes the first entry and adds none."""
    on: date
    title: str
    """Names the duty and the package's reference, never the person: calendars are shared."""
    detail: str
    """What it rests on; no person in it either."""
    days_before: int
    """How many days before it the calendar calls."""
