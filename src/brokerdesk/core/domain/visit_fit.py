"""How the visits that a provider offers fit those that were asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from brokerdesk.core.domain.visits import Visit, in_order


class Fit(Enum):
    """What became of one visit asked."""

    AS_ASKED = "as asked"
    MOVED = "moved"
    MISSING = "not offered"


@dataclass(frozen=True, slots=True)
class VisitFit:
    """One visit asked with its answer."""

    asked: Visit
    fit: Fit
    moved: int = 0
    """Minutes later, or earlier below nought."""


def fit_of(asked: Iterable[Visit], offered: Iterable[Visit]) -> tuple[VisitFit, ...]:
    """Match each visit asked with the nearest one offered that day; in order of the week.

    No visits offered means all as asked. A visit that is shorter or has fewer carers is not what was asked,
    so it counts as not offered.
    """
    wanted, left = in_order(asked), list(offered)
    if not left:
        return tuple(VisitFit(visit, Fit.AS_ASKED) for visit in wanted)
    exact = {visit: _take(left, visit, at_its_time=True) for visit in wanted}
    found = []
    for visit in wanted:
        match = exact[visit] or _take(left, visit, at_its_time=False)
        moved = _minute(match) - _minute(visit) if match else 0
        fit = Fit.MISSING if match is None else Fit.MOVED if moved else Fit.AS_ASKED
        found.append(VisitFit(visit, fit, moved))
    return tuple(found)


def _take(left: list[Visit], asked: Visit, *, at_its_time: bool) -> Visit | None:
    able = [
        offer
        for offer in left
        if offer.day is asked.day
        and offer.minutes >= asked.minutes
        and offer.carers >= asked.carers
        and (not at_its_time or offer.at == asked.at)
    ]
    nearest = min(able, key=lambda offer: abs(_minute(offer) - _minute(asked)), default=None)
    if nearest is not None:
        left.remove(nearest)
    return nearest


def _minute(visit: Visit) -> int:
    return visit.at.hour * 60 + visit.at.minute
