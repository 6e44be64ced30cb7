"""What the letters of an award print is what was approved: the price, and who pays how much of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from awarding import a_top_up, award, choose, make_ready, raise_limit, words_of
from brokerdesk.core.domain.choice import Payer, SignsAs
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.framework import RateLine
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.package import Package
from brokerdesk.core.domain.sourcing import Offer
from brokerdesk.core.domain.visits import Night, NightKind, Weekday
from brokerdesk.core.services import choices
from brokerdesk.core.services.desk import Desk
from council_sample import (
    NIGHTS,
    PROVIDERS,
    Council,
    a_need,
    make_council,
    make_homes,
    record_need,
    take_answers,
)

OWN: dict[str, Any] = {
    "payer": Payer.FIRST_PARTY, "payer_name": "Winifred Larkspur", "signs_as": SignsAs.PERSON,
    "disregard_or_deferred": "deferred_payment",
}  # fmt: skip


@pytest.fixture
def council(tmp_path: Path) -> Council:
    return make_council(tmp_path / "desk")


@pytest.fixture
def desk(council: Council) -> Iterator[Desk]:
    with council.open() as opened:
        raise_limit(opened)
        yield opened


def after(words: tuple[str, ...], label: str) -> str:
    return words[words.index(label) + 1]


def add_night_rates(desk: Desk) -> None:
    """£65.00 a sleep-in, and £80.00 from 10 December 2026."""
    with desk.units.writing() as unit:
        for number, (location, *_) in enumerate(PROVIDERS):
            for name, price, since in (("now", "65.00", None), ("then", "80.00", date(2026, 12, 10))):
                unit.of(RateLine).add(
                    RateLine(
                        f"n{number}{name}", "framework-1", location, NIGHTS, None, None, Money.parse(price),
                        since,
                    )
                )  # fmt: skip
        unit.commit()


def test_a_rate_that_rises_between_offer_and_award_is_not_printed_on_the_contract(
    council: Council, desk: Desk
) -> None:
    add_night_rates(desk)
    package = record_need(desk, a_need(nights=(Night(Weekday.MON, NightKind.SLEEP_IN),)))
    offer = take_answers(desk, package)[0]
    assert offer.weekly_cost == Money.parse("908.50")
    choose(desk, package, offer.id)
    council.clock.set(datetime(2026, 12, 11, 9, 0, tzinfo=UTC))
    make_ready(desk, package, offer.location_id)
    words = words_of(desk, award(desk, package))
    for kind in ("award", "agreement"):
        assert after(words[kind], "Price a week") == "£908.50"
        assert not any("923.50" in text or "£80.00" in text for text in words[kind])


def test_no_letter_states_a_price_that_was_not_approved(desk: Desk) -> None:
    package = record_need(desk)
    offer = take_answers(desk, package)[0]
    choose(desk, package, offer.id)
    make_ready(desk, package, offer.location_id)
    made = award(desk, package)
    with desk.units.writing() as unit:
        held = unit.of(Offer).get(offer.id)
        unit.of(Offer).replace(replace(held, rate=Money.parse("25.00")))
        unit.commit()
    with pytest.raises(RuleError, match="£843.50 was approved and awarded") as refused:
        words_of(desk, made)
    assert refused.value.rule == "R148"


def with_own_top_up(desk: Desk, **need: Any) -> dict[str, tuple[str, ...]]:
    package = make_homes(desk, "1150.00", "1300.00")
    with desk.units.writing() as unit:
        held = unit.of(Package).get(package.id)
        unit.of(Package).replace(replace(held, need=replace(held.need, **need)))
        unit.commit()
    dear = choices.options_for(desk, package.id)[1]
    choose(
        desk, package, dear.offer_id, top_up=a_top_up(desk, "132.32", **OWN), affordable_answer="No garden"
    )
    make_ready(desk, package, dear.location_id)
    return words_of(desk, award(desk, package))


def test_a_top_up_that_the_person_pays_is_told_as_the_persons_own_in_every_letter(desk: Desk) -> None:
    words = with_own_top_up(
        desk, client_contribution=Money.parse("150.00"), address=("14 Elm Close, Demoton",)
    )
    assert "14 Elm Close\nDemoton\nWN5 9AA" in "\n".join(words["top-up"])
    person = " ".join(words["person"])
    assert "Someone else" not in person
    assert "You pay £150.00 a week." in person
    assert (
        "top-up of £132.32 a week, which you have agreed to pay yourself: £282.32 a week together" in person
    )
    for kind in ("award", "agreement"):
        assert after(words[kind], "Person’s own top-up") == "£132.32"
        assert after(words[kind], "Third party (top-up)") == "£0.00"
        assert after(words[kind], "Person’s contribution") == "£150.00"


def test_after_care_with_a_top_up_of_ones_own_does_not_read_that_one_pays_nothing(desk: Desk) -> None:
    words = with_own_top_up(desk, funding="s117")
    person = " ".join(words["person"])
    assert "You pay nothing." not in words["person"]
    assert (
        "You pay a top-up of £132.32 a week, which you have agreed to pay yourself. You pay nothing else."
        in person
    )
    assert after(words["award"], "Person’s contribution") == "£0.00"
