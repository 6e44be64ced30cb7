"""Layouts of the regulator's files, as data: how each is recognised, and which heading is which fact."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from brokerdesk.core.places import resource


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A cell that holds several terms."""

    column: tuple[str, ...]
    separator: str = ","
    apart: str | None = None
    """Vocabulary whose terms may stand among them and are left out."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows are kept."""

    column: tuple[str, ...]
    keep: frozenset[str]
    reason: str
    separator: str | None = None
    """Set where the cell holds several terms, of which one must be among those kept."""


@dataclass(frozen=True, slots=True)
class Registration:
    """How a file says that a location is registered."""

    ended: str | None = None
    """Fact whose date ends the registration; registered where it is blank."""
    column: tuple[str, ...] = ()
    words: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout; headings in order of preference."""

    name: str
    format: str
    """`table` or `json`."""
    recognise: tuple[str, ...]
    date_order: str
    records: str
    """Key under which a JSON file holds its list; empty for the top."""
    blanks: frozenset[str]
    states: Mapping[str, bool]
    text: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, tuple[str, ...]]
    address: tuple[str, ...]
    flags: Mapping[str, str]
    """Fact to the words with which its Y columns begin."""
    lists: Mapping[str, ListColumn]
    whole: Mapping[str, str]
    """Heading to the value of those rows that speak of the location as a whole."""
    filter: Filter | None
    registration: Registration | None
    dating: tuple[str, ...]
    """Column with dates that only tell how new the file is."""

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading or path that is read."""
        single = [*self.text.values(), *self.kinds.values(), self.dating]
        single += [spec.column for spec in self.lists.values()]
        single += [self.filter.column] if self.filter else []
        single += [self.registration.column] if self.registration else []
        return (*(name for names in single for name in names), *self.address, *self.whole)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Terms of one subject."""

    terms: Mapping[str, str]
    """The register's word by every spelling, casefolded."""

    def term(self, text: str) -> str:
        """The register's word for a text; the text itself where it is not known."""
        return self.terms.get(text.casefold(), text)


@cache
def layouts() -> tuple[Layout, ...]:
    """Every shipped layout, in the order in which they are tried."""
    files = sorted(resource("layouts").glob("cqc_*.toml"))
    return tuple(_layout(tomllib.loads(file.read_text(encoding="utf-8"))) for file in files)


@cache
def vocabularies() -> Mapping[str, Vocabulary]:
    """Vocabulary by subject."""
    table = tomllib.loads(resource("layouts", "vocabulary.toml").read_text(encoding="utf-8"))
    return {
        subject: Vocabulary(
            {spelling.casefold(): term for term, others in terms.items() for spelling in (term, *others)}
        )
        for subject, terms in table.items()
    }


def _layout(table: dict[str, Any]) -> Layout:
    found = table.get("filter")
    registration = table.get("registration")
    return Layout(
        name=table["name"],
        format=table["format"],
        recognise=tuple(table["recognise"]),
        date_order=table["date_order"],
        records=table.get("records", ""),
        blanks=frozenset(table.get("blanks", ())),
        states=table.get("states", {}),
        text=_names(table.get("text", {})),
        kinds=_names(table.get("kinds", {})),
        address=tuple(table.get("address", {}).get("lines", ())),
        flags=table.get("flags", {}),
        lists={fact: _list_column(spec) for fact, spec in table.get("lists", {}).items()},
        whole=table.get("whole", {}),
        filter=_filter(found) if found else None,
        registration=_registration(registration) if registration else None,
        dating=tuple(table.get("dating", {}).get("column", ())),
    )


def _names(table: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {fact: tuple(headings) for fact, headings in table.items()}


def _filter(table: dict[str, Any]) -> Filter:
    keep = frozenset(word.casefold() for word in table["keep"])
    return Filter(tuple(table["column"]), keep, table["reason"], table.get("separator"))


def _registration(table: dict[str, Any]) -> Registration:
    return Registration(table.get("ended"), tuple(table.get("column", ())), table.get("words", {}))


def _list_column(table: dict[str, Any]) -> ListColumn:
    return ListColumn(tuple(table["column"]), table.get("separator", ","), table.get("apart"))
