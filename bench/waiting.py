"""P-05: whom one could ask for each of many waiting packages, over every location."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import time

from bench.contest import Contest, Contestant, Run, Target, timed
from bench.members import candidates, location_id, requirement
from bench.sizes import Sizes
from bench.waiting_frame import FrameBacklog
from brokerdesk.core.domain import ranking
from brokerdesk.core.domain.eligibility import Candidate, Requirement
from brokerdesk.core.domain.position import Position, miles_between
from brokerdesk.core.domain.visits import Visit, Weekday, carer_hours
from brokerdesk.core.store.backlog_ranker import BacklogRanker

TOP = 3
_ORACLE = 5
"""Packages that the domain judges too, one location after the other, spread over the backlog."""
Row = tuple[int, tuple[tuple[str, str], ...]]
"""How many may be asked, and the best with their miles."""
Judge = Callable[[Requirement, Position], Row]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Locations with their positions, and what each person needs, where."""

    candidates: tuple[Candidate, ...]
    places: Mapping[str, Position]
    needs: tuple[tuple[Requirement, Position], ...]


def contests(sizes: Sizes) -> Iterator[Contest]:
    """A whole backlog, and the wait for its first row."""
    world = invented(sizes)
    frame = FrameBacklog(world.candidates, world.places, world.needs[0][0])
    oracle = _oracle(world)
    yield Contest(
        id="P-05",
        name=f"{sizes.waiting:,} waiting packages ranked over {sizes.locations:,} locations",
        ours=lambda: _judged(_ours(world), world.needs, oracle),
        oracle=oracle,
        target=Target("at most 1.5 s, and at least twice as fast as vectorised pandas", 1.5, 2.0),
        peers=(
            Contestant("vectorised pandas script", lambda: _judged(_theirs(frame), world.needs, oracle)),
        ),
        libraries=("numpy", "pandas"),
        rounds=sizes.rounds,
    )
    first = {0: oracle[0]}
    yield Contest(
        id="P-05",
        name=f"the first row of them, over {sizes.locations:,} locations",
        ours=lambda: _judged(_ours(world), world.needs[:1], first),
        oracle=first,
        target=Target("at most 200 ms", 0.2),
        libraries=("numpy",),
        rounds=sizes.rounds,
    )


def invented(sizes: Sizes) -> Waiting:
    """The same at every run: England's breadth of positions, weeks of three sizes, some with a wish."""
    chance = random.Random(20261128)  # noqa: S311 - invented places, not a secret
    held = tuple(replace(one, distance_miles=None) for one in candidates(sizes.locations))
    places = {one.member.location_id: _somewhere(chance) for one in held}
    asked = requirement()
    needs = tuple((_need(asked, chance, sizes.locations), _somewhere(chance)) for _ in range(sizes.waiting))
    return Waiting(held, places, needs)


def _somewhere(chance: random.Random) -> Position:
    return Position(chance.uniform(50.5, 55.5), chance.uniform(-3.5, 1.0))


def _need(asked: Requirement, chance: random.Random, locations: int) -> Requirement:
    calls = chance.choice(((8,), (8, 18), (8, 12, 17, 21)))
    visits = tuple(Visit(day, time(hour), 30, chance.choice((1, 2))) for day in Weekday for hour in calls)
    wish = location_id(chance.randrange(locations)) if chance.random() < 0.3 else None
    return replace(
        asked, carer_hours=carer_hours(visits), needs=chance.choice(((), ("dementia",), ("stroke",))),
        preferred_location_id=wish,
    )  # fmt: skip


def _oracle(world: Waiting) -> dict[int, Row]:
    """What the domain says of some of them."""
    step = max(1, len(world.needs) // _ORACLE)
    return {at: _by_domain(world, *world.needs[at]) for at in range(0, len(world.needs), step)}


def _by_domain(world: Waiting, asked: Requirement, home: Position) -> Row:
    held = [
        replace(
            one, distance_miles=ranking.miles(miles_between(home, world.places[one.member.location_id]))
        )
        for one in world.candidates
    ]
    included = ranking.make_shortlist(asked, held).included
    return len(included), tuple((row.location_id, str(row.distance_miles)) for row in included[:TOP])


def _judged(judge: Judge, needs: tuple[tuple[Requirement, Position], ...], oracle: Mapping[int, Row]) -> Run:
    """Judge every need; kept for the comparison are those that the oracle judged too."""
    seconds, rows = timed(lambda: [judge(asked, home) for asked, home in needs])
    return Run(seconds, {at: rows[at] for at in oracle})


def _ours(world: Waiting) -> Judge:
    """A new ranker: its columns stand, and the first need pays for what its like have in common."""
    ranker = BacklogRanker(world.candidates, world.places)

    def judge(asked: Requirement, home: Position) -> Row:
        best = ranker.best(asked, home, TOP)
        return best.may_be_asked, tuple((row.location_id, str(row.distance_miles)) for row in best.rows)

    return judge


def _theirs(frame: FrameBacklog) -> Judge:
    def judge(asked: Requirement, home: Position) -> Row:
        count, rows = frame.judge(asked, home, TOP)
        return count, tuple((row["location_id"], f"{row['miles']:.2f}") for row in rows)

    return judge
