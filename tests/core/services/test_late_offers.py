"""An offer that came late stays apart, until somebody says why it counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from brokerdesk.core.domain.choice import ChosenBy
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Package, PackageStatus
from brokerdesk.core.domain.sourcing import Invitation, Offer, Round
from brokerdesk.core.services import choices, offers, rounds
from brokerdesk.core.services.desk import Desk
from council_sample import Council, declare, make_council, open_round, record_need


@pytest.fixture
def council(tmp_path: Path) -> Council:
    return make_council(tmp_path / "desk")


@pytest.fixture
def desk(council: Council) -> Iterator[Desk]:
    with council.open() as opened:
        yield opened


def late_offer(council: Council, desk: Desk) -> tuple[Package, Round, Offer]:
    package = record_need(desk)
    opened = open_round(desk, package)
    council.clock.advance(hours=25)
    closed = rounds.close_round(desk, round_id=opened.id).value
    with desk.reading() as unit:
        asked = unit.of(Invitation).find(round_id=opened.id)[0]
    offer = offers.record_offer(
        desk, invitation_id=asked.id, rate=Money.parse("24.10"), starts_on=date(2026, 12, 14)
    ).value
    return package, closed, offer


def test_a_late_offer_is_kept_apart_and_cannot_be_chosen(council: Council, desk: Desk) -> None:
    _, closed, offer = late_offer(council, desk)
    assert offer.is_late
    assert not offer.counts
    (side,) = offers.compare_offers(desk, closed.id).offers
    assert side.scored is None


def test_a_late_offer_is_admitted_only_with_a_reason(council: Council, desk: Desk) -> None:
    _, _, offer = late_offer(council, desk)
    with pytest.raises(RuleError, match="Say why the late offer is admitted") as refused:
        offers.admit_late_offer(desk, offer_id=offer.id, reason="  ")
    assert refused.value.rule == "R024"


def test_an_admitted_late_offer_is_compared_and_may_be_chosen(council: Council, desk: Desk) -> None:
    package, closed, offer = late_offer(council, desk)
    offers.admit_late_offer(desk, offer_id=offer.id, reason="Our mail server was down until 12:00.")
    (side,) = offers.compare_offers(desk, closed.id).offers
    assert side.offer.is_late
    assert side.scored is not None
    with desk.reading() as unit:
        assert unit.of(Package).get(package.id).status is PackageStatus.CHOOSING
    declare(desk, package, "broker")
    chosen = choices.record_choice(
        desk, package_id=package.id, offer_id=offer.id, by=ChosenBy.PERSON, reason="Knows the carers.",
        single_option_reason="Only one provider offered.",
    )  # fmt: skip
    assert chosen.value.offer_id == offer.id
    with desk.reading() as unit:
        entry, details = next(row for row in unit.register() if row[0].act == "late_offer_admitted")
    assert entry.rules == ("R024",)
    assert details is not None
    assert "mail server" in str(details)


def test_an_offer_in_time_has_nothing_to_admit(desk: Desk) -> None:
    opened = open_round(desk, record_need(desk))
    with desk.reading() as unit:
        asked = unit.of(Invitation).find(round_id=opened.id)[0]
    offer = offers.record_offer(
        desk, invitation_id=asked.id, rate=Money.parse("24.10"), starts_on=date(2026, 12, 14)
    ).value
    with pytest.raises(RuleError, match="came in time"):
        offers.admit_late_offer(desk, offer_id=offer.id, reason="To be safe.")
