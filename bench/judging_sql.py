"""The same judgement in SQL, on tables that are loaded and indexed already: what the bare machine takes."""

from __future__ import annotations

import sqlite3
from typing import Any

from bench.judging_terms import Judged, plain_rows, suspension_rows, terms_of
from brokerdesk.core.domain.eligibility import Candidate, Requirement

_JUDGE = """
CREATE TEMP TABLE judged AS SELECT location_id,
    (lot <> :lot) * 2
  + (zone IS NOT NULL AND zone <> :zone) * 4
  + EXISTS (SELECT 1 FROM suspension s WHERE s.location_id = member.location_id
        AND (s.scope IN ('all', :lot) OR s.scope = coalesce(member.zone, :zone))
        AND s.from_on <= :on AND (s.to_on IS NULL OR s.to_on >= :on)) * 8
  + is_excluded * 16
  + (NOT is_registered) * 32
  + (activities IS NOT NULL AND instr(activities, :activity) = 0) * 64
  + (rating IN (SELECT word FROM refused)) * 128
  + (capacity IS NOT NULL AND capacity < :hours) * 256
  + (needs <> '' AND instr(needs, :need) = 0) * 512 AS code,
    tier, rank, quality, miles, pence
FROM member
"""
_TOP = """
SELECT location_id, price, quality, distance, choice, price + quality + distance + choice AS score FROM (
    SELECT location_id, tier, rank,
        coalesce(round(round((SELECT min(pence) FROM judged WHERE code = 0) * 100.0 / pence, 10)
            * :price / 100, 10), 0) AS price,
        round(quality * :quality / 100, 10) AS quality,
        coalesce(round(max(0, 100 - :fall * miles) * :distance / 100, 10), 0) AS distance,
        (location_id = :preferred) * :choice AS choice
    FROM judged WHERE code = 0)
ORDER BY coalesce(tier, 1000000), score DESC, coalesce(rank, 1000000), location_id LIMIT :top
"""


class SqlJudge:
    """Holds the tables; `judge` is three statements."""

    def __init__(self, candidates: tuple[Candidate, ...], asked: Requirement) -> None:
        terms = terms_of(asked)
        self._terms = {name: terms[name] for name in ("on", "lot", "zone", "hours", "fall", "preferred")}
        self._terms |= {"activity": f"|{terms['activity']}|", "need": f"|{terms['need']}|"}
        self._terms |= terms["weights"]
        self._connection = sqlite3.connect(":memory:")
        self._connection.row_factory = sqlite3.Row
        self._fill("member", plain_rows(candidates))
        self._fill("suspension", suspension_rows(candidates))
        self._fill("refused", [{"word": word} for word in terms["refused"]])

    def _fill(self, table: str, rows: list[dict[str, Any]]) -> None:
        if not rows:
            self._connection.execute(f"CREATE TABLE {table} (location_id, scope, zone, from_on, to_on)")
            return
        names = ", ".join(rows[0])
        self._connection.execute(f"CREATE TABLE {table} ({names})")
        marks = ", ".join("?" * len(rows[0]))
        self._connection.executemany(
            f"INSERT INTO {table} VALUES ({marks})",  # noqa: S608 - names of our own
            [tuple(row.values()) for row in rows],
        )
        if "location_id" in rows[0]:
            self._connection.execute(f"CREATE INDEX {table}_place ON {table} (location_id)")

    def judge(self, top: int) -> Judged:
        """Judge everyone into a table, count the checks, and order those who offend none."""
        run = self._connection.execute
        run("DROP TABLE IF EXISTS temp.judged")
        run(_JUDGE, self._terms)
        by_code = run("SELECT code, count(*) FROM judged WHERE code <> 0 GROUP BY code").fetchall()
        best = [dict(row) for row in run(_TOP, {**self._terms, "top": top})]
        counts = {bit: sum(many for code, many in by_code if code >> bit & 1) for bit in range(10)}
        return Judged(
            best, counts, lambda: dict(run("SELECT location_id, code FROM judged WHERE code <> 0").fetchall())
        )
