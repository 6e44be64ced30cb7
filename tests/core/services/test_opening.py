from __future__ import annotations

from pathlib import Path

import pytest

from brokerdesk import wiring
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.officer import Authority, Officer, Role
from brokerdesk.core.services.opening import set_up_desk
from builders import CHEAP, PASSPHRASES, ROLES, make_desk


def set_up(folder: Path, *officers: wiring.NewOfficer) -> wiring.Created:
    return wiring.create_desk(
        folder, authority=Authority("", "Demo Borough Council"), officers=officers, cost=CHEAP
    )


def an_officer(name: str, *roles: Role) -> wiring.NewOfficer:
    return wiring.NewOfficer(name, roles, "words enough to open")


def test_a_desk_starts_with_its_authority_its_officers_and_one_entry(tmp_path: Path) -> None:
    with make_desk(tmp_path / "desk").open() as opened, opened.desk.reading() as unit:
        assert opened.desk.authority().name == "Demo Borough Council"
        assert {officer.name: officer.roles for officer in unit.of(Officer).find()} == ROLES
        written = unit.register()
        assert [entry.act for entry, _ in written] == ["desk_set_up"]
        assert not any(words in repr(written) for words in PASSPHRASES.values())


@pytest.mark.parametrize(
    ("officers", "sentence"),
    [
        ((), "No officer is a broker"),
        ((an_officer("B. Approver", Role.APPROVER),), "No officer is a broker"),
        ((an_officer(" ", Role.BROKER),), "An officer has no name"),
        ((an_officer("A. Broker", Role.BROKER), an_officer("a. broker", Role.APPROVER)), "the same name"),
        ((an_officer("A. Broker", Role.BROKER), an_officer("B. Nobody")), "B. Nobody has no role"),
        ((wiring.NewOfficer("A. Broker", (Role.BROKER,), "short"),), "fewer than 12 letters"),
    ],
)
def test_officers_who_could_not_work_are_refused_and_no_desk_is_made(
    tmp_path: Path, officers: tuple[wiring.NewOfficer, ...], sentence: str
) -> None:
    with pytest.raises(RuleError, match=sentence):
        set_up(tmp_path / "desk", *officers)
    assert not wiring.is_desk(tmp_path / "desk")


def test_a_desk_is_set_up_once(tmp_path: Path) -> None:
    with make_desk(tmp_path / "desk").open() as opened, pytest.raises(RuleError, match="set up already"):
        set_up_desk(opened.desk, authority=Authority("x", "Another Council"), officers=())


def test_a_desk_that_was_not_finished_is_made_again_from_the_start(tmp_path: Path) -> None:
    (tmp_path / "desk" / ".new").mkdir(parents=True)
    (tmp_path / "desk" / ".new" / "desk.db").write_bytes(b"half")
    created = set_up(tmp_path / "desk", an_officer("A. Broker", Role.BROKER))
    assert len(created.recovery_key) == 8 * 4 + 7
    assert not (tmp_path / "desk" / ".new").exists()


def test_two_desks_share_neither_key_nor_recovery_key(tmp_path: Path) -> None:
    first, second = make_desk(tmp_path / "one"), make_desk(tmp_path / "two")
    assert first.recovery_key != second.recovery_key
    with first.open() as one, second.open() as two:
        assert one.store.keys.data_key != two.store.keys.data_key
