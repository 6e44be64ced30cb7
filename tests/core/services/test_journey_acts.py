"""The acts of the journey beyond the straight way: drafts, lists, editions, suspensions, withdrawals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from brokerdesk.core.domain.award import Decision, FiledLetter
from brokerdesk.core.domain.errors import ConflictError, InputError, RuleError
from brokerdesk.core.domain.package import Need, PackageStatus, Step
from brokerdesk.core.domain.scenario import Station
from brokerdesk.core.domain.scenario_check import scenario_of
from brokerdesk.core.services import (
    approvals,
    awards,
    frameworks,
    journey,
    letters,
    packages,
    referrals,
    reports,
    rounds,
    shortlists,
    timeline,
)
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.once import file_sha256
from brokerdesk.core.services.walk import Walked, go_on
from council_sample import withdraw_round
from journeys.walks import SCENARIOS, Shared, changed, tables

BROKER, APPROVER, MANAGER = "A. Demo-Broker", "B. Demo-Approver", "C. Demo-Manager"


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


def package_id(walked: Walked) -> str:
    assert walked.package is not None
    return walked.package.id


def test_a_draft_is_kept_for_its_officer_alone_and_leaves_no_register_entry(
    shared: Shared, broker: Desk
) -> None:
    with broker.reading() as unit:
        before = len(unit.register())
    referrals.save_draft(broker, "need:new", {"family_name": "Larks"})
    referrals.save_draft(broker, "need:new", {"family_name": "Larkspur"})
    assert referrals.draft(broker, "need:new") == {"family_name": "Larkspur"}
    assert referrals.draft(shared.stage.as_officer(APPROVER), "need:new") is None
    referrals.drop_draft(broker, "need:new")
    assert referrals.draft(broker, "need:new") is None
    with broker.reading() as unit:
        assert len(unit.register()) == before


def test_a_referral_list_is_shown_first_and_its_new_rows_saved_once(broker: Desk, tmp_path: Path) -> None:
    listed = tmp_path / "referrals.csv"
    head = "reference,cohort,first_names,family_name,postcode,service,starts_on,visits\n"
    row = "L-1,adult,Honor,Pettifer,wn5 9aa,home care,2026-12-14,Mon 08:00 30 1; Tue 08:00 30 1\n"
    listed.write_text(head + row + row.replace("L-1", "L-2").replace("wn5 9aa", "nowhere"), encoding="utf-8")
    shown = referrals.preview_referrals(broker, listed)
    assert shown.counts == {"new": 1, "known": 0, "bad": 1}
    assert [(p.row, p.column) for p in shown.problems] == [(3, "postcode")]
    made = referrals.agree_referral_import(broker, path=str(listed), sha256=shown.sha256).value
    assert len(made) == 1
    assert referrals.preview_referrals(broker, listed).counts["known"] == 1
    assert referrals.agree_referral_import(broker, path=str(listed), sha256=shown.sha256).value == ()
    with pytest.raises(ConflictError):
        referrals.agree_referral_import(broker, path=str(listed), sha256="0" * 64)


def test_a_need_is_amended_until_providers_are_asked(shared: Shared, broker: Desk) -> None:
    walked = walked_to(shared, Station.NEED)
    assert walked.package is not None
    later = replace(walked.package.need, starts_on=date(2026, 12, 7))
    amended = referrals.amend_need(broker, package_id=walked.package.id, need=later).value
    assert amended.need.starts_on == date(2026, 12, 7)
    asked = walked_to(shared, Station.ROUND)
    with pytest.raises(RuleError, match="Withdraw the round"):
        referrals.amend_need(broker, package_id=package_id(asked), need=later)


def test_a_kept_shortlist_replays_to_the_same_list(shared: Shared, broker: Desk) -> None:
    walked = walked_to(shared, Station.NEED)
    kept = shortlists.keep_shortlist(broker, package_id=package_id(walked)).value
    assert shortlists.replay_shortlist(broker, kept.id)
    assert {row.location_id for row in kept.included} == {"1-100000031", "1-100000032", "1-100000033"}
    assert shortlists.who_may_be_asked(broker, package_id(walked)).included == kept.included


def test_a_shortlist_of_yesterday_does_not_open_a_round_today(shared: Shared, broker: Desk) -> None:
    walked = walked_to(shared, Station.NEED)
    shortlists.keep_shortlist(broker, package_id=package_id(walked))
    shared.stage.set_clock(broker.now() + timedelta(days=1))
    with pytest.raises(RuleError, match="another day"):
        rounds.open_round(broker, package_id=package_id(walked))


def test_a_round_is_not_closed_while_someone_may_still_answer(shared: Shared, broker: Desk) -> None:
    walked = walked_to(shared, Station.ROUND)
    assert walked.round is not None
    with pytest.raises(RuleError, match="may still answer") as refusal:
        rounds.close_round(broker, round_id=walked.round.id)
    assert refusal.value.rule == "R024"
    withdrawn = withdraw_round(broker, walked.round, "The need changed.")
    assert withdrawn.status.value == "withdrawn"
    with broker.reading() as unit:
        assert journey.current_round(unit, package_id(walked)) is None


def test_a_member_is_suspended_and_lifted_by_the_framework_manager_alone(
    shared: Shared, broker: Desk
) -> None:
    manager, framework = shared.stage.as_officer(MANAGER), shared.framework
    assert framework is not None
    told = {"framework_id": framework.id, "location_id": "1-100000033", "scope": "all", "to_on": None}
    with pytest.raises(RuleError, match="framework manager"):
        frameworks.suspend_member(broker, **told, from_on=broker.today(), reason="CQC warning")
    held = frameworks.suspend_member(manager, **told, from_on=broker.today(), reason="CQC warning").value
    walked = walked_to(shared, Station.NEED)
    out = shortlists.who_may_be_asked(broker, package_id(walked)).excluded
    reasons = {row.location_id: row.reasons[0] for row in out}
    assert (reasons["1-100000033"].rule, reasons["1-100000033"].since) == ("R105", broker.today())
    frameworks.lift_suspension(manager, suspension_id=held.id)
    assert len(shortlists.who_may_be_asked(broker, package_id(walked)).included) == 3
    with pytest.raises(RuleError, match="no scope"):
        frameworks.suspend_member(
            manager, **{**told, "scope": "day care"}, from_on=broker.today(), reason="x"
        )


def test_the_same_workbook_again_becomes_a_later_edition_with_its_extension(tmp_path: Path) -> None:
    made = Shared(tmp_path / "desk", "nursing_bed")
    with made.stage:
        manager = made.stage.as_officer(MANAGER)
        book = SCENARIOS / "framework.xlsx"
        shown = frameworks.preview_framework(manager, book)
        assert (shown.edition, shown.counts["members"], shown.problems) == (2, 20, ())
        kept = frameworks.agree_framework_import(manager, path=str(book), sha256=file_sha256(book)).value
        assert [f.edition for f in frameworks.list_frameworks(manager)] == [2]
        longer = frameworks.take_extension(manager, framework_id=kept.id).value
        assert longer.last_day == date(2031, 9, 30)
        with pytest.raises(RuleError, match="taken already"):
            frameworks.take_extension(manager, framework_id=kept.id)


def test_an_approval_given_elsewhere_shows_who_recorded_it_and_limits_still_bind(
    shared: Shared, broker: Desk
) -> None:
    walked = walked_to(shared, Station.CHOICE)
    told = {"package_id": package_id(walked), "approver_name": "Funding panel"}
    with pytest.raises(RuleError, match="where the approval can be found"):
        approvals.record_approval_given_elsewhere(broker, **told, decided_on=broker.today(), evidence=" ")
    with pytest.raises(RuleError, match="after today"):
        approvals.record_approval_given_elsewhere(
            broker, **told, decided_on=broker.today() + timedelta(days=1), evidence="minute 7"
        )
    with pytest.raises(RuleError, match="someone else"):
        approvals.record_approval_given_elsewhere(
            broker, package_id=package_id(walked), approver_name=BROKER.lower(), decided_on=broker.today(),
            evidence="minute 7",
        )  # fmt: skip
    kept = approvals.record_approval_given_elsewhere(
        broker, **told, decided_on=broker.today(), evidence="Panel minute 7"
    ).value
    assert (kept.decision, kept.approver_name, kept.recorded_by) == (
        Decision.APPROVE, "Funding panel", broker.operator.id,
    )  # fmt: skip
    assert packages.overview(broker, _reference(broker, walked)).package.status is PackageStatus.APPROVED


def _reference(desk: Desk, walked: Walked) -> str:
    assert walked.package is not None
    return walked.package.reference


def test_a_withdrawn_award_lets_the_package_look_again_and_issues_no_more_letters(
    shared: Shared, broker: Desk
) -> None:
    walked = walked_to(shared, Station.AWARD)
    assert walked.award is not None
    prepared = letters.prepare_letters(broker, award_id=walked.award.id).value
    with pytest.raises(RuleError, match="Say why"):
        awards.withdraw_award(broker, award_id=walked.award.id, reason=" ")
    awards.withdraw_award(broker, award_id=walked.award.id, reason="The home closed.")
    with pytest.raises(RuleError, match="withdrawn"):
        letters.issue_letter(broker, letter_id=prepared[0].id)
    found = packages.overview(broker, _reference(broker, walked))
    assert found.package.status is PackageStatus.NEEDS_PROVIDER
    assert found.next.step is Step.INVITATIONS
    assert timeline.timeline(broker, package_id(walked))[0].words.endswith("withdrawn: The home closed.")


def test_an_issued_letter_is_saved_mailed_and_known_by_the_desk(
    shared: Shared, broker: Desk, tmp_path: Path
) -> None:
    walked = walked_to(shared, Station.LETTERS)
    letter = walked.letters[0]
    saved = letters.save_copy(broker, letter.id, tmp_path)
    assert saved.name == "01-award-1-100000031.pdf"
    assert saved.read_bytes() == letters.preview(broker, letter.id) == letter.pdf
    assert b"X-Unsent: 1" in letters.email_draft(broker, letter.id)
    assert letters.verify_letter(broker.checker, broker, letter.pdf).is_good
    with pytest.raises(RuleError, match="issued already"):
        letters.issue_letter(broker, letter_id=letter.id)
    with broker.units.writing() as unit:
        held = unit.of(FiledLetter).get(letter.id)
        unit.of(FiledLetter).replace(replace(held, sha256="0" * 64))
        unit.commit()
    assert not letters.verify_letter(broker.checker, broker, letter.pdf).is_good


def test_a_letter_prepared_for_one_signature_is_not_signed_with_another(shared: Shared, broker: Desk) -> None:
    walked = walked_to(shared, Station.AWARD)
    assert walked.award is not None
    prepared = letters.prepare_letters(broker, award_id=walked.award.id).value
    with pytest.raises(RuleError, match="Prepare the letters again"):
        letters.signed_pdf(shared.stage.as_officer(APPROVER), letters.letter_of(prepared[0]))
    again = letters.prepare_letters(broker, award_id=walked.award.id).value
    assert {letter.id for letter in again}.isdisjoint(letter.id for letter in prepared)


def test_the_report_counts_the_awards_of_the_period_by_cohort(shared: Shared, broker: Desk) -> None:
    walked = walked_to(shared, Station.AWARD)
    assert walked.award is not None
    day = broker.today()
    found = reports.awards_report(broker, day, day)
    adults = [row for row in found.rows if row[0] == "Adults"]
    assert adults[0][2] == "nursing home"
    assert [row[3] for row in found.rows if row[0] == "Children"] == [
        "none, because no package for children was awarded in the period"
    ]
    with pytest.raises(InputError, match="no report"):
        reports.report_named(broker, "award", day, day)


def test_today_lists_what_is_to_do_what_closes_and_what_is_with_others(shared: Shared, broker: Desk) -> None:
    chosen, asking = walked_to(shared, Station.CHOICE), walked_to(shared, Station.ROUND)
    rows = {row.package.reference: row for row in packages.today(broker)}
    assert rows[_reference(broker, chosen)].bucket is packages.Bucket.WITH_OTHERS
    closing = rows[_reference(broker, asking)]
    assert closing.bucket is packages.Bucket.CLOSING
    assert closing.due_at is not None
    steps = packages.overview(broker, _reference(broker, asking)).rows
    assert [row.step for row in steps] == list(Step)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"postcode": "nowhere"}, "postcode"),
        ({"nhs_number": "1234567890"}, "nhs_number"),
        ({"starts_on": date(2026, 11, 22)}, "today is 23 November 2026"),
        ({"born_on": date(2027, 1, 1)}, "born_on"),
        ({"first_names": "", "family_name": " "}, "name"),
    ],
)
def test_a_need_that_cannot_be_right_leaves_nothing_behind(
    broker: Desk, change: dict[str, Any], words: str
) -> None:
    need: Need = replace(scenario_of(changed(tables("nursing_bed"))).need.to_need(), **change)
    before = len(packages.list_packages(broker))
    with pytest.raises((RuleError, InputError), match=words):
        referrals.record_referral(broker, need=need)
    assert len(packages.list_packages(broker)) == before
