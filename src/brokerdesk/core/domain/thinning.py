"""Which backups are kept: the last of each of 12 days, 10 weeks and 9 months."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

_KEPT: tuple[tuple[int, Callable[[datetime], tuple[int, ...]]], ...] = (
    (12, lambda at: (at.year, at.month, at.day)),
    (10, lambda at: tuple(at.isocalendar()[:2])),
    (9, lambda at: (at.year, at.month)),
)


def to_keep(made_at: tuple[datetime, ...]) -> frozenset[datetime]:
    """Times of the backups to keep: of each day, week and month the last one, the newest always."""
    kept: set[datetime] = set()
    for count, period in _KEPT:
        last_of = {period(at): at for at in sorted(made_at)}
        kept.update(sorted(last_of.values())[-count:])
    return frozenset(kept)
