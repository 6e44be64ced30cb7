"""How the visits that a provider offers fit those that were asked, with the gaps counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.domain.visits import Visit, hours_of, in_order


class Fit(Enum):
    """What became of one visit asked."""

    AS_ASKED = "as asked"
    MOVED = "moved"
    SHORTER = "shorter"
    FEWER = "fewer carers"
    MISSING = "not offered"


@dataclass(frozen=True, slots=True)
class VisitFit:
    """One visit asked with its answer."""

    asked: Visit
    fit: Fit
    moved: int = 0
    """Minutes later, or earlier below nought."""
    minutes_short: int = 0
    """Of each carer's visit."""
    carers_short: int = 0

    @property
    def carer_minutes_short(self) -> int:
        """What is missing of the carers' time, however it comes about."""
        asked = self.asked
        if self.fit is Fit.MISSING:
            return asked.minutes * asked.carers
        given = (asked.minutes - self.minutes_short) * (asked.carers - self.carers_short)
        return asked.minutes * asked.carers - given


@dataclass(frozen=True, slots=True)
class Gaps:
    """The gaps of one offer, counted over the week."""

    asked: int
    as_asked: int
    moved: int
    shorter: int
    fewer: int
    missing: int
    carer_hours_short: Decimal
    """Carer hours a week, two decimals."""

    @property
    def unmet(self) -> int:
        """Visits that are not offered, or not in full; a visit moved in time is offered."""
        return self.shorter + self.fewer + self.missing


def same_visit_minutes(rulebook: Rulebook, on: date) -> int:
    """How far from a visit asked one may be offered and still answer it. Source: docs/rules.md R020."""
    return rulebook.number("same_visit_minutes", on)


def fit_of(asked: Iterable[Visit], offered: Iterable[Visit], farthest: int) -> tuple[VisitFit, ...]:
    """Match each visit asked with one offered that day; in order of the week.

    No visits offered means all as asked. Those nearest in time are matched first, then those in full.

    Args:
        asked: visits of the need.
        offered: visits of the offer.
        farthest: minutes from a visit asked beyond which one offered is another visit.
    """
    wanted, there = in_order(asked), in_order(offered)
    if not there:
        return tuple(VisitFit(visit, Fit.AS_ASKED) for visit in wanted)
    matches = _matches(wanted, there, farthest)
    return tuple(_fit(visit, matches.get(at)) for at, visit in enumerate(wanted))


def gaps_of(fits: Iterable[VisitFit]) -> Gaps:
    """Count the gaps of one offer over the week."""
    held = tuple(fits)
    kinds = [fit.fit for fit in held]
    return Gaps(
        asked=len(held), as_asked=kinds.count(Fit.AS_ASKED), moved=kinds.count(Fit.MOVED),
        shorter=kinds.count(Fit.SHORTER), fewer=kinds.count(Fit.FEWER), missing=kinds.count(Fit.MISSING),
        carer_hours_short=hours_of(sum(fit.carer_minutes_short for fit in held)),
    )  # fmt: skip


def _matches(wanted: Sequence[Visit], there: Sequence[Visit], farthest: int) -> dict[int, Visit]:
    """The visit offered for each place in the week asked, each offered one used once."""
    pairs = sorted(
        (abs(_minute(offer) - _minute(visit)), not _is_full(visit, offer), at, number)
        for at, visit in enumerate(wanted)
        for number, offer in enumerate(there)
        if offer.day is visit.day
    )
    found: dict[int, Visit] = {}
    used: set[int] = set()
    for distance, _, at, number in pairs:
        if distance <= farthest and at not in found and number not in used:
            found[at] = there[number]
            used.add(number)
    return found


def _is_full(asked: Visit, offer: Visit) -> bool:
    return offer.minutes >= asked.minutes and offer.carers >= asked.carers


def _fit(asked: Visit, match: Visit | None) -> VisitFit:
    if match is None:
        return VisitFit(asked, Fit.MISSING)
    moved = _minute(match) - _minute(asked)
    minutes, carers = max(0, asked.minutes - match.minutes), max(0, asked.carers - match.carers)
    fit = Fit.FEWER if carers else Fit.SHORTER if minutes else Fit.MOVED if moved else Fit.AS_ASKED
    return VisitFit(asked, fit, moved, minutes, carers)


def _minute(visit: Visit) -> int:
    return visit.at.hour * 60 + visit.at.minute
