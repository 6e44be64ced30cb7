"""What the law says of a framework as a whole: its term, its lots, and what may not change in its term."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from brokerdesk.core.domain.calendar import in_words, last_day_of_period
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.framework import Framework, FrameworkKind, Regime
from brokerdesk.core.domain.rulebook import Rulebook

LIGHT_TOUCH, TERM_REASON, LOTS_REASON = "Light touch", "Why longer", "Why not in lots"
"""Names of the rows of the sheet Terms that say whether it is light touch, and the reasons."""


@dataclass(frozen=True, slots=True)
class LawNote:
    """One thing to know of a framework; it stops nothing."""

    sentence: str
    rule: str


def law_notes(framework: Framework, rulebook: Rulebook) -> tuple[LawNote, ...]:
    """What to know of a framework under the Procurement Act 2023; nothing under other law.

    Source: docs/rules.md R026, R027, R032, R035.
    """
    if framework.regime is not Regime.PA23:
        return ()
    return (*_term(framework, rulebook), *_lots(framework), *_market(framework))


def term_of(framework: Framework, name: str) -> str:
    """What a row of the sheet Terms says; empty where there is none of that name."""
    return next((t.value.strip() for t in framework.terms if t.name.casefold() == name.casefold()), "")


def _term(framework: Framework, rulebook: Rulebook) -> Iterator[LawNote]:
    if framework.kind is not FrameworkKind.FRAMEWORK:
        return
    years = rulebook.number("closed_framework_years", framework.starts_on)
    latest = last_day_of_period(framework.starts_on, years=years)
    ends = max(framework.ends_on, framework.extension_ends_on or framework.ends_on)
    if ends <= latest:
        return
    reason = term_of(framework, TERM_REASON)
    if term_of(framework, LIGHT_TOUCH).casefold() != "no":
        told = reason or f"keep the reason as a row of Terms named “{TERM_REASON}”"
        yield LawNote(
            f"It may run to {in_words(ends)}, more than {years} years. Light touch frameworks have no "
            f"statutory maximum; justify it locally: {told}.",
            "R026",
        )
    elif reason:
        yield LawNote(
            f"It may run to {in_words(ends)}, past the usual maximum of {years} years ({in_words(latest)}), "
            f"for the reason on file: {reason}.",
            "R027",
        )
    else:
        yield LawNote(
            f"It may run to {in_words(ends)}. A closed framework runs {years} years at most, to "
            f"{in_words(latest)}, unless the nature of the supply requires longer. Shorten it, or give the "
            f"reason and its notice as a row of Terms named “{TERM_REASON}”.",
            "R027",
        )


def _lots(framework: Framework) -> Iterator[LawNote]:
    if len(framework.lots) != 1:
        return
    reason = term_of(framework, LOTS_REASON)
    if reason:
        yield LawNote(f"It has one lot, for the reason on file: {reason}.", "R035")
    else:
        yield LawNote(
            f"It has one lot. Say in a row of Terms named “{LOTS_REASON}” why it was not split.", "R035"
        )


def _market(framework: Framework) -> Iterator[LawNote]:
    if framework.kind is FrameworkKind.DYNAMIC_MARKET:
        yield LawNote(
            "A dynamic market is open to new members at any time, without a limit on their number; the "
            "conditions of membership stay as they began.",
            "R032",
        )


def check_next_edition(
    before: Framework, after: Framework, *, members_before: Collection[str], members_after: Collection[str],
    removed: Collection[str], on: date,
) -> None:  # fmt: skip
    """Refuse a next edition of a dynamic market that changes who may join, or drops a member unasked.

    New members are welcome at any time. Source: docs/rules.md R032, R033.

    Args:
        before: the edition that stands.
        after: the one that is to follow.
        members_before: names of the members by location, of the edition that stands.
        members_after: location ids of those of the next one.
        removed: location ids of members removed with ground and reason.
        on: the day.

    Raises:
        RuleError: the market has begun and its conditions differ, or a member is missing.
    """
    is_market = before.kind is FrameworkKind.DYNAMIC_MARKET and before.regime is Regime.PA23
    if not is_market or on < before.starts_on:
        return
    for lot in before.lots:
        later = after.lot(lot.name)
        kept = (lot.rating_floor, lot.personal_care)
        if later is None or (later.rating_floor, later.personal_care) != kept:
            raise RuleError(
                f"{before.name} is a dynamic market that began on {in_words(before.starts_on)}, and this "
                f"workbook changes what a member of {lot.name} must meet. Conditions of membership stay as "
                "they began; put the lot back as it was.",
                rule="R032",
            )
    missing = sorted(set(members_before) - set(members_after) - set(removed))
    if missing:
        raise RuleError(
            f"{missing[0]} is a member of {before.name} and is not in this workbook. A member leaves a "
            "dynamic market only by its removal with ground and reasons. Remove it first, or keep its row.",
            rule="R033",
        )
