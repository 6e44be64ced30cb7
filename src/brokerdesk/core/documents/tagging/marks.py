"""Marks in a page's code that say whose the painting is, resolved into marked content when the page is done.

While a page is drawn, marks of no length stand among its operators. Only at its end are they written as the
pairs that the file needs, so that no drawing code has to nest them by hand.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import Any

from brokerdesk.core.documents.tagging.elements import Annotated, Content, Element


class Artifact(Enum):
    """Painting that readers pass over, and why."""

    HEADER = "/Artifact <</Type /Pagination /Subtype /Header /Attached [/Top]>> BDC"
    FOOTER = "/Artifact <</Type /Pagination /Subtype /Footer /Attached [/Bottom]>> BDC"
    REPEATED = "/Artifact <</Type /Pagination>> BDC"
    """Said before, such as a table's heads on its next page."""
    LAYOUT = "/Artifact <</Type /Layout>> BDC"
    """Rules, boxes, backgrounds."""


Owner = Element | Artifact
_PAINTS = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "EI"})
_SHOWS = (" Tj", " TJ", " Tj T*", " TJ T*")


class UntaggedError(RuntimeError):
    """Something was painted that nobody has claimed: a fault of the drawing code."""

    def __init__(self, page: int, operator: str) -> None:
        super().__init__(f"page {page + 1} paints what is neither tagged nor an artifact: {operator[:60]}")


class Mark(str):
    """A mark among a page's operators; it is empty, so that joining it would change nothing."""

    owner: Owner | None
    element: Element | None
    place: Any

    def __new__(
        cls, *, owner: Owner | None = None, element: Element | None = None, place: Any = None
    ) -> Mark:
        """What follows belongs to `owner`; or `element` stands here, with its `place` on the page."""
        mark = str.__new__(cls, "")
        mark.owner = owner
        mark.element = element
        mark.place = place
        return mark


def resolve(code: list[str], page: int) -> tuple[list[str], list[Element]]:
    """A page's code with its marks written out, and whose each numbered run is.

    Args:
        code: operators and marks, in drawing order.
        page: counted from 0.

    Raises:
        UntaggedError: something is painted that nobody has claimed.
    """
    written: list[str] = []
    owners: list[Element] = []
    wanted: Owner | None = None
    opened: Owner | None = None
    for item in code:
        if isinstance(item, Mark):
            if item.element is None:
                wanted = item.owner
            else:
                _attach(item.element, item.place, page)
            continue
        if item in ("BT", "ET"):
            if opened is not None:
                written.append("EMC")
                opened = None
        elif paints(item):
            if wanted is None:
                raise UntaggedError(page, item)
            if wanted is not opened:
                if opened is not None:
                    written.append("EMC")
                written.append(_opening(wanted, page, owners))
                opened = wanted
        written.append(item)
    if opened is not None:
        written.append("EMC")
    return written, owners


@lru_cache(maxsize=8192)
def paints(operators: str) -> bool:
    """Whether they leave anything on the paper."""
    if operators.endswith((" Tj", " T*", " TJ")):
        return operators.endswith(_SHOWS)
    return not _PAINTS.isdisjoint(operators.split())


def _opening(owner: Owner, page: int, owners: list[Element]) -> str:
    if isinstance(owner, Artifact):
        return str(owner.value)
    owner.place()
    number = len(owners)
    owner.kids.append(Content(page, number))
    owners.append(owner)
    return f"/{owner.kind.value} <</MCID {number}>> BDC"


def _attach(element: Element, place: Any, page: int) -> None:
    element.place()
    if place is not None:
        element.kids.append(Annotated(page, place))
