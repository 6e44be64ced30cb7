"""The shipped figures are those that the law and the published tables state."""

from __future__ import annotations

from datetime import date

import pytest

from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.rulebook import Rulebook

TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("name", "on", "pounds"),
    [
        ("capital_limit_upper", TODAY, "23250.00"),
        ("capital_limit_lower", TODAY, "14250.00"),
        ("minimum_price_home_care", date(2023, 3, 31), "23.20"),
        ("minimum_price_home_care", date(2024, 3, 31), "25.95"),
        ("minimum_price_home_care", date(2025, 3, 31), "28.53"),
        ("minimum_price_home_care", date(2025, 4, 1), "32.14"),
        ("national_living_wage", date(2025, 3, 31), "11.44"),
        ("national_living_wage", date(2026, 3, 31), "12.21"),
        ("national_living_wage", TODAY, "12.71"),
        ("threshold_notifiable", TODAY, "30000.00"),
        ("contract_copy_over", TODAY, "5000000.00"),
        ("payment_notice_over", TODAY, "30000.00"),
        ("foi_cost_limit", TODAY, "450.00"),
    ],
)
def test_an_amount_is_that_of_its_day(rulebook: Rulebook, name: str, on: date, pounds: str) -> None:
    assert str(rulebook.amount(name, on)) == pounds


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("standstill_working_days", 8),
        ("psr_standstill_working_days", 8),
        ("uk7_days_light_touch", 120),
        ("uk7_days_other", 30),
        ("contract_copy_days_light_touch", 180),
        ("contract_copy_days_other", 90),
        ("uk8_days", 30),
        ("uk11_days", 30),
        ("uk17_days", 30),
        ("pipeline_days", 56),
        ("exclusion_notice_days", 30),
        ("payment_term_days", 30),
        ("closed_framework_years", 4),
        ("open_framework_scheme_years", 8),
        ("debarment_check_days", 30),
        ("property_disregard_weeks", 12),
        ("imca_days", 56),
        ("retention_adult_record_years", 8),
        ("retention_contract_years", 6),
        ("retention_deed_years", 12),
        ("retention_procurement_years", 3),
    ],
)
def test_a_period_is_that_of_its_rule(rulebook: Rulebook, name: str, count: int) -> None:
    assert rulebook.number(name, TODAY) == count


def test_a_dynamic_purchasing_system_ends_by_23_february_2029(rulebook: Rulebook) -> None:
    assert rulebook.day("dps_last_end", TODAY) == date(2029, 2, 23)
    assert rulebook.day("dps_term_fixed_after", TODAY) == date(2026, 2, 23)


def test_a_payment_notice_is_not_known_before_its_duty_began(rulebook: Rulebook) -> None:
    with pytest.raises(RuleError, match="before 1 April 2026"):
        rulebook.amount("payment_notice_over", date(2026, 3, 31))
