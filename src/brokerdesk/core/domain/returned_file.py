"""A file that a provider sent back, kept as it came: proof of what was answered, and how it was held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Holding(Enum):
    """Whether and how an answer was out of everyone's sight before the opening."""

    OPEN = "read when it came"
    """The round is not a sealed one."""
    SEALED = "sealed"
    """Encrypted in the provider's browser to the round's key."""
    HELD_UNOPENED = "held unopened"
    """A workbook: kept as it came and not opened before the opening; a promise of the desk, not a lock."""


class FileState(Enum):
    """What became of a returned file."""

    HELD = "held"
    READ = "read"
    UNREADABLE = "could not be read"


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """One answer file with the bytes in which it came."""

    id: str
    round_id: str
    invitation_id: str
    package_id: str
    provider: str
    file_name: str
    came_in: str
    """Name of the e-mail in which it lay; empty where the file came by itself."""
    content: bytes
    sha256: str
    received_at: datetime
    is_late: bool
    holding: Holding
    state: FileState
    answer_id: str = ""
    """The offer or decline that was recorded from it."""
    problems: tuple[str, ...] = ()
    """Why it could not be read at the opening, a sentence each."""
    version: int = 1
