"""When an open framework must be awarded again, and when its scheme ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from brokerdesk.core.domain.calendar import in_words, last_day_of_period
from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class OpenFramework:
    """Where the scheme stands after its awards so far. Source: docs/rules.md R028, R029."""

    next_award_due_on: date | None
    """None where it would fall after the scheme's end."""
    scheme_ends_on: date
    steps: tuple[str, ...]


def open_framework(
    first_awarded_on: date, later_awards: Sequence[date], rulebook: Rulebook, *, single_supplier: bool
) -> OpenFramework:
    """Follow the awards of an open framework. Source: docs/rules.md R028, R029, E9.

    The second award falls within three years of the first; then one falls in each window of five years,
    and the windows run from the second award.

    Args:
        first_awarded_on: award of the first framework.
        later_awards: every later award, in order.
        rulebook: the figures in force.
        single_supplier: whether the first framework has one supplier only.

    Raises:
        InputError: awards out of order, or one made too late.
    """
    ends_on, end_step = _scheme_end(first_awarded_on, rulebook, single_supplier=single_supplier)
    due = _second_due(first_awarded_on, rulebook)
    steps = [end_step, f"The second award is due by {in_words(due)}."]
    before = first_awarded_on
    for award in later_awards:
        _check_order(award, before)
        _check_in_time(award, due, ends_on)
        due = _next_due(later_awards[0], award, rulebook)
        steps.append(f"Awarded on {in_words(award)} in time; the next is due by {in_words(due)}.")
        before = award
    if due > ends_on:
        steps.append("That is after the scheme's end, so no further award is due.")
    return OpenFramework(None if due > ends_on else due, ends_on, tuple(steps))


def _scheme_end(first: date, rulebook: Rulebook, *, single_supplier: bool) -> tuple[date, str]:
    name = "single_supplier" if single_supplier else "scheme"
    years = rulebook.number(f"open_framework_{name}_years", first)
    ends_on = last_day_of_period(first, years=years)
    why = " because the first framework has one supplier" if single_supplier else ""
    return ends_on, f"The scheme ends {years} years after its first award, on {in_words(ends_on)}{why}."


def _second_due(first: date, rulebook: Rulebook) -> date:
    return last_day_of_period(first, years=rulebook.number("open_framework_first_years", first))


def _next_due(second: date, latest: date, rulebook: Rulebook) -> date:
    """End of the window after the one that the latest award filled; the second award only opens the first."""
    window = rulebook.number("open_framework_next_years", second)
    due = last_day_of_period(second, years=window)
    if latest == second:
        return due
    windows = 1
    while latest > last_day_of_period(second, years=window * windows):
        windows += 1
    return last_day_of_period(second, years=window * (windows + 1))


def _check_order(award: date, before: date) -> None:
    if award <= before:
        raise InputError(
            f"The award of {in_words(award)} does not come after that of {in_words(before)}. "
            "Give the awards in order, each once.",
            rule="R028",
        )


def _check_in_time(award: date, due: date, ends_on: date) -> None:
    if award > ends_on:
        raise InputError(
            f"The award of {in_words(award)} was made too late: the scheme ended on {in_words(ends_on)}.",
            rule="R028",
        )
    if award > due:
        raise InputError(
            f"The award of {in_words(award)} was made too late: it was due by {in_words(due)}.",
            rule="R028",
        )
