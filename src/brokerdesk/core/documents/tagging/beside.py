"""A picture beside the line that it goes with, read picture first, as easy words are laid out."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import Flowable

from brokerdesk.core.documents.tagging.elements import Element
from brokerdesk.core.documents.tagging.figure import draw_picture
from brokerdesk.core.documents.tagging.text import Text


class Beside(Flowable):  # type: ignore[misc]  # reportlab is untyped
    """A line of text with room for a picture at its left; the two stay on one page.

    Args:
        text: the line.
        room: points kept free at the left, picture or not.
        picture: what is drawn there, as a figure's element and what reads it.
        side: width of the picture, in points.
        air: points below it.
    """

    def __init__(
        self, text: Text, room: float, picture: tuple[Element, Any] | None, side: float, air: float
    ) -> None:
        super().__init__()
        self._text, self._room, self._picture, self._side, self._air = text, room, picture, side, air

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The room it takes."""
        tall = self._text.wrap(width - self._room, 0)[1]
        self.width, self.height = width, max(tall, self._tall()) + self._air
        return self.width, self.height

    def _tall(self) -> float:
        if self._picture is None:
            return self._side
        wide, high = self._picture[1].getSize()
        return float(self._side * high / wide)

    def draw(self) -> None:
        """Draw the picture, then the line, each in the middle of the height."""
        space = self.height - self._air
        if self._picture is not None:
            element, reader = self._picture
            tall = self._tall()
            box = (0.0, self._air + (space - tall) / 2, self._side, tall)
            draw_picture(self.canv, element, reader, box)
        self._text.draw_at(self.canv, self._room, self._air + (space - self._text.height) / 2)
