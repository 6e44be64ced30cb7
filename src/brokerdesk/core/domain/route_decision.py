"""The route decision as it was taken for a package: what was answered and why it led there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from brokerdesk.core.domain.award import Route
from brokerdesk.core.domain.procurement import VatTreatment


class Way(Enum):
    """How the care is bought, as brokers say it; the route is the gateway in law that this goes through.

    A mini-competition among a framework's members is a call-off in law, so its route is the framework's.
    """

    CALL_OFF = "call_off"
    MINI_COMPETITION = "mini_competition"
    BLOCK_PLACE = "block_place"
    SPOT = "spot"
    """Outside the framework, on a coded ground, by the council's own contract rules."""
    USER_CHOICE = "user_choice"
    URGENT = "urgent"
    SWITCH = "switch"
    DIRECT = "direct"
    COMPETITION = "competition"
    PSR = "psr"


WAY_WORDS = {
    Way.CALL_OFF: "Call-off by the framework’s own order of asking",
    Way.MINI_COMPETITION: "Mini-competition among the framework’s members",
    Way.BLOCK_PLACE: "A place in a block that the council has contracted",
    Way.SPOT: "Spot purchase outside the framework",
    Way.USER_CHOICE: "The person’s choice of provider",
    Way.URGENT: "Urgent direct award",
    Way.SWITCH: "Direct award after a failed competition",
    Way.DIRECT: "Direct award on a listed ground",
    Way.COMPETITION: "A competition of its own",
    Way.PSR: "Provider Selection Regime",
}


@dataclass(frozen=True, slots=True)
class RouteStep:
    """One question of the route decision."""

    question: str
    """Its key, such as `health`."""
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
    way: Way
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

    def answer(self, question: str) -> str:
        """What was answered; empty where it was not asked."""
        return next((step.answer for step in self.steps if step.question == question), "")

    def day(self, question: str) -> date | None:
        """A day that was answered."""
        found = self.answer(question)
        return date.fromisoformat(found) if found else None

    @property
    def vat(self) -> VatTreatment:
        """Whether VAT is charged on the care. Source: docs/rules.md R009."""
        return VatTreatment(self.answer("vat") or VatTreatment.EXEMPT.value)

    @property
    def ends_on(self) -> date | None:
        """Last day of an urgent award; none on other routes. Source: docs/rules.md R047."""
        return self.day("urgent_ends_on")
