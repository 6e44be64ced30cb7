"""Replay: a past round's list and scores worked out again from what was kept, and held against each other."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from brokerdesk.core.domain.framework import Framework, Lot
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.plain import from_plain, to_json
from brokerdesk.core.domain.round_snapshot import RoundSnapshot
from brokerdesk.core.domain.sourcing import Offer, Round
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import evaluation, journey, shortlists
from brokerdesk.core.services.acts import Work
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.scores import scored_offers


@dataclass(frozen=True, slots=True)
class Replayed:
    """Whether a round comes out as it did."""

    list_is_equal: bool
    scores_are_equal: bool | None
    """None where no scores were kept: nothing was chosen from the round, or it is older than snapshots."""
    sentences: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing came out otherwise."""
        return self.list_is_equal and self.scores_are_equal is not False


def take_snapshot(work: Work, opened: Round) -> RoundSnapshot:
    """Keep what the comparison reads and what it gives, with the choice. Source: docs/rules.md R021, R080."""
    package = work.of(Package).get(opened.package_id)
    offers = evaluation.judged_offers(work.unit, opened, journey.offers_of(work.unit, opened.id))
    lot = work.of(Framework).get(opened.framework_id).lot(package.need.lot)
    inputs = {
        "round": to_json(opened), "package": to_json(package), "offers": to_json(offers), "lot": to_json(lot)
    }  # fmt: skip
    kept = RoundSnapshot(
        work.new_id(), opened.id, package.id, work.at, inputs, result_of(opened, package, offers, lot)
    )
    work.of(RoundSnapshot).add(kept)
    return kept


def replay_round(desk: Desk, round_id: str) -> Replayed:
    """Work the list and the scores of a round out again from its snapshots. Source: R021, R080."""
    with desk.reading() as unit:
        opened = unit.of(Round).get(round_id)
        snapshot = last_snapshot(unit, round_id)
    list_is_equal = shortlists.replay_shortlist(desk, opened.shortlist_id)
    scores_are_equal = None if snapshot is None else replay_scores(snapshot)
    return Replayed(list_is_equal, scores_are_equal, _sentences(list_is_equal, scores_are_equal))


def last_snapshot(unit: UnitOfWork, round_id: str) -> RoundSnapshot | None:
    """The snapshot of the choice that was recorded last; none where nothing was chosen."""
    kept = unit.of(RoundSnapshot).find(round_id=round_id)
    return kept[-1] if kept else None


def weights_scored_by(unit: UnitOfWork, opened: Round) -> dict[str, Decimal]:
    """The weights by which the choice was scored, as kept with it. Source: docs/rules.md R021, hard block 10.

    A choice of a desk that kept no snapshots yet has none but the round's own.
    """
    snapshot = last_snapshot(unit, opened.id)
    if snapshot is None:
        return dict(opened.weights)
    scored: Round = from_plain(Round, json.loads(snapshot.inputs["round"]))
    return dict(scored.weights)


def replay_scores(snapshot: RoundSnapshot) -> bool:
    """Whether the kept inputs give the kept places, totals and workings again."""
    read = {name: json.loads(text) for name, text in snapshot.inputs.items()}
    opened: Round = from_plain(Round, read["round"])
    package: Package = from_plain(Package, read["package"])
    offers: tuple[Offer, ...] = from_plain(tuple[Offer, ...], read["offers"])
    lot: Lot | None = from_plain(Lot, read["lot"]) if read["lot"] is not None else None
    return result_of(opened, package, offers, lot) == snapshot.result


def result_of(opened: Round, package: Package, offers: tuple[Offer, ...], lot: Lot | None) -> str:
    """Every offer's place, total and working as canonical JSON. Source: docs/rules.md R021."""
    scored = scored_offers(opened, package, offers, lot)
    rows: list[Any] = [(held.scored, held.working) for held in scored.values()]
    return to_json(rows)


def _sentences(list_is_equal: bool, scores_are_equal: bool | None) -> tuple[str, ...]:
    first = (
        "The list of who may be asked comes out the same from the kept facts."
        if list_is_equal
        else "The list of who may be asked comes out otherwise than it was kept. Ask for an enquiry."
    )
    if scores_are_equal is None:
        return first, "No scores were kept: nothing was chosen from this round."
    if scores_are_equal:
        return first, "Every place, total and working comes out the same from the kept offers and rules."
    return first, "The scores come out otherwise than they were kept. Ask for an enquiry."
