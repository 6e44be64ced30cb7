"""Levels of approval on a real desk: signed in order, each in her own name, and an award only after all."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from brokerdesk.core.domain.approval_scheme import ApprovalLevel, SpendKind
from brokerdesk.core.domain.award import AwardFacts, Route
from brokerdesk.core.domain.choice import ChosenBy
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.officer import Officer, Role
from brokerdesk.core.domain.package import Package, PackageStatus
from brokerdesk.core.services import approval_levels, approvals, awards, choices, council, journey
from brokerdesk.core.services.desk import Desk
from council_sample import (
    APPROVER,
    BROKER,
    MANAGER,
    PASSPHRASE,
    PROVIDERS,
    Council,
    declare,
    make_council,
    record_choice,
    record_need,
    take_answers,
)

DIRECTOR = "Petra Lindqvist"
AD, DIR = "Assistant Director", "Director"
FROM = date(2026, 12, 1)
LEVELS = (
    ApprovalLevel(1, SpendKind.LIGHT_TOUCH, Money.parse("30000.00"), Money.parse("615000.00"), (AD, DIR),
                  consult=("the Executive Member",)),
)  # fmt: skip
FACTS = AwardFacts(Route.FRAMEWORK_S45, "The framework covers it.")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Council:
    made = make_council(tmp_path_factory.mktemp("levels") / "desk")
    with made.open(MANAGER) as desk:
        officer = council.add_officer(desk, name=DIRECTOR, roles=(Role.APPROVER,), post=DIR).value
        council.give_passphrase(desk, officer_id=officer.id, passphrase=PASSPHRASE)
        approval_levels.set_approval_scheme(desk, from_on=FROM, levels=LEVELS, source="Constitution 4.2")
        for post, name in ((AD, APPROVER), (DIR, DIRECTOR)):
            approval_levels.name_post_holder(desk, post=post, officer_name=name, from_on=FROM)
    return made


@pytest.fixture
def council_(model: Council, tmp_path: Path) -> Council:
    return model.copy_to(tmp_path / "council")


@pytest.fixture
def package(council_: Council) -> Package:
    with council_.open(BROKER) as desk:
        made = record_need(desk)
        record_choice(desk, made)
    return made


def signed_by(council_: Council, name: str, package: Package, consulted: str = "") -> None:
    with council_.open(name) as desk:
        declare(desk, package, "approver")
        approvals.sign_approval(desk, package_id=package.id, consulted=consulted)


def status_of(desk: Desk, package: Package) -> PackageStatus:
    with desk.reading() as unit:
        return unit.of(Package).get(package.id).status


def test_the_levels_are_signed_in_their_order_and_the_last_approves(
    council_: Council, package: Package
) -> None:
    with council_.open(DIRECTOR) as desk:
        with pytest.raises(RuleError, match="has not declared her interests"):
            approvals.sign_approval(desk, package_id=package.id)
        declare(desk, package, "approver")
        with pytest.raises(RuleError, match="Assistant Director signs first"):
            approvals.sign_approval(desk, package_id=package.id)
    signed_by(council_, APPROVER, package)
    with council_.open(DIRECTOR) as desk:
        assert status_of(desk, package) is PackageStatus.APPROVING
        with pytest.raises(RuleError, match="in consultation with the Executive Member"):
            approvals.sign_approval(desk, package_id=package.id)
        last = approvals.sign_approval(
            desk, package_id=package.id, consulted="Councillor Demo-Ash, 8 December"
        ).value
        assert (last.level, last.post) == (1, DIR)
        with desk.reading() as unit:
            approval = journey.current_approval(unit, package.id)
        assert approval is not None
        assert (approval.approver_name, approval.level) == (DIRECTOR, 1)
    with council_.open(BROKER) as desk:
        awards.record_exclusion_check(
            desk, package_id=package.id, location_id=PROVIDERS[0][0], checked_on=desk.today()
        )
        award = awards.make_award(desk, package_id=package.id, facts=FACTS).value
    why = next(row.why for row in award.gate if row.title == "Signed by every level")
    assert APPROVER in why
    assert "in consultation with Councillor Demo-Ash" in why


def test_one_approval_does_not_do_where_levels_sign(council_: Council, package: Package) -> None:
    with council_.open(APPROVER) as desk:
        declare(desk, package, "approver")
        with pytest.raises(RuleError, match="signed by level"):
            approvals.approve(desk, package_id=package.id)
    with council_.open(BROKER) as desk, pytest.raises(RuleError, match="signed by level"):
        approvals.record_approval_given_elsewhere(
            desk, package_id=package.id, approver_name=APPROVER, decided_on=desk.today(), evidence="E-mail"
        )


def test_nobody_signs_twice_and_the_broker_never(council_: Council, package: Package) -> None:
    signed_by(council_, APPROVER, package)
    with council_.open(APPROVER) as desk, pytest.raises(RuleError, match="Signed already|signs next"):
        approvals.sign_approval(desk, package_id=package.id)
    with council_.open(BROKER) as desk, pytest.raises(RuleError, match="brokered this package"):
        approvals.record_signature_given_elsewhere(
            desk, package_id=package.id, approver_name=BROKER, decided_on=desk.today(), evidence="Note"
        )


def test_who_stands_in_signs_within_her_days_and_is_named_so(council_: Council, package: Package) -> None:
    with council_.open(MANAGER) as desk:
        with pytest.raises(RuleError, match="why somebody stands in"):
            approval_levels.name_post_holder(
                desk, post=AD, officer_name="Bram Holloway", from_on=FROM, stands_in_for=APPROVER
            )
        held = approval_levels.name_post_holder(
            desk, post=AD, officer_name="Bram Holloway", from_on=FROM, to_on=date(2026, 12, 7),
            stands_in_for=APPROVER, reason="leave",
        ).value  # fmt: skip
    stated: dict[str, Any] = {
        "package_id": package.id, "approver_name": "Bram Holloway", "evidence": "Signed sheet 4",
    }  # fmt: skip
    with council_.open(BROKER) as desk, pytest.raises(RuleError, match="Only until 7 December 2026"):
        approvals.record_signature_given_elsewhere(desk, decided_on=desk.today(), **stated)
    with council_.open(MANAGER) as desk:
        approval_levels.end_post_holder(desk, holder_id=held.id, to_on=date(2026, 12, 31))
    with council_.open(BROKER) as desk:
        made = approvals.record_signature_given_elsewhere(desk, decided_on=desk.today(), **stated).value
        assert (made.stands_in_for, made.recorded_by) == (APPROVER, desk.operator.id)


def test_no_approval_is_older_than_the_offer_nor_a_level_than_the_one_below(
    council_: Council, package: Package
) -> None:
    told: dict[str, Any] = {"package_id": package.id, "evidence": "Signed sheet 4"}
    with council_.open(BROKER) as desk:
        today = desk.today()
        with pytest.raises(RuleError, match="came only on 8 December 2026"):
            approvals.record_approval_given_elsewhere(
                desk, **told, approver_name="Funding panel", decided_on=FROM - timedelta(days=1)
            )
        with pytest.raises(RuleError, match="came only on 8 December 2026"):
            approvals.record_signature_given_elsewhere(
                desk, **told, approver_name=APPROVER, decided_on=today - timedelta(days=1)
            )
    council_.clock.advance(days=2)
    with council_.open(BROKER) as desk:
        approvals.record_signature_given_elsewhere(
            desk, **told, approver_name=APPROVER, decided_on=today + timedelta(days=1)
        )
        signed: dict[str, Any] = {**told, "approver_name": DIRECTOR, "consulted": "Councillor Demo-Ash"}
        with pytest.raises(RuleError, match="the next level signs on that day or later"):
            approvals.record_signature_given_elsewhere(desk, **signed, decided_on=today)
        last = approvals.record_signature_given_elsewhere(
            desk, **signed, decided_on=today + timedelta(days=1)
        ).value
    assert last.post == DIR


def test_a_return_takes_the_signatures_back(council_: Council, package: Package) -> None:
    signed_by(council_, APPROVER, package)
    with council_.open(DIRECTOR) as desk:
        declare(desk, package, "approver")
        approvals.return_for_changes(desk, package_id=package.id, comment="Ask Marrowby again.")
        found = approval_levels.asked_of(desk, package.id)
        assert found is not None
        assert found.signatures == ()
        assert status_of(desk, package) is PackageStatus.CHOOSING


def test_a_new_choice_needs_every_signature_again(council_: Council, package: Package) -> None:
    signed_by(council_, APPROVER, package)
    with council_.open(BROKER) as desk:
        with desk.reading() as unit:
            choice = journey.current_choice(unit, package.id)
        assert choice is not None
        with desk.reading() as unit:
            other = next(o for o in journey.offers_of(unit, choice.round_id) if o.id != choice.offer_id)
        choices.record_choice(
            desk, package_id=package.id, offer_id=other.id, by=ChosenBy.PERSON, reason="Nearer."
        )
        found = approval_levels.asked_of(desk, package.id)
    assert found is not None
    assert found.signatures == ()


def test_a_panel_and_an_executive_decision_stand_with_the_choice(council_: Council, package: Package) -> None:
    with council_.open(BROKER) as desk:
        approval_levels.record_panel(
            desk, package_id=package.id, held_on=desk.today(), members="Two managers", is_safe=True,
            is_effective=True, is_affordable=True, is_legal=True, minutes="Minutes 14",
            conditions="Review after six weeks.",
        )  # fmt: skip
        made = approval_levels.record_executive_decision(
            desk, package_id=package.id, decision_maker="Executive Member", decided_on=date(2026, 12, 4),
            published_on=date(2026, 12, 4), reference="ED-12", is_key=True,
        ).value  # fmt: skip
        assert (made.call_in_deadline_on, made.in_force_on) == (date(2026, 12, 9), date(2026, 12, 10))
        with pytest.raises(RuleError, match="can be called in until 9 December 2026"):
            approval_levels.note_call_in(desk, decision_id=made.id, called_in_on=date(2026, 12, 10))
        called = approval_levels.note_call_in(desk, decision_id=made.id, called_in_on=date(2026, 12, 8)).value
        assert called.why_not_yet(desk.today())
        found = approval_levels.asked_of(desk, package.id)
    assert found is not None
    assert found.panel is not None
    assert found.executive == called


def test_only_a_framework_manager_sets_levels_and_a_useless_table_is_refused(council_: Council) -> None:
    with council_.open(BROKER) as desk, pytest.raises(RuleError, match="framework manager"):
        approval_levels.set_approval_scheme(desk, from_on=FROM, levels=LEVELS, source="Mine")
    with council_.open(MANAGER) as desk:
        with pytest.raises(RuleError, match="no level"):
            approval_levels.set_approval_scheme(desk, from_on=FROM, levels=(), source="Mine")
        kept = approval_levels.set_approval_scheme(
            desk, from_on=date(2026, 12, 8), levels=approval_levels.ready_made(desk), source="Business case"
        ).value
        assert kept.edition == 2
        assert approval_levels.scheme_in_force(desk) == kept


def test_without_levels_one_approver_decides_as_before(tmp_path: Path) -> None:
    plain = make_council(tmp_path / "plain")
    with plain.open(BROKER) as desk:
        made = record_need(desk)
        record_choice(desk, made)
    with plain.open(APPROVER) as desk:
        declare(desk, made, "approver")
        assert approvals.approve(desk, package_id=made.id).value.level == 0
        with desk.reading() as unit:
            assert len(unit.of(Officer).find()) == 3


def test_an_approval_elsewhere_is_by_somebody_whom_the_desk_knows(tmp_path: Path) -> None:
    here = make_council(tmp_path / "known")
    with here.open(BROKER) as desk:
        package = record_need(desk)
        record_choice(desk, package)
        told: dict[str, Any] = {"package_id": package.id, "decided_on": desk.today(), "evidence": "E-mail"}
        with pytest.raises(RuleError, match="Nobody on this desk knows Mickey Mouse"):
            approvals.record_approval_given_elsewhere(desk, approver_name="Mickey Mouse", **told)
        with pytest.raises(RuleError, match=f"may be {APPROVER}, whose limit binds"):
            approvals.record_approval_given_elsewhere(desk, approver_name="G. Fairweather", **told)
        with pytest.raises(RuleError, match="Nobody on this desk knows A. Penhaligon"):
            approvals.record_approval_given_elsewhere(desk, approver_name="A. Penhaligon", **told)
        panel = approvals.record_approval_given_elsewhere(desk, approver_name="Funding panel 7", **told).value
    assert panel.approver_name == "Funding panel 7"


def test_whoever_opened_the_round_does_not_approve_its_spend(tmp_path: Path) -> None:
    here = make_council(tmp_path / "both")
    with here.open(MANAGER) as desk:
        both = council.add_officer(
            desk, name="Dora Wimpole", roles=(Role.BROKER, Role.APPROVER), post="Senior"
        ).value
        council.give_passphrase(desk, officer_id=both.id, passphrase=PASSPHRASE)
    with here.open(BROKER) as desk:
        package = record_need(desk)
    with here.open("Dora Wimpole") as desk:
        first = take_answers(desk, package)[0]
    with here.open(BROKER) as desk:
        declare(desk, package, "broker")
        choices.record_choice(
            desk, package_id=package.id, offer_id=first.id, by=ChosenBy.PERSON, reason="They come early."
        )
    with here.open("Dora Wimpole") as desk, pytest.raises(RuleError, match="brokered this package"):
        approvals.approve(desk, package_id=package.id)
    with here.open(APPROVER) as desk:
        declare(desk, package, "approver")
        assert approvals.approve(desk, package_id=package.id).value
