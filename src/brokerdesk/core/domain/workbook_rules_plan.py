"""The optional sheets of a framework workbook that say how it is used: Rules, Ladder and Ceilings."""

from __future__ import annotations

from brokerdesk.core.domain import cells
from brokerdesk.core.domain.framework_rules import Opens, Order, Pick, PriceFormula, RateKind, SkipReason
from brokerdesk.core.domain.picking import TESTS
from brokerdesk.core.domain.sheets import Column, SheetPlan
from brokerdesk.core.domain.visits import Weekday

YES_NO = ("yes", "no")
_DAYS = ", ".join(day.value for day in Weekday)
_SKIPS = tuple(skip.value for skip in SkipReason if skip is not SkipReason.MAY_NOT_BE_ASKED)
_HOURS = cells.number(2208)
RATE_KINDS = tuple(kind.value for kind in RateKind)

RULES = SheetPlan(
    "Rules",
    (
        Column("working_days", cells.each_of(Weekday), f"days on which the clock runs, joined by ;: {_DAYS}"),
        Column("opens", cells.clock, "when it begins to run, such as 09:00; blank: day and night"),
        Column("closes", cells.clock, "when it stops, such as 17:00"),
        Column("least_hours_standard", _HOURS, "least hours that any invitation may give"),
        Column("least_hours_urgent", _HOURS, "the same where it is urgent"),
        Column(
            "price_formula", cells.one_of(PriceFormula), "how a price becomes points",
            choices=tuple(formula.value for formula in PriceFormula),
        ),
        Column("tests", cells.several, f"ordered tests joined by ;: {', '.join(TESTS)}", width=36),
        Column("near_miles", cells.number(200), "what counts as near in the test distance"),
        Column("direct_call_off", cells.yes_or_no, "yes: no competition needed", choices=YES_NO),
        Column("mechanism", cells.plain_text, "how a provider is then chosen (R025)", width=48),
        Column("sealed", cells.yes_or_no, "yes: closed until two open them", choices=YES_NO),
        Column("scorers", cells.whole(1, 5), "how many officers score quality on their own"),
        Column("ground_needed", cells.yes_or_no, "yes: each call-off needs a ground", choices=YES_NO),
        Column("grounds", cells.several, "codes of the grounds admitted, joined by ;; blank: all", width=36),
    ),
)  # fmt: skip
LADDER = SheetPlan(
    "Ladder",
    (
        Column("rung", cells.plain_text, "the rung’s name, such as Tier 1; rows are the order", must=True),
        Column("tiers", cells.wholes(1, 99), "tiers asked here, joined by ;; blank: all not asked before"),
        Column("outside", cells.yes_or_no, "yes for providers outside the framework", choices=YES_NO),
        Column(
            "order", cells.one_of(Order), "how they are asked", choices=tuple(order.value for order in Order)
        ),
        Column("hours_standard", _HOURS, "hours to answer; blank: the framework’s own"),
        Column("hours_urgent", _HOURS, "the same where it is urgent"),
        Column(
            "opens_next", cells.one_of(Opens), "what lets the next rung open",
            choices=tuple(opens.value for opens in Opens),
        ),
        Column(
            "pick", cells.one_of(Pick), "which offer is preferred", choices=tuple(pick.value for pick in Pick)
        ),
        Column(
            "skips", cells.each_of(SkipReason), f"who is passed over, joined by ;: {', '.join(_SKIPS)}"
        ),
    ),
)  # fmt: skip
CEILINGS = SheetPlan(
    "Ceilings",
    (
        Column("lot", cells.plain_text, "the lot's name", must=True),
        Column("zone", cells.plain_text, "a zone's name; blank: every zone without a row of its own"),
        Column("kind", cells.one_of(RateKind), "which rate; blank: standard", choices=RATE_KINDS),
        Column("ceiling", cells.price, "highest rate for the lot's unit, pounds as 24.60", must=True),
        Column("starts_on", cells.day, "its first day; blank: from the beginning"),
        Column("ends_on", cells.day, "its last day; blank: until another row takes its place"),
        Column("source", cells.plain_text, "where it is laid down, such as a schedule of rates", width=36),
    ),
)
RULE_SHEETS = (RULES, LADDER, CEILINGS)
