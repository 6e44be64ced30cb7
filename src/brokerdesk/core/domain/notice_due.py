"""A notice or other duty with a last day, as it is kept for a package, and what was done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from brokerdesk.core.domain.notice_matrix import NOTICE_NAMES


@dataclass(frozen=True, slots=True)
class NoticeDue:
    """One duty of a package. Source: docs/rules.md R048, R051 to R065, R078."""

    id: str
    package_id: str
    award_id: str
    """Empty before the award is made."""
    code: str
    """Of the notice (`UK7`), or of another duty (`s19-assessment`)."""
    due_on: date | None
    """Last day; none where it is not known yet."""
    is_before_signing: bool
    why: str
    rule: str
    section: str
    made_at: datetime
    done_on: date | None = None
    """Day on which the notice was published, or the duty done."""
    reference: str = ""
    """Of the published notice, or of the evidence."""
    standstill_ends_on: date | None = None
    """Last day of a standstill that this notice announced; none where it announced none."""
    dropped_why: str = ""
    """Why it is not due any more; empty while it is."""
    location_id: str = ""
    """Of the provider that it names, where it announces an award to one; empty: it names none."""
    version: int = 1

    @property
    def name(self) -> str:
        """What people call it."""
        return NOTICE_NAMES[self.code]

    def serves(self, location_id: str) -> bool:
        """Whether it may stand for an award to that place: it names it or nobody. Source: R057."""
        return self.location_id in ("", location_id)

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to see to it."""
        return self.done_on is None and not self.dropped_why


@dataclass(frozen=True, slots=True)
class Claim:
    """A legal claim that was notified while a standstill ran: signing is held. Source: docs/rules.md R073."""

    id: str
    package_id: str
    notified_on: date
    by: str
    """Who claims."""
    about: str
    made_at: datetime
    settled_on: date | None = None
    outcome: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class GateOverride:
    """A named manager's or director's leave to award although a rule stops it. Source: R105, R119."""

    id: str
    package_id: str
    location_id: str
    rule: str
    """The rule that allows it: R105 or R119."""
    allowed_by: str
    post: str
    reason: str
    given_on: date
    made_at: datetime
    officer_id: str
    """Who recorded it."""
    version: int = 1
