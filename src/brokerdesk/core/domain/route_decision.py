"""The route decision as it was taken for a package: what was answered and why it led there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from brokerdesk.core.domain.award import Route


@dataclass(frozen=True, slots=True)
class RouteStep:
    """One question of the route decision."""

    question: str
    """Its key, such as `is_health_care`."""
    answer: str
    is_known: bool
    """The desk knew it, so nobody was asked."""
    reasoning: str
    rule: str
    source: str


@dataclass(frozen=True, slots=True)
class RouteDecision:
    """The kept answer. Source: the route decision of docs/rules.md, R005, R009 to R016."""

    id: str
    package_id: str
    route: Route
    steps: tuple[RouteStep, ...]
    ground: str
    """Code of the rulebook's grounds for a spot award or a direct award; empty where none is needed."""
    explanation: str
    value: str
    """Pounds over the whole term, or that it is not known and so counts as above the threshold."""
    decided_at: datetime
    officer_id: str
    is_current: bool = True
    version: int = 1
