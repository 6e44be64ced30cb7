"""The place that the person prefers: outside the framework too, and refused only in writing with reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from brokerdesk.core.domain import choice_rules, pricing
from brokerdesk.core.domain.care_setting import setting_of
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.framework import Member
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.outside import outside_problem
from brokerdesk.core.domain.package import Cohort, Package, PackageStatus, Step
from brokerdesk.core.domain.preference import (
    OfferedToo,
    PreferenceConditions,
    RefusedPreference,
    refusal_problem,
)
from brokerdesk.core.domain.sourcing import Offer, RoundStatus
from brokerdesk.core.services import choices, journey, offers, vouching
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.desk import Desk


def standing_refusal(desk: Desk, package_id: str) -> RefusedPreference | None:
    """The refusal that stands for a package; none where nothing was refused. Source: docs/rules.md R089."""
    with desk.reading() as unit:
        return journey.standing_refusal(unit, package_id)


@act("outside_offer_recorded", words="record an offer from outside the framework", by=(Role.BROKER,))
def record_outside_offer(
    work: Work,
    *,
    package_id: str,
    location_id: str,
    rate: Money,
    starts_on: date,
    agrees_terms: bool,
    provider: str = "",
    note: str = "",
    distance_miles: Decimal | None = None,
    preferred_by: str = "",
) -> Offer:
    """Keep what a preferred provider outside the framework offers; it is not scored. Source: R046, R088.

    Where no preference stands in the need yet, the one that is told with the offer is kept there.

    Args:
        work: the act.
        package_id: whose care.
        location_id: the regulator's number of the place.
        rate: pounds for the lot's unit; a week for a bed.
        starts_on: when it can start.
        agrees_terms: whether the provider agrees to the council's terms.
        provider: its name; the regulator's where none is given.
        note: in the provider's words.
        distance_miles: from the person's home, where it is known.
        preferred_by: who said that the person prefers it, where the need names no preferred place.

    Raises:
        RuleError: it is no accommodation or not the preferred place, it is a member and is asked in the
            round, no round is closed, or the terms are not agreed.
    """
    package = work.of(Package).get(package_id)
    opened = journey.round_to_work_with(work.unit, package)
    framework = journey.framework_of(work.unit, package)
    if opened.status is not RoundStatus.CLOSED or package.status is PackageStatus.AWARDED:
        raise RuleError("An offer from outside the framework is recorded once the round is closed.")
    if work.of(Member).find(framework_id=framework.id, location_id=location_id):
        raise RuleError(
            f"{location_id} is a member of {framework.name}. Ask it in the round instead.", rule="R046"
        )
    package = _preferring(work, package, location_id, preferred_by)
    problem = outside_problem(
        package.need, setting_of(package.need, journey.lot_of(framework, package)), location_id
    )
    if problem:
        raise RuleError(problem, rule="R046")
    if not agrees_terms:
        raise RuleError(
            "The provider does not agree to the council’s terms, which is one of the five conditions. Agree "
            "the terms first, or refuse the preference in writing.",
            rule="R088",
        )
    known = work.unit.directory.known([location_id]).get(location_id)
    name = provider.strip() or ((known.facts.location_name if known else None) or "")
    if not name:
        raise RuleError(f"No file says who runs {location_id}. Write the provider’s name.", rule="R046")
    prices = offers.offered_rates(work.unit, framework, package, location_id, rate, {}, work.today)
    made = Offer(
        id=work.new_id(), round_id=opened.id, invitation_id="", package_id=package.id,
        location_id=location_id, provider=name, received_at=work.at, is_late=False, rate=rate, rates={},
        starts_on=starts_on,
        quality=None, continuity=None, distance_miles=distance_miles, visits_offered=(), note=note,
        weekly_cost=pricing.price_need(package.need, prices).weekly,
        scored_price=pricing.scored_price(package.need, prices).pounds, ceiling=None, is_above_ceiling=False,
        is_outside=True, nights=prices.nights,
    )  # fmt: skip
    work.of(Offer).add(made)
    vouching.note_offer(work, made)
    work.cite("R046", "R104")
    work.note(reference=package.reference, location_id=location_id)
    journey.stamp(work, package.id, Step.CHOICE, f"Offer of {name} recorded, from outside the framework")
    return made


def _preferring(work: Work, package: Package, location_id: str, said_by: str) -> Package:
    """The package with the preference that is told with the offer; one that stands is left as it is."""
    if package.need.preferred_location_id is not None or not said_by.strip():
        return package
    told = replace(package, need=replace(package.need, preferred_location_id=location_id))
    words = f"{said_by.strip()} said that {location_id} is preferred"
    journey.stamp(work, package.id, Step.CHOICE, words)
    return work.of(Package).replace(told)


@act("preference_refused", words="refuse a preferred home", by=(Role.BROKER,))
def refuse_preference(
    work: Work,
    *,
    package_id: str,
    conditions: PreferenceConditions,
    reasons: str,
    refused_by: str,
    instead: str = "",
    location_id: str = "",
    provider: str = "",
) -> RefusedPreference:
    """Keep that the council refuses the preferred place, with its reasons. Source: docs/rules.md R088, R089.

    Until the letter with these reasons is issued nothing else can be awarded and the case cannot be closed.

    Args:
        work: the act.
        package_id: whose care.
        conditions: each answered with yes or no.
        reasons: as the letter will print them.
        refused_by: name and post of who decided.
        instead: what is offered in its place.
        location_id: the preferred place; that of the need where none is given.
        provider: its name; the regulator's where none is given.

    Raises:
        RuleError: there is no right to refuse: all conditions are met, one is not answered, no reason is
            given, or the care is in the person's own home.
    """
    package = work.of(Package).get(package_id)
    framework = journey.framework_of(work.unit, package)
    setting = setting_of(package.need, journey.lot_of(framework, package))
    preferred = location_id.strip() or package.need.preferred_location_id or ""
    name = provider.strip() or _name_of(work, preferred)
    if package.need.cohort is not Cohort.ADULT or not setting.is_accommodation:
        raise RuleError(
            "The right to preferred accommodation is an adult’s, for a care home, shared lives or supported "
            "living. Nothing of that kind is asked for here.",
            rule="R088",
        )
    if not name:
        raise RuleError("No preferred place is named. Write which home was refused.", rule="R088")
    problem = refusal_problem(conditions, reasons, name, _offered(work, package, preferred))
    if problem is not None:
        raise RuleError(problem[1], rule=problem[0])
    if not refused_by.strip():
        raise RuleError("Write down who decided the refusal, with the post.", rule="R089")
    _take_back(work, package.id)
    made = RefusedPreference(
        id=work.new_id(), package_id=package.id, location_id=preferred, provider=name,
        conditions=conditions, reasons=reasons.strip(), instead=instead.strip(), refused_on=work.today,
        refused_by=refused_by.strip(),
        made_at=work.at, officer_id=work.officer.id,
    )  # fmt: skip
    work.of(RefusedPreference).add(made)
    work.cite("R088", "R089")
    work.note(reference=package.reference, location_id=preferred, failed=list(conditions.failed))
    journey.stamp(work, package.id, Step.CHOICE, f"{name} refused with reasons; the letter is due")
    return made


@act("refusal_taken_back", words="take back a refusal", by=(Role.BROKER,))
def take_back_refusal(work: Work, *, package_id: str, reason: str) -> Package:
    """Take the refusal of a preferred place back, because the place can be had after all. Source: R088.

    Raises:
        RuleError: nothing was refused, or no reason is given.
    """
    package = work.of(Package).get(package_id)
    refused = journey.standing_refusal(work.unit, package.id)
    if refused is None:
        raise RuleError(f"No preferred place was refused for {package.reference}.", rule="R088")
    if not reason.strip():
        raise RuleError("Say why the refusal is taken back; the register keeps it.", rule="R088")
    _take_back(work, package.id)
    work.cite("R088")
    journey.stamp(work, package.id, Step.CHOICE, f"Refusal of {refused.provider} taken back: {reason}")
    return package


def _offered(work: Work, package: Package, location_id: str) -> OfferedToo | None:
    """What the place that is to be refused offers in the current round; none where it offers nothing."""
    opened = journey.current_round(work.unit, package.id)
    if opened is None or opened.status is not RoundStatus.CLOSED or not location_id:
        return None
    made = journey.offers_of(work.unit, opened.id)
    offer = next((held for held in made if held.location_id == location_id and held.counts), None)
    if offer is None:
        return None
    now, need = choices.availability_of(work.desk, work.unit, opened.id), package.need
    net = choice_rules.net_weekly(offer, need)
    is_within = need.personal_budget is not None and net <= need.personal_budget
    is_real = offer in choice_rules.real_options(made, need, now)
    return OfferedToo(weekly=net, starts_on=offer.starts_on, is_real=is_real, is_within_budget=is_within)


def _take_back(work: Work, package_id: str) -> None:
    for held in work.of(RefusedPreference).find(package_id=package_id, is_current=True):
        work.of(RefusedPreference).replace(replace(held, is_current=False))


def _name_of(work: Work, location_id: str) -> str:
    if not location_id:
        return ""
    known = work.unit.directory.known([location_id]).get(location_id)
    return (known.facts.location_name if known else None) or location_id
