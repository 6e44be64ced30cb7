"""When an answer is late: after its deadline, or after the sealed answers of its round were opened."""

from __future__ import annotations

from datetime import datetime

from brokerdesk.core.domain.seal import Seal
from brokerdesk.core.domain.sourcing import Invitation
from brokerdesk.core.ports import UnitOfWork


def is_late(unit: UnitOfWork, invitation: Invitation, at: datetime) -> bool:
    """Whether an answer that is taken in now is late. Source: docs/rules.md R024.

    Once the sealed answers are opened whoever writes an answer may know the others, so it is late whatever
    time is claimed for it; with a reason it may be admitted.

    Args:
        unit: a view of what is kept.
        invitation: whose answer.
        at: when it is said to have come.
    """
    is_after = invitation.answer_by is not None and at > invitation.answer_by
    return is_after or is_opened(unit, invitation.round_id)


def is_opened(unit: UnitOfWork, round_id: str) -> bool:
    """Whether sealed answers of a round were opened."""
    return any(seal.opened_at is not None for seal in unit.of(Seal).find(round_id=round_id))


def words_for(unit: UnitOfWork, invitation: Invitation, at: datetime) -> str:
    """Why an answer is late, as the end of a sentence; empty where it is in time."""
    if invitation.answer_by is not None and at > invitation.answer_by:
        return ", after the deadline"
    return ", after the sealed offers were opened" if is_opened(unit, invitation.round_id) else ""
