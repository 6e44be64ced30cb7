"""P-04: who may be asked and in what order, over every location, with a reason for each that may not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from bench.contest import Contest, Contestant, Run, Target, timed
from bench.judging_frame import FrameJudge
from bench.judging_sql import SqlJudge
from bench.members import candidates, requirement
from bench.sizes import Sizes
from brokerdesk.core.domain import ranking
from brokerdesk.core.domain.eligibility import CHECKS, Candidate, Requirement
from brokerdesk.core.store.ranker import NAMES, Columns, Ranked, rank

TOP = 50
Answer = tuple[tuple[tuple[str, str], ...], dict[str, tuple[str, ...]], dict[str, int]]
"""The best with their scores; of everyone else the checks that she offends; how many offend each check."""


def contests(sizes: Sizes) -> Iterator[Contest]:
    """One need against every location of a framework."""
    held, asked = candidates(sizes.locations), requirement()
    columns = Columns(held)
    frame, sql = FrameJudge(held, asked), SqlJudge(held, asked)
    yield Contest(
        id="P-04",
        name=f"eligibility and ranking with reasons over {sizes.locations:,} locations",
        ours=lambda: _ours(columns, asked),
        oracle=oracle(held, asked),
        target=Target("at most 10 ms with the reasons, and no slower than the pandas script", 0.010, 1.0),
        peers=(Contestant("pandas script", lambda: _theirs(frame)),),
        limit=Contestant("raw SQL (SQLite in memory)", lambda: _theirs(sql)),
        libraries=("numpy", "pandas"),
        rounds=sizes.rounds,
    )


def oracle(held: tuple[Candidate, ...], asked: Requirement) -> Answer:
    """What the domain says, one candidate after the other."""
    offended = {c.member.location_id: _offended(asked, c) for c in held}
    best = ranking.make_shortlist(asked, (c for c in held if not offended[c.member.location_id])).included
    top = tuple((row.location_id, score_text(row.score)) for row in best[:TOP])
    return top, {place: names for place, names in offended.items() if names}, counted(offended.values())


def _offended(asked: Requirement, candidate: Candidate) -> tuple[str, ...]:
    return tuple(name for name, check in CHECKS if check(asked, candidate) is not None)


def counted(offended: Iterable[tuple[str, ...]]) -> dict[str, int]:
    """How many offend each check, nought included."""
    counts = dict.fromkeys(NAMES, 0)
    for names in offended:
        for name in names:
            counts[name] += 1
    return counts


def score_text(score: Decimal | float) -> str:
    """A score as it is compared: floats of other programs hold no more than six decimals surely."""
    return f"{score:.6f}"


def names_in(code: int) -> tuple[str, ...]:
    """The checks in a number that has one bit for each."""
    return tuple(name for bit, name in enumerate(NAMES) if code >> bit & 1)


def _ours(columns: Columns, asked: Requirement) -> Run:
    seconds, (ranked, top, counts) = timed(lambda: _judged(columns, asked))
    places = [candidate.member.location_id for candidate in columns.candidates]
    reasons = {places[at]: ranked.names_of(at) for at in ranked.codes.nonzero()[0].tolist()}
    best = tuple((row.location_id, score_text(row.score)) for row in top)
    return Run(seconds, (best, reasons, counts))


def _judged(columns: Columns, asked: Requirement) -> tuple[Ranked, tuple[Any, ...], dict[str, int]]:
    ranked = rank(columns, asked)
    return ranked, ranked.included(TOP), ranked.counts()


def _theirs(judge: FrameJudge | SqlJudge) -> Run:
    seconds, judged = timed(lambda: judge.judge(TOP))
    codes: Mapping[str, int] = judged.codes()
    best = tuple((row["location_id"], score_text(row["score"])) for row in judged.top)
    counts = {name: judged.counts.get(bit, 0) for bit, name in enumerate(NAMES)}
    return Run(seconds, (best, {place: names_in(code) for place, code in codes.items()}, counts))
