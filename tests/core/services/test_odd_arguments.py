"""Arguments that fit their type and no sense: each act refuses them in a sentence that says what would do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from brokerdesk.core.domain.errors import InputError, RuleError
from brokerdesk.core.domain.letter import LetterKind
from brokerdesk.core.services import referrals, rounds, templates
from brokerdesk.core.services.catalogue import all_acts
from brokerdesk.core.services.desk import Desk
from council_sample import MANAGER, Council, a_need, make_council, open_round, record_need


@pytest.fixture
def council(tmp_path: Path) -> Council:
    return make_council(tmp_path / "desk")


@pytest.fixture
def desk(council: Council) -> Iterator[Desk]:
    with council.open() as found:
        yield found


@pytest.mark.parametrize("weeks", [0, -4, 10**8])
def test_a_need_that_would_run_longer_than_anybody_lives_is_refused_by_its_weeks(
    desk: Desk, weeks: int
) -> None:
    with pytest.raises(InputError, match="expected_weeks is .* whole weeks from 1 to 5,200"):
        referrals.record_referral(desk, need=replace(a_need(), expected_weeks=weeks))


def test_a_moment_at_the_end_of_all_time_is_named_as_no_time() -> None:
    given = {"invitation_id": "x", "starts_on": "2026-12-14", "received_at": "9999-12-31T23:59:59-12:00"}
    with pytest.raises(InputError) as refusal:
        all_acts()["record_offer"].read_arguments(given)
    assert refusal.value.problems[0].column == "received_at"


def test_nobody_goes_outside_the_framework_in_a_round_without_a_ladder(desk: Desk) -> None:
    opened = open_round(desk, record_need(desk))
    with pytest.raises(RuleError, match="do not provide for going outside it"):
        rounds.ask_outside(desk, round_id=opened.id, providers=(), ground="urgent")


def test_a_letter_without_standard_paragraphs_has_none_to_change(council: Council) -> None:
    with (
        council.open(MANAGER) as desk,
        pytest.raises(RuleError, match="of the kind “options” has no standard paragraphs"),
    ):
        templates.keep_template(
            desk, kind=LetterKind.OPTIONS, paragraphs={"opening": "Dear all"}, from_on=date(2026, 12, 14)
        )
