"""What one signature of a file is and does, as plain facts that cross from the reading process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """What one signature is and does."""

    signer: str
    fingerprint: str
    signed_at: datetime | None
    is_intact: bool
    """The signed bytes are as they were, and the signature over them is right."""
    is_tight: bool
    """Nothing unsigned hides in or around the signature itself."""
    covers_whole_file: bool
    later_changes_allowed: bool
    """Whatever was added after it is what it allows: nothing, or another signature."""
    is_certified: bool
    was_in_date: bool
    may_sign: bool
    field: str = ""
    """Name of the field that it fills."""
    ends_at: int = 0
    """Bytes of the file up to its end."""
    stamped_at: datetime | None = None
    """When a time-stamp service says that it was there; none where none was asked."""
    runs_out_at: datetime | None = None
    """Its certificate is valid until then."""
    is_time_stamp: bool = False
    """It vouches for a moment only, not for what the file says."""


_TIMES = ("signed_at", "stamped_at", "runs_out_at")


def plain_facts(facts: SignatureFacts) -> dict[str, Any]:
    """The same as plain values, for the way out of the reading process."""
    times = {name: _written(getattr(facts, name)) for name in _TIMES}
    return asdict(facts) | times


def facts_of(plain: Mapping[str, Any]) -> SignatureFacts:
    """The facts, from the plain values that came out of the reading process.

    Raises:
        TypeError: a fact is missing, or one is there that nobody knows.
    """
    times = {name: datetime.fromisoformat(plain[name]) if plain[name] else None for name in _TIMES}
    return SignatureFacts(**{**plain, **times})


def _written(at: datetime | None) -> str:
    return at.isoformat() if at is not None else ""
