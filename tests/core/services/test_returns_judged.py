"""Each file that cannot be taken in gets the sentence that says why, and nothing is recorded."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from answers import answer_file, seal_the_framework
from brokerdesk.core.domain.errors import ConflictError, InputError, RuleError
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.returned_file import FileState, Holding, ReturnedFile
from brokerdesk.core.domain.sourcing import Invitation, InvitationStatus, Offer, Round
from brokerdesk.core.services import offers, returns, sealed_rounds
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.returns import Aim, LookedAt, Meaning
from council_sample import (
    APPROVER,
    PASSPHRASE,
    Council,
    a_need,
    make_council,
    open_round,
    record_need,
    withdraw_round,
)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Council:
    return make_council(tmp_path_factory.mktemp("model") / "desk")


@pytest.fixture
def council(model: Council, tmp_path: Path) -> Council:
    return model.copy_to(tmp_path / "council")


@pytest.fixture
def desk(council: Council) -> Iterator[Desk]:
    with council.open() as found:
        yield found


@pytest.fixture
def package(desk: Desk) -> Package:
    return record_need(desk)


@pytest.fixture
def opened(desk: Desk, package: Package) -> Round:
    return open_round(desk, package)


def look(desk: Desk, path: Path, aim: Aim | None = None) -> LookedAt:
    (found,) = returns.look_at_return(desk, path, aim)
    return found


def take(desk: Desk, path: Path) -> ReturnedFile:
    return returns.take_return(desk, path=str(path), sha256=look(desk, path).sha256).value


def test_the_same_file_twice_is_recorded_once(desk: Desk, opened: Round, tmp_path: Path) -> None:
    path = answer_file(desk, opened, tmp_path)
    take(desk, path)
    again = look(desk, path)
    assert again.sentence.startswith("This very file of Wrenhollow Home Care was taken in already")
    with pytest.raises(RuleError, match="Nothing is recorded twice"):
        returns.take_return(desk, path=str(path), sha256=again.sha256)


def test_a_second_answer_does_not_replace_the_first(desk: Desk, opened: Round, tmp_path: Path) -> None:
    take(desk, answer_file(desk, opened, tmp_path))
    second = look(desk, answer_file(desk, opened, tmp_path, rate="19.00"))
    assert second.meaning is Meaning.NOTHING
    assert "has answered already (offered), and the first answer stands" in second.sentence


def test_an_answer_to_another_round_names_the_round_that_it_answers(
    desk: Desk, opened: Round, package: Package, tmp_path: Path
) -> None:
    other = open_round(desk, record_need(desk, a_need("Edna", "Thistlewood")))
    found = look(desk, answer_file(desk, opened, tmp_path), Aim(other.id))
    assert found.sentence.startswith(f"This answers round 1 of {package.reference}, not the round in front")
    assert found.package_reference == package.reference


def test_an_answer_to_a_withdrawn_round_is_not_taken(desk: Desk, opened: Round, tmp_path: Path) -> None:
    path = answer_file(desk, opened, tmp_path)
    withdraw_round(desk, opened, "The family found care")
    assert "which was withdrawn, so nothing is taken in" in look(desk, path).sentence


def test_a_form_of_another_desk_is_told_from_one_that_was_altered(
    desk: Desk, opened: Round, tmp_path: Path
) -> None:
    path = answer_file(desk, opened, tmp_path)
    with make_council(tmp_path / "other").open() as other:
        assert "was not sent by this desk" in look(other, path).sentence
    value = json.loads(path.read_text())
    mark, body, signature = value["token"].split(".")
    path.write_text(json.dumps({**value, "token": f"{mark}.{body}.{signature[::-1]}"}))
    assert "was changed after it went out" in look(desk, path).sentence


def test_half_an_answer_is_kept_from_the_records_with_every_gap_listed(
    desk: Desk, opened: Round, tmp_path: Path
) -> None:
    path = answer_file(desk, opened, tmp_path, rate="", starts_on="31/02/2027")
    found = look(desk, path)
    assert [problem.column for problem in found.problems] == [
        "The day on which you can start", "Your rate for an hour of one carer, in pounds",
    ]  # fmt: skip
    with pytest.raises(InputError, match="is not complete: 2 answers"):
        returns.take_return(desk, path=str(path), sha256=found.sha256)
    with desk.reading() as unit:
        assert unit.of(ReturnedFile).find() == ()


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_file_cannot_have_come_before_it_was_asked_for_or_in_the_future(
    desk: Desk, opened: Round, tmp_path: Path, hours: int
) -> None:
    path = answer_file(desk, opened, tmp_path)
    at = desk.now() + timedelta(hours=hours)
    with pytest.raises(RuleError, match="cannot have answered then"):
        returns.take_return(desk, path=str(path), sha256=look(desk, path).sha256, received_at=at)
    with desk.reading() as unit:
        assert unit.of(ReturnedFile).find() == ()


def test_a_file_that_changed_since_it_was_looked_at_is_looked_at_again(
    desk: Desk, opened: Round, tmp_path: Path
) -> None:
    path = answer_file(desk, opened, tmp_path)
    sha256 = look(desk, path).sha256
    answer_file(desk, opened, tmp_path, rate="19.00")
    with pytest.raises(ConflictError, match="changed since it was looked at"):
        returns.take_return(desk, path=str(path), sha256=sha256)


def test_a_late_answer_is_kept_apart(council: Council, desk: Desk, opened: Round, tmp_path: Path) -> None:
    path = answer_file(desk, opened, tmp_path)
    council.clock.advance(hours=25)
    kept = take(desk, path)
    assert kept.is_late
    with desk.reading() as unit:
        assert not unit.of(Offer).get(kept.answer_id).counts


def test_a_form_of_an_earlier_requirement_says_so(desk: Desk, opened: Round, tmp_path: Path) -> None:
    from dataclasses import replace

    path = answer_file(desk, opened, tmp_path)
    with desk.units.writing() as unit:
        asked = unit.of(Invitation).find(round_id=opened.id)[0]
        unit.of(Invitation).replace(replace(asked, sheet_sha256="0" * 64))
        unit.commit()
    assert "as it was before it was changed" in look(desk, path).notes[0]


def test_in_a_sealed_round_an_open_answer_and_a_typed_one_are_refused(desk: Desk, tmp_path: Path) -> None:
    plain = json.loads(answer_file(desk, open_round(desk, record_need(desk)), tmp_path).read_text())
    seal_the_framework(desk)
    opened = open_round(desk, record_need(desk, a_need("Edna", "Thistlewood")))
    sealed = answer_file(desk, opened, tmp_path)
    value = json.loads(sealed.read_text())
    opened_up = tmp_path / "opened-up.json"
    opened_up.write_text(json.dumps({**plain, "token": value["token"]}))
    assert "This round is sealed and this answer lies open" in look(desk, opened_up).sentence
    with desk.reading() as unit:
        asked = unit.of(Invitation).find(round_id=opened.id)[0]
    with pytest.raises(RuleError, match="The offers of this round are sealed"):
        offers.record_offer(desk, invitation_id=asked.id, starts_on=desk.today())


def test_a_sealed_answer_moved_to_another_invitation_does_not_open(
    council: Council, desk: Desk, tmp_path: Path
) -> None:
    seal_the_framework(desk)
    opened = open_round(desk, record_need(desk))
    first = json.loads(answer_file(desk, opened, tmp_path).read_text())
    second = answer_file(desk, opened, tmp_path, place=1)
    second.write_text(json.dumps({**json.loads(second.read_text()), "sealed": first["sealed"]}))
    take(desk, second)
    council.clock.advance(hours=25)
    both = sealed_rounds.with_second(desk, officer_name=APPROVER, passphrase=PASSPHRASE)
    opening = sealed_rounds.open_sealed_answers(both, round_id=opened.id).value
    assert [file.state for file in opening.unreadable] == [FileState.UNREADABLE]
    with desk.reading() as unit:
        assert unit.of(Offer).find() == ()


def test_a_half_filled_sealed_answer_is_kept_and_the_provider_may_be_asked_again(
    council: Council, desk: Desk, tmp_path: Path
) -> None:
    seal_the_framework(desk)
    opened = open_round(desk, record_need(desk))
    held = take(desk, answer_file(desk, opened, tmp_path, rate="", decline_note="x" * 3_000))
    assert held.holding is Holding.SEALED
    council.clock.advance(hours=25)
    both = sealed_rounds.with_second(desk, officer_name=APPROVER, passphrase=PASSPHRASE)
    opening = sealed_rounds.open_sealed_answers(both, round_id=opened.id).value
    assert "Your rate for an hour of one carer, in pounds: nothing" in opening.unreadable[0].problems[1]
    with desk.reading() as unit:
        assert unit.of(Invitation).get(held.invitation_id).status is InvitationStatus.LAPSED
        assert unit.of(ReturnedFile).get(held.id).content == held.content


def test_a_restored_desk_knows_its_own_forms(
    desk: Desk, council: Council, opened: Round, tmp_path: Path
) -> None:
    path = answer_file(desk, opened, tmp_path)
    copied = Council(tmp_path / "restored", council.clock)
    shutil.copytree(council.folder, copied.folder, ignore=shutil.ignore_patterns("desk.lock"))
    with copied.open() as restored:
        assert look(restored, path).meaning is Meaning.OFFER
