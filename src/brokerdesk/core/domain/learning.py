"""What past rounds teach: refusals, prices, providers' answers, who waits, orders left, letters unsigned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from statistics import median

from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.london import london_day
from brokerdesk.core.domain.report import Cell, Report, ReportColumn

REFUSALS, LOWEST_PRICE, PROVIDERS, WAITING, OFF_RANK, NOT_AGREED = (
    "refusals", "lowest-price", "providers", "waiting", "off-rank", "not-agreed",
)  # fmt: skip
LEARNING = (REFUSALS, LOWEST_PRICE, PROVIDERS, WAITING, OFF_RANK, NOT_AGREED)
"""Names of the reports of this page, in the order in which it shows them."""
_AGES = ((1, "up to 1 day"), (3, "2 to 3 days"), (7, "4 to 7 days"), (14, "8 to 14 days"))
_OLDEST = "15 days or more"
_TIMES = ((10, "morning"), (14, "midday"), (18, "afternoon"), (24, "evening"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One invitation that went out, with what came of it."""

    provider: str
    location_id: str
    lot: str
    outcode: str
    needs: tuple[str, ...]
    first_call_hour: int | None
    """Hour of the day's first call; none for nights and beds."""
    asked_at: datetime
    answered_at: datetime | None
    answer: str
    """`offer`, `decline` or `silent`."""
    code: str = ""
    """Of the decline."""
    note: str = ""
    was_first: bool = False
    """Asked before anyone else in a round that asks one after the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Won:
    """One award from a round, beside the other offers that counted."""

    lot: str
    awarded_on: date
    offers: int
    is_lowest: bool
    """No offer that counted was cheaper."""
    is_best_score: bool | None
    """None where the round had no scores."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """A package that has no award yet."""

    lot: str
    status: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsigned:
    """An issued letter that the provider has not signed, so that nothing is agreed yet."""

    provider: str
    days: int
    """Since it was issued."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OffRank:
    """Somebody asked or awarded out of the framework's order."""

    at: date
    broker: str
    provider: str
    what: str
    """`asked` or `awarded`."""
    reason: str


Groups = Counter[tuple[str, ...]]


def check_days(from_on: date, to_on: date) -> None:
    """Refuse a period that ends before it begins.

    Raises:
        InputError: it does.
    """
    if to_on < from_on:
        raise InputError(
            f"The last day, {in_words(to_on)}, is before the first, {in_words(from_on)}. Check both dates.",
            unreadable=True,
        )


def time_of_day(hour: int | None) -> str:
    """Part of the day of a first call; `night or place` where there is none."""
    if hour is None:
        return "night or place"
    return next(name for before, name in _TIMES if hour < before)


def refusals(answers: Iterable[Answered], from_on: date, to_on: date) -> Report:
    """Declines by lot, district, time of the first call, need and reason. Source: docs/rules.md R050.

    One row per combination; a decline of a package with several needs counts in the row of all its needs
    together. Sorted by count, most first, then by the words of the row.
    """
    counted = [a for a in _within(answers, from_on, to_on) if a.answer == "decline"]
    groups: Groups = Counter(
        (a.lot, a.outcode, time_of_day(a.first_call_hour), "; ".join(sorted(a.needs)), _code(a.code))
        for a in counted
    )
    rows: list[tuple[Cell, ...]] = [
        (*group, count, _percent(count, len(counted))) for group, count in _most_first(groups)
    ]
    return Report(
        name=REFUSALS, title=f"Why providers declined, {_between(from_on, to_on)}",
        definition="One decline is one provider’s no to one round, by the day it was asked in London.",
        columns=(
            _text("Lot"), _text("District"), _text("First call"), _text("Needs"), _text("Reason"),
            ReportColumn("Declines", "count", "declines", "never blank"),
            ReportColumn("Share %", "count", "percent of all declines", "never blank"),
        ),
        rows=tuple(rows), notes=_none_note(counted, "No provider declined in these days."),
    )  # fmt: skip


def lowest_price(won: Iterable[Won], from_on: date, to_on: date) -> Report:
    """How often the cheapest offer won where there was a choice. Source: docs/rules.md R020.

    One row per lot, sorted by name, and one for all lots last.
    """
    counted = [w for w in won if from_on <= w.awarded_on <= to_on]
    lots = sorted({w.lot for w in counted})
    rows = [_price_row(lot, [w for w in counted if w.lot == lot]) for lot in lots]
    if len(lots) > 1:
        rows.append(_price_row("All lots", counted))
    return Report(
        name=LOWEST_PRICE, title=f"Awards won by the lowest price, {_between(from_on, to_on)}",
        definition=(
            "An award counts by its day in London and is left out once withdrawn. The share is of awards "
            "with two offers or more that counted; two equal lowest offers are both the lowest."
        ),
        columns=(
            _text("Lot"), ReportColumn("Awards", "count", "awards", "never blank"),
            ReportColumn("With a choice", "count", "awards with two offers or more", "never blank"),
            ReportColumn("Lowest price won", "count", "awards", "never blank"),
            ReportColumn("Share %", "count", "percent of awards with a choice", "no award with a choice"),
            ReportColumn("Best score won", "count", "awards", "never blank"),
        ),
        rows=tuple(rows), notes=_none_note(counted, "Nothing was awarded in these days."),
    )  # fmt: skip


def providers(answers: Iterable[Answered], awards: Mapping[str, int], from_on: date, to_on: date) -> Report:
    """Each provider's answers: how often it offers, how fast it answers. Source: docs/rules.md R024.

    Args:
        answers: every invitation that went out.
        awards: live awards in the period by location id.
        from_on: first day, by the day it was asked in London.
        to_on: last day.

    One row per location, sorted by provider's name.
    """
    groups: dict[tuple[str, str], list[Answered]] = {}
    for a in _within(answers, from_on, to_on):
        groups.setdefault((a.provider, a.location_id), []).append(a)
    rows = [_provider_row(*key, groups[key], awards.get(key[1], 0)) for key in sorted(groups)]
    return Report(
        name=PROVIDERS, title=f"How providers answer, {_between(from_on, to_on)}",
        definition=(
            "Asked counts invitations that went out. The rate is offers in a hundred invitations. Hours to "
            "answer is the median over its offers and declines, day and night counted. Asked first counts "
            "rounds that ask one after the other and began with it."
        ),
        columns=(
            _text("Provider"), _text("Location"),
            ReportColumn("Asked", "count", "invitations", "never blank"),
            ReportColumn("Offers", "count", "offers", "never blank"),
            ReportColumn("Declines", "count", "declines", "never blank"),
            ReportColumn("Silent", "count", "invitations", "never blank"),
            ReportColumn("Offers %", "count", "percent of invitations", "never blank"),
            ReportColumn("Hours to answer", "text", "hours", "it never answered"),
            ReportColumn("Asked first", "count", "rounds", "never blank"),
            ReportColumn("Awards", "count", "live awards", "never blank"),
        ),
        rows=tuple(rows), notes=_none_note(rows, "Nobody was asked in these days."),
    )  # fmt: skip


def waiting(packages: Iterable[Waits], on: date) -> Report:
    """Packages that wait for an award, by lot, step and age. Source: docs/rules.md R136.

    One row per lot and status, with a column for each age; sorted by lot, then status.
    """
    held = list(packages)
    names = (*(name for _, name in _AGES), _OLDEST)
    groups: dict[tuple[str, str], Counter[str]] = {}
    for package in held:
        groups.setdefault((package.lot, package.status), Counter())[_age(package.days)] += 1
    rows: list[tuple[Cell, ...]] = [
        (*key, *(groups[key][name] for name in names), sum(groups[key].values())) for key in sorted(groups)
    ]
    return Report(
        name=WAITING, title=f"Who waits on {in_words(on)}",
        definition="A package waits from the day its referral was recorded until it is awarded or closed.",
        columns=(
            _text("Lot"), _text("Status"),
            *(ReportColumn(name, "count", "packages", "never blank") for name in names),
            ReportColumn("All", "count", "packages", "never blank"),
        ),
        rows=tuple(rows), notes=_none_note(held, "Nobody waits."),
    )  # fmt: skip


def not_agreed(letters: Iterable[Unsigned], on: date) -> Report:
    """Letters that are not yet agreed, by provider and age. Source: docs/rules.md R142.

    One row per provider, with a column for each age; the provider that owes most comes first.
    """
    held = list(letters)
    names = (*(name for _, name in _AGES), _OLDEST)
    groups: dict[str, list[int]] = {}
    for letter in held:
        groups.setdefault(letter.provider, []).append(letter.days)
    rows: list[tuple[Cell, ...]] = [
        (provider, *_by_age(days, names), len(days), max(days)) for provider, days in groups.items()
    ]
    return Report(
        name=NOT_AGREED, title=f"Letters not yet agreed on {in_words(on)}",
        definition=(
            "A letter that the provider has to sign is not yet agreed from the day it was issued until the "
            "signed copy was filed; letters of withdrawn awards are left out. Nothing is paid until then."
        ),
        columns=(
            _text("Provider"), *(ReportColumn(name, "count", "letters", "never blank") for name in names),
            ReportColumn("All", "count", "letters", "never blank"),
            ReportColumn("Oldest, days", "count", "days", "never blank"),
        ),
        rows=tuple(sorted(rows, key=lambda row: (-len(groups[str(row[0])]), str(row[0])))),
        notes=_none_note(held, "Every letter has come back signed."),
    )  # fmt: skip


def off_rank(cases: Iterable[OffRank], from_on: date, to_on: date) -> Report:
    """How often the framework's order was left, by broker, provider and reason. Source: docs/rules.md R050.

    One row per combination, most first.
    """
    counted = [case for case in cases if from_on <= case.at <= to_on]
    groups: Groups = Counter((case.broker, case.provider, case.what, case.reason) for case in counted)
    return Report(
        name=OFF_RANK, title=f"Out of the framework’s order, {_between(from_on, to_on)}",
        definition="Counts every invitation and award out of turn, each with its coded reason.",
        columns=(
            _text("Broker"), _text("Provider"), _text("What"), _text("Reason"),
            ReportColumn("Times", "count", "times", "never blank"),
        ),
        rows=tuple((*group, count) for group, count in _most_first(groups)),
        notes=_none_note(counted, "The order was kept throughout."),
    )  # fmt: skip


def _within(answers: Iterable[Answered], from_on: date, to_on: date) -> list[Answered]:
    return [a for a in answers if from_on <= london_day(a.asked_at) <= to_on]


def _price_row(lot: str, won: list[Won]) -> tuple[Cell, ...]:
    choice = [w for w in won if w.offers > 1]
    lowest = sum(w.is_lowest for w in choice)
    share = _percent(lowest, len(choice)) if choice else None
    return lot, len(won), len(choice), lowest, share, sum(w.is_best_score is True for w in choice)


def _provider_row(provider: str, location_id: str, given: list[Answered], awards: int) -> tuple[Cell, ...]:
    kinds = Counter(a.answer for a in given)
    hours = [(a.answered_at - a.asked_at).total_seconds() / 3600 for a in given if a.answered_at]
    middle = f"{median(hours):.1f}" if hours else None
    return (
        provider, location_id, len(given), kinds["offer"], kinds["decline"], kinds["silent"],
        _percent(kinds["offer"], len(given)), middle, sum(a.was_first for a in given), awards,
    )  # fmt: skip


def _by_age(days: Iterable[int], names: Iterable[str]) -> list[int]:
    counted = Counter(_age(each) for each in days)
    return [counted[name] for name in names]


def _age(days: int) -> str:
    return next((name for most, name in _AGES if days <= most), _OLDEST)


def _percent(part: int, whole: int) -> int:
    """Whole percent, half up."""
    return int((Decimal(part) * 100 / Decimal(whole)).quantize(Decimal(1), "ROUND_HALF_UP")) if whole else 0


def _most_first(groups: Groups) -> list[tuple[tuple[str, ...], int]]:
    return sorted(groups.items(), key=lambda row: (-row[1], row[0]))


def _code(code: str) -> str:
    return code.replace("_", " ")


def _text(name: str) -> ReportColumn:
    return ReportColumn(name, "text", "", "not stated")


def _between(from_on: date, to_on: date) -> str:
    return f"{in_words(from_on)} to {in_words(to_on)}"


def _none_note(counted: Iterable[object], words: str) -> tuple[str, ...]:
    return () if list(counted) else (words,)
