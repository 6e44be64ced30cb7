"""What a file from outside may cost before it is refused; the limits are a dated table in resources."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from brokerdesk.core.places import resource

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Caps:
    """Limits on one file; the names are those of `resources/layouts/caps.toml`."""

    file_mib: int
    unpacked_mib: int
    unpacked_ratio: int
    ratio_from_mib: int
    parts: int
    rows: int
    columns: int
    cell_characters: int
    nesting: int
    memory_mib: int
    processor_seconds: int
    processor_seconds_per_mib: int
    wall_seconds: int
    pages: int
    page_dots: int
    page_dpi: int

    def processor_seconds_for(self, size: int) -> int:
        """Seconds of processor time that a file of that many bytes may take."""
        return self.processor_seconds + self.processor_seconds_per_mib * (size // MIB)


@cache
def read_caps(path: Path | None = None) -> Caps:
    """The limits in force.

    Args:
        path: another table of the same shape; the shipped one where none is given.
    """
    table = tomllib.loads((path or resource("layouts", "caps.toml")).read_text(encoding="utf-8"))
    return Caps(**table["limits"])
