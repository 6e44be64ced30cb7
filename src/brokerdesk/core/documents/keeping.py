"""What stays together on a page: a heading with what follows, a short table, a lead-in with its points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether

from brokerdesk.core.documents.styles import TEXT_WIDTH
from brokerdesk.core.domain.letter import Block, Bullets, Facts, Figure, Heading, Idea, Paragraph, Table

_WHOLE = 17.0
"""Lines: a table no taller than this, a quarter of a page, moves to the next page as a whole."""


@dataclass(frozen=True, slots=True)
class Group:
    """A block of the letter and how it is drawn."""

    block: Block
    drawn: list[Flowable]

    @property
    def height(self) -> float:
        """Points that it takes at the width of the text, the air around it included."""
        return sum(
            float(part.wrap(TEXT_WIDTH, 0)[1] + part.getSpaceBefore() + part.getSpaceAfter())
            for part in self.drawn
        )


def in_flow(groups: Sequence[Group], ending: Sequence[Flowable], size: float) -> list[Flowable]:
    """The groups with a break before each that would be torn, and the ending with the words before it.

    Args:
        groups: in reading order.
        ending: such as a signature; it never stands on a page alone.
        size: of the text, in points.
    """
    tail = _tail(groups) if ending else len(groups)
    flow: list[Flowable] = []
    for at, group in enumerate(groups[:tail]):
        flow += [CondPageBreak(_least(groups, at, size)), *group.drawn]
    if ending:
        last = [part for group in groups[tail:] for part in group.drawn]
        flow.append(KeepTogether([*last, *ending]))
    return flow


def _least(groups: Sequence[Group], at: int, size: float) -> float:
    """Points that a group needs on a page so that it may begin there."""
    group, line = groups[at], size * 1.5
    rest = _least(groups, at + 1, size) if at + 1 < len(groups) else 0.0
    match group.block:
        case Heading():
            return group.height + rest
        case Paragraph(text=text) if text.endswith(":"):
            return group.height + rest
        case Facts() | Table():
            height = group.height
            return height if height <= size * _WHOLE else size * 9
        case Figure():
            return group.height + rest
        case Idea():
            return group.height
        case Paragraph() | Bullets():
            return min(group.height, line * 2)


def _tail(groups: Sequence[Group]) -> int:
    """Where the words begin that stay with the ending: the last paragraph, and the heading over it."""
    at = len(groups)
    if at and isinstance(groups[at - 1].block, Paragraph):
        at -= 1
    if at and at < len(groups) and isinstance(groups[at - 1].block, Heading):
        at -= 1
    return at
