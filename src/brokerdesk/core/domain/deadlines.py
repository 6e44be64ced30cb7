"""When standstill ends, notices and answers are due, reviews fall and frameworks end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from brokerdesk.core.domain.calendar import ENGLAND, UNITED_KINGDOM, last_day_of, last_day_of_period
from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.framework import Regime
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.rulebook import Rulebook

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Standstill:
    """A standstill period with the days that count."""

    ends_on: date
    earliest_signing_on: date
    """The next calendar day, working or not."""
    counted: tuple[date, ...]


def standstill(regime: Regime, published_on: date, rulebook: Rulebook) -> Standstill:
    """When a standstill that follows a notice ends.

    PA23: eight working days of the whole United Kingdom, the first the day of publication where it is one.
    PSR: begins the day after, ends on the eighth working day of England after the day it began.
    Source: docs/rules.md R069, R070, R072, E5, E6.

    Raises:
        InputError: the regime has no standstill of its own here.
        RuleError: a day lies outside the holiday data.
    """
    calendar = rulebook.calendar
    match regime:
        case Regime.PA23:
            count = rulebook.number("standstill_working_days", published_on)
            counted = calendar.first_working_days(published_on, count, UNITED_KINGDOM)
        case Regime.PSR:
            calendar.check_covers(published_on)
            count = rulebook.number("psr_standstill_working_days", published_on)
            counted = calendar.working_days_after(published_on + ONE_DAY, count, ENGLAND)
        case Regime.PCR2015:
            raise InputError("A call-off under the 2015 regulations has no standstill here.", rule="R002")
    return Standstill(counted[-1], counted[-1] + ONE_DAY, counted)


@dataclass(frozen=True, slots=True)
class NoticeDates:
    """Last days for the contract details notice and the published copy; none where not due."""

    uk7_due_on: date | None
    copy_due_on: date | None


def notice_dates(
    entered_into_on: date, value: Money, rulebook: Rulebook, *, is_light_touch: bool, is_user_choice: bool
) -> NoticeDates:
    """What must be published after a public contract is entered into, that day counted as day 1.

    Source: docs/rules.md R043, R058, R059, E7.

    Args:
        entered_into_on: the day of signing.
        value: gross, including VAT.
        rulebook: the figures in force.
        is_light_touch: whether the service is light touch (R006).
        is_user_choice: whether it was awarded by user choice, which needs neither.
    """
    if is_user_choice:
        return NoticeDates(None, None)
    kind = "light_touch" if is_light_touch else "other"
    over = rulebook.amount("contract_copy_over", max(entered_into_on, rulebook.pa23_starts_on))
    uk7 = rulebook.number(f"uk7_days_{kind}", entered_into_on)
    copy = rulebook.number(f"contract_copy_days_{kind}", entered_into_on)
    return NoticeDates(
        last_day_of(entered_into_on, uk7), last_day_of(entered_into_on, copy) if value > over else None
    )


def termination_notice_due(ended_on: date, rulebook: Rulebook) -> date:
    """Last day for the contract termination notice. Source: docs/rules.md R064, E7."""
    return last_day_of(ended_on, rulebook.number("uk11_days", ended_on))


@dataclass(frozen=True, slots=True)
class ReviewDates:
    """When a package is looked at again. Source: docs/rules.md R097, R098."""

    check_from: date
    check_to: date
    annual_review_by: date
    direct_payment_review_by: date | None

    def within(self, ends_on: date | None) -> tuple[date, ...]:
        """The first look and the yearly review, as far as the service lasts. Source: R097, R098."""
        days = (self.check_to, self.annual_review_by)
        return tuple(day for day in days if ends_on is None or day <= ends_on)


def review_dates(starts_on: date, rulebook: Rulebook, *, has_direct_payment: bool) -> ReviewDates:
    """The light-touch check, the yearly review and the first direct-payment review.

    Source: docs/rules.md R097, R098, E10.
    """
    months = rulebook.number("direct_payment_first_months", starts_on)
    return ReviewDates(
        check_from=starts_on + timedelta(days=rulebook.number("review_check_from_days", starts_on)),
        check_to=starts_on + timedelta(days=rulebook.number("review_check_to_days", starts_on)),
        annual_review_by=last_day_of_period(
            starts_on, months=rulebook.number("review_annual_months", starts_on)
        ),
        direct_payment_review_by=last_day_of_period(starts_on, months=months) if has_direct_payment else None,
    )


def foi_due(received_on: date, rulebook: Rulebook) -> tuple[date, ...]:
    """The working days that count after receipt; the last is the day it is due.

    Source: docs/rules.md R132, E11.

    Raises:
        RuleError: a day lies outside the holiday data.
    """
    count = rulebook.number("foi_working_days", received_on)
    return rulebook.calendar.working_days_after(received_on, count, UNITED_KINGDOM)


@dataclass(frozen=True, slots=True)
class CallIn:
    """When a council decision can no longer be called in, and takes effect. Source: docs/rules.md R141."""

    deadline_on: date
    in_force_on: date
    counted: tuple[date, ...]


def call_in(decided_on: date, working_days: int, rulebook: Rulebook) -> CallIn:
    """Count a call-in period from the working day after the decision, on England's calendar.

    Source: docs/rules.md R141.

    Raises:
        RuleError: a day lies outside the holiday data.
    """
    *counted, in_force_on = rulebook.calendar.working_days_after(decided_on, working_days + 1, ENGLAND)
    return CallIn(counted[-1], in_force_on, tuple(counted))


@dataclass(frozen=True, slots=True)
class FrameworkTerm:
    """Last days of a framework without and with its extensions. Source: docs/rules.md R010, E16."""

    initial_ends_on: date
    final_ends_on: date


def framework_term(starts_on: date, years: int, extension_years: int) -> FrameworkTerm:
    """When a framework ends. Source: docs/rules.md R010, E16."""
    return FrameworkTerm(
        last_day_of_period(starts_on, years=years),
        last_day_of_period(starts_on, years=years + extension_years),
    )
