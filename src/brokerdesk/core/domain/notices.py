"""Which procurement notices an award needs, by when, or why none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from brokerdesk.core.domain.award import Route
from brokerdesk.core.domain.calendar import last_day_of
from brokerdesk.core.domain.deadlines import notice_dates, termination_notice_due
from brokerdesk.core.domain.procurement import ContractValue
from brokerdesk.core.domain.rulebook import Rulebook

COPY = "copy"
"""The published copy of a contract over £5,000,000."""
CODES = ("UK5", "UK6", "UK7", COPY, "UK11")


@dataclass(frozen=True, slots=True)
class NoticeDuty:
    """One notice of the matrix for one award."""

    code: str
    due_on: date | None
    """Last day; none where it is not due, or its day is not known yet."""
    is_required: bool
    is_before_signing: bool
    why: str
    rule: str


_BEFORE_AWARD = frozenset({Route.URGENT, Route.DIRECT_S41, Route.SWITCH_S43})
"""Direct awards, which are announced first. Source: docs/rules.md R056."""
_OUTSIDE = {
    Route.USER_CHOICE: ("user choice: section 44(3), 50(6)(b), 53(6)(b), 80(4)(b)", "R043"),
    Route.PCR2015_CALLOFF: (
        "the 2015 regulations govern the framework, so the 2023 Act’s notices do not exist",
        "R002",
    ),
    Route.PSR: ("the Provider Selection Regime has notices of its own", "R014"),
}


def notices_for(
    route: Route, value: ContractValue, rulebook: Rulebook, *, entered_on: date, ends_on: date | None
) -> tuple[NoticeDuty, ...]:
    """Every notice of the matrix with its last day, or why it is not required, in the order of `CODES`.

    Source: docs/rules.md R043, R051 to R064, the notice matrix.

    Args:
        route: of the award.
        value: gross, over the whole term.
        rulebook: the periods in force.
        entered_on: day on which the contract is entered into, counted as day 1.
        ends_on: last day of care; none where it is not known.
    """
    if route in _OUTSIDE:
        why, rule = _OUTSIDE[route]
        return tuple(_none(code, why, rule) for code in CODES)
    if not value.is_above_threshold:
        return _below_threshold(value, rulebook, entered_on)
    return _public(route, value, rulebook, entered_on, ends_on)


def _none(code: str, why: str, rule: str) -> NoticeDuty:
    return NoticeDuty(code, None, False, False, f"Not required: {why}", rule)


def _below_threshold(value: ContractValue, rulebook: Rulebook, entered_on: date) -> tuple[NoticeDuty, ...]:
    under = f"below the threshold of {value.threshold.shown}"
    if not value.is_notifiable:
        return tuple(_none(code, under, "R013") for code in CODES)
    due = last_day_of(entered_on, rulebook.number("uk7_days_below_threshold", entered_on))
    from_ = value.notifiable_from.shown
    why = f"{from_} or more and below the threshold: as soon as practicable, by local target this day"
    uk7 = NoticeDuty("UK7", due, True, False, why, "R060")
    return tuple(uk7 if code == "UK7" else _none(code, under, "R013") for code in CODES)


def _public(
    route: Route, value: ContractValue, rulebook: Rulebook, entered_on: date, ends_on: date | None
) -> tuple[NoticeDuty, ...]:
    dates = notice_dates(
        entered_on, value.shown or value.threshold, rulebook, is_light_touch=True, is_user_choice=False
    )
    uk5 = (
        NoticeDuty("UK5", entered_on, True, True, "Before a direct award", "R056")
        if route in _BEFORE_AWARD
        else _none("UK5", "this is not a direct award", "R056")
    )
    uk6 = NoticeDuty("UK6", entered_on, True, True, "Before the contract is signed", "R057")
    uk7 = NoticeDuty(
        "UK7", dates.uk7_due_on, True, False, "Light touch contract at or above the threshold", "R058"
    )
    over = rulebook.amount("contract_copy_over", max(entered_on, rulebook.pa23_starts_on)).shown
    copy = (
        NoticeDuty(COPY, dates.copy_due_on, True, False, f"Light touch contract over {over}", "R059")
        if dates.copy_due_on
        else _none(COPY, f"its value is not over {over}", "R059")
    )
    ended = None if ends_on is None else termination_notice_due(ends_on, rulebook)
    uk11 = NoticeDuty("UK11", ended, True, False, "After the contract ends, for whatever reason", "R064")
    return uk5, uk6, uk7, copy, uk11


def needs_notice_before_signing(route: Route, value: ContractValue) -> bool:
    """Whether a UK6 must be published before the contract is signed. Source: docs/rules.md R057."""
    return route not in _OUTSIDE and value.is_above_threshold
