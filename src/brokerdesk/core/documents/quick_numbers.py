"""Writes a number that was written before from memory: a letter has thousands, and few different ones.

WORKAROUND: may go when reportlab's own accelerator comes with it again.
"""

from __future__ import annotations

from functools import lru_cache
from types import ModuleType
from typing import Any

from reportlab.lib import rl_accel
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen import canvas, pathobject, textobject

USERS: tuple[ModuleType, ...] = (canvas, pathobject, pdfdoc, textobject)
"""Modules that write numbers into a page."""
_write = rl_accel.fp_str
_kept = lru_cache(maxsize=8192)(_write)


def remember_numbers() -> None:
    """From now on those modules write each number once; a second call changes nothing."""
    for user in USERS:
        user.fp_str = written  # type: ignore[attr-defined]  # the name that they imported


def written(*numbers: Any) -> str:
    """Numbers as a page says them, the same as the drawing library writes them."""
    try:
        return str(_kept(*numbers))
    except TypeError:  # one list of numbers
        return str(_write(*numbers))
