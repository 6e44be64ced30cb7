"""Awards of one person to one provider that follow each other closely: looked at as one contract."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from brokerdesk.core.domain.calendar import in_words
from brokerdesk.core.domain.money import ZERO, Money
from brokerdesk.core.domain.package import Need
from brokerdesk.core.domain.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class EarlierAward:
    """An award of the same person that stands on this desk."""

    reference: str
    location_id: str
    provider: str
    starts_on: date
    ends_on: date | None
    value: Money | None
    """Gross over its term; none where its duration is not known."""
    provider_id: str = ""
    """Of the provider that runs the place; empty where nobody knows."""


def is_same_person(one: Need, other: Need) -> bool:
    """Whether two needs are of one person: by NHS number where both have one, else by name and birth."""
    if one.nhs_number and other.nhs_number:
        return one.nhs_number == other.nhs_number
    names = one.person_name.casefold() == other.person_name.casefold()
    return names and one.born_on is not None and one.born_on == other.born_on


def splitting_words(
    earlier: Iterable[EarlierAward], *, location_id: str, starts_on: date, value: Money | None,
    rulebook: Rulebook, on: date, provider_id: str = "",
) -> str:  # fmt: skip
    """Warn where one person's care is cut into awards to one provider; empty where it is not. Source: R012.

    Args:
        earlier: standing awards of the same person.
        location_id: of the place now chosen.
        starts_on: first day of the care now awarded.
        value: of this award, gross over its term; none where its duration is not known.
        rulebook: says how close together awards are looked at as one.
        on: day of looking.
        provider_id: of the provider now chosen; its other places are the same provider.
    """
    gap = rulebook.number("split_gap_days", on)
    near = [
        held
        for held in earlier
        if _is_same_provider(held, location_id, provider_id) and _days_between(held, starts_on) <= gap
    ]
    if not near:
        return ""
    names = " and ".join(f"{held.reference} ({_until(held)})" for held in near)
    known = [held.value for held in near]
    if value is None or None in known:
        return f"{near[0].provider} has {names} for the same person; together their value is not known"
    whole = sum((held for held in known if held is not None), ZERO) + value
    return f"{near[0].provider} has {names} for the same person; together they are worth {whole.shown}"


def _is_same_provider(held: EarlierAward, location_id: str, provider_id: str) -> bool:
    return held.location_id == location_id or (bool(provider_id) and held.provider_id == provider_id)


def _days_between(held: EarlierAward, starts_on: date) -> int:
    """Days without care between the two; nought where they touch or overlap, much where it comes later."""
    if held.starts_on > starts_on:
        return 10**6
    return 0 if held.ends_on is None else max(0, (starts_on - held.ends_on).days - 1)


def _until(held: EarlierAward) -> str:
    return f"to {in_words(held.ends_on)}" if held.ends_on else "without a stated end"
