"""The best-value reason of an award, drafted from what is on file for the broker to edit."""

from __future__ import annotations

from decimal import Decimal

from brokerdesk.core.domain.best_value import ReasonFacts, draft_reason
from brokerdesk.core.domain.choice import Choice
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.sourcing import Offer, Round, ScoredOffer
from brokerdesk.core.domain.visit_fit import Gaps, gaps_of
from brokerdesk.core.services import journey, neighbours, offer_facts
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.offers import Comparison, OfferSideBySide, comparison_of


def drafted_reason(desk: Desk, package_id: str) -> str:
    """Why the chosen offer is accepted, in sentences from the facts; nothing is kept. Source: R018.

    Raises:
        RuleError: nothing is chosen yet.
    """
    with desk.reading() as unit:
        package = unit.of(Package).get(package_id)
        choice = journey.current_choice(unit, package.id)
        if choice is None:
            raise RuleError("Nothing is chosen yet, so there is no reason to draft. Record the choice first.")
        comparison = comparison_of(unit, unit.of(Round).get(choice.round_id))
        around = neighbours.nearby(unit, package, desk.today()).get(choice.location_id)
    side = next((held for held in comparison.offers if held.offer.id == choice.offer_id), None)
    if side is None:
        raise RuleError("The chosen offer is not one of the round, so there is no comparison to draft from.")
    gaps = gaps_of(offer_facts.fits_of(desk, package.need, side.offer))
    return draft_reason(facts_of(comparison, side, choice, around.sentence if around else "", gaps))


def facts_of(
    comparison: Comparison, side: OfferSideBySide, choice: Choice, nearby: str, gaps: Gaps
) -> ReasonFacts:
    """What the draft reads of the chosen offer beside the others that were compared."""
    need, offer, scored = comparison.package.need, side.offer, side.scored
    compared = [held for held in comparison.offers if held.scored is not None]
    rivals = [held.scored.total for held in compared if held.scored and held.offer.id != offer.id]
    has_tests = bool(scored and scored.tests)
    return ReasonFacts(
        provider=offer.provider, rank=scored.rank if scored else None, offers=len(compared),
        total=scored.total if scored else Decimal(0),
        best_rival_total=None if has_tests else max(rivals, default=None),
        decided_by=_decided_by(scored), weekly=offer.weekly_cost,
        is_cheapest=all(offer.weekly_cost <= held.offer.weekly_cost for held in compared),
        budget=need.personal_budget, gaps=gaps,
        starts_on=offer.starts_on, asked_start=need.starts_on, distance_miles=offer.distance_miles,
        is_nearest=all(_is_no_farther(offer, held.offer) for held in compared), nearby=nearby,
        rating=side.rating, chosen_by=choice.by,
    )  # fmt: skip


def _is_no_farther(offer: Offer, other: Offer) -> bool:
    if offer.distance_miles is None:
        return False
    return other.distance_miles is None or offer.distance_miles <= other.distance_miles


def _decided_by(scored: ScoredOffer | None) -> str:
    """The last test that told it from another; empty where it is not first."""
    if scored is None or scored.rank != 1 or not scored.tests:
        return ""
    return next((step for step in scored.tests if step.endswith("is left.")), scored.tests[-1])
