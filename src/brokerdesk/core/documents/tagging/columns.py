"""Texts beside each other that are no table, read column by column, such as an address and a date."""

from __future__ import annotations

from reportlab.platypus import Flowable

from brokerdesk.core.documents.tagging.text import Text


class Columns(Flowable):  # type: ignore[misc]  # reportlab is untyped
    """Columns of texts.

    Args:
        columns: texts of each, its width, and how far below the top it begins, in points.
        least: height that it takes at least.
    """

    def __init__(self, columns: tuple[tuple[list[Text], float, float], ...], least: float = 0.0) -> None:
        super().__init__()
        self._columns, self._least = columns, least

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The room it takes."""
        self.width = sum(wide for _, wide, _ in self._columns)
        heights = [drop + sum(text.wrap(wide, 0)[1] for text in texts) for texts, wide, drop in self._columns]
        self.height = max(self._least, *heights)
        return self.width, self.height

    def draw(self) -> None:
        """Draw each column from its top, the left one first."""
        left = 0.0
        for texts, wide, drop in self._columns:
            at = self.height - drop
            for text in texts:
                at -= text.height
                text.draw_at(self.canv, left, at)
            left += wide
