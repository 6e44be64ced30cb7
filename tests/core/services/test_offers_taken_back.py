"""An offer that its provider takes back stays on file, frees its place and can be rested on no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from awarding import a_top_up, award, choose, make_ready, raise_limit, words_of
from brokerdesk.core.domain.capacity_ledger import Reservation, ReservationStatus
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.package import Package, PackageStatus
from brokerdesk.core.domain.sourcing import Offer
from brokerdesk.core.services import choices, evidence, journey, offers, release
from brokerdesk.core.services.desk import Desk
from brokerdesk.core.services.offer_withdrawals import withdraw_offer
from council_sample import Council, make_council, make_homes


@pytest.fixture
def council(tmp_path: Path) -> Council:
    return make_council(tmp_path / "desk")


@pytest.fixture
def desk(council: Council) -> Iterator[Desk]:
    with council.open() as opened:
        raise_limit(opened)
        yield opened


def take_back(desk: Desk, offer_id: str) -> Offer:
    return withdraw_offer(
        desk, offer_id=offer_id, said_by="The matron", said_on=desk.today(), reason="The bed has gone."
    ).value


def status_of(desk: Desk, package: Package) -> PackageStatus:
    with desk.reading() as unit:
        return unit.of(Package).get(package.id).status


def test_an_offer_taken_back_is_kept_frees_its_bed_and_opens_no_top_up(desk: Desk) -> None:
    package = make_homes(desk, "1150.00", "1300.00")
    cheap, dear = choices.options_for(desk, package.id)
    gone = take_back(desk, cheap.offer_id)
    assert gone.withdrawn_because == "The matron on 8 December 2026: The bed has gone"
    with desk.reading() as unit:
        (held,) = unit.of(Reservation).find(offer_id=cheap.offer_id)
        assert held.status is ReservationStatus.RELEASED
        entry, _ = unit.register()[-1]
        opened = journey.round_to_work_with(unit, package)
    assert (entry.act, tuple(entry.rules)) == ("offer_withdrawn", ("R087",))
    (left,) = choices.options_for(desk, package.id)
    assert (left.offer_id, left.top_up.pence) == (dear.offer_id, 0)
    with pytest.raises(RuleError, match="nobody may be asked for a top-up") as refused:
        choose(
            desk, package, dear.offer_id, top_up=a_top_up(desk, "132.32"), affordable_answer="No bed any more"
        )
    assert refused.value.rule == "R087"
    with pytest.raises(RuleError, match="took its offer back"):
        choose(desk, package, cheap.offer_id)
    compared = {side.offer.id: side.scored for side in offers.compare_offers(desk, opened.id).offers}
    assert compared[cheap.offer_id] is None, "it is shown and not scored"
    assert compared[dear.offer_id] is not None


def test_the_evidence_of_the_round_tells_that_an_offer_was_taken_back(desk: Desk) -> None:
    package = make_homes(desk, "1150.00", "1300.00")
    take_back(desk, choices.options_for(desk, package.id)[0].offer_id)
    with desk.reading() as unit:
        opened = journey.round_to_work_with(unit, package)
    found = release.outgoing_evidence(desk, opened.id).release
    release.check_release(
        desk, package_id=package.id, sha256=found.sha256, warnings_seen=bool(found.warnings),
        evidence_of=opened.id,
    )  # fmt: skip
    told = " ".join(desk.checker.read_text(evidence.evidence_pack(desk, opened.id).pdf).split())
    assert "taken back: The matron on 8 December 2026: The bed has gone" in told


def test_the_choice_of_an_offer_that_is_taken_back_falls_and_another_stands(desk: Desk) -> None:
    package = make_homes(desk, "1150.00", "1160.00", "1165.00")
    first, second, third = choices.options_for(desk, package.id)
    choose(desk, package, second.offer_id)
    take_back(desk, third.offer_id)
    assert status_of(desk, package) is PackageStatus.APPROVING, "it was not the one chosen"
    take_back(desk, second.offer_id)
    assert status_of(desk, package) is PackageStatus.CHOOSING
    with desk.reading() as unit:
        assert journey.current_choice(unit, package.id) is None
    take_back(desk, first.offer_id)
    assert status_of(desk, package) is PackageStatus.NEEDS_PROVIDER, "nobody is left to choose from"


def test_a_top_up_agreed_while_the_affordable_home_stood_is_still_awarded(
    council: Council, desk: Desk
) -> None:
    package = make_homes(desk, "1150.00", "1300.00")
    cheap, dear = choices.options_for(desk, package.id)
    choose(desk, package, dear.offer_id, top_up=a_top_up(desk, "132.32"), affordable_answer="No garden")
    council.clock.set(desk.now() + timedelta(hours=1))
    take_back(desk, cheap.offer_id)
    make_ready(desk, package, dear.location_id)
    assert "unsuccessful" not in words_of(desk, award(desk, package)), "who went away is not told it lost"


def test_a_withdrawal_says_who_when_and_why_and_comes_before_the_award(desk: Desk) -> None:
    package = make_homes(desk, "1150.00", "1160.00")
    first, second = choices.options_for(desk, package.id)
    untrue = ((" ", "Gone", 0), ("Matron", " ", 0), ("Matron", "Gone", 1), ("Matron", "Gone", -1))
    for said_by, reason, days in untrue:
        with pytest.raises(RuleError):
            withdraw_offer(
                desk, offer_id=first.offer_id, said_by=said_by, said_on=desk.today() + timedelta(days=days),
                reason=reason,
            )  # fmt: skip
    take_back(desk, first.offer_id)
    with pytest.raises(RuleError, match="is on file"):
        take_back(desk, first.offer_id)
    choose(desk, package, second.offer_id)
    make_ready(desk, package, second.location_id)
    award(desk, package)
    with pytest.raises(RuleError, match="withdraw the award"):
        take_back(desk, second.offer_id)
