"""The choice record is printed of the choice that stands; an option may be judged not suitable, with why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from brokerdesk.core.domain.choice import ChosenBy
from brokerdesk.core.domain.choice_record import ChoiceRecord, Unsuitable
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.letter import texts_of
from brokerdesk.core.domain.scenario import ChoiceTable, UnsuitableTable
from brokerdesk.core.services import choice_papers, choices, walk_choice
from council_sample import make_council, record_need, take_answers


def test_an_option_is_judged_not_suitable_only_with_a_reason_and_is_told_on_the_record(
    tmp_path: Path,
) -> None:
    with make_council(tmp_path / "desk").open() as desk:
        package = record_need(desk)
        first, second, *_ = made = take_answers(desk, package)
        with pytest.raises(RuleError, match="No choice is recorded"):
            choice_papers.choice_paper(desk, package.id)

        def choose(*unsuitable: Unsuitable) -> None:
            choices.record_choice(
                desk, package_id=package.id, offer_id=first.id, by=ChosenBy.PERSON, reason="They come early.",
                record=replace(ChoiceRecord(), unsuitable=unsuitable),
            )  # fmt: skip

        for wrong, said in (
            (Unsuitable(second.id, " "), "Write why"),
            (Unsuitable("elsewhere", "Too far"), "none of the options"),
            (Unsuitable(first.id, "No lift"), "chosen and also judged not suitable"),
        ):
            with pytest.raises(RuleError, match=said):
                choose(wrong)
        choose(Unsuitable(second.id, "Its carers cannot use the hoist"))
        path = choice_papers.save_choice_paper(desk, package.id, tmp_path)
        words = " ".join(texts_of(choice_papers.choice_paper(desk, package.id).letter))
        assert path.name == f"choice-record-{package.reference}-C.pdf"
        assert "Judged not suitable: Its carers cannot use the hoist." in words
        assert "Winifred" in desk.checker.read_text(path.read_bytes())
        table = ChoiceTable(first.location_id, ChosenBy.PERSON)
        judged = UnsuitableTable(second.location_id, "No hoist")
        record = walk_choice.record_of(replace(table, unsuitable=(judged,)), made, desk.today())
        assert record.unsuitable == (Unsuitable(second.id, "No hoist"),)
        gone = replace(table, unsuitable=(UnsuitableTable("1-999", "Full"),))
        with pytest.raises(RuleError, match="made no offer"):
            walk_choice.record_of(gone, made, desk.today())
