"""A shortlist as the Providers step shows it: rows, workings and the map, from frozen values."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from brokerdesk.core.domain.capacity_ledger import Ledger
from brokerdesk.core.domain.money import round_half_up
from brokerdesk.core.domain.sourcing import OutReason, Shortlist, ShortlistedIn, ShortlistedOut
from brokerdesk.core.services.standing_facts import StandingFacts
from brokerdesk.core.services.surroundings import Surroundings
from brokerdesk.core.wording import say
from brokerdesk.ui.widgets.provider_map import Dot, MapFacts, Pin
from brokerdesk.ui.widgets.ranked_table import Working
from brokerdesk.ui.widgets.table_values import (
    ChipCell,
    Column,
    IconCell,
    NumberCell,
    RankCell,
    ScoreCell,
    TableRow,
    TickCell,
    TwoLines,
)

_NOTHING = StandingFacts()
MOST_LETTERS = 50
"""Letters of a reason that surely fit one line."""
CRITERIA = {
    "price": (say("Price"), say("100 for the lowest price; dearer ones in proportion.")),
    "quality": (say("Quality"), say("The framework’s own score of 100.")),
    "distance": (say("Nearness"), say("100 less 5 points a mile, in a straight line.")),
    "continuity": (say("Continuity"), say("What is known of the same carers coming, of 100.")),
    "choice": (say("Choice"), say("100 for the provider that the person prefers.")),
}
"""Name and meaning of a criterion, as people read them."""
IN_COLUMNS = (
    Column("tick", "", width=34),
    Column("rank", say("Rank"), width=44),
    Column("provider", say("Provider and CQC rating"), width=240, is_stretched=True),
    Column("tier", say("Tier"), width=64),
    Column("miles", say("Miles"), "number", 54),
    Column("capacity", say("Free"), "number", 82),
    Column("score", say("Score"), width=148),
    Column("total", say("of 100"), "number", 58),
)
OUT_COLUMNS = (
    Column("mark", "", width=36),
    Column("provider", say("Provider"), "strong", 196),
    Column("miles", say("Miles"), "number", 52),
    Column("reason", say("Why not"), width=300, is_stretched=True),
    Column("rule", say("Rule"), "quiet", 56),
    Column("since", say("Since"), "quiet", 92),
)


def day_words(found: object) -> str:
    """A day as `12 Aug 2025`; nothing where there is none."""
    return f"{found.day} {found:%b %Y}" if hasattr(found, "day") else ""


def miles_words(miles: Decimal | None) -> str:
    """Miles with one decimal; a dash where not known."""
    return "–" if miles is None else f"{miles:.1f}"


def rating_words(row: ShortlistedIn) -> str:
    """The regulator's rating with its day."""
    if row.rating is None:
        return say("CQC rating not known")
    on = f", {day_words(row.rating_on)}" if row.rating_on else ""
    return say("CQC {rating}", rating=row.rating) + on


def weight_words(row: ShortlistedIn) -> tuple[str, ...]:
    """Each criterion with its weight: `Quality 40`."""
    return tuple(f"{CRITERIA[p.criterion][0]} {p.weight.normalize():f}" for p in row.points)


def working_of(row: ShortlistedIn, facts: StandingFacts = _NOTHING) -> Working:
    """The arithmetic of a score, what it would charge, whom it comes to, and what to know before asking."""
    terms, notes = [], []
    for points in row.points:
        name, weight = CRITERIA[points.criterion][0], f"{points.weight.normalize():f}"
        raw = say("not known") if points.raw is None else f"{round_half_up(points.raw).normalize():f}"
        terms.append((f"{name} {raw} × {weight}%", f"{points.weighted:.1f}"))
    if row.rate is not None:
        notes.append((say("Framework rate {rate}.", rate=row.rate.shown), False))
    around, ledger = facts.nearby.get(row.location_id), facts.ledgers.get(row.location_id)
    if around is not None and around.sentence:
        notes.append((f"{around.sentence}.", False))
    if ledger is not None and ledger.sentence:
        notes.append((f"{say('Capacity')}: {ledger.sentence}.", ledger.is_over))
    notes += [(_ruled(advisory), True) for advisory in row.advisories]
    return Working(tuple(terms), tuple(notes))


def _ruled(reason: OutReason) -> str:
    return f"{reason.text.rstrip('.')}{f' ({reason.rule})' if reason.rule else ''}."


def in_row(row: ShortlistedIn, left_out: Collection[str], facts: StandingFacts = _NOTHING) -> TableRow:
    """One row of those who may be asked."""
    parts = tuple(points.weighted for points in row.points)
    return TableRow(
        row.location_id,
        (
            TickCell(row.location_id not in left_out, say("Ask {provider}", provider=row.provider)),
            RankCell(row.rank),
            TwoLines(row.provider, rating_words(row), tone="warn" if row.advisories else "text2"),
            ChipCell(say("Tier {tier}", tier=row.tier), "tier") if row.tier is not None else "",
            NumberCell(miles_words(row.distance_miles), row.distance_miles or Decimal(9999)),
            _free_cell(row.capacity, facts.ledgers.get(row.location_id)),
            ScoreCell(parts, weight_words(row)),
            NumberCell(f"{row.score:.1f}", row.score, is_bold=True),
        ),
    )


def _free_cell(stated: Decimal | None, ledger: Ledger | None) -> NumberCell | ChipCell:
    """What is free now; where too much is promised, by how much."""
    free = ledger.free if ledger is not None else stated
    if free is not None and free < 0:
        return ChipCell(say("over by {hours}", hours=_capacity(-free)), "bad")
    return NumberCell(_capacity(free), free or Decimal(0))


def _capacity(capacity: Decimal | None) -> str:
    return "–" if capacity is None else f"{capacity.normalize():f}"


def out_rows(row: ShortlistedOut) -> tuple[TableRow, ...]:
    """One row a reason; the name stands on the first."""
    return tuple(
        TableRow(
            row.location_id if number == 0 else f"{row.location_id}/{number}",
            (
                IconCell("circle-x", say("Left out")) if number == 0 else "",
                row.provider if number == 0 else "",
                miles_words(row.distance_miles) if number == 0 else "",
                _reason_cell(reason.text.rstrip(".")),
                reason.rule or "",
                day_words(reason.since),
            ),
        )
        for number, reason in enumerate(row.reasons)
    )


def _reason_cell(text: str) -> str | TwoLines:
    """A reason in full: a long one takes two lines, because reasons are never shortened."""
    if len(text) <= MOST_LETTERS:
        return text
    at = text.rfind(" ", 0, MOST_LETTERS)
    return TwoLines(text[:at], text[at + 1 :], is_bold=False) if at > 0 else text


def map_of(shortlist: Shortlist, around: Surroundings, facts: StandingFacts = _NOTHING) -> MapFacts | None:
    """What the map draws; none where nobody knows where the person lives."""
    if around.home is None:
        return None
    ranked = [(row.location_id, row.provider, row.rank) for row in shortlist.included]
    named = [*ranked, *((row.location_id, row.provider, None) for row in shortlist.excluded)]
    pins = (
        Pin(location, *around.places[location], name, rank, is_close=_is_close(facts, location))
        for location, name, rank in named
        if location in around.places
    )
    dots = tuple(Dot(*postcode) for postcode in around.postcodes)
    return MapFacts(*around.home, dots, tuple(pins), around.districts)


def _is_close(facts: StandingFacts, location_id: str) -> bool:
    around = facts.nearby.get(location_id)
    return around is not None and around.is_close
