"""The same backlog as an analyst would script it with pandas: what all needs share is filtered once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bench.judging_frame import FrameJudge
from bench.judging_terms import terms_of
from brokerdesk.core.domain.eligibility import Candidate, Requirement
from brokerdesk.core.domain.position import EARTH_RADIUS_MILES, Position

_OWN = (8, 9)
"""Bits of the checks that ask after the need itself: capacity and needs."""


class FrameBacklog:
    """Holds the frame of those whom nothing but the need itself can rule out; `judge` is the script."""

    def __init__(
        self, candidates: tuple[Candidate, ...], places: Mapping[str, Position], asked: Requirement
    ) -> None:
        import numpy as np

        whole = FrameJudge(candidates, _with_any_need(asked))
        ruled_out = np.logical_or.reduce([held for bit, held in whole._checks().items() if bit not in _OWN])
        members = whole.members[~ruled_out].copy()
        there = [places[id] for id in members["location_id"]]
        members["latitude"] = np.radians([place.latitude for place in there])
        members["longitude"] = np.radians([place.longitude for place in there])
        members["cosine"] = np.cos(members["latitude"])
        members[["tier", "rank"]] = members[["tier", "rank"]].fillna(1_000_000)
        self._judge, self._members = whole, members

    def judge(self, asked: Requirement, home: Position, top: int) -> tuple[int, list[dict[str, Any]]]:
        """How many may be asked, and the best with their points."""
        members, need = self._members, asked.needs[0] if asked.needs else None
        can = members["capacity"].isna() | (members["capacity"] >= float(asked.carer_hours))
        if need:
            can &= (members["needs"] == "") | members["needs"].str.contains(f"|{need}|", regex=False)
        able = members[can].copy()
        able["miles"] = _miles(able, home).round(2)
        self._judge.terms = terms_of(_with_any_need(asked))
        self._judge._score(able)
        best = able.sort_values(
            ["tier", "score", "rank", "location_id"], ascending=[True, False, True, True]
        ).head(top)
        return len(able), best.to_dict("records")


def _with_any_need(asked: Requirement) -> Requirement:
    """The terms of a script name one need; where none is asked, no check looks at it."""
    return asked if asked.needs else replace(asked, needs=("none",))


def _miles(able: Any, home: Position) -> Any:
    import numpy as np

    here = np.radians(home.latitude)
    half_lat = np.sin((able["latitude"] - here) / 2)
    half_lon = np.sin((able["longitude"] - np.radians(home.longitude)) / 2)
    share = half_lat**2 + np.cos(here) * able["cosine"] * half_lon**2
    return 2 * EARTH_RADIUS_MILES * np.arcsin(np.sqrt(share))
