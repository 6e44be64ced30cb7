"""Tables whose cells say what they are, and keep saying it when a page breaks them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable

from brokerdesk.core.documents.tagging.elements import Element, Kind
from brokerdesk.core.documents.tagging.marks import Artifact
from brokerdesk.core.documents.tagging.text import Text

_ABOVE, _BELOW, _BESIDE = 1.8, 2.9, 4.0
"""Points of air in a cell."""
_KEPT_WHOLE = 200.0
"""A row no taller than this moves to the next page as a whole."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A text and how many columns it stands over."""

    text: Text
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """Cells beside each other."""

    element: Element
    cells: tuple[Cell, ...]
    is_head: bool = False
    height: float = 0.0
    """Known once the table is wrapped."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """Colours of a table's lines and of the ground behind its heads."""

    line: Color
    head: Color


def head_cell(row: Element, *, scope: str, columns: int = 1) -> Element:
    """A cell that names a column (`Column`) or a row (`Row`)."""
    return Element(Kind.HEAD_CELL, row, attributes=_attributes(columns, scope))


def cell(row: Element, *, columns: int = 1) -> Element:
    """A cell that holds a value."""
    return Element(Kind.CELL, row, attributes=_attributes(columns, ""))


def _attributes(columns: int, scope: str) -> dict[str, str]:
    said = {"Scope": f"/{scope}" if scope else "", "ColSpan": str(columns) if columns > 1 else ""}
    held = {name: value for name, value in said.items() if value}
    return {"O": "/Table", **held} if held else {}


class Grid(Flowable):  # type: ignore[misc]  # reportlab is untyped
    """A table; its heads are drawn again on each page, where readers pass over them."""

    def __init__(
        self, rows: tuple[Row, ...], widths: tuple[float, ...], ruling: Ruling, *, is_continued: bool = False,
        is_whole: bool = False,
    ) -> None:
        """Declare a table.

        Args:
            rows: its rows, heads first.
            widths: of its columns, in points.
            ruling: its colours.
            is_continued: its heads were drawn on an earlier page.
            is_whole: it moves to the next page rather than being broken.
        """
        super().__init__()
        self._rows = rows
        self._widths = widths
        self._ruling = ruling
        self._is_continued = is_continued
        self._is_whole = is_whole

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The room it takes."""
        self._rows = tuple(replace(row, height=self._height_of(row)) for row in self._rows)
        self.width, self.height = sum(self._widths), sum(row.height for row in self._rows)
        return self.width, self.height

    def _height_of(self, row: Row) -> float:
        tallest, column = 0.0, 0
        for held in row.cells:
            wide = sum(self._widths[column : column + held.columns])
            tallest = max(tallest, held.text.wrap(wide - 2 * _BESIDE, 0)[1], held.text.style.leading)
            column += held.columns
        return tallest + _ABOVE + _BELOW

    def split(self, width: float, height: float) -> list[Flowable]:
        """The rows that fit, and the others under the same heads."""
        self.wrap(width, height)
        heads = tuple(row for row in self._rows if row.is_head)
        rest = self._rows[len(heads) :]
        room = height - sum(row.height for row in heads)
        fitting = 0
        while fitting < len(rest) and rest[fitting].height <= room:
            room -= rest[fitting].height
            fitting += 1
        if fitting == len(rest):
            return [self]
        if self._is_whole:
            return []
        if fitting == len(rest) - 1 and fitting > 1 and rest[fitting].height <= _KEPT_WHOLE:
            fitting -= 1  # the last row, often a total, takes the one above along
            return [
                self._with((*heads, *rest[:fitting]), self._is_continued),
                self._with((*heads, *rest[fitting:]), True, is_whole=True),
            ]
        upper, lower = _parted(rest[fitting], room)
        first, later = (*rest[:fitting], *upper), (*lower, *rest[fitting + 1 :])
        if not first:
            return []
        return [self._with((*heads, *first), self._is_continued), self._with((*heads, *later), True)]

    def _with(self, rows: tuple[Row, ...], is_continued: bool, *, is_whole: bool = False) -> Grid:
        return Grid(rows, self._widths, self._ruling, is_continued=is_continued, is_whole=is_whole)

    def draw(self) -> None:
        """Draw grounds, cells, then lines."""
        canvas, top = self.canv, self.height
        for row in self._rows:
            if row.is_head:
                self._draw_ground(canvas, row, top)
            self._draw_row(canvas, row, top)
            top -= row.height
        self._draw_lines(canvas)

    def _draw_row(self, canvas: Any, row: Row, top: float) -> None:
        owner = Artifact.REPEATED if row.is_head and self._is_continued else None
        column, left = 0, 0.0
        for held in row.cells:
            held.text.draw_at(canvas, left + _BESIDE, top - _ABOVE - held.text.height, owner=owner)
            left += sum(self._widths[column : column + held.columns])
            column += held.columns

    def _draw_ground(self, canvas: Any, row: Row, top: float) -> None:
        with canvas.owned(Artifact.LAYOUT):
            canvas.setFillColor(self._ruling.head)
            canvas.rect(0, top - row.height, self.width, row.height, stroke=0, fill=1)

    def _draw_lines(self, canvas: Any) -> None:
        with canvas.owned(Artifact.LAYOUT):
            canvas.setStrokeColor(self._ruling.line)
            canvas.setLineWidth(0.6)
            at, lines = self.height, [(0, self.height, self.width, self.height)]
            for row in self._rows:
                at -= row.height
                lines.append((0, at, self.width, at))
            canvas.lines(lines)


def _parted(row: Row, room: float) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """A row that does not fit, in what of it does and the rest; short ones stay whole."""
    if row.height <= _KEPT_WHOLE:
        return (), (row,)
    upper, lower = [], []
    for held in row.cells:
        fitting = int((room - _ABOVE - _BELOW) / held.text.style.leading)
        if fitting < 1:
            return (), (row,)
        one, other = held.text.parted(fitting)
        upper.append(replace(held, text=one))
        lower.append(replace(held, text=other))
    return (replace(row, cells=tuple(upper)),), (replace(row, cells=tuple(lower)),)
