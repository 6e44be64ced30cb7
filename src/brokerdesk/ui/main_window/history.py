"""The way the user took: back and forward through the pages that were open."""

from __future__ import annotations

from dataclasses import dataclass

MOST = 100


@dataclass(frozen=True, slots=True)
class Where:
    """One stop."""

    place: str
    reference: str | None = None
    step: str | None = None

    @property
    def page_key(self) -> str:
        """Key of the page: the place, with its step where it has one."""
        return f"{self.place}/{self.step}" if self.step else self.place


class History:
    """Stops in the order taken, and which of them is in front."""

    def __init__(self) -> None:
        self._stops: list[Where] = []
        self._at = -1

    @property
    def here(self) -> Where | None:
        """The stop in front; none before the first."""
        return self._stops[self._at] if self._at >= 0 else None

    def add(self, stop: Where) -> None:
        """Go on to a stop; the way forward from here is forgotten."""
        if stop != self.here:
            self._stops = [*self._stops[: self._at + 1], stop][-MOST:]
            self._at = len(self._stops) - 1

    def can_move(self, by: int) -> bool:
        """Whether there is a stop so many steps back (below nought) or forward."""
        return 0 <= self._at + by < len(self._stops)

    def move(self, by: int) -> Where:
        """Go back or forward to a stop that is there."""
        self._at += by
        return self._stops[self._at]
