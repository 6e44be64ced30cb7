from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.framework import Framework
from brokerdesk.core.domain.framework_rules import Rung, WorkingHours
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Need, Package
from brokerdesk.core.domain.release import Said
from brokerdesk.core.domain.requirement_edition import Clarification, RequirementEdition
from brokerdesk.core.domain.sourcing import InvitationStatus, Offer, Round
from brokerdesk.core.domain.visits import Weekday
from brokerdesk.core.services import amendments, journey, offers, release, requirement, rounds
from brokerdesk.core.services.desk import Desk
from council_sample import (
    BROKER,
    Council,
    a_need,
    keep_list,
    look_at_said,
    look_at_what_goes_out,
    make_council,
    open_round,
    record_need,
    sample_framework,
    withdraw_round,
)

TOLD = "The second carer is no longer needed."


@pytest.fixture(scope="module")
def council_model(tmp_path_factory: pytest.TempPathFactory) -> Council:
    return make_council(tmp_path_factory.mktemp("model") / "desk")


@pytest.fixture
def desk(council_model: Council, tmp_path: Path) -> Iterator[Desk]:
    with council_model.copy_to(tmp_path / "council").open(BROKER) as opened:
        yield opened


@pytest.fixture
def package(desk: Desk) -> Package:
    return record_need(desk)


@pytest.fixture
def opened(desk: Desk, package: Package) -> Round:
    return open_round(desk, package)


def statuses(desk: Desk, opened: Round) -> list[InvitationStatus]:
    with desk.reading() as unit:
        return [held.status for held in journey.invitations_of(unit, opened.id)]


def looked_at(desk: Desk, package: Package, need: Need, reason: str = TOLD) -> None:
    found = release.outgoing_need(desk, package.id, need, reason).release
    release.check_release(
        desk, package_id=package.id, sha256=found.sha256, warnings_seen=bool(found.warnings), need=need,
        said=Said(reason=reason),
    )  # fmt: skip


def answered(desk: Desk, opened: Round, question: str, answer: str, strike: tuple[str, ...] = ()) -> None:
    look_at_said(desk, opened.package_id, Said(question=question, answer=answer), strike=strike)
    amendments.share_clarification(desk, round_id=opened.id, question=question, answer=answer)


def told_all(desk: Desk, opened: Round) -> list[str]:
    papers = amendments.clarification_papers(desk, opened.id)
    return [desk.checker.read_text(p.data) for p in papers if p.file_name.endswith(".pdf")]


def amended(package: Package) -> Need:
    return replace(package.need, starts_on=package.need.starts_on + timedelta(days=2), needs=("hoist",))


def sheets(desk: Desk, opened: Round) -> list[str]:
    papers = requirement.asking_papers(desk, opened.id)
    return [desk.checker.read_text(p.data) for p in papers if p.file_name.endswith(".pdf")]


def test_no_round_opens_before_the_broker_looked_at_what_goes_out(desk: Desk, package: Package) -> None:
    keep_list(desk, package)
    with pytest.raises(RuleError, match="Nothing goes out yet") as refusal:
        rounds.open_round(desk, package_id=package.id)
    assert refusal.value.rule == "R125"
    look_at_what_goes_out(desk, package.id)
    assert rounds.open_round(desk, package_id=package.id).value.number == 1


def test_a_struck_word_is_in_no_sheet_and_the_preview_said_so(desk: Desk) -> None:
    package = record_need(desk, a_need(needs=("Goes to Oakfold on Mondays",)))
    keep_list(desk, package)
    found = release.outgoing(desk, package.id)
    assert "Oakfold" in found.sheet
    struck = tuple(mark.key for mark in found.release.marks if mark.words == "Oakfold")
    assert "Oakfold" not in release.outgoing(desk, package.id, struck=struck).sheet
    release.check_release(
        desk, package_id=package.id, sha256=found.release.sha256, struck=struck, warnings_seen=True
    )
    opened = rounds.open_round(desk, package_id=package.id, closes_after_hours=24).value
    for words in sheets(desk, opened):
        assert "Oakfold" not in words
        assert "[struck out]" in words


def test_the_sheet_that_is_looked_at_gives_the_time_that_the_finished_one_will_give(
    desk: Desk, package: Package
) -> None:
    framework = replace(sample_framework(), response_hours_standard=48, response_hours_urgent=4)
    with desk.units.writing() as unit:
        unit.of(Framework).replace(framework)
        unit.commit()
    due = {hours: release.outgoing(desk, package.id, hours=hours).sheet for hours in (1, 24, None)}
    assert "11:42 on Tuesday 8 December 2026" in due[1]
    assert "10:42 on Wednesday 9 December 2026" in due[24]
    assert "10:42 on Thursday 10 December 2026" in due[None]
    urgent = replace(package.need, urgent_since=desk.now())
    said = release.outgoing_need(desk, package.id, urgent, "Sooner").sheet
    assert "14:42 on Tuesday 8 December 2026" in said
    said = release.outgoing_need(desk, package.id, urgent, "Sooner", hours=2).sheet
    assert "12:42 on Tuesday 8 December 2026" in said
    open_hours = WorkingHours((Weekday.TUE, Weekday.WED), time(9), time(12))
    ladder = (Rung("All", hours_standard=Decimal(3)),)
    rules = replace(framework.rules, ladder=ladder, working_hours=open_hours)
    with desk.units.writing() as unit:
        unit.of(Framework).replace(replace(unit.of(Framework).get(framework.id), rules=rules))
        unit.commit()
    assert "10:42 on Wednesday 9 December 2026" in release.outgoing(desk, package.id).sheet


def test_the_register_keeps_what_was_taken_out_not_the_words(desk: Desk) -> None:
    package = record_need(desk, a_need(preferences="Winifred likes tea."))
    look_at_what_goes_out(desk, package.id)
    with desk.reading() as unit:
        entry, details = unit.register()[-1]
    assert entry.act == "release_checked"
    assert details is not None
    assert details["taken_out"] == {"name": 1}
    assert "Winifred" not in str(details)


def test_a_warning_that_nobody_saw_stops_the_look(desk: Desk, package: Package) -> None:
    found = release.outgoing(desk, package.id).release
    assert found.warnings
    with pytest.raises(RuleError, match="Say that you saw it"):
        release.check_release(desk, package_id=package.id, sha256=found.sha256)


def test_a_question_is_answered_for_everyone_without_who_asked(desk: Desk, opened: Round) -> None:
    answered(desk, opened, "Is there a key safe?", "Yes, by the front door.")
    pdfs = told_all(desk, opened)
    assert len(pdfs) == len(statuses(desk, opened))
    for words in pdfs:
        assert "Is there a key safe?" in words
        assert "Yes, by the front door." in words
    assert all("Is there a key safe?" in words for words in sheets(desk, opened))


def test_no_answer_goes_to_everyone_before_the_broker_looked_at_it(desk: Desk, opened: Round) -> None:
    for said in (
        lambda: amendments.share_clarification(
            desk, round_id=opened.id, question="Who is it?", answer="Mrs Larkspur."
        ),
        lambda: rounds.withdraw_round(desk, round_id=opened.id, reason="The niece found care."),
    ):
        with pytest.raises(RuleError, match="Nothing goes out yet") as refusal:
            said()
        assert refusal.value.rule == "R125"
    with pytest.raises(RuleError, match="nothing to share"):
        amendments.clarification_papers(desk, opened.id)
    assert statuses(desk, opened)[0] is InvitationStatus.ASKED


def test_a_look_counts_for_the_very_words_that_were_looked_at(desk: Desk, opened: Round) -> None:
    look_at_said(desk, opened.package_id, Said(question="Is there parking?", answer="Yes."))
    with pytest.raises(RuleError, match="Nothing goes out yet"):
        amendments.share_clarification(
            desk, round_id=opened.id, question="Is there parking?", answer="Yes, ask for Oakfold."
        )


def test_what_the_desk_knows_is_taken_out_of_an_answer(desk: Desk, opened: Round) -> None:
    answered(desk, opened, "Does Mrs Larkspur smoke?", "No, Winifred does not.")
    for words in told_all(desk, opened):
        assert "Does the person smoke?" in words
        assert "No, the person does not." in words


def test_spelled_out_names_and_foreign_dates_are_struck_where_the_broker_says_so(
    desk: Desk, opened: Round
) -> None:
    """Neither is what the desk knows of her: only a reader finds them."""
    strike = ("W-i-n-n-i-e", "1938-04-02", "Zdzisława", "2. April")
    said = "She is W-i-n-n-i-e, born 1938-04-02 (2. April), Zdzisława to her friends."
    answered(desk, opened, "Who is she?", said, strike)
    for words in told_all(desk, opened):
        assert not any(word in words for word in strike)
        assert "[struck out]" in words


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        ("Ring her niece on 01632 960 961.", "[telephone removed]"),
        ("Write to niece@home.example first.", "[e-mail removed]"),
        ("The key is at 14 Larch Lane.", "[address removed]"),
        ("The key is at WN6 1ZZ.", "WN6"),
    ],
)
def test_words_for_everyone_hold_nobodys_number_or_address(
    desk: Desk, opened: Round, words: str, instead: str
) -> None:
    answered(desk, opened, "How?", words)
    with desk.reading() as unit:
        (kept,) = unit.of(Clarification).find(round_id=opened.id)
    assert instead in kept.answer
    assert kept.answer != words
    withdrawn = withdraw_round(desk, opened, words)
    assert withdrawn.withdrawn_reason == kept.answer


def test_an_amendment_shows_the_difference_and_everyone_answers_again(
    desk: Desk, package: Package, opened: Round
) -> None:
    with desk.reading() as unit:
        first = journey.invitations_of(unit, opened.id)[0]
    offers.record_offer(
        desk, invitation_id=first.id, starts_on=date(2026, 12, 14), rate=Money.parse("24.10")
    )
    need = amended(package)
    looked_at(desk, package, need)
    edition = amendments.amend_requirement(
        desk, round_id=opened.id, need=need, reason=TOLD, hours=6
    ).value
    assert edition.number == 2
    assert [found.what for found in edition.differences] == ["Starts", "Needs"]
    assert set(statuses(desk, opened)) == {InvitationStatus.ASKED}
    for words in sheets(desk, opened):
        assert "What has changed" in words
        assert TOLD in words
    with desk.reading() as unit:
        assert journey.offers_of(unit, opened.id) == ()
        (kept,) = unit.of(Offer).find(round_id=opened.id)
        assert kept.is_superseded
        moved = unit.of(Round).get(opened.id)
        asked = journey.invitations_of(unit, opened.id)
        assert {held.answer_by for held in asked} == {moved.closes_at}
        assert moved.weights == opened.weights
        first_edition, second = unit.of(RequirementEdition).find(round_id=opened.id)
    assert first_edition.need == package.need
    assert second.need.needs == ("hoist",)
    again = offers.record_offer(
        desk, invitation_id=first.id, starts_on=date(2026, 12, 16), rate=Money.parse("24.10")
    )
    assert not again.value.is_superseded


def test_an_amendment_that_changes_nothing_for_providers_is_refused(
    desk: Desk, package: Package, opened: Round
) -> None:
    need = replace(package.need, personal_budget=Money.parse("900.00"))
    looked_at(desk, package, need)
    with pytest.raises(RuleError, match="Nothing that providers read would change"):
        amendments.amend_requirement(desk, round_id=opened.id, need=need, reason=TOLD)


def test_an_amendment_is_looked_at_before_it_goes_out(desk: Desk, package: Package, opened: Round) -> None:
    need = replace(package.need, needs=("Goes to Oakfold",))
    with pytest.raises(RuleError, match="Nothing goes out yet"):
        amendments.amend_requirement(desk, round_id=opened.id, need=need, reason=TOLD)


def test_those_who_were_asked_are_told_why_a_round_is_withdrawn(desk: Desk, opened: Round) -> None:
    with pytest.raises(RuleError, match="is not withdrawn"):
        amendments.withdrawal_papers(desk, opened.id)
    withdraw_round(desk, opened, "The care is no longer needed.")
    papers = amendments.withdrawal_papers(desk, opened.id)
    pdfs = [desk.checker.read_text(p.data) for p in papers if p.file_name.endswith(".pdf")]
    assert pdfs
    assert all("The care is no longer needed." in words for words in pdfs)


def test_no_paper_to_those_asked_shows_their_rank(desk: Desk, opened: Round) -> None:
    answered(desk, opened, "Is there parking?", "Yes.")
    papers = list(amendments.clarification_papers(desk, opened.id))
    withdraw_round(desk, opened, "The care is no longer needed.")
    papers += amendments.withdrawal_papers(desk, opened.id)
    with desk.reading() as unit:
        reference = unit.of(Package).get(opened.package_id).reference
    for paper in papers:
        assert paper.file_name.startswith(("questions-", "withdrawn-")), paper.file_name
        if paper.file_name.endswith(".pdf"):
            words = desk.checker.read_text(paper.data)
            assert f"{reference}-R{opened.number}-{paper.location_id}" in words


def test_a_reason_that_names_the_person_goes_out_without_the_name(desk: Desk, opened: Round) -> None:
    assert withdraw_round(desk, opened, "Winifred Larkspur went home.").withdrawn_reason == (
        "the person went home."
    )


def test_the_reason_of_an_amendment_passes_the_same_look(
    desk: Desk, package: Package, opened: Round
) -> None:
    need, reason = amended(package), "Mrs Larkspur and Zdzisława moved in together."
    found = release.outgoing_need(desk, package.id, need, reason).release
    struck = tuple(mark.key for mark in found.marks if mark.words == "Zdzisława")
    release.check_release(
        desk, package_id=package.id, sha256=found.sha256, warnings_seen=bool(found.warnings), need=need,
        said=Said(reason=reason), struck=struck,
    )  # fmt: skip
    edition = amendments.amend_requirement(desk, round_id=opened.id, need=need, reason=reason).value
    assert edition.reason == "the person and [struck out] moved in together."
    assert all(edition.reason in " ".join(words.split()) for words in sheets(desk, opened))
