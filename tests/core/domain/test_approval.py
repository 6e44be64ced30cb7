"""Dated limits, and never the broker herself."""

from __future__ import annotations

import unicodedata
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokerdesk.core.domain import approval_rules
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.officer import ApprovalLimit
from brokerdesk.core.domain.person_names import is_same_name, may_be_same_name
from sourcing_samples import TODAY, a_choice, pounds

NAME = "Gideon Fairweather"


def a_limit(
    amount: str | None, from_on: date, officer_id: str = "approver", name: str = NAME
) -> ApprovalLimit:
    return ApprovalLimit(
        f"l-{from_on}", officer_id, name, from_on, None if amount is None else pounds(amount)
    )


def checked(
    annual: str, *limits: ApprovalLimit, on: date = TODAY, officer_id: str | None = "approver"
) -> Money | None:
    return approval_rules.check_limit(limits, on, pounds(annual), officer_id=officer_id, name=NAME)


def test_a_spend_up_to_the_limit_may_be_approved() -> None:
    assert checked("50000.00", a_limit("50000.00", date(2026, 4, 1))) == pounds("50000.00")


def test_a_penny_above_the_limit_is_refused_with_both_figures() -> None:
    with pytest.raises(
        RuleError, match=r"£50,000.01 a year is above the limit of Gideon Fairweather, £50,000.00"
    ):
        checked("50000.01", a_limit("50000.00", date(2026, 4, 1)))


def test_the_limit_of_the_day_counts() -> None:
    limits = (a_limit("60000.00", date(2026, 12, 1)), a_limit("10000.00", date(2026, 4, 1)))
    with pytest.raises(RuleError):
        checked("50000.00", *limits)
    assert checked("50000.00", *limits, on=date(2026, 12, 1)) == pounds("60000.00")


def test_limits_that_only_begin_later_are_refused() -> None:
    with pytest.raises(RuleError, match="only from 1 December 2026"):
        checked("1.00", a_limit("60000.00", date(2026, 12, 1)))


def test_an_approver_for_whom_the_council_set_no_limit_has_none() -> None:
    assert checked("999999.00") is None
    assert checked("999999.00", a_limit(None, date(2026, 4, 1))) is None
    assert checked("999999.00", a_limit("1.00", date(2026, 4, 1), "someone", "Someone Else")) is None


def test_a_panel_outside_the_desk_is_known_by_its_name() -> None:
    panel = a_limit("100.00", date(2026, 4, 1), officer_id="", name="gideon  fairweather")
    with pytest.raises(RuleError, match="above the limit"):
        checked("100.01", panel, officer_id=None)


@pytest.mark.parametrize(
    ("approver_id", "name"),
    [
        ("broker", "X"), ("maker", "X"), (None, "asha penhaligon"), ("other", "Asha  Penhaligon"),
        (None, "Penhaligon, Asha"), (None, "Mrs Ásha PENHALIGON"), (None, "Penhaligon Asha."),
    ],
)
def test_the_broker_never_approves_by_id_or_by_name(approver_id: str | None, name: str) -> None:
    with pytest.raises(RuleError, match="someone else must approve") as refused:
        approval_rules.check_approver(
            approver_id=approver_id,
            approver_name=name,
            choice=a_choice(),
            package_broker_id="maker",
            broker_names=("Asha Penhaligon",),
        )
    assert refused.value.rule is None


@pytest.mark.parametrize(
    "name", ["A. Penhaligon", "A Penhaligon", "Penhaligon, A", "Asha J Penhaligon", "Asha Penhaligan"]
)
def test_a_name_that_may_be_the_broker_s_is_to_be_made_sure_of(name: str) -> None:
    told = approval_rules.doubtful_approver(None, name, ("Asha Penhaligon",))
    assert told.startswith(f"{name} may be Asha Penhaligon, who brokered this package.")
    assert not approval_rules.doubtful_approver("other", name, ("Asha Penhaligon",)), "she signed in herself"


@pytest.mark.parametrize(
    "name",
    ["Panel of 4 March", "B. Penhaligon", "Asha Fairweather", "Penhaligon", "Asha", "A. Fairweather", ""],
)
def test_another_name_is_somebody_else(name: str) -> None:
    assert not approval_rules.doubtful_approver(None, name, ("Asha Penhaligon",))


PARTS = ("Asha", "Zoë", "Penhaligon", "O’Hara", "Ann-Marie", "Li")
NAMES = st.lists(st.sampled_from(PARTS), min_size=2, max_size=4)


@given(names=NAMES, order=st.randoms(use_true_random=False), title=st.sampled_from(("", "Ms ", "DR. ")))
def test_a_name_is_the_same_however_it_is_written(names: list[str], order: Random, title: str) -> None:
    turned = list(names)
    order.shuffle(turned)
    written = unicodedata.normalize("NFD", title + "  ".join(turned).upper().replace("’", "'"))
    assert is_same_name(" ".join(names), written)
    assert may_be_same_name(written, " ".join(names))


def test_an_approval_given_elsewhere_needs_evidence_and_a_past_day() -> None:
    with pytest.raises(RuleError, match="Say where"):
        approval_rules.check_given_elsewhere(TODAY, TODAY, " ")
    with pytest.raises(RuleError, match="after today"):
        approval_rules.check_given_elsewhere(date(2026, 11, 24), TODAY, "panel 4")
    approval_rules.check_given_elsewhere(TODAY, TODAY, "panel 4")


def test_the_annual_cost_is_365_sevenths_of_the_week() -> None:
    assert str(approval_rules.annual_spend(pounds("843.50"))) == "43982.50"
