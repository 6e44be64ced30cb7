"""How much is measured: the real sizes, and tiny ones that only show that the bench works."""

from __future__ import annotations

from dataclasses import dataclass

from bench.contest import LEAST_ROUNDS


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many of what."""

    locations: int = 60_000
    """Of the directory and of the framework that is ranked."""
    waiting: int = 1_000
    """Packages of the backlog."""
    letters: int = 100
    """Of the batch."""
    entries: int = 20_000
    """Of the register."""
    rounds: int = LEAST_ROUNDS
    spawns: int = 10
    """Of the program, and of the bare window."""


REAL = Sizes()
TINY = Sizes(locations=60, waiting=8, letters=2, entries=20, rounds=1, spawns=1)
