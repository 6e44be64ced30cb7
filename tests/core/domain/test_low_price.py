"""A price below the dated floor warns; an offer is set aside only after its provider was told and heard."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from brokerdesk.core.domain import low_price
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.framework import Unit
from brokerdesk.core.domain.low_price import PriceOutcome, PriceQuery
from brokerdesk.core.domain.rulebook import Rulebook
from sourcing_samples import HOME_CARE, NURSING, a_need, an_offer, pounds

TODAY = date(2026, 12, 8)
QUERY = PriceQuery(
    "q", "p", "r", "o", "1-1", "Wrenhollow", pounds("20.00"), pounds("22.71"), "the council", "How so?",
    date(2026, 12, 4), date(2026, 12, 7), None, "", PriceOutcome.ASKED, "",
    datetime(2026, 12, 4, 9, tzinfo=UTC), "broker",
)  # fmt: skip


@pytest.mark.parametrize(
    ("rate", "is_low", "is_below_sector"),
    [("20.00", True, True), ("22.71", False, True), ("24.10", False, True), ("32.14", False, False)],
)
def test_an_hourly_price_stands_to_the_councils_floor_and_the_sectors_price(
    rulebook: Rulebook, rate: str, is_low: bool, is_below_sector: bool
) -> None:
    found = low_price.check_price(an_offer(rate=pounds(rate)), a_need(), HOME_CARE, rulebook, TODAY)
    assert found is not None
    assert (found.is_low, found.is_below_sector) == (is_low, is_below_sector)
    assert ("R023" in found.sentence) == is_low
    assert bool(found.sentence) == is_below_sector


def test_the_floor_is_that_of_the_day(rulebook: Rulebook) -> None:
    offer = an_offer(rate=pounds("28.00"))
    early = low_price.check_price(offer, a_need(), HOME_CARE, rulebook, date(2024, 3, 31))
    assert early is not None
    assert not early.is_below_sector
    assert early.floor is None
    later = low_price.check_price(offer, a_need(), HOME_CARE, rulebook, date(2024, 4, 1))
    assert later is not None
    assert later.is_below_sector


def test_bands_are_turned_into_an_hour_and_a_bed_has_none(rulebook: Rulebook) -> None:
    banded = an_offer(rate=None, rates={"45": pounds("14.50")}, weekly_cost=pounds("973.00"))
    assert low_price.hourly_price(banded, a_need(), HOME_CARE) == pounds("27.80")
    assert low_price.hourly_price(an_offer(), a_need(), NURSING) is None
    assert low_price.hourly_price(an_offer(), a_need(visits=()), HOME_CARE) is None
    assert low_price.hourly_price(an_offer(), a_need(), replace(HOME_CARE, unit=Unit.WEEK)) is None


def test_an_offer_is_not_set_aside_before_the_provider_was_heard() -> None:
    with pytest.raises(RuleError, match="told on 4 December 2026") as refusal:
        low_price.check_disregard(QUERY, "Too low")
    assert refusal.value.rule == "R023"
    heard = replace(
        QUERY, answered_on=date(2026, 12, 7), answer="No rota could be shown.", outcome=PriceOutcome.ANSWERED
    )
    low_price.check_disregard(heard, "It cannot show who would come.")
    with pytest.raises(RuleError, match="does not show"):
        low_price.check_disregard(heard, " ")
    with pytest.raises(RuleError, match="accepted already"):
        low_price.check_disregard(replace(heard, outcome=PriceOutcome.ACCEPTED), "Too low")


def test_days_that_give_no_chance_to_answer_are_refused() -> None:
    with pytest.raises(RuleError, match="after today"):
        low_price.check_notified(date(2026, 12, 9), date(2026, 12, 12), TODAY)
    with pytest.raises(RuleError, match="before it is told"):
        low_price.check_notified(TODAY, date(2026, 12, 7), TODAY)
    low_price.check_notified(TODAY, TODAY, TODAY)


@pytest.mark.parametrize("day", [date(2026, 12, 3), date(2026, 12, 9)])
def test_an_answer_lies_between_the_notification_and_today(day: date) -> None:
    with pytest.raises(RuleError, match="Correct the day"):
        low_price.check_answered(QUERY, day, "We can.", TODAY)


def test_an_answer_has_words() -> None:
    with pytest.raises(RuleError, match="nothing came"):
        low_price.check_answered(QUERY, TODAY, "", TODAY)


@pytest.mark.parametrize("words", ["Nothing came", "no reply", "They have not answered."])
def test_silence_is_no_answer_until_the_last_day_is_over(rulebook: Rulebook, words: str) -> None:
    assert low_price.is_silence(words, rulebook, TODAY)
    with pytest.raises(RuleError, match="has until 7 December 2026") as refusal:
        low_price.check_silence(QUERY, QUERY.answer_by)
    assert refusal.value.rule == "R023"
    low_price.check_silence(QUERY, TODAY)


def test_an_answer_of_the_provider_is_no_silence(rulebook: Rulebook) -> None:
    assert not low_price.is_silence("We pay for no travel time.", rulebook, TODAY)
