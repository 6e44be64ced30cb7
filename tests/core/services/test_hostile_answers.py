"""What one provider writes, and whoever files it, cannot harm the others of a round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from answers import answer_file, seal_the_framework
from brokerdesk.core.domain.framework import Member, RateLine
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import StepTime
from brokerdesk.core.domain.returned_file import FileState, ReturnedFile
from brokerdesk.core.domain.sourcing import Invitation, InvitationStatus, Offer, Round, RoundStatus
from brokerdesk.core.services import (
    capacity,
    journey,
    offers,
    requirement,
    returns,
    rounds,
    sealed_rounds,
)
from brokerdesk.core.services.checks import CheckLine, check_desk
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.returns import Meaning
from council_sample import APPROVER, PASSPHRASE, PROVIDERS, Council, make_council, open_round, record_need

WRENHOLLOW, MARROWBY = PROVIDERS[0][1], PROVIDERS[1][1]
SHORT = "1-900000000"
"""An id with which the ids of the other providers begin."""


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


def take(desk: Desk, path: Path) -> ReturnedFile:
    (found,) = returns.look_at_return(desk, path)
    return returns.take_return(desk, path=str(path), sha256=found.sha256).value


def sealed_round(desk: Desk) -> Round:
    seal_the_framework(desk)
    return open_round(desk, record_need(desk))


def open_answers(desk: Desk, opened: Round) -> sealed_rounds.Opening:
    both = sealed_rounds.with_second(desk, officer_name=APPROVER, passphrase=PASSPHRASE)
    return sealed_rounds.open_sealed_answers(both, round_id=opened.id).value


def offerers(desk: Desk) -> list[str]:
    with desk.reading() as unit:
        return [offer.provider for offer in unit.of(Offer).find()]


def invitation(desk: Desk, opened: Round, place: int) -> Invitation:
    with desk.reading() as unit:
        return journey.invitations_of(unit, opened.id)[place]


def trail(desk: Desk) -> list[str]:
    with desk.reading() as unit:
        return [stamp.words for stamp in unit.of(StepTime).find()]


def test_a_day_beyond_the_calendar_in_one_sealed_answer_leaves_the_others_open(
    council: Council, desk: Desk, tmp_path: Path
) -> None:
    opened = sealed_round(desk)
    take(desk, answer_file(desk, opened, tmp_path))
    take(desk, answer_file(desk, opened, tmp_path, place=1, held_until="9999-12-31"))
    council.clock.advance(hours=25)
    (unread,) = open_answers(desk, opened).unreadable
    assert unread.provider == MARROWBY
    assert "9999-12-31; wanted is a date such as 14 12 2026" in unread.problems[1]
    assert offerers(desk) == [WRENHOLLOW]
    assert rounds.close_round(desk, round_id=opened.id).value.status is RoundStatus.CLOSED


def test_an_answer_on_which_the_program_itself_fails_is_kept_apart_whole(
    council: Council, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The offer was kept already when the failure came; nothing of it stays, and the other answer does."""
    opened = sealed_round(desk)
    for place in (0, 1):
        take(desk, answer_file(desk, opened, tmp_path, place=place))
    council.clock.advance(hours=25)
    hold = capacity.hold

    def fail_on_one(work: Any, offer: Offer, *more: Any) -> object:
        if offer.provider == MARROWBY:
            raise OverflowError("date value out of range")
        return hold(work, offer, *more)

    monkeypatch.setattr(capacity, "hold", fail_on_one)
    (unread,) = open_answers(desk, opened).unreadable
    told = f"BrokerDesk does not understand something in the answer of {MARROWBY}"
    assert unread.problems[0].startswith(told)
    assert offerers(desk) == [WRENHOLLOW]
    with desk.reading() as unit:
        assert unit.of(ReturnedFile).get(unread.id).state is FileState.UNREADABLE
        assert unit.of(Invitation).get(unread.invitation_id).status is InvitationStatus.LAPSED
        assert (unit.register()[-1][1] or {})[f"broke_off:{unread.id}"] == "OverflowError"


def test_in_an_open_round_a_day_beyond_the_calendar_is_a_gap_of_the_form(desk: Desk, tmp_path: Path) -> None:
    opened = open_round(desk, record_need(desk))
    (found,) = returns.look_at_return(desk, answer_file(desk, opened, tmp_path, held_until="9999-12-31"))
    assert found.meaning is Meaning.NOTHING
    assert [problem.found for problem in found.problems] == ["9999-12-31"]


def test_an_offer_typed_in_after_the_opening_is_late_whatever_hour_is_claimed_for_it(
    council: Council, desk: Desk, tmp_path: Path
) -> None:
    opened = sealed_round(desk)
    take(desk, answer_file(desk, opened, tmp_path, place=1))
    council.clock.advance(hours=25)
    open_answers(desk, opened)
    typed = offers.record_offer(
        desk, invitation_id=invitation(desk, opened, 0).id, rate=Money.parse("24.09"),
        starts_on=date(2026, 12, 14), received_at=desk.now() - timedelta(hours=3),
    ).value  # fmt: skip
    assert typed.is_late
    assert not typed.counts
    assert trail(desk)[-1] == f"Offer of {WRENHOLLOW} recorded, after the sealed offers were opened"
    admitted = offers.admit_late_offer(desk, offer_id=typed.id, reason="Its e-mail lay in quarantine")
    assert admitted.value.counts


def test_a_file_taken_in_after_the_opening_is_late_and_says_why(
    council: Council, desk: Desk, tmp_path: Path
) -> None:
    opened = sealed_round(desk)
    take(desk, answer_file(desk, opened, tmp_path, place=1))
    path = answer_file(desk, opened, tmp_path)
    council.clock.advance(hours=25)
    open_answers(desk, opened)
    aim = returns.Aim(received_at=desk.now() - timedelta(hours=3))
    (found,) = returns.look_at_return(desk, path, aim)
    assert found.is_late
    assert "It is taken in after the sealed offers were opened, and is kept apart" in found.sentence
    returns.take_return(desk, path=str(path), sha256=found.sha256, received_at=aim.received_at)
    open_answers(desk, opened)
    with desk.reading() as unit:
        assert {offer.provider: offer.counts for offer in unit.of(Offer).find()} == {
            MARROWBY: True, WRENHOLLOW: False
        }  # fmt: skip


def shorten_the_first_id(desk: Desk) -> None:
    """The first provider's id is now the beginning of every other one's."""
    with desk.units.writing() as unit:
        for member in unit.of(Member).find(location_id=PROVIDERS[0][0]):
            unit.of(Member).replace(replace(member, location_id=SHORT))
        for line in unit.of(RateLine).find(location_id=PROVIDERS[0][0]):
            unit.of(RateLine).replace(replace(line, location_id=SHORT))
        (known,) = unit.directory.known([PROVIDERS[0][0]]).values()
        unit.directory.keep([replace(known, facts=replace(known.facts, location_id=SHORT))])
        unit.commit()


@pytest.fixture
def alike(desk: Desk) -> dict[str, bytes]:
    """Every provider's workbook of a sealed round, by name; one provider's id begins another's."""
    shorten_the_first_id(desk)
    opened = sealed_round(desk)
    return {paper.file_name: paper.data for paper in requirement.asking_papers(desk, opened.id)}


def test_a_workbook_is_held_for_the_provider_whose_whole_id_its_name_has(
    desk: Desk, alike: dict[str, bytes], tmp_path: Path
) -> None:
    for location, provider in ((PROVIDERS[1][0], MARROWBY), (SHORT, WRENHOLLOW)):
        name = next(name for name in alike if name.endswith(f"{location}.xlsx"))
        path = tmp_path / f"Re {name}".replace(".xlsx", " (1).xlsx")
        path.write_bytes(alike[name])
        (found,) = returns.look_at_return(desk, path)
        assert (found.meaning, found.provider) == (Meaning.HOLD, provider)


def test_a_workbook_whose_name_names_two_providers_is_held_for_neither(
    desk: Desk, alike: dict[str, bytes], tmp_path: Path
) -> None:
    one, other = (next(n for n in alike if n.endswith(f"{place[0]}.xlsx")) for place in PROVIDERS[1:3])
    path = tmp_path / f"{one.removesuffix('.xlsx')} {other}"
    path.write_bytes(alike[one])
    (found,) = returns.look_at_return(desk, path)
    assert found.meaning is Meaning.NOTHING
    assert found.needs_provider
    assert found.sentence.startswith(f"The name of the workbook fits {MARROWBY} and {PROVIDERS[2][1]}")


def test_offers_opened_while_the_clock_stood_ahead_are_told_by_the_check_and_no_answer_is_in_time_then(
    council: Council, desk: Desk, tmp_path: Path
) -> None:
    opened = sealed_round(desk)
    take(desk, answer_file(desk, opened, tmp_path))
    council.clock.advance(hours=26)
    open_answers(desk, opened)
    council.clock.advance(minutes=-3)
    take(desk, answer_file(desk, opened, tmp_path, place=2))
    assert openings(desk).holds, "a clock may be put right by a few minutes"
    council.clock.advance(hours=-25)
    assert take(desk, answer_file(desk, opened, tmp_path, place=1, rate="1.00")).is_late
    line = openings(desk)
    assert not line.holds
    assert "Sealed offers were opened at 12:42 on Wednesday 9 December 2026" in line.sentence
    assert "the clock stood ahead when they were opened, or was set back since" in line.sentence


def openings(desk: Desk) -> CheckLine:
    return next(line for line in check_desk(desk) if line.name == "openings")


def test_half_a_letter_in_a_sealed_answer_stops_neither_it_nor_the_others(
    council: Council, desk: Desk, tmp_path: Path
) -> None:
    """A browser that cuts a long text leaves half of an emoji; a hostile one puts it where a price goes."""
    opened = sealed_round(desk)
    take(desk, answer_file(desk, opened, tmp_path, staff="Two carers \ud83d"))
    take(desk, answer_file(desk, opened, tmp_path, place=1, rate="\ud800\x00"))
    council.clock.advance(hours=25)
    (unread,) = open_answers(desk, opened).unreadable
    assert unread.provider == MARROWBY
    with desk.reading() as unit:
        assert [offer.terms.staff for offer in unit.of(Offer).find()] == ["Two carers"]
