"""The route decision of a package: what the desk knows, what is asked, and the answer that is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from brokerdesk.core.domain.award import Award
from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.care_setting import required_activity
from brokerdesk.core.domain.eligibility import lot_of
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.framework import Framework, Member
from brokerdesk.core.domain.framework_rules import FrameworkRules, Order
from brokerdesk.core.domain.london import london_day
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.package import Package, Step
from brokerdesk.core.domain.procurement import ContractValue, VatTreatment
from brokerdesk.core.domain.route_decision import WAY_WORDS, RouteDecision, Way
from brokerdesk.core.domain.route_guide import Guide, RouteKnown, Suggestion, guide
from brokerdesk.core.domain.route_questions import YES
from brokerdesk.core.domain.routes import award_value, value_words
from brokerdesk.core.domain.sourcing import Asking, Offer, Round, RoundStatus
from brokerdesk.core.domain.splitting import EarlierAward, is_same_person, splitting_words
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import exclusions, journey, notice_desk, paper_facts
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.desk import Desk

_WAYS = {Asking.RANK_ORDER: Way.CALL_OFF, Asking.ALL_AT_ONCE: Way.MINI_COMPETITION}


def current_route(unit: UnitOfWork, package_id: str) -> RouteDecision | None:
    """The route decision that stands; none where nobody has decided."""
    return next(iter(unit.of(RouteDecision).find(package_id=package_id, is_current=True)), None)


def route_of(desk: Desk, package_id: str) -> RouteDecision | None:
    """The route decision that stands, for the screen."""
    with desk.reading() as unit:
        return current_route(unit, package_id)


def has_no_way_out(desk: Desk, package_id: str) -> bool:
    """Whether the route leads outside a live framework whose rules have no rung for it. Source: R050."""
    with desk.reading() as unit:
        route, package = current_route(unit, package_id), unit.of(Package).get(package_id)
        if route is None or route.way is not Way.SPOT or not package.framework_id:
            return False
        framework = unit.of(Framework).get(package.framework_id)
    return framework.is_live(desk.today()) and not any(rung.is_spot for rung in framework.rules.ladder)


def guide_for(desk: Desk, package_id: str, answers: dict[str, str]) -> Guide:
    """How far the route decision has come with these answers. Source: docs/rules.md, the route decision."""
    with desk.reading() as unit:
        package = unit.of(Package).get(package_id)
        return guide(known_of(desk, unit, package), answers)


@act("route_decided", words="decide the award route", by=(Role.BROKER,))
def decide_route(
    work: Work, *, package_id: str, answers: dict[str, str], explanation: str = ""
) -> RouteDecision:
    """Keep the route decision of a package; an earlier one is kept as it was, no longer current.

    Source: docs/rules.md, the route decision; R005, R009 to R016, R025, R039 to R049.

    Args:
        work: the act under way.
        package_id: whose route.
        answers: plain text by the key of the question.
        explanation: why, in the broker's words; the guide's own words where blank.

    Raises:
        RuleError: a question is not answered, or the package is awarded already.
    """
    package = work.of(Package).get(package_id)
    if journey.live_award(work.unit, package.id):
        raise RuleError(f"{package.reference} is awarded already, so its route is decided.")
    known = known_of(work.desk, work.unit, package)
    found = guide(known, answers)
    if found.suggestion is None:
        raise _unanswered(found)
    made = _decision(work, package, known, found, found.suggestion, explanation)
    earlier = current_route(work.unit, package.id)
    if earlier is not None:
        work.of(RouteDecision).replace(replace(earlier, is_current=False))
    work.of(RouteDecision).add(made)
    if made.answer("emergency") == YES:
        notice_desk.keep_urgent_assessments(work, package)
    work.cite(found.suggestion.rule, *(step.rule for step in made.steps))
    work.note(reference=package.reference, route=made.route, way=made.way)
    journey.stamp(work, package.id, Step.AWARD, f"Route decided: {WAY_WORDS[made.way]}")
    return made


def _unanswered(found: Guide) -> RuleError:
    question = found.asked[0]
    why = found.troubles.get(question.key, "It is not answered yet.")
    return RuleError(
        f"The route is not clear before this is answered: {question.words} {why}", rule=question.rule
    )


def _decision(
    work: Work, package: Package, known: RouteKnown, found: Guide, suggestion: Suggestion, explanation: str
) -> RouteDecision:
    made = RouteDecision(
        id=work.new_id(), package_id=package.id, route=suggestion.route, way=suggestion.way,
        steps=found.steps, ground=suggestion.ground, explanation=explanation.strip() or f"{suggestion.why}.",
        value="", decided_at=work.at, officer_id=work.officer.id,
    )  # fmt: skip
    value = known.taxed if made.vat is VatTreatment.STANDARD else known.value
    words = "Nothing is priced yet" if value is None else value_words(value)
    _check_end(made, known)
    return replace(made, value=words)


def _check_end(made: RouteDecision, known: RouteKnown) -> None:
    if made.ends_on is not None and made.ends_on < known.starts_on:
        raise RuleError(
            f"The urgent award would end on {in_words(made.ends_on)}, before care begins on "
            f"{in_words(known.starts_on)}. Correct the day.",
            rule="R047",
        )


def known_of(desk: Desk, unit: UnitOfWork, package: Package) -> RouteKnown:
    """Everything that the desk knows for the route decision of a package."""
    need, on = package.need, desk.today()
    framework = unit.of(Framework).get(package.framework_id) if package.framework_id else None
    asked, choice = journey.current_round(unit, package.id), journey.current_choice(unit, package.id)
    offer = unit.of(Offer).get(choice.offer_id) if choice else None
    weekly = offer.weekly_cost if offer else package.weekly_cost
    begun_on = min(paper_facts.local_day(asked.opened_at), on) if asked else on
    value, taxed = (_value(desk, package, weekly, begun_on, vat) for vat in VatTreatment)
    lot = lot_of(need, framework) if framework else None
    is_live = framework is not None and framework.is_live(on)
    return RouteKnown(
        on=on, rulebook=desk.rulebook, cohort=need.cohort, funding=need.funding, starts_on=need.starts_on,
        value=value, taxed=taxed,
        framework=framework.name if framework else "", regime=framework.regime if framework else None,
        is_live=is_live, framework_state="" if is_live else _state(framework, on),
        rules=framework.rules if framework else FrameworkRules(),
        selection=_selection(asked) if asked and is_live else "",
        is_marked_urgent=need.urgent_since is not None,
        is_regulated=lot is None or required_activity(need, lot, on=on, rulebook=desk.rulebook) is not None,
        preferred=_preferred(unit, framework, need.preferred_location_id),
        failed_round=failed_round(unit, package),
        earlier=splitting_of(desk, unit, package, offer) if offer else "",
    )  # fmt: skip


def _selection(asked: Round) -> str:
    """How a round asked the members; empty where its ladder came to outsiders. Source: R025, R050."""
    if asked.asking is not Asking.FRAMEWORK:
        return _WAYS[asked.asking].value
    rung = asked.rules.ladder[asked.rung]
    if rung.is_spot:
        return ""
    return _WAYS[Asking.ALL_AT_ONCE if rung.order is Order.ALL_AT_ONCE else Asking.RANK_ORDER].value


def _value(
    desk: Desk, package: Package, weekly: Money | None, begun_on: date, vat: VatTreatment
) -> ContractValue | None:
    if weekly is None:
        return None
    need = package.need
    return award_value(
        need, weekly, need.starts_on, commenced_on=begun_on, rulebook=desk.rulebook, vat=vat
    )


def _state(framework: Framework | None, on: date) -> str:
    if framework is None:
        return "The package names no framework"
    if on > framework.last_day:
        return f"{framework.name} ended on {in_words(framework.last_day)}"
    return f"{framework.name} begins on {in_words(framework.starts_on)}"


def _preferred(unit: UnitOfWork, framework: Framework | None, location_id: str | None) -> str:
    if location_id is None:
        return ""
    members = unit.of(Member).find(framework_id=framework.id, location_id=location_id) if framework else ()
    known = unit.directory.known([location_id]).get(location_id)
    if members:
        return members[0].provider
    return (known.facts.location_name or location_id) if known else location_id


def failed_round(unit: UnitOfWork, package: Package) -> str:
    """A closed competition outside a live framework that brought no suitable tender. Source: R049, R050."""
    held = unit.of(Round).find(package_id=package.id, status=RoundStatus.CLOSED)
    failed = [r for r in held if not any(offer.counts for offer in journey.offers_of(unit, r.id))]
    own = [r for r in failed if _is_own_competition(unit, r)]
    return f"Round {own[-1].number} brought no suitable tender" if own else ""


def _is_own_competition(unit: UnitOfWork, asked: Round) -> bool:
    """Whether a round was no call-off: no framework was live, or a tender notice began it."""
    began_on = london_day(asked.opened_at)
    tenders = [n.done_on for n in notice_desk.notices_of(unit, asked.package_id) if n.code == "UK4"]
    is_announced = any(day is not None and day <= began_on for day in tenders)
    return is_announced or not unit.of(Framework).get(asked.framework_id).is_live(began_on)


def earlier_awards(desk: Desk, unit: UnitOfWork, package: Package) -> tuple[EarlierAward, ...]:
    """Standing awards of the same person in other packages. Source: docs/rules.md R012."""
    same = {
        other.id: other
        for other in unit.of(Package).find()
        if other.id != package.id and is_same_person(other.need, package.need)
    }
    held = [a for id_ in same for a in unit.of(Award).find(package_id=id_) if a.withdrawn_at is None]
    return tuple(_earlier(desk, same[award.package_id], award) for award in held)


def _earlier(desk: Desk, package: Package, award: Award) -> EarlierAward:
    value = award_value(
        package.need, award.weekly_cost, award.starts_on,
        commenced_on=paper_facts.local_day(award.made_at), rulebook=desk.rulebook,
    )  # fmt: skip
    return EarlierAward(
        package.reference, award.location_id, award.provider, award.starts_on, award.ends_on, value.shown,
        award.provider_id,
    )  # fmt: skip


def splitting_of(desk: Desk, unit: UnitOfWork, package: Package, offer: Offer) -> str:
    """Earlier awards of the same person close before this offer, in words. Source: docs/rules.md R012."""
    earlier = earlier_awards(desk, unit, package)
    if not earlier:
        return ""
    value = _value(desk, package, offer.weekly_cost, desk.today(), VatTreatment.EXEMPT)
    return splitting_words(
        earlier, location_id=offer.location_id, starts_on=offer.starts_on,
        value=value.shown if value else None, rulebook=desk.rulebook, on=desk.today(),
        provider_id=exclusions.supplier_of(unit, offer.location_id),
    )  # fmt: skip
