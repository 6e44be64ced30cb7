"""Interests are declared by everyone who takes part; one that is open stops scoring and award."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from brokerdesk.core.domain import conflict
from brokerdesk.core.domain.conflict import ConflictDeclaration, TakesPart
from brokerdesk.core.domain.errors import RuleError

NOW = datetime(2026, 12, 8, 12, 0, tzinfo=UTC)
ASHA, GIDEON = TakesPart("a", "Asha", "broker"), TakesPart("g", "Gideon", "approver")
CLEAR = ConflictDeclaration("d", "p", "r", "a", "Asha", "broker", False, "", "", NOW)
OPEN = replace(CLEAR, has_interest=True, interest="Her sister works at Marrowby")
PROPOSED = replace(OPEN, mitigation="Gideon scores Marrowby")
SETTLED = replace(PROPOSED, settled_by="Gideon")


def test_everyone_who_takes_part_has_declared() -> None:
    assert conflict.missing_declarations((ASHA, GIDEON), (CLEAR,)) == (
        "Gideon has not declared her interests as approver of this round.",
    )
    assert conflict.missing_declarations((ASHA,), (CLEAR,)) == ()


def test_an_interest_without_mitigation_is_missing_something_until_it_is_settled() -> None:
    assert "no other officer has recorded" in conflict.missing_declarations((ASHA,), (OPEN,))[0]
    assert conflict.missing_declarations((ASHA,), (PROPOSED,)), "her own word settles nothing"
    assert "she proposes: Gideon scores Marrowby" in PROPOSED.sentence
    assert conflict.missing_declarations((ASHA,), (SETTLED,)) == ()


def test_an_open_interest_of_anyone_stops_everyone() -> None:
    cleared = replace(CLEAR, id="g", officer_id="g", officer_name="Gideon")
    with pytest.raises(RuleError, match="Asha declared an interest") as refusal:
        conflict.check_declared(GIDEON, (OPEN, cleared))
    assert refusal.value.rule == "R075"


def test_a_declaration_that_a_later_one_replaced_does_not_count() -> None:
    assert conflict.declaration_of((replace(CLEAR, is_current=False),), "a") is None


def test_an_interest_has_words_and_no_interest_has_none() -> None:
    with pytest.raises(RuleError, match="what the interest is"):
        conflict.check_declaration(" ", "", has_interest=True)
    with pytest.raises(RuleError, match="take the words out"):
        conflict.check_declaration("Her sister", "", has_interest=False)


def test_the_assessment_names_each_declaration_and_what_is_missing() -> None:
    text = conflict.assessment_text("Round 1", (ASHA, GIDEON), (replace(OPEN, is_current=False), SETTLED))
    assert "Asha, broker: declares an interest. Her sister works at Marrowby." in text
    assert "What is done: Gideon scores Marrowby." in text
    assert "Earlier declarations" in text
    assert "Gideon has not declared" in text
    whole = conflict.assessment_text("Round 1", (ASHA,), (CLEAR,))
    assert "no interest is open" in whole
