"""The walk where a framework asks for officers who score apart: each gives what the scenario says."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from brokerdesk.core.domain import conflict
from brokerdesk.core.domain.evaluation import Mark
from brokerdesk.core.domain.scenario import Scenario
from brokerdesk.core.services import conflicts, evaluation
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.evaluation import ScoringSheet


def score_apart(scenario: Scenario, round_id: str, as_officer: Callable[[str], Desk]) -> tuple[str, ...]:
    """Let as many officers as the round asks score apart, then agree; nothing where one officer scores.

    Args:
        scenario: names the officers and what each offer was given.
        round_id: closed.
        as_officer: the desk with that officer signed in.

    Returns:
        What was done, a sentence each.
    """
    names = tuple(scenario.officers.roles())
    desk = as_officer(names[0])
    sheet = evaluation.sheet_of(desk, round_id)
    if sheet is None or sheet.is_agreed:
        return ()
    marks = _marks(scenario, sheet)
    told = []
    for name in names[: sheet.round.rules.scorers]:
        scorer = as_officer(name)
        declare(scorer, round_id, conflict.SCORER)
        evaluation.score_quality(scorer, round_id=round_id, marks=marks)
        told.append(f"{name} scored the offers apart")
    evaluation.agree_scores(desk, round_id=round_id, marks=marks)
    return (*told, "The scores were agreed")


def declare(desk: Desk, round_id: str, part: str) -> bool:
    """Nobody in a scenario has an interest; whether the officer had to say so now."""
    with desk.reading() as unit:
        made = conflicts.declarations_of(unit, round_id)
    if conflict.declaration_of(made, desk.operator.id) is not None:
        return False
    conflicts.declare_interests(desk, round_id=round_id, part=part, has_interest=False)
    return True


def _marks(scenario: Scenario, sheet: ScoringSheet) -> tuple[Mark, ...]:
    given = {answer.location: answer.offer for answer in scenario.answers if answer.offer}
    return tuple(
        Mark(
            offer.id,
            name,
            getattr(given.get(offer.location_id), name, None) or Decimal(0),
            "As the scenario states.",
        )
        for offer in sheet.offers
        for name in sheet.criteria
    )
