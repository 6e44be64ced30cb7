"""A scenario: one need on its whole way, written down so that the walk can do it again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum

from brokerdesk.core.domain.award import AwardFacts, Decision, Route
from brokerdesk.core.domain.choice import ChosenBy, Payer, SignsAs, TopUp
from brokerdesk.core.domain.choice_record import ChoiceRecord, RefusalCode
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.framework_rules import RateKind
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Bed, Capacity, Cohort, Need
from brokerdesk.core.domain.preference import PreferenceConditions
from brokerdesk.core.domain.sourcing import Asking, DeclineCode
from brokerdesk.core.domain.visits import Night, NightKind, Visit, Weekday, in_order


class Station(Enum):
    """The tables of a scenario, each the step in which a refusal can come."""

    DESK = "desk"
    NEED = "need"
    ROUTE = "route"
    ROUND = "round"
    ANSWERS = "answers"
    CHOICE = "choice"
    APPROVAL = "approval"
    AWARD = "award"
    LETTERS = "letters"


@dataclass(frozen=True, slots=True)
class DeskSetting:
    """Where and when the walk happens; files are named relative to the scenario."""

    clock: datetime
    directory: str
    framework: str
    authority: str
    postcodes: str = ""
    """A postcode table, so that distances are known; blank: none is imported."""


@dataclass(frozen=True, slots=True)
class CouncilTable:
    """How the council heads its letters, and what its agreements say of it."""

    address: tuple[str, ...]
    team: str = ""
    phone: str = ""
    email: str = ""
    complaints: str = ""
    emergency: str = ""
    invoices_to: str = ""


@dataclass(frozen=True, slots=True)
class OfficerNames:
    """Who does what; one name may stand at several roles."""

    broker: str
    approver: str
    manager: str

    def roles(self) -> dict[str, tuple[str, ...]]:
        """Roles by name, in the order in which the names are written."""
        found: dict[str, tuple[str, ...]] = {}
        posts = ((self.broker, "broker"), (self.approver, "approver"), (self.manager, "framework_manager"))
        for name, role in posts:
            found[name] = (*found.get(name, ()), role)
        return found


@dataclass(frozen=True, slots=True)
class VisitLine:
    """The same visit on several days."""

    days: tuple[Weekday, ...]
    at: time
    minutes: int
    carers: int = 1


@dataclass(frozen=True, slots=True)
class NightLine:
    """The same night on several days."""

    days: tuple[Weekday, ...]
    kind: NightKind
    hours: Decimal | None = None
    price_per_night: Money | None = None


@dataclass(frozen=True, slots=True)
class NeedTable:
    """The need, by the columns of a referral list, with its week as tables."""

    cohort: Cohort
    first_names: str
    family_name: str
    postcode: str
    starts_on: date
    lot: str = ""
    reference: str = ""
    team: str = ""
    born_on: date | None = None
    nhs_number: str | None = None
    service: str = ""
    needs: str | tuple[str, ...] = ""
    """Joined by `; ` as in a referral list, or a list."""
    preferences: str = ""
    expected_weeks: int | None = None
    urgent_since: datetime | None = None
    funding: str = "council"
    personal_budget: Money | None = None
    client_contribution: Money | None = None
    preferred_location: str | None = None
    tasks: tuple[str, ...] = ()
    visits: tuple[VisitLine, ...] = ()
    nights: tuple[NightLine, ...] = ()
    bed: Bed | None = None
    capacity: Capacity | None = None

    def to_need(self) -> Need:
        """The need as an act takes it."""
        return Need(
            cohort=self.cohort, lot=self.lot or self.service, first_names=self.first_names,
            family_name=self.family_name, postcode=self.postcode, starts_on=self.starts_on,
            reference=self.reference, team=self.team, born_on=self.born_on, nhs_number=self.nhs_number,
            service=self.service, needs=self._needs(), preferences=self.preferences, tasks=self.tasks,
            expected_weeks=self.expected_weeks, urgent_since=self.urgent_since, funding=self.funding,
            personal_budget=self.personal_budget, visits=self._week(), nights=self._nights(),
            night_price=next((line.price_per_night for line in self.nights if line.price_per_night), None),
            bed=self.bed, capacity=self.capacity, client_contribution=self.client_contribution,
            preferred_location_id=self.preferred_location,
        )  # fmt: skip

    def _needs(self) -> tuple[str, ...]:
        if isinstance(self.needs, tuple):
            return self.needs
        return tuple(part.strip() for part in self.needs.split(";") if part.strip())

    def _week(self) -> tuple[Visit, ...]:
        return in_order(
            Visit(day, line.at, line.minutes, line.carers) for line in self.visits for day in line.days
        )

    def _nights(self) -> tuple[Night, ...]:
        return tuple(Night(day, line.kind, line.hours) for line in self.nights for day in line.days)


@dataclass(frozen=True, slots=True)
class RouteTable:
    """The route decision: what the desk does not know, by the key of the question."""

    answers: dict[str, str] = field(default_factory=dict)
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class NoticeTable:
    """A notice that the council published before the award."""

    code: str
    published_on: date
    reference: str
    standstill: bool = False
    """It announces a standstill, which then binds."""


@dataclass(frozen=True, slots=True)
class RoundTable:
    """How members are asked."""

    asking: Asking = Asking.ALL_AT_ONCE
    closes_after_hours: int | None = None
    """None: the framework's own response hours."""
    ground: str = ""
    """Coded ground, where the framework's rules want one for every call-off."""
    rate_kind: RateKind = RateKind.STANDARD
    opens_next: str = ""
    """Why the broker opens the next rung, where its rule leaves that to her."""
    outside: tuple[str, ...] = ()
    """Location ids asked outside the framework once its ladder is exhausted."""
    outside_ground: str = ""
    """Coded ground for it; without one it is refused."""


@dataclass(frozen=True, slots=True)
class OfferTable:
    """What a provider offers."""

    starts_on: date
    rate: Money | None = None
    rates: dict[str, Money] = field(default_factory=dict)
    quality: Decimal | None = None
    continuity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """One provider's answer: an offer or a coded no."""

    location: str
    after_hours: Decimal
    offer: OfferTable | None = None
    decline: DeclineCode | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class TopUpTable:
    """A top-up with the eight items by name; one that is absent is a refusal, not a guess."""

    payer: Payer | None = None
    agreed_on: date | None = None
    additional_cost: Money | None = None
    budget_amount: Money | None = None
    payment_frequency: str = ""
    payee: str = ""
    review_provision: str = ""
    if_payments_stop: str = ""
    provider_price_rises: str = ""
    payer_finances_change: str = ""
    disregard_or_deferred: str = ""
    payer_name: str = ""
    signs_as: SignsAs = SignsAs.THIRD_PARTY
    signed_by: str = ""
    disregard_from: date | None = None
    evidence: str = ""
    evidence_on: date | None = None
    review_on: date | None = None
    affordable_answer: str = ""
    """What was said to the option within the budget."""

    def to_top_up(self) -> TopUp:
        """The agreement as an act takes it. Source: docs/rules.md R092.

        Raises:
            RuleError: who pays, the day or one of the two amounts is not stated.
        """
        payer, agreed_on, cost, budget = self.payer, self.agreed_on, self.additional_cost, self.budget_amount
        if payer is None or agreed_on is None or cost is None or budget is None:
            missing = [
                name.replace("_", " ")
                for name in ("payer", "agreed_on", "additional_cost", "budget_amount")
                if getattr(self, name) is None
            ]
            raise RuleError(
                f"The top-up agreement does not state its {' and '.join(missing)}. "
                "Write down all eight items first.",
                rule="R092",
            )
        return TopUp(
            payer, agreed_on, cost, budget, self.payment_frequency,
            self.payee, self.review_provision, self.if_payments_stop, self.provider_price_rises,
            self.payer_finances_change, self.disregard_or_deferred, self.payer_name, self.signs_as,
            self.signed_by, self.disregard_from, self.evidence, self.evidence_on, self.review_on,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class OutsideTable:
    """What a preferred provider outside the framework offers. Source: docs/rules.md R046."""

    location: str
    rate: Money
    starts_on: date
    provider: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TurnedDownTable:
    """An option that the person turned down."""

    location: str
    code: RefusalCode
    words: str


@dataclass(frozen=True, slots=True)
class UnsuitableTable:
    """An option that was judged not suitable."""

    location: str
    why: str


@dataclass(frozen=True, slots=True)
class RefusedTable:
    """A preferred home that the council refuses, by its conditions. Source: docs/rules.md R088, R089."""

    conditions: PreferenceConditions
    reasons: str
    refused_by: str
    instead: str = ""
    location: str = ""
    provider: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceTable:
    """What was chosen, by whom and why."""

    location: str
    by: ChosenBy
    reason: str = ""
    top_up: TopUpTable | None = None
    authority: str = ""
    record: ChoiceRecord | None = None
    outside: OutsideTable | None = None
    turned_down: tuple[TurnedDownTable, ...] = ()
    unsuitable: tuple[UnsuitableTable, ...] = ()
    refused: RefusedTable | None = None


@dataclass(frozen=True, slots=True)
class ApprovalTable:
    """What the approver decides, and up to how much a year she may."""

    decision: Decision
    comment: str = ""
    limit: Money | None = None


@dataclass(frozen=True, slots=True)
class AwardTable:
    """What the broker states at the award; a hard block whose key is absent refuses."""

    route: Route | None = None
    reason: str = ""
    notice: str = ""
    exclusion_checked_on: date | None = None
    """None: the clock's day."""
    preference_said_by: str = ""
    preference_said_on: date | None = None
    preference_said_how: str = ""
    best_interests: str = ""
    ground: str = ""
    exception: str = ""
    off_rank: str = ""
    transparency_notice: str = ""
    """Reference of the UK5; where it is absent, `notice` stands for both."""
    block_contract: str = ""
    made_on: date | None = None
    """The day to which the clock goes on before the award; none: it stays."""
    purchase_order: str = ""
    cost_centre: str = ""
    subjective_code: str = ""
    out_of_hours: str = ""
    """Whom to call at the provider at night and at weekends."""

    @property
    def has_details(self) -> bool:
        """Whether anything is told for the agreement."""
        return any((self.purchase_order, self.cost_centre, self.subjective_code, self.out_of_hours))

    def to_facts(self, decided: AwardFacts | None = None) -> AwardFacts:
        """What the award act takes, over what a route decision states already. Source: docs/rules.md R005.

        Raises:
            RuleError: no award route is stated or decided.
        """
        if self.route is None and decided is not None:
            own = {name: getattr(self, name) for name in _STATED if getattr(self, name)}
            return replace(decided, **own)
        if self.route is None:
            raise RuleError(
                "No award route is stated, so no award letter may be written. Choose the route and say why.",
                rule="R005",
            )
        return AwardFacts(
            route=self.route, reason=self.reason, notice=self.notice,
            transparency_notice=self.transparency_notice or self.notice, block_contract=self.block_contract,
            ground=self.ground,
            exception=self.exception, preference_said_by=self.preference_said_by,
            preference_said_on=self.preference_said_on, preference_said_how=self.preference_said_how,
            best_interests=self.best_interests, off_rank=self.off_rank,
        )  # fmt: skip


_STATED = (
    "reason", "notice", "transparency_notice", "block_contract", "ground", "exception", "preference_said_by",
    "preference_said_on", "preference_said_how", "best_interests", "off_rank",
)  # fmt: skip
"""Keys of an award that go over what its route decision states."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """Where the walk must be refused, and by which rule."""

    refused_at: Station
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """Everything that the walk does, in the order of the tables."""

    desk: DeskSetting
    officers: OfficerNames
    need: NeedTable
    council: CouncilTable | None = None
    route: RouteTable | None = None
    notices: tuple[NoticeTable, ...] = ()
    round: RoundTable | None = None
    answers: tuple[AnswerTable, ...] = ()
    choice: ChoiceTable | None = None
    approval: ApprovalTable | None = None
    award: AwardTable | None = None
    expect: Expectation | None = None
