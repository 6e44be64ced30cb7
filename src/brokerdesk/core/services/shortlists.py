"""Who may be asked: judge every member of the framework, keep the list, and replay it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from brokerdesk.core.domain import pricing, ranking
from brokerdesk.core.domain.directory import KnownLocation
from brokerdesk.core.domain.eligibility import (
    Candidate,
    Exclusion,
    Requirement,
    registered_location,
    requirement_of,
)
from brokerdesk.core.domain.errors import InputError, RuleError
from brokerdesk.core.domain.framework import Framework, Member, RateLine, Suspension
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.officer import Role
from brokerdesk.core.domain.package import Need, Package, PackageStatus, Step
from brokerdesk.core.domain.position import Position, miles_between
from brokerdesk.core.domain.sourcing import Shortlist
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import exclusions, journey
from brokerdesk.core.services.acts import Work, act
from brokerdesk.core.services.desk import LONDON, Desk

Located = TypeVar("Located", Suspension, RateLine)


def who_may_be_asked(desk: Desk, package_id: str, *, after_term: bool = False) -> Shortlist:
    """Judge every member today, without keeping anything.

    Args:
        desk: the desk.
        package_id: whose need.
        after_term: show whom one could ask although the framework is not live.
    """
    with desk.reading() as unit:
        return judged(desk, unit, unit.of(Package).get(package_id), after_term=after_term)


@act("shortlist_kept", words="keep a shortlist", by=(Role.BROKER,))
def keep_shortlist(work: Work, *, package_id: str, after_term: bool = False) -> Shortlist:
    """Keep who may be asked and who not, with everything that the judgement read.

    Source: docs/rules.md R021, R022, R116, R119.

    Args:
        work: the act.
        package_id: whose need.
        after_term: ask although the framework is not live; the award will need a coded ground.

    Raises:
        RuleError: the package is past asking.
    """
    package = work.of(Package).get(package_id)
    if package.status is not PackageStatus.NEEDS_PROVIDER:
        raise RuleError(
            f"Package {package.reference} is “{package.status.value}”: providers were asked already."
        )
    kept = judged(work.desk, work.unit, package, after_term=after_term)
    work.of(Shortlist).add(kept)
    work.cite("R021", *{r.rule for out in kept.excluded for r in out.reasons if r.rule})
    work.note(may_be_asked=len(kept.included), left_out=len(kept.excluded))
    journey.stamp(
        work, package.id, Step.PROVIDERS, f"{len(kept.included)} may be asked, {len(kept.excluded)} left out"
    )
    return kept


def replay_shortlist(desk: Desk, shortlist_id: str) -> bool:
    """Whether the kept inputs give the kept lists again."""
    with desk.reading() as unit:
        kept = unit.of(Shortlist).get(shortlist_id)
    again = ranking.replay(kept.inputs)
    return again.included == kept.included and again.excluded == kept.excluded


def judged(desk: Desk, unit: UnitOfWork, package: Package, *, after_term: bool = False) -> Shortlist:
    """Judge every member for one package today; the list is not kept.

    Args:
        desk: the desk.
        unit: a view.
        package: whose need.
        after_term: judge although the framework is not live.
    """
    framework, at = journey.framework_of(unit, package), desk.now()
    requirement = requirement_of(
        package.need, framework, on=at.astimezone(LONDON).date(), rulebook=desk.rulebook,
        asks_after_term=after_term,
    )  # fmt: skip
    candidates = candidates_of(unit, package.need, framework, requirement)
    lists = ranking.make_shortlist(requirement, candidates)
    return Shortlist(
        id=desk.make_id(), package_id=package.id, framework_id=framework.id, made_at=at,
        lot=requirement.lot.name, included=lists.included, excluded=lists.excluded,
        inputs=ranking.shortlist_inputs(requirement, candidates),
    )  # fmt: skip


def candidates_of(
    unit: UnitOfWork, need: Need, framework: Framework, requirement: Requirement, *,
    only: Collection[str] | None = None,
) -> tuple[Candidate, ...]:  # fmt: skip
    """Each location of the framework with what is known of it, in order of location id.

    Args:
        unit: the transaction.
        need: what is asked for.
        framework: the edition.
        requirement: what is asked of providers.
        only: location ids to look at; none for every member's.
    """
    rows = [m for m in journey.members_of(unit, framework) if only is None or m.location_id in only]
    return _candidates(unit, need, framework, requirement, ranking.one_row_per_location(rows, requirement))


def candidates_outside(
    unit: UnitOfWork, need: Need, framework: Framework, requirement: Requirement, members: tuple[Member, ...]
) -> tuple[Candidate, ...]:
    """The same of providers that are no members, each with the place that stands in for a membership."""
    return _candidates(unit, need, framework, requirement, members)


def _candidates(
    unit: UnitOfWork, need: Need, framework: Framework, requirement: Requirement, members: tuple[Member, ...]
) -> tuple[Candidate, ...]:
    facts = _Facts.of(unit, need, framework, members)
    return tuple(facts.candidate(member, need, framework, requirement) for member in members)


@dataclass(frozen=True, slots=True)
class SharedCandidates:
    """The locations of a lot as many needs share them; how far each is from a person is left open."""

    candidates: tuple[Candidate, ...]
    positions: Mapping[str, Position]
    """By location id; those that are not known are left out."""
    is_priced_by_need: bool
    """What some provider charges depends on the visits or nights of the need: others are priced otherwise."""


def shared_candidates(
    unit: UnitOfWork, need: Need, framework: Framework, requirement: Requirement
) -> SharedCandidates:
    """Each location of the framework, for all needs of the same lot and zones.

    Args:
        unit: the transaction.
        need: one of them.
        framework: the edition.
        requirement: what that one asks.
    """
    members = ranking.one_row_per_location(journey.members_of(unit, framework), requirement)
    facts = replace(_Facts.of(unit, need, framework, members), home=None)
    found = tuple(facts.candidate(member, need, framework, requirement) for member in members)
    places = {member.location_id: facts.position(member.location_id) for member in members}
    return SharedCandidates(
        found,
        {location_id: place for location_id, place in places.items() if place},
        any(held.rate is None and held.member.location_id in facts.lines for held in found),
    )


@dataclass(frozen=True)
class _Facts:
    """What is read once for all members."""

    known: dict[str, KnownLocation]
    suspensions: Mapping[str, list[Suspension]]
    lines: Mapping[str, list[RateLine]]
    places: dict[str, tuple[float, float]]
    home: Position | None
    exclusions: Mapping[str, Exclusion]

    @classmethod
    def of(cls, unit: UnitOfWork, need: Need, framework: Framework, members: tuple[Member, ...]) -> _Facts:
        known = dict(unit.directory.known([member.location_id for member in members]))
        postcodes = {k.facts.postcode for k in known.values() if k.facts.postcode}
        places = dict(unit.directory.positions([*postcodes, need.postcode, need.postcode.split()[0]]))
        home = places.get(need.postcode) or places.get(need.postcode.split()[0])
        return cls(
            known, _by_location(journey.suspensions_of(unit, framework)),
            _by_location(journey.rates_of(unit, framework)), places, Position(*home) if home else None,
            exclusions.exclusions_of(unit),
        )  # fmt: skip

    def candidate(
        self, member: Member, need: Need, framework: Framework, requirement: Requirement
    ) -> Candidate:
        known = self.known.get(member.location_id)
        rates = pricing.rates_of(
            framework, self.lines.get(member.location_id, ()), location_id=member.location_id, need=need,
            zones=requirement.zones, on=requirement.on,
        )  # fmt: skip
        there = self.position(member.location_id)
        distance = ranking.miles(miles_between(self.home, there)) if self.home and there else None
        return Candidate(
            member=member,
            suspensions=tuple(self.suspensions.get(member.location_id, ())),
            location=registered_location(known),
            distance_miles=distance,
            rate=pricing.guide_rate(rates),
            scored_price=_scored(need, rates),
            exclusion=self.exclusions.get(member.location_id),
        )

    def position(self, location_id: str) -> Position | None:
        """Where a location is; none where that is not known."""
        known = self.known.get(location_id)
        if known is None:
            return None
        facts = known.facts
        if facts.latitude is not None and facts.longitude is not None:
            return Position(facts.latitude, facts.longitude)
        found = self.places.get(facts.postcode or "")
        return Position(*found) if found else None


def _by_location(values: Iterable[Located]) -> Mapping[str, list[Located]]:
    found: dict[str, list[Located]] = {}
    for value in values:
        found.setdefault(value.location_id, []).append(value)
    return found


def _scored(need: Need, rates: pricing.Rates | None) -> Money | None:
    if rates is None:
        return None
    try:
        return pricing.scored_price(need, rates)
    except InputError:
        return None  # no price for this week's visits: no price points, which the working says
