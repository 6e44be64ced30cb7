"""A small council for tests of pages: real desk, invented framework, members, people and offers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

from brokerdesk import wiring
from brokerdesk.core.domain.award import Approval
from brokerdesk.core.domain.care_setting import ACCOMMODATION
from brokerdesk.core.domain.choice import Choice, ChosenBy
from brokerdesk.core.domain.directory import FactOrigin, KnownLocation, LocationFacts, Rating
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
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.officer import ApprovalLimit, Authority, Officer, Role
from brokerdesk.core.domain.package import Bed, Cohort, Need, Package
from brokerdesk.core.domain.release import Said
from brokerdesk.core.domain.sourcing import DeclineCode, Offer, Round, Shortlist
from brokerdesk.core.domain.visits import Visit, Weekday
from brokerdesk.core.ports import UnitOfWork
from brokerdesk.core.services import (
    approvals,
    choices,
    conflicts,
    journey,
    offers,
    referrals,
    release,
    rounds,
    shortlists,
)
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.store.sealing import KeyCost

CHEAP = KeyCost(memory_kib=64, rounds=1, lanes=1)
"""So that signing in takes no time in tests; the program itself never names a cost."""
NOW = datetime(2026, 12, 8, 10, 42, tzinfo=UTC)
BROKER, APPROVER, MANAGER = "Asha Penhaligon", "Gideon Fairweather", "Rowan Inkpen"
PASSPHRASE = "four quiet words here"
FRAMEWORK_REFERENCE = "NM-HC-2026"
HOME_CARE, NURSING, NIGHTS = "Home care", "Nursing home", "Sleep-in"
PROVIDERS = (
    ("1-9000000001", "Wrenhollow Home Care", "24.10", "90", Rating.GOOD, (53.532, -2.668), "WN5 8AB"),
    ("1-9000000002", "Marrowby Care", "23.60", "82", Rating.GOOD, (53.548, -2.64), "WN1 2CD"),
    ("1-9000000003", "Quillfeather Care", "25.20", "88", Rating.OUTSTANDING, (53.561, -2.701), "WN6 7EF"),
    (
        "1-9000000004",
        "Cobblestile Care",
        "24.80",
        "75",
        Rating.REQUIRES_IMPROVEMENT,
        (53.51, -2.65),
        "WN3 4GH",
    ),
    ("1-9000000005", "Ostlerby Care", "23.90", "70", Rating.GOOD, (53.54, -2.60), "WN2 3JK"),
)
"""Location id, name, hourly rate, quality, rating, position, postcode; the last is suspended."""


@dataclass
class Council:
    """A desk folder that officers open one after the other."""

    folder: Path
    clock: wiring.SettableClock

    @contextmanager
    def open(self, officer: str = BROKER) -> Iterator[Desk]:
        """The desk of an officer; closed in the end, without a backup."""
        opened = wiring.open_desk(
            self.folder, officer_name=officer, passphrase=PASSPHRASE, clock=self.clock, cost=CHEAP
        )
        try:
            yield opened.desk
        finally:
            opened.close(back_up=False)

    def copy_to(self, folder: Path) -> Council:
        """The same council elsewhere, at the first moment again."""
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("desk.lock"))
        return Council(folder, wiring.SettableClock(NOW))


def make_council(folder: Path) -> Council:
    """A council with a framework, five members, three officers and one approval limit; no package yet."""
    clock = wiring.SettableClock(NOW)
    officers = (
        wiring.NewOfficer(BROKER, (Role.BROKER,), PASSPHRASE, "Broker", "asha.penhaligon@northmere.example"),
        wiring.NewOfficer(APPROVER, (Role.APPROVER,), PASSPHRASE, "Head of brokerage"),
        wiring.NewOfficer(MANAGER, (Role.FRAMEWORK_MANAGER, Role.AUDITOR), PASSPHRASE, "Contracts manager"),
    )
    authority = Authority(
        "northmere",
        "Northmere Council",
        ("Civic Hall", "Northmere", "WN1 1AA"),
        "Adult care brokerage, 01632 960 100",
        is_demo=True,
    )
    wiring.create_desk(folder, authority=authority, officers=officers, clock=clock, cost=CHEAP)
    council = Council(folder, clock)
    with council.open() as desk, desk.units.writing() as unit:
        _fill(unit)
        unit.commit()
    return council


def _fill(unit: UnitOfWork) -> None:
    framework = sample_framework()
    unit.of(Framework).add(framework)
    for number, (location, name, rate, quality, *_) in enumerate(PROVIDERS, 1):
        unit.of(Member).add(
            Member(
                f"m{number}",
                framework.id,
                location,
                f"1-80{number}",
                name,
                HOME_CARE,
                "West",
                1 if number < 4 else 2,
                number,
                Decimal(quality),
                Decimal(80),
                "hours",
                "Duty manager",
                f"duty{number}@provider.example",
                (),
            )
        )
        unit.of(RateLine).add(
            RateLine(f"r{number}", framework.id, location, HOME_CARE, "West", None, Money.parse(rate), None)
        )
    unit.of(Member).add(
        Member(
            "m9",
            framework.id,
            PROVIDERS[0][0],
            "1-801",
            PROVIDERS[0][1],
            NURSING,
            None,
            1,
            1,
            Decimal(90),
            Decimal(4),
            "beds",
            "Home manager",
            "home@provider.example",
            (),
        )
    )
    unit.of(RateLine).add(
        RateLine("r9", framework.id, PROVIDERS[0][0], NURSING, None, None, Money.parse("1180.00"), None)
    )
    unit.of(Suspension).add(
        Suspension(
            "s1", framework.id, PROVIDERS[-1][0], "all", date(2026, 11, 2), None, "Safeguarding enquiry open"
        )
    )
    approver = unit.of(Officer).find(name=APPROVER)[0]
    unit.of(ApprovalLimit).add(
        ApprovalLimit("limit1", approver.id, APPROVER, date(2026, 1, 1), Money.parse("50000.00"))
    )
    unit.directory.keep([_location(provider) for provider in PROVIDERS])
    unit.directory.keep_positions(
        [("WN5 9AA", 53.541, -2.672), ("WN5", 53.54, -2.67), ("WN6 8AA", 53.55, -2.7)]
    )


def sample_framework() -> Framework:
    """A framework of three lots and one zone, live on the day."""
    return Framework(
        id="framework-1",
        reference=FRAMEWORK_REFERENCE,
        edition=3,
        name="Northmere care at home",
        kind=FrameworkKind.FRAMEWORK,
        regime=Regime.PA23,
        first_trigger_on=date(2025, 6, 2),
        starts_on=date(2026, 4, 1),
        ends_on=date(2030, 3, 31),
        extension_ends_on=None,
        extension_taken=False,
        rounding=Rounding.WEEK,
        response_hours_standard=24,
        response_hours_urgent=4,
        weights={"price": Decimal(40), "quality": Decimal(40), "distance": Decimal(20)},
        lots=(
            Lot(HOME_CARE, "Home care", Unit.HOUR, True, None, Money.parse("27.00")),
            Lot(NURSING, "Nursing home", Unit.WEEK, True, None, None),
            Lot(NIGHTS, "Home care", Unit.NIGHT_SLEEP, True, None, None),
        ),
        zones=(Zone("West", ("WN1", "WN2", "WN3", "WN5", "WN6")),),
        terms=(),
    )


def _location(provider: tuple[str, str, str, str, Rating, tuple[float, float], str]) -> KnownLocation:
    location, name, _, _, rating, position, postcode = provider
    facts = LocationFacts(
        location,
        provider_id="1-801",
        location_name=name,
        provider_name=f"{name} Limited",
        postcode=postcode,
        latitude=position[0],
        longitude=position[1],
        is_registered=True,
        is_dormant=False,
        is_care_home=False,
        regulated_activities=("Personal care",),
        service_types=("Domiciliary care service",),
        rating=rating,
        rating_on=date(2026, 5, 1),
    )
    origin = FactOrigin("0" * 64, date(2026, 12, 1))
    stated = {name: origin for name in LocationFacts.__slots__ if getattr(facts, name) is not None}
    return KnownLocation(facts, stated)


def four_calls_a_day(carers: int = 2) -> tuple[Visit, ...]:
    """Four calls a day, 150 minutes, as worked example E1."""
    calls = (
        (time(7, 30), 45, True),
        (time(12), 30, False),
        (time(16, 30), 30, False),
        (time(20, 30), 45, False),
    )
    return tuple(
        Visit(day, at, minutes, carers, critical) for day in Weekday for at, minutes, critical in calls
    )


def a_need(first_names: str = "Winifred", family_name: str = "Larkspur", **other: object) -> Need:
    """An adult's need of home care: £843.50 a week at the guide rate of Wrenhollow."""
    stated: dict[str, object] = {
        "cohort": Cohort.ADULT,
        "lot": HOME_CARE,
        "first_names": first_names,
        "family_name": family_name,
        "postcode": "WN5 9AA",
        "starts_on": date(2026, 12, 14),
        "born_on": date(1942, 3, 4),
        "nhs_number": "9990000018",
        "team": "Hospital discharge team",
        "service": "Home care",
        "tasks": ("Washing and dressing", "Medicines"),
        "needs": ("Two carers to move",),
        "preferences": "Likes to be up by eight.",
        "expected_weeks": 52,
        "personal_budget": Money.parse("850.00"),
        "visits": four_calls_a_day(),
    }
    return Need(**{**stated, **other})


def record_need(desk: Desk, need: Need | None = None) -> Package:
    """A package with its need recorded."""
    return referrals.record_referral(
        desk, need=need or a_need(), framework_reference=FRAMEWORK_REFERENCE
    ).value


def keep_list(desk: Desk, package: Package) -> Shortlist:
    """The next step: the list of who may be asked is kept."""
    return shortlists.keep_shortlist(desk, package_id=package.id).value


def look_at_what_goes_out(desk: Desk, package_id: str) -> None:
    """The step before a round: the broker looks at every marked word and keeps it."""
    release.keep_every_word(desk, package_id)


def look_at_said(desk: Desk, package_id: str, said: Said, *, strike: tuple[str, ...] = ()) -> None:
    """The look at words for everyone who was asked: named words are struck, all others kept."""
    found = release.outgoing_said(desk, package_id, said).release
    release.check_release(
        desk, package_id=package_id, sha256=found.sha256, warnings_seen=bool(found.warnings), said=said,
        struck=tuple(mark.key for mark in found.marks if mark.words in strike),
    )  # fmt: skip


def withdraw_round(desk: Desk, opened: Round, reason: str) -> Round:
    """The round withdrawn, its reason looked at first."""
    look_at_said(desk, opened.package_id, Said(reason=reason))
    return rounds.withdraw_round(desk, round_id=opened.id, reason=reason).value


def open_round(desk: Desk, package: Package) -> Round:
    """The next steps: list kept, round opened, all asked at once."""
    keep_list(desk, package)
    look_at_what_goes_out(desk, package.id)
    return rounds.open_round(desk, package_id=package.id, closes_after_hours=24).value


def take_answers(desk: Desk, package: Package) -> tuple[Offer, ...]:
    """The next steps: round opened, two offers and the other declines recorded, round closed."""
    opened = open_round(desk, package)
    with desk.reading() as unit:
        asked = journey.invitations_of(unit, opened.id)
    made = [
        offers.record_offer(
            desk, invitation_id=invitation.id, rate=Money.parse(rate), starts_on=package.need.starts_on
        ).value
        for invitation, rate in zip(asked, ("24.10", "23.60"), strict=False)
    ]
    for invitation in asked[2:]:
        offers.record_decline(desk, invitation_id=invitation.id, code=DeclineCode.NO_CAPACITY)
    rounds.close_round(desk, round_id=opened.id)
    declare(desk, package, "broker")
    return tuple(made)


def declare(desk: Desk, package: Package, part: str) -> None:
    """The signed-in officer has no interest in the current round."""
    with desk.reading() as unit:
        opened = journey.round_to_work_with(unit, package)
    conflicts.declare_interests(desk, round_id=opened.id, part=part, has_interest=False)


def record_choice(desk: Desk, package: Package) -> Choice:
    """The next steps: answers taken, the first offer chosen by the person."""
    first = take_answers(desk, package)[0]
    return choices.record_choice(
        desk, package_id=package.id, offer_id=first.id, by=ChosenBy.PERSON, reason="They can come early."
    ).value


def approve_elsewhere(desk: Desk, package: Package) -> Approval:
    """The next steps: choice made, an approval given elsewhere recorded."""
    record_choice(desk, package)
    return approvals.record_approval_given_elsewhere(
        desk, package_id=package.id, approver_name=APPROVER, decided_on=desk.today(), evidence="E-mail"
    ).value


def make_homes(desk: Desk, *prices: str) -> Package:
    """A nursing need of £900.00 a week and one offer of a bed for each price, nursing in it."""
    need = a_need(
        lot=NURSING,
        service="Nursing home",
        visits=(),
        tasks=(),
        bed=Bed(Money.parse("1180.00"), Money.parse("267.68")),
        personal_budget=Money.parse("900.00"),
    )
    places = [provider[0] for provider in PROVIDERS[: len(prices)]]
    with desk.units.writing() as unit:
        for number, known in enumerate(unit.directory.known(places).values()):
            facts = replace(known.facts, is_care_home=True, regulated_activities=(ACCOMMODATION,))
            unit.directory.keep([replace(known, facts=facts)])
            first = unit.of(Member).find(lot=NURSING)[0]
            rate = unit.of(RateLine).find(lot=NURSING)[0]
            place = facts.location_id
            if place != first.location_id:
                name = facts.location_name or ""
                unit.of(Member).add(replace(first, id=f"home{number}", location_id=place, provider=name))
                unit.of(RateLine).add(replace(rate, id=f"bed{number}", location_id=place))
        unit.commit()
    package = record_need(desk, need)
    opened = open_round(desk, package)
    with desk.reading() as unit:
        asked = {held.location_id: held.id for held in journey.invitations_of(unit, opened.id)}
    for place, price in zip(places, prices, strict=True):
        offers.record_offer(
            desk, invitation_id=asked[place], rate=Money.parse(price), starts_on=need.starts_on
        )
    rounds.close_round(desk, round_id=opened.id)
    declare(desk, package, "broker")
    return package
