"""From an error to its place: each family once, and our own faults without anybody's data."""

from __future__ import annotations

import pytest

from brokerdesk.core.domain.errors import ConflictError, InputError, InputProblem, PlaceError, RuleError
from brokerdesk.ui.messages import message_for


def test_a_rule_is_shown_beside_the_act_with_its_number() -> None:
    message = message_for(RuleError("The ceiling is £25.60. Ask for a lower offer.", rule="R110"))
    assert (message.place, message.rule) == ("act", "R110")
    assert (message.lead, message.rest) == ("The ceiling is £25.60.", "Ask for a lower offer.")


def test_problems_of_a_file_are_listed_by_row_and_column() -> None:
    problems = tuple(InputProblem(row, "Ceiling", "12,50", "pounds such as 12.50") for row in range(2, 7))
    message = message_for(InputError("5 rows cannot be read.", problems=problems))
    assert message.place == "list"
    assert message.rest.startswith("row 2, Ceiling: “12,50” was found, pounds such as 12.50 is wanted")
    assert message.rest.endswith("and 2 more")


def test_a_conflict_shows_both_versions() -> None:
    message = message_for(ConflictError("Rowan changed this at 10:41.", yours="a", theirs="b"))
    assert (message.place, message.yours, message.theirs) == ("choice", "a", "b")


def test_a_full_disk_is_a_banner_on_the_page() -> None:
    assert message_for(PlaceError("The disk is full. Free 200 MB, then try once more.")).place == "page"


@pytest.mark.expects_log_errors
def test_our_own_fault_keeps_personal_data_out_of_the_log_and_the_details(
    caplog: pytest.LogCaptureFixture,
) -> None:
    try:
        raise ValueError("Winifred Larkspur 999 123 4567")
    except ValueError as fault:
        message = message_for(fault)
    assert message.lead == "BrokerDesk did something wrong. Your work is kept."
    assert "ValueError at test_our_own_fault" in message.details
    assert "Larkspur" not in message.details + caplog.text
