"""A top-up rests on an affordable option that is really there; what it costs adds up to the penny."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokerdesk.core.domain.availability import Availability
from brokerdesk.core.domain.capacity_ledger import Reservation, ReservationStatus
from brokerdesk.core.domain.care_setting import CareSetting
from brokerdesk.core.domain.choice import Payer, SignsAs
from brokerdesk.core.domain.choice_record import Unsuitable
from brokerdesk.core.domain.choice_rules import OfferedPlace, options_from, refuse_gone, top_up_of, who_pays
from brokerdesk.core.domain.directory import LocationFacts
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.money import ZERO, Money
from brokerdesk.core.domain.package import Bed
from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.domain.sourcing import Offer
from brokerdesk.core.domain.topup_payer import disregard_last_day
from brokerdesk.core.domain.topup_rules import (
    TOP_UP_ITEMS,
    affordable_option,
    cheapest_open,
    check_top_up,
    evidence_warning,
    items_of,
    raise_problem,
    review_due,
    top_up_problem,
    with_affordable,
)
from sourcing_samples import (
    FIRST,
    NOW,
    SECOND,
    SHIPPED,
    TODAY,
    a_bed_need,
    a_top_up,
    an_offer,
    judged,
    pounds,
)


def bed(location_id: str, price: str, **facts: Any) -> Offer:
    return an_offer(location_id, rate=pounds(price), weekly_cost=pounds(price), ceiling=None, **facts)


PREFERRED, AFFORDABLE = bed(FIRST, "1417.68"), bed(SECOND, "1252.68")
BOTH = (PREFERRED, AFFORDABLE)


def hold(offer: Offer, **facts: Any) -> Reservation:
    standard: dict[str, Any] = {
        "id": "h", "package_id": "p1", "offer_id": offer.id, "location_id": offer.location_id,
        "lot": "nursing home", "amount": Decimal(1), "unit": "beds", "until": NOW + timedelta(days=3),
        "status": ReservationStatus.HELD, "made_at": NOW - timedelta(days=2),
    }  # fmt: skip
    return Reservation(**standard | facts)


def rule_of(
    availability: Availability | None = None, need: dict[str, Any] | None = None, **facts: Any
) -> str:
    problem = top_up_problem(
        a_top_up(**facts), PREFERRED, BOTH, a_bed_need(**need or {}), judged(),
        availability or Availability(),
    )  # fmt: skip
    return problem[0] if problem else ""


def test_a_whole_agreement_with_an_affordable_option_on_file_is_in_order() -> None:
    assert rule_of() == ""
    assert rule_of(Availability(at=NOW, holds=(hold(AFFORDABLE),))) == ""


def test_a_top_up_without_an_affordable_available_option_is_impossible() -> None:
    problem = top_up_problem(a_top_up(), PREFERRED, (PREFERRED,), a_bed_need(), judged())
    assert problem is not None
    assert problem[0] == "R087"
    assert "nobody may be asked for a top-up" in problem[1]


def test_an_option_that_lapsed_yesterday_does_not_count() -> None:
    lapsed = Availability(at=NOW, holds=(hold(AFFORDABLE, until=NOW - timedelta(days=1)),))
    assert rule_of(lapsed) == "R087"
    assert affordable_option(BOTH, a_bed_need(), "no", lapsed) is None


def test_an_option_that_was_open_when_it_was_asked_about_counts_whatever_came_later() -> None:
    used = hold(AFFORDABLE, status=ReservationStatus.RELEASED, ended_at=NOW + timedelta(hours=1))
    assert rule_of(Availability(at=NOW, holds=(used,))) == ""
    assert rule_of(Availability(at=NOW + timedelta(hours=2), holds=(used,))) == "R087"
    assert rule_of(Availability(holds=(used,))) == "R087"


def test_an_option_that_is_not_suitable_opens_no_top_up() -> None:
    assert rule_of(Availability().without([Unsuitable(AFFORDABLE.id, "No lift")])) == "R087"


def test_the_answer_to_the_affordable_option_is_on_file() -> None:
    assert rule_of(affordable=None) == "R087"
    kept = with_affordable(a_top_up(affordable=None), BOTH, a_bed_need(), " Too far from her daughter ")
    assert kept.affordable is not None
    assert (kept.affordable.offer_id, kept.affordable.offered_at) == (AFFORDABLE.id, AFFORDABLE.received_at)
    assert kept.affordable.answer == "Too far from her daughter"
    assert with_affordable(a_top_up(), (PREFERRED,), a_bed_need(), "no").affordable is None


def test_a_lapsed_offer_cannot_be_chosen() -> None:
    gone = Availability(at=NOW, holds=(hold(PREFERRED, until=NOW),))
    with pytest.raises(RuleError, match="lapsed or was taken"):
        refuse_gone(PREFERRED, gone)
    options = options_from((), a_bed_need(), shown_at=NOW, availability=gone)
    assert options == ()


def test_the_person_pays_only_on_one_of_two_grounds_and_signs_with_authority() -> None:
    own: dict[str, Any] = {"payer": Payer.FIRST_PARTY, "signs_as": SignsAs.PERSON}
    assert rule_of(**own) == "R091"
    assert rule_of(**own, disregard_or_deferred="12_week_disregard") == "R091", "its first day is missing"
    started = {"disregard_or_deferred": "12_week_disregard", "disregard_from": date(2026, 12, 14)}
    assert rule_of(**own, **started) == ""
    assert rule_of(**own, disregard_or_deferred="deferred_payment") == ""


def test_next_of_kin_as_such_signs_nothing() -> None:
    own: dict[str, Any] = {"payer": Payer.FIRST_PARTY, "disregard_or_deferred": "deferred_payment"}
    as_kin = a_top_up(**own, signs_as=SignsAs.NEXT_OF_KIN)
    problem = top_up_problem(as_kin, PREFERRED, BOTH, a_bed_need(), judged())
    assert problem is not None
    assert problem[0] == "R113"
    assert "Next of kin as such has no authority" in problem[1]
    assert rule_of(**own, signs_as=SignsAs.THIRD_PARTY) == "R113"
    assert rule_of(signs_as=SignsAs.ATTORNEY) == "R113", "a third party signs for herself"
    assert rule_of(payer_name=" ") == "R092"


def test_nothing_is_agreed_without_evidence_of_means() -> None:
    assert rule_of(evidence="") == "R093"
    assert rule_of(evidence_on=None) == "R093"


def test_evidence_of_means_grows_old_after_twelve_months(rulebook: Rulebook) -> None:
    top_up = a_top_up()
    assert evidence_warning(top_up, date(2027, 11, 19), rulebook) == ""
    assert "over 12 months old" in evidence_warning(top_up, date(2027, 11, 20), rulebook)
    assert evidence_warning(a_top_up(evidence_on=None), date(2030, 1, 1), rulebook) == ""


def test_after_care_has_seven_items_and_the_person_may_pay() -> None:
    assert len(TOP_UP_ITEMS) == 8
    need = a_bed_need(funding="s117")
    assert len(items_of(need)) == 7
    own: dict[str, Any] = {"payer": Payer.FIRST_PARTY, "signs_as": SignsAs.PERSON}
    assert rule_of(need={"funding": "s117"}, budget_amount=Money(0), **own) == ""


def test_example_e4_the_disregard_from_14_december_ends_on_7_march(rulebook: Rulebook) -> None:
    assert disregard_last_day(date(2026, 12, 14), rulebook) == date(2027, 3, 7)
    assert review_due(date(2026, 12, 1), rulebook) == date(2027, 11, 30)


def test_example_e4_the_budget_rises_to_the_cheapest_open_home() -> None:
    dear = bed(SECOND, "1307.68")
    need = a_bed_need()
    assert cheapest_open((PREFERRED, dear), need) == pounds("1040.00")
    assert raise_problem(pounds("1040.00"), (PREFERRED, dear), need, "No home at the budget") is None
    raised = replace(need, personal_budget=pounds("1040.00"))
    over = top_up_of(PREFERRED, raised, pounds("1040.00"))
    assert over is not None
    assert over.weekly == pounds("110.00")


@pytest.mark.parametrize(
    ("amount", "reason", "words"),
    [("985.00", "why", "already"), ("1000.00", "why", "buys none"), ("1040.00", " ", "Say why")],
)
def test_a_budget_that_is_raised_buys_a_real_option_and_has_its_reason(
    amount: str, reason: str, words: str
) -> None:
    problem = raise_problem(pounds(amount), (PREFERRED, bed(SECOND, "1307.68")), a_bed_need(), reason)
    assert problem is not None
    assert words in problem[1]


@given(
    budget=st.integers(1, 200_000), price=st.integers(1, 400_000), cheap=st.integers(1, 200_000),
    fnc=st.integers(0, 36_824), contribution=st.none() | st.integers(0, 50_000), lowered=st.integers(0, 100),
    is_own=st.booleans(),
)  # fmt: skip
def test_who_pays_adds_up_to_the_price_to_the_penny(
    budget: int, price: int, cheap: int, fnc: int, contribution: int | None, lowered: int, is_own: bool
) -> None:
    """Total is council, person, third party and NHS, whatever the sums and whoever pays the top-up."""
    need = a_bed_need(
        personal_budget=Money(budget), bed=Bed(Money(price + fnc), Money(fnc)),
        client_contribution=None if contribution is None else Money(contribution),
    )  # fmt: skip
    dear = bed(FIRST, str(Money(price + fnc)))
    offers = (dear, bed(SECOND, str(Money(min(cheap, budget) + fnc))))
    over = top_up_of(dear, need, Money(min(cheap, budget)))
    assert over is not None
    assert over.weekly is not None
    extra = Money(over.weekly.pence * (100 - lowered) // 100)
    own: dict[str, Any] = {
        "payer": Payer.FIRST_PARTY, "signs_as": SignsAs.PERSON, "disregard_or_deferred": "deferred_payment"
    } if is_own else {}  # fmt: skip
    top_up = a_top_up(additional_cost=extra, budget_amount=Money(budget), **own) if extra else None
    shares = who_pays(dear, need, top_up)
    assert shares.total == dear.weekly_cost
    assert shares.nhs == Money(fnc)
    if top_up is not None:
        check_top_up(top_up, dear, offers, need, judged())
        assert shares.council + shares.person + shares.third_party >= Money(budget)
        assert over.weekly == Money(price - budget)


def test_continuing_healthcare_is_paid_by_the_nhs_alone() -> None:
    """R114: neither the council nor the person pays, whatever contribution stands on the referral."""
    need = a_bed_need(funding="chc", client_contribution=pounds("118.75"))
    shares = who_pays(bed(FIRST, "1307.68"), need, None)
    assert (shares.council, shares.person, shares.third_party) == (ZERO, ZERO, ZERO)
    assert shares.nhs == shares.total == pounds("1307.68")


# What a payer, a budget and a day must be


@pytest.mark.parametrize("name", ["Winifred Larkspur", "LARKSPUR, Winifred", "Mrs Winifred Larkspur"])
def test_the_person_is_no_third_party_to_her_own_care(name: str) -> None:
    assert rule_of(payer_name=name) == "R091"
    assert rule_of(payer_name=f"{name} (daughter)") == "", "a relative may have the same name"


@pytest.mark.parametrize(
    ("first_day", "rule"),
    [(date(2020, 1, 1), "R091"), (date(2026, 9, 21), "R091"), (date(2026, 9, 22), ""),
     (date(2026, 12, 14), ""), (date(2026, 12, 15), "R091")],
)  # fmt: skip
def test_care_begins_while_the_disregard_runs(first_day: date, rule: str) -> None:
    own: dict[str, Any] = {
        "payer": Payer.FIRST_PARTY, "signs_as": SignsAs.PERSON,
        "disregard_or_deferred": "12_week_disregard", "disregard_from": first_day,
    }  # fmt: skip
    assert rule_of(**own) == rule
    assert rule_of(need={"funding": "s117"}, **own) == "", "after-care knows no such limit"


def test_the_agreement_states_the_budget_that_there_is() -> None:
    assert rule_of(budget_amount=pounds("1.00")) == "R092"
    assert rule_of(budget_amount=pounds("984.99")) == "R092"


def test_nothing_is_agreed_or_seen_in_the_future() -> None:
    assert rule_of(agreed_on=date(2026, 11, 24)) == "R092"
    assert rule_of(evidence_on=date(2035, 1, 1)) == "R093"
    assert rule_of(agreed_on=date(2026, 11, 23), evidence_on=date(2026, 11, 23)) == ""


@pytest.mark.parametrize("setting", list(CareSetting))
def test_a_top_up_is_for_accommodation_only(setting: CareSetting) -> None:
    problem = top_up_problem(a_top_up(), PREFERRED, BOTH, a_bed_need(), judged(setting))
    assert (problem is None) == setting.is_accommodation
    if problem is not None:
        assert problem[0] == "R090"
        assert "raise the budget" in problem[1]


# What is available


def test_a_home_that_starts_after_the_care_is_needed_opens_no_top_up() -> None:
    late = bed(SECOND, "1252.68", starts_on=date(2027, 6, 14))
    assert affordable_option((PREFERRED, late), a_bed_need(), "It has no bed until June") is None
    problem = top_up_problem(a_top_up(), PREFERRED, (PREFERRED, late), a_bed_need(), judged())
    assert problem is not None
    assert problem[0] == "R087"
    cheap, dear = options_from(
        [OfferedPlace(offer, "Good", None, "2.00") for offer in (PREFERRED, late)], a_bed_need(), shown_at=NOW
    )
    assert (cheap.is_within_budget, cheap.is_real, cheap.is_available) == (True, False, True)
    assert not dear.top_up, "so nobody may be asked for one"


@pytest.mark.parametrize(("day", "is_option"), [(21, True), (22, False)])
def test_a_few_days_of_wait_are_the_councils_to_allow(day: int, is_option: bool) -> None:
    both = (PREFERRED, bed(SECOND, "1252.68", starts_on=date(2026, 12, day)))
    week = Availability(wait_days=SHIPPED.number("affordable_wait_days", TODAY))
    assert (affordable_option(both, a_bed_need(), "no", week) is not None) == is_option


def test_where_no_home_starts_in_time_those_that_start_first_are_what_there_is() -> None:
    """The day of need is past, or every home has its first bed a week later: a top-up stays possible."""
    both = (
        bed(FIRST, "1417.68", starts_on=date(2026, 12, 21)),
        bed(SECOND, "1252.68", starts_on=date(2026, 12, 21)),
    )
    assert top_up_problem(a_top_up(), both[0], both, a_bed_need(), judged()) is None


@pytest.mark.parametrize(
    ("facts", "is_option"),
    [({"is_registered": True}, True), ({}, True), ({"is_registered": False}, False),
     ({"is_registered": False, "deregistered_on": date(2026, 11, 23)}, False),
     ({"is_registered": False, "deregistered_on": date(2026, 11, 24)}, True)],
)  # fmt: skip
def test_a_home_that_was_off_the_register_by_then_is_no_option(
    facts: dict[str, Any], is_option: bool
) -> None:
    then = Availability(at=NOW).knowing([LocationFacts(SECOND, **facts)])
    assert (rule_of(then) == "") == is_option
