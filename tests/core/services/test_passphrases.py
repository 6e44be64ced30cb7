"""Two officers stay two: an old passphrase, a changed key file and a recovery key open nothing unseen."""

from __future__ import annotations

import base64
import json
import shutil
from pathlib import Path

import pytest

from answers import answer_file, seal_the_framework
from brokerdesk import wiring
from brokerdesk.core.domain.errors import PlaceError, RuleError
from brokerdesk.core.domain.officer import Officer
from brokerdesk.core.domain.seal import Seal
from brokerdesk.core.domain.sourcing import Offer, Round
from brokerdesk.core.services import outlook, passphrases, returns, sealed_rounds
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.outlook import Knowing
from brokerdesk.core.store import key_file, keybox, round_seal, sealed_box
from council_sample import (
    APPROVER,
    BROKER,
    CHEAP,
    PASSPHRASE,
    Council,
    make_council,
    open_round,
    record_need,
)

HERS = "nobody else knows these words"


@pytest.fixture
def council(tmp_path: Path) -> Council:
    return make_council(tmp_path / "desk")


@pytest.fixture
def old(council: Council, tmp_path: Path) -> Path:
    """The key file as the backups of the first day have it."""
    folder = tmp_path / "old"
    folder.mkdir()
    shutil.copy(council.folder / key_file.NAME, folder)
    return folder


def open_as(council: Council, officer: str, passphrase: str) -> wiring.OpenDesk:
    return wiring.open_desk(
        council.folder, officer_name=officer, passphrase=passphrase, clock=council.clock, cost=CHEAP
    )


def sealed_round(desk: Desk) -> Round:
    seal_the_framework(desk)
    return open_round(desk, record_need(desk))


def known_from(old: Path, desk: Desk) -> keybox.OpenKeyBox:
    """What whoever typed the approver's first passphrase reaches with the key file of the first day."""
    keys = desk.keys
    assert isinstance(keys, keybox.OpenKeyBox)
    return keybox.unlock(old, APPROVER, PASSPHRASE, keys.issuing)


def seal_of(desk: Desk) -> Seal:
    with desk.reading() as unit:
        return unit.of(Seal).find()[0]


def acts_of(desk: Desk) -> list[tuple[str, str]]:
    with desk.reading() as unit:
        return [(entry.act, entry.officer) for entry, _ in unit.register()]


def told(desk: Desk) -> list[str]:
    return [news.words for news in outlook.outlook(desk).news if news.kind is Knowing.OTHER_KEYS]


def test_an_old_key_file_with_the_old_passphrase_opens_no_share_of_a_later_round(
    council: Council, old: Path
) -> None:
    with council.open(APPROVER) as desk:
        passphrases.change_passphrase(desk, old=PASSPHRASE, new=HERS)
    with council.open() as desk:
        sealed_round(desk)
        known = known_from(old, desk)
        with pytest.raises(RuleError, match="holds no part of this round’s key"):
            round_seal.share_of(seal_of(desk), known.officer_id, *known.opening_keys())


def test_a_round_that_is_open_while_a_passphrase_changes_is_sealed_to_the_new_key_and_opens_with_it(
    council: Council, old: Path, tmp_path: Path
) -> None:
    with council.open() as desk:
        opened = sealed_round(desk)
        path = answer_file(desk, opened, tmp_path)
        (found,) = returns.look_at_return(desk, path)
        returns.take_return(desk, path=str(path), sha256=found.sha256)
    with council.open(APPROVER) as desk:
        passphrases.change_passphrase(desk, old=PASSPHRASE, new=HERS)
        assert acts_of(desk)[-1] == ("passphrase_changed", APPROVER)
        known = known_from(old, desk)
        with pytest.raises(RuleError, match="holds no part"):
            round_seal.share_of(seal_of(desk), known.officer_id, *known.opening_keys())
    council.clock.advance(hours=25)
    with council.open() as desk:
        both = sealed_rounds.with_second(desk, officer_name=APPROVER, passphrase=HERS)
        sealed_rounds.open_sealed_answers(both, round_id=opened.id)
        with desk.reading() as unit:
            assert len(unit.of(Offer).find()) == 1
        assert told(desk) == []


def test_a_change_that_was_cut_off_half_way_is_finished_at_the_next_sign_in(council: Council) -> None:
    """The key file has the new key, the database still the old: nothing is lost and nobody is alarmed."""
    with council.open() as desk:
        sealed_round(desk)
    with council.open(APPROVER) as desk:
        desk.keys.change_passphrase(PASSPHRASE, HERS)
        before = seal_of(desk).shares[desk.operator.id]
    with open_as(council, APPROVER, HERS) as opened:
        assert acts_of(opened.desk)[-1] == ("passphrase_changed", APPROVER)
        assert seal_of(opened.desk).shares[opened.desk.operator.id] != before
        assert told(opened.desk) == []


def put_in_place_of_hers(council: Council, officer: str) -> None:
    """Somebody with a right to the folder puts a point of her own in another officer's place."""
    path = council.folder / key_file.NAME
    content = json.loads(path.read_text())
    hers = next(held for held in content["keys"]["officers"] if held["name"] == officer)
    hers["opening_public"] = base64.b64encode(sealed_box.new_pair()[1]).decode()
    content["checksum"] = key_file._checksum(content["keys"])
    path.write_text(json.dumps(content))


def test_no_round_is_sealed_to_a_key_that_somebody_put_in_another_officers_place(council: Council) -> None:
    with council.open() as desk:
        put_in_place_of_hers(council, APPROVER)
        with pytest.raises(PlaceError, match=f"another key to sealed rounds for {APPROVER}"):
            sealed_round(desk)
        with desk.reading() as unit:
            assert unit.of(Round).find() == ()


def test_an_officer_in_whose_place_another_key_stands_is_told_when_she_signs_in(council: Council) -> None:
    put_in_place_of_hers(council, APPROVER)
    with pytest.raises(PlaceError, match=f"names for {APPROVER} is not hers: somebody changed the file"):
        open_as(council, APPROVER, PASSPHRASE)


def test_who_signs_in_after_the_recovery_key_was_used_is_in_the_register_and_everyone_is_told(
    council: Council,
) -> None:
    recovery = make_again(council)
    wiring.recover_officer(
        council.folder, recovery_key=recovery, officer_name=APPROVER, passphrase=HERS, cost=CHEAP
    )
    with open_as(council, APPROVER, HERS) as opened:
        assert acts_of(opened.desk)[-1] == ("passphrase_recovered", APPROVER)
    with council.open() as desk:
        assert told(desk) == [f"{APPROVER} has another passphrase"]
        council.clock.advance(hours=24 * 29)
        assert told(desk) == []


def make_again(council: Council) -> str:
    """The council's desk anew, with its recovery key in hand."""
    with council.open() as desk:
        authority = desk.authority()
        with desk.reading() as unit:
            people = unit.of(Officer).find()
    shutil.rmtree(council.folder)
    officers = [wiring.NewOfficer(held.name, held.roles, PASSPHRASE, held.post) for held in people]
    created = wiring.create_desk(
        council.folder, authority=authority, officers=officers, clock=council.clock, cost=CHEAP
    )
    return created.recovery_key


def test_a_sign_in_as_ever_leaves_no_entry(council: Council) -> None:
    for officer in (BROKER, APPROVER):
        with council.open(officer) as desk:
            assert acts_of(desk) == [("desk_set_up", BROKER)]


def test_an_act_that_notes_a_passphrase_refuses_where_nothing_changed(council: Council) -> None:
    with council.open() as desk:
        for note in (
            passphrases.note_opening_key, passphrases.note_changed_passphrase,
            passphrases.note_recovered_passphrase,
        ):  # fmt: skip
            with pytest.raises(RuleError, match="There is nothing to note"):
                note(desk)
