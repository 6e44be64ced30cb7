"""A desk that the first release left with work under way: each package goes on where it stood."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from brokerdesk import wiring
from brokerdesk.core.domain.award import Award, AwardFacts, Route
from brokerdesk.core.domain.choice import ChosenBy
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Package, PackageStatus
from brokerdesk.core.domain.sourcing import InvitationStatus, Offer, Round
from brokerdesk.core.services import approvals, awards, choices, journey, offers, rounds
from brokerdesk.core.services.checks import check_desk
from brokerdesk.core.services.desk import Desk
from council_sample import APPROVER, NOW, Council

UNDER_WAY = Path(__file__).parent / "under_way" / "0.1.0"
FACTS = AwardFacts(Route.FRAMEWORK_S45, "The framework covers it.")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(UNDER_WAY, tmp_path / "desk")
    with Council(tmp_path / "desk", wiring.SettableClock(NOW)).open() as opened:
        yield opened


def package_of(desk: Desk, first_names: str) -> Package:
    with desk.reading() as unit:
        return next(p for p in unit.of(Package).find() if p.need.first_names == first_names)


def offers_of(desk: Desk, package: Package) -> tuple[Offer, ...]:
    with desk.reading() as unit:
        return journey.offers_of(unit, unit.of(Round).find(package_id=package.id)[-1].id)


def choose(desk: Desk, package: Package) -> None:
    first = offers_of(desk, package)[0]
    choices.record_choice(
        desk, package_id=package.id, offer_id=first.id, by=ChosenBy.PERSON, reason="They can come early.",
        single_option_reason="Nobody else can come.",
    )  # fmt: skip


def approve(desk: Desk, package: Package) -> None:
    approvals.record_approval_given_elsewhere(
        desk, package_id=package.id, approver_name=APPROVER, decided_on=desk.today(), evidence="E-mail"
    )


def award(desk: Desk, package: Package) -> Award:
    with desk.reading() as unit:
        choice = journey.current_choice(unit, package.id)
    assert choice is not None
    awards.record_exclusion_check(
        desk, package_id=package.id, location_id=choice.location_id, checked_on=desk.today()
    )
    return awards.make_award(desk, package_id=package.id, facts=FACTS).value


@pytest.mark.parametrize("name", ["Anna", "Berta"])
def test_a_round_that_stood_open_is_answered_closed_chosen_from_and_awarded(desk: Desk, name: str) -> None:
    package = package_of(desk, name)
    with desk.reading() as unit:
        opened = unit.of(Round).find(package_id=package.id)[-1]
        waiting = [i for i in journey.invitations_of(unit, opened.id) if i.status is InvitationStatus.ASKED]
    for held in waiting:
        offers.record_offer(
            desk, invitation_id=held.id, starts_on=package.need.starts_on, rate=Money.parse("24.10")
        )
    rounds.close_round(desk, round_id=opened.id)
    choose(desk, package)
    approve(desk, package)
    assert award(desk, package).package_id == package.id


def test_a_choice_that_was_recorded_is_made_again(desk: Desk) -> None:
    package = package_of(desk, "Clara")
    assert package.status is PackageStatus.APPROVING
    choose(desk, package)
    approve(desk, package)
    assert award(desk, package).package_id == package.id


def test_an_approved_choice_is_awarded_and_the_award_taken_back(desk: Desk) -> None:
    made = award(desk, package_of(desk, "Dora"))
    awards.withdraw_award(desk, award_id=made.id, reason="The provider handed it back.")
    assert package_of(desk, "Dora").status is PackageStatus.NEEDS_PROVIDER


def test_an_award_is_withdrawn_after_its_letters_were_prepared_and_the_desk_stays_whole(desk: Desk) -> None:
    with desk.reading() as unit:
        made = journey.live_award(unit, package_of(desk, "Edda").id)
    assert made is not None
    awards.withdraw_award(desk, award_id=made.id, reason="The provider handed it back.")
    assert package_of(desk, "Edda").status is PackageStatus.NEEDS_PROVIDER
    assert all(line.holds for line in check_desk(desk))
