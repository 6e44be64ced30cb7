"""The small pictures of easy words: the council's own of a name in place of the one that is shipped."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

_ENDINGS = ("png", "jpg")


class Pictures:
    """Reads a picture by its name: the council's own, else the shipped one.

    Args:
        own: the council's folder.
        shipped: ours.
        read_own: has a picture of the council's read in the reading process and written anew.
    """

    def __init__(self, own: Path, shipped: Path, read_own: Callable[[Path], bytes]) -> None:
        self._own, self._shipped = own, shipped
        self._read_own = lru_cache(maxsize=64)(lambda path, _size, _changed: read_own(path))

    def __call__(self, name: str) -> bytes:
        """One picture (PNG) by its name; blank where there is none.

        Raises:
            InputError: the council's own is no picture, or too large.
        """
        own = _found(self._own, name)
        if own is not None:
            held = own.stat()
            return self._read_own(own, held.st_size, held.st_mtime_ns)
        shipped = _found(self._shipped, name)
        return shipped.read_bytes() if shipped is not None else b""


def _found(folder: Path, name: str) -> Path | None:
    paths = (folder / f"{name}.{ending}" for ending in _ENDINGS)
    return next((path for path in paths if path.is_file()), None)
