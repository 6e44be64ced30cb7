"""Ranks the same locations for one need after another: what needs have in common is judged once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from brokerdesk.core.domain import ranking
from brokerdesk.core.domain.eligibility import Candidate, Requirement
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.position import EARTH_RADIUS_MILES, Position, miles_between
from brokerdesk.core.domain.waiting import Best
from brokerdesk.core.store.ranker import NAMES, Columns, codes_of, scores_of

if TYPE_CHECKING:
    import numpy as np

_OWN = ("capacity", "needs")
"""Checks that ask after the need itself; all others have one answer for many needs."""
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

        Source: docs/rules.md R021, R022, R116, R119.

        Args:
            requirement: what is asked.
            home: where the person lives; none where that is not known.
            most: how many rows.
        """
        import numpy as np

        shared = self._able_for(requirement)
        able = np.flatnonzero(codes_of(shared.columns, requirement, _OWN) == 0)
        miles = shared.miles(able, home)
        placed = copy(shared.columns)
        placed.miles = np.full(len(placed.candidates), -1, np.int64)
        placed.miles[able] = miles
        first = _first(placed, able, scores_of(placed, requirement, able), most)
        rows = [self._with_distance(placed.candidates[place], home) for place in first.tolist()]
        lowest = _lowest(placed.pence[able])
        return Best(
            int(able.size), len(self._columns.candidates) - int(able.size),
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


class _Able:
    """Those whom nothing but the need itself can rule out, and where they are."""

    def __init__(self, columns: Columns, positions: Mapping[str, Position]) -> None:
        import numpy as np

        self.columns = columns
        self._there = [positions.get(held.member.location_id) for held in columns.candidates]
        known = [(p.latitude, p.longitude) if p else (np.nan, np.nan) for p in self._there]
        degrees = np.array(known, np.float64).reshape(-1, 2)
        self._latitude, self._longitude = np.radians(degrees[:, 0]), degrees[:, 1]
        self._cosine = np.cos(self._latitude)

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


def _lowest(pence: np.ndarray[Any, Any]) -> Money | None:
    known = pence[pence > 0]
    return Money(int(known.min())) if known.size else None
