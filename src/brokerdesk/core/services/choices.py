"""What was put to the person, and what was chosen, by whom, with what authority and why."""

from __future__ import annotations

from brokerdesk.core.domain import choice_rules
from brokerdesk.core.domain.choice import Choice, ChosenBy, Option, TopUp
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.package import Package, PackageStatus, Step
from brokerdesk.core.domain.sourcing import Offer, Round, RoundStatus, Shortlist
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import journey
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.desk import Desk


def options_for(desk: Desk, package_id: str) -> tuple[Option, ...]:
    """The offers that can be put to the person, the cheapest first. Source: docs/rules.md R087, R110."""
    with desk.reading() as unit:
        package = unit.of(Package).get(package_id)
        opened = journey.round_to_work_with(unit, package)
        return _options(desk, unit, package, opened)


@act("choice_recorded", words="record a choice", by=(Role.BROKER,))
def record_choice(
    work: Work,
    *,
    package_id: str,
    offer_id: str,
    by: ChosenBy,
    reason: str,
    authority: str = "",
    single_option_reason: str = "",
    top_up: TopUp | None = None,
) -> Choice:
    """Keep what was chosen from what was shown. Source: R024, R087, R091, R092, R110, R111, R113.

    Args:
        work: the act.
        package_id: whose care.
        offer_id: the offer that is chosen.
        by: who decided.
        reason: in the person's own words where there are any.
        authority: where the attorney's, deputy's or best-interests decision can be found.
        single_option_reason: why only one option was shown, where only one was.
        top_up: the agreement, where the choice costs more than the personal budget.

    Raises:
        RuleError: the offer came late or is of another round, or the top-up is not allowed.
    """
    package = work.of(Package).get(package_id)
    opened = _closed_round(work, package)
    offer = _offer_of(work, opened, offer_id)
    choice_rules.refuse_late(offer)
    options = _options(work.desk, work.unit, package, opened)
    choice_rules.check_options(options, single_option_reason, package.need.cohort)
    if top_up is not None:
        choice_rules.check_top_up(top_up, offer, journey.offers_of(work.unit, opened.id), package.need)
        work.cite("R087", "R091", "R092")
    journey.void_decisions(work, package.id)
    choice = Choice(
        id=work.new_id(), package_id=package.id, round_id=opened.id, offer_id=offer.id,
        location_id=offer.location_id, provider=offer.provider, by=by, authority=authority, reason=reason,
        options=options, single_option_reason=single_option_reason, top_up=top_up, made_at=work.at,
        officer_id=work.officer.id,
    )  # fmt: skip
    work.of(Choice).add(choice)
    work.cite("R110")
    work.note(location_id=offer.location_id, options=len(options))
    journey.stamp(work, package.id, Step.CHOICE, f"{offer.provider} chosen by {_chooser(by)}")
    journey.move(work, _choosing(work, package), PackageStatus.APPROVING, weekly_cost=offer.weekly_cost)
    return choice


def _chooser(by: ChosenBy) -> str:
    return {ChosenBy.PERSON: "the person", ChosenBy.BEST_INTERESTS: "a best-interests decision"}.get(
        by, f"the {by.value}"
    )


def _choosing(work: Work, package: Package) -> Package:
    """A later choice takes the package back to choosing first."""
    if package.status is PackageStatus.CHOOSING:
        return package
    return journey.move(work, package, PackageStatus.CHOOSING)


def _closed_round(work: Work, package: Package) -> Round:
    opened = journey.round_to_work_with(work.unit, package)
    if opened.status is RoundStatus.OPEN:
        raise RuleError(
            f"Round {opened.number} is still open, so its offers are sealed. Close it first.", rule="R024"
        )
    if journey.live_award(work.unit, package.id):
        raise RuleError(f"{package.reference} is awarded. Withdraw the award first, then choose again.")
    return opened


def _offer_of(work: Work, opened: Round, offer_id: str) -> Offer:
    offer = next((held for held in journey.offers_of(work.unit, opened.id) if held.id == offer_id), None)
    if offer is None:
        raise RuleError(
            "That offer was not made in the current round. Choose one of its offers.", rule="R024"
        )
    return offer


def _options(desk: Desk, unit: UnitOfWork, package: Package, opened: Round) -> tuple[Option, ...]:
    if opened.status is RoundStatus.OPEN:
        return ()
    rows = {row.location_id: row for row in unit.of(Shortlist).get(opened.shortlist_id).included}
    places = [
        choice_rules.OfferedPlace(
            offer, rows[offer.location_id].rating, rows[offer.location_id].rating_on,
            "" if offer.distance_miles is None else f"{offer.distance_miles:f}",
        )
        for offer in journey.offers_of(unit, opened.id)
    ]  # fmt: skip
    return choice_rules.options_from(places, package.need, shown_at=desk.now())
