"""The rows of a run as one table in Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_HEADS = ("Id", "What", "Ours", "Peer", "Its time", "Ratio", "Limit", "Target", "Met", "Equal")


def table(rows: Sequence[dict[str, Any]]) -> str:
    """One line a row; times in milliseconds or seconds, whichever reads better."""
    lines = [_line(_HEADS), _line(("---",) * len(_HEADS))]
    return "\n".join(lines + [_line(_cells(row)) for row in rows])


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    ratio = "" if row["ratio"] is None else f"{row['ratio']:g} x"
    limit = "" if row["limit"] is None else f"{_time(row['limit_s'])} ({row['limit']})"
    return (
        row["id"], row["name"], _time(row["ours_s"]), row["peer"] or "", _time(row["peer_s"]), ratio, limit,
        row["target"], _yes(row["met"]), _yes(row["equal"]),
    )  # fmt: skip


def _time(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


def _yes(answer: bool) -> str:
    return "yes" if answer else "no"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
