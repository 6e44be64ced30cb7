"""The small pictures of easy words: the council's own of a name in place of the one that is shipped."""

from __future__ import annotations

from pathlib import Path

_LARGEST = 1_000_000
"""Bytes; the shipped ones have 4,000."""


class Pictures:
    """Reads a picture by its name from the first of some folders that holds it."""

    def __init__(self, *folders: Path) -> None:
        self._folders = folders

    def __call__(self, name: str) -> bytes:
        """One picture (PNG or JPEG) by its name; blank where there is none."""
        return read_picture(self._folders, name)


def read_picture(folders: tuple[Path, ...], name: str) -> bytes:
    """A picture by its name from the first folder that holds it as PNG or JPEG; blank where none does."""
    for folder in folders:
        for ending in ("png", "jpg"):
            path = folder / f"{name}.{ending}"
            if path.is_file() and path.stat().st_size <= _LARGEST:
                return path.read_bytes()
    return b""
