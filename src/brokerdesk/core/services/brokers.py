"""Who brokered a package, so that nobody of them approves its spend."""

from __future__ import annotations

from datetime import datetime

from brokerdesk.core.domain.choice import Choice
from brokerdesk.core.domain.conflict import ConflictDeclaration
from brokerdesk.core.domain.evaluation import AgreedScore, QualityScore
from brokerdesk.core.domain.officer import Officer
from brokerdesk.core.domain.package import Package, Step, StepTime
from brokerdesk.core.domain.seal import Seal
from brokerdesk.core.ports import UnitOfWork

_HER_WORK = frozenset({Step.INVITATIONS, Step.CHOICE})
"""Steps in which whatever is done is brokering; among the offers, judging them is not."""


def brokers_of(unit: UnitOfWork, package: Package, choice: Choice) -> frozenset[str]:
    """Ids of whoever made the package, recorded the choice or acted in its rounds: a rule of the house.

    To declare interests, score quality apart and open sealed offers is to judge, not to broker.
    """
    judged = _moments_of_judging(unit, package.id)
    acted = {
        step.officer_id
        for step in unit.of(StepTime).find(package_id=package.id)
        if step.step in _HER_WORK or (step.step is Step.OFFERS and step.at not in judged)
    }
    return frozenset(acted | {package.created_by, choice.officer_id})


def names_of(unit: UnitOfWork, officer_ids: frozenset[str]) -> tuple[str, ...]:
    """The names of these officers."""
    return tuple(officer.name for officer in unit.of(Officer).find() if officer.id in officer_ids)


def _moments_of_judging(unit: UnitOfWork, package_id: str) -> set[datetime | None]:
    declared = (held.made_at for held in unit.of(ConflictDeclaration).find(package_id=package_id))
    scored = (held.made_at for held in unit.of(QualityScore).find(package_id=package_id))
    agreed = (held.made_at for held in unit.of(AgreedScore).find(package_id=package_id))
    opened = (held.opened_at for held in unit.of(Seal).find(package_id=package_id))
    return {*declared, *scored, *agreed, *opened}
