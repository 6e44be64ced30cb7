"""One row of the table: ours and its peers in alternating rounds, each answer held against the oracle's."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import Any, TypeVar

T = TypeVar("T")
LEAST_ROUNDS = 5
_ONE_IS_ENOUGH_FROM = 30.0
"""Seconds: a peer that is slower than that runs once."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run: how long it took, and what it answered."""

    seconds: float
    answer: object


@dataclass(frozen=True, slots=True)
class Target:
    """What we set ourselves."""

    words: str
    most_seconds: float | None = None
    least_ratio: float | None = None
    """Of the peer's time to ours."""

    def is_met(self, ours: float, ratio: float | None) -> bool:
        """Whether medians hold it; a ratio without a peer holds nothing."""
        in_time = self.most_seconds is None or ours <= self.most_seconds
        ahead = self.least_ratio is None or (ratio is not None and ratio >= self.least_ratio)
        return in_time and ahead


@dataclass(frozen=True, slots=True)
class Contestant:
    """Somebody else's way to the same answer."""

    name: str
    run: Callable[[], Run]
    why_not: str = ""
    """Why it is not run on this machine; empty where it is."""
    target: Target | None = None
    """What we set ourselves beside this peer; the contest's own where none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """What is measured, and what every answer must be."""

    id: str
    name: str
    ours: Callable[[], Run]
    oracle: object
    target: Target
    peers: tuple[Contestant, ...] = ()
    """Each has a row of its own, with the same rounds of ours beside it."""
    limit: Contestant | None = None
    """The bare machine at the same work, where there is such a thing."""
    libraries: tuple[str, ...] = ()
    rounds: int = LEAST_ROUNDS


@dataclass(slots=True)
class _Side:
    """One contestant's rounds."""

    name: str
    run: Callable[[], Run]
    seconds: list[float] = field(default_factory=list)
    is_equal: bool = True

    def go(self, oracle: object) -> None:
        if self.seconds and self.seconds[0] > _ONE_IS_ENOUGH_FROM:
            return
        run = self.run()
        self.seconds.append(run.seconds)
        self.is_equal = self.is_equal and run.answer == oracle

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds of wall time that a piece of work took, and its value."""
    start = time.perf_counter()
    value = work()
    return time.perf_counter() - start, value


def rows_of(contest: Contest) -> list[dict[str, Any]]:
    """Run a contest and make its rows, one a peer, in the words of the bench's format."""
    ours = _Side("ours", contest.ours)
    peers = [_Side(peer.name, peer.run) for peer in contest.peers if not peer.why_not]
    limits = [_Side(contest.limit.name, contest.limit.run)] if contest.limit else []
    sides = (ours, *peers, *limits)
    for number in range(contest.rounds):
        print(f"{contest.id} {contest.name}: round {number + 1} of {contest.rounds}", file=sys.stderr)
        for side in sides:
            side.go(contest.oracle)
    for side in sides:
        if not side.is_equal:
            print(f"{contest.id}: the answer of {side.name} is not the oracle's", file=sys.stderr)
    others = iter(peers)
    against = [(peer, None if peer.why_not else next(others)) for peer in contest.peers] or [(None, None)]
    return [_row(contest, ours, peer, side, limits[0] if limits else None) for peer, side in against]


def _row(
    contest: Contest, ours: _Side, named: Contestant | None, peer: _Side | None, limit: _Side | None
) -> dict[str, Any]:
    ratio = peer.median / ours.median if peer else None
    target = (named.target if named else None) or contest.target
    return {
        "id": contest.id,
        "name": _name(contest, named),
        "ours_s": round(ours.median, 6),
        "peer": peer.name if peer else None,
        "peer_s": round(peer.median, 6) if peer else None,
        "ratio": round(ratio, 2) if ratio is not None else None,
        "limit": limit.name if limit else None,
        "limit_s": round(limit.median, 6) if limit else None,
        "target": target.words,
        "met": target.is_met(ours.median, ratio),
        "equal": all(side.is_equal for side in (ours, peer, limit) if side),
        "versions": versions_of(contest.libraries),
    }


def _name(contest: Contest, peer: Contestant | None) -> str:
    if peer is None or not peer.why_not:
        return contest.name
    return f"{contest.name}; {peer.name}: not run, {peer.why_not}"


def versions_of(libraries: tuple[str, ...]) -> dict[str, str | None]:
    """Version of each library by name; none where it is not installed."""
    return {name: _version(name) for name in libraries}


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
