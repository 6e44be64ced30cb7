"""What each officer declares of her own interests in a round: kept, under review, and mitigated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ConflictDeclaration:
    """One officer's declaration for one round; a later one takes its place. Source: docs/rules.md R075."""

    id: str
    package_id: str
    round_id: str
    officer_id: str
    officer_name: str
    part: str
    """What she does in it: broker, scorer or approver."""
    has_interest: bool
    interest: str
    """What the interest is; empty where she has none."""
    mitigation: str
    """What is done about it; an interest without one stops scoring and award."""
    made_at: datetime
    is_current: bool = True
    version: int = 1

    @property
    def is_settled(self) -> bool:
        """Whether it stops nothing: no interest, or one that is mitigated."""
        return not self.has_interest or bool(self.mitigation.strip())
