"""Where a package stands, and the one thing to do next."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from brokerdesk.core.domain.award import Decision, FiledLetter, LetterStatus
from brokerdesk.core.domain.package import Package, PackageStatus, Step, StepTime
from brokerdesk.core.domain.sourcing import (
    InvitationStatus,
    RoundStatus,
    ScoredOffer,
    Shortlist,
    ShortlistedIn,
)
from brokerdesk.core.domain.status import Standing, StepState, next_action, next_sentence, step_rows
from sourcing_samples import (
    FIRST,
    NOW,
    SECOND,
    a_choice,
    a_need,
    a_round,
    an_approval,
    an_award,
    an_invitation,
    an_offer,
    pounds,
)


def a_package(**facts: Any) -> Package:
    known: dict[str, Any] = {
        "id": "p1",
        "reference": "KVB-0007",
        "need": a_need(),
        "status": PackageStatus.NEEDS_PROVIDER,
        "framework_id": "f1",
        "created_at": NOW,
        "created_by": "broker",
        "weekly_cost": pounds("843.50"),
        "carer_hours": Decimal(35),
    }
    return Package(**known | facts)


def a_shortlist(may_be_asked: int) -> Shortlist:
    row = ShortlistedIn("Provider 1", FIRST, "m", 1, 1, None, Decimal(0), (), None, None, None, None, ())
    return Shortlist("s1", "p1", "f1", NOW, "home care", (row,) * may_be_asked, (), {})


def a_letter(number: int, status: LetterStatus) -> FiledLetter:
    return FiledLetter(f"l{number}", "p1", "w1", number, "award", FIRST, "Provider 1", status, "{}", NOW)


STEPS: tuple[dict[str, Any], ...] = (
    {},
    {"shortlist": a_shortlist(2)},
    {
        "asked": a_round(status=RoundStatus.OPEN),
        "invitations": (
            an_invitation(status=InvitationStatus.ASKED),
            an_invitation(SECOND, status=InvitationStatus.ASKED),
        ),
    },
    {
        "asked": a_round(),
        "invitations": (an_invitation(),),
        "offers": (an_offer(),),
        "scored": (ScoredOffer("o", FIRST, "Provider 1", 1, Decimal("82.01"), ()),),
    },
    {"choice": a_choice()},
    {"approval": an_approval()},
    {"award": an_award()},
    {"letters": (a_letter(1, LetterStatus.ISSUED), a_letter(2, LetterStatus.ISSUED))},
)


def standing(after: int, **facts: Any) -> Standing:
    """A package after so many of the steps above."""
    known: dict[str, Any] = {
        "package": a_package(),
        "now": NOW,
        "officer_names": {"broker": "Asha Penhaligon"},
    }
    for step in STEPS[: after + 1]:
        known |= step
    return Standing(**known | facts)


def test_one_step_at_a_time_is_next_and_those_after_wait() -> None:
    for after in range(len(STEPS)):
        states = [row.state for row in step_rows(standing(after))]
        unfinished = [state for state in states if state is not StepState.COMPLETED]
        assert all(state is StepState.CANNOT_START for state in unfinished[1:])
        assert states == sorted(states, key=lambda state: state is not StepState.COMPLETED)


def test_each_step_has_its_own_next_sentence() -> None:
    said = [next_sentence(standing(after)) for after in range(len(STEPS))]
    assert said == [
        "See which providers may be asked for Winifred Larkspur, and keep the list.",
        "Ask the providers; nothing that goes out tells who Winifred Larkspur is.",
        "2 answers awaited. Record each as it comes.",
        "Record what Winifred Larkspur chose.",
        "An approver other than you decides for £43,982.50 a year.",
        "Check the rules, then award.",
        "Sign and issue the letters.",
        "Everything is done and every letter is issued.",
    ]


def test_whoever_may_decide_is_told_to_decide_and_not_that_another_does() -> None:
    due = next_action(standing(4), is_decider=True)
    assert (due.sentence, due.is_waiting) == ("You decide on the spend for £43,982.50 a year.", False)
    assert next_action(standing(3), is_decider=True) == next_action(standing(3))


def test_a_step_that_cannot_start_says_what_it_waits_for() -> None:
    rows = {row.step: row for row in step_rows(standing(4))}
    assert rows[Step.AWARD].why_waiting == "Waits for approval, and one check is missing"
    assert rows[Step.AWARD].detail == "No dated exclusion check is on file"
    assert all(row.why_waiting for row in rows.values() if row.state is StepState.CANNOT_START)


def test_a_completed_step_says_what_came_of_it_and_who_took_it() -> None:
    times = (StepTime("t", "p1", Step.NEED, NOW, "broker", "Need checked"),)
    rows = {row.step: row for row in step_rows(standing(3, times=times))}
    assert rows[Step.NEED].result == "28 visits a week, 35.00 carer hours"
    assert (rows[Step.NEED].at, rows[Step.NEED].who) == (NOW, "Asha Penhaligon")
    assert rows[Step.OFFERS].result == "Best is Provider 1, 82.01 points"


def test_nobody_to_ask_needs_attention() -> None:
    found = step_rows(standing(0, shortlist=a_shortlist(0)))[1]
    assert (found.state, found.result) == (StepState.ATTENTION, "No provider may be asked; see the reasons")


def test_a_round_without_an_offer_needs_attention_once_its_time_is_past() -> None:
    later = standing(2, now=NOW + timedelta(hours=24))
    assert next_action(later).sentence == "Nobody offered; ask the next tier or again."
    assert not next_action(later).is_waiting


def test_a_late_offer_alone_leaves_nothing_to_choose() -> None:
    late = standing(3, offers=(an_offer(is_late=True),), scored=())
    assert step_rows(late)[3].state is StepState.ATTENTION


def test_a_returned_approval_needs_attention_with_its_comment() -> None:
    returned = standing(5, approval=an_approval(decision=Decision.RETURN, comment="too dear"))
    found = step_rows(returned)[5]
    assert (found.state, found.result) == (StepState.ATTENTION, "Returned by Gideon Fairweather: too dear")


def test_letters_that_are_prepared_but_not_issued_stay_in_sight() -> None:
    half = standing(6, letters=(a_letter(1, LetterStatus.ISSUED), a_letter(2, LetterStatus.PREPARED)))
    found = step_rows(half)[7]
    assert (found.state, found.result) == (StepState.IN_PROGRESS, "1 of 2 letters issued")


def test_a_closed_package_asks_for_nothing() -> None:
    closed = standing(1, package=replace(a_package(), status=PackageStatus.CLOSED))
    assert next_action(closed).step is None
    assert not any(row.state is StepState.NEXT for row in step_rows(closed))
