"""Quality scored by officers apart from each other, then agreed: the acts, and who may see what when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from brokerdesk.core.domain import evaluation
from brokerdesk.core.domain.conflict import SCORER
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.evaluation import AgreedScore, Cell, Mark, QualityScore
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.package import Step
from brokerdesk.core.domain.sourcing import Offer, Round, RoundStatus
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import conflicts, journey
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.desk import Desk

_SCORERS = (Role.BROKER, Role.APPROVER, Role.FRAMEWORK_MANAGER)


@dataclass(frozen=True, slots=True)
class ScoringSheet:
    """What the signed-in officer sees of a round that is scored apart."""

    round: Round
    offers: tuple[Offer, ...]
    """Those that are scored, as they came."""
    criteria: tuple[str, ...]
    scores: tuple[QualityScore, ...]
    """Her own; everyone's once all are in."""
    agreed: tuple[AgreedScore, ...]
    scorers: tuple[str, ...]
    """Names of those whose sheets are full, whoever looks."""
    are_all_in: bool
    has_scored: bool
    """Her own sheet is full."""
    is_agreed: bool

    @property
    def waits_for(self) -> int:
        """How many sheets are still missing."""
        return max(0, self.round.rules.scorers - len(self.scorers))


@act("quality_scored", words="score the quality of offers", by=_SCORERS)
def score_quality(work: Work, *, round_id: str, marks: tuple[Mark, ...]) -> tuple[QualityScore, ...]:
    """Keep one officer's points for offers, apart from everyone else's; a later sheet replaces hers.

    Source: docs/rules.md R021, R075.

    Raises:
        RuleError: she has not declared, the round is open or scored by nobody apart, points lack a reason, or
            everyone's points are in, so that what is left is to agree.
    """
    opened = _scored_apart(work, round_id)
    conflicts.check(work, opened, SCORER)
    cells, held = _cells(work.unit, opened), _scores(work.unit, opened)
    if evaluation.are_all_in(opened, cells, held):
        raise RuleError(
            "Everyone’s points are in and open to all. Agree on the points that count.", rule="R021"
        )
    evaluation.check_marks(marks, cells)
    shelf, me = work.of(QualityScore), work.officer
    replaced = {(mark.offer_id, mark.criterion) for mark in marks}
    for score in held:
        if score.officer_id == me.id and (score.offer_id, score.criterion) in replaced:
            shelf.replace(replace(score, is_current=False))
    made = tuple(
        QualityScore(
            work.new_id(), opened.package_id, opened.id, mark.offer_id, mark.criterion, mark.points,
            mark.reason.strip(), me.id, me.name, work.at,
        )
        for mark in marks
    )  # fmt: skip
    shelf.add_many(made)
    work.cite("R021")
    journey.stamp(work, opened.package_id, Step.OFFERS, f"{me.name} scored the quality of the offers apart")
    return made


@act("scores_agreed", words="agree the scores of offers", by=_SCORERS)
def agree_scores(work: Work, *, round_id: str, marks: tuple[Mark, ...]) -> tuple[AgreedScore, ...]:
    """Keep the points that count, agreed once everyone has scored apart. Source: docs/rules.md R021, R075.

    Raises:
        RuleError: someone’s points are still missing, a cell is left out, points lack a reason, or a choice
            rests on what was agreed.
    """
    opened = _scored_apart(work, round_id)
    conflicts.check(work, opened, SCORER)
    cells, held = _cells(work.unit, opened), _scores(work.unit, opened)
    if not evaluation.are_all_in(opened, cells, held):
        told = f"{len(evaluation.finished(cells, held))} of {opened.rules.scorers}"
        raise RuleError(f"Only {told} officers have scored. Agree once all have.", rule="R021")
    evaluation.check_marks(marks, cells)
    if evaluation.missing_cells(cells, ((mark.offer_id, mark.criterion) for mark in marks)):
        raise RuleError("Some offer or criterion has no agreed points. Agree on every one.", rule="R021")
    if journey.current_choice(work.unit, opened.package_id) is not None:
        raise RuleError("A choice rests on the points that were agreed. Record the choice again first.")
    shelf, me = work.of(AgreedScore), work.officer
    for score in shelf.find(round_id=opened.id, is_current=True):
        shelf.replace(replace(score, is_current=False))
    made = tuple(
        AgreedScore(
            work.new_id(), opened.package_id, opened.id, mark.offer_id, mark.criterion, mark.points,
            mark.reason.strip(), me.id, me.name, work.at,
        )
        for mark in marks
    )  # fmt: skip
    shelf.add_many(made)
    work.cite("R021")
    journey.stamp(work, opened.package_id, Step.OFFERS, "The scores of the offers were agreed")
    return made


def sheet_of(desk: Desk, round_id: str) -> ScoringSheet | None:
    """The scoring sheet as the signed-in officer may see it; none where nobody scores apart."""
    with desk.reading() as unit:
        opened = unit.of(Round).get(round_id)
        if not evaluation.is_scored_apart(opened) or opened.status is RoundStatus.OPEN:
            return None
        cells, held, me = _cells(unit, opened), _scores(unit, opened), desk.operator
        done = evaluation.finished(cells, held)
        agreed = unit.of(AgreedScore).find(round_id=opened.id, is_current=True)
        names = {score.officer_id: score.officer_name for score in held}
        return ScoringSheet(
            round=opened,
            offers=tuple(offer for offer in journey.offers_of(unit, opened.id) if offer.counts),
            criteria=evaluation.judged_criteria(opened),
            scores=evaluation.seen_by(me.id, opened, cells, held), agreed=agreed,
            scorers=tuple(names[who] for who in done),
            are_all_in=evaluation.are_all_in(opened, cells, held), has_scored=me.id in done,
            is_agreed=not _not_agreed(unit, opened),
        )  # fmt: skip


def judged_offers(unit: UnitOfWork, opened: Round, offers: tuple[Offer, ...]) -> tuple[Offer, ...]:
    """Offers with the agreed points in place of those that came with them, where officers score apart."""
    if not evaluation.is_scored_apart(opened):
        return offers
    agreed = agreed_points(unit, opened.id)
    return tuple(evaluation.with_agreed(offer, agreed) for offer in offers)


def agreed_points(unit: UnitOfWork, round_id: str) -> Mapping[Cell, Decimal]:
    """The points that count, by offer and criterion."""
    held = unit.of(AgreedScore).find(round_id=round_id, is_current=True)
    return {(score.offer_id, score.criterion): score.points for score in held}


def why_unscored(unit: UnitOfWork, opened: Round) -> str:
    """What is missing before the offers have totals; empty where nothing is."""
    if not evaluation.is_scored_apart(opened) or not _not_agreed(unit, opened):
        return ""
    cells, held = _cells(unit, opened), _scores(unit, opened)
    done = len(evaluation.finished(cells, held))
    if done < opened.rules.scorers:
        return f"{done} of {opened.rules.scorers} officers have scored the offers apart."
    return "Everyone has scored apart. Agree on the points that count."


def check_agreed(unit: UnitOfWork, opened: Round) -> None:
    """Refuse to go on while the points that count are not agreed. Source: docs/rules.md R021.

    Raises:
        RuleError: with what is missing.
    """
    why = why_unscored(unit, opened)
    if why:
        raise RuleError(f"{why} The Offers page shows what is missing.", rule="R021")


def _scored_apart(work: Work, round_id: str) -> Round:
    opened = work.of(Round).get(round_id)
    if not evaluation.is_scored_apart(opened):
        raise RuleError(
            "This round is scored by one officer as answers are recorded, so there is no sheet to fill in."
        )
    if opened.status is not RoundStatus.CLOSED:
        raise RuleError(
            f"Round {opened.number} is {opened.status.value}: offers are scored when it is closed.",
            rule="R024",
        )
    return opened


def _cells(unit: UnitOfWork, opened: Round) -> tuple[Cell, ...]:
    return evaluation.cells_of(opened, journey.offers_of(unit, opened.id))


def _scores(unit: UnitOfWork, opened: Round) -> tuple[QualityScore, ...]:
    return unit.of(QualityScore).find(round_id=opened.id, is_current=True)


def _not_agreed(unit: UnitOfWork, opened: Round) -> tuple[Cell, ...]:
    held: Iterable[Cell] = agreed_points(unit, opened.id)
    return evaluation.missing_cells(_cells(unit, opened), held)
