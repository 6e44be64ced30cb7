"""Texts beside each other that are no table, read column by column, such as an address and a date."""

from __future__ import annotations

from reportlab.platypus import Flowable

from brokerdesk.core.documents.tagging.text import Text


class Columns(Flowable):  # type: ignore[misc]  # reportlab is untyped
    """Columns of texts, each with its width in points."""

    def __init__(self, columns: tuple[tuple[list[Text], float], ...]) -> None:
        super().__init__()
        self._columns = columns

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The room it takes."""
        self.width = sum(wide for _, wide in self._columns)
        self.height = max(sum(text.wrap(wide, 0)[1] for text in texts) for texts, wide in self._columns)
        return self.width, self.height

    def draw(self) -> None:
        """Draw each column from its top, the left one first."""
        left = 0.0
        for texts, wide in self._columns:
            at = self.height
            for text in texts:
                at -= text.height
                text.draw_at(self.canv, left, at)
            left += wide
