"""What a table shows: columns declared once, rows of typed cells."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

Sortable = str | int | float | Decimal


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `kind` says how its plain text cells are drawn."""

    key: str
    head: str
    kind: str = "text"
    """text, strong, quiet or number (right-aligned)."""
    width: int = 120
    """Px at 100 %."""
    is_stretched: bool = False
    """Takes the room that is left; at most one a table."""


@dataclass(frozen=True, slots=True)
class ChipCell:
    """A status or a fact in a chip."""

    words: str
    kind: str = "quiet"


@dataclass(frozen=True, slots=True)
class TwoLines:
    """A line in bold (or not) and a smaller one under it."""

    first: str
    second: str
    is_bold: bool = True
    tone: str = "text2"
    """Token of the second line: text2, warn or bad."""


@dataclass(frozen=True, slots=True)
class ScoreCell:
    """Parts of a score, drawn one after the other on a track of 100."""

    parts: tuple[Decimal, ...]
    names: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal:
        """All parts together."""
        return sum(self.parts, Decimal(0))


@dataclass(frozen=True, slots=True)
class TickCell:
    """A tick that Space turns."""

    is_ticked: bool
    name: str = ""
    """What the tick is about, for screen readers."""


@dataclass(frozen=True, slots=True)
class RankCell:
    """A number on a filled disc, as on the map's pin."""

    number: int


@dataclass(frozen=True, slots=True)
class IconCell:
    """A picture with the word that it stands for."""

    icon: str
    name: str
    tone: str = "text2"


@dataclass(frozen=True, slots=True)
class NumberCell:
    """A figure as people read it, with the value that it sorts by."""

    words: str
    value: Sortable
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class LinkCell:
    """A word that opens something; pressing it says which."""

    words: str


Cell = str | ChipCell | TwoLines | ScoreCell | TickCell | RankCell | IconCell | NumberCell | LinkCell


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: a key and a cell for each column, in order."""

    key: str
    cells: tuple[Cell, ...]


def words_of(cell: Cell) -> str:
    """A cell as plain words, for copying and for screen readers."""
    match cell:
        case str():
            return cell
        case TwoLines():
            return f"{cell.first}, {cell.second}" if cell.second else cell.first
        case ScoreCell():
            named = ", ".join(f"{name} {part}" for name, part in zip(cell.names, cell.parts, strict=False))
            return named or f"{cell.total}"
        case TickCell():
            return "ticked" if cell.is_ticked else "not ticked"
        case RankCell():
            return str(cell.number)
        case IconCell():
            return cell.name
    return cell.words


def sort_value(cell: Cell) -> tuple[int, float, str]:
    """What a cell sorts by: numbers by size, words without regard to case."""
    match cell:
        case NumberCell() if not isinstance(cell.value, str):
            return (0, float(cell.value), "")
        case NumberCell():
            return (1, 0.0, str(cell.value).casefold())
        case ScoreCell():
            return (0, float(cell.total), "")
        case RankCell():
            return (0, float(cell.number), "")
        case TickCell():
            return (0, float(not cell.is_ticked), "")
    return (1, 0.0, words_of(cell).casefold())
