"""Who may be asked and why not: every check of a framework's member, each with its rule and date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.care_setting import CareSetting, required_activity, setting_of
from brokerdesk.core.domain.directory import KnownLocation, Rating
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.framework import Framework, FrameworkKind, Lot, Member, Regime, Suspension
from brokerdesk.core.domain.identifiers import outcode
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Cohort, Need
from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.domain.sourcing import OutReason
from brokerdesk.core.domain.visits import carer_hours

RATINGS = (Rating.INADEQUATE, Rating.REQUIRES_IMPROVEMENT, Rating.GOOD, Rating.OUTSTANDING)
"""From the lowest to the highest. Source: docs/rules.md R119."""
NOT_RATED = "not rated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """What the judgement reads of the need, the framework and the rulebook; nothing that names the person."""

    on: date
    """Day of asking."""
    lot: Lot
    zones: tuple[str, ...]
    """Zones of the framework that hold the person's postcode district."""
    outcode: str
    cohort: Cohort
    setting: CareSetting
    activity: str | None
    """Regulated activity that the care needs (R116)."""
    carer_hours: Decimal
    """A week, waking nights included."""
    beds: int
    needs: tuple[str, ...]
    preferred_location_id: str | None
    framework: str
    framework_starts_on: date
    framework_last_day: date
    framework_rule: str
    """Rule that a framework which is not live offends."""
    weights: dict[str, Decimal]
    rating_policy: dict[str, str]
    """allow, warn or block, by the words of a rating and `not rated`."""
    asks_after_term: bool = False
    """Members are asked although the framework is not live: the award will need a coded ground."""

    @property
    def is_live(self) -> bool:
        """Whether the framework is live on the day of asking."""
        return self.framework_starts_on <= self.on <= self.framework_last_day


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredLocation:
    """What the regulator's files say of a location, as far as the rules read it."""

    is_registered: bool | None = None
    """None: no file has said."""
    deregistered_on: date | None = None
    is_dormant: bool = False
    activities: tuple[str, ...] | None = None
    """None: no file has said, which is never read as missing (R116)."""
    rating: str | None = None
    rating_on: date | None = None
    dated_on: date | None = None
    """Day of the file that stated the activities, or else the latest that stated anything."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What the last look at the exclusion grounds found. Source: docs/rules.md R034, R076."""

    is_excluded: bool
    """Excluded, or else excludable: one that the authority may leave out."""
    found_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One location of a framework with all that is known of it on the day of asking."""

    member: Member
    suspensions: tuple[Suspension, ...] = ()
    location: RegisteredLocation | None = None
    distance_miles: Decimal | None = None
    """Two decimals; none where a position is not known."""
    rate: Money | None = None
    """Guide rate for the lot's unit; none where banded or not stated."""
    scored_price: Money | None = None
    """What price points are counted from: the guide rate, or the week's price where banded."""
    exclusion: Exclusion | None = None
    """None where the last look found it clear, or nobody has looked."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a candidate may be asked."""

    reasons: tuple[OutReason, ...]
    """Why not; empty where it may be."""
    advisories: tuple[OutReason, ...]


def requirement_of(
    need: Need, framework: Framework, *, on: date, rulebook: Rulebook, asks_after_term: bool = False
) -> Requirement:
    """What is asked of providers for a need on a day.

    Raises:
        RuleError: the framework has no lot of that name.
    """
    lot = lot_of(need, framework)
    district = outcode(need.postcode)
    policy = {word: rulebook.rating_policy(word, on) for word in (*(r.value for r in RATINGS), NOT_RATED)}
    return Requirement(
        on=on,
        lot=lot,
        zones=framework.zones_of(district),
        outcode=district,
        cohort=need.cohort,
        setting=setting_of(need, lot),
        activity=required_activity(need, lot, on=on, rulebook=rulebook),
        carer_hours=hours_needed(need),
        beds=1 if need.bed is not None else 0,
        needs=need.needs,
        preferred_location_id=need.preferred_location_id,
        framework=framework.name,
        framework_starts_on=framework.starts_on,
        framework_last_day=framework.last_day,
        framework_rule=rule_of_term(framework),
        weights=dict(framework.weights),
        rating_policy=policy,
        asks_after_term=asks_after_term,
    )


def lot_of(need: Need, framework: Framework) -> Lot:
    """The framework's lot for a need.

    Raises:
        RuleError: there is none of that name.
    """
    lot = framework.lot(need.lot)
    if lot is None:
        names = ", ".join(known.name for known in framework.lots)
        raise RuleError(f"{framework.name} has no lot “{need.lot}”. Choose one of: {names}.")
    return lot


def hours_needed(need: Need) -> Decimal:
    """Carer hours a week, with the hours of waking nights; a sleep-in counts none. Source: R160, R162."""
    return carer_hours(need.visits) + sum((night.hours or Decimal(0) for night in need.nights), Decimal(0))


def rule_of_term(framework: Framework) -> str:
    """The rule that a call-off outside the term offends. Source: docs/rules.md R003, R005."""
    is_old_dps = framework.kind is FrameworkKind.DPS and framework.regime is Regime.PCR2015
    return "R003" if is_old_dps else "R005"


def registered_location(known: KnownLocation | None) -> RegisteredLocation | None:
    """What the rules read of a known location; none where the directory does not hold it."""
    if known is None:
        return None
    facts, origins = known.facts, known.origins
    stated = origins.get("regulated_activities")
    return RegisteredLocation(
        is_registered=facts.is_registered,
        deregistered_on=facts.deregistered_on,
        is_dormant=bool(facts.is_dormant),
        activities=facts.regulated_activities,
        rating=None if facts.rating is None else facts.rating.value,
        rating_on=facts.rating_on,
        dated_on=stated.dated_on if stated else max((o.dated_on for o in origins.values()), default=None),
    )


def judge(requirement: Requirement, candidate: Candidate) -> Judgement:
    """Every reason why a candidate may not be asked, in the order of `CHECKS`, and what to be wary of."""
    reasons = tuple(found for _, check in CHECKS if (found := check(requirement, candidate)))
    return Judgement(reasons, tuple(found for look in _LOOKS if (found := look(requirement, candidate))))


def _term(requirement: Requirement, _: Candidate) -> OutReason | None:
    if requirement.is_live or requirement.asks_after_term:
        return None
    return term_reason(requirement)


def term_reason(requirement: Requirement) -> OutReason:
    """That the framework is not live on the day. Source: docs/rules.md R003, R005."""
    if requirement.on < requirement.framework_starts_on:
        begins = requirement.framework_starts_on
        text = f"{requirement.framework} does not begin until {in_words(begins)}"
        return OutReason(requirement.framework_rule, text, begins)
    ended = requirement.framework_last_day
    text = f"{requirement.framework} ended on {in_words(ended)}"
    return OutReason(requirement.framework_rule, text, ended + timedelta(days=1))


def _lot(requirement: Requirement, candidate: Candidate) -> OutReason | None:
    if candidate.member.lot.casefold() == requirement.lot.name.casefold():
        return None
    text = f"Not a member of the lot {requirement.lot.name}, only of {candidate.member.lot}"
    return OutReason(None, text, None)


def _zone(requirement: Requirement, candidate: Candidate) -> OutReason | None:
    zone = candidate.member.zone
    if zone is None or zone in requirement.zones:
        return None
    return OutReason(None, f"Not a member for {requirement.outcode}, only for zone {zone}", None)


def _suspended(requirement: Requirement, candidate: Candidate) -> OutReason | None:
    found = suspension_on(candidate, requirement.on, lot=requirement.lot.name, zones=requirement.zones)
    if found is None:
        return None
    if found.is_removal:
        text = f"Removed from {requirement.framework} on {in_words(found.from_on)}: {found.reason}"
        return OutReason("R033", text, found.from_on)
    until = "until lifted" if found.to_on is None else f"to {in_words(found.to_on)}"
    because = f": {found.reason}" if found.reason else ""
    return OutReason("R105", f"Suspended for {found.scope} {until}{because}", found.from_on)


def suspension_on(candidate: Candidate, day: date, *, lot: str, zones: tuple[str, ...]) -> Suspension | None:
    """The first suspension that bites on a day, for that lot in the member's own zone."""
    own = (candidate.member.zone,) if candidate.member.zone else zones
    biting = (s for s in candidate.suspensions if not s.lifted_at and s.covers(day, lot=lot, zones=own))
    return min(biting, key=lambda s: (s.from_on, s.id), default=None)


def _excluded(_: Requirement, candidate: Candidate) -> OutReason | None:
    found = candidate.exclusion
    if found is None or not found.is_excluded:
        return None
    text = f"Found to be an excluded supplier on {in_words(found.found_on)}"
    return OutReason("R034", text, found.found_on)


def _deregistered(_: Requirement, candidate: Candidate) -> OutReason | None:
    place = candidate.location
    if place is None or place.is_registered is not False:
        return None
    return OutReason("R116", "No longer registered with the CQC", place.deregistered_on or place.dated_on)


def _activity(requirement: Requirement, candidate: Candidate) -> OutReason | None:
    place = candidate.location
    if requirement.activity is None or place is None or place.activities is None:
        return None
    if holds(place.activities, requirement.activity):
        return None
    return OutReason("R116", f"CQC activity “{requirement.activity}” is not active here", place.dated_on)


def holds(activities: tuple[str, ...], activity: str) -> bool:
    """Whether one activity is among those registered, whatever the case. Source: docs/rules.md R116."""
    return activity.casefold() in {held.casefold() for held in activities}


def _rating(requirement: Requirement, candidate: Candidate) -> OutReason | None:
    place, floor = candidate.location, requirement.lot.rating_floor
    rating = rating_of(place)
    if requirement.rating_policy.get(rating or NOT_RATED) == "block":
        since = None if place is None else place.rating_on
        return OutReason("R119", f"CQC rating is {rating}" if rating else "No CQC rating is known", since)
    if place is None or rating is None:
        return None
    if floor and _height(rating) < _height(floor):
        text = f"CQC rating is {rating}; the lot asks for {floor} or better"
        return OutReason("R119", text, place.rating_on)
    return None


def rating_of(place: RegisteredLocation | None) -> str | None:
    """The rating as one of the four words; none where there is none."""
    if place is None or place.rating is None:
        return None
    return next((r.value for r in RATINGS if r.casefold() == place.rating.casefold()), None)


def _height(rating: str) -> int:
    return next((i for i, known in enumerate(RATINGS) if known.casefold() == rating.casefold()), 0)


def _capacity(requirement: Requirement, candidate: Candidate) -> OutReason | None:
    capacity, asked = candidate.member.capacity, amount_needed(requirement, candidate.member.capacity_unit)
    if capacity is None or asked is None or capacity >= asked:
        return None
    unit = candidate.member.capacity_unit
    return OutReason(None, f"Has {capacity:f} {unit} free; {asked:f} are needed", None)


def amount_needed(requirement: Requirement, unit: str | None) -> Decimal | None:
    """What is needed in the unit that capacity is stated in; none where that cannot be compared."""
    return {"hours": requirement.carer_hours, "beds": Decimal(requirement.beds)}.get(unit or "")


def _needs(requirement: Requirement, candidate: Candidate) -> OutReason | None:
    can = {need.casefold() for need in candidate.member.needs}
    lacking = [need for need in requirement.needs if need.casefold() not in can]
    if not can or not lacking:
        return None
    return OutReason(None, f"Does not state that it can meet: {', '.join(lacking)}", None)


Check = Callable[[Requirement, Candidate], OutReason | None]
CHECKS: tuple[tuple[str, Check], ...] = (
    ("term", _term),
    ("lot", _lot),
    ("zone", _zone),
    ("suspended", _suspended),
    ("excluded", _excluded),
    ("deregistered", _deregistered),
    ("activity", _activity),
    ("rating", _rating),
    ("capacity", _capacity),
    ("needs", _needs),
)
"""The one table of checks, by name, in the order in which reasons are listed."""


def _after_term(requirement: Requirement, _: Candidate) -> OutReason | None:
    if requirement.is_live:
        return None
    reason = term_reason(requirement)
    return replace(reason, text=f"{reason.text}: the award will need a coded ground")


def _excludable(_: Requirement, candidate: Candidate) -> OutReason | None:
    found = candidate.exclusion
    if found is None or found.is_excluded:
        return None
    text = f"A ground that may exclude it was found on {in_words(found.found_on)}; decide before it is asked"
    return OutReason("R034", text, found.found_on)


def _unknown_activity(requirement: Requirement, candidate: Candidate) -> OutReason | None:
    place = candidate.location
    if requirement.activity is None or (place is not None and place.activities is not None):
        return None
    text = f"No CQC file says whether “{requirement.activity}” is active here; one must before the award"
    return OutReason("R116", text, None if place is None else place.dated_on)


def _dormant(_: Requirement, candidate: Candidate) -> OutReason | None:
    place = candidate.location
    if place is None or not place.is_dormant:
        return None
    return OutReason("R116", "The CQC lists this location as dormant", place.dated_on)


def _rating_warns(requirement: Requirement, candidate: Candidate) -> OutReason | None:
    place, rating = candidate.location, rating_of(candidate.location)
    if place is None or rating is None:
        return OutReason("R119", "No CQC rating is known", None)
    if requirement.rating_policy.get(rating) != "warn":
        return None
    return OutReason("R119", f"CQC rating is {rating}", place.rating_on)


def _capacity_unknown(_: Requirement, candidate: Candidate) -> OutReason | None:
    return OutReason(None, "Free capacity is not stated", None) if candidate.member.capacity is None else None


def _no_contact(_: Requirement, candidate: Candidate) -> OutReason | None:
    has = candidate.member.contact_email.strip()
    return None if has else OutReason(None, "No e-mail address to ask at; add it to the framework", None)


_LOOKS: tuple[Check, ...] = (
    _after_term,
    _excludable,
    _unknown_activity,
    _dormant,
    _rating_warns,
    _capacity_unknown,
    _no_contact,
)
