"""Many letters at once: stopped at the exact letter, resumed, none doubled and none lost.

Thirty each time; a thousand with `BROKERDESK_LONG=1`, in every state of a certificate.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from brokerdesk.core import places
from brokerdesk.core.documents.checker import LetterChecker
from brokerdesk.core.documents.hands import SigningHand, key_in_memory
from brokerdesk.core.documents.press import LetterPress
from brokerdesk.core.documents.renderer import LetterRenderer
from brokerdesk.core.documents.signer import LetterSigner
from brokerdesk.core.domain.award import FiledLetter, LetterStatus, StampState
from brokerdesk.core.domain.errors import PlaceError, RuleError
from brokerdesk.core.domain.letter import LetterKind
from brokerdesk.core.domain.signing import SigningIdentity, VerdictState
from brokerdesk.core.ports import Cancelled
from brokerdesk.core.services import countersigning, letter_batch, letters, revocations, time_stamping
from brokerdesk.core.services.checks import check_desk
from brokerdesk.core.services.desk import Desk
from certificate_states import in_state, issued_by_an_outside_authority, revocation_list, signing_with
from council_sample import BROKER, Council, make_council
from fakes import StopAfter
from letter_council import prepared_letters
from returns import MANAGER, provider_identity, signed_by, time_stamp_service

MANY = 1_000 if os.environ.get("BROKERDESK_LONG") else 30
SIGNED = MANY * 777 // 1_000
"""By a card before it is taken out."""


@pytest.fixture(scope="session")
def prepared_model(tmp_path_factory: pytest.TempPathFactory) -> Council:
    """A council with all letters prepared; made once, worked on in copies."""
    council = make_council(tmp_path_factory.mktemp("prepared") / "desk")
    with council.open(BROKER) as desk:
        prepared_letters(desk, MANY)
    return council


@pytest.fixture
def desk(prepared_model: Council, tmp_path: Path) -> Iterator[Desk]:
    with prepared_model.copy_to(tmp_path / "council").open(BROKER) as opened:
        yield opened


def ids(desk: Desk) -> list[str]:
    return [held.letter_id for held in letter_batch.ready_letters(desk)]


def issued(desk: Desk) -> list[FiledLetter]:
    with desk.reading() as unit:
        return list(unit.of(FiledLetter).find(status=LetterStatus.ISSUED))


def in_register(desk: Desk) -> list[str]:
    """Letter ids in the register as issued, each as often as it stands there."""
    found: list[str] = []
    with desk.reading() as unit:
        for entry, details in unit.register():
            arguments: dict[str, Any] = dict(details["arguments"]) if details else {}  # type: ignore[call-overload]  # plain values
            if entry.act == "letter_issued":
                found.append(arguments["letter_id"])
            if entry.act == "letters_issued":
                found += [held["letter_id"] for held in arguments["files"]]
    return found


class Card:
    """A smart card that is taken out after so many signatures."""

    def __init__(self, hand: SigningHand, most: int) -> None:
        self._hand, self._most = hand, most

    @property
    def mechanism(self) -> str:
        return self._hand.mechanism

    def sign(self, data: bytes) -> bytes:
        if self._most == 0:
            raise PlaceError("The card was taken out. Put it in again.")
        self._most -= 1
        return self._hand.sign(data)


def with_card(desk: Desk, most: int) -> Desk:
    def hand_of(identity: SigningIdentity) -> SigningHand:
        return Card(key_in_memory(identity), most)

    resources = places.resources_folder()
    signer = LetterSigner(hand_of)
    press = LetterPress(LetterRenderer(resources), signer, LetterChecker(), resources)
    return replace(desk, signer=signer, press=press)


def test_a_batch_is_made_on_every_core_and_each_letter_is_whole_and_in_its_place(desk: Desk) -> None:
    wanted = ids(desk)
    assert len(wanted) == MANY
    done = letter_batch.issue_letters(desk, letter_ids=wanted).value
    assert [held.id for held in done] == wanted
    for held in issued(desk):
        assert desk.checker.check(held.pdf).is_good
        assert letters.letter_of(held).reference in desk.checker.read_text(held.pdf)
    assert sorted(in_register(desk)) == sorted(wanted)
    assert all(line.holds for line in check_desk(desk))
    assert letter_batch.ready_letters(desk) == ()


def test_a_card_that_is_taken_out_stops_the_batch_at_the_exact_letter_and_it_resumes(desk: Desk) -> None:
    wanted = ids(desk)
    with pytest.raises(PlaceError, match=rf"{SIGNED} of {MANY} letters are issued") as stopped:
        letter_batch.issue_letters(with_card(desk, SIGNED), letter_ids=wanted)
    assert "The card was taken out." in stopped.value.message
    assert {held.id for held in issued(desk)} == set(wanted[:SIGNED])
    rest = ids(desk)
    assert rest == wanted[SIGNED:]
    letter_batch.issue_letters(with_card(desk, 2 * MANY), letter_ids=rest)
    assert sorted(in_register(desk)) == sorted(wanted)


def test_a_batch_that_is_cancelled_keeps_what_is_finished_and_goes_on_later(desk: Desk) -> None:
    wanted = ids(desk)
    with pytest.raises(Cancelled):
        letter_batch.issue_letters(replace(desk, progress=StopAfter(0)), letter_ids=wanted)
    stopping = replace(desk, progress=StopAfter(1))
    done = letter_batch.issue_letters(stopping, letter_ids=wanted).value
    assert [held.id for held in done] == wanted[: len(done)]
    assert 0 < len(done) < MANY
    letter_batch.issue_letters(desk, letter_ids=ids(desk))
    assert sorted(in_register(desk)) == sorted(wanted)


def test_the_letters_before_one_that_may_not_be_signed_are_issued(desk: Desk) -> None:
    wanted = ids(desk)
    letter_batch.issue_letters(desk, letter_ids=[wanted[16]])
    with pytest.raises(RuleError, match=rf"issued already.* 16 of {MANY} letters are issued"):
        letter_batch.issue_letters(desk, letter_ids=wanted)
    assert {held.id for held in issued(desk)} == set(wanted[:17])


@pytest.mark.parametrize("count", [1, MANY])
@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        ("expired", "ran out on"), ("not yet", "cannot sign before"), ("revoked", "was revoked on"),
        ("key missing", "is missing"), ("wrong use", "not for signing documents"), ("weak", "too weak"),
        ("broken chain", "came without that of its issuer"), ("clock", "clock says"),
    ],
)  # fmt: skip
def test_a_certificate_that_may_not_sign_signs_neither_one_letter_nor_many(
    desk: Desk, count: int, break_it: str, said: str
) -> None:
    wanted = ids(desk)[:count]
    with pytest.raises(PlaceError, match=said):
        letter_batch.issue_letters(in_state(desk, break_it), letter_ids=wanted)
    assert issued(desk) == []
    with desk.reading() as unit:
        assert all(pdf == b"" for (pdf,) in unit.of(FiledLetter).pick("pdf"))
    assert len(ids(desk)) == MANY


@pytest.mark.parametrize("count", [1, MANY - 1])
def test_a_revoked_certificate_is_known_by_its_issuer_s_list_too(
    desk: Desk, tmp_path: Path, count: int
) -> None:
    key, above, above_key = issued_by_an_outside_authority(desk)
    own = signing_with(desk, key)
    path = tmp_path / "authority.crl"
    path.write_bytes(revocation_list(above, above_key, desk.now(), revoked=()))
    assert revocations.import_revocation_list(own, path=path).value.serials == ()
    letter_batch.issue_letters(own, letter_ids=ids(own)[:1])
    later = desk.now() + timedelta(hours=1)
    path.write_bytes(revocation_list(above, above_key, later, revoked=(key.certificate_pem,)))
    revocations.import_revocation_list(own, path=path)
    with pytest.raises(PlaceError, match="list of revoked certificates"):
        letter_batch.issue_letters(own, letter_ids=ids(desk)[:count])
    assert len(issued(desk)) == 1
    path.write_bytes(revocation_list(above, above_key, later, revoked=())[:-5] + b"abcde")
    with pytest.raises(PlaceError, match="issued no certificate of yours, or it was changed"):
        revocations.import_revocation_list(own, path=path)


@pytest.fixture
def stamping(desk: Desk) -> Callable[[str], Desk]:
    def using(address: str) -> Desk:
        desk.signer.use_time_stamps(address)
        return desk

    return using


def test_a_batch_with_a_time_stamp_service_is_stamped_letter_by_letter(
    desk: Desk, stamping: Callable[[str], Desk]
) -> None:
    with time_stamp_service(desk.now()) as service:
        done = letter_batch.issue_letters(stamping(service.address), letter_ids=ids(desk)[:14]).value
        assert service.asked == 14 + sum(held.kind == LetterKind.PERSON.value for held in done)
    assert {held.time_stamp for held in done} == {StampState.STAMPED}
    verdict = letters.verify_letter(desk.checker, desk, done[0].pdf).verdict
    assert verdict.is_good
    assert verdict.stamped_at == desk.now()


@pytest.mark.parametrize("count", [1, MANY])
def test_where_nobody_can_be_asked_letters_are_signed_and_get_their_time_stamp_by_a_later_revision(
    desk: Desk, stamping: Callable[[str], Desk], count: int
) -> None:
    outside, _, _ = issued_by_an_outside_authority(desk)  # whose list of revoked certificates is not here
    own = signing_with(stamping("http://127.0.0.1:9/nobody"), outside)
    done = letter_batch.issue_letters(own, letter_ids=ids(own)[:count]).value
    assert {held.time_stamp for held in done} == {StampState.PENDING}
    with pytest.raises(PlaceError, match="did not answer"):
        time_stamping.stamp_waiting_letters(desk)
    with time_stamp_service(desk.now()) as service:
        stamped = time_stamping.stamp_waiting_letters(stamping(service.address)).value
    assert len(stamped) == count
    assert time_stamping.waiting_for_stamp(desk) == 0
    for before, after in zip(done, stamped, strict=True):
        assert after.content.startswith(before.pdf)
        verdict = letters.verify_letter(desk.checker, desk, after.content).verdict
        assert verdict.is_good, verdict.sentence
        assert verdict.stamped_at == desk.now()
        assert letters.verify_letter(desk.checker, desk, before.pdf).verdict.is_good


def test_an_agreed_letter_that_is_time_stamped_later_is_still_the_agreed_one(
    desk: Desk, stamping: Callable[[str], Desk], tmp_path: Path
) -> None:
    issued_now = letter_batch.issue_letters(
        stamping("http://127.0.0.1:9/nobody"), letter_ids=ids(desk)[:5]
    ).value
    due = next(held for held in issued_now if held.kind == LetterKind.AGREEMENT.value)
    returned = signed_by(due.pdf, provider_identity(desk.now()), desk.now())
    countersigning.file_return(desk, _dropped(desk, tmp_path, returned))
    with time_stamp_service(desk.now()) as service:
        stamped = time_stamping.stamp_waiting_letters(stamping(service.address)).value
    agreed = next(held.content for held in stamped if held.letter_id == due.id)
    assert agreed.startswith(returned)
    for copy in (agreed, returned):
        verdict = letters.verify_letter(desk.checker, desk, copy).verdict
        assert verdict.is_good, verdict.sentence
        assert MANAGER in verdict.sentence
        assert "agreed already; its signed copy is kept" in _dropped(desk, tmp_path, copy).judgement.sentence
    cut = letters.verify_letter(desk.checker, desk, due.pdf).verdict
    assert cut.state is VerdictState.CUT_BACK


def test_a_time_stamp_from_before_the_provider_signed_makes_no_agreed_copy(
    desk: Desk, stamping: Callable[[str], Desk], tmp_path: Path
) -> None:
    issued_now = letter_batch.issue_letters(
        stamping("http://127.0.0.1:9/nobody"), letter_ids=ids(desk)[:5]
    ).value
    due = next(held for held in issued_now if held.kind == LetterKind.AGREEMENT.value)
    with time_stamp_service(desk.now()) as service:
        stamped = time_stamping.stamp_waiting_letters(stamping(service.address)).value
    early = next(held.content for held in stamped if held.letter_id == due.id)
    returned = signed_by(early, provider_identity(desk.now()), desk.now())
    countersigning.file_return(desk, _dropped(desk, tmp_path, returned))
    assert letters.verify_letter(desk.checker, desk, returned).verdict.is_good
    cut = letters.verify_letter(desk.checker, desk, early).verdict
    assert cut.state is VerdictState.CUT_BACK
    assert "cut back" in _dropped(desk, tmp_path, early).judgement.sentence


def _dropped(desk: Desk, folder: Path, content: bytes) -> countersigning.ReturnRead:
    (folder / "back.pdf").write_bytes(content)
    return countersigning.read_return(desk, folder / "back.pdf")


def test_a_clock_that_differs_from_the_service_s_issues_nothing(
    desk: Desk, stamping: Callable[[str], Desk]
) -> None:
    with time_stamp_service(desk.now() + timedelta(minutes=6)) as service:
        with pytest.raises(PlaceError, match="Set the clock right"):
            letter_batch.issue_letters(stamping(service.address), letter_ids=ids(desk)[:1])
        assert issued(desk) == []
