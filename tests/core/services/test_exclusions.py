"""Excluded suppliers are left out, doubtful ones need a decision, removed ones were told first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from brokerdesk.core.domain.award import AwardFacts, Route
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.framework import Member, Suspension
from brokerdesk.core.domain.officer import Officer
from brokerdesk.core.domain.package import Package, StepTime
from brokerdesk.core.domain.sourcing import Asking, DeclineCode, InvitationStatus
from brokerdesk.core.services import (
    awards,
    framework_rules,
    frameworks,
    journey,
    offers,
    rounds,
    shortlists,
)
from brokerdesk.core.services.desk import Desk
from council_sample import (
    BROKER,
    MANAGER,
    PROVIDERS,
    a_need,
    approve_elsewhere,
    keep_list,
    look_at_what_goes_out,
    make_council,
    record_need,
)

FIRST, SECOND = PROVIDERS[0], PROVIDERS[1]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with make_council(tmp_path / "desk").open(BROKER) as opened:
        yield opened


@pytest.fixture
def package(desk: Desk) -> Package:
    return record_need(desk)


def as_manager(desk: Desk) -> Desk:
    with desk.reading() as unit:
        return replace(desk, operator=unit.of(Officer).find(name=MANAGER)[0])


def check(desk: Desk, location_id: str, outcome: str) -> None:
    """A look at the exclusion grounds, made for another package."""
    other = record_need(desk, a_need("Ivor"))
    awards.record_exclusion_check(
        desk, package_id=other.id, location_id=location_id, checked_on=desk.today(), outcome=outcome,
        note="" if outcome == "clear" else "Entry 12 of the list",
    )  # fmt: skip


def test_an_excluded_supplier_is_left_out_of_every_later_list(desk: Desk, package: Package) -> None:
    check(desk, FIRST[0], "excluded")
    kept = shortlists.keep_shortlist(desk, package_id=package.id).value
    (out,) = [row for row in kept.excluded if row.location_id == FIRST[0]]
    assert [reason.rule for reason in out.reasons] == ["R034"]
    assert shortlists.replay_shortlist(desk, kept.id)
    check(desk, FIRST[0], "clear")
    again = shortlists.keep_shortlist(desk, package_id=package.id).value
    assert FIRST[0] in [row.location_id for row in again.included]


def test_a_look_of_an_earlier_day_lifts_nothing_however_late_it_is_recorded(
    desk: Desk, package: Package
) -> None:
    approve_elsewhere(desk, package)
    look = {"package_id": package.id, "location_id": FIRST[0]}
    awards.record_exclusion_check(
        desk, **look, checked_on=desk.today(), outcome="excluded", note="Entry 12 of the list"
    )
    awards.record_exclusion_check(desk, **look, checked_on=desk.today() - timedelta(days=1))
    facts = AwardFacts(Route.FRAMEWORK_S45, "It covers it.")
    with pytest.raises(RuleError, match="found to be an excluded supplier on 8 December 2026") as refused:
        awards.make_award(desk, package_id=package.id, facts=facts)
    assert refused.value.rule == "R076"
    kept = shortlists.keep_shortlist(desk, package_id=record_need(desk, a_need("Ottilie")).id).value
    assert FIRST[0] in [row.location_id for row in kept.excluded]


def test_what_was_found_for_one_package_stops_the_award_of_another(desk: Desk, package: Package) -> None:
    approve_elsewhere(desk, package)
    awards.record_exclusion_check(
        desk, package_id=package.id, location_id=FIRST[0], checked_on=desk.today() - timedelta(days=1)
    )
    check(desk, FIRST[0], "excluded")
    facts = AwardFacts(Route.FRAMEWORK_S45, "It covers it.")
    with pytest.raises(RuleError, match="found to be an excluded supplier"):
        awards.make_award(desk, package_id=package.id, facts=facts)


def test_what_may_exclude_and_was_found_elsewhere_wants_a_decision_here(desk: Desk, package: Package) -> None:
    approve_elsewhere(desk, package)
    check(desk, FIRST[0], "excludable")
    facts = AwardFacts(Route.FRAMEWORK_S45, "It covers it.")
    with pytest.raises(RuleError, match="no reasoned decision is on file"):
        awards.make_award(desk, package_id=package.id, facts=facts)
    awards.record_exclusion_check(
        desk, package_id=package.id, location_id=FIRST[0], checked_on=desk.today(), outcome="excludable",
        note="It has put its affairs right.",
    )  # fmt: skip
    assert awards.make_award(desk, package_id=package.id, facts=facts).value


def test_a_supplier_is_excluded_at_all_its_places(desk: Desk, package: Package) -> None:
    with desk.units.writing() as unit:
        second = unit.of(Member).find(location_id=SECOND[0])[0]
        unit.of(Member).replace(replace(second, provider_id="1-801"))
        unit.commit()
    check(desk, FIRST[0], "excluded")
    kept = shortlists.keep_shortlist(desk, package_id=package.id).value
    assert {FIRST[0], SECOND[0]} <= {row.location_id for row in kept.excluded}


def test_a_suspension_on_a_later_edition_stops_the_award_of_an_earlier_one(
    desk: Desk, package: Package
) -> None:
    approve_elsewhere(desk, package)
    awards.record_exclusion_check(
        desk, package_id=package.id, location_id=FIRST[0], checked_on=desk.today()
    )
    (held,) = frameworks.list_frameworks(desk)
    manager = as_manager(desk)
    later = framework_rules.set_rules(
        manager, framework_id=held.id, rules=held.rules,
        weights={"price": Decimal(50), "quality": Decimal(50)},
    ).value  # fmt: skip
    made = frameworks.suspend_member(
        manager, framework_id=later.id, location_id=FIRST[0], scope="all", from_on=desk.today(), to_on=None,
        reason="Safeguarding",
    ).value  # fmt: skip
    facts = AwardFacts(Route.FRAMEWORK_S45, "It covers it.")
    with pytest.raises(RuleError, match="is suspended from 8 December 2026") as refused:
        awards.make_award(desk, package_id=package.id, facts=facts)
    assert refused.value.rule == "R105"
    frameworks.lift_suspension(manager, suspension_id=made.id)
    with desk.reading() as unit:
        carried = unit.of(Suspension).find(framework_id=later.id, location_id=PROVIDERS[-1][0])
    frameworks.lift_suspension(manager, suspension_id=carried[0].id)
    with desk.reading() as unit:
        bound = journey.suspensions_of(unit, held)
    assert all(suspension.lifted_at for suspension in bound), "as the later edition has them"


def test_one_found_excluded_after_the_list_was_kept_is_not_asked(desk: Desk, package: Package) -> None:
    keep_list(desk, package)
    look_at_what_goes_out(desk, package.id)
    check(desk, FIRST[0], "excluded")
    with pytest.raises(RuleError, match="after the list was kept. Keep the list again") as refused:
        rounds.open_round(desk, package_id=package.id, closes_after_hours=24)
    assert refused.value.rule == "R034"


def test_a_doubtful_supplier_is_asked_only_once_that_is_decided(desk: Desk, package: Package) -> None:
    check(desk, FIRST[0], "excludable")
    keep_list(desk, package)
    look_at_what_goes_out(desk, package.id)
    with pytest.raises(RuleError, match=f"A ground that may exclude {FIRST[1]} is on file. Decide"):
        rounds.open_round(desk, package_id=package.id, closes_after_hours=24)
    rounds.open_round(
        desk, package_id=package.id, closes_after_hours=24, excludable_because="It has put its affairs right"
    )
    with desk.reading() as unit:
        told = [step.words for step in unit.of(StepTime).find(package_id=package.id)]
    assert f"{FIRST[1]} asked though a ground may exclude: It has put its affairs right" in told


def test_a_doubtful_supplier_that_is_left_out_needs_no_decision(desk: Desk, package: Package) -> None:
    check(desk, FIRST[0], "excludable")
    keep_list(desk, package)
    look_at_what_goes_out(desk, package.id)
    opened = rounds.open_round(
        desk, package_id=package.id, closes_after_hours=24, leave_out=(FIRST[0],)
    ).value
    with desk.reading() as unit:
        assert FIRST[0] not in [held.location_id for held in journey.invitations_of(unit, opened.id)]


def test_who_waits_its_turn_and_is_excluded_meanwhile_is_passed_over(desk: Desk, package: Package) -> None:
    keep_list(desk, package)
    look_at_what_goes_out(desk, package.id)
    opened = rounds.open_round(
        desk, package_id=package.id, asking=Asking.RANK_ORDER, closes_after_hours=24
    ).value
    with desk.reading() as unit:
        asked, following, third, *_ = journey.invitations_of(unit, opened.id)
    check(desk, following.location_id, "excluded")
    offers.record_decline(desk, invitation_id=asked.id, code=DeclineCode.NO_CAPACITY)
    assert rounds.ask_next(desk, round_id=opened.id).value.id == third.id
    with desk.reading() as unit:
        held = {i.id: i for i in journey.invitations_of(unit, opened.id)}
    assert held[following.id].status is InvitationStatus.SKIPPED
    assert held[following.id].skip_why.startswith("Found to be an excluded supplier")


def remove(desk: Desk, told_on: date | None) -> Suspension:
    (framework,) = frameworks.list_frameworks(desk)
    return frameworks.remove_member(
        as_manager(desk), framework_id=framework.id, location_id=SECOND[0], ground="conditions",
        reason="It has no insurance", from_on=desk.today(), told_on=told_on,
    ).value  # fmt: skip


def test_a_member_is_removed_once_it_was_told_and_is_neither_asked_nor_brought_back_by_a_lift(
    desk: Desk, package: Package
) -> None:
    with pytest.raises(RuleError, match=f"{SECOND[1]} has not been told yet"):
        remove(desk, None)
    made = remove(desk, desk.today())
    with desk.reading() as unit:
        entry, details = unit.register()[-1]
    assert (entry.act, entry.rules) == ("member_removed", ("R033",))
    assert "The reasons are: It has no insurance." in str(details)
    kept = shortlists.keep_shortlist(desk, package_id=package.id).value
    (out,) = [row for row in kept.excluded if row.location_id == SECOND[0]]
    assert out.reasons[0].rule == "R033"
    with pytest.raises(RuleError, match="was removed, not suspended"):
        frameworks.lift_suspension(as_manager(desk), suspension_id=made.id)
    with pytest.raises(RuleError, match="was removed before"):
        remove(desk, desk.today())
