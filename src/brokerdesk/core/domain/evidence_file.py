"""A search evidence pack as it left the desk, kept with its bytes so that the desk knows its own paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """One signed pack of a round."""

    id: str
    round_id: str
    package_id: str
    reference: str
    """As the pack itself prints it: package and round."""
    file_name: str
    """Under which it was saved."""
    sha256: str
    content: bytes
    made_at: datetime
    made_by: str
    is_filed: bool = False
    """Whether an act vouched for it; a crash before that leaves it out of the register."""
    version: int = 1
