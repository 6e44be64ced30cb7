"""What a contract is worth for procurement law, and on which side of the thresholds it falls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.framework import Regime
from brokerdesk.core.domain.money import Money
from brokerdesk.core.domain.rulebook import Rulebook


class VatTreatment(Enum):
    """Whether VAT is charged on the care. Source: docs/rules.md R009."""

    EXEMPT = "exempt"
    STANDARD = "standard"


@dataclass(frozen=True, slots=True)
class ContractValue:
    """A contract's value over its whole term with where it falls. Source: docs/rules.md R007 to R013."""

    exact: Fraction | None
    """Pounds including VAT; none where the duration is unknown."""
    days: int | None
    threshold: Money
    notifiable_from: Money
    is_above_threshold: bool
    is_notifiable: bool

    @property
    def shown(self) -> Money | None:
        """The value in whole pence, for people; tests use the exact one."""
        return None if self.exact is None else Money.from_exact(self.exact)


def gross_of(net: Money, treatment: VatTreatment, percent: int) -> Money:
    """The amount that thresholds count, with the standard rate in percent. Source: docs/rules.md R009."""
    if treatment is VatTreatment.EXEMPT:
        return net
    return Money.from_exact(Fraction(net.pence * (100 + percent), 10_000))


def value_of(weekly: Money, starts_on: date, ends_on: date | None) -> Fraction | None:
    """Exact pounds from the first to the last day, both counted, at a seventh of the week a day.

    Args:
        weekly: gross pounds a week.
        starts_on: first day.
        ends_on: last day with every possible extension; none where it is not known.

    Raises:
        InputError: it ends before it starts. Source: docs/rules.md R010, R011, E15.
    """
    if ends_on is None:
        return None
    if ends_on < starts_on:
        dates = f"The last day, {in_words(ends_on)}, is before the first, {in_words(starts_on)}."
        raise InputError(f"{dates} Check both dates.", rule="R010")
    return Fraction(weekly.pence * ((ends_on - starts_on).days + 1), 700)


def is_above_threshold(
    value: Fraction | None, commenced_on: date, rulebook: Rulebook, *, kind: str = "light_touch"
) -> bool:
    """Whether it is a public contract: at or above the threshold, or of unknown value.

    Source: docs/rules.md R007, R011.
    """
    return value is None or value * 100 >= rulebook.threshold(kind, commenced_on).pence


def is_notifiable(
    value: Fraction | None, commenced_on: date, rulebook: Rulebook, *, kind: str = "light_touch"
) -> bool:
    """Whether it is below the threshold and yet needs a notice. Source: docs/rules.md R013."""
    if value is None or is_above_threshold(value, commenced_on, rulebook, kind=kind):
        return False
    return value * 100 >= notifiable_from(commenced_on, rulebook).pence


def notifiable_from(commenced_on: date, rulebook: Rulebook) -> Money:
    """Value from which a notice is due; before the Act began, as the Act first had it. Source: R013."""
    return rulebook.threshold("notifiable", max(commenced_on, rulebook.pa23_starts_on))


def contract_value(
    weekly: Money, starts_on: date, ends_on: date | None, commenced_on: date, rulebook: Rulebook
) -> ContractValue:
    """Value and standing of a care contract. Source: docs/rules.md R007 to R013, E15.

    Raises:
        InputError: it ends before it starts.
        RuleError: the procurement commenced before the first known threshold.
    """
    value = value_of(weekly, starts_on, ends_on)
    return ContractValue(
        exact=value,
        days=None if ends_on is None else (ends_on - starts_on).days + 1,
        threshold=rulebook.threshold("light_touch", commenced_on),
        notifiable_from=notifiable_from(commenced_on, rulebook),
        is_above_threshold=is_above_threshold(value, commenced_on, rulebook),
        is_notifiable=is_notifiable(value, commenced_on, rulebook),
    )


def regime_by_trigger(first_trigger_on: date, rulebook: Rulebook) -> Regime:
    """Law that governs what began on that day, where it is not health care. Source: docs/rules.md R002."""
    return Regime.PCR2015 if first_trigger_on < rulebook.pa23_starts_on else Regime.PA23
