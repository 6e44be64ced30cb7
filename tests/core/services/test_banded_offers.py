"""A provider that the framework pays by visit length offers a price for each length."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.framework import RateLine
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.sourcing import Invitation
from brokerdesk.core.services import offers
from brokerdesk.core.services.desk import Desk
from council_sample import make_council, open_round, record_need


def pay_by_length(desk: Desk) -> None:
    with desk.units.writing() as unit:
        for line in unit.of(RateLine).find():
            unit.of(RateLine).remove(line.id)
            for minutes, price in ((30, "14.50"), (45, "20.25")):
                unit.of(RateLine).add(
                    RateLine(
                        f"{line.id}-{minutes}", line.framework_id, line.location_id, line.lot, line.zone,
                        minutes, Money.parse(price), line.from_on,
                    )
                )
        unit.commit()


def test_one_rate_is_refused_and_a_price_for_each_length_is_kept(tmp_path: Path) -> None:
    council = make_council(tmp_path / "desk")
    with council.open() as desk:
        pay_by_length(desk)
        opened = open_round(desk, record_need(desk))
        with desk.reading() as unit:
            asked = unit.of(Invitation).find(round_id=opened.id)[0]
        starts = date(2026, 12, 14)
        with pytest.raises(RuleError, match="by visit length") as refused:
            offers.record_offer(desk, invitation_id=asked.id, rate=Money.parse("24.10"), starts_on=starts)
        assert refused.value.rule == "R159"
        rates = {"30": Money.parse("14.50"), "45": Money.parse("20.25")}
        kept = offers.record_offer(desk, invitation_id=asked.id, rates=rates, starts_on=starts)
        assert kept.value.weekly_cost == Money.parse("973.00")
