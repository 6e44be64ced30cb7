"""A sealed round opens with the keys of two officers, and with nothing less."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokerdesk import wiring
from brokerdesk.core.domain.errors import PlaceError, RuleError
from brokerdesk.core.domain.officer import Officer
from brokerdesk.core.domain.seal import Seal
from brokerdesk.core.ports import NewSeal
from brokerdesk.core.services import passphrases
from brokerdesk.core.store import key_file, keybox, sealed_box, sharing
from brokerdesk.core.store.keybox import OpenKeyBox
from brokerdesk.core.store.sealing import NotItsKeyError
from builders import APPROVER, BROKER, MANAGER, PASSPHRASES, Made, make_desk

_PAIR = sealed_box.new_pair()
_BOX = sealed_box.seal_to(_PAIR[1], b'{"rate":"24.10"}', "answer:1")


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return make_desk(tmp_path / "desk")


def sealed(keys: OpenKeyBox) -> tuple[Seal, dict[str, tuple[str, str]]]:
    new = keys.make_seal("round-1", keybox.points_of(keys.folder))
    seal = Seal(
        "seal-1", "round-1", "package-1", datetime(2026, 12, 1, tzinfo=UTC), new.public_key, new.private_box,
        new.shares,
    )  # fmt: skip
    box = sealed_box.seal_to(base64.b64decode(new.public_key), b"what they answered", "token")
    return seal, {"one": (box, "token")}


def forget_points(opened: wiring.OpenDesk) -> None:
    """As in a desk from before points were noted."""
    with opened.desk.units.writing() as unit:
        for officer in unit.of(Officer).find():
            unit.of(Officer).replace(replace(officer, opening_point=""))
        unit.commit()


def seal_now(opened: wiring.OpenDesk) -> NewSeal:
    """As the desk does it: with what each officer noted."""
    with opened.desk.reading() as unit:
        points = {officer.id: officer.opening_point for officer in unit.of(Officer).find()}
    return opened.store.keys.make_seal("round-1", points)


def test_two_officers_open_what_neither_opens_alone(made: Made) -> None:
    with made.open() as desk:
        keys = desk.store.keys
        seal, boxes = sealed(keys)
        with pytest.raises(RuleError, match="Let another officer sign in beside you"):
            keys.open_sealed(seal, boxes)
        both = keys.beside(APPROVER, PASSPHRASES[APPROVER])
        assert both.open_sealed(seal, boxes) == {"one": b"what they answered"}


def test_the_same_officer_twice_is_one_officer(made: Made) -> None:
    with made.open() as desk, pytest.raises(RuleError, match="Let another officer sign in"):
        desk.store.keys.beside(BROKER, PASSPHRASES[BROKER])


def test_a_second_officer_needs_her_own_passphrase(made: Made) -> None:
    with made.open() as desk, pytest.raises(PlaceError, match="not the passphrase of B. Approver"):
        desk.store.keys.beside(APPROVER, PASSPHRASES[BROKER])


def test_any_two_of_the_desk_open_it(made: Made) -> None:
    with made.open() as desk:
        seal, boxes = sealed(desk.store.keys)
    with made.open(MANAGER) as desk:
        both = desk.store.keys.beside(APPROVER, PASSPHRASES[APPROVER])
        assert both.open_sealed(seal, boxes) == {"one": b"what they answered"}


def test_what_one_officer_can_reach_does_not_hold_the_private_key(made: Made) -> None:
    """With the data key and her own key she has one share, and every other box stays shut."""
    with made.open() as desk:
        keys = desk.store.keys
        seal, _ = sealed(keys)
        opened = []
        for officer_id, box in seal.shares.items():
            try:
                opened.append(
                    sealed_box.open_with(keys.opening_key(), box, f"share:round-1:{officer_id}")
                )
            except NotItsKeyError:
                continue
        assert len(opened) == 1
        with pytest.raises(ValueError, match="two different shares"):
            sharing.join(opened[0], opened[0])


def test_a_new_passphrase_keeps_her_share_and_a_recovered_one_does_not(made: Made) -> None:
    with made.open() as desk:
        seal, boxes = sealed(desk.store.keys)
        desk.store.keys.change_passphrase(PASSPHRASES[BROKER], "another four words of hers")
        both = desk.store.keys.beside(APPROVER, PASSPHRASES[APPROVER])
        assert both.open_sealed(seal, boxes) == {"one": b"what they answered"}
    wiring.recover_officer(
        made.folder, recovery_key=made.recovery_key, officer_name=BROKER,
        passphrase="recovered with four words",
    )
    with made.open(BROKER, "recovered with four words") as desk:
        both = desk.store.keys.beside(APPROVER, PASSPHRASES[APPROVER])
        with pytest.raises(RuleError, match="holds no part of this round’s key"):
            both.open_sealed(seal, boxes)


def test_an_officer_from_before_sealed_rounds_gets_her_key_when_she_signs_in(made: Made) -> None:
    keys = key_file.read_key_file(made.folder)
    old = replace(
        keys, officers=tuple(replace(held, opening_public="", opening_key="") for held in keys.officers)
    )
    key_file.write_key_file(made.folder, old)
    with made.open() as desk:
        forget_points(desk)
        passphrases.settle_keys(desk.desk)
        with pytest.raises(RuleError, match="fewer than two of this desk can"):
            seal_now(desk)
        desk.sign_in(APPROVER, PASSPHRASES[APPROVER])
        assert len(seal_now(desk).shares) == 2


def test_no_secret_of_the_seal_lies_open_in_the_key_file(made: Made) -> None:
    text = (made.folder / key_file.NAME).read_text()
    assert "opening_key" in text
    with made.open() as desk:
        assert base64.b64encode(desk.store.keys.opening_key()).decode() not in text
        assert desk.store.keys.form_key().hex() not in json.dumps(text)


@given(place=st.integers(0, len(_BOX) - 1), letter=st.sampled_from("ABCabc019+/="))
def test_a_sealed_box_with_any_letter_changed_does_not_open(place: int, letter: str) -> None:
    changed = _BOX[:place] + letter + _BOX[place + 1 :]
    if changed != _BOX:
        with pytest.raises(NotItsKeyError):
            sealed_box.open_with(_PAIR[0], changed, "answer:1")


@given(st.binary(min_size=32, max_size=32), st.integers(2, 9), st.data())
def test_any_two_shares_make_the_secret_whole(secret: bytes, count: int, data: st.DataObject) -> None:
    shares = sharing.cut(secret, count)
    one, other = data.draw(st.permutations(shares))[:2]
    assert sharing.join(one, other) == secret


def test_a_box_for_another_answer_does_not_open() -> None:
    with pytest.raises(NotItsKeyError):
        sealed_box.open_with(_PAIR[0], _BOX, "answer:2")
