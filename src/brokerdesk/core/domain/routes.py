"""Which way to the contract the law leaves open for an award, suggested with its reason and checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from brokerdesk.core.domain.award import AwardFacts, Route
from brokerdesk.core.domain.framework import Framework, Regime
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Cohort, Need
from brokerdesk.core.domain.procurement import ContractValue, VatTreatment, contract_value, gross_of
from brokerdesk.core.domain.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class RouteChoice:
    """One route, open or closed for this award, and why."""

    route: Route
    is_open: bool
    why: str
    rule: str


@dataclass(frozen=True, slots=True)
class RouteAdvice:
    """The route to take, with the others. Source: docs/rules.md, the route decision."""

    route: Route
    why: str
    rule: str
    choices: tuple[RouteChoice, ...]
    """Every route in the order of the route decision."""
    value: ContractValue


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteFacts:
    """What the route decision reads."""

    cohort: Cohort
    funding: str
    regime: Regime | None
    """Of the framework that the package is called off; none where there is none."""
    is_live: bool
    """Whether that framework is live on the day."""
    has_preference: bool
    value: ContractValue
    decided: Route | None = None
    """The route that was decided; none where nobody decided."""
    is_member: bool = True
    """Whether the offer is a member’s, so that a live framework governs it."""

    @property
    def is_health(self) -> bool:
        """Whether the NHS regime governs: by the funding, by a live framework of its own, or as decided.

        Source: docs/rules.md R014, R015.
        """
        by_framework = self.regime is Regime.PSR and self.is_live and self.is_member
        return self.funding == "chc" or by_framework or self.decided is Route.PSR


ROUTE_WORDS = {
    Route.FRAMEWORK_S45: ("Call-off from a framework", "Procurement Act 2023, section 45"),
    Route.PCR2015_CALLOFF: ("Call-off from a framework of before 2025", "Public Contracts Regulations 2015"),
    Route.COMPETITIVE: ("Competitive award", "Procurement Act 2023, section 19"),
    Route.DIRECT_S41: ("Direct award on a listed ground", "Procurement Act 2023, section 41 and Schedule 5"),
    Route.SWITCH_S43: (
        "Direct award after a competition without a suitable tender",
        "Procurement Act 2023, section 43",
    ),
    Route.USER_CHOICE: (
        "The person’s choice",
        "Procurement Act 2023, section 41 and Schedule 5, paragraph 15",
    ),
    Route.URGENT: ("Extreme and unavoidable urgency", "Procurement Act 2023, Schedule 5, paragraph 13"),
    Route.BELOW_THRESHOLD: ("Below the threshold", "the council’s own contract rules"),
    Route.PSR: (
        "Provider Selection Regime",
        "Health Care Services (Provider Selection Regime) Regulations 2023",
    ),
    Route.BLOCK_PLACE: (
        "A place in a block contract",
        "no new contract: the block’s own award stands for it",
    ),
}
"""Each route in words and its provision, for letters and screens. Source: docs/rules.md R005."""


def award_value(
    need: Need,
    weekly: Money,
    starts_on: date,
    *,
    commenced_on: date,
    rulebook: Rulebook,
    vat: VatTreatment = VatTreatment.EXEMPT,
) -> ContractValue:
    """What the award is worth over its expected time; unknown time counts as above the threshold.

    Source: docs/rules.md R007 to R011.

    Args:
        need: says how long.
        weekly: pounds a week before VAT.
        starts_on: first day of care.
        commenced_on: day on which the procurement began, which chooses the threshold.
        rulebook: the figures in force.
        vat: whether VAT is charged on it.
    """
    weeks = need.expected_weeks
    ends_on = None if weeks is None else starts_on + timedelta(days=7 * weeks - 1)
    gross = gross_of(weekly, vat, rulebook.number("vat_standard_percent", commenced_on))
    return contract_value(gross, starts_on, ends_on, commenced_on, rulebook)


def route_facts(need: Need, framework: Framework | None, value: ContractValue, *, on: date) -> RouteFacts:
    """The facts of an award for the route decision."""
    return RouteFacts(
        cohort=need.cohort,
        funding=need.funding,
        regime=None if framework is None else framework.regime,
        is_live=framework is not None and framework.is_live(on),
        has_preference=need.preferred_location_id is not None,
        value=value,
    )


def suggest_route(facts: RouteFacts) -> RouteAdvice:
    """The first open route of the route decision, with every other and why. Source: R002 to R014."""
    choices = tuple(_judge(route, facts) for route in _ORDER)
    best = next(choice for choice in choices if choice.is_open)
    return RouteAdvice(best.route, best.why, best.rule, choices, facts.value)


def _judge(route: Route, facts: RouteFacts) -> RouteChoice:
    is_open, why, rule = _JUDGES[route](facts)
    return RouteChoice(route, is_open, why, rule)


Verdict = tuple[bool, str, str]


def _psr(facts: RouteFacts) -> Verdict:
    if facts.regime is Regime.PSR or facts.funding == "chc":
        return True, "The main subject is health care bought for the NHS", "R014"
    return False, "The main subject is social care, not health care bought for the NHS", "R014"


def _old_call_off(facts: RouteFacts) -> Verdict:
    if facts.regime is not Regime.PCR2015:
        return False, "The framework did not begin before 24 February 2025", "R002"
    if not facts.is_live:
        return False, "The framework is not live", "R005"
    return (
        True,
        "The framework began before 24 February 2025, so its call-offs stay under the 2015 regulations",
        "R002",
    )


def _call_off(facts: RouteFacts) -> Verdict:
    if facts.regime is not Regime.PA23:
        return False, "There is no framework under the Procurement Act 2023 for this lot", "R002"
    if not facts.is_live:
        return False, "The framework is not live", "R005"
    return True, f"A live framework covers it. {value_words(facts.value)}", "R005"


def _below(facts: RouteFacts) -> Verdict:
    if facts.value.exact is None:
        return False, "The duration is not known, so it counts as above the threshold", "R011"
    if facts.value.is_above_threshold:
        return False, value_words(facts.value), "R007"
    return True, f"{value_words(facts.value)}: the council’s own contract rules apply", "R045"


def _user_choice(facts: RouteFacts) -> Verdict:
    if facts.cohort is Cohort.CHILD:
        return False, "The choice rules are adult law; children’s own rules come later", "R122"
    if not facts.has_preference:
        return False, "No preference for a provider is recorded", "R042"
    return True, "The person prefers a provider; say why competing is not in their best interests", "R042"


def _urgent(_: RouteFacts) -> Verdict:
    return True, "Only where it is extreme, not foreseeable and not our doing; say why", "R047"


def _direct(_: RouteFacts) -> Verdict:
    return True, "Only on another listed ground; name it", "R039"


def _switch(_: RouteFacts) -> Verdict:
    return True, "Only after a competition without a suitable tender", "R049"


def _block_place(_: RouteFacts) -> Verdict:
    return True, "Only where the council has contracted the block already; name the contract", "R005"


def _competitive(_: RouteFacts) -> Verdict:
    return True, "Compete where nothing above fits", "R005"


_JUDGES = {
    Route.PSR: _psr,
    Route.PCR2015_CALLOFF: _old_call_off,
    Route.FRAMEWORK_S45: _call_off,
    Route.BELOW_THRESHOLD: _below,
    Route.USER_CHOICE: _user_choice,
    Route.COMPETITIVE: _competitive,
    Route.URGENT: _urgent,
    Route.DIRECT_S41: _direct,
    Route.SWITCH_S43: _switch,
    Route.BLOCK_PLACE: _block_place,
}
_ORDER = tuple(_JUDGES)
# A live framework's own call-off stands before "below threshold": both are lawful there, and the framework's
# terms and rates then apply. Urgency and the other grounds are never suggested, only open to be chosen.


def value_words(value: ContractValue) -> str:
    """Where an award's value falls: `£43,860.00 is under £663,540.00`."""
    if value.shown is None:
        return f"Its duration is not known, so it counts as {value.threshold.shown} or more"
    side = "is at or above" if value.is_above_threshold else "is under"
    return f"{value.shown.shown} {side} {value.threshold.shown}"


def coded_ground(words: str) -> str:
    """A ground as it is coded: `Single supplier` is `single_supplier`. Source: docs/rules.md R040."""
    return re.sub(r"[^a-z0-9]+", "_", words.strip().casefold()).strip("_")


def direct_grounds(rulebook: Rulebook, on: date) -> dict[str, str]:
    """The listed grounds that brokers may need, each with what must show it. Source: docs/rules.md R040."""
    rows = rulebook.policy("direct_award_evidence", on).split(";")
    pairs = (row.split(":", 1) for row in rows if ":" in row)
    return {code.strip(): asked.strip() for code, asked in pairs}


def check_route(facts: RouteFacts, stated: AwardFacts) -> tuple[str, str] | None:
    """The rule that the stated route offends, and the sentence; none where it may be taken.

    Source: docs/rules.md R002, R005, R007, R011, R014, R122.
    """
    route = stated.route
    if not stated.reason.strip():
        return "R005", "No reason is given for the award route. Write why it is the one."
    regime_problem = _regime_problem(route, facts)
    if regime_problem:
        return regime_problem
    if route is Route.BELOW_THRESHOLD and facts.value.is_above_threshold:
        rule = "R011" if facts.value.exact is None else "R007"
        return rule, f"{value_words(facts.value)}, so it is not below the threshold. Choose another route."
    if route is Route.USER_CHOICE and facts.cohort is Cohort.CHILD:
        return (
            "R122",
            "The choice rules are adult law, so a child’s award cannot rest on them. Choose another route.",
        )
    if route is Route.BLOCK_PLACE and not stated.block_contract.strip():
        return "R005", "A place in a block rests on its contract. Name the block contract."
    if route is Route.DIRECT_S41 and not stated.ground.strip():
        return "R039", "A direct award needs one of the listed grounds. Name the ground."
    return None


def _regime_problem(route: Route, facts: RouteFacts) -> tuple[str, str] | None:
    regime = facts.regime
    if route is Route.FRAMEWORK_S45 and regime is not Regime.PA23:
        return "R002", (
            "The framework is not under the Procurement Act 2023, so its call-offs are not either. "
            f"{_instead(regime)}"
        )
    if route is Route.PCR2015_CALLOFF and regime is not Regime.PCR2015:
        return "R002", (
            "The framework did not begin before 24 February 2025, so the 2015 regulations do not govern "
            f"its call-offs. {_instead(regime)}"
        )
    if route is Route.PSR and regime is not Regime.PSR and not facts.is_health:
        return "R014", "This is social care, not health care bought for the NHS. Choose another route."
    if route not in _BESIDE_THE_ACT and facts.is_health:
        return "R014", (
            "This is health care bought for the NHS, so its own regime governs whatever the value, and the "
            f"Procurement Act does not. Choose {Route.PSR.value}."
        )
    if route in _NOT_OF_OLD and regime is Regime.PCR2015 and facts.is_live and facts.is_member:
        return "R002", (
            "The framework began before 24 February 2025 and is live, so what its members offer "
            "is its call-off "
            f"under the 2015 regulations. {_instead(regime)}"
        )
    return None


_BESIDE_THE_ACT = frozenset({Route.PSR, Route.PCR2015_CALLOFF, Route.BLOCK_PLACE})
"""Routes that are not the Procurement Act's. Source: docs/rules.md R002, R014."""
_NOT_OF_OLD = frozenset({Route.COMPETITIVE, Route.SWITCH_S43})
"""Routes of the Act by which nothing is bought from a live framework of before it. Source: R002, R050."""


def _instead(regime: Regime | None) -> str:
    routes = {
        Regime.PA23: Route.FRAMEWORK_S45, Regime.PCR2015: Route.PCR2015_CALLOFF, Regime.PSR: Route.PSR
    }  # fmt: skip
    return "Choose another route." if regime is None else f"Choose {routes[regime].value}."
