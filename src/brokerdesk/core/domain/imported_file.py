"""A file from outside that the desk has taken in: what it was, of what day, and what it changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """One file that was agreed to."""

    id: str
    """SHA-256 of its bytes: a file is taken in once."""
    kind: str
    """directory or postcodes."""
    name: str
    layout: str
    dated_on: date
    """The day that the file speaks of."""
    imported_at: datetime
    officer_id: str
    new: int
    changed: int
    same: int
    bad: int
    skipped: int
    version: int = 1
