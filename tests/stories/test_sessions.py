"""Random sessions of a broker and an approver: whatever they try, these things hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brokerdesk.core.domain.award import Award, AwardFacts, FiledLetter, LetterStatus, Route
from brokerdesk.core.domain.choice import ChosenBy
from brokerdesk.core.domain.errors import InputError, RuleError
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.pricing import price_need
from brokerdesk.core.domain.release import Said
from brokerdesk.core.domain.scenario_check import scenario_of
from brokerdesk.core.domain.sourcing import InvitationStatus, Offer
from brokerdesk.core.services import (
    approvals,
    awards,
    choices,
    conflicts,
    journey,
    letters,
    offers,
    referrals,
    release,
    rounds,
    shortlists,
)
from council_sample import look_at_said
from journeys.walks import Shared, tables

BROKER, APPROVER = "A. Demo-Broker", "B. Demo-Approver"
ACTS = (
    "keep", "look", "open", "offer", "offer", "offer", "close", "declare", "declare_approver",
    "choose", "approve", "return", "check", "award", "award",
    "withdraw", "letters", "issue", "look_at_reason", "withdraw_round",
)  # fmt: skip


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    made = Shared(tmp_path_factory.mktemp("story") / "desk", "nursing_bed")
    with made.stage:
        yield made


class Session:
    """One package and whoever works on it; every refusal is taken as it comes."""

    def __init__(self, shared: Shared) -> None:
        self.broker, self.approver = shared.stage.as_officer(BROKER), shared.stage.as_officer(APPROVER)
        need = scenario_of(tables("nursing_bed")).need.to_need()
        shared.stage.set_clock(scenario_of(tables("nursing_bed")).desk.clock)
        self.package = referrals.record_referral(self.broker, need=need).value

    def perform(self, name: str) -> bool:
        """Try one act; whether it was done."""
        before = self.entries()
        try:
            getattr(self, name)()
        except (RuleError, InputError):
            assert self.entries() == before, "a refused act leaves no register entry"
            return False
        assert self.entries() == before + 1, "one register entry per act"
        return True

    def entries(self) -> int:
        with self.broker.reading() as unit:
            return len(unit.register())

    def found(self, look: Any) -> Any:
        with self.broker.reading() as unit:
            return look(unit)

    def current(self) -> Any:
        found = self.found(lambda unit: journey.current_round(unit, self.package.id))
        if found is None:
            raise RuleError("There is no round.")
        return found

    def keep(self) -> None:
        shortlists.keep_shortlist(self.broker, package_id=self.package.id)

    def look(self) -> None:
        found = release.outgoing(self.broker, self.package.id).release
        release.check_release(
            self.broker, package_id=self.package.id, sha256=found.sha256, warnings_seen=True
        )

    def open(self) -> None:
        rounds.open_round(self.broker, package_id=self.package.id)

    def offer(self) -> None:
        asked = self.found(lambda unit: journey.invitations_of(unit, self.current().id))
        awaited = [held for held in asked if held.status is InvitationStatus.ASKED]
        if not awaited:
            raise RuleError("Nobody is awaited.")
        told = scenario_of(tables("nursing_bed")).answers[0].offer
        assert told is not None
        offers.record_offer(
            self.broker, invitation_id=awaited[0].id, starts_on=told.starts_on, rate=told.rate,
            quality=told.quality, continuity=told.continuity,
        )  # fmt: skip

    def close(self) -> None:
        rounds.close_round(self.broker, round_id=self.current().id)

    def declare(self) -> None:
        conflicts.declare_interests(
            self.broker, round_id=self.current().id, part="broker", has_interest=False
        )

    def declare_approver(self) -> None:
        conflicts.declare_interests(
            self.approver, round_id=self.current().id, part="approver", has_interest=False
        )

    def choose(self) -> None:
        made = self.found(lambda unit: journey.offers_of(unit, self.current().id))
        if not made:
            raise RuleError("Nothing was offered.")
        choices.record_choice(
            self.broker, package_id=self.package.id, offer_id=made[-1].id, by=ChosenBy.PERSON,
            reason="Likes it.", single_option_reason="Only one offered.",
        )  # fmt: skip

    def approve(self) -> None:
        approvals.approve(self.approver, package_id=self.package.id)

    def check(self) -> None:
        choice = self.found(lambda unit: journey.current_choice(unit, self.package.id))
        if choice is None:
            raise RuleError("Nothing is chosen.")
        awards.record_exclusion_check(
            self.broker, package_id=self.package.id, location_id=choice.location_id,
            checked_on=self.broker.today(),
        )  # fmt: skip

    def award(self) -> None:
        facts = AwardFacts(Route.FRAMEWORK_S45, "Best score.")
        awards.make_award(self.broker, package_id=self.package.id, facts=facts)

    def live(self) -> Award:
        found = self.found(lambda unit: journey.live_award(unit, self.package.id))
        if found is None:
            raise RuleError("Nothing is awarded.")
        award: Award = found
        return award

    def withdraw(self) -> None:
        awards.withdraw_award(self.broker, award_id=self.live().id, reason="The home closed.")

    def look_at_reason(self) -> None:
        look_at_said(self.broker, self.package.id, Said(reason="The need changed."))

    def withdraw_round(self) -> None:
        rounds.withdraw_round(self.broker, round_id=self.current().id, reason="The need changed.")

    def letters(self) -> None:
        letters.prepare_letters(self.broker, award_id=self.live().id)

    def issue(self) -> None:
        held = self.found(lambda unit: unit.of(FiledLetter).find(award_id=self.live().id))
        if not held:
            raise RuleError("No letter is prepared.")
        letters.issue_letter(self.broker, letter_id=held[0].id)


setattr(
    Session,
    "return",
    lambda self: approvals.return_for_changes(
        self.approver, package_id=self.package.id, comment="Ask again."
    ),
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.sampled_from(ACTS), min_size=6, max_size=18))
def test_whatever_is_tried_one_need_has_at_most_one_live_award_and_totals_agree(
    shared: Shared, tried: list[str]
) -> None:
    session = Session(shared)
    for name in tried:
        session.perform(name)
        holds(session)


def test_the_straight_way_through_a_session_ends_with_an_issued_letter(shared: Shared) -> None:
    session = Session(shared)
    way = (
        "keep",
        "look",
        "open",
        "offer",
        "offer",
        "offer",
        "close",
        "declare",
        "choose",
        "declare_approver",
        "approve",
        "check",
        "award",
        "letters",
        "issue",
    )
    assert [name for name in way if not session.perform(name)] == []
    assert not session.perform("award")
    holds(session)


def holds(session: Session) -> None:
    with session.broker.reading() as unit:
        live = [a for a in unit.of(Award).find(package_id=session.package.id) if a.withdrawn_at is None]
        issued = unit.of(FiledLetter).find(package_id=session.package.id, status=LetterStatus.ISSUED)
        package = unit.of(Package).get(session.package.id)
        made = unit.of(Offer).find(package_id=package.id)
        framework = journey.framework_of(unit, package)
        weeks = [
            price_need(
                package.need,
                offers.offered_rates(
                    unit, framework, package, o.location_id, o.rate, o.rates, session.broker.today()
                ),
            ).weekly
            for o in made
        ]
        assert len(live) <= 1
        assert all(letter.sha256 and letter.pdf.startswith(b"%PDF") for letter in issued)
        assert [offer.weekly_cost for offer in made] == weeks
        assert not live or live[0].weekly_cost == package.weekly_cost
