"""Refusals, withdrawals and corrections: numbered, versioned, never overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from brokerdesk.core.domain.award import FiledLetter, LetterStatus
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.letter import texts_of
from brokerdesk.core.domain.preference import PreferenceConditions, RefusedPreference
from brokerdesk.core.domain.scenario import Station
from brokerdesk.core.domain.scenario_check import scenario_of
from brokerdesk.core.domain.signing import VerdictState
from brokerdesk.core.services import (
    agreement_details,
    awards,
    further_letters,
    letter_batch,
    letters,
    notice_desk,
)
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.walk import Walked, go_on
from journeys.walks import SCENARIOS, Shared, tables

BROKER = "A. Demo-Broker"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    made = Shared(tmp_path_factory.mktemp("desk") / "desk", "nursing_bed")
    with made.stage:
        yield made


@pytest.fixture
def broker(shared: Shared) -> Desk:
    shared.stage.set_clock(scenario_of(tables("nursing_bed")).desk.clock)
    return shared.stage.as_officer(BROKER)


def walked_to(shared: Shared, station: Station) -> Walked:
    scenario = scenario_of(tables("nursing_bed"))
    shared.stage.set_clock(scenario.desk.clock)
    walked = Walked(scenario, station=Station.NEED, framework=shared.framework)
    go_on(walked, SCENARIOS, shared.stage, until=station)
    return walked


def award_id(walked: Walked) -> str:
    assert walked.award is not None
    return walked.award.id


def named(filed: tuple[FiledLetter, ...], kind: str) -> FiledLetter:
    return next(held for held in filed if held.kind == kind)


def words(filed: FiledLetter) -> str:
    return "\n".join(texts_of(letters.letter_of(filed)))


def test_a_correction_is_the_next_version_and_the_earlier_file_stays(shared: Shared, broker: Desk) -> None:
    walked = walked_to(shared, Station.LETTERS)
    first = named(walked.letters, "unsuccessful")
    made = further_letters.correct_letter(broker, letter_id=first.id, reason="The contact was wrong").value
    assert (made.number, made.letter_version, made.corrects) == (first.number, 2, first.id)
    assert made.file_name == first.file_name.replace(".pdf", "-v2.pdf")
    assert "The contact was wrong." in words(made)
    assert f"{letters.letter_of(first).reference}, version 1, of 23 November 2026" in words(made)
    with pytest.raises(RuleError, match="prepared already"):
        further_letters.correct_letter(broker, letter_id=first.id, reason="Again")
    issued = letters.issue_letter(broker, letter_id=made.id)
    with broker.reading() as unit:
        kept = unit.of(FiledLetter).get(first.id)
        entry, details = unit.register()[-1]
    assert kept.superseded_by == issued.id
    assert (kept.pdf, kept.sha256) == (first.pdf, first.sha256)
    assert entry.act == "letter_issued"
    assert details is not None
    assert details["superseded_sha256"] == first.sha256
    verdict = letters.verify_letter(broker.checker, broker, kept.pdf).verdict
    assert (verdict.state, verdict.is_good, verdict.is_as_issued) == (
        VerdictState.NO_LONGER_HOLDS, False, True
    )  # fmt: skip
    assert verdict.sentence == (
        "Superseded by version 2 of 23 November 2026. This is letter "
        f"{letters.letter_of(first).reference}, version 1, signed and unchanged; ask for version 2."
    )
    assert letters.verify_letter(broker.checker, broker, issued.pdf).is_good
    with pytest.raises(RuleError, match="superseded"):
        further_letters.correct_letter(broker, letter_id=first.id, reason="Again")
    third = further_letters.correct_letter(broker, letter_id=issued.id, reason="One more word").value
    assert (third.letter_version, third.corrects) == (3, issued.id)


def test_a_claim_or_standstill_that_comes_after_the_award_holds_what_binds(
    shared: Shared, broker: Desk
) -> None:
    walked = walked_to(shared, Station.AWARD)
    assert walked.package is not None
    package_id = walked.package.id
    prepared = letters.prepare_letters(broker, award_id=award_id(walked)).value
    claim = notice_desk.log_claim(
        broker, package_id=package_id, notified_on=broker.today(), by="Larchmere Care", about="The scores"
    ).value
    for kind in ("award", "agreement"):
        with pytest.raises(RuleError, match="claim by Larchmere Care") as refusal:
            letters.issue_letter(broker, letter_id=named(prepared, kind).id)
        assert refusal.value.rule == "R073"
    with pytest.raises(RuleError, match="claim by Larchmere Care"):
        letter_batch.issue_letters(broker, letter_ids=[named(prepared, "award").id])
    assert letters.issue_letter(broker, letter_id=named(prepared, "unsuccessful").id).issued_at
    notice_desk.settle_claim(broker, claim_id=claim.id, settled_on=broker.today(), outcome="Withdrawn")
    notice_desk.record_notice_published(
        broker, package_id=package_id, code="UK6", published_on=broker.today(), reference="2026/S 000-1",
        announces_standstill=True,
    )  # fmt: skip
    with pytest.raises(RuleError, match="The standstill that was announced runs to") as refusal:
        letters.issue_letter(broker, letter_id=named(prepared, "award").id)
    assert refusal.value.rule == "R071"


def test_a_correction_keeps_the_award_s_figures_and_references(shared: Shared, broker: Desk) -> None:
    walked = walked_to(shared, Station.LETTERS)
    first = named(walked.letters, "agreement")
    made = further_letters.correct_letter(broker, letter_id=first.id, reason="A telephone number").value
    before, after = letters.letter_of(first), letters.letter_of(made)
    assert after.reference == before.reference
    assert after.blocks[3:] == before.blocks[2:]
    assert f"{before.reference}, version 2" in words(made)


def test_a_purchase_order_that_comes_later_is_on_the_corrected_agreement(
    shared: Shared, broker: Desk
) -> None:
    walked = walked_to(shared, Station.LETTERS)
    assert walked.package is not None
    package_id = walked.package.id
    first = named(walked.letters, "agreement")
    assert "We send its number before the first invoice is due" in words(first)
    agreement_details.keep_agreement_details(
        broker, package_id=package_id, purchase_order=" 4500099999 ", cost_centre="B1"
    )
    kept = agreement_details.keep_agreement_details(
        broker, package_id=package_id, purchase_order="4500012345", out_of_hours="Night desk, 01632 960444"
    ).value
    assert agreement_details.details_of(broker, package_id) == kept
    made = further_letters.correct_letter(broker, letter_id=first.id, reason="The order number follows").value
    told = words(made)
    assert "purchase order 4500012345" in told
    assert "Night desk, 01632 960444" in told
    assert "Cost centre" not in told
    award = named(walked.letters, "award")
    again = further_letters.correct_letter(broker, letter_id=award.id, reason="The order number").value
    assert "4500012345" in words(again)


def test_a_wrong_price_is_no_correction_but_a_withdrawal_and_another_award(
    shared: Shared, broker: Desk
) -> None:
    walked = walked_to(shared, Station.LETTERS)
    first = named(walked.letters, "award")
    was = "£1,185.00"
    assert was in words(first)
    corrected = further_letters.correct_letter(broker, letter_id=first.id, reason="The price is wrong").value
    assert was in words(corrected), "a correction prints the figures of the award"
    awards.withdraw_award(broker, award_id=award_id(walked), reason="The price was recorded wrongly")
    with pytest.raises(RuleError, match="letters of its own, and the next award writes new ones"):
        further_letters.correct_letter(broker, letter_id=walked.letters[1].id, reason="The price is wrong")
    told = further_letters.prepare_withdrawal_letters(broker, award_id=award_id(walked)).value
    assert "The price was recorded wrongly." in words(told[0])
    walked.station, walked.letters = Station.ROUND, ()
    scenario = tables("nursing_bed")
    offer = next(a["offer"] for a in scenario["answers"] if a["location"] == "1-100000031")
    assert was == f"£1,{offer['rate'][1:]}"
    offer["rate"] = "1155.00"
    walked.scenario = scenario_of(scenario)
    go_on(walked, SCENARIOS, shared.stage)
    for kind in ("award", "agreement"):
        said = words(named(walked.letters, kind))
        assert "£1,155.00" in said
        assert was not in said


@pytest.mark.parametrize("text", ["x" * 121, "4500\n012345"])
def test_a_detail_that_does_not_fit_its_line_is_refused(shared: Shared, broker: Desk, text: str) -> None:
    walked = walked_to(shared, Station.AWARD)
    assert walked.package is not None
    with pytest.raises(RuleError, match="The purchase order"):
        agreement_details.keep_agreement_details(broker, package_id=walked.package.id, purchase_order=text)


@pytest.mark.parametrize("kind", ["award", "unsuccessful"])
def test_a_correction_that_would_name_the_person_is_refused(shared: Shared, broker: Desk, kind: str) -> None:
    walked = walked_to(shared, Station.LETTERS)
    first = named(walked.letters, kind)
    with pytest.raises(RuleError, match="name"):
        further_letters.correct_letter(broker, letter_id=first.id, reason="Leonard Brightmoor moves later")


def test_a_correction_says_what_was_wrong_and_only_of_an_issued_letter(shared: Shared, broker: Desk) -> None:
    walked = walked_to(shared, Station.AWARD)
    prepared = letters.prepare_letters(broker, award_id=award_id(walked)).value
    with pytest.raises(RuleError, match="not issued yet"):
        further_letters.correct_letter(broker, letter_id=prepared[0].id, reason="Wrong")
    issued = letters.issue_letter(broker, letter_id=prepared[0].id)
    with pytest.raises(RuleError, match="what was wrong"):
        further_letters.correct_letter(broker, letter_id=issued.id, reason=" ")


def test_a_withdrawn_award_is_told_to_those_who_were_told_of_it(shared: Shared, broker: Desk) -> None:
    walked = walked_to(shared, Station.LETTERS)
    with pytest.raises(RuleError, match="This award stands"):
        further_letters.prepare_withdrawal_letters(broker, award_id=award_id(walked))
    awards.withdraw_award(broker, award_id=award_id(walked), reason="The home has closed")
    made = further_letters.prepare_withdrawal_letters(broker, award_id=award_id(walked)).value
    assert [(held.kind, held.number) for held in made] == [
        ("withdrawal-provider", 5), ("withdrawal-person", 6),
    ]  # fmt: skip
    to_provider, to_person = made
    assert "The home has closed." in words(to_provider)
    assert "Brightmoor" not in words(to_provider)
    assert "Leonard Brightmoor" in words(to_person)
    references = [letters.letter_of(held).reference for held in walked.letters]
    assert references[0] in words(to_provider)
    assert references[-1] in words(to_provider)
    again = further_letters.prepare_withdrawal_letters(broker, award_id=award_id(walked)).value
    assert [held.number for held in again] == [5, 6]
    issued = [letters.issue_letter(broker, letter_id=held.id) for held in again]
    assert all(held.status is LetterStatus.ISSUED for held in issued)
    with pytest.raises(RuleError, match="issued already"):
        further_letters.prepare_withdrawal_letters(broker, award_id=award_id(walked))
    with pytest.raises(RuleError, match="withdrawn"):
        further_letters.correct_letter(broker, letter_id=walked.letters[0].id, reason="Late")


def test_an_award_of_which_nobody_was_told_needs_no_withdrawal(shared: Shared, broker: Desk) -> None:
    walked = walked_to(shared, Station.AWARD)
    letters.prepare_letters(broker, award_id=award_id(walked))
    awards.withdraw_award(broker, award_id=award_id(walked), reason="The home has closed")
    with pytest.raises(RuleError, match="nobody needs to be told"):
        further_letters.prepare_withdrawal_letters(broker, award_id=award_id(walked))


def test_a_refused_preference_is_told_in_writing_before_anything_is_awarded(
    shared: Shared, broker: Desk
) -> None:
    walked = walked_to(shared, Station.ANSWERS)
    assert walked.package is not None
    package_id = walked.package.id
    with pytest.raises(RuleError, match="No preferred home was refused"):
        further_letters.prepare_refusal_letter(broker, package_id=package_id)
    refused = RefusedPreference(
        id=f"refused-{package_id}", package_id=package_id, location_id="1-100000099",
        provider="Orchard Court", conditions=PreferenceConditions(is_suitable=False),
        reasons="It has no lift.\nIts room is upstairs.", instead="", refused_on=date(2026, 11, 24),
        refused_by="G. Demo-Head, Head of Care", made_at=broker.now(), officer_id=broker.operator.id,
    )  # fmt: skip
    with broker.units.writing() as unit:
        unit.of(RefusedPreference).add(refused)
        unit.commit()
    further_letters.prepare_refusal_letter(broker, package_id=package_id)
    made = further_letters.prepare_refusal_letter(broker, package_id=package_id).value
    assert (made.kind, made.number, made.award_id, made.file_name) == (
        "refusal", 1, "", "01-refusal-1-100000099.pdf",
    )  # fmt: skip
    for wanted in ("It has no lift.", "Its room is upstairs.", "Orchard Court", "G. Demo-Head, Head of Care"):
        assert wanted in words(made)
    assert letters.issue_letter(broker, letter_id=made.id).status is LetterStatus.ISSUED
    walked.station = Station.CHOICE
    go_on(walked, SCENARIOS, shared.stage)
    assert [held.file_name for held in walked.letters][:2] == [
        "02-award-1-100000031.pdf", "03-unsuccessful-1-100000033.pdf",
    ]  # fmt: skip


def test_a_second_award_s_letters_and_agreement_take_the_next_numbers(shared: Shared, broker: Desk) -> None:
    walked = walked_to(shared, Station.LETTERS)
    awards.withdraw_award(broker, award_id=award_id(walked), reason="The home has closed")
    walked.station, walked.letters = Station.ROUND, ()
    walked.scenario = scenario_of(tables("nursing_bed"))
    go_on(walked, SCENARIOS, shared.stage)
    numbers = [held.number for held in walked.letters]
    assert numbers == [5, 6, 7, 8]
    assert letters.letter_of(walked.letters[-1]).reference.endswith("-A2")
