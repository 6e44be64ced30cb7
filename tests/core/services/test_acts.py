from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from brokerdesk import wiring
from brokerdesk.core.domain.errors import InputError, RuleError
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.officer import Authority, Officer, Role
from brokerdesk.core.services import council
from brokerdesk.core.services.acts import ACTS, Work, act
from brokerdesk.core.services.catalogue import all_acts
from brokerdesk.core.services.desk import Desk
from builders import APPROVER, AUDITOR, BROKER, MANAGER, PASSPHRASES, make_desk


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[wiring.OpenDesk]:
    with make_desk(tmp_path / "desk").open(MANAGER) as opened:
        yield opened


@pytest.fixture
def desk(opened: wiring.OpenDesk) -> Desk:
    return opened.desk


def entries(desk: Desk) -> list[str]:
    with desk.reading() as unit:
        return [entry.act for entry, _ in unit.register()]


@act("officer_vanished", words="vanish", by=(Role.FRAMEWORK_MANAGER,))
def vanish(work: Work, *, name: str) -> None:
    """Add an officer and then stumble; only for these tests."""
    work.of(Officer).add(Officer(work.new_id(), name, (Role.BROKER,)))
    raise RuleError("It cannot be.", rule="R001")


del ACTS["vanish"]


def test_an_act_writes_one_register_entry_with_its_arguments_and_what_changed(desk: Desk) -> None:
    outcome = council.add_officer(desk, name="E. New", roles=(Role.BROKER,), post="Broker")
    with desk.reading() as unit:
        entry, details = unit.register()[-1]
    assert (entry.act, entry.officer, entry.at) == ("officer_added", MANAGER, "2026-11-23T12:00:00Z")
    assert details == {
        "arguments": {"name": "E. New", "roles": ["broker"], "post": "Broker"},
        "changed": [f"officer:{outcome.value.id}"],
    }
    assert outcome.kinds == {"officer"}


def test_an_act_that_is_refused_leaves_neither_its_change_nor_an_entry(desk: Desk) -> None:
    before = entries(desk)
    with pytest.raises(RuleError, match="It cannot be"):
        vanish(desk, name="E. New")
    assert entries(desk) == before
    assert "E. New" not in {officer.name for officer in council.officers(desk)}


def test_an_officer_without_the_role_is_refused_and_told_whose_act_it_is(opened: wiring.OpenDesk) -> None:
    for name in (BROKER, APPROVER, AUDITOR):
        hers = opened.sign_in(name, PASSPHRASES[name])
        before = entries(hers)
        with pytest.raises(RuleError, match=f"{name} may not add an officer: .* for a framework manager"):
            council.add_officer(hers, name="E. New", roles=(Role.BROKER,))
        assert entries(hers) == before


def test_every_act_is_the_signed_in_officers(opened: wiring.OpenDesk) -> None:
    council.describe_authority(opened.sign_in(MANAGER, PASSPHRASES[MANAGER]), name="Demo Borough Council")
    with opened.desk.reading() as unit:
        assert [entry.officer for entry, _ in unit.register()] == [BROKER, MANAGER]


def test_every_act_reads_its_arguments_from_plain_values() -> None:
    read = all_acts()["set_approval_limit"].read_arguments(
        {"officer_name": APPROVER, "from_on": "2026-04-01", "limit": "50000.00"}
    )
    assert read == {"officer_name": APPROVER, "from_on": date(2026, 4, 1), "limit": Money(5_000_000)}


@pytest.mark.parametrize(
    ("arguments", "column"),
    [({"officer_name": APPROVER}, "from_on"), ({"officer_name": APPROVER, "from_on": "1 April"}, "from_on"),
     ({"officer_name": APPROVER, "from_on": "2026-04-01", "limits": "1.00"}, "limits")],
)
def test_arguments_that_are_missing_or_of_another_shape_are_named(
    arguments: dict[str, str], column: str
) -> None:
    with pytest.raises(InputError) as refused:
        all_acts()["set_approval_limit"].read_arguments(arguments)
    assert column in {problem.column for problem in refused.value.problems}


def test_every_act_has_words_roles_and_a_past_tense_name_of_its_own() -> None:
    acts = all_acts()
    assert all(found.words and found.by and found.entry for found in acts.values())
    assert {"set_up_desk", "add_officer", "agree_directory_import"} <= set(acts)
    assert len({found.entry for found in acts.values()}) == len(acts)


def test_no_act_takes_a_passphrase_because_the_register_keeps_arguments() -> None:
    assert not [name for name, found in all_acts().items() if any("passphrase" in key for key in found.hints)]


def test_the_authority_is_read_from_the_desk(desk: Desk) -> None:
    assert isinstance(desk.authority(), Authority)
