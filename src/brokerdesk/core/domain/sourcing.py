"""Asking providers: the kept shortlist, the round, its invitations and what each provider answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from brokerdesk.core.domain.costs import NightPrice
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.framework_rules import FrameworkRules, RateKind, SkipReason
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.visits import Visit


class Asking(Enum):
    """In what order members are asked."""

    ALL_AT_ONCE = "all_at_once"
    RANK_ORDER = "rank_order"
    FRAMEWORK = "framework"
    """By the ladder of the framework's own rules."""


class RoundStatus(Enum):
    """Whether answers are still awaited."""

    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class InvitationStatus(Enum):
    """What became of one invitation."""

    WAITING = "waiting its turn"
    ASKED = "asked"
    HELD = "answer held"
    """A file came in for a sealed round; nobody has read what it says."""
    OFFERED = "offered"
    DECLINED = "declined"
    LAPSED = "no answer"
    SKIPPED = "passed over"
    """Never asked, for a reason that the ladder names."""


class DeclineCode(Enum):
    """Why a provider said no."""

    NO_CAPACITY = "no_capacity"
    PRICE = "price"
    CANNOT_MEET_NEED = "cannot_meet_need"
    OUT_OF_AREA = "out_of_area"
    TIMING = "timing"
    RISK = "risk"
    NO_REPLY = "no_reply"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class OutReason:
    """Why a member may not be asked."""

    rule: str | None
    """Number in docs/rules.md, or none for the framework's own rule."""
    text: str
    since: date | None


@dataclass(frozen=True, slots=True)
class CriterionPoints:
    """The working of one criterion."""

    criterion: str
    raw: Decimal | None
    """0 to 100; none where no value is known, which counts as 0 and says so."""
    weight: Decimal
    weighted: Decimal


@dataclass(frozen=True, slots=True)
class ShortlistedIn:
    """A member that may be asked, in rank order."""

    provider: str
    location_id: str
    member_id: str
    rank: int
    tier: int | None
    distance_miles: Decimal | None
    score: Decimal
    points: tuple[CriterionPoints, ...]
    rating: str | None
    rating_on: date | None
    rate: Money | None
    capacity: Decimal | None
    advisories: tuple[OutReason, ...]
    """Warnings that do not leave it out: an activity not known, requires improvement."""


@dataclass(frozen=True, slots=True)
class ShortlistedOut:
    """A member that may not be asked, with every reason."""

    provider: str
    location_id: str
    member_id: str
    distance_miles: Decimal | None
    reasons: tuple[OutReason, ...]


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Who may be asked and who not, with the working; replayable from `inputs`."""

    id: str
    package_id: str
    framework_id: str
    made_at: datetime
    lot: str
    included: tuple[ShortlistedIn, ...]
    excluded: tuple[ShortlistedOut, ...]
    inputs: dict[str, str]
    """JSON texts of everything the judgement read, by name, so that replay gives the same list."""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Round:
    """One asking of providers for a package; weights are frozen when it opens (R021)."""

    id: str
    package_id: str
    framework_id: str
    shortlist_id: str
    number: int
    asking: Asking
    opened_at: datetime
    closes_at: datetime
    closes_after_hours: int
    weights: dict[str, Decimal]
    status: RoundStatus
    rules: FrameworkRules = field(default_factory=FrameworkRules)
    """Those of the framework on the day it opened; later editions do not touch it."""
    rung: int = 0
    """Which rung of the ladder is being asked, from 0."""
    rate_kind: RateKind = RateKind.STANDARD
    """Rate at which offers are asked; its ceiling holds."""
    ground: str = ""
    """Coded ground for asking outside the framework, or where every call-off needs one; empty: none."""
    opened_because: str = ""
    """Why the broker opened the next rung, where she had to say."""
    declares_interests: bool = False
    """Whether those who take part declare their interests first (R075); not asked of rounds before that."""
    withdrawn_reason: str = ""
    """Why it was withdrawn, as those who were asked read it."""
    version: int = 1

    @property
    def has_ladder(self) -> bool:
        """Whether the framework's own ladder says who is asked next."""
        return bool(self.rules.ladder)


@dataclass(frozen=True, slots=True)
class Invitation:
    """One provider asked in a round; one deadline for all (R024)."""

    id: str
    round_id: str
    package_id: str
    member_id: str
    location_id: str
    provider: str
    contact_name: str
    contact_email: str
    tier: int | None
    rank: int
    status: InvitationStatus
    invited_at: datetime | None
    answer_by: datetime | None
    sheet_sha256: str = ""
    """Of the requirement sheet that went out."""
    identity_checked_at: datetime | None = None
    """When the sheet was found free of what identifies the person (hard block 11)."""
    rung: int = 0
    """Rung of the ladder on which it is asked."""
    skip: SkipReason | None = None
    """Why it was passed over; none where it was not."""
    skip_why: str = ""
    """The same in words, with its figures."""
    off_rank: str = ""
    """Code of the reason for asking it before its turn; empty where it was its turn."""
    version: int = 1

    @property
    def was_asked(self) -> bool:
        """Whether it went out: it neither waits its turn nor was passed over."""
        return self.status not in (InvitationStatus.WAITING, InvitationStatus.SKIPPED)

    def check_answered_at(self, moment: datetime, now: datetime) -> None:
        """Refuse a time of answering before it was asked or still to come. Source: docs/rules.md R024.

        Raises:
            RuleError: it cannot have answered then.
        """
        if moment > now or (self.invited_at and moment < self.invited_at):
            raise RuleError(
                f"{self.provider} cannot have answered then: an answer comes after it was asked and "
                "before now."
            )


@dataclass(frozen=True, slots=True)
class OfferTerms:
    """What stands in an offer beside its price, start and visits, in the provider's own words."""

    conditions: str = ""
    """On which it can start."""
    staff: str = ""
    """Who would come: number, gender, languages, skills."""
    other_costs: str = ""
    """Travel and whatever else would be charged."""
    quality_evidence: str = ""
    needs_assessment: bool = False
    """It wants to assess the person before it starts."""
    assessment_on: date | None = None
    held_until: date | None = None
    """Until when the capacity is kept for this person."""
    conflicts: str = ""
    """Interests that the provider declares; empty: none."""
    answered_by: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a provider offers."""

    id: str
    round_id: str
    invitation_id: str
    package_id: str
    location_id: str
    provider: str
    received_at: datetime
    is_late: bool
    """Kept apart: cannot be chosen unless it is admitted with a reason."""
    rate: Money | None
    """Pounds for the lot's unit; none where the offer is banded."""
    rates: dict[str, Money]
    """Price of one carer's visit by minutes, where banded (R159)."""
    starts_on: date
    quality: Decimal | None
    continuity: Decimal | None
    distance_miles: Decimal | None
    visits_offered: tuple[Visit, ...]
    """Empty: as asked."""
    note: str
    weekly_cost: Money
    """Gross; R158 to R163 by the framework's rounding."""
    scored_price: Decimal
    """The figure that price points are counted from: the rate, or the weekly price where banded."""
    ceiling: Money | None
    is_above_ceiling: bool
    is_outside: bool = False
    """Of a preferred provider that is no member of the framework: not scored with the others (R046)."""
    terms: OfferTerms = field(default_factory=OfferTerms)
    admitted_because: str = ""
    """Why a late offer counts all the same; empty: it was in time, or stays apart (R024)."""
    is_disregarded: bool = False
    """Set aside as abnormally low, after the provider was told and heard (R023)."""
    is_superseded: bool = False
    """The requirement was changed after it came, so it counts no more; it stays on file."""
    nights: NightPrice | None = None
    """What its nights were priced at, so that its letters print that price and no later one (R148); none on
    offers from before this was kept."""
    withdrawn_at: datetime | None = None
    """When it was kept that its provider took it back; it stays on file (R087)."""
    withdrawn_because: str = ""
    """Who said so, on what day and why."""
    version: int = 1

    @property
    def counts(self) -> bool:
        """Whether it is compared and may be chosen: it came to count and stands. Source: R024, R087."""
        return self.came_to_count and self.withdrawn_at is None

    @property
    def came_to_count(self) -> bool:
        """Whether it was in time or admitted, and not set aside. Source: R023, R024."""
        return not self.is_disregarded and (not self.is_late or bool(self.admitted_because))


@dataclass(frozen=True, slots=True)
class Decline:
    """A provider's no, with its coded reason."""

    id: str
    round_id: str
    invitation_id: str
    package_id: str
    location_id: str
    provider: str
    received_at: datetime
    is_late: bool
    code: DeclineCode
    note: str
    version: int = 1


@dataclass(frozen=True, slots=True)
class ScoredOffer:
    """An offer with its points, in order of total (E17)."""

    offer_id: str
    location_id: str
    provider: str
    rank: int
    total: Decimal
    """Of 100; nought where tests decide instead of points."""
    points: tuple[CriterionPoints, ...]
    tests: tuple[str, ...] = ()
    """Each test with what it found, in order, where tests decide (R021)."""
