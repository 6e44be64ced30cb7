"""Stand-ins, each the size of its port."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from brokerdesk.core.ports import Progress


@dataclass
class FakeDirectoryReader:
    """Answers with what it was given, by file name."""

    answers: dict[str, Any] = field(default_factory=dict)

    def read_directory(self, path: Path, progress: Progress) -> Any:
        """What was given for that name."""
        return self.answers[path.name]

    def read_postcodes(self, path: Path, progress: Progress) -> Any:
        """What was given for that name."""
        return self.answers[path.name]


@dataclass
class StopAfter:
    """Progress that asks to stop once it has heard so many reports."""

    reports: int
    heard: int = 0

    def report(self, done: int, total: int | None, what: str) -> None:
        """Count."""
        self.heard += 1

    def is_cancelled(self) -> bool:
        """Whether enough was heard."""
        return self.heard >= self.reports
