"""One need in the plain terms of a script, and the shape in which the other ways answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from brokerdesk.core.domain.eligibility import NOT_RATED, RATINGS, Candidate, Requirement, rating_of
from brokerdesk.core.domain.ranking import POINTS_A_MILE


@dataclass(frozen=True, slots=True)
class Judged:
    """What another way found."""

    top: list[dict[str, Any]]
    """The best with their points, best first."""
    counts: dict[int, int]
    """How many offend a check, by its bit."""
    codes: Callable[[], Mapping[str, int]]
    """One number for each that may not be asked, a bit for each check; read when the clock has stopped."""


def plain_rows(candidates: tuple[Candidate, ...]) -> list[dict[str, Any]]:
    """Candidates as the rows of a table."""
    return [_plain_row(candidate) for candidate in candidates]


def _plain_row(candidate: Candidate) -> dict[str, Any]:
    member, place = candidate.member, candidate.location
    activities = None if place is None else place.activities
    return {
        "location_id": member.location_id, "lot": member.lot, "zone": member.zone, "tier": member.tier,
        "rank": member.rank, "quality": float(member.quality or 0),
        "capacity": None if member.capacity is None else float(member.capacity),
        "needs": f"|{'|'.join(member.needs)}|" if member.needs else "",
        "is_excluded": candidate.exclusion is not None and candidate.exclusion.is_excluded,
        "is_registered": place is None or place.is_registered is not False,
        "activities": None if activities is None else f"|{'|'.join(activities)}|",
        "rating": rating_of(place) or NOT_RATED,
        "miles": None if candidate.distance_miles is None else float(candidate.distance_miles),
        "pence": None if candidate.scored_price is None else candidate.scored_price.pence,
    }  # fmt: skip


def suspension_rows(candidates: tuple[Candidate, ...]) -> list[dict[str, Any]]:
    """Suspensions as the rows of a table."""
    return [
        {
            "location_id": held.location_id, "scope": held.scope, "zone": candidate.member.zone,
            "from_on": held.from_on.isoformat(), "to_on": held.to_on.isoformat() if held.to_on else None,
        }
        for candidate in candidates
        for held in candidate.suspensions
    ]  # fmt: skip


def terms_of(asked: Requirement) -> dict[str, Any]:
    """The need's own values by name."""
    policy, floor = asked.rating_policy, asked.lot.rating_floor
    ratings = [rating.value for rating in RATINGS]
    below = ratings[: ratings.index(floor)] if floor else []
    refused = [word for word in (*ratings, NOT_RATED) if policy.get(word) == "block" or word in below]
    return {
        "on": asked.on.isoformat(), "lot": asked.lot.name, "zone": asked.zones[0], "refused": refused,
        "activity": asked.activity, "need": asked.needs[0], "hours": float(asked.carer_hours),
        "preferred": asked.preferred_location_id, "fall": float(POINTS_A_MILE),
        "weights": {name: float(weight) for name, weight in asked.weights.items()},
    }  # fmt: skip
