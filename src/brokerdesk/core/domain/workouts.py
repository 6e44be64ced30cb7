"""The sixteen work-outs: the sums and dates of the trade, one by one, each with its question and answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from brokerdesk.core.domain import workouts_checks as checks
from brokerdesk.core.domain import workouts_dates as dates
from brokerdesk.core.domain import workouts_money as money
from brokerdesk.core.domain.errors import InputError, RuleError
from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.domain.visits import Weekday
from brokerdesk.core.domain.workouts_fields import Field, Kind, Question, Refused, nearest, read_fields

Solve = Callable[[Question, Rulebook], tuple[dict[str, Any], tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Workout:
    """One sum or date: how it is asked, answered and sourced."""

    name: str
    title: str
    hint: str
    """What it is for, in a sentence."""
    fields: tuple[Field, ...]
    source: str
    """Rules and worked examples in docs/rules.md."""
    solve: Solve


def _amount(name: str, label: str, hint: str = "", *, is_nullable: bool = False) -> Field:
    return Field(name, label, Kind.AMOUNT, hint, is_nullable=is_nullable)


def _day(name: str, label: str, hint: str = "", *, is_nullable: bool = False) -> Field:
    return Field(name, label, Kind.DAY, hint, is_nullable=is_nullable)


def _yes_no(name: str, label: str, hint: str = "") -> Field:
    return Field(name, label, Kind.YES_NO, hint)


def _count(name: str, label: str, at_least: int, at_most: int, hint: str = "") -> Field:
    return Field(name, label, Kind.COUNT, hint, at_least=at_least, at_most=at_most)


_MINUTES = Field("minutes", "Minutes", Kind.COUNT)
_CARERS = Field("carers", "Carers", Kind.COUNT)
_DAY_OF_WEEK = Field("day", "Day", Kind.CHOICE, choices=tuple(day.value for day in Weekday))
_RATE = _amount("rate_per_hour", "Rate an hour", "Pounds for one carer.")

ALL: tuple[Workout, ...] = (
    Workout(
        "weekly_cost",
        "Cost of a week's visits",
        "Hours and price of a week of home care, by the hour or by bands.",
        (
            Field(
                "visits",
                "Visits",
                Kind.ROWS,
                columns=(_MINUTES, _count("per_week", "Times a week", 1, 9_999), _CARERS),
            ),
            Field("rate_per_hour", "Rate an hour", Kind.AMOUNT, "Pounds for one carer.", is_optional=True),
            Field(
                "rounding",
                "Rounded by",
                Kind.CHOICE,
                "Where the framework rounds to pence.",
                is_optional=True,
                choices=("week", "visit"),
            ),
            Field(
                "banded_rates",
                "Banded rates",
                Kind.BANDS,
                "Or the price of one carer's visit by its minutes.",
                is_optional=True,
            ),
        ),
        "docs/rules.md R157, R158, R159, R160, E1",
        money.weekly,
    ),
    Workout(
        "period_cost",
        "A week's price over longer periods",
        "Four weeks, a year on three bases, and a calendar month.",
        (_amount("weekly_cost", "Weekly cost", "Pounds."),),
        "docs/rules.md R164, E2",
        money.periods,
    ),
    Workout(
        "part_week",
        "Cost of a part week",
        "From the start to Sunday of the charging week.",
        (
            Field("visits", "Visits", Kind.ROWS, columns=(_DAY_OF_WEEK, _MINUTES, _CARERS)),
            _RATE,
            _day("starts_on", "Starts on"),
        ),
        "docs/rules.md R158, E3",
        money.part_week,
    ),
    Workout(
        "top_up",
        "Top-up for a preferred home",
        "What someone pays above the personal budget, and whether it may be asked.",
        (
            _amount("personal_budget", "Personal budget", "Pounds a week for this type of home."),
            _amount("preferred_price", "Preferred home's price", "Pounds a week on council terms, gross."),
            _amount("fnc_in_price", "Nursing contribution in it", "0.00 where there is none."),
            _amount(
                "cheapest_suitable_available",
                "Cheapest suitable home available",
                "Pounds a week without nursing; leave empty where none is recorded.",
                is_nullable=True,
            ),
        ),
        "docs/rules.md R087, R090, R091, R092, E4",
        money.top_up,
    ),
    Workout(
        "standstill",
        "End of a standstill",
        "The last day of standstill after a notice, and the first day to sign.",
        (
            Field("regime", "Regime", Kind.CHOICE, choices=("PA23", "PSR")),
            _day("published_on", "Notice published on"),
        ),
        "docs/rules.md R069, R070, R072, E5, E6",
        dates.standstill_dates,
    ),
    Workout(
        "notice_dates",
        "Notices after a contract",
        "When the contract details notice and the published copy are due.",
        (
            _day("entered_into_on", "Entered into on"),
            _yes_no("is_light_touch", "Light touch"),
            _amount("value", "Value", "Pounds, gross, including VAT."),
            _yes_no("is_user_choice", "Awarded by user choice"),
        ),
        "docs/rules.md R043, R058, R059, E7",
        dates.contract_notices,
    ),
    Workout(
        "open_framework",
        "Awards of an open framework",
        "When it must be awarded again, and when the scheme ends.",
        (
            _day("first_awarded_on", "First awarded on"),
            Field("later_awards", "Later awards", Kind.DAYS, "In order; may be empty."),
            _yes_no("single_supplier", "One supplier only", "Of the first framework."),
        ),
        "docs/rules.md R028, R029, E9",
        dates.open_framework_dates,
    ),
    Workout(
        "review_dates",
        "Reviews of a package",
        "The first check, the yearly review and the direct-payment review.",
        (_day("starts_on", "Starts on"), _yes_no("has_direct_payment", "Has a direct payment")),
        "docs/rules.md R097, R098, E10",
        dates.reviews,
    ),
    Workout(
        "foi_due",
        "Answer to an information request",
        "The twentieth working day after receipt.",
        (_day("received_on", "Received on"),),
        "docs/rules.md R132, E11",
        dates.information_request,
    ),
    Workout(
        "nhs_number",
        "Check an NHS number",
        "Whether its last digit is the check digit.",
        (Field("number", "Number", Kind.CODE, "Spaces allowed."),),
        "docs/rules.md R149, E12",
        checks.nhs_number,
    ),
    Workout(
        "vat_number",
        "Check a VAT number",
        "Whether its last two digits check, in the old or the new series.",
        (Field("number", "Number", Kind.CODE, "Spaces allowed."),),
        "docs/rules.md R154, E13",
        checks.vat_number,
    ),
    Workout(
        "forecast",
        "Forecast with a yearly rise",
        "A yearly price over some years.",
        (
            _amount("annual", "First year's price", "Pounds."),
            _count("years", "Years", 1, 100),
            Field("rate_percent", "Rise a year", Kind.PERCENT, "Percent."),
            _count("first_uplift_year", "First year with the rise", 1, 1_000, "2: the first year is flat."),
        ),
        "docs/rules.md R166, E14",
        money.yearly_forecast,
    ),
    Workout(
        "value_route",
        "Value of a contract and its threshold",
        "What it is worth over its whole term, and what that means for notices.",
        (
            _amount("weekly_cost", "Weekly cost", "Pounds, gross."),
            _day("starts_on", "Starts on"),
            _day("ends_on", "Ends on", "With every extension; empty where not known.", is_nullable=True),
            _day("procurement_commenced_on", "Procurement commenced on"),
        ),
        "docs/rules.md R007, R009, R010, R011, R013, E15",
        money.value_route,
    ),
    Workout(
        "score",
        "Score offers",
        "Offers ranked by weighted points.",
        (
            Field("weights", "Weights", Kind.WEIGHTS, "Percent by criterion, together 100."),
            Field("offers", "Offers", Kind.OFFERS, "Name, price and 0 to 100 for each other criterion."),
        ),
        "docs/rules.md R021, R022, E17",
        money.score,
    ),
    Workout(
        "call_in",
        "Call-in of a decision",
        "The last day for call-in, and the day the decision takes effect.",
        (_day("decided_on", "Decided on"), _count("working_days", "Working days", 1, 60)),
        "docs/rules.md R141",
        dates.call_in_dates,
    ),
    Workout(
        "framework_term",
        "Term of a framework",
        "The last day without and with extensions.",
        (
            _day("starts_on", "Starts on"),
            _count("years", "Years", 1, 100),
            _count("extension_years", "Years of extension", 0, 100),
        ),
        "docs/rules.md R010, E16",
        dates.framework_dates,
    ),
)

BY_NAME: dict[str, Workout] = {workout.name: workout for workout in ALL}


def answer(name: str, question: Question, rulebook: Rulebook) -> dict[str, Any]:
    """Answer one question.

    Returns:
        The keys of that work-out, then `steps` (its arithmetic in sentences) and `source`.

    Raises:
        Refused: an unknown name, or a question that cannot be read; nothing is guessed.
    """
    workout = BY_NAME.get(name)
    if workout is None:
        raise Refused(f"There is no work-out “{name[:80]}”. {nearest(name, BY_NAME)}")
    read = read_fields(name, question, workout.fields)
    try:
        found, steps = workout.solve(read, rulebook)
    except (InputError, RuleError) as refusal:
        if isinstance(refusal, Refused):
            raise
        raise Refused(refusal.message, refusal.rule) from refusal
    return found | {"steps": list(steps), "source": workout.source}
