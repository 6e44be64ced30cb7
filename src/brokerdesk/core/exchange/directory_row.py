"""Turns one row of a directory file into facts, by its layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from brokerdesk.core.exchange.fact_values import Reader, readers_for, terms_in
from brokerdesk.core.exchange.found import Found
from brokerdesk.core.exchange.headings import plain_heading
from brokerdesk.core.exchange.layouts import vocabularies
from brokerdesk.core.exchange.tables import cell_text

Facts = dict[str, Any]
Problem = list[Any]
"""Row, column, what was found, what is wanted."""

_LONGEST_FOUND = 80
_MOST_KNOWN = 50_000


@dataclass(frozen=True, slots=True)
class _Kind:
    """A column whose cells are more than text."""

    name: str
    place: int
    read: Reader
    known: dict[str, Any] = field(default_factory=lambda: {"": None})
    """Values of texts that were read already."""


class RowReader:
    """Reads the rows of one file; the places of its columns are looked up once."""

    def __init__(self, found: Found) -> None:
        self._layout = found.layout
        self._headings = found.headings
        self._formulas = found.formulas
        self._places = _places(found.headings)
        self._blanks = found.layout.blanks | {""}
        self._text = self._columns(found.layout.text)
        readers: Mapping[str, Reader] = readers_for(found.layout)
        places = self._columns(found.layout.kinds)
        self._kinds = tuple(_Kind(name, place, readers[name]) for name, place in places.items())
        self._address = [
            self._places[plain]
            for line in found.layout.address
            if (plain := plain_heading(line)) in self._places
        ]
        self._lists = {name: (self._place(spec.column), spec) for name, spec in found.layout.lists.items()}
        self._flags = self._flag_columns(found.layout.flags)
        # The first twice, because a getter of one alone gives no tuple.
        self._flag_cells = itemgetter(*[*self._flags][:1], *self._flags) if self._flags else None
        self._ticked: dict[tuple[Any, ...], dict[str, list[str]]] = {}
        self._whole = [
            (self._places[plain_heading(heading)], value.casefold())
            for heading, value in found.layout.whole.items()
            if plain_heading(heading) in self._places
        ]
        self._filter = self._place(found.layout.filter.column) if found.layout.filter else None
        self._dating = self._place(found.layout.dating)
        self._registration = (
            self._place(found.layout.registration.column) if found.layout.registration else None
        )
        self._watched = self._read_columns()

    def reason_to_skip(self, cells: list[Any]) -> str | None:
        """Why the row is left out on purpose; None where it is read."""
        place = self._text.get("location_id")
        if place is None or self._cell(cells, place) is None:
            return "no location id"
        rule = self._layout.filter
        if rule is None or self._filter is None:
            return None
        held = cell_text(self._cell(cells, self._filter)).casefold()
        words = {word.strip() for word in held.split(rule.separator)} if rule.separator else {held}
        # A row that does not say its sector stays: silence is no reason to lose a provider.
        return None if not held or words & rule.keep else rule.reason

    def facts(self, number: int, cells: list[Any]) -> tuple[Facts, list[Problem], str]:
        """Facts of a row, what cannot be read, and the newest day in it (ISO text, empty where none)."""
        problems = self._formula_problems(number)
        if len(cells) < len(self._headings):
            cells = cells + [None] * (len(self._headings) - len(cells))
        facts: Facts = dict(self._layout.states)
        blanks = self._blanks
        for name, place in self._text.items():
            cell = cells[place]
            # Most cells are texts; the short way for them is a third of the whole reading.
            if type(cell) is str:
                cell = cell.strip()
                facts[name] = None if cell in blanks else cell
            else:
                facts[name] = self._single_text(cell) if cell is not None else None
        for kind in self._kinds:
            cell = cells[kind.place]
            # Most texts were read before: an empty one, a Y, a rating, a day.
            if type(cell) is not str:
                facts[kind.name] = self._read(kind, number, cells, problems)
            elif cell in kind.known:
                facts[kind.name] = kind.known[cell]
            else:
                facts[kind.name] = self._learn(kind, number, cells, problems)
        facts["address_lines"] = self._address_of(cells)
        self._add_lists(facts, cells)
        self._add_registration(facts, cells)
        newest = self._newest(facts, cells)
        if not self._speaks_of_the_whole(cells):
            facts["rating"] = None
        if facts.get("rating") is None:
            # Some files date the registration in this column while there is no rating.
            facts["rating_on"] = None
        return facts, problems, newest

    def _columns(self, names: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
        places = {name: self._place(headings) for name, headings in names.items()}
        return {name: place for name, place in places.items() if place is not None}

    def _place(self, headings: tuple[str, ...]) -> int | None:
        return next((self._places[p] for p in map(plain_heading, headings) if p in self._places), None)

    def _flag_columns(self, beginnings: Mapping[str, str]) -> dict[int, tuple[str, str]]:
        """Fact and term of each Y column, by its place."""
        return {
            place: (fact, vocabularies()[fact].term(heading[len(words) :].strip()))
            for place, heading in enumerate(self._headings)
            for fact, words in beginnings.items()
            if heading.casefold().startswith(words.casefold())
        }

    def _read_columns(self) -> dict[int, str]:
        """Heading of every column that is read, by its place."""
        lists = (place for place, _ in self._lists.values() if place is not None)
        kinds = (kind.place for kind in self._kinds)
        places = {*self._text.values(), *kinds, *self._address, *self._flags, *lists}
        return {place: self._headings[place] for place in places}

    def _cell(self, cells: list[Any], place: int) -> Any:
        """The cell, None where it is blank or a sign for blank."""
        cell = cells[place] if place < len(cells) else None
        if type(cell) is str:
            cell = cell.strip()
            return None if cell in self._blanks else cell
        return cell

    def _single_text(self, cell: Any) -> str | None:
        text = (
            cell_text(cell[0])
            if isinstance(cell, list) and cell
            else ""
            if isinstance(cell, list)
            else cell_text(cell)
        )
        return text or None

    def _learn(self, kind: _Kind, number: int, cells: list[Any], problems: list[Problem]) -> Any:
        """Read a text, and know it from now on where nothing is wrong with it."""
        before = len(problems)
        value = self._read(kind, number, cells, problems)
        if len(problems) == before and len(kind.known) < _MOST_KNOWN:
            kind.known[cells[kind.place]] = value
        return value

    def _read(self, kind: _Kind, number: int, cells: list[Any], problems: list[Problem]) -> Any:
        cell = self._cell(cells, kind.place)
        if cell is None:
            return None
        try:
            return kind.read(cell)
        except ValueError as why:
            found = cell_text(cell)[:_LONGEST_FOUND]
            problems.append([number, self._headings[kind.place], found, str(why)])
            return None

    def _formula_problems(self, number: int) -> list[Problem]:
        if not self._formulas:
            return []
        columns = sorted(
            column for row, column in self._formulas if row == number and column - 1 in self._watched
        )
        return [
            [number, self._watched[c - 1], "a formula", "a value: paste the column as values"]
            for c in columns
        ]

    def _address_of(self, cells: list[Any]) -> list[str] | None:
        lines = [cell_text(cell) for place in self._address if (cell := self._cell(cells, place)) is not None]
        return lines or None

    def _add_lists(self, facts: Facts, cells: list[Any]) -> None:
        facts.update(self._ticked_in(cells))
        for name, (place, spec) in self._lists.items():
            cell = self._cell(cells, place) if place is not None else None
            if isinstance(cell, list):
                facts[name] = sorted({vocabularies()[name].term(term.strip()) for term in cell}) or None
            elif cell is not None:
                facts[name] = list(terms_in(cell_text(cell), name, spec.separator, spec.apart)) or None

    def _ticked_in(self, cells: list[Any]) -> dict[str, list[str]]:
        """Terms of the Y columns by fact; few combinations serve all rows."""
        key = self._flag_cells(cells) if self._flag_cells else ()
        if key not in self._ticked:
            terms: dict[str, set[str]] = {}
            for column, (fact, term) in self._flags.items():
                if cells[column] and _is_ticked(cells[column]):
                    terms.setdefault(fact, set()).add(term)
            self._ticked[key] = {fact: sorted(held) for fact, held in terms.items()}
        return self._ticked[key]

    def _add_registration(self, facts: Facts, cells: list[Any]) -> None:
        rule = self._layout.registration
        if rule and rule.ended:
            facts["is_registered"] = facts.get(rule.ended) is None
        elif rule and self._registration is not None:
            facts["is_registered"] = rule.words.get(cell_text(self._cell(cells, self._registration)))

    def _speaks_of_the_whole(self, cells: list[Any]) -> bool:
        return all(cell_text(self._cell(cells, place)).casefold() == value for place, value in self._whole)

    def _newest(self, facts: Facts, cells: list[Any]) -> str:
        days = [facts.get(name) or "" for name in ("rating_on", "registered_on", "deregistered_on")]
        if self._dating is not None:
            days.append(cell_text(self._cell(cells, self._dating))[:10])
        return max(days)


def _is_ticked(cell: Any) -> bool:
    return cell == "Y" or cell_text(cell).upper() == "Y"


def _places(headings: tuple[str, ...]) -> dict[str, int]:
    """Place of each heading; of two alike the first counts."""
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        places.setdefault(plain_heading(heading), place)
    return places
