"""Who waits and whom one could ask, as rows and lines of the screen, from frozen values."""

from __future__ import annotations

from brokerdesk.core.domain.sourcing import ShortlistedIn
from brokerdesk.core.domain.waiting import WaitingPackage
from brokerdesk.core.wording import say, say_many
from brokerdesk.ui.pages.package_page import first_large, short_day
from brokerdesk.ui.pages.shortlist_texts import miles_words, rating_words
from brokerdesk.ui.widgets.table_values import Cell, ChipCell, Column, NumberCell, TableRow, TwoLines

COLUMNS = (
    Column("person", say("Person"), "strong", 196),
    Column("urgent", "", width=78),
    Column("waits", say("Waits"), "number", 76),
    Column("starts", say("Starts"), "number", 96),
    Column("first", say("First to ask"), width=220, is_stretched=True),
    Column("others", say("May be asked"), "number", 100),
)


def waiting_row(row: WaitingPackage) -> TableRow:
    """One package: how long it waits, when care starts, and whom to ask first."""
    starts = row.starts_on
    return TableRow(
        row.reference,
        (
            TwoLines(row.person, f"{first_large(row.lot)}, {row.reference}"),
            ChipCell(say("Urgent"), "bad") if row.is_urgent else "",
            NumberCell(days_words(row.days), row.days),
            NumberCell(short_day(starts), starts.toordinal()) if starts else "",
            _first(row),
            _count(row),
        ),
    )


def days_words(days: int) -> str:
    """Days that somebody has waited: `today`, `1 day`, `12 days`."""
    return say_many("{count} day", "{count} days", days) if days else say("today")


def _count(row: WaitingPackage) -> NumberCell:
    many = row.best.may_be_asked if row.best else -1
    return NumberCell("–" if many < 0 else f"{many:,}", many)


def _first(row: WaitingPackage) -> Cell:
    if row.best is None:
        return TwoLines(say("Cannot be judged yet"), say("The reason stands beside"), False, "warn")
    if not row.best.rows:
        return TwoLines(say("Nobody may be asked"), say("The list says why for each"), False, "warn")
    first, *others = row.best.rows
    then = say("then {names}", names=", ".join(held.provider for held in others)) if others else ""
    return TwoLines(first.provider, then, is_bold=False)


def facts_of(row: ShortlistedIn) -> str:
    """What one should know of a provider before asking: score, way, price, rating."""
    facts = [say("{score} of 100", score=f"{row.score:.1f}")]
    if row.distance_miles is not None:
        facts.append(say("{miles} miles", miles=miles_words(row.distance_miles)))
    if row.rate is not None:
        facts.append(row.rate.shown)
    return ", ".join((*facts, rating_words(row)))


def counted_words(row: WaitingPackage) -> str:
    """How many may be asked and how many not; why, where the package cannot be judged."""
    if row.best is None:
        return row.trouble
    asked = say_many("{count} may be asked", "{count} may be asked", row.best.may_be_asked)
    return f"{asked}, {say_many('{count} left out', '{count} left out', row.best.left_out)}."
