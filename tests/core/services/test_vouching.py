"""No letter is issued that was never signed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from brokerdesk.core.domain.award import FiledLetter, LetterStatus, StampState
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.services import letter_batch, letters
from brokerdesk.core.services.catalogue import all_acts
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.letter_batch import IssuedFile
from council_sample import make_council
from letter_council import prepared_letters


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with make_council(tmp_path / "desk").open() as found:
        yield found


@pytest.fixture
def prepared(desk: Desk) -> FiledLetter:
    return prepared_letters(desk, 1)[0]


def lay(desk: Desk, letter: FiledLetter, content: bytes) -> str:
    letters.lay_down(desk, [(letter, content)])
    return hashlib.sha256(content).hexdigest()


def vouch(
    desk: Desk, letter: FiledLetter, sha256: str, stamp: StampState = StampState.NOT_ASKED
) -> FiledLetter:
    return letters.keep_issued_letter(desk, letter_id=letter.id, sha256=sha256, time_stamp=stamp).value


def test_a_letter_that_was_never_drawn_cannot_be_issued_by_name_of_an_empty_file(
    desk: Desk, prepared: FiledLetter
) -> None:
    empty = hashlib.sha256(b"").hexdigest()
    act = all_acts()["keep_issued_letter"]
    with pytest.raises(RuleError, match="is not drawn and signed yet, so there is nothing to vouch for"):
        act.function(desk, **act.read_arguments({"letter_id": prepared.id, "sha256": empty}))
    with pytest.raises(RuleError, match="is not drawn and signed yet"):
        letter_batch.keep_issued_letters(desk, files=(IssuedFile(prepared.id, empty),))
    assert letters.issue_letter(desk, letter_id=prepared.id).status is LetterStatus.ISSUED


def test_a_drawing_without_a_signature_is_not_vouched_for(desk: Desk, prepared: FiledLetter) -> None:
    sha256 = lay(desk, prepared, desk.renderer.render(letters.letter_of(prepared)))
    with pytest.raises(RuleError, match="does not carry the signature that it should: Not signed"):
        vouch(desk, prepared, sha256)


def test_a_signed_file_is_read_again_by_whoever_did_not_make_it(desk: Desk, prepared: FiledLetter) -> None:
    """The press of another sitting made it: what it carries is looked at, and what it does not is refused."""
    made = letters.pressed(desk, letters.letter_of(prepared))
    other = replace(desk, press=type("Press", (), {"has_made": lambda self, sha256: False})())
    sha256 = lay(desk, prepared, made.pdf)
    with pytest.raises(RuleError, match="does not carry"):
        vouch(other, prepared, sha256, StampState.STAMPED)
    assert vouch(other, prepared, sha256).pdf == made.pdf
