"""Text that knows what it is: broken into lines and over pages, with links and other languages in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import getAscentDescent, stringWidth
from reportlab.platypus import Flowable

from brokerdesk.core.documents.tagging.elements import Element
from brokerdesk.core.documents.tagging.marks import Artifact, Mark, Owner

Line = tuple[int, int]
"""Where a line begins and ends in the text, a blank at its end included, lest words run together."""
Rule = tuple[float, float, float]
"""Left, base and right of words that lead somewhere."""
_FEWEST = 2
"""Lines of a text that are left alone at the foot or at the head of a page."""


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a text that are an element of their own."""

    start: int
    end: int
    element: Element
    address: str = ""
    """Where they lead to, if they are a link."""


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before an item of a list."""

    element: Element
    text: str


class Text(Flowable):  # type: ignore[misc]  # reportlab is untyped
    """A text in one style; however many pages it runs over, it stays one element."""

    def __init__(
        self,
        text: str,
        style: ParagraphStyle,
        element: Element,
        *,
        parts: tuple[Part, ...] = (),
        label: Label | None = None,
        lines: tuple[Line, ...] | None = None,
    ) -> None:
        """Declare a text.

        Args:
            text: what it says, one blank between words.
            style: font, size, leading, colour, side and indents.
            element: what it is.
            parts: words in it that are elements of their own, in order.
            label: what stands before its first line.
            lines: the lines of it that are drawn here, where a page has broken it.
        """
        super().__init__()
        self.text = text
        self.style = style
        self.element = element
        self._parts = parts
        self._label = label
        self._given = lines
        self._lines: tuple[Line, ...] = lines or ()
        self._room = -1.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The room it takes at a width."""
        self.width = width
        room = width - self.style.leftIndent
        if self._given is None and room != self._room:
            self._room = room
            self._lines = tuple(broken(self.text, self.style.fontName, self.style.fontSize, room))
        self.height = len(self._lines) * self.style.leading
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """The lines that fit, and the others; nothing where too few would stand alone."""
        self.wrap(width, height)
        fitting = int(height / self.style.leading + 1e-6)
        if fitting >= len(self._lines):
            return [self]
        if len(self._lines) - fitting == 1:
            fitting -= 1  # the last line is not left alone at the head of a page either
        if fitting < _FEWEST:
            return []
        return list(self.parted(fitting))

    def parted(self, lines: int) -> tuple[Text, Text]:
        """The first so many lines, and the others, of which there may be none."""
        first, rest = self._lines[:lines], self._lines[lines:]
        return self._with(first, self._label), self._with(rest, None)

    def _with(self, lines: tuple[Line, ...], label: Label | None) -> Text:
        return Text(self.text, self.style, self.element, parts=self._parts, label=label, lines=lines)

    def draw(self) -> None:
        """Draw it at the origin."""
        self.draw_at(self.canv, 0, 0)

    def draw_at(self, canvas: Any, left: float, bottom: float, *, owner: Owner | None = None) -> None:
        """Draw it.

        Args:
            canvas: a tagged canvas.
            left: points from the origin to its left edge.
            bottom: points from the origin to its bottom.
            owner: whose it is, where it is not its own element's, such as heads that are repeated.
        """
        base = bottom + self.height - _ascent(self.style.fontName, self.style.fontSize)
        if self._label and owner is None:
            with canvas.owned(self._label.element):
                self._draw_label(canvas, self._label, left, base)
        if owner is None:
            canvas.attach(self.element)
        drawn, rules = canvas.beginText(), list[Rule]()
        drawn.setFillColor(self.style.textColor)
        drawn.setFont(self.style.fontName, self.style.fontSize, self.style.leading)
        for at, line in enumerate(self._lines):
            rules += self._draw_line(canvas, drawn, line, (left, base - at * self.style.leading), owner)
        canvas.drawText(drawn)
        if rules:
            self._underline(canvas, rules)

    def _draw_label(self, canvas: Any, label: Label, left: float, base: float) -> None:
        canvas.setFillColor(self.style.textColor)
        canvas.setFont(self.style.fontName, self.style.fontSize)
        canvas.drawString(left + self.style.bulletIndent, base, label.text)

    def _draw_line(
        self, canvas: Any, drawn: Any, line: Line, origin: tuple[float, float], owner: Owner | None
    ) -> list[Rule]:
        x, rules = origin[0] + self.style.leftIndent + self._push(line), []
        drawn.setTextOrigin(x, origin[1])
        for start, end, part in self._runs(line):
            words = self.text[start:end]
            drawn._code.append(Mark(owner=owner or (part.element if part else self.element)))
            drawn._code.append(drawn._formatText(words))
            if part and part.address and owner is None:
                edge = (x, origin[1], x + self._wide(words.rstrip()))
                self._lead(canvas, drawn, part, edge)
                rules.append(edge)
            x += self._wide(words) if self._parts else 0.0
        return rules

    def _underline(self, canvas: Any, rules: list[Rule]) -> None:
        """Show that words lead somewhere, to those who see them."""
        with canvas.owned(Artifact.LAYOUT):
            canvas.setStrokeColor(self.style.textColor)
            canvas.setLineWidth(self.style.fontSize * 0.06)
            low = self.style.fontSize * 0.14
            canvas.lines([(left, base - low, right, base - low) for left, base, right in rules])

    def _lead(self, canvas: Any, drawn: Any, part: Part, edge: Rule) -> None:
        """Make the words that were just drawn lead to their address; the place is marked after them."""
        left, base, right = edge
        low, high = base - self.style.fontSize * 0.25, base + self.style.fontSize * 0.85
        corner, other = canvas.absolutePosition(left, low), canvas.absolutePosition(right, high)
        words = self.text[part.start : part.end]
        drawn._code.append(canvas.add_link(part.element, part.address, words, (*corner, *other)))

    def _push(self, line: Line) -> float:
        """How far a line is moved in, so that it ends on the right."""
        if self.style.alignment != TA_RIGHT:
            return 0.0
        room = self.width - self.style.leftIndent
        return float(room - self._wide(self.text[line[0] : line[1]].rstrip()))

    def _wide(self, words: str) -> float:
        return float(stringWidth(words, self.style.fontName, self.style.fontSize))

    def _runs(self, line: Line) -> Iterator[tuple[int, int, Part | None]]:
        """The line in runs of one owner each."""
        at, end = line
        for part in self._parts:
            start, stop = max(part.start, at), min(part.end, end)
            if start < stop:
                if at < start:
                    yield at, start, None
                yield start, stop, part
                at = stop
        if at < end:
            yield at, end, None


def broken(text: str, font: str, size: float, room: float) -> Iterator[Line]:
    """The lines of a text that fit into a width; a word longer than that is broken, without a hyphen."""
    start, at, filled = 0, 0, 0.0
    blank = _word_width(" ", font, size)
    for word in text.split(" ") if text else ():
        wide = _word_width(word, font, size)
        if at > start and filled + wide > room:
            yield start, at
            start, filled = at, 0.0
        while wide > room:
            fitting = _fitting(word, font, size, room)
            yield at, at + fitting
            word, at = word[fitting:], at + fitting
            start, wide = at, _word_width(word, font, size)
        at = min(at + len(word) + 1, len(text))
        filled += wide + blank
    if start < len(text):
        yield start, len(text)


def _fitting(word: str, font: str, size: float, room: float) -> int:
    """How many of its characters fit; at least one."""
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        if _word_width(word[:middle], font, size) <= room:
            low = middle
        else:
            high = middle - 1
    return low


@cache
def _ascent(font: str, size: float) -> float:
    return float(getAscentDescent(font, size)[0])


@lru_cache(maxsize=8192)
def _word_width(word: str, font: str, size: float) -> float:
    """Letters of a batch say much the same."""
    return float(stringWidth(word, font, size))
