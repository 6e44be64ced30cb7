"""The seal of a round: a key that providers' browsers encrypt to, and who opened it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Seal:
    """One round's lock: anyone can close it, two officers together open it.

    What it does and does not promise stands in docs/adr/0005.
    """

    id: str
    round_id: str
    package_id: str
    made_at: datetime
    public_key: str
    """P-256 point, uncompressed, base64: it goes out in every form."""
    private_box: str
    """The private half, sealed by a key that nobody holds whole."""
    shares: dict[str, str]
    """A share of that key for each officer by id, sealed to her own opening key; any two make it whole."""
    opened_at: datetime | None = None
    opened_by: tuple[str, ...] = ()
    """Names of the two who opened it."""
    version: int = 1
