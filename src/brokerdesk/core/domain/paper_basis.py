"""On what footing a letter says that an award was made: called off a framework, or a contract of its own."""

from __future__ import annotations

from dataclasses import dataclass

from brokerdesk.core.domain.award import Route
from brokerdesk.core.domain.framework import Regime

_CALLED_OFF = frozenset({Route.FRAMEWORK_S45, Route.PCR2015_CALLOFF, Route.PSR})
TESTS = {Regime.PA23: "Most advantageous tender", Regime.PCR2015: "Most economically advantageous tender"}
"""What each regime calls the best offer of a competition. Source: docs/rules.md R020."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """How an award stands to the framework whose lot it was sought under."""

    route: Route
    regime: Regime
    is_live: bool
    """The framework is in force on the day of the award."""
    is_member: bool
    """The provider stands on it."""

    @property
    def is_called_off(self) -> bool:
        """Whether the framework's own terms govern the award. Source: docs/rules.md R005, R018."""
        return self.route in _CALLED_OFF and self.is_live and self.is_member

    @property
    def test(self) -> str:
        """What the law calls the best offer; empty where the route knows no such test. Source: R020."""
        if self.route is Route.COMPETITIVE:
            return TESTS[Regime.PA23]
        return TESTS.get(self.regime, "") if self.is_called_off else ""
