"""What an act changed: announced once, so that every page knows whether it is stale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One thing touched."""

    kind: str
    """Noun of the field in lower case: `package`, `offer`."""
    id: str


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What an act answers once it is committed."""

    value: T
    changes: tuple[Change, ...] = ()

    @property
    def kinds(self) -> frozenset[str]:
        """Kinds of thing touched."""
        return frozenset(change.kind for change in self.changes)
