"""What an approval rests on: the signatures of its levels, the panel, and an executive decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.money import Money


@dataclass(frozen=True, slots=True)
class ApprovalSignature:
    """One signature of a spend, in its order."""

    id: str
    package_id: str
    choice_id: str
    level: int
    post: str
    approver_name: str
    approver_id: str
    """Empty where it was given elsewhere by someone without a place on the desk."""
    stands_in_for: str
    """Name of the absent holder of the post; empty where she holds it herself."""
    decided_on: date
    annual_cost: Money
    consulted: str
    """Who was consulted and when; empty where nobody must be."""
    comment: str
    recorded_by: str
    """Officer id of the broker where it was given elsewhere; empty for the approver's own act."""
    evidence: str
    made_at: datetime
    is_current: bool = True
    version: int = 1


@dataclass(frozen=True, slots=True)
class PanelRecord:
    """What a panel found of a spend: safe, effective, affordable, legal, and on what conditions."""

    id: str
    package_id: str
    choice_id: str
    held_on: date
    members: str
    is_safe: bool
    is_effective: bool
    is_affordable: bool
    is_legal: bool
    conditions: str
    minutes: str
    """Where the minutes are kept."""
    made_at: datetime
    officer_id: str
    is_current: bool = True
    version: int = 1

    @property
    def doubts(self) -> tuple[str, ...]:
        """What the panel did not find."""
        found = {
            "safe": self.is_safe, "effective": self.is_effective, "affordable": self.is_affordable,
            "legal": self.is_legal,
        }  # fmt: skip
        return tuple(word for word, holds in found.items() if not holds)


@dataclass(frozen=True, slots=True)
class ExecutiveDecision:
    """A decision of the executive on a spend, with its call-in. Source: docs/rules.md R141."""

    id: str
    package_id: str
    choice_id: str
    decision_maker: str
    decided_on: date
    published_on: date
    is_key: bool
    is_subject_to_call_in: bool
    call_in_deadline_on: date | None
    """None where it cannot be called in."""
    in_force_on: date
    """The first day on which it may be acted on, if it is not called in."""
    is_exempt: bool
    """Part of it is not for publication."""
    exempt_reason: str
    """Under which paragraph."""
    reference: str
    made_at: datetime
    officer_id: str
    called_in_on: date | None = None
    upheld_on: date | None = None
    """The day on which a call-in ended with the decision as it was."""
    is_current: bool = True
    version: int = 1

    def why_not_yet(self, day: date) -> str:
        """Why it cannot be acted on that day; empty where it can."""
        if self.called_in_on is not None and self.upheld_on is None:
            return f"It was called in on {in_words(self.called_in_on)} and waits for the outcome"
        if self.upheld_on is not None and day >= self.upheld_on:
            return ""
        if day < self.in_force_on:
            last = self.call_in_deadline_on
            until = f"; call-in runs to {in_words(last)}" if last else ""
            return f"It comes into force on {in_words(self.in_force_on)}{until}"
        return ""
