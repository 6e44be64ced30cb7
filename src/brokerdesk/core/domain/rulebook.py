"""The dated, sourced figures of the field: thresholds, rates, periods, policies and bank holidays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from brokerdesk.core.domain.calendar import Calendar, in_words, last_day_of_period
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.money import Money

Figure = int | Decimal | Money | date | str


def coded(words: str) -> dict[str, str]:
    """Codes with their meaning, from words such as `urgency: it cannot wait; choice: the person's choice`."""
    pairs = (entry.split(":", 1) for entry in words.split(";") if ":" in entry)
    return {code.strip(): meaning.strip() for code, meaning in pairs}


@dataclass(frozen=True, slots=True)
class Row:
    """One figure from a day on."""

    name: str
    from_on: date
    figure: Figure
    """A count, a plain number, pounds, a day, or a word of policy."""
    source: str
    """The law or body that states it."""
    rule: str
    """Number in docs/rules.md."""
    status: str
    """V verified in the law, S in a second-hand source, M from memory, P the council's own policy."""
    is_override: bool = False
    """Stated by this council in place of the shipped figure."""


@dataclass(frozen=True, slots=True)
class FncRates:
    """NHS-funded nursing care, pounds a week. Source: docs/rules.md R115."""

    standard: Money
    higher: Money


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Every figure that changes by date, with lookups by the day that counts. Source: docs/rules.md R017."""

    calendar: Calendar
    rows: Mapping[str, tuple[Row, ...]]
    """By name, each in order of its first day."""
    checked_on: date
    """Day on which the shipped figures were last checked."""
    reference_data_to: date
    """Last day on which they can be relied on without a new look."""
    edition: str
    """SHA-256 of everything that was read, so that a decision can name the figures it used."""

    def history(self, name: str) -> tuple[Row, ...]:
        """Every row of a figure, oldest first.

        Raises:
            KeyError: the rulebook has no figure of that name: a fault of ours.
        """
        return self.rows[name]

    def on(self, name: str, day: date) -> Row:
        """The row in force on a day.

        Raises:
            RuleError: the figure is not known so early.
        """
        in_force = [row for row in self.rows[name] if row.from_on <= day]
        if not in_force:
            first = self.rows[name][0]
            raise RuleError(
                f"The rulebook has no figure for {name.replace('_', ' ')} before {in_words(first.from_on)}, "
                f"and {in_words(day)} was asked for. Check the date, or add the figure.",
                rule=first.rule,
            )
        return in_force[-1]

    def number(self, name: str, on: date) -> int:
        """A count of days, weeks, months or years; before the first row, the first row's."""
        figure = self._first_or_on(name, on)
        if not isinstance(figure, int):
            raise TypeError(f"{name} is not a count")
        return figure

    def amount(self, name: str, on: date) -> Money:
        """Pounds in force on a day.

        Raises:
            RuleError: the figure is not known so early.
        """
        figure = self.on(name, on).figure
        if not isinstance(figure, Money):
            raise TypeError(f"{name} is not an amount")
        return figure

    def decimal(self, name: str, on: date) -> Decimal:
        """A plain number; before the first row, the first row's."""
        figure = self._first_or_on(name, on)
        if not isinstance(figure, Decimal):
            raise TypeError(f"{name} is not a plain number")
        return figure

    def day(self, name: str, on: date) -> date:
        """A day that the law names; before the first row, the first row's."""
        figure = self._first_or_on(name, on)
        if not isinstance(figure, date):
            raise TypeError(f"{name} is not a day")
        return figure

    def policy(self, name: str, on: date) -> str:
        """A word of policy, such as `warn`; before the first row, the first row's."""
        figure = self._first_or_on(name, on)
        if not isinstance(figure, str):
            raise TypeError(f"{name} is not a policy")
        return figure

    def threshold(self, kind: str, on: date) -> Money:
        """A procurement threshold, pounds including VAT, by the day the procurement commenced.

        Args:
            kind: `light_touch`, `goods_services`, `works` or `notifiable`.
            on: the day on which the procurement commenced.

        Raises:
            RuleError: the day lies before the first known figure. Source: docs/rules.md R007, R008.
        """
        return self.amount(f"threshold_{kind}", on)

    def fnc(self, on: date) -> FncRates:
        """Both nursing rates of a day.

        Raises:
            RuleError: the day lies before the first known figure. Source: docs/rules.md R115.
        """
        return FncRates(self.amount("fnc_standard", on), self.amount("fnc_higher", on))

    def rating_policy(self, rating: str | None, on: date) -> str:
        """What a CQC rating does to a provider: `allow`, `warn` or `block`. Source: docs/rules.md R119."""
        words = (rating or "not rated").casefold().replace(" ", "_")
        name = f"rating_{words}"
        return self.policy(name if name in self.rows else "rating_not_rated", on)

    @property
    def pa23_starts_on(self) -> date:
        """First day of the Procurement Act 2023. Source: docs/rules.md R001."""
        return self.day("pa23_starts_on", date.max)

    def is_out_of_date(self, today: date) -> bool:
        """Whether the figures should be looked at again: too old, or past their last day. Source: R017."""
        months = self.number("reference_data_months", today)
        return today > min(self.reference_data_to, last_day_of_period(self.checked_on, months=months))

    def _first_or_on(self, name: str, day: date) -> Figure:
        first = self.rows[name][0]
        return first.figure if day < first.from_on else self.on(name, day).figure
