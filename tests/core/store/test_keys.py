from __future__ import annotations

import json
from pathlib import Path

import pytest

from brokerdesk import wiring
from brokerdesk.core.domain.errors import PlaceError, RuleError
from brokerdesk.core.store import key_file, sealing
from builders import APPROVER, BROKER, CHEAP, PASSPHRASES, Made, make_desk


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return make_desk(tmp_path / "desk")


def test_each_officer_opens_the_desk_with_her_own_passphrase(made: Made) -> None:
    for name, passphrase in PASSPHRASES.items():
        with made.open(name, passphrase) as desk:
            assert desk.desk.operator.name == name


def test_a_wrong_passphrase_is_said_to_be_one(made: Made) -> None:
    with pytest.raises(PlaceError, match=r"not the passphrase of A\. Broker"):
        made.open(BROKER, PASSPHRASES[APPROVER])


def test_a_wrong_passphrase_leaves_no_lock_behind(made: Made) -> None:
    with pytest.raises(PlaceError):
        made.open(BROKER, "entirely wrong words")
    with made.open() as desk:
        assert desk.desk.operator.name == BROKER


def test_an_unknown_officer_is_told_who_there_is(made: Made) -> None:
    with pytest.raises(PlaceError, match=r"no officer “Nobody”.*A\. Broker, B\. Approver"):
        made.open("Nobody", "whatever it may be")


def test_a_damaged_key_file_is_not_called_a_wrong_passphrase(made: Made) -> None:
    path = made.folder / key_file.NAME
    content = json.loads(path.read_text())
    box = content["keys"]["officers"][0]["data_key"]
    content["keys"]["officers"][0]["data_key"] = ("B" if box[0] == "A" else "A") + box[1:]
    path.write_text(json.dumps(content))
    with pytest.raises(PlaceError, match="key file “desk.json”.*is damaged.*passphrases are not at fault"):
        made.open()


def test_a_torn_key_file_is_said_to_be_damaged(made: Made) -> None:
    path = made.folder / key_file.NAME
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(PlaceError, match="is damaged"):
        made.open()


def test_a_changed_passphrase_opens_and_the_old_one_does_not(made: Made) -> None:
    with made.open() as desk:
        before = desk.desk.keys.signing_key()
        desk.desk.keys.change_passphrase(PASSPHRASES[BROKER], "quite another set of words")
    with pytest.raises(PlaceError, match="not the passphrase"):
        made.open()
    with made.open(BROKER, "quite another set of words") as desk:
        assert desk.desk.keys.signing_key() == before


def test_a_passphrase_is_changed_only_by_who_knows_it(made: Made) -> None:
    with made.open() as desk, pytest.raises(PlaceError, match="not the passphrase"):
        desk.desk.keys.change_passphrase("not the old one at all", "quite another set of words")


def test_a_short_passphrase_is_refused(made: Made) -> None:
    with made.open() as desk, pytest.raises(RuleError, match="fewer than 12 letters"):
        desk.desk.keys.change_passphrase(PASSPHRASES[BROKER], "eleven chars"[:11])


def test_the_recovery_key_gives_a_new_passphrase_however_it_is_typed(made: Made) -> None:
    typed = made.recovery_key.lower().replace("-", " ")
    wiring.recover_officer(
        made.folder, recovery_key=typed, officer_name=BROKER, passphrase="words after the fire", cost=CHEAP,
    )
    with made.open(BROKER, "words after the fire") as desk:
        assert desk.desk.authority().name == "Demo Borough Council"
        assert desk.desk.keys.signing_key().certificate_pem.startswith(b"-----BEGIN CERTIFICATE")


def test_a_mistyped_recovery_key_is_told_from_another_desks(made: Made, tmp_path: Path) -> None:
    letter = "B" if made.recovery_key[0] == "A" else "A"
    for typed, sentence in (
        (letter + made.recovery_key[1:], "A letter of that recovery key is wrong"),
        (sealing.make_recovery_key(), "belongs to another desk"),
    ):
        with pytest.raises(PlaceError, match=sentence):
            wiring.recover_officer(
                made.folder, recovery_key=typed, officer_name=BROKER, passphrase="words after the fire",
                cost=CHEAP,
            )


def test_a_recovery_key_is_eight_groups_and_never_the_same() -> None:
    keys = {sealing.make_recovery_key() for _ in range(50)}
    assert len(keys) == 50
    assert all([len(group) for group in key.split("-")] == [4] * 8 for key in keys)


def test_a_replaced_signing_key_is_the_one_that_signs_from_now_on(made: Made) -> None:
    with made.open() as desk:
        keys = desk.desk.keys
        old = keys.signing_key()
        other = desk.sign_in(APPROVER, PASSPHRASES[APPROVER]).keys.signing_key()
        keys.keep_signing_key(other)
        assert keys.signing_key() == other
        assert old.certificate_pem.decode() in desk.store.keys.known_certificates()
    with made.open() as desk:
        assert desk.desk.keys.signing_key() == other


def test_the_key_file_names_officers_but_holds_no_key_in_the_clear(made: Made) -> None:
    with made.open() as desk:
        secrets = (desk.store.keys.data_key.hex(), desk.desk.keys.signing_key().key_pem.decode()[40:80])
    text = (made.folder / key_file.NAME).read_text()
    assert BROKER in text
    assert not any(secret in text for secret in secrets)
    assert wiring.officers_of(made.folder) == tuple(PASSPHRASES)


def test_production_passphrases_cost_64_mib_and_three_rounds() -> None:
    assert sealing.KeyCost(65_536, 3, 4) == sealing.STANDARD_COST
