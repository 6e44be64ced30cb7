"""What may be put to the person, and chosen."""

from __future__ import annotations

from typing import Any

import pytest

from brokerdesk.core.domain import choice_rules, topup_rules
from brokerdesk.core.domain.choice import ChosenBy, Option
from brokerdesk.core.domain.choice_rules import OfferedPlace
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.package import Cohort
from brokerdesk.core.domain.record_rules import authority_problem
from brokerdesk.core.domain.sourcing import Offer
from sourcing_samples import NOW, SECOND, a_bed_need, a_need, a_top_up, an_offer, judged, pounds

THIRD = "1-100000003"


def bed(location_id: str, price: str, **facts: Any) -> Offer:
    return an_offer(location_id, rate=pounds(price), weekly_cost=pounds(price), ceiling=None, **facts)


PREFERRED, AFFORDABLE = bed("1-100000001", "1417.68"), bed(SECOND, "1252.68")


def options(*offers: Offer) -> tuple[Option, ...]:
    places = [OfferedPlace(offer, "Good", None, "2.00") for offer in offers]
    return choice_rules.options_from(places, a_bed_need(), shown_at=NOW)


def test_example_e4_the_preferred_home_costs_165_pounds_above_the_budget() -> None:
    cheap, dear = options(PREFERRED, AFFORDABLE)
    assert (cheap.location_id, cheap.is_within_budget, str(cheap.top_up)) == (SECOND, True, "0.00")
    assert (dear.is_within_budget, str(dear.cost_to_council), str(dear.top_up)) == (
        False,
        "1150.00",
        "165.00",
    )
    assert cheap.shown_at == NOW


def test_a_late_offer_is_no_option_and_cannot_be_chosen() -> None:
    late = bed(THIRD, "1000.00", is_late=True)
    assert [option.location_id for option in options(late, AFFORDABLE)] == [SECOND]
    with pytest.raises(RuleError, match="came after the deadline") as refused:
        choice_rules.refuse_late(late)
    assert refused.value.rule == "R024"


def test_a_late_offer_within_the_budget_does_not_open_a_top_up() -> None:
    late = bed(SECOND, "1252.68", is_late=True)
    with pytest.raises(RuleError) as refused:
        topup_rules.check_top_up(a_top_up(), PREFERRED, (PREFERRED, late), a_bed_need(), judged())
    assert refused.value.rule == "R087"


def test_no_top_up_is_asked_where_nothing_within_the_budget_is_on_file() -> None:
    assert str(options(PREFERRED)[0].top_up) == "0.00"


def test_an_offer_within_the_budget_takes_no_top_up() -> None:
    with pytest.raises(RuleError, match="there is no top-up") as refused:
        topup_rules.check_top_up(a_top_up(), AFFORDABLE, (AFFORDABLE,), a_bed_need(), judged())
    assert refused.value.rule == "R090"


def test_a_top_up_without_a_budget_has_nothing_to_top_up() -> None:
    need = a_bed_need(personal_budget=None)
    assert topup_rules.top_up_problem(a_top_up(), PREFERRED, (PREFERRED,), need, judged()) is not None


@pytest.mark.parametrize("item", topup_rules.TOP_UP_ITEMS)
def test_each_of_the_eight_items_is_asked_for(item: str) -> None:
    blank = pounds("0.00") if item in ("additional_cost", "budget_amount") else " "
    with pytest.raises(RuleError, match=item.replace("_", " ")) as refused:
        topup_rules.check_top_up(
            a_top_up(**{item: blank}), PREFERRED, (PREFERRED, AFFORDABLE), a_bed_need(), judged()
        )
    assert refused.value.rule == "R092"


def test_a_whole_top_up_with_an_affordable_option_is_in_order() -> None:
    topup_rules.check_top_up(a_top_up(), PREFERRED, (PREFERRED, AFFORDABLE), a_bed_need(), judged())
    council = choice_rules.council_weekly(PREFERRED, a_bed_need(), a_top_up())
    assert str(council) == "985.00"


def test_one_option_needs_the_reason_why_there_is_only_one() -> None:
    one = options(AFFORDABLE)
    with pytest.raises(RuleError) as refused:
        choice_rules.check_options(one, " ", Cohort.ADULT)
    assert refused.value.rule == "R110"
    choice_rules.check_options(one, "Only one home has a bed.", Cohort.ADULT)
    choice_rules.check_options(one, "", Cohort.CHILD)
    choice_rules.check_options(options(AFFORDABLE, PREFERRED), "", Cohort.ADULT)


def test_authority_is_asked_for_where_someone_else_decided() -> None:
    assert authority_problem(ChosenBy.ATTORNEY, " ") == (
        "R113",
        "No evidence of an attorney’s authority is recorded. Add where it can be found. Next of kin as such "
        "has no authority.",
    )
    assert authority_problem(ChosenBy.DEPUTY, "order of 3 May") is None
    assert authority_problem(ChosenBy.PERSON, "") is None


def test_without_a_budget_every_offer_is_within_it() -> None:
    place = OfferedPlace(an_offer(), None, None, "")
    only = choice_rules.options_from((place,), a_need(personal_budget=None), shown_at=NOW)[0]
    assert only.is_within_budget
    assert not only.top_up
