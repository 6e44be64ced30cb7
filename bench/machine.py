"""What the bench ran on."""

from __future__ import annotations

import os
import platform
from pathlib import Path

import brokerdesk


def machine() -> dict[str, str | int | float | None]:
    """Processor, cores, memory, system and Python, and our own version."""
    return {
        "system": platform.platform(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gib": _memory_gib(),
        "python": platform.python_version(),
        "brokerdesk": brokerdesk.__version__,
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if not info.is_file():
        return platform.processor()
    named = (line.partition(":")[2].strip() for line in info.read_text().splitlines() if "model name" in line)
    return next(named, platform.machine())


def _memory_gib() -> float | None:
    if not hasattr(os, "sysconf"):
        return None
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1)
