"""What the award gate reads, and how its rows are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from brokerdesk.core.domain.approval_records import ApprovalSignature, ExecutiveDecision, PanelRecord
from brokerdesk.core.domain.approval_scheme import Signing
from brokerdesk.core.domain.availability import EVERYTHING_OPEN, Availability
from brokerdesk.core.domain.award import Approval, AwardFacts, ExclusionCheck, GateRow, GateState
from brokerdesk.core.domain.capacity_ledger import Reservation
from brokerdesk.core.domain.care_setting import CareSetting, required_activity, setting_of
from brokerdesk.core.domain.choice import Choice
from brokerdesk.core.domain.conflict import ConflictDeclaration
from brokerdesk.core.domain.eligibility import RegisteredLocation, lot_of
from brokerdesk.core.domain.framework import Framework, Lot, Member, Suspension
from brokerdesk.core.domain.identifiers import outcode
from brokerdesk.core.domain.london import london_day
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.notice_due import Claim, GateOverride, NoticeDue
from brokerdesk.core.domain.package import Need
from brokerdesk.core.domain.picking import Picked
from brokerdesk.core.domain.preference import RefusedPreference
from brokerdesk.core.domain.procurement import ContractValue, VatTreatment
from brokerdesk.core.domain.route_decision import RouteDecision
from brokerdesk.core.domain.routes import RouteFacts, award_value, route_facts
from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.domain.sourcing import Invitation, Offer, Round


@dataclass(frozen=True, kw_only=True)
class GateFacts:
    """Everything that the gate reads on the day of award."""

    on: date
    """Day of award."""
    rulebook: Rulebook
    need: Need
    package_broker_id: str
    framework: Framework
    member: Member
    suspensions: tuple[Suspension, ...]
    """Of this location."""
    location: RegisteredLocation | None
    asked: Round
    """The round whose offer was chosen."""
    invitations: tuple[Invitation, ...]
    offer: Offer
    """The offer that was chosen."""
    offers: tuple[Offer, ...]
    """Every offer of the round."""
    scored_weights: Mapping[str, Decimal]
    """Weights that the comparison used."""
    choice: Choice | None
    approval: Approval | None
    annual_cost: Money
    """Of the chosen offer, as the approver is asked for it."""
    exclusion: ExclusionCheck | None
    """The latest of this location."""
    stated: AwardFacts
    picked: Picked | None = None
    """The offer that the framework's own rules prefer; none where it has no ladder."""
    broker_names: tuple[str, ...] = ()
    """Names of whoever made the package, recorded the choice or acted in its rounds."""
    broker_ids: frozenset[str] = frozenset()
    """Their ids."""
    standstill_ends_on: date | None = None
    """Of a standstill that was announced; none where none was."""
    has_open_claim: bool = False
    """A claim was notified during standstill and is not settled."""
    refusal_letter: str = ""
    """Reference of the letter with the reasons for refusing preferred accommodation."""
    refused: RefusedPreference | None = None
    """The refusal that stands, with its reasons; none where nothing was refused."""
    availability: Availability = EVERYTHING_OPEN
    """What the ledger said of the offers when the choice was made."""
    decision: RouteDecision | None = None
    """The route decision that stands; none where nobody decided."""
    notices: tuple[NoticeDue, ...] = ()
    """Notices of this package that are kept."""
    claims: tuple[Claim, ...] = ()
    """Claims that were notified while a standstill ran."""
    overrides: tuple[GateOverride, ...] = ()
    """Leave that was given for this location."""
    conflicts: tuple[ConflictDeclaration, ...] = ()
    """What officers declare of their interests in this round."""
    reservations: tuple[Reservation, ...] = ()
    """Holds on capacity for this offer."""
    failed_round: str = ""
    """The last competition of no live framework that brought no suitable tender, in words (R049)."""
    splitting: str = ""
    """Earlier awards of the same person to this provider close before, in words."""
    signings: tuple[Signing, ...] = ()
    """Signatures that the levels ask for, in order."""
    signatures: tuple[ApprovalSignature, ...] = ()
    """Those that are there, in order."""
    panel: PanelRecord | None = None
    executive: ExecutiveDecision | None = None

    @cached_property
    def lot(self) -> Lot:
        """The lot that the need asks for."""
        return lot_of(self.need, self.framework)

    @cached_property
    def setting(self) -> CareSetting:
        """Where the care is given."""
        return setting_of(self.need, self.lot)

    @cached_property
    def activity(self) -> str | None:
        """The regulated activity that the care needs."""
        return required_activity(self.need, self.lot, on=self.on, rulebook=self.rulebook)

    @cached_property
    def zones(self) -> tuple[str, ...]:
        """The framework's zones that hold the person's district."""
        return self.framework.zones_of(outcode(self.need.postcode))

    @cached_property
    def value(self) -> ContractValue:
        """What the award is worth, gross, from the day the asking began."""
        return self.value_with(self.decision.vat if self.decision else VatTreatment.EXEMPT)

    def value_with(self, vat: VatTreatment) -> ContractValue:
        """What the award would be worth with VAT treated so. Source: docs/rules.md R009."""
        commenced_on = min(london_day(self.asked.opened_at), self.on)
        return award_value(
            self.need, self.offer.weekly_cost, self.offer.starts_on, commenced_on=commenced_on,
            rulebook=self.rulebook, vat=vat,
        )  # fmt: skip

    @cached_property
    def other_providers(self) -> tuple[str, ...]:
        """Whoever else offered in time and was not found unsuitable. Source: docs/rules.md R016, R042."""
        unsuitable = self.availability.unsuitable
        return tuple(
            held.provider
            for held in self.offers
            if held.counts and held.id != self.offer.id and held.id not in unsuitable
        )

    def published(self, code: str) -> NoticeDue | None:
        """The notice of that code that was published last and is of this award; none where none was.

        What names another provider serves this award nothing. Source: docs/rules.md R057.
        """
        held = [
            notice
            for notice in self.notices
            if notice.code == code and notice.done_on is not None and notice.serves(self.offer.location_id)
        ]
        return held[-1] if held else None

    @cached_property
    def route_facts(self) -> RouteFacts:
        """What the route decision reads."""
        found = route_facts(self.need, self.framework, self.value, on=self.on)
        decided = self.decision.route if self.decision else None
        return replace(found, decided=decided, is_member=not self.offer.is_outside)


def met(block: int | None, rule: str | None, title: str, why: str) -> GateRow:
    """A rule that is met, with its evidence."""
    return GateRow(block, rule, title, GateState.MET, why)


def stop(block: int | None, rule: str | None, title: str, why: str) -> GateRow:
    """A rule that is not met: what is missing and how to mend it."""
    return GateRow(block, rule, title, GateState.NOT_MET, why)


def passes_by(block: int | None, rule: str | None, title: str, why: str) -> GateRow:
    """A rule that does not apply here."""
    return GateRow(block, rule, title, GateState.DOES_NOT_APPLY, why)


def advice(block: int | None, rule: str | None, title: str, why: str) -> GateRow:
    """Something to be wary of that does not stop the award."""
    return GateRow(block, rule, title, GateState.ADVISORY, why)
