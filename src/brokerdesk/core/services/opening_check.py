"""Whether sealed offers were opened while the clock stood ahead, as far as the register shows it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from brokerdesk.core.domain.letter_words import written_moment
from brokerdesk.core.domain.register import RegisterEntry
from brokerdesk.core.services.desk import LONDON

OPENING = "sealed_answers_opened"


def early_openings(entries: Iterable[RegisterEntry], allowed: timedelta) -> tuple[str, ...]:
    """A sentence for each opening after which the register goes on at an earlier time. Source: R024.

    Args:
        entries: the register, in order.
        allowed: how far a clock may be put right without a word.
    """
    found: list[str] = []
    earliest: tuple[datetime, int] | None = None
    for entry in sorted(entries, key=lambda held: held.number, reverse=True):
        at = datetime.fromisoformat(entry.at)
        if entry.act == OPENING and earliest is not None and earliest[0] < at - allowed:
            found.append(_sentence(entry, at, *earliest))
        if earliest is None or at < earliest[0]:
            earliest = at, entry.number
    return tuple(reversed(found))


def _sentence(entry: RegisterEntry, at: datetime, earlier: datetime, number: int) -> str:
    return (
        f"Sealed offers were opened at {_told(at)} (entry {entry.number}), and entry {number}, written after "
        f"it, says {_told(earlier)}: the clock stood ahead when they were opened, or was set back since. Ask "
        "both officers, and treat what came in after that as late."
    )


def _told(at: datetime) -> str:
    return written_moment(at.astimezone(LONDON))
