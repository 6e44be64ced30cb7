"""What a comparison read and what came of it, so that it can be done again years later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RoundSnapshot:
    """Taken with the choice, in the same transaction. Source: docs/rules.md R021, R080."""

    id: str
    round_id: str
    package_id: str
    taken_at: datetime
    inputs: dict[str, str]
    """Canonical JSON by name: the round with its rules and weights, the package, the offers, the lot."""
    result: str
    """Canonical JSON of every offer's place, total and working."""
    version: int = 1
