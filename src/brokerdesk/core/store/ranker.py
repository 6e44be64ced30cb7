"""The set-based judge: eligibility and ranking of tens of thousands of locations on numpy columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from brokerdesk.core.domain import ranking
from brokerdesk.core.domain.eligibility import (
    CHECKS,
    NOT_RATED,
    RATINGS,
    Candidate,
    Requirement,
    judge,
    rating_of,
)
from brokerdesk.core.domain.framework import Criterion
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.sourcing import ShortlistedIn, ShortlistedOut

if TYPE_CHECKING:
    import numpy as np

NAMES = tuple(name for name, _ in CHECKS)
"""Checks by the place of their bit in a code."""
_MILLION = 1_000_000
_SCALE = 10_000_000_000
"""Points are counted in whole ten-thousand-millionths, as the domain settles them."""
_UNKNOWN = -1
_CAPACITY_UNITS = ("hours", "beds")
_MOST_PENCE = 4_000_000
"""£40,000 for a unit: a hundred times its ten-thousand-millionths still fits 64 bits."""


class Columns:
    """What is judged of many candidates, one column per fact, built once for many requirements."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        """Turn candidates into columns.

        Args:
            candidates: one per location, in any order.
        """
        import numpy as np

        self.candidates = tuple(sorted(candidates, key=lambda candidate: candidate.member.location_id))
        members = [candidate.member for candidate in self.candidates]
        places = [candidate.location for candidate in self.candidates]
        self.lots, self.lot = _coded([member.lot.casefold() for member in members])
        self.zones, self.zone = _coded([member.zone or "" for member in members])
        self.ratings, self.rating = _coded([rating_of(place) or NOT_RATED for place in places])
        self.units, self.unit = _coded([member.capacity_unit or "" for member in members])
        activities = [None if p is None or p.activities is None else p.activities for p in places]
        self.sets, self.held = _coded(["\n".join(a).casefold() if a is not None else "?" for a in activities])
        self.excluded = np.array(
            [c.exclusion is not None and c.exclusion.is_excluded for c in self.candidates], bool
        )
        self.deregistered = np.array([p is not None and p.is_registered is False for p in places], bool)
        self.capacity = _hundredths([member.capacity for member in members])
        self.quality = _hundredths([member.quality for member in members])
        self.miles = _hundredths([candidate.distance_miles for candidate in self.candidates])
        self.pence = np.array(
            [c.scored_price.pence if c.scored_price else 0 for c in self.candidates], np.int64
        )
        self.tier = np.array([_MILLION if m.tier is None else m.tier for m in members], np.int64)
        self.rank = np.array([_MILLION if m.rank is None else m.rank for m in members], np.int64)
        needs = ["\n".join(sorted(need.casefold() for need in member.needs)) for member in members]
        self.need_sets, self.needs = _coded(needs)
        self.place_of = {member.location_id: place for place, member in enumerate(members)}
        self.suspensions = Suspensions(self.candidates)

    def only(self, places: np.ndarray[Any, Any]) -> Columns:
        """The columns of some of the candidates, in their order; none of them is suspended."""
        import numpy as np

        some = copy(self)
        some.candidates = tuple(self.candidates[place] for place in places.tolist())
        some.suspensions = Suspensions(())
        some.place_of = {held.member.location_id: at for at, held in enumerate(some.candidates)}
        for name, column in vars(self).items():
            if isinstance(column, np.ndarray):
                setattr(some, name, column[places])
        return some


class Suspensions:
    """Every suspension that was not lifted, one row each."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        """Turn suspensions into columns.

        Args:
            candidates: in the order of the other columns.
        """
        import numpy as np

        held = [
            (i, c.member.zone, s) for i, c in enumerate(candidates) for s in c.suspensions if not s.lifted_at
        ]
        self.place = np.array([place for place, _, _ in held], np.int64)
        self.from_on = np.array([s.from_on.toordinal() for _, _, s in held], np.int64)
        self.to_on = np.array([(s.to_on or date.max).toordinal() for _, _, s in held], np.int64)
        self.scopes, self.scope = _coded([s.scope.casefold() for _, _, s in held])
        self.is_own_zone = np.array(
            [zone is not None and s.scope.casefold() == zone.casefold() for _, zone, s in held], bool
        )
        self.has_no_zone = np.array([not zone for _, zone, _ in held], bool)


def _coded(words: list[str]) -> tuple[list[str], np.ndarray[Any, Any]]:
    """Different words in order of their first place, and each word's number among them."""
    import numpy as np

    numbers: dict[str, int] = {}
    codes = [numbers.setdefault(word, len(numbers)) for word in words]
    return list(numbers), np.array(codes, np.int64)


def _hundredths(values: list[Decimal | None]) -> np.ndarray[Any, Any]:
    """Values with at most two decimals as whole hundredths; -1 where not known.

    Raises:
        ValueError: a value has more decimals, which whole hundredths cannot hold.
    """
    import numpy as np

    scaled = [_UNKNOWN if value is None else value * 100 for value in values]
    if any(value != int(value) for value in scaled):
        raise ValueError("a figure has more than two decimals")
    return np.array([int(value) for value in scaled], np.int64)


@dataclass(frozen=True)
class Ranked:
    """The judgement of all candidates; the working of a row is written out when it is asked for."""

    columns: Columns
    requirement: Requirement
    codes: np.ndarray[Any, Any]
    """One number a candidate: the bit of every check that it offends; 0 where it may be asked."""
    order: np.ndarray[Any, Any]
    """Places of those who may be asked, in rank order."""
    scores: np.ndarray[Any, Any]
    """Of those who may be asked, best place first as in `order`; in ten-thousand-millionths of a point."""

    def names_of(self, place: int) -> tuple[str, ...]:
        """Names of the checks that a candidate offends."""
        return tuple(name for bit, name in enumerate(NAMES) if int(self.codes[place]) >> bit & 1)

    def counts(self) -> dict[str, int]:
        """How many candidates offend each check."""
        return {name: int(((self.codes >> bit) & 1).sum()) for bit, name in enumerate(NAMES)}

    def included(self, most: int | None = None) -> tuple[ShortlistedIn, ...]:
        """Those who may be asked with their working, best first; all of them unless `most` is given."""
        able = self.order[:most].tolist()
        rows = ranking.scored_rows(self.requirement, [self.columns.candidates[i] for i in able], self.lowest)
        return tuple(rows)

    def excluded(self) -> tuple[ShortlistedOut, ...]:
        """Those who may not be asked, nearest first, with every reason."""
        places = [self.columns.candidates[i] for i in self.codes.nonzero()[0].tolist()]
        return ranking.in_order_out((held, judge(self.requirement, held).reasons) for held in places)

    @cached_property
    def lowest(self) -> Money | None:
        """The lowest price among those who may be asked."""
        pence = lowest_of(self.columns.pence[self.order])
        return Money(pence) if pence else None


def rank(columns: Columns, requirement: Requirement) -> Ranked:
    """Judge and rank every candidate in set operations; equal to `ranking.make_shortlist`, its oracle.

    Source: docs/rules.md R021, R022, R116, R119.
    """
    import numpy as np

    codes = codes_of(columns, requirement)
    able = np.flatnonzero(codes == 0)
    scores = scores_of(columns, requirement, able)
    best = np.lexsort((columns.rank[able], -scores, columns.tier[able]))
    return Ranked(columns, requirement, codes, able[best], scores[best])


def codes_of(
    columns: Columns, requirement: Requirement, names: Sequence[str] = NAMES
) -> np.ndarray[Any, Any]:
    """One number a candidate: the bit of every check, among those named, that it offends."""
    import numpy as np

    codes = np.zeros(len(columns.candidates), np.int64)
    for name in names:
        codes |= _MASKS[name](columns, requirement).astype(np.int64) << NAMES.index(name)
    return codes


def _all(columns: Columns, answer: bool) -> np.ndarray[Any, Any]:
    import numpy as np

    return np.full(len(columns.candidates), answer)


def _among(words: list[str], codes: np.ndarray[Any, Any], wanted: list[bool]) -> np.ndarray[Any, Any]:
    """Look each code up in a table with one answer a word."""
    import numpy as np

    return np.array(wanted, bool)[codes] if words else np.zeros(0, bool)


def _term(columns: Columns, requirement: Requirement) -> np.ndarray[Any, Any]:
    return _all(columns, not requirement.is_live and not requirement.asks_after_term)


def _lot(columns: Columns, requirement: Requirement) -> np.ndarray[Any, Any]:
    wanted = requirement.lot.name.casefold()
    return _among(columns.lots, columns.lot, [lot != wanted for lot in columns.lots])


def _zone(columns: Columns, requirement: Requirement) -> np.ndarray[Any, Any]:
    outside = [zone != "" and zone not in requirement.zones for zone in columns.zones]
    return _among(columns.zones, columns.zone, outside)


def _suspended(columns: Columns, requirement: Requirement) -> np.ndarray[Any, Any]:
    rows, mask, day = columns.suspensions, _all(columns, False), requirement.on.toordinal()
    wide = {"all", requirement.lot.name.casefold()}
    zones = {zone.casefold() for zone in requirement.zones}
    in_scope = _among(rows.scopes, rows.scope, [scope in wide for scope in rows.scopes]) | rows.is_own_zone
    in_scope |= rows.has_no_zone & _among(rows.scopes, rows.scope, [scope in zones for scope in rows.scopes])
    mask[rows.place[in_scope & (rows.from_on <= day) & (day <= rows.to_on)]] = True
    return mask


def _excluded(columns: Columns, _: Requirement) -> np.ndarray[Any, Any]:
    return columns.excluded


def _deregistered(columns: Columns, _: Requirement) -> np.ndarray[Any, Any]:
    return columns.deregistered


def _activity(columns: Columns, requirement: Requirement) -> np.ndarray[Any, Any]:
    if requirement.activity is None:
        return _all(columns, False)
    wanted = requirement.activity.casefold()
    lacking = [held != "?" and wanted not in held.split("\n") for held in columns.sets]
    return _among(columns.sets, columns.held, lacking)


def _rating(columns: Columns, requirement: Requirement) -> np.ndarray[Any, Any]:
    heights = {known.value: height for height, known in enumerate(RATINGS)}
    floor = requirement.lot.rating_floor or ""
    lowest = next((height for known, height in heights.items() if known.casefold() == floor.casefold()), 0)
    out = [
        requirement.rating_policy.get(rating) == "block" or heights.get(rating, lowest) < lowest
        for rating in columns.ratings
    ]
    return _among(columns.ratings, columns.rating, out)


def _capacity(columns: Columns, requirement: Requirement) -> np.ndarray[Any, Any]:
    import numpy as np

    asked = dict(zip(_CAPACITY_UNITS, capacities_asked(requirement), strict=True))
    needed = np.array([asked.get(unit, _UNKNOWN) for unit in columns.units], np.int64)[columns.unit]
    short: np.ndarray[Any, Any] = (columns.capacity >= 0) & (columns.capacity < needed)
    return short


def capacities_asked(requirement: Requirement) -> tuple[int, int]:
    """What a member must have free, in hundredths: hours a week, and beds."""
    return int(requirement.carer_hours * 100), requirement.beds * 100


def _needs(columns: Columns, requirement: Requirement) -> np.ndarray[Any, Any]:
    wanted = {need.casefold() for need in requirement.needs}
    lacking = [bool(held) and not wanted <= set(held.split("\n")) for held in columns.need_sets]
    return _among(columns.need_sets, columns.needs, lacking)


_MASKS = {
    "term": _term,
    "lot": _lot,
    "zone": _zone,
    "suspended": _suspended,
    "excluded": _excluded,
    "deregistered": _deregistered,
    "activity": _activity,
    "rating": _rating,
    "capacity": _capacity,
    "needs": _needs,
}


def lowest_of(pence: np.ndarray[Any, Any]) -> int:
    """The lowest price that is known; 0 where none is."""
    known = pence[pence > 0]
    return int(known.min()) if known.size else 0


def scores_of(
    columns: Columns,
    requirement: Requirement,
    able: np.ndarray[Any, Any],
    *,
    lowest: int | None = None,
    criteria: Iterable[Criterion] = Criterion,
) -> np.ndarray[Any, Any]:
    """Scores of those who may be asked; each criterion is settled by itself, half up.

    Args:
        columns: of every candidate.
        requirement: carries the weights.
        able: places of those who are scored.
        lowest: the lowest price among all who may be asked, pence; that of `able` where not given.
        criteria: which of them count.
    """
    import numpy as np

    total = np.zeros(able.size, np.int64)
    least = lowest_of(columns.pence[able]) if lowest is None else lowest
    for criterion in criteria:
        weight = requirement.weights.get(criterion.value)
        if weight:
            total += _weighted(_raw(criterion, columns, requirement, able, least), weight)
    return total


def _weighted(raw: np.ndarray[Any, Any], weight: Decimal) -> np.ndarray[Any, Any]:
    """Points x percent, half up; a weight has at most two decimals."""
    if weight * 100 != int(weight * 100):
        raise ValueError("a weight has more than two decimals")
    return _divided(raw * int(weight * 100), 10_000)


def _divided(whole: np.ndarray[Any, Any], by: int | np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Whole numbers divided, half up; nothing here is below nought."""
    halves: np.ndarray[Any, Any] = (2 * whole + by) // (2 * by)
    return halves


def _raw(
    criterion: Criterion,
    columns: Columns,
    requirement: Requirement,
    able: np.ndarray[Any, Any],
    lowest: int,
) -> np.ndarray[Any, Any]:
    import numpy as np

    none = np.zeros(able.size, np.int64)
    match criterion:
        case Criterion.PRICE:
            return _price_points(columns.pence[able], lowest)
        case Criterion.QUALITY:
            known: np.ndarray[Any, Any] = np.maximum(columns.quality[able], 0) * (_SCALE // 100)
            return known
        case Criterion.DISTANCE:
            miles = columns.miles[able]
            fallen = np.maximum(0, 10_000 - 5 * miles) * (_SCALE // 100)
            return np.where(miles < 0, 0, fallen)
        case Criterion.CHOICE:
            chosen = columns.place_of.get(requirement.preferred_location_id or "", _UNKNOWN)
            return np.where(able == chosen, 100 * _SCALE, 0)
        case Criterion.CONTINUITY:
            return none


def _price_points(pence: np.ndarray[Any, Any], lowest: int) -> np.ndarray[Any, Any]:
    """Lowest / price x 100; no price is above `_MOST_PENCE`."""
    import numpy as np

    divisor = np.where(pence > 0, pence, 1)
    points = _divided(np.full(divisor.shape, lowest * 100 * _SCALE, np.int64), divisor)
    return np.where(pence > 0, points, 0)
