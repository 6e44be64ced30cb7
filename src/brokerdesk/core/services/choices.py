"""What was put to the person, and what was chosen, by whom, with what authority and why."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import date

from brokerdesk.core.domain import choice_rules, topup_rules
from brokerdesk.core.domain.availability import Availability
from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.capacity_ledger import Reservation
from brokerdesk.core.domain.care_setting import setting_of
from brokerdesk.core.domain.choice import Choice, ChosenBy, Option, TopUp
from brokerdesk.core.domain.choice_record import ChoiceRecord, OptionRefusal, RefusalCode
from brokerdesk.core.domain.conflict import BROKER
from brokerdesk.core.domain.directory import LocationFacts
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.package import Package, PackageStatus, Step
from brokerdesk.core.domain.record_rules import check_assessed_on, check_record, check_unsuitable
from brokerdesk.core.domain.refusals import RefusalCount, count_refusals
from brokerdesk.core.domain.sourcing import Offer, Round, RoundStatus, Shortlist
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import conflicts, evaluation, journey, offers, replays
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.desk import Desk

_PNG = b"\x89PNG"


def options_for(desk: Desk, package_id: str) -> tuple[Option, ...]:
    """The offers that can be put to the person, the cheapest first. Source: docs/rules.md R087, R110."""
    with desk.reading() as unit:
        package = unit.of(Package).get(package_id)
        opened = journey.round_to_work_with(unit, package)
        return _options(desk, unit, package, opened, availability_of(desk, unit, opened.id))


def availability_of(desk: Desk, unit: UnitOfWork, round_id: str) -> Availability:
    """What the capacity ledger says of a round's offers now. Source: docs/rules.md R087."""
    made = journey.offers_of(unit, round_id)
    holds = (hold for offer in made for hold in unit.of(Reservation).find(offer_id=offer.id))
    known = unit.directory.known({offer.location_id for offer in made}).values()
    wait = desk.rulebook.number("affordable_wait_days", desk.today())
    now = Availability(at=desk.now(), holds=tuple(holds), wait_days=wait)
    return now.knowing(held.facts for held in known)


def refusals_of(desk: Desk, package_id: str) -> tuple[OptionRefusal, ...]:
    """What the person turned down, over all her packages that name the same NHS number, as it came."""
    with desk.reading() as unit:
        package = unit.of(Package).get(package_id)
        return tuple(
            held
            for own in _of_same_person(unit, package)
            for held in unit.of(OptionRefusal).find(package_id=own.id)
        )


def refusal_count(desk: Desk, package_id: str) -> RefusalCount:
    """How many options the person turned down, and why."""
    return count_refusals(refusals_of(desk, package_id))


def _of_same_person(unit: UnitOfWork, package: Package) -> tuple[Package, ...]:
    number = package.need.nhs_number
    if number is None:
        return (package,)
    return tuple(held for held in unit.of(Package).find() if held.need.nhs_number == number)


@act("options_refused", words="record that options were turned down", by=(Role.BROKER,))
def record_refusals(
    work: Work,
    *,
    package_id: str,
    offer_ids: tuple[str, ...],
    code: RefusalCode,
    words: str,
    by: ChosenBy,
    refused_on: date,
) -> tuple[OptionRefusal, ...]:
    """Keep that the person turned options down, each for good and counted. Source: docs/rules.md R087, R110.

    Args:
        work: the act.
        package_id: whose care.
        offer_ids: what was turned down.
        code: why, so that it can be counted.
        words: why, as it was said.
        by: who turned it down.
        refused_on: the day it was said.

    Raises:
        RuleError: an offer is of another round, none is named, the day lies ahead, or nothing was said.
    """
    package = work.of(Package).get(package_id)
    opened = _closed_round(work, package)
    if not offer_ids:
        raise RuleError("No option is named. Say which were turned down.")
    if not words.strip():
        raise RuleError("Write down why it was turned down, in the person’s own words.", rule="R110")
    if refused_on > work.today:
        raise RuleError(f"{in_words(refused_on)} lies ahead. Write the day on which it was said.")
    made = tuple(
        _refusal(work, opened, _offer_of(work, opened, offer_id), code, words, by, refused_on)
        for offer_id in offer_ids
    )
    work.of(OptionRefusal).add_many(made)
    work.cite("R110")
    work.note(reference=package.reference, refused=len(made), code=code.value)
    names = ", ".join(held.provider for held in made)
    journey.stamp(work, package.id, Step.CHOICE, f"Turned down by {_chooser(by)}: {names}")
    return made


def _refusal(
    work: Work, opened: Round, offer: Offer, code: RefusalCode, words: str, by: ChosenBy, on: date
) -> OptionRefusal:
    return OptionRefusal(
        id=work.new_id(), package_id=opened.package_id, round_id=opened.id, offer_id=offer.id,
        location_id=offer.location_id, provider=offer.provider, code=code, words=words.strip(),
        by=by.value, refused_on=on, made_at=work.at, officer_id=work.officer.id,
    )  # fmt: skip


@act("budget_raised", words="raise the personal budget", by=(Role.BROKER,))
def raise_budget(work: Work, *, package_id: str, amount: Money, reason: str) -> Package:
    """Raise the personal budget until it buys a real option; nobody is asked to pay instead. Source: R087.

    Raises:
        RuleError: it would not rise, no reason is given, or it would still buy no option.
    """
    package = work.of(Package).get(package_id)
    opened = _closed_round(work, package)
    problem = topup_rules.raise_problem(
        amount, journey.offers_of(work.unit, opened.id), package.need, reason,
        availability_of(work.desk, work.unit, opened.id),
    )  # fmt: skip
    if problem is not None:
        raise RuleError(problem[1], rule=problem[0])
    work.cite("R086", "R087")
    work.note(reference=package.reference)
    was = package.need.personal_budget
    before = f" from {was.shown}" if was else ""
    words = f"Personal budget raised{before} to {amount.shown}: {reason}"
    journey.stamp(work, package.id, Step.CHOICE, words)
    return journey.with_budget(work, package, amount)


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
    affordable_answer: str = "",
    record: ChoiceRecord | None = None,
    signature: str = "",
) -> Choice:
    """Keep what was chosen from what was shown. Source: R024, R087, R091 to R093, R100, R108 to R113.

    Args:
        work: the act.
        package_id: whose care.
        offer_id: the offer that is chosen.
        by: who decided.
        reason: in the person's own words where there are any.
        authority: where the attorney's, deputy's or best-interests decision can be found.
        single_option_reason: why only one option was shown, where only one was.
        top_up: the agreement, where the choice costs more than the personal budget.
        affordable_answer: what was said to the option within the budget, where a top-up is agreed.
        record: how it came about: capacity, advocacy, who was there, what else was thought of.
        signature: drawn on the screen, PNG as base64; empty where none was drawn.

    Raises:
        RuleError: the offer came late, lapsed or is of another round, the record does not hold, or the top-up
            is not allowed.
    """
    package = work.of(Package).get(package_id)
    opened = _closed_round(work, package)
    conflicts.check(work, opened, BROKER)
    evaluation.check_agreed(work.unit, opened)
    offer = _offer_of(work, opened, offer_id)
    choice_rules.refuse_late(offer)
    told = record or ChoiceRecord()
    availability = availability_of(work.desk, work.unit, opened.id).without(told.unsuitable)
    choice_rules.refuse_gone(offer, availability)
    options = _options(work.desk, work.unit, package, opened, availability)
    choice_rules.check_options(options, single_option_reason, package.need.cohort)
    check_record(told, by, authority, package.need)
    check_assessed_on(told, work.today)
    shown = {option.offer_id: option.provider for option in options}
    check_unsuitable(told.unsuitable, chosen_id=offer.id, shown=shown)
    if top_up is not None:
        made = journey.offers_of(work.unit, opened.id)
        top_up = topup_rules.with_affordable(top_up, made, package.need, affordable_answer, availability)
        topup_rules.check_top_up(
            top_up, offer, made, package.need, _judged(work, package), availability
        )
        work.cite("R087", "R091", "R092", "R093", "R113")
    journey.void_decisions(work, package.id)
    choice = Choice(
        id=work.new_id(), package_id=package.id, round_id=opened.id, offer_id=offer.id,
        location_id=offer.location_id, provider=offer.provider, by=by, authority=authority, reason=reason,
        options=options, single_option_reason=single_option_reason, top_up=top_up, made_at=work.at,
        officer_id=work.officer.id, record=told, signature=picture_of(signature),
    )  # fmt: skip
    work.of(Choice).add(choice)
    work.cite("R110", *(("R109",) if told.capacity.assessor else ()))
    work.note(location_id=offer.location_id, options=len(options))
    work.note(scores=offers.kept_scores(work.unit, opened))
    replays.take_snapshot(work, opened)
    journey.stamp(work, package.id, Step.CHOICE, f"{offer.provider} chosen by {_chooser(by)}")
    journey.move(work, _choosing(work, package), PackageStatus.APPROVING, weekly_cost=offer.weekly_cost)
    return choice


def _judged(work: Work, package: Package) -> topup_rules.Judged:
    lot = journey.lot_of(journey.framework_of(work.unit, package), package)
    setting = setting_of(package.need, lot)
    return topup_rules.Judged(on=work.today, setting=setting, rulebook=work.rulebook)


def picture_of(signature: str) -> bytes:
    """A drawn signature from its base64 text.

    Raises:
        RuleError: it is no PNG picture.
    """
    try:
        picture = base64.b64decode(signature, validate=True)
    except ValueError:
        picture = b"?"
    if picture and not picture.startswith(_PNG):
        raise RuleError("The drawn signature is not a PNG picture. Have it drawn again.")
    return picture


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
            f"Round {opened.number} is still open, so its offers are not shown yet. Close it first.",
            rule="R024",
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


def _options(
    desk: Desk, unit: UnitOfWork, package: Package, opened: Round, availability: Availability
) -> tuple[Option, ...]:
    if opened.status is RoundStatus.OPEN:
        return ()
    places = _places(unit, opened, journey.offers_of(unit, opened.id))
    return choice_rules.options_from(places, package.need, shown_at=desk.now(), availability=availability)


def _places(unit: UnitOfWork, opened: Round, made: Iterable[Offer]) -> list[choice_rules.OfferedPlace]:
    made = list(made)
    rows = {row.location_id: row for row in unit.of(Shortlist).get(opened.shortlist_id).included}
    known = unit.directory.known({offer.location_id for offer in made})
    found = []
    for offer in made:
        row, place = rows.get(offer.location_id), known.get(offer.location_id)
        facts = place.facts if place else None
        stated = facts.rating.value if facts and facts.rating else None
        found.append(
            choice_rules.OfferedPlace(
                offer, row.rating if row else stated,
                row.rating_on if row else (facts.rating_on if facts else None),
                "" if offer.distance_miles is None else f"{offer.distance_miles:f}", _address(facts),
            )
        )  # fmt: skip
    return found


def _address(facts: LocationFacts | None) -> str:
    if facts is None:
        return ""
    return ", ".join(line for line in (*(facts.address_lines or ()), facts.postcode or "") if line)
