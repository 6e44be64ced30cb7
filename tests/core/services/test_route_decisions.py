"""The route decision on a real desk: kept, read by the award, and never contradicted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from brokerdesk.core.domain.award import Agreement, AwardFacts, FiledLetter, Route
from brokerdesk.core.domain.choice import ChosenBy
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.gate_signing import facts_from
from brokerdesk.core.domain.notice_due import NoticeDue
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.route_decision import RouteDecision, Way
from brokerdesk.core.services import (
    approvals,
    awards,
    choices,
    diary,
    journey,
    letters,
    notice_desk,
    route_decisions,
)
from brokerdesk.core.services.desk import Desk
from council_sample import (
    APPROVER,
    NOW,
    PROVIDERS,
    Council,
    a_need,
    approve_elsewhere,
    make_council,
    record_need,
)

CALL_OFF = {"buying": "framework", "selection": "mini_competition"}
FIRST = PROVIDERS[0][0]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Council:
    return make_council(tmp_path_factory.mktemp("law") / "desk")


@pytest.fixture
def council(model: Council, tmp_path: Path) -> Council:
    return model.copy_to(tmp_path / "council")


@pytest.fixture
def desk(council: Council) -> Iterator[Desk]:
    with council.open() as opened:
        yield opened


def ready(desk: Desk, **need: Any) -> Package:
    """A package that waits for its award, with its exclusion check."""
    package = record_need(desk, a_need(**need))
    approve_elsewhere(desk, package)
    awards.record_exclusion_check(
        desk, package_id=package.id, location_id=FIRST, checked_on=desk.today()
    )
    return package


def decided(desk: Desk, package: Package, answers: dict[str, str] | None = None) -> RouteDecision:
    return route_decisions.decide_route(desk, package_id=package.id, answers=answers or CALL_OFF).value


def test_a_decision_is_kept_with_its_steps_and_the_value(desk: Desk) -> None:
    package = record_need(desk)
    made = decided(desk, package)
    with desk.reading() as unit:
        assert route_decisions.current_route(unit, package.id) == made
    assert (made.route, made.way) == (Route.FRAMEWORK_S45, Way.MINI_COMPETITION)
    assert made.value.startswith("£43,860.00 is under £663,540.00") or "is under" in made.value
    assert {step.question for step in made.steps} >= {"emergency", "health", "buying", "selection"}


def test_a_later_decision_takes_the_place_of_the_first_which_stays_on_file(desk: Desk) -> None:
    package = record_need(desk)
    decided(desk, package)
    second = decided(desk, package, {"buying": "block", "block_contract": "BC-14"})
    with desk.reading() as unit:
        kept = unit.of(RouteDecision).find(package_id=package.id)
        assert route_decisions.current_route(unit, package.id) == second
    assert [held.is_current for held in kept] == [False, True]


def test_what_is_not_answered_is_refused_by_its_rule(desk: Desk) -> None:
    package = record_need(desk)
    with pytest.raises(RuleError, match="The route is not clear") as caught:
        decided(desk, package, {"buying": "outside"})
    assert caught.value.rule == "R040"


def test_an_award_that_contradicts_the_decision_is_refused(desk: Desk) -> None:
    package = ready(desk)
    made = decided(desk, package)
    with pytest.raises(RuleError, match="Award by the route decided") as caught:
        awards.make_award(
            desk, package_id=package.id, facts=AwardFacts(Route.BELOW_THRESHOLD, "Small.")
        )
    assert caught.value.rule == "R005"
    award = awards.make_award(desk, package_id=package.id, facts=facts_from(made)).value
    assert award.facts.reason == made.explanation
    with pytest.raises(RuleError, match="is awarded already"):
        decided(desk, package)


def test_a_round_that_asked_otherwise_than_decided_stops_the_award(desk: Desk) -> None:
    package = record_need(desk)
    made = decided(desk, package, {"buying": "framework", "selection": "call_off"})
    approve_elsewhere(desk, package)
    awards.record_exclusion_check(desk, package_id=package.id, location_id=FIRST, checked_on=desk.today())
    with pytest.raises(RuleError, match="all members at once"):
        awards.make_award(desk, package_id=package.id, facts=facts_from(made))


def test_an_award_keeps_its_notices_with_their_days(desk: Desk) -> None:
    package = ready(desk)
    award = awards.make_award(desk, package_id=package.id, facts=facts_from(decided(desk, package))).value
    with desk.reading() as unit:
        kept = unit.of(NoticeDue).find(award_id=award.id)
    assert [(notice.code, notice.due_on) for notice in kept] == [("UK7", date(2027, 1, 6))]
    (row,) = notice_desk.due(desk)
    assert (row.reference, row.days_left) == (package.reference, 29)
    done = notice_desk.record_notice_published(
        desk, package_id=package.id, code="UK7", published_on=desk.today(), reference="2026/S 000-7"
    ).value
    assert not done.is_open
    assert notice_desk.due(desk) == ()


def test_an_announced_standstill_binds_and_the_award_comes_the_day_after_it(
    desk: Desk, council: Council
) -> None:
    package = ready(desk, expected_weeks=None, starts_on=date(2027, 1, 4))
    with pytest.raises(RuleError, match="UK6"):
        awards.make_award(desk, package_id=package.id, facts=facts_from(decided(desk, package)))
    notice_desk.record_notice_published(
        desk, package_id=package.id, code="UK6", published_on=date(2026, 12, 8), reference="2026/S 000-6",
        announces_standstill=True,
    )  # fmt: skip
    facts = facts_from(decided(desk, package))
    with pytest.raises(RuleError, match="runs to 17 December 2026. Sign from 18 December 2026"):
        awards.make_award(desk, package_id=package.id, facts=facts)
    council.clock.set(NOW + timedelta(days=10))
    award = awards.make_award(desk, package_id=package.id, facts=facts).value
    with desk.reading() as unit:
        kept = {notice.code: notice for notice in unit.of(NoticeDue).find(award_id=award.id)}
    assert kept["UK6"].reference == "2026/S 000-6"
    assert kept["UK7"].due_on == date(2027, 4, 16)
    assert set(kept) == {"UK6", "UK7", "UK11"}


def test_a_notice_of_a_withdrawn_award_says_nothing_of_the_next(desk: Desk, council: Council) -> None:
    package = ready(desk, expected_weeks=None, starts_on=date(2027, 1, 4))
    notice_desk.record_notice_published(
        desk, package_id=package.id, code="UK6", published_on=date(2026, 12, 8), reference="2026/S 000-6"
    )
    award = awards.make_award(desk, package_id=package.id, facts=facts_from(decided(desk, package))).value
    awards.withdraw_award(desk, award_id=award.id, reason="The provider fell ill.")
    approve_elsewhere(desk, package)
    with pytest.raises(RuleError, match="UK6"):
        awards.make_award(desk, package_id=package.id, facts=facts_from(decided(desk, package)))


def test_an_open_claim_holds_the_signing_until_it_is_settled(desk: Desk) -> None:
    package = ready(desk)
    facts = facts_from(decided(desk, package))
    claim = notice_desk.log_claim(
        desk, package_id=package.id, notified_on=desk.today(), by="Marrowby Care", about="The scoring."
    ).value
    with pytest.raises(RuleError, match="claim notified in standstill by Marrowby Care") as caught:
        awards.make_award(desk, package_id=package.id, facts=facts)
    assert caught.value.rule == "R073"
    notice_desk.settle_claim(desk, claim_id=claim.id, settled_on=desk.today(), outcome="Withdrawn by it.")
    assert awards.make_award(desk, package_id=package.id, facts=facts).value


def test_a_withdrawn_award_drops_what_it_brought(desk: Desk) -> None:
    package = ready(desk)
    award = awards.make_award(desk, package_id=package.id, facts=facts_from(decided(desk, package))).value
    awards.withdraw_award(desk, award_id=award.id, reason="The provider fell ill.")
    assert notice_desk.due(desk) == ()


def above(desk: Desk) -> Package:
    """A package above the threshold with its award notice, ready for the award."""
    package = ready(desk, expected_weeks=None, starts_on=date(2027, 1, 4))
    notice_desk.record_notice_published(
        desk, package_id=package.id, code="UK6", published_on=date(2026, 12, 8), reference="2026/S 000-6"
    )
    return package


def test_an_award_notice_for_one_provider_does_not_serve_another(desk: Desk) -> None:
    package = above(desk)
    with desk.reading() as unit:
        first = journey.current_choice(unit, package.id)
        assert first is not None
        other = next(o for o in journey.offers_of(unit, first.round_id) if o.id != first.offer_id)
    choices.record_choice(
        desk, package_id=package.id, offer_id=other.id, by=ChosenBy.PERSON, reason="Nearer to her daughter."
    )
    approvals.record_approval_given_elsewhere(
        desk, package_id=package.id, approver_name=APPROVER, decided_on=desk.today(), evidence="E-mail"
    )
    awards.record_exclusion_check(
        desk, package_id=package.id, location_id=other.location_id, checked_on=desk.today()
    )
    facts = facts_from(decided(desk, package))
    with pytest.raises(RuleError, match="2026/S 000-6 names another provider than Marrowby Care"):
        awards.make_award(desk, package_id=package.id, facts=facts)
    notice_desk.record_notice_published(
        desk, package_id=package.id, code="UK6", published_on=date(2026, 12, 8), reference="2026/S 000-7"
    )
    assert awards.make_award(desk, package_id=package.id, facts=facts).value.provider == "Marrowby Care"


def test_a_notice_that_names_a_provider_waits_for_the_choice(desk: Desk) -> None:
    package = record_need(desk)
    with pytest.raises(RuleError, match="Record the choice, then the notice"):
        notice_desk.record_notice_published(
            desk, package_id=package.id, code="UK6", published_on=desk.today(), reference="2026/S 000-6"
        )


def test_a_contract_that_was_agreed_keeps_its_notices_and_tells_its_end_from_the_withdrawal(
    desk: Desk, council: Council
) -> None:
    package = above(desk)
    award = awards.make_award(desk, package_id=package.id, facts=facts_from(decided(desk, package))).value
    made = letters.prepare_letters(desk, award_id=award.id).value
    agreement = next(letter for letter in made if letter.kind == "agreement")
    with desk.units.writing() as unit:
        unit.of(FiledLetter).replace(replace(agreement, agreement=Agreement.AGREED))
        unit.commit()
    council.clock.set(NOW + timedelta(days=60))
    awards.withdraw_award(desk, award_id=award.id, reason="The provider gave notice.")
    assert [(row.notice.code, row.notice.due_on) for row in notice_desk.due(desk)] == [
        ("UK11", date(2027, 3, 7)), ("UK7", date(2027, 4, 6)),
    ]  # fmt: skip


def test_the_intention_of_the_nhs_regime_always_stands_still(desk: Desk) -> None:
    package = record_need(desk, a_need(funding="chc"))
    approve_elsewhere(desk, package)
    told = notice_desk.record_notice_published(
        desk, package_id=package.id, code="PSR-intention", published_on=date(2026, 12, 8), reference="9"
    ).value
    assert told.standstill_ends_on == date(2026, 12, 21)


def test_an_urgent_need_brings_its_assessments_once_with_a_last_day(desk: Desk) -> None:
    package = record_need(desk, replace(a_need(), urgent_since=NOW))
    answers = {"emergency": "yes", **CALL_OFF}
    decided(desk, package, answers)
    decided(desk, package, answers)
    assert [(row.notice.code, row.notice.due_on) for row in notice_desk.due(desk)] == [
        ("s19-assessment", date(2027, 1, 10)), ("s19-finance", date(2027, 1, 10)),
    ]  # fmt: skip


def test_leave_is_given_from_two_rules_only_and_never_by_the_broker(desk: Desk) -> None:
    package = ready(desk)
    leave: dict[str, Any] = {
        "package_id": package.id, "location_id": FIRST, "allowed_by": "Rowan Inkpen",
        "post": "Contracts manager", "reason": "The enquiry closes on Friday.", "given_on": desk.today(),
    }  # fmt: skip
    assert notice_desk.record_override(desk, rule="R105", **leave).value.rule == "R105"
    own = {"rule": "R119", "allowed_by": "A. Penhaligon", "post": "Director"}
    cleaner = {"rule": "R119", "post": "Cleaner"}
    assert notice_desk.record_override(desk, rule="R119", **leave | {"post": "Director"}).value
    for changed in ({"rule": "R116"}, {"rule": "R119", "reason": " "}, own, cleaner, {"rule": "R119"}):
        with pytest.raises(RuleError):
            notice_desk.record_override(desk, **leave | changed)


def test_an_exclusion_is_to_be_told_to_the_centre(desk: Desk) -> None:
    package = record_need(desk)
    awards.record_exclusion_check(
        desk, package_id=package.id, location_id=FIRST, checked_on=date(2026, 12, 8), outcome="excluded",
        note="Conviction of 3 March.",
    )  # fmt: skip
    (row,) = notice_desk.due(desk)
    assert (row.notice.code, row.notice.due_on) == ("exclusion", date(2027, 1, 6))


def test_the_calendar_file_of_an_award_has_its_days_and_no_person(desk: Desk, tmp_path: Path) -> None:
    package = ready(desk)
    award = awards.make_award(desk, package_id=package.id, facts=facts_from(decided(desk, package))).value
    found = diary.entries(desk, award.id)
    assert [entry.title for entry in found] == [
        f"UK7: Contract details notice, {package.reference}", f"First check of care, {package.reference}",
        f"Yearly review, {package.reference}",
    ]  # fmt: skip
    assert [entry.days_before for entry in found] == [7, 0, 28]
    written = diary.write_diary(desk, tmp_path / "due", award.id)
    text = written.read_text(encoding="utf-8")
    assert written.name == "due.ics"
    assert not [word for word in ("Winifred", "Larkspur", "WN5", "9990000018") if word in text]
    assert diary.entries(desk) == found


def test_without_a_day_ahead_no_calendar_file_is_written(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="No day lies ahead"):
        diary.write_diary(desk, tmp_path / "due.ics")
