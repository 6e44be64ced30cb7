"""The same judgement as an analyst would script it with pandas, on a frame that is loaded already."""

from __future__ import annotations

from typing import Any

from bench.judging_terms import Judged, plain_rows, suspension_rows, terms_of
from brokerdesk.core.domain.eligibility import Candidate, Requirement

_LAST = 1_000_000


class FrameJudge:
    """Holds the frames; `judge` is the script."""

    def __init__(self, candidates: tuple[Candidate, ...], asked: Requirement) -> None:
        import pandas as pd

        self.members: Any = pd.DataFrame(plain_rows(candidates))
        self.suspensions: Any = pd.DataFrame(suspension_rows(candidates))
        self.terms = terms_of(asked)

    def judge(self, top: int) -> Judged:
        """Every check as a column of bits, then points and order of those who offend none."""
        members = self.members
        checks = self._checks()
        code = sum(held.astype("int64") * (1 << bit) for bit, held in checks.items())
        able = members[code == 0].copy()
        self._score(able)
        order = {"tier": able["tier"].fillna(_LAST), "rank": able["rank"].fillna(_LAST)}
        able = able.assign(**order).sort_values(
            ["tier", "score", "rank", "location_id"], ascending=[True, False, True, True]
        )
        counts = {bit: int(held.sum()) for bit, held in checks.items()}
        return Judged(
            able.head(top).to_dict("records"),
            counts,
            lambda: dict(zip(members["location_id"][code != 0], code[code != 0].tolist(), strict=True)),
        )

    def _checks(self) -> dict[int, Any]:
        members, terms = self.members, self.terms
        lacking = members["activities"].notna() & ~members["activities"].str.contains(
            f"|{terms['activity']}|", regex=False, na=False
        )
        return {
            1: members["lot"] != terms["lot"],
            2: members["zone"].notna() & (members["zone"] != terms["zone"]),
            3: members["location_id"].isin(self._suspended()),
            4: members["is_excluded"],
            5: ~members["is_registered"],
            6: lacking,
            7: members["rating"].isin(terms["refused"]),
            8: members["capacity"].notna() & (members["capacity"] < terms["hours"]),
            9: (members["needs"] != "") & ~members["needs"].str.contains(f"|{terms['need']}|", regex=False),
        }

    def _suspended(self) -> Any:
        held, terms = self.suspensions, self.terms
        if held.empty:
            return []
        own = held["zone"].fillna(terms["zone"])
        in_scope = held["scope"].isin(["all", terms["lot"]]) | (held["scope"] == own)
        open_ended = held["to_on"].isna() | (held["to_on"] >= terms["on"])
        return held["location_id"][in_scope & (held["from_on"] <= terms["on"]) & open_ended]

    def _score(self, able: Any) -> None:
        terms, weights = self.terms, self.terms["weights"]
        points = {
            "price": (able["pence"].min() * 100 / able["pence"]).round(10),
            "quality": able["quality"],
            "distance": (100 - terms["fall"] * able["miles"]).clip(lower=0),
            "choice": (able["location_id"] == terms["preferred"]) * 100.0,
        }
        total: Any = 0
        for name, found in points.items():
            able[name] = (found.fillna(0) * weights[name] / 100).round(10)
            total = total + able[name]
        able["score"] = total
