"""Ranks the same locations for one need after another: what needs have in common is judged once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from math import asin, cos, degrees, radians, sin
from typing import TYPE_CHECKING, Any

from brokerdesk.core.domain import ranking
from brokerdesk.core.domain.eligibility import Candidate, Requirement
from brokerdesk.core.domain.framework import Criterion
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.position import EARTH_RADIUS_MILES, Position, miles_between
from brokerdesk.core.domain.waiting import Best
from brokerdesk.core.store.ranker import (
    NAMES,
    Columns,
    capacities_asked,
    codes_of,
    lowest_of,
    scores_of,
)

if TYPE_CHECKING:
    import numpy as np

_OWN = ("capacity", "needs")
"""Checks that ask after the need itself; all others have one answer for many needs."""
_STANDING = (Criterion.PRICE, Criterion.QUALITY, Criterion.CONTINUITY)
"""Criteria whose points do not hang on where the person lives or whom she prefers."""
_REACH = 1.001 * degrees(float(ranking.FULL / ranking.POINTS_A_MILE) / EARTH_RADIUS_MILES)
"""Degrees of latitude beyond which nobody has points for distance."""
_SHARED = tuple(name for name in NAMES if name not in _OWN)
_HIGHEST = 10**12
"""A score of 100 points as the columns count it."""
_MOST_TIERS = 1_000_000
_CLOSE = 1e-6
"""Hundredths of a mile from a rounding's edge where the domain's own way of counting decides."""


class BacklogRanker:
    """The locations of one lot, ranked for many needs; equal to `ranking.make_shortlist`, its oracle.

    Args:
        candidates: one per location, their distances left open.
        positions: where they are, by location id; those that are not known are left out.
    """

    def __init__(self, candidates: Sequence[Candidate], positions: Mapping[str, Position]) -> None:
        self._columns = Columns(candidates)
        self._positions = positions
        self._alike: dict[tuple[object, ...], _Able] = {}

    def best(self, requirement: Requirement, home: Position | None, most: int) -> Best:
        """How many may be asked for a need, and the best of them with their working.

        Only those within reach of home, those who lead without any points of their own place, and the one
        that the person prefers can be among the best; the rest is counted, not scored.

        Source: docs/rules.md R021, R022, R116, R119.

        Args:
            requirement: what is asked.
            home: where the person lives; none where that is not known.
            most: how many rows.
        """
        shared = self._able_for(requirement)
        alike = shared.alike(requirement, most)
        rivals = shared.rivals(alike, requirement, home)
        placed = shared.placed(rivals, home)
        scores = scores_of(placed, requirement, rivals, lowest=alike.lowest)
        first = _first(placed, rivals, scores, most)
        rows = [self._with_distance(placed.candidates[place], home) for place in first.tolist()]
        lowest = Money(alike.lowest) if alike.lowest else None
        return Best(
            alike.count, len(self._columns.candidates) - alike.count,
            tuple(ranking.scored_rows(requirement, rows, lowest)),
        )  # fmt: skip

    def _able_for(self, requirement: Requirement) -> _Able:
        import numpy as np

        alike = (
            requirement.on, requirement.lot, requirement.zones, requirement.activity, requirement.is_live,
            requirement.asks_after_term, *sorted(requirement.rating_policy.items()),
        )  # fmt: skip
        if alike not in self._alike:
            places = np.flatnonzero(codes_of(self._columns, requirement, _SHARED) == 0)
            self._alike[alike] = _Able(self._columns.only(places), self._positions)
        return self._alike[alike]

    def _with_distance(self, candidate: Candidate, home: Position | None) -> Candidate:
        there = self._positions.get(candidate.member.location_id)
        if home is None or there is None:
            return candidate
        return replace(candidate, distance_miles=ranking.miles(miles_between(home, there)))


@dataclass(frozen=True, slots=True)
class _Alike:
    """What needs of the same size and kind have in common, wherever the person lives."""

    may: np.ndarray[Any, Any]
    """Of every place, whether it may be asked."""
    count: int
    lowest: int
    """The lowest price among them, pence; 0 where none is known."""
    leading: np.ndarray[Any, Any]
    """The first of them in rank order before anyone has points for distance or choice."""


class _Able:
    """Those whom nothing but the need itself can rule out, and where they are."""

    def __init__(self, columns: Columns, positions: Mapping[str, Position]) -> None:
        import numpy as np

        self.columns = columns
        self._there = [positions.get(held.member.location_id) for held in columns.candidates]
        known = [(p.latitude, p.longitude) if p else (np.nan, np.nan) for p in self._there]
        lines = np.array(known, np.float64).reshape(-1, 2)
        self._latitude, self._longitude = np.radians(lines[:, 0]), lines[:, 1]
        self._cosine = np.cos(self._latitude)
        self._northward = np.argsort(lines[:, 0], kind="stable")
        self._northern = lines[self._northward, 0]
        self._sizes = np.unique(columns.capacity)
        self._needs = {need for held in columns.need_sets for need in held.split("\n")}
        self._kept: dict[tuple[object, ...], _Alike] = {}

    def alike(self, requirement: Requirement, most: int) -> _Alike:
        """What is true of every need that asks the same of a member, judged once."""
        import numpy as np

        hours, beds = capacities_asked(requirement)
        steps = np.searchsorted(self._sizes, [hours, beds])
        needs = {need.casefold() for need in requirement.needs} & self._needs
        weights = sorted(requirement.weights.items())
        key = (*steps.tolist(), bool(requirement.needs), *sorted(needs), *weights, most)
        if key not in self._kept:
            self._kept[key] = self._judged(requirement, most)
        return self._kept[key]

    def _judged(self, requirement: Requirement, most: int) -> _Alike:
        import numpy as np

        may = codes_of(self.columns, requirement, _OWN) == 0
        able = np.flatnonzero(may)
        lowest = lowest_of(self.columns.pence[able])
        standing = scores_of(self.columns, requirement, able, lowest=lowest, criteria=_STANDING)
        return _Alike(may, int(able.size), lowest, _first(self.columns, able, standing, most))

    def rivals(self, alike: _Alike, requirement: Requirement, home: Position | None) -> np.ndarray[Any, Any]:
        """Places of those who can be among the first; nobody else has points for distance or choice."""
        import numpy as np

        found = np.zeros(alike.may.size, bool)
        found[alike.leading] = True
        if (chosen := requirement.preferred_location_id) in self.columns.place_of:
            found[self.columns.place_of[chosen]] = True
        if home is not None:
            found[self._near(home)] = True
        places: np.ndarray[Any, Any] = np.flatnonzero(found & alike.may)
        return places

    def _near(self, home: Position) -> np.ndarray[Any, Any]:
        """Places in a box round home that holds all within reach; those of unknown position are not in it."""
        import numpy as np

        south, north = np.searchsorted(self._northern, (home.latitude - _REACH, home.latitude + _REACH))
        band: np.ndarray[Any, Any] = self._northward[south:north]
        narrowest = cos(radians(min(90.0, abs(home.latitude) + _REACH)))
        breadth = degrees(2 * asin(min(1.0, sin(radians(_REACH) / 2) / max(narrowest, _CLOSE))))
        away = np.abs((self._longitude[band] - home.longitude + 180) % 360 - 180)
        near: np.ndarray[Any, Any] = band[away <= breadth]
        return near

    def placed(self, places: np.ndarray[Any, Any], home: Position | None) -> Columns:
        """The columns with the distances of some places from home."""
        import numpy as np

        placed = copy(self.columns)
        placed.miles = np.full(len(placed.candidates), -1, np.int64)
        placed.miles[places] = self.miles(places, home)
        return placed

    def miles(self, able: np.ndarray[Any, Any], home: Position | None) -> np.ndarray[Any, Any]:
        """Whole hundredths of a mile from home; -1 where a position is not known."""
        import numpy as np

        if home is None:
            return np.full(able.size, -1, np.int64)
        here = np.radians(home.latitude)
        half_lat = np.sin((self._latitude[able] - here) / 2)
        half_lon = np.sin(np.radians(self._longitude[able] - home.longitude) / 2)
        share = half_lat * half_lat + np.cos(here) * self._cosine[able] * half_lon * half_lon
        exact = 200 * EARTH_RADIUS_MILES * np.arcsin(np.sqrt(np.minimum(1.0, share)))
        unknown = np.isnan(exact)
        whole = np.rint(np.where(unknown, -1, exact)).astype(np.int64)
        for at in np.flatnonzero(np.abs(exact - np.floor(exact) - 0.5) < _CLOSE).tolist():
            there = self._there[int(able[at])]
            if there is not None:
                whole[at] = int(ranking.miles(miles_between(home, there)) * 100)
        return whole


def _first(
    columns: Columns, able: np.ndarray[Any, Any], scores: np.ndarray[Any, Any], most: int
) -> np.ndarray[Any, Any]:
    """Places of the first, in rank order; only those that can be among them are put in order."""
    import numpy as np

    if able.size > most and int(columns.tier[able].max()) <= _MOST_TIERS:
        behind = columns.tier[able] * (2 * _HIGHEST) + (_HIGHEST - scores)
        last = np.partition(behind, most - 1)[most - 1]
        near = np.flatnonzero(behind <= last)
        able, scores = able[near], scores[near]
    order = np.lexsort((columns.rank[able], -scores, columns.tier[able]))
    found: np.ndarray[Any, Any] = able[order[:most]]
    return found

