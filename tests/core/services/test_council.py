from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from brokerdesk.core.domain.errors import ConflictError, RuleError
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.officer import Authority, Role
from brokerdesk.core.services import council
from brokerdesk.core.services.desk import Desk
from builders import APPROVER, BROKER, MANAGER, Made, make_desk

WORDS = "five words of her own"


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return make_desk(tmp_path / "desk")


@pytest.fixture
def desk(made: Made) -> Iterator[Desk]:
    with made.open(MANAGER) as opened:
        yield opened.desk


def test_an_officer_who_was_added_signs_in_with_her_own_passphrase_and_signs_letters(made: Made) -> None:
    with made.open(MANAGER) as opened:
        added = council.add_officer(opened.desk, name="E. New", roles=(Role.BROKER,), post="Broker")
        council.give_passphrase(opened.desk, officer_id=added.value.id, passphrase=WORDS)
    with made.open("E. New", WORDS) as opened:
        assert opened.desk.operator == added.value
        assert b"PRIVATE KEY" in opened.desk.keys.signing_key().key_pem
        assert opened.desk.keys.signing_key().chain_pem


def test_a_passphrase_is_never_in_the_register(desk: Desk) -> None:
    added = council.add_officer(desk, name="E. New", roles=(Role.BROKER,))
    council.give_passphrase(desk, officer_id=added.value.id, passphrase=WORDS)
    with desk.reading() as unit:
        written = unit.register()
    assert [entry.act for entry, _ in written[-2:]] == ["officer_added", "passphrase_given"]
    assert WORDS not in repr(written)


def test_an_officer_who_has_a_passphrase_is_not_given_another(desk: Desk) -> None:
    broker = next(officer for officer in council.officers(desk) if officer.name == BROKER)
    with pytest.raises(RuleError, match="has a passphrase already; only she can change it"):
        council.give_passphrase(desk, officer_id=broker.id, passphrase=WORDS)


def test_two_officers_of_one_name_are_refused(desk: Desk) -> None:
    with pytest.raises(RuleError, match="Two officers have the same name"):
        council.add_officer(desk, name=" a. broker ", roles=(Role.AUDITOR,))
    with pytest.raises(RuleError, match="has no role"):
        council.add_officer(desk, name="E. New", roles=())


def test_the_limit_in_force_is_the_latest_that_has_begun(desk: Desk) -> None:
    for from_on, limit in ((date(2026, 4, 1), Money(5_000_000)), (date(2026, 12, 1), None),
                           (date(2025, 4, 1), Money(100))):
        council.set_approval_limit(desk, officer_name=APPROVER, from_on=from_on, limit=limit)
    council.set_approval_limit(desk, officer_name="Funding panel", from_on=date(2026, 1, 1), limit=Money(1))
    found = council.limits_on(desk, date(2026, 11, 30))
    assert [(kept.officer_name, kept.limit) for kept in found] == [
        (APPROVER, Money(5_000_000)), ("Funding panel", Money(1)),
    ]
    assert council.limits_on(desk, date(2026, 12, 1))[0].limit is None


def test_a_limit_for_an_officer_who_does_not_approve_is_refused(desk: Desk) -> None:
    with pytest.raises(RuleError, match=f"{BROKER} is not an approver"):
        council.set_approval_limit(desk, officer_name=BROKER, from_on=date(2026, 4, 1), limit=Money(1))


def test_the_authority_is_described_as_letters_print_it(desk: Desk) -> None:
    council.describe_authority(desk, name="Demo City Council", address=("1 High Street", "Demo"), contact="x")
    assert desk.authority().name == "Demo City Council"
    assert desk.authority().address == ("1 High Street", "Demo")
    assert desk.authority().is_demo


def test_a_change_on_top_of_someone_elses_is_a_conflict(desk: Desk) -> None:
    before = desk.authority()
    council.describe_authority(desk, name="Demo City Council")
    with desk.units.writing() as unit, pytest.raises(ConflictError):
        unit.of(Authority).replace(before)
