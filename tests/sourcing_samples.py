"""Invented needs, frameworks, members, offers and decisions for the tests of sourcing and award."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from brokerdesk.core.domain.award import Approval, Award, AwardFacts, Decision, ExclusionCheck, Route
from brokerdesk.core.domain.care_setting import ACCOMMODATION, PERSONAL_CARE, CareSetting
from brokerdesk.core.domain.choice import AffordableOption, Choice, ChosenBy, Payer, TopUp
from brokerdesk.core.domain.costs import annual_cost
from brokerdesk.core.domain.eligibility import Candidate, RegisteredLocation
from brokerdesk.core.domain.framework import (
    Framework,
    FrameworkKind,
    Lot,
    Member,
    RateLine,
    Regime,
    Rounding,
    Suspension,
    Unit,
    Zone,
)
from brokerdesk.core.domain.gate_facts import GateFacts
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.notice_due import NoticeDue
from brokerdesk.core.domain.package import Bed, Cohort, Need
from brokerdesk.core.domain.preference import PreferenceConditions, RefusedPreference
from brokerdesk.core.domain.route_decision import RouteDecision, RouteStep, Way
from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.domain.sourcing import Asking, Invitation, InvitationStatus, Offer, Round, RoundStatus
from brokerdesk.core.domain.topup_rules import Judged
from brokerdesk.core.domain.visits import Visit, Weekday
from brokerdesk.core.exchange.rulebook_reader import read_rulebook
from conftest import PROJECT

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SHIPPED = read_rulebook(PROJECT / "resources" / "rulebook")
FIRST, SECOND = "1-100000001", "1-100000002"
WEIGHTS = {
    "price": Decimal(40),
    "quality": Decimal(40),
    "distance": Decimal(0),
    "continuity": Decimal(20),
    "choice": Decimal(0),
}
DAY = ((time(8), 45), (time(12), 30), (time(17), 30), (time(21), 45))


def pounds(text: str) -> Money:
    return Money.parse(text)


def four_calls(carers: int = 2) -> tuple[Visit, ...]:
    """E1: 45 + 30 + 30 + 45 minutes a day, two carers."""
    return tuple(Visit(day, at, minutes, carers) for day in Weekday for at, minutes in DAY)


def a_need(**facts: Any) -> Need:
    standard: dict[str, Any] = {
        "cohort": Cohort.ADULT,
        "lot": "home care",
        "first_names": "Winifred",
        "family_name": "Larkspur",
        "postcode": "WN5 9AA",
        "starts_on": date(2026, 12, 14),
        "born_on": date(1942, 3, 5),
        "nhs_number": "9990123454",
        "expected_weeks": 52,
        "personal_budget": pounds("985.00"),
        "tasks": ("washing", "medication"),
        "visits": four_calls(),
    }
    return Need(**standard | facts)


def a_bed_need(**facts: Any) -> Need:
    bed = Bed(pounds("1252.68"), pounds("267.68"))
    return a_need(**{"lot": "nursing bed", "visits": (), "bed": bed} | facts)


HOME_CARE = Lot("home care", "home care", Unit.HOUR, True, None, pounds("26.00"))
NURSING = Lot("nursing bed", "nursing", Unit.WEEK, True, None, None)
SLEEP = Lot("sleep-in", "home care", Unit.NIGHT_SLEEP, True, None, None)
WAKING = Lot("waking night", "home care", Unit.NIGHT_WAKING, True, None, None)


def a_framework(**facts: Any) -> Framework:
    standard: dict[str, Any] = {
        "id": "f1",
        "reference": "DBC-1",
        "edition": 1,
        "name": "Care Framework",
        "kind": FrameworkKind.FRAMEWORK,
        "regime": Regime.PA23,
        "first_trigger_on": date(2025, 4, 1),
        "starts_on": date(2025, 10, 1),
        "ends_on": date(2029, 9, 30),
        "extension_ends_on": date(2031, 9, 30),
        "extension_taken": False,
        "rounding": Rounding.WEEK,
        "response_hours_standard": 24,
        "response_hours_urgent": 2,
        "weights": dict(WEIGHTS),
        "lots": (HOME_CARE, NURSING, SLEEP, WAKING),
        "zones": (Zone("West", ("WN5", "WN6")), Zone("East", ("WN2",))),
        "terms": (),
    }
    return Framework(**standard | facts)


def a_member(location_id: str = FIRST, **facts: Any) -> Member:
    standard: dict[str, Any] = {
        "id": f"m-{location_id}-{facts.get('lot', 'home care')}-{facts.get('zone', 'West')}",
        "framework_id": "f1",
        "location_id": location_id,
        "provider_id": "1-200000001",
        "provider": f"Provider {location_id[-1]}",
        "lot": "home care",
        "zone": "West",
        "tier": 1,
        "rank": None,
        "quality": Decimal(80),
        "capacity": None,
        "capacity_unit": None,
        "contact_name": "",
        "contact_email": "care@example.org",
        "needs": (),
    }
    return Member(**standard | facts)


def a_place(**facts: Any) -> RegisteredLocation:
    standard: dict[str, Any] = {
        "is_registered": True,
        "activities": (ACCOMMODATION, PERSONAL_CARE),
        "rating": "Good",
        "rating_on": date(2025, 8, 12),
        "dated_on": date(2026, 11, 1),
    }
    return RegisteredLocation(**standard | facts)


def a_candidate(location_id: str = FIRST, **facts: Any) -> Candidate:
    standard: dict[str, Any] = {
        "member": a_member(location_id),
        "location": a_place(),
        "distance_miles": Decimal("2.00"),
        "rate": pounds("24.10"),
        "scored_price": pounds("24.10"),
    }
    return Candidate(**standard | facts)


def a_suspension(**facts: Any) -> Suspension:
    standard: dict[str, Any] = {
        "id": "s1",
        "framework_id": "f1",
        "location_id": FIRST,
        "scope": "all",
        "from_on": date(2026, 11, 16),
        "to_on": date(2027, 1, 11),
        "reason": "safeguarding enquiry",
    }
    return Suspension(**standard | facts)


def a_rate(rate: str, **facts: Any) -> RateLine:
    standard: dict[str, Any] = {
        "id": f"r-{rate}",
        "framework_id": "f1",
        "location_id": FIRST,
        "lot": "home care",
        "zone": None,
        "band_minutes": None,
        "rate": pounds(rate),
        "from_on": None,
    }
    return RateLine(**standard | facts)


def an_offer(location_id: str = FIRST, **facts: Any) -> Offer:
    standard: dict[str, Any] = {
        "id": f"o-{location_id}",
        "round_id": "round",
        "invitation_id": f"i-{location_id}",
        "package_id": "p1",
        "location_id": location_id,
        "provider": f"Provider {location_id[-1]}",
        "received_at": NOW + timedelta(hours=3),
        "is_late": False,
        "rate": pounds("24.10"),
        "rates": {},
        "starts_on": date(2026, 12, 14),
        "quality": Decimal(80),
        "continuity": Decimal(60),
        "distance_miles": None,
        "visits_offered": (),
        "note": "",
        "weekly_cost": pounds("843.50"),
        "scored_price": Decimal("24.10"),
        "ceiling": pounds("26.00"),
        "is_above_ceiling": False,
    }
    return Offer(**standard | facts)


def a_round(**facts: Any) -> Round:
    standard: dict[str, Any] = {
        "id": "round",
        "package_id": "p1",
        "framework_id": "f1",
        "shortlist_id": "s1",
        "number": 1,
        "asking": Asking.ALL_AT_ONCE,
        "opened_at": NOW,
        "closes_at": NOW + timedelta(hours=24),
        "closes_after_hours": 24,
        "weights": dict(WEIGHTS),
        "status": RoundStatus.CLOSED,
    }
    return Round(**standard | facts)


def an_invitation(location_id: str = FIRST, **facts: Any) -> Invitation:
    standard: dict[str, Any] = {
        "id": f"i-{location_id}",
        "round_id": "round",
        "package_id": "p1",
        "member_id": f"m-{location_id}",
        "location_id": location_id,
        "provider": f"Provider {location_id[-1]}",
        "contact_name": "",
        "contact_email": "care@example.org",
        "tier": 1,
        "rank": 1,
        "status": InvitationStatus.OFFERED,
        "invited_at": NOW,
        "answer_by": NOW + timedelta(hours=24),
        "identity_checked_at": NOW,
    }
    return Invitation(**standard | facts)


def a_top_up(**facts: Any) -> TopUp:
    standard: dict[str, Any] = {
        "payer": Payer.THIRD_PARTY,
        "agreed_on": date(2026, 11, 20),
        "additional_cost": pounds("165.00"),
        "budget_amount": pounds("985.00"),
        "payment_frequency": "every four weeks",
        "payee": "the council",
        "review_provision": "each April",
        "if_payments_stop": "the council may move the person",
        "provider_price_rises": "shared equally",
        "payer_finances_change": "tell the council within 7 days",
        "payer_name": "Rosalind Larkspur",
        "evidence": "Pension and savings statements seen",
        "evidence_on": date(2026, 11, 20),
        "affordable": AffordableOption(
            f"offer-{SECOND}", "Marrowby Homecare", pounds("985.00"), NOW, "Too far from her daughter"
        ),
    }
    return TopUp(**standard | facts)


def a_refusal(**facts: Any) -> RefusedPreference:
    """The preferred second place is refused, because it has no bed."""
    conditions = PreferenceConditions(True, True, True, False, True, True)
    standard: dict[str, Any] = {
        "id": "rp", "package_id": "p1", "location_id": SECOND, "provider": "Marrowby House",
        "conditions": conditions, "reasons": "It has no bed.", "instead": "Rose Lodge", "refused_on": TODAY,
        "refused_by": "D. Invented, manager", "made_at": NOW, "officer_id": "o1",
    }  # fmt: skip
    return RefusedPreference(**standard | facts)


def judged(setting: CareSetting = CareSetting.CARE_HOME, **facts: Any) -> Judged:
    """A care home, looked at on the day of the samples by the shipped figures."""
    return Judged(**{"on": TODAY, "setting": setting, "rulebook": SHIPPED} | facts)


def a_choice(offer: Offer | None = None, **facts: Any) -> Choice:
    chosen = offer or an_offer()
    standard: dict[str, Any] = {
        "id": "c1",
        "package_id": "p1",
        "round_id": "round",
        "offer_id": chosen.id,
        "location_id": chosen.location_id,
        "provider": chosen.provider,
        "by": ChosenBy.PERSON,
        "authority": "",
        "reason": "Knows the carers.",
        "options": (),
        "single_option_reason": "",
        "top_up": None,
        "made_at": NOW,
        "officer_id": "broker",
    }
    return Choice(**standard | facts)


def an_approval(**facts: Any) -> Approval:
    standard: dict[str, Any] = {
        "id": "a1",
        "package_id": "p1",
        "choice_id": "c1",
        "decision": Decision.APPROVE,
        "approver_name": "Gideon Fairweather",
        "approver_id": "approver",
        "recorded_by": None,
        "evidence": "",
        "decided_on": TODAY,
        "annual_cost": annual_cost(pounds("843.50")),
        "limit": pounds("50000.00"),
        "comment": "",
        "made_at": NOW,
    }
    return Approval(**standard | facts)


def a_check(**facts: Any) -> ExclusionCheck:
    standard: dict[str, Any] = {
        "id": "x1",
        "package_id": "p1",
        "location_id": FIRST,
        "checked_on": TODAY,
        "outcome": "clear",
        "note": "",
        "officer_id": "broker",
    }
    return ExclusionCheck(**standard | facts)


def a_notice(code: str = "UK6", **facts: Any) -> NoticeDue:
    """A notice that was published the day before."""
    standard: dict[str, Any] = {
        "id": f"n-{code}", "package_id": "p1", "award_id": "", "code": code, "due_on": None,
        "is_before_signing": True, "why": "Published by the council", "rule": "R051", "section": "",
        "made_at": NOW, "done_on": TODAY - timedelta(days=1), "reference": "2026/S 000-1",
    }  # fmt: skip
    return NoticeDue(**standard | facts)


def a_decision(route: Route, way: Way, **answers: str) -> RouteDecision:
    """A route decision with these answers."""
    steps = tuple(RouteStep(key, answer, False, "", "R005", "") for key, answer in answers.items())
    return RouteDecision(
        id="d1", package_id="p1", route=route, way=way, steps=steps, ground="", explanation="Decided.",
        value="", decided_at=NOW, officer_id="broker",
    )  # fmt: skip


def stated(**facts: Any) -> AwardFacts:
    standard: dict[str, Any] = {"route": Route.FRAMEWORK_S45, "reason": "Best score and the person's choice."}
    return AwardFacts(**standard | facts)


def an_award(**facts: Any) -> Award:
    standard: dict[str, Any] = {
        "id": "w1",
        "package_id": "p1",
        "round_id": "r",
        "offer_id": "o",
        "choice_id": "c",
        "approval_id": "a",
        "location_id": "1-100000001",
        "provider_id": "1-2",
        "provider": "Provider 1",
        "cohort": "adult",
        "framework_id": "f1",
        "framework_reference": "DBC-1",
        "lot": "home care",
        "method": "all_at_once",
        "tier": 1,
        "facts": stated(),
        "gate": (),
        "weekly_cost": pounds("843.50"),
        "annual_cost": pounds("43982.50"),
        "starts_on": date(2026, 12, 14),
        "ends_on": None,
        "exclusion_checked_on": date(2026, 11, 1),
        "activity": "Personal care",
        "rating": "Good",
        "directory_dated_on": date(2026, 11, 1),
        "made_at": datetime(2026, 11, 23, 12, 0, tzinfo=UTC),
        "made_by": "broker",
    }
    return Award(**standard | facts)


def gate_facts(rulebook: Rulebook, **facts: Any) -> GateFacts:
    """An award that may be made: every fact can be changed by its name."""
    standard: dict[str, Any] = {
        "on": TODAY,
        "rulebook": rulebook,
        "need": a_need(),
        "package_broker_id": "broker",
        "framework": a_framework(),
        "member": a_member(),
        "suspensions": (),
        "location": a_place(),
        "asked": a_round(),
        "invitations": (an_invitation(), an_invitation(SECOND)),
        "offer": an_offer(),
        "offers": (an_offer(), an_offer(SECOND)),
        "scored_weights": dict(WEIGHTS),
        "choice": a_choice(),
        "approval": an_approval(),
        "annual_cost": annual_cost(pounds("843.50")),
        "exclusion": a_check(),
        "stated": stated(),
    }
    return GateFacts(**standard | facts)


def bed_gate_facts(rulebook: Rulebook, **facts: Any) -> GateFacts:
    """An award of a nursing bed within the personal budget."""
    offer = an_offer(rate=pounds("1252.68"), weekly_cost=pounds("1252.68"), ceiling=None)
    annual = annual_cost(pounds("985.00"))
    standard: dict[str, Any] = {
        "need": a_bed_need(),
        "member": a_member(lot="nursing bed", zone=None),
        "offer": offer,
        "offers": (offer,),
        "approval": an_approval(annual_cost=annual, limit=None),
        "annual_cost": annual,
    }
    return gate_facts(rulebook, **standard | facts)
