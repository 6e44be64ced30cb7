"""Turns one row of a directory file into facts, by its layout."""

from __future__ import annotations

from collections.abc import Mapping
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


class RowReader:
    """Reads the rows of one file; the places of its columns are looked up once."""

    def __init__(self, found: Found) -> None:
        self._layout = found.layout
        self._headings = found.headings
        self._formulas = found.formulas
        self._places = _places(found.headings)
        self._blanks = found.layout.blanks | {""}
        self._text = self._columns(found.layout.text)
        self._kinds = self._columns(found.layout.kinds)
        self._readers: Mapping[str, Reader] = readers_for(found.layout)
        self._address = [
            self._places[plain]
            for line in found.layout.address
            if (plain := plain_heading(line)) in self._places
        ]
        self._lists = {name: (self._place(spec.column), spec) for name, spec in found.layout.lists.items()}
        self._flags = self._flag_columns(found.layout.flags)
        self._flag_places = tuple(self._flags)
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
        for name, place in self._kinds.items():
            cell = cells[place]
            # An empty text in the place of a value is the commonest of all.
            facts[name] = None if cell == "" else self._read(name, number, place, cells, problems)
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
        places = {*self._text.values(), *self._kinds.values(), *self._address, *self._flags, *lists}
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

    def _read(self, name: str, number: int, place: int, cells: list[Any], problems: list[Problem]) -> Any:
        cell = self._cell(cells, place)
        if cell is None:
            return None
        try:
            return self._readers[name](cell)
        except ValueError as why:
            problems.append([number, self._headings[place], cell_text(cell)[:_LONGEST_FOUND], str(why)])
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
        ticked: dict[str, set[str]] = {}
        for column in [column for column in self._flag_places if cells[column]]:
            if _is_ticked(cells[column]):
                fact, term = self._flags[column]
                ticked.setdefault(fact, set()).add(term)
        facts.update({fact: sorted(terms) for fact, terms in ticked.items()})
        for name, (place, spec) in self._lists.items():
            cell = self._cell(cells, place) if place is not None else None
            if isinstance(cell, list):
                facts[name] = sorted({vocabularies()[name].term(term.strip()) for term in cell}) or None
            elif cell is not None:
                facts[name] = list(terms_in(cell_text(cell), name, spec.separator, spec.apart)) or None

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
