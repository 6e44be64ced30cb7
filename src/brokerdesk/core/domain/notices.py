"""Which procurement notices an award needs, by when, or why none and under which section."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from brokerdesk.core.domain.award import Route
from brokerdesk.core.domain.calendar import last_day_of
from brokerdesk.core.domain.deadlines import notice_dates, termination_notice_due
from brokerdesk.core.domain.notice_matrix import MATRIX, NOTICE_NAMES, PSR_CODES, UK_CODES, Cell, Column, Kind
from brokerdesk.core.domain.procurement import ContractValue
from brokerdesk.core.domain.rulebook import Rulebook

COPY = "copy"
"""The published copy of a contract over £5,000,000."""
CODES = UK_CODES
PERIODIC = frozenset({"UK1", "UK8", "UK17"})
"""Given for the council as a whole at fixed times of the year, not for one award."""
BEFORE_SIGNING = frozenset({"UK4", "UK5", "UK6", "PSR-intention"})


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
    section: str = ""
    """Where the law says so."""
    condition: str = ""
    """On what it depends, where it is due only then."""

    @property
    def name(self) -> str:
        """What people call it."""
        return NOTICE_NAMES[self.code]

    @property
    def is_kept(self) -> bool:
        """Whether the award brings it and someone must see to it."""
        return self.is_required and self.code not in PERIODIC


_OUTSIDE = {
    Route.PCR2015_CALLOFF: Column.PCR2015,
    Route.PSR: Column.PSR,
    Route.BLOCK_PLACE: Column.BLOCK,
}
_PUBLIC_COLUMNS = {
    Route.USER_CHOICE: Column.USER_CHOICE,
    Route.FRAMEWORK_S45: Column.CALL_OFF,
    Route.COMPETITIVE: Column.COMPETED,
    Route.DIRECT_S41: Column.URGENT,
    Route.SWITCH_S43: Column.URGENT,
    Route.URGENT: Column.URGENT,
    # Below the threshold by value, so that what is above it under this name was meant to be competed.
    Route.BELOW_THRESHOLD: Column.COMPETED,
}


def column_of(route: Route, value: ContractValue) -> Column:
    """Which column of the matrix an award falls in. Source: docs/rules.md R013, R045, the notice matrix.

    Below the threshold there is no public contract, so user choice is spared nothing there: the details
    notice of Part 6 has no exemption for it.
    """
    if route in _OUTSIDE:
        return _OUTSIDE[route]
    if value.is_above_threshold:
        return _PUBLIC_COLUMNS[route]
    return Column.NOTIFIABLE if value.is_notifiable else Column.SMALL


def notices_for(
    route: Route, value: ContractValue, rulebook: Rulebook, *, entered_on: date, ends_on: date | None
) -> tuple[NoticeDuty, ...]:
    """Every notice of the matrix with its last day, or why it is not required, in the order of `CODES`.

    Source: docs/rules.md R016, R043, R051 to R064, the notice matrix.

    Args:
        route: of the award.
        value: gross, over the whole term.
        rulebook: the periods in force.
        entered_on: day on which the contract is entered into, counted as day 1.
        ends_on: last day of care; none where it is not known.
    """
    column = column_of(route, value)
    facts = _Facts(value, rulebook, entered_on, ends_on)
    found = tuple(_duty(code, MATRIX[code][column], column, facts) for code in CODES)
    return (*found, *_health_notices(facts)) if column is Column.PSR else found


@dataclass(frozen=True, slots=True)
class _Facts:
    value: ContractValue
    rulebook: Rulebook
    entered_on: date
    ends_on: date | None


def _duty(code: str, cell: Cell, column: Column, facts: _Facts) -> NoticeDuty:
    if code == COPY and cell.kind is Kind.YES:
        cell = _copy_cell(cell, facts)
    if code == "UK7" and column is Column.NOTIFIABLE:
        cell = _details_cell(cell, facts)
    is_required = cell.kind is Kind.YES
    due_on = _due_on(code, column, facts) if cell.kind in (Kind.YES, Kind.IF) else None
    why = _words(cell.why, facts)
    return NoticeDuty(
        code, due_on, is_required, is_required and code in BEFORE_SIGNING, f"{why[:1].upper()}{why[1:]}",
        cell.rule, cell.section, why if cell.kind is Kind.IF else "",
    )  # fmt: skip


_AMOUNTS = ("pipeline_contract_over", "pipeline_spend_over", "payment_notice_over")


def _words(template: str, facts: _Facts) -> str:
    named = [name for name in _AMOUNTS if f"{{{name}}}" in template]
    rows = {name: facts.rulebook.history(name) for name in named}
    amounts = {
        name: facts.rulebook.amount(name, max(facts.entered_on, held[0].from_on)).shown
        for name, held in rows.items()
    }
    return template.format(**amounts)


def _copy_cell(cell: Cell, facts: _Facts) -> Cell:
    """A copy is published only above the sum. Source: docs/rules.md R059."""
    over = facts.rulebook.amount(
        "contract_copy_over", max(facts.entered_on, facts.rulebook.pa23_starts_on)
    )
    if facts.value.shown is None:
        why = f"if its value, which is not known, comes to more than {over.shown}"
        return Cell(Kind.IF, why, cell.rule, cell.section)
    if facts.value.shown > over:
        return Cell(Kind.YES, f"Light touch contract over {over.shown}", cell.rule, cell.section)
    return Cell(Kind.NO, f"Not required: its value is not over {over.shown}", cell.rule, cell.section)


def _details_cell(cell: Cell, facts: _Facts) -> Cell:
    """The council may switch individual placements off on advice; its row says who decided. Source: R060."""
    from_ = facts.value.notifiable_from.shown
    row = facts.rulebook.on("uk7_individual_placements", max(facts.entered_on, facts.rulebook.pa23_starts_on))
    if row.figure == "off":
        why = f"Not required: the council decided so for individual placements ({row.source})"
        return Cell(Kind.NO, why, cell.rule, cell.section)
    why = f"{from_} or more and below the threshold: as soon as practicable, by local target this day"
    return Cell(Kind.YES, why, cell.rule, cell.section)


def _due_on(code: str, column: Column, facts: _Facts) -> date | None:
    book, entered = facts.rulebook, facts.entered_on
    match code:
        case "UK5":
            return entered - timedelta(days=1)
        case "UK6":
            return entered
        case "UK7" if column is Column.NOTIFIABLE:
            return last_day_of(entered, book.number("uk7_days_below_threshold", entered))
        case "UK7" | "copy":
            dates = notice_dates(
                entered, facts.value.shown or facts.value.threshold, book, is_light_touch=True,
                is_user_choice=False,
            )  # fmt: skip
            return dates.uk7_due_on if code == "UK7" else dates.copy_due_on
        case "UK11":
            return None if facts.ends_on is None else termination_notice_due(facts.ends_on, book)
        case "UK1" | "UK8" | "UK17":
            return periodic_due(code, entered, book)
    return None


def periodic_due(code: str, day: date, rulebook: Rulebook) -> date:
    """The next last day of a notice that the council gives at fixed times. Source: R052, R061, R067, E8.

    Args:
        code: UK1 (56 days beginning 1 April), UK8 (30 days beginning with the last day of each quarter) or
            UK17 (the same of each half-year that ends in March or September).
        day: the answer is the first last day on or after it.
        rulebook: the periods in force.
    """
    return min(due for due in _periods(code, day, rulebook) if due >= day)


def _periods(code: str, day: date, rulebook: Rulebook) -> list[date]:
    name = {"UK1": "pipeline_days", "UK8": "uk8_days", "UK17": "uk17_days"}[code]
    ends = {"UK1": ((4, 1),), "UK8": ((3, 31), (6, 30), (9, 30), (12, 31)), "UK17": ((3, 31), (9, 30))}[code]
    begins = [date(year, *end) for year in (day.year - 1, day.year, day.year + 1) for end in ends]
    return [last_day_of(begin, rulebook.number(name, begin)) for begin in begins]


def _health_notices(facts: _Facts) -> tuple[NoticeDuty, NoticeDuty]:
    """The NHS regime's own: intention with standstill where it was assessed or competed, then the award.

    Source: docs/rules.md R016, R072.
    """
    due = last_day_of(facts.entered_on, facts.rulebook.number("psr_award_notice_days", facts.entered_on))
    only = "where the most suitable provider was assessed or competed for; a standstill follows"
    intention, award = PSR_CODES
    return (
        NoticeDuty(intention, None, False, False, f"Only {only}", "R072", "SI 2023/1348 reg 12", only),
        NoticeDuty(award, due, True, False, "Within 30 days of the award", "R016", "SI 2023/1348 reg 11"),
    )


def needs_notice_before_signing(route: Route, value: ContractValue) -> bool:
    """Whether a UK6 must be published before the contract is signed. Source: docs/rules.md R057."""
    return MATRIX["UK6"][column_of(route, value)].kind is Kind.YES


def needs_notice_before_award(route: Route, value: ContractValue) -> bool:
    """Whether a UK5 must be published before the award is decided. Source: docs/rules.md R056."""
    return MATRIX["UK5"][column_of(route, value)].kind is Kind.YES
